"""The form of a goal: its unit writes the draft and the review, the office everything. And carrying it over."""

import streamlit as st

from indicators.access import Action, demand, may, permitted
from indicators.datasets import AGREEMENTS
from indicators.datasets.agreements import AGREED
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.errors import MonitoringError
from indicators.knowledge.agreements import Goal, carried
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import html, kept, session, standing_form
from indicators.ui.delivering import receipts

NO_PERSONS = (
    "Bitte keine Namen und keine Ziele einzelner Personen eintragen: Vereinbart wird mit Stellen, genannt werden "
    "Funktionen. Zahlen von Personen gehören nur in „Erreichter Wert“."
)


def new(known: Snapshot) -> None:
    """A form for one more goal."""
    if permitted(session.user(), Action.DELIVER, session.catalogue().reporters):
        st.caption(NO_PERSONS)
    office = may(session.user(), Action.DELIVER)
    asked = [field for field in AGREEMENTS.fields if office or field.code != AGREED]
    standing_form.new(AGREEMENTS, "Neues Ziel eintragen", asked, _offered(known), own=True)


def change(known: Snapshot, one: Goal) -> None:
    """All fields as long as it is a draft, and for the office; then what becomes of it."""
    office = may(session.user(), Action.DELIVER)
    draft = not one.text(AGREED)
    asked = [field for field in AGREEMENTS.fields if office or field.reported or (draft and field.code != AGREED)]
    if may(session.user(), Action.DELIVER, one.reporter):
        st.caption(NO_PERSONS)
    label = "Bearbeiten und überprüfen" if office or draft else "Zwischengespräch oder Überprüfung eintragen"
    standing_form.change(AGREEMENTS, one, label, asked, _offered(known))


def _offered(known: Snapshot) -> standing_form.Offered:
    return {"measures": {one.name: one.title for one in kept.measures(known)}}


def carry_over(one: Goal, found: tuple[Goal, ...]) -> None:
    """One press makes the draft of the next year; the text of this year stays."""
    if one.carried_to or not one.outcome or not may(session.user(), Action.DELIVER, one.reporter):
        return
    year = int(one.year) + 1
    if st.button(f"In die Vereinbarung {year} übertragen", icon=":material/redo:", key=f"carry-{one.name}"):
        _carry(one, found)


def _carry(one: Goal, found: tuple[Goal, ...]) -> None:
    user, store, catalogue = session.user(), session.store(), session.catalogue()
    own = permitted(user, Action.DELIVER, catalogue.reporters)
    try:
        demand(user, Action.DELIVER, one.reporter)
        values = carried(one, found)
        staged = edit(store, catalogue, AGREEMENTS, one.reporter, values, None, user.name, session.now())
        staged = bound_to(staged, own, office=may(user, Action.DELIVER))
        if staged.blocked:
            for finding in staged.findings:
                st.error(html.plain(f"{finding.message} {finding.remedy}"))
            return
        reason = f"Übertragen aus „{one.name}“."
        receipt = confirm(store, catalogue, staged, session.now(), dict.fromkeys(staged.to_explain, reason))
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    assert staged.reading is not None
    receipts.add(staged.upload.name, receipt, staged.reading)
    st.rerun()
