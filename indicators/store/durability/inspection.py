"""What a database file holds, read by a process of its own: a damaged file may end that process, never the app.

Run as a script (`python -I inspection.py FILE`, it imports nothing of ours); prints one JSON object, or with `files`
behind the name a list of the files that it holds.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

TABLES = "select table_name from duckdb_tables() where database_name = current_database() and not temporary order by 1"
CONTENT = 'select count(*), coalesce(sum(hash(line)), 0)::varchar from "{}" as line'
LAST_EVENT = "select id, delivery, kind, happened_at::varchar, who from event order by id desc limit 1"
DELIVERIES = "select id, sha256 from delivery order by id"
CATALOGUE = "select number, hash, since::varchar from catalogue_version order by number desc limit 1"
MIGRATIONS = "select name from migration order by name"
FILES = "select sha256 from file order by all"
ERASURES = "select sha256, happened_at::varchar, reason from erasure where kind = 'personal' order by id"


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """Rows and a checksum over every value of every table; equal for equal contents, in whatever order."""
    tables = [name for (name,) in connection.execute(TABLES).fetchall()]
    # In the text, as they are ours: for a bound value duckdb imports pandas, which takes longer than all the rest.
    return {name: list(connection.execute(CONTENT.format(name)).fetchall()[0]) for name in tables}


def inspected(file: Path) -> dict[str, Any]:
    """Reads every block of the file; raises duckdb.Error where one is damaged."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return summary(connection)


def summary(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What tells two databases apart: contents, last event, deliveries, definitions, migrations, files and erasures."""
    found: dict[str, Any] = {"tables": contents(connection)}
    for name, sql in (
        ("event", LAST_EVENT),
        ("deliveries", DELIVERIES),
        ("catalogue", CATALOGUE),
        ("migrations", MIGRATIONS),
        ("files", FILES),
    ):
        found[name] = connection.execute(sql).fetchall()
    known = "erasure" in found["tables"]  # a backup may be older than the table
    found["erasures"] = connection.execute(ERASURES).fetchall() if known else []
    return found


def files_in(file: Path) -> list[str]:
    """The SHA-256 of the files whose bytes a database holds: asked of many copies, so without reading them whole."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return [sha256 for (sha256,) in connection.execute(FILES).fetchall()]


if __name__ == "__main__":
    asked = files_in if sys.argv[2:] == ["files"] else inspected
    print(json.dumps(asked(Path(sys.argv[1])), default=str))
