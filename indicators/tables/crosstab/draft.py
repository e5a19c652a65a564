"""A table while it is read."""

from dataclasses import dataclass

from indicators.tables.crosstab import times
from indicators.tables.crosstab.bodies import Body
from indicators.tables.crosstab.column_heads import ColumnHead
from indicators.tables.crosstab.columns import Columns
from indicators.tables.crosstab.grid import Grid
from indicators.tables.crosstab.heads import Head
from indicators.tables.crosstab.rows import RowHead


@dataclass
class Draft:
    """What is known of one table. `title` are the raw lines above it; `notes_end` is the last row of its notes."""

    grid: Grid
    body: Body
    columns: Columns
    head: Head
    heads: dict[int, ColumnHead]
    rows: dict[int, RowHead]
    title: list[str]
    notes_end: int
    stub_heads: tuple[str, ...] = ()
    stub_day: times.Day | None = None
    title_unit: str = ""
    inherited: bool = False
