"""Departments' own cross tables: a sheet → tables → cells with period, unit, labels and doubts."""

from indicators.deliveries.crosstab.shape import Area, Role, Table, TableCell
from indicators.deliveries.crosstab.tables import tabulate

__all__ = ["Area", "Role", "Table", "TableCell", "tabulate"]
