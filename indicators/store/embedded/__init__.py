"""The store of one machine: a DuckDB file that one process owns."""
