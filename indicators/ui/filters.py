"""What a person picks. Each choice stands in the address, by code, so that a link shows the same view again."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

import streamlit as st

from indicators import german
from indicators.attainment import Status
from indicators.catalogue import ActionField, Catalogue, Indicator
from indicators.deliveries import archive
from indicators.figures import SCALE
from indicators.model import Breakdown
from indicators.moments import end_of_day, local_day, parse_day
from indicators.snapshot import Snapshot
from indicators.store import Store
from indicators.ui import render

MOMENT = "stand"
NUMBERED = re.compile(r"nr[0-9]{1,9}")
EARLIEST, LATEST = 1990, 2100
"""Days outside of these years are nobody's: neither calendar nor arithmetic goes on for ever."""
NOW = "heute"


def choice(
    label: str,
    options: Sequence[str],
    parameter: str,
    title: Callable[[str], str],
    now: Callable[[str], str] = str,
) -> str:
    """One of the codes, from the address first; written back to the address. `now` gives a code of before its own."""
    key = f"filter-{parameter}"
    _follow_address(key, parameter, lambda wanted: now(wanted) if now(wanted) in options else None)
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    picked = st.selectbox(label, options, key=key, format_func=title)
    _to_address(parameter, picked)
    return picked


def choices(label: str, options: Sequence[str], parameter: str, title: Callable[[str], str]) -> list[str]:
    """Some of the codes, at least one; the first where nothing is picked."""
    key = f"filter-{parameter}"
    _follow_address(key, parameter, lambda wanted: [code for code in wanted.split(",") if code in options] or None)
    kept = [code for code in st.session_state.get(key) or [] if code in options]
    st.session_state[key] = kept or [options[0]]
    picked = st.pills(
        label, options, selection_mode="multi", key=key, format_func=lambda code: render.plain(title(code))
    ) or [options[0]]
    _to_address(parameter, ",".join(picked))
    return list(picked)


def field(catalogue: Catalogue) -> ActionField:
    titles = {field.code: f"{field.code} – {field.title}" for field in catalogue.fields}
    return catalogue.field(choice("Handlungsfeld", list(titles), "feld", titles.__getitem__))


def indicator(snapshot: Snapshot, first: Collection[str] = ()) -> Indicator:
    """Those in `first` come before those with figures, and these before the others."""
    codes = sorted(snapshot.catalogue.indicators, key=lambda code: (code not in first, code not in snapshot.delivered))
    titles = {code: f"{code} {snapshot.catalogue.indicator(code).title}" for code in codes}
    now = snapshot.catalogue.current_indicator
    return snapshot.catalogue.indicator(choice("Kennzahl", codes, "kennzahl", titles.__getitem__, now))


def breakdowns(snapshot: Snapshot, shown: Indicator) -> list[Breakdown]:
    """The breakdowns to show, among those that were delivered for the city itself."""
    delivered = [series.breakdown for series in snapshot.series[shown.code]]
    own = [b for b in snapshot.catalogue.breakdowns_shown(shown) if b in delivered and not b.get("gebiet")]
    if len(own) < 2:
        return own or [shown.headline]
    ordered = {b.code or "gesamt": b for b in sorted(own, key=lambda b: b != shown.headline)}
    picked = choices("Gliederung", list(ordered), "gruppe", lambda code: snapshot.catalogue.title_of(ordered[code]))
    return [ordered[code] for code in picked]


def areas(snapshot: Snapshot, shown: Indicator) -> list[Breakdown]:
    """The comparison areas to show, in the headline's breakdown; none by default."""
    delivered = {series.breakdown for series in snapshot.series[shown.code]}
    members = snapshot.catalogue.dimensions["gebiet"].members if "gebiet" in snapshot.catalogue.dimensions else ()
    options = {m.code: m.title for m in members if shown.headline.with_("gebiet", m.code) in delivered}
    if not options:
        return []
    key = "filter-vergleich"
    _follow_address(key, "vergleich", lambda wanted: [code for code in wanted.split(",") if code in options])
    st.session_state[key] = [code for code in st.session_state.get(key) or [] if code in options]
    picked = st.multiselect(
        "Vergleich mit",
        list(options),
        key=key,
        format_func=options.__getitem__,
        placeholder="Land oder andere Stadt wählen",
    )
    _to_address("vergleich", ",".join(picked))
    return [shown.headline.with_("gebiet", code) for code in picked]


