"""What a session works with: settings, store, catalogue, and the snapshot of the chosen moment."""

from datetime import datetime

import streamlit as st

from indicators import snapshot
from indicators.catalogue import Catalogue, CatalogueError, load
from indicators.model import MonitoringError
from indicators.settings import Settings
from indicators.snapshot import Snapshot
from indicators.store import Store
from indicators.store.database import utc_now


@st.cache_resource
def settings() -> Settings:
    return Settings()


@st.cache_resource
def store() -> Store:
    """The process's one store."""
    return Store(settings().database, memory_limit=settings().memory_limit)


def catalogue() -> Catalogue:
    """The checked definitions; read again when a file has changed. Raises CatalogueError."""
    files = sorted(settings().definitions.glob("*.yaml"))
    return _catalogue(tuple((str(file), file.stat().st_mtime_ns) for file in files))


@st.cache_resource(max_entries=2, show_spinner=False)
def _catalogue(_stamp: tuple[tuple[str, int], ...]) -> Catalogue:
    return load(settings().definitions)


def ready() -> bool:
    """True where definitions and database can be used; else says what is wrong and how to mend it."""
    try:
        catalogue()
    except CatalogueError as error:
        st.title("Der Katalog enthält Fehler")
        st.write("Die Anwendung arbeitet weiter, sobald die Definitionsdateien in Ordnung sind.")
        st.table([fault.as_row() for fault in error.faults], hide_index=True)
        return False
    try:
        store()
    except MonitoringError as error:
        st.title("Die Datenbank ist nicht verfügbar")
        st.error(str(error))
        return False
    return True


def now() -> datetime:
    """The moment of this run, naive in UTC."""
    return utc_now()


def user() -> str:
    """Who works here; stored with every delivery."""
    return settings().local_user


def current(moment: datetime | None) -> Snapshot:
    """The snapshot of the moment, None meaning now. Made once per data version, definitions and moment."""
    version = store().data_version
    return _snapshot(version, catalogue().version, moment)


@st.cache_resource(max_entries=16, show_spinner=False)
def _snapshot(version: int, definitions: str, moment: datetime | None) -> Snapshot:
    return snapshot.take(store(), catalogue(), moment or utc_now())
