"""Taking everything from one store to another of whatever kind: all tables, in one transaction that is checked first.

What is copied are rows as they are, so history, files, versions of the definitions and the audit come along. So do the
numbers that were ever given and the erasures that were noted outside of the store.
"""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from indicators import german
from indicators.store import audit
from indicators.store.audit import Action, Change
from indicators.store.database import Store
from indicators.store.durability import noted_erasures, numbers
from indicators.store.durability.store_errors import StoreError

TABLES = """
select table_name from duckdb_tables()
where not internal and not temporary and table_name not like 'ducklake%' and table_name <> 'migration'
order by table_name
"""
CONTENT = "select count(*), coalesce(sum(hash(line)), 0)::varchar from {} as line"
ALL_ROWS = "select * from {}"
FIRST_ROWS = "select * from {} order by all"
"""A fresh store holds what the migrations put there, which comes first in every other too."""
INSERT = "insert into {} select * from incoming"
INSERT_REST = "insert into {0} select * from incoming except all select * from {0}"
EMPTY = "Bitte nennen Sie ein leeres."
AT_ONCE = 2048
"""Rows that are in memory at once: a file may have ten megabytes."""


@dataclass(frozen=True)
class Moved:
    """What came over: rows by table."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def move(source: Store, target: Store, who: str, at: datetime) -> Moved:
    """Copies all from `source`, in which nobody writes meanwhile, and records it in `target`, which holds nothing yet.

    Raises StoreError where the target holds something, or where a table is not the same afterwards; nothing is saved
    then.
    """
    with source.still(), source.reading() as reading:
        tables = _tables(reading)
        with target.transaction() as cursor:
            if (there := _tables(cursor)) != tables:
                raise StoreError(f"Beide haben nicht dieselben Tabellen: {', '.join({*there} ^ {*tables})}.")
            moved = Moved({table: _copied(reading, cursor, table) for table in tables})
    noted_erasures.note(target.beside, noted_erasures.noted(source.beside))
    numbers.take_over(target.beside, source.beside)
    audit.record(target, Change(Action.MOVE, who, at, str(target.path), str(source.path), f"{moved.total} Zeilen"))
    return moved


def _tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in cursor.execute(TABLES).fetchall()]


def _copied(reading: duckdb.DuckDBPyConnection, cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    """The number of rows that both have in the end. Raises StoreError where these are not the same."""
    held = cursor.execute(FIRST_ROWS.format(table)).fetchmany(AT_ONCE)
    if held and held != reading.execute(FIRST_ROWS.format(table)).fetchmany(len(held)):
        raise StoreError(f"Im Ziel stehen schon Daten (Tabelle {table}). Es wurde nichts verändert. {EMPTY}")
    wanted = _content(reading, table)
    if wanted[0] > len(held):
        cursor.register("incoming", reading.execute(ALL_ROWS.format(table)).to_arrow_reader(AT_ONCE))
        try:
            cursor.execute((INSERT_REST if held else INSERT).format(table))
        finally:
            cursor.unregister("incoming")
    found = _content(cursor, table)
    if wanted != found:
        raise StoreError(
            f"Die Tabelle {table} kam nicht gleich an ({german.number(found[0], 0)} statt "
            f"{german.number(wanted[0], 0)} Zeilen oder andere Werte). Es wurde nichts übernommen."
        )
    return found[0]


def _content(cursor: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str]:
    """Rows, and a checksum over every value of every row."""
    [found] = cursor.execute(CONTENT.format(table)).fetchall()
    return found
