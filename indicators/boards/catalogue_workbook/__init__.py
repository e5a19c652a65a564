"""The catalogue as a workbook, out and in: a sheet a kind, the words of the forms, every fault at its cell."""

from indicators.boards.catalogue_workbook.reading import Brought, bring
from indicators.boards.catalogue_workbook.rows import made_from
from indicators.boards.catalogue_workbook.writing import hand_out

__all__ = ["Brought", "bring", "hand_out", "made_from"]
