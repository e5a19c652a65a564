"""Who may do what, as the administrator keeps it: the list, and the form that adds a row to it."""

import streamlit as st

from indicators import german
from indicators.access import Action, AssignedUser, Assignment, Role, User, assign, demand, everyone
from indicators.access.assignments import AssignmentError, key_of
from indicators.errors import MonitoringError
from indicators.names import named
from indicators.ui import html, session


def panel() -> None:
    """The people with their roles, and what may be given to whom."""
    demand(session.user(), Action.ASSIGN_ROLES)
    if claim := session.settings().role_claim:
        st.write(
            f"Die Rollen kommen aus dem Anmeldedienst (Claim {html.plain(claim)}) und werden dort gepflegt. "
            "Die Liste hier zählt nicht."
        )
        return
    people = everyone(session.store())
    if people:
        html.template("users", rows=[_row(person) for person in people])
    else:
        st.write("Noch hat niemand eine Rolle. Ohne Anmeldung braucht es keine: An diesem Rechner ist alles erlaubt.")
    _form()


def _row(person: AssignedUser) -> dict[str, str]:
    given = person.assignment
    return {
        "name": person.name if given.roles else named(person.name, person.at),
        "roles": german.enumeration([role.word for role in Role if role in given.roles]) or "kein Zugang",
        "reporters": german.enumeration(sorted(given.reporters)),
        "at": german.moment(person.at),
        "by": named(person.by, person.at),
    }


def _form() -> None:
    names = {code: reporter.name for code, reporter in session.catalogue().reporters.items()}
    with st.form("assign-roles", clear_on_submit=False):
        name = st.text_input("Name, unter dem sich die Person anmeldet", max_chars=200, placeholder="kim@stadt.de")
        roles = st.multiselect(
            "Rollen (keine: Zugang entziehen)",
            list(Role),
            format_func=lambda role: role.word,
            placeholder="Rollen wählen",
        )
        reporters = st.multiselect(
            "Liefert für", list(names), format_func=names.__getitem__, placeholder="Meldende Stellen wählen"
        )
        if st.form_submit_button("Rollen geben", icon=":material/manage_accounts:"):
            try:
                give(session.user(), name, Assignment(frozenset(roles), frozenset(reporters)))
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()


def give(giver: User, name: str, given: Assignment) -> None:
    """Adds the row. Nobody takes the administration away from themselves: the last one could not come back in."""
    demand(giver, Action.ASSIGN_ROLES)
    if session.logs_in() and key_of(name) == key_of(giver.name) and Role.ADMINISTRATOR not in given.roles:
        raise AssignmentError("Die Administration können Sie sich nicht selbst nehmen. Das macht eine andere Person.")
    assign(session.store(), name, given, giver.name, session.now())
