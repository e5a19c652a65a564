"""Taking part in the ring: what is taken over, shown to the others, and given anew; and what the state publishes."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.boards import ready_definitions, taking_part
from indicators.boards.taking_part import Part
from indicators.moments import local_day
from indicators.ring import By, Level, Ring, Shared, consents, publish
from indicators.ring import give as consent_to
from indicators.ring.comparing import given
from indicators.ring.contributing import contribute
from indicators.ring.place import Presence
from indicators.ui import comparing, definition_library, html, kept_ring, reasons, session

LEVELS = (Level.STATUS, Level.VALUES, Level.NONE)


def panel(ring: Ring) -> None:
    """All shared indicators with what is to be done."""
    known = comparing.shared(ring, None)
    rows = taking_part.parts(session.catalogue(), known, consents(ring), given(ring))
    st.write(
        "Andere Städte sehen von Ihnen nur, wozu Sie hier einwilligen, und nur Kennzahlen, die bei Ihnen genau wie im "
        f"Ring definiert sind. Kleine Zahlen bleiben gesperrt: Im Ring gilt für alle die strengste Grenze, zurzeit "
        f"unter {max(ring.strictest, session.installation().presence.threshold)}."
    )
    html.template("ring_parts", rows=rows)
    st.subheader("Einwilligen oder zurückziehen")
    _consent(ring, rows)
    st.subheader("Beitragen")
    _contribute(ring, known, rows)
    st.subheader("Gemeinsame Definitionen übernehmen")
    _take_over(known, rows)


def _picked(label: str, rows: Sequence[Part], key: str, *, every: bool) -> list[str]:
    """Some of them; what is picked begins anew where there are others than before."""
    titles = {row.code: row.named for row in rows}
    if st.session_state.get(f"{key}-of") != list(titles):
        st.session_state[f"{key}-of"] = list(titles)
        st.session_state[key] = list(titles) if every else []
    return st.multiselect(label, list(titles), key=key, format_func=titles.__getitem__, placeholder="Kennzahlen wählen")


def _consent(ring: Ring, rows: Sequence[Part]) -> None:
    able = [row for row in rows if row.match.same or row.level is not Level.NONE]
    if not able:
        st.write("Noch ist keine der gemeinsamen Kennzahlen bei Ihnen genauso definiert.")
        return
    codes = _picked("Kennzahlen", able, "ring-consent-codes", every=False)
    level = st.radio("Die anderen Städte sollen sehen", LEVELS, format_func=lambda one: one.word, key="ring-level")
    if not codes:
        return

    def act(who: str, at: datetime, reason: str) -> None:
        demand(session.user(), Action.CONTRIBUTE)
        consent_to(ring, session.installation().presence, codes, Level(level), By(who, at, reason))

    withdrawn = level is Level.NONE
    note = (
        "Sofort und für alle: Auch frühere Stände zeigen nichts mehr davon."
        if withdrawn
        else "Gilt bis auf Widerruf. Zu sehen ist erst etwas, wenn Sie unten beitragen."
    )
    reasons.form(
        "ring-consent", "Einwilligung zurückziehen" if withdrawn else "Einwilligen", note, act,
        action=Action.CONTRIBUTE, example="Beschluss der Steuerungsgruppe vom …",
    )  # fmt: skip


def _contribute(ring: Ring, known: Shared, rows: Sequence[Part]) -> None:
    able = [row for row in rows if row.match.same and row.level is not Level.NONE]
    if not able:
        st.write("Erst einwilligen: Ohne Einwilligung verlässt keine Zahl Ihre Stadt.")
        return
    codes = _picked("Kennzahlen, deren heutigen Stand Sie geben", able, "ring-give-codes", every=True)
    if not codes:
        return

    def act(who: str, at: datetime, reason: str) -> None:
        demand(session.user(), Action.CONTRIBUTE)
        with st.spinner("Die Werte werden geschützt und beigetragen …"):
            contribute(
                ring, session.installation().presence, session.catalogue(), known, codes, at, By(who, at, reason)
            )

    label = german.counted(len(codes), "Kennzahl beitragen", "Kennzahlen beitragen")
    note = (
        "Der ganze Verlauf, wie ihn bei Ihnen alle sehen dürfen, mit gesperrten kleinen Zahlen. Er ersetzt den Beitrag "
        "von vorher."
    )
    day = german.day(local_day(session.now()))
    reasons.form("ring-give", label, note, act, action=Action.CONTRIBUTE, primary=True, reason=f"Stand vom {day}")


def _take_over(known: Shared, rows: Sequence[Part]) -> None:
    lacking = [row.code for row in rows if not row.match.own]
    if not lacking:
        st.write("Alle gemeinsamen Kennzahlen gibt es bei Ihnen schon.")
        return
    catalogue, entries = session.catalogue(), [known.entry(code) for code in lacking]
    everything = {row.code: row for row in ready_definitions.rows(known.library, entries, catalogue)}
    definition_library.offer(
        known.library, catalogue, everything, list(everything), "ring-take", "Aus dem Vergleichsring übernommen"
    )


def publishing(ring: Ring) -> None:
    """For the state: its catalogue becomes the shared one."""
    known, city = kept_ring.shared(ring, None), session.installation()
    count = len(session.catalogue().kept_up)
    last = f"Zuletzt veröffentlicht: Fassung {known.number} am {german.day(local_day(known.since))}. "
    since = last if known.number else ""
    st.write(
        f"{since}Veröffentlicht wird der Katalog, wie er hier gilt: {german.counted(count, 'Kennzahl', 'Kennzahlen')} "
        "mit Formel, Einheit, Gliederungen und Grundzahlen; nichts von eigenen Zielen, Stellen und Zahlen."
    )
    held = city.presence.threshold
    threshold = st.text_input(
        "Kleinste Anzahl von Menschen, die im Ring zu sehen sein darf", str(held), key="ring-threshold", max_chars=4,
        help="Die strengste Grenze aller Mitglieder gilt. Wird sie strenger, bleiben Beiträge verborgen, bis ihre "
        "Stadt sie neu gibt.",
    )  # fmt: skip
    if not threshold.isascii() or not threshold.isdecimal():
        st.error("Bitte eine ganze Zahl eintragen, zum Beispiel 5.", icon=":material/error:")
        return

    def act(who: str, at: datetime, reason: str) -> None:
        demand(session.user(), Action.PUBLISH_DEFINITIONS)
        presence = Presence(city.presence.name, max(int(threshold), session.catalogue().small_below))
        publish(ring, presence, session.catalogue(), city.texts(), By(who, at, reason))

    note = (
        "Gilt sofort für alle Städte des Rings. Was eine Stadt nach einer anderen Definition beigetragen hat, wird "
        "nicht mehr verglichen."
    )
    reasons.form(
        "ring-publish", "Veröffentlichen", note, act, action=Action.PUBLISH_DEFINITIONS, primary=True,
        example="Erlass vom …",
    )  # fmt: skip
