"""The store of several machines: DuckLake, with its catalogue in PostgreSQL and its data files in a shared folder."""