def status() -> Callable[[Status], bool]:
    """Only the indicators of one status, as a link from the overview asks for; all by default."""
    titles = {"alle": "alle"} | {found.value: found.word for found in SCALE}
    picked = choice("Status", list(titles), "status", titles.__getitem__)
    return lambda found: picked in ("alle", found.value)


def view() -> str:
    """Chart or table."""
    titles = {"diagramm": "Diagramm", "tabelle": "Tabelle"}
    key = "filter-ansicht"
    _follow_address(key, "ansicht", lambda wanted: wanted if wanted in titles else None)
    st.session_state.setdefault(key, "diagramm")
    picked = st.segmented_control("Ansicht", list(titles), key=key, format_func=titles.__getitem__, required=True)
    _to_address("ansicht", picked or "diagramm")
    return picked or "diagramm"


def outlook(snapshot: Snapshot, shown: Indicator) -> bool:
    """Whether the range of the forecast is drawn; not asked where there is none."""
    assessment = snapshot.assessment(shown.code)
    if assessment is None or assessment.forecast is None:
        return False
    key = "filter-ausblick"
    _follow_address(key, "ausblick", lambda wanted: wanted == "ja")
    st.session_state.setdefault(key, False)
    picked = st.toggle("Ausblick zeigen", key=key)
    _to_address("ausblick", "ja" if picked else "nein")
    return picked


def moment(store: Store) -> datetime | None:
    """The knowledge that is shown: of today (None), of the end of a day, or of a numbered state of the data."""
    st.session_state.setdefault(MOMENT, NOW)
    _follow_address(MOMENT, MOMENT, lambda wanted: wanted if wanted == NOW or _moment(store, wanted) else None)
    chosen = st.session_state[MOMENT]
    days = {local_day(at.to_pydatetime()).isoformat() for at in archive.history(store)["happened_at"]}
    options = [NOW, *sorted(days | {chosen} - {NOW}, reverse=True)]
    with st.sidebar:
        picked = st.selectbox(
            "Stand der Daten",
            options,
            index=options.index(chosen),
            key=f"filter-stand-{chosen}",
            format_func=_moment_title,
        )
        st.caption("Alle Seiten zeigen, was zu diesem Zeitpunkt bekannt war.")
    st.session_state[MOMENT] = picked
    _to_address(MOMENT, picked)
    return _moment(store, picked)


def _moment(store: Store, code: str) -> datetime | None:
    """The moment that a day (2026-11-14) or the number of a state of the data (nr57) stands for."""
    if code.startswith("nr"):
        found: datetime | None = store.value(
            "select happened_at from event where id = $number", {"number": ordinal(code[2:])}
        )
        return found
    day = parse_day(code)
    return end_of_day(day) if day and EARLIEST <= day.year <= LATEST else None


def ordinal(text: str) -> int | None:
    """The number of a delivery or a state of the data as an address names it; None for what can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _moment_title(code: str) -> str:
    if code == NOW:
        return "heute"
    return f"Datenstand Nr. {code[2:]}" if code.startswith("nr") else german.day(date.fromisoformat(code))


def search() -> str:
    """A word to search for, kept in the address."""
    key = "filter-suche"
    _follow_address(key, "suche", str)
    word = st.text_input("Suche", key=key, placeholder="Zum Beispiel: Kita, Sprache, Jobcenter", max_chars=80)
    _to_address("suche", word)
    return word


def forget_unoffered(key: str, options: Sequence[object]) -> None:
    """Drops a kept choice that is no longer on offer, because the catalogue has changed since."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)


def _follow_address(key: str, parameter: str, read: Callable[[str], object]) -> None:
    """Takes a choice from the address when the address has changed since the last run (a link was followed)."""
    wanted = st.query_params.get(parameter)
    if wanted is not None and wanted != st.session_state.get(f"address-{parameter}"):
        value = read(wanted)
        if value is not None:
            st.session_state[key] = value


def _to_address(parameter: str, value: str) -> None:
    st.query_params[parameter] = value
    st.session_state[f"address-{parameter}"] = value
