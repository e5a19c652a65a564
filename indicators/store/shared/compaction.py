"""Writing data files of a lake anew: fewer of them, and without what was erased.

A lake keeps every former state in snapshots, their data files, and rows of PostgreSQL. None of them is needed: what was
known at a moment follows from our own rows, which are only ever added. They are removed by an act of a person and never
by a timer, while nobody writes: in the order that leaves all readable wherever it is cut short.
"""

import logging
import os
import time

import duckdb
import psycopg

from indicators.store.durability.copying import settle_folder
from indicators.store.durability.store_errors import StoreError
from indicators.store.shared import lake_errors
from indicators.store.shared.lake import Lake
from indicators.store.shared.opening import NAME
from indicators.store.shared.turns import Turn

log = logging.getLogger(__name__)

ERASED_FROM = "file"
"""The only table that anything is ever erased from (ledger/erase_content.sql)."""
OUT_OF_POSTGRESQL = f"call ducklake_flush_inlined_data('{NAME}', table_name => '{ERASED_FROM}')"
WITHOUT_ERASED = f"call ducklake_rewrite_data_files('{NAME}', '{ERASED_FROM}', delete_threshold => 0)"
MERGE = f"call ducklake_merge_adjacent_files('{NAME}')"
FORGET = f"call ducklake_expire_snapshots('{NAME}', older_than => now())"
REMOVE = f"call ducklake_cleanup_old_files('{NAME}', cleanup_all => true)"
AGE = "select extract(epoch from now() - max(snapshot_time)) from ducklake_snapshot"
PAGES = """
select inlined.table_name from ducklake_inlined_data_tables as inlined
join ducklake_table as one using (table_id)
where one.table_name = 'file' and one.end_snapshot is null
union all
values ('ducklake_file_column_stats'), ('ducklake_table_column_stats')
"""
"""Tables of PostgreSQL in which what was erased may stand: small rows themselves, and the least and greatest value."""
NAMED = """
with place as (
    select distinct one.table_id, whole.path || one.path as path
    from ducklake_table as one join ducklake_schema as whole using (schema_id)
)
select place.path || file.path, file.end_snapshot is null
from (
    select table_id, path, end_snapshot from ducklake_data_file
    union all
    select table_id, path, end_snapshot from ducklake_delete_file
) as file
join place using (table_id)
"""


def without_erased(lake: Lake, cursor: duckdb.DuckDBPyConnection, turn: Turn, quiet: float) -> None:
    """What was erased is in no data file and no row of PostgreSQL afterwards. Raises duckdb.Error and StoreError.

    `quiet` are seconds since the last commit after which nobody asks any more whether a commit has arrived: the signs
    that tell go with the former snapshots.
    """
    for step in (OUT_OF_POSTGRESQL, WITHOUT_ERASED):
        cursor.execute(step)
    _only_what_holds(lake, cursor, turn, quiet)
    _out_of_pages(turn)


def merged(lake: Lake, cursor: duckdb.DuckDBPyConnection, turn: Turn, quiet: float) -> tuple[int, int]:
    """The numbers of data files before and after. Raises as above."""
    before = len(_named(turn))
    cursor.execute(MERGE)
    without_erased(lake, cursor, turn, quiet)
    return before, len(_named(turn))


def _only_what_holds(lake: Lake, cursor: duckdb.DuckDBPyConnection, turn: Turn, quiet: float) -> None:
    """Former snapshots go, then the files that only they knew, then those that nobody ever knew."""
    _settle(lake, turn)
    while (age := float(str(turn.ask(AGE)[0][0]))) < quiet:
        time.sleep(min(1.0, quiet - age + 0.01))
    for step in (FORGET, REMOVE):
        turn.demand()
        cursor.execute(step)
    turn.demand()
    named = {str(path) for path, _ in turn.ask(NAMED)}
    for file in lake.folder.rglob("*.parquet"):
        if str(file.relative_to(lake.folder)) not in named:  # of a change that was cut off before its commit
            file.unlink(missing_ok=True)


def _settle(lake: Lake, turn: Turn) -> None:
    """The files that hold are on the disk before those that they replace are removed."""
    files = [lake.folder / path for path in _named(turn)]
    for file in files:
        try:
            with file.open("rb") as written:
                os.fsync(written.fileno())
        except OSError as error:
            raise lake_errors.files_lost(1, lake.folder) from error
    for folder in {file.parent for file in files}:
        settle_folder(folder)


def _named(turn: Turn) -> list[str]:
    """The files that hold now."""
    return [str(path) for path, holds in turn.ask(NAMED) if holds]


def _out_of_pages(turn: Turn) -> None:
    """PostgreSQL leaves what was deleted in its pages until these are written anew."""
    try:
        for (table,) in turn.ask(PAGES):
            turn.do(f'vacuum full "{table}"')
    except psycopg.Error as error:
        log.exception("erased rows are still in pages of PostgreSQL")
        raise StoreError(lake_errors.STILL_IN_PAGES) from error
