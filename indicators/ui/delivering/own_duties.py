"""The first thing that a department sees: what is due with its template, and what became of what it sent."""

import streamlit as st

from indicators import german
from indicators.access import Action, may, permitted
from indicators.foreign_text import legible
from indicators.ledger import archive, duties
from indicators.ledger.duties import Duty
from indicators.moments import local_day
from indicators.reminders.letters import template_name
from indicators.reminders.requests import fetched
from indicators.reminders.tasks import OWED
from indicators.store.database import utc_now
from indicators.ui import html, session
from indicators.ui.downloads import XLSX, download

SHOWN = 6
"""So many duties have their template beside them, and so many of the last files are told of."""


def show() -> None:
    """Only for people who deliver for some reporters and not for all."""
    user = session.user()
    if may(user, Action.DELIVER):
        return
    own = permitted(user, Action.DELIVER, session.catalogue().reporters)
    owed = [duty for duty in duties.duties(session.store(), session.catalogue(), session.now()) if duty.reporter in own]
    st.header("Was ansteht")
    waiting = sorted((duty for duty in owed if duty.state in OWED), key=lambda duty: duty.due)
    if not waiting:
        st.success("Sie haben alles geliefert, was bis heute zu liefern war.", icon=":material/check_circle:")
    for duty in waiting[-SHOWN:]:
        _duty(duty)
    if earlier := waiting[:-SHOWN]:
        st.caption(f"Dazu {german.counted(len(earlier), 'älterer Zeitraum', 'ältere Zeiträume')}: siehe „Lieferungen“.")
    _sent()


def _duty(duty: Duty) -> None:
    """One period, with its template at hand."""
    catalogue, store, who = session.catalogue(), session.store(), session.user().name
    left, right = st.columns([5, 2], vertical_alignment="center")
    late = "überfällig seit" if duty.due < local_day(session.now()) else "fällig am"
    missing = f"{len(duty.missing)} von {german.counted(len(duty.base_figures), 'Grundzahl', 'Grundzahlen')} fehlen"
    said = f"{catalogue.reporter_name(duty.reporter)}, {duty.period.label}: {late} {german.day(duty.due)}, {missing}."
    left.markdown(f"{duty.state.symbol} {html.plain(said)}")
    name = template_name(duty)
    with right:
        download(
            f"Vorlage für {duty.period.label}",
            lambda: fetched(store, catalogue, duty.reporter, duty.period, name, who, utc_now()),
            action=Action.TEMPLATE,
            reporter=duty.reporter,
            file_name=name,
            mime=XLSX,
            key=f"own-{duty.reporter}-{duty.period}",
            wide=True,
        )


def _sent() -> None:
    """The person's own last files: taken over, refused with the reason, or left lying."""
    found = archive.attempts(session.store(), session.user().name, SHOWN)
    if not found:
        return
    st.subheader("Was aus Ihren Dateien wurde")
    rows = [
        (legible(one.file_name, 60), german.moment(one.at), legible(one.outcome, 200), _to_do(one)) for one in found
    ]
    html.template(
        "grid", title="Ihre letzten Dateien", caption=False, heads=("Datei", "Wann", "Stand", "Zu tun"), rows=rows
    )


def _to_do(one: archive.Attempt) -> str:
    if one.outcome.startswith("übernommen"):
        return "nichts"
    if one.outcome.startswith("abgewiesen"):
        return "in der Datei berichtigen und noch einmal hochladen"
    return "hochladen, prüfen und „Übernehmen“ drücken"
