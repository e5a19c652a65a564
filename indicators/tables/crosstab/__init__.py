"""Departments' own cross tables: a sheet → tables → cells with period, unit, labels and doubts."""

from indicators.tables.crosstab.table import Area, Role, Table, TableCell
from indicators.tables.crosstab.tables import tabulate

__all__ = ["Area", "Role", "Table", "TableCell", "tabulate"]
