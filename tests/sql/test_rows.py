"""Every view and every table macro of the database: rows that are there, and rows that it then shows.

One text file for each file of SQL. `given` are rows by table, their first line the columns; a column that is left out
holds nothing ('' , 0, the first of January 2020). A table that the database does not have is made for the case, as the
caller makes it: its columns bring their types. `expect` is what `of` shows in these columns, in any order.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML

from indicators.store import Store, schema

HERE = Path(__file__).parent
NOTHING = {
    "INTEGER": "0",
    "DOUBLE": "0",
    "VARCHAR": "''",
    "TIMESTAMP": "timestamp '2020-01-01'",
    "BOOLEAN": "false",
    "DATE": "date '2020-01-01'",
    "JSON": "'{}'",
    "BLOB": "''::blob",
    "VARCHAR[]": "[]",
    "DOUBLE[]": "[]",
}
Rows = list[list[Any]]


def cases() -> Iterator[tuple[str, int, dict[str, Any]]]:
    for file in sorted(HERE.glob("*.yaml")):
        for name, found in YAML(typ="safe").load(file).items():
            for number, case in enumerate(found):
                yield name, number, case


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    """In memory, or a lake where that is what is asked for."""
    if request.config.getoption("--store") == "lake":
        store = Store(request.getfixturevalue("cluster").lake())
        yield store._connections.new_cursor()
        store.close()
        return
    connection = duckdb.connect()
    schema.migrate(connection, datetime(2020, 1, 1))
    schema.create_views(connection)
    yield connection


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    columns, *contents = rows
    known = connection.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() where table_name = $1", [table]
    ).fetchall()
    if not known:
        connection.execute(f"create temp table {table} ({', '.join(columns)})")
        columns = [column.split()[0] for column in columns]
    left_out = {name: NOTHING[kind] for name, kind, nullable in known if not nullable and name not in columns}
    for row in contents:
        assert len(row) == len(columns), (table, row)
        places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
        filled = f"insert into {table} ({', '.join([*columns, *left_out])}) "
        connection.execute(f"{filled} values ({', '.join([places, *left_out.values()])})", row)


@pytest.mark.parametrize(
    ("name", "number", "case"), list(cases()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_it_shows_of_the_rows_that_are_given(
    database: duckdb.DuckDBPyConnection, name: str, number: int, case: dict[str, Any]
) -> None:
    connection = database
    columns, *wanted = case["expect"]
    connection.execute("begin")
    try:
        for table, rows in case["given"].items():
            put(connection, table, rows)
        shown = connection.execute(f"select {', '.join(columns)} from {case.get('of', name)} where true").fetchall()
    finally:
        connection.rollback()
    assert name in case.get("of", name)
    assert sorted(map(str, shown)) == sorted(str(tuple(row)) for row in wanted), case.get("why", "")


def test_every_view_and_macro_has_its_rows(database: duckdb.DuckDBPyConnection) -> None:
    made = database.execute(
        "select view_name from duckdb_views() where not internal union "
        "select function_name from duckdb_functions() where not internal and function_type = 'table_macro'"
    )
    there = {name for (name,) in made.fetchall()} - {"views_made_of"}
    assert {name for name, _, _ in cases()} == there
    telling = {name for name, _, case in cases() if len(case["expect"]) > 1}
    assert telling == there
