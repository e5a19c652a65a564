"""What no statement may do once a database is open, of whatever kind it is: no file, no network, no extension."""

import duckdb

STATEMENTS = (
    "set enable_external_access = false",
    "set allow_community_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set lock_configuration = true",
)


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Cannot be taken back on this connection and its cursors."""
    for statement in STATEMENTS:
        connection.execute(statement)
