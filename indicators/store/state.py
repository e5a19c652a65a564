"""What an administrator wants to know about the database at a glance."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicators.store.database import Store

COUNTS = """
select
    (select count(*) from delivery),
    (select count(*) from observation),
    (select coalesce(max(number), 0) from catalogue_version)
"""


@dataclass(frozen=True)
class State:
    """Sizes are in bytes; `catalogue` is the number of the definitions' version."""

    file: Path
    size: int
    free: int
    writable: bool
    version: int
    deliveries: int
    observations: int
    catalogue: int
    engine: str = duckdb.__version__


def state(store: Store) -> State:
    """The state of a database on disk."""
    file = Path(store.path)
    deliveries, observations, catalogue = store.rows(COUNTS)[0]
    return State(
        file,
        file.stat().st_size,
        shutil.disk_usage(file.parent).free,
        store.writable,
        store.data_version,
        deliveries,
        observations,
        catalogue,
    )
