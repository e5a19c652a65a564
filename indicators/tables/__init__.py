"""Departments' own tables: what stands in them (`crosstab`), what their labels mean, what was decided."""
