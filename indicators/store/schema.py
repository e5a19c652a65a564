"""What is in the database file: numbered migrations, run once each, and views, made anew whenever their SQL is new."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
VIEWS = HERE / "views"
ENGINE = re.compile(r"'([^']*)' as engine", re.IGNORECASE)


def pending(connection: duckdb.DuckDBPyConnection) -> list[Path]:
    """The migrations that this database has not seen, in their order."""
    seen = applied(connection)
    return [file for file in sorted(MIGRATIONS.glob("*.sql")) if file.stem not in seen]


def applied(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the migrations that this database has seen; none in a new file."""
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'migration'").fetchall():
        return set()
    return {name for (name,) in connection.execute("select name from migration").fetchall()}


def migrate(connection: duckdb.DuckDBPyConnection, now: datetime, spoken: Callable[[str], str] = str) -> list[str]:
    """Runs the pending migrations, each in a transaction with its record; `spoken` makes of SQL what a store takes."""
    connection.execute("create table if not exists migration (name varchar not null, applied_at timestamp not null)")
    ran = pending(connection)
    for file in ran:
        connection.execute("begin")
        try:
            connection.execute(spoken(file.read_text(encoding="utf-8")))
            connection.execute("insert into migration values ($name, $now)", {"name": file.stem, "now": now})
            connection.execute("commit")
        except BaseException:
            connection.rollback()
            raise
    return [file.stem for file in ran]


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates or replaces all views and table macros, in the order of their file names, unless they are there.

    A start that finds them writes nothing: the less is written, the less a power failure can cut off.
    """
    texts = [file.read_text(encoding="utf-8") for file in sorted(VIEWS.glob("*.sql"))]
    made_of = hashlib.sha256("\0".join([duckdb.__version__, *texts]).encode()).hexdigest()
    known = connection.execute("select 1 from duckdb_views() where view_name = 'views_made_of'").fetchall()
    if known and connection.execute("select made_of from views_made_of").fetchall() == [(made_of,)]:
        return
    for text in texts:
        connection.execute(text)
    engine = duckdb.__version__
    connection.execute(f"create or replace view views_made_of as select '{made_of}' as made_of, '{engine}' as engine")


def engine_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The version of DuckDB that has written the views, which each that is new does first; empty where none says so."""
    found = connection.execute("select sql from duckdb_views() where view_name = 'views_made_of'").fetchall()
    said = ENGINE.search(found[0][0]) if found else None
    return said[1] if said else ""
