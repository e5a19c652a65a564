"""What a session works with: settings, store, catalogue, and the snapshot of the chosen moment."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import streamlit as st

from indicators import boards, german, meetings, snapshot
from indicators.access import (
    Action,
    EndedLogins,
    User,
    assigned,
    current_user,
    local_user,
    may,
    permitted,
    sees_true_values,
)
from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, CatalogueError, Fault, Indicator, load
from indicators.deliveries import archive, schedule, versions
from indicators.dossier import Section, Whose, sections
from indicators.figures import Figure
from indicators.model import Breakdown, MonitoringError
from indicators.moments import end_of_day, local_day
from indicators.releases import Release
from indicators.releases import released as released_now
from indicators.settings import Settings
from indicators.snapshot import Snapshot
from indicators.store import Store
from indicators.store.asking import Attendant
from indicators.store.database import utc_now
from indicators.store.keeping import Daily, Keep
from indicators.store.trouble import READ_ONLY
from indicators.ui import login, process, render, shell

State = tuple[tuple[int, str, datetime, bool], str]
"""A snapshot's key, and the definitions in force."""


@process.owned
def settings() -> Settings:
    return Settings()


@process.owned
def store() -> Store:
    """The process's one store, read through once, so that damage shows at the start. Raises StoreError."""
    opened = Store(settings().database, memory_limit=settings().memory_limit)
    try:
        opened.verify()
    except MonitoringError:
        opened.close()
        raise
    return opened


@process.owned
def daily_backups() -> Daily:
    """Makes the day's backup, and those that the command line asks for."""
    Attendant(store())
    return Daily(store(), Keep(settings().keep_daily, settings().keep_monthly))


def catalogue() -> Catalogue:
    """The definitions in force: the files, read again when one has changed; while they are faulty, what was in force.

    Raises CatalogueError where nothing ever was.
    """
    read = _read(_stamp())
    if isinstance(read, Catalogue):
        return read
    last = versions.last_hash(store())
    if last is None:
        raise read
    return _kept_catalogue(last)


def catalogue_faults() -> tuple[Fault, ...]:
    """What is wrong with the definition files, so that an earlier version stays in force; empty where all is well."""
    read = _read(_stamp())
    return () if isinstance(read, Catalogue) else read.faults


