"""Who sits there, and what the process works with: settings, store, and the definitions in force."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial

import streamlit as st

from indicators import names
from indicators.access import EndedLogins, User, assigned, current_user, functions, local_user
from indicators.catalogue import Catalogue, CatalogueError, Fault
from indicators.errors import MonitoringError
from indicators.installation import Installation
from indicators.knowledge.meeting_records import take_over
from indicators.ledger import erasure, versions
from indicators.moments import local_day
from indicators.reminders.sending import REMIND, remind
from indicators.settings import Settings
from indicators.store import Store
from indicators.store.backups.backup_requests import Attendant
from indicators.store.backups.daily_backup import AUTOMATIC, Daily, Keep, Upkeep
from indicators.store.database import utc_now
from indicators.ui import frame, here, html, login, process

LONGEST_UPKEEP = 3600.0
"""Seconds that are waited for a backup where nobody waits for a page."""


@process.owned
def settings() -> Settings:
    """The city's."""
    return here.settings()


@process.owned
def installation() -> Installation:
    """The city, its store read through once. Raises StoreError."""
    opened = Installation(settings())
    opened.verify()
    return opened


def store() -> Store:
    """Raises StoreError where it cannot be opened."""
    return installation().store


@process.owned
def daily_backups() -> Daily:
    """Makes the day's backup, and those that the command line asks for; before it, what is to be erased goes."""
    Attendant(store(), {REMIND: here.bound(reminding)})
    days = settings().erase_after_days
    upkeep = Upkeep(partial(erasure.is_due, store(), days=days), partial(erasure.upkeep, store(), days=days))
    return Daily(store(), Keep(settings().keep_daily, settings().keep_monthly), upkeep)


def reminding(wanted: Mapping[str, str]) -> str:
    """What `python -m indicators remind` asks of the running application."""
    look = wanted["look"] == "yes"
    return "\n".join(remind(store(), catalogue(), settings(), wanted["who"], utc_now(), only_look=look))


def catalogue() -> Catalogue:
    """The definitions in force. Raises CatalogueError where none ever were."""
    return installation().catalogue()


def catalogue_faults() -> tuple[Fault, ...]:
    """What is wrong with the definition files, so that an earlier version stays in force; empty where all is well."""
    return installation().faults()


def ready() -> bool:
    """True where definitions and database can be used; else says what is wrong and how to mend it."""
    try:
        in_force = catalogue()
        if store().writable:
            versions.register(store(), in_force, utc_now())
            take_over(store(), in_force.city.meetings, utc_now())
            daily_backups().see_to_it(now())
    except CatalogueError as error:
        st.title("Der Katalog enthält Fehler")
        st.write("Die Anwendung arbeitet weiter, sobald die Definitionsdateien in Ordnung sind.")
        html.template("faults", faults=error.faults)
        return False
    except MonitoringError as error:
        frame.unavailable(str(error))
        return False
    return True


def look_after() -> str:
    """What a day asks of a city, visited or not; waits until it is done. What went wrong; empty where all is well."""
    try:
        if store().writable:
            daily_backups().see_to_it(now())
            daily_backups().wait(LONGEST_UPKEEP)
            return daily_backups().problem
    except MonitoringError as error:
        return str(error)
    return store().reason


def ailment() -> str:
    """What keeps the database from being read or written, told to anyone who asks; empty where all is well."""
    try:
        if not store().writable:
            return f"Nichts kann gespeichert werden: {store().reason}."
        return "Die Definitionsdateien enthalten Fehler." if catalogue_faults() else ""
    except MonitoringError:
        return "Die Datenbank ist nicht verfügbar."


@process.owned_by_all
def logs_in() -> bool:
    """Whether people log in here, in every city; else there is one local user.

    Settled at the start: a file that vanishes later opens nothing.
    """
    return login.configured()


def claims() -> Mapping[str, object]:
    """What the login says of who sits there; nothing where nobody logs in. Streamlit reads a file for each answer."""
    return login.claims() if logs_in() else {}


@process.owned_by_all
def _refusal() -> str:
    """Why nobody may be served; empty where all is well."""
    return login.problem(login.circumstances())


def admitted() -> bool:
    """True where someone who is known sits there; else says why not, or asks them to log in."""
    if problem := _refusal():
        frame.refuse(problem)
    elif not logs_in() and not login.from_this_machine():
        frame.refuse(
            "Ohne eingerichtete Anmeldung ist die Anwendung nur an dem Rechner selbst zu benutzen, auf dem sie läuft."
        )
    elif logs_in() and not _lasting(said := login.claims()):
        frame.ask_to_log_in(expired=said.get("is_logged_in") is True)
    else:
        return True
    return False


def now() -> datetime:
    """The moment of this run, naive in UTC."""
    return utc_now()


def user(said: Mapping[str, object] | None = None) -> User:
    """Who works here and what they may do; asked anew at every run, so that a role that is taken is gone at once.

    `said` are `claims` that were taken along to where there is no session: another thread, or a request for a file.
    """
    if not logs_in():
        return local_user(settings().local_user)
    said = login.claims() if said is None else said
    found = _lasting(said) and current_user(
        said, login.rules(settings()), lambda name: assigned(store(), name), _reporters()
    )
    return found or User("", frozenset())


def _reporters() -> frozenset[str]:
    """Those of the definitions in force; none before there are any."""
    try:
        return frozenset(catalogue().reporters)
    except CatalogueError:
        return frozenset()


def hold_names() -> None:
    """From here on this view tells who did something by name only where it is not too long ago."""
    months, people = settings().names_for_months, frozenset({settings().local_user, AUTOMATIC, erasure.BY_ITSELF})
    since = datetime.combine(local_day(now()) - timedelta(days=round(months * 365.25 / 12)), time())
    names.hold(names.Rule(since, lambda: functions(store()), people) if months else None)


def leave() -> None:
    """Logs the person out, here and wherever else the cookie of this login is."""
    ended_logins().end(login.claims(), now())
    st.logout()


@process.owned
def ended_logins() -> EndedLogins:
    return EndedLogins(store())


def _lasting(said: Mapping[str, object]) -> bool:
    """Whether these claims are of a login that has neither run out nor been left."""
    if not login.lasting(said, settings(), now()):
        return False
    try:
        return not ended_logins().include(said)
    except MonitoringError:
        return True  # without a database `ready` shows nothing to anyone
