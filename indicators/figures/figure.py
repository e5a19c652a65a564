"""The Figure: the only thing that pages show and exporters write."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from indicators import german
from indicators.figures.theme import Look
from indicators.model import Sign
from indicators.periods import Period

Cell = float | Sign | str | None


@dataclass(frozen=True)
class Figure:
    """A chart, a table, or both, ready to be shown: suppressed, titled, with its source.

    `frame` holds what the chart shows, one row per line of the table, with German column titles;
    each cell is a float (in the unit of its column), a `Sign`, a text, or None where nothing was
    to be delivered. `decimals` gives the decimals of a column's numbers, `units` the symbol of
    their unit; columns without decimals hold texts. In a list of different things `own_decimals`
    are those of single cells (row, column), and `unit_columns` names the column that holds the
    units of another one. `signed` are the cells that are changes and show their sign. `limited`
    are the cells whose value is of limited reliability. `periods` names each row's period where rows are
    periods, and `breaks` the rows at which a new definition begins.
    `spec` is a complete Vega-Lite specification with its data inside, None where the table is
    the figure. `looks` are the columns' colour, dash and mark, and `ends` those of the value axis, for charts that
    other programs draw (`figures.chart`).
    `alt` says in one or two sentences what the chart shows. `metadata` are pairs for
    the exports' metadata sheet: definition, formula, deliveries. `moment` (UTC) is as of when the
    figures are known; files made of the figure carry it as their date. `pictured` figures (maps) have no chart that
    other programs draw themselves: there they are a picture.

    >>> shares = framed({"Jahr": ["2023", "2024"], "Anteil": [34.25, Sign.SECRET]})
    >>> figure = Figure("kita", "Betreute Kinder", shares, decimals={"Anteil": 1}, units={"Anteil": "%"})
    >>> figure.numeric, figure.unit_of(0, "Anteil")
    (['Anteil'], '%')
    >>> figure.texts()["Anteil"].tolist()
    ['34,3', '.']
    """

    key: str
    title: str
    frame: pd.DataFrame
    subtitle: str = ""
    note: str = ""
    source: str = ""
    alt: str = ""
    spec: dict[str, Any] | None = None
    decimals: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    ends: tuple[float, float] | None = None
    limited: frozenset[tuple[int, str]] = frozenset()
    own_decimals: Mapping[tuple[int, str], int] = field(default_factory=dict)
    unit_columns: Mapping[str, str] = field(default_factory=dict)
    signed: frozenset[tuple[int, str]] = frozenset()
    periods: tuple[Period, ...] = ()
    breaks: tuple[int, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    moment: datetime | None = None
    pictured: bool = False

    @property
    def columns(self) -> list[str]:
        return [str(column) for column in self.frame.columns]

    @property
    def numeric(self) -> list[str]:
        """The columns that hold numbers or signs."""
        return [column for column in self.columns if column in self.decimals]

    @property
    def is_drawn(self) -> bool:
        """Whether there is a chart, with a number in it: of signs alone other programs have nothing to draw."""
        if self.spec is None:
            return False
        places = [self.columns.index(column) for column in self.numeric]
        return any(isinstance(row[place], float | int) for row in self.cells() for place in places)

    @cached_property
    def fingerprint(self) -> bytes:
        """SHA-256 of all that is shown. Made once: figures are kept for many runs of a page, a table takes 1 ms."""
        words = repr((self.key, self.title, self.note, self.metadata))
        return hashlib.sha256(words.encode() + self.frame.to_csv().encode()).digest()

    def decimals_of(self, row: int, column: str) -> int:
        """The decimals of a cell."""
        return self.own_decimals.get((row, column), self.decimals.get(column, 0))

    def unit_of(self, row: int, column: str) -> str:
        """The unit of a cell: of its column, or what the list says in another one."""
        beside = self.unit_columns.get(column)
        return str(self.frame[beside].iloc[row]) if beside else self.units.get(column, "")

    def cells(self) -> list[tuple[Cell, ...]]:
        """The frame row by row, with None for every missing cell."""
        rows = self.frame.astype(object).itertuples(index=False, name=None)
        return [tuple(None if cell is pd.NA or cell != cell else cell for cell in row) for row in rows]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The table as a reader sees it: German numbers, printed signs, brackets around limited values."""
        return [
            [self._text(row, column, cell) for column, cell in zip(self.columns, cells, strict=True)]
            for row, cells in enumerate(self.cells())
        ]

    def texts(self) -> pd.DataFrame:
        """The same with its columns' titles."""
        return pd.DataFrame(self.rows, columns=self.columns, dtype=object)

    def _text(self, row: int, column: str, cell: Cell) -> str:
        decimals = self.decimals_of(row, column)
        if (row, column) in self.signed and isinstance(cell, float | int):
            return german.signed(cell, decimals, minus=german.TRUE_MINUS)
        text = german.content(cell, decimals)
        return f"({text})" if (row, column) in self.limited else text


def framed(columns: Mapping[str, list[Cell]]) -> pd.DataFrame:
    """A frame that keeps every cell as it is: no column of floats turns None into a number or a Sign into a text."""
    return pd.DataFrame({title: pd.Series(cells, dtype=object) for title, cells in columns.items()})