def _stamp() -> tuple[tuple[str, int, int], ...]:
    """What tells that a file has changed; one that an editor is just replacing is seen at the next run."""
    found = []
    for file in sorted(settings().definitions.glob("*.y*ml")):
        with suppress(OSError):
            stat = file.stat()
            found.append((str(file), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@st.cache_resource(max_entries=2, show_spinner=False)
def _read(stamp: tuple[tuple[str, int, int], ...]) -> Catalogue | CatalogueError:
    try:
        return load(settings().definitions, methods=METHODS)
    except CatalogueError as error:
        return error


def ready() -> bool:
    """True where definitions and database can be used; else says what is wrong and how to mend it."""
    try:
        in_force = catalogue()
        if store().writable:
            versions.register(store(), in_force, utc_now())
            daily_backups().see_to_it(now())
    except CatalogueError as error:
        st.title("Der Katalog enthält Fehler")
        st.write("Die Anwendung arbeitet weiter, sobald die Definitionsdateien in Ordnung sind.")
        render.template("faults", faults=error.faults)
        return False
    except MonitoringError as error:
        st.title("Die Datenbank ist nicht verfügbar")
        st.error(render.plain(str(error)), icon=":material/error:")
        return False
    return True


def ailment() -> str:
    """What keeps the database from being read or written, told to anyone who asks; empty where all is well."""
    try:
        if not store().writable:
            locked = store().refusal is READ_ONLY
            why = "Der Datenordner ist schreibgeschützt" if locked else "Der Speicherplatz ist erschöpft"
            return f"Nichts kann gespeichert werden: {why}."
        return "Die Definitionsdateien enthalten Fehler." if catalogue_faults() else ""
    except MonitoringError:
        return "Die Datenbank ist nicht verfügbar."


@process.owned
def logs_in() -> bool:
    """Whether people log in here; else there is one local user.

    Settled at the start: a file that vanishes later opens nothing.
    """
    return login.configured()


@process.owned
def _refusal() -> str:
    """Why nobody may be served; empty where all is well."""
    return login.problem(login.circumstances(settings()))


def admitted() -> bool:
    """True where someone who is known sits there; else says why not, or asks them to log in."""
    if problem := _refusal():
        shell.refuse(problem)
    elif not logs_in() and not login.from_this_machine():
        shell.refuse(
            "Ohne eingerichtete Anmeldung ist die Anwendung nur an dem Rechner selbst zu benutzen, auf dem sie läuft."
        )
    elif logs_in() and not _lasting(said := login.claims()):
        shell.ask_to_log_in(expired=said.get("is_logged_in") is True)
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
        said, login.rules(settings()), lambda name: assigned(store(), name), catalogue().reporters
    )
    return found or User("", frozenset())


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


def current(moment: datetime | None) -> Snapshot:
    """The snapshot of the moment, None meaning now, with or without small numbers as the user may see them."""
    suppressed = not sees_true_values(user())
    if moment is None:
        return _taken(catalogue(), archive.present(store(), end_of_day(local_day(now()))), suppressed)
    return _as_known(moment, suppressed)


def releases() -> Mapping[str, Release]:
    """What is released to readers, by indicator; one that its own definitions do not know cannot be shown."""
    found = released_now(store())
    return {code: one for code, one in found.items() if code in definitions_at(one.moment).indicators}


def released(release: Release) -> Snapshot:
    """What readers see of a release, whoever looks at it: never a small number."""
    return _as_known(release.moment, suppressed=True)


def definitions_at(moment: datetime) -> Catalogue:
    """The definitions in force at the moment."""
    return _definitions(versions.hash_at(store(), moment) or catalogue().version)


def _as_known(moment: datetime, suppressed: bool) -> Snapshot:
    return _taken(definitions_at(moment), moment, suppressed)


def _taken(definitions: Catalogue, moment: datetime, suppressed: bool) -> Snapshot:
    return _snapshot(store().data_version, catalogue().version, definitions.version, moment, suppressed)


@st.cache_resource(max_entries=32, show_spinner=False)
def _snapshot(stored: int, in_force: str, definitions: str, moment: datetime, suppressed: bool) -> Snapshot:
    """Made once per state of the store, definitions in force and those of the moment, moment and kind of viewer."""
    return snapshot.take(store(), _definitions(definitions), moment, suppressed=suppressed)


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept_catalogue(version: str) -> Catalogue:
    return versions.load_version(store(), version)


def before_last_delivery(known: Snapshot) -> Snapshot:
    """The snapshot of the moment just before the last event that `known` includes."""
    at = store().value("select max(happened_at) from event where id <= $version", {"version": known.version})
    return current(at - timedelta(microseconds=1)) if at else known


def last_delivery(known: Snapshot) -> str:
    """What happened last, in one sentence."""
    events = archive.history(store())
    event = events[events["event"] <= known.version].iloc[0]
    done = {"commit": "geliefert", "withdraw": "zurückgezogen", "restore": "wiederhergestellt"}[event.kind]
    return (
        f"Lieferung {event.delivery} ({known.catalogue.reporter_name(event.reporter)}) wurde am "
        f"{german.moment(event.happened_at)} {done}."
    )


def overdue(known: Snapshot) -> list[schedule.Duty]:
    """Duties that are late at the snapshot's moment, the oldest due day first."""
    late = (schedule.State.MISSING, schedule.State.PARTIAL, schedule.State.WITHDRAWN)
    found = schedule.duties(store(), known.catalogue, known.moment)
    return sorted((duty for duty in found if duty.state in late), key=lambda duty: duty.due)


def trend(
    known: Snapshot,
    indicator: Indicator,
    shown: Sequence[Breakdown],
    areas: Sequence[Breakdown],
    outlook: bool = False,
) -> Figure:
    """The indicator's chart, built once for each state of data and definitions."""
    return _trend(_state(known), indicator.code, tuple(shown), tuple(areas), outlook, known)


@st.cache_resource(max_entries=512, show_spinner=False)
def _trend(
    state: State,
    code: str,
    shown: tuple[Breakdown, ...],
    areas: tuple[Breakdown, ...],
    outlook: bool,
    _known: Snapshot,
) -> Figure:
    return boards.trend_figure(_known, _known.catalogue.indicator(code), shown, areas, outlook)


def dossier(known: Snapshot, indicator: Indicator) -> list[Section]:
    """Arithmetic, outlook, past statuses and origin, built once for each state of data and definitions."""
    return _dossier(_state(known), indicator.code, _whose_files(), known)


@st.cache_resource(max_entries=256, show_spinner=False)
def _dossier(state: State, code: str, files_of: Whose, _known: Snapshot) -> list[Section]:
    until = min(_known.moment, utc_now())
    history = meetings.past_statuses(store(), _known.catalogue, code, until, _definitions, _known.hidden)
    return sections(store(), _known, _known.catalogue.indicator(code), history, files_of=files_of)


def _whose_files() -> Whose:
    """The reporters whose deliveries the viewer may know one by one."""
    person = user()
    own = permitted(person, Action.HISTORY, sorted(person.reporters))
    return None if may(person, Action.HISTORY) else frozenset(own)


def _state(known: Snapshot) -> State:
    """What is kept of a snapshot is kept for this: the definitions in force now decide what may be seen of it."""
    return known.key, catalogue().version


def _definitions(version: str) -> Catalogue:
    now_valid = catalogue()
    return now_valid if version == now_valid.version else _kept_catalogue(version)
