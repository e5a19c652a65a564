"""What an administrator wants to know about the database at a glance."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicators.store.database import Store
from indicators.store.shared.lake import Lake

COUNTS = """
select
    (select count(*) from delivery),
    (select count(*) from observation),
    (select coalesce(max(number), 0) from catalogue_version)
"""


@dataclass(frozen=True)
class State:
    """Sizes are in bytes; `catalogue` is the number of the definitions' version. `places` say by name where it lies."""

    places: dict[str, str]
    size: int
    free: int
    writable: bool
    version: int
    deliveries: int
    observations: int
    catalogue: int
    engine: str = duckdb.__version__


def state(store: Store) -> State:
    """The state of a database on disk, or of one that several machines share."""
    deliveries, observations, catalogue = store.rows(COUNTS)[0]
    return State(
        _places(store.path),
        store.size,
        shutil.disk_usage(store.beside.parent).free if store.beside else 0,
        store.writable,
        store.data_version,
        deliveries,
        observations,
        catalogue,
    )


def _places(path: Path | str | Lake) -> dict[str, str]:
    if isinstance(path, Lake):
        return {"Datenbankserver": str(path), "Datenordner": str(path.folder)}
    return {"Datei": str(path)}
