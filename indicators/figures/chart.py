"""The Chart: what any program draws of a Figure, in no program's own words.

Excel, Word and PowerPoint draw it each in their own way; the screen's specification is made of the same lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indicators.figures.figure import Cell, Figure
from indicators.figures.theme import TARGET, Look, look

MOST_TICKS = 10
NARROW_AXIS = 4  # in units: a shorter axis needs a decimal at its ticks


@dataclass(frozen=True)
class Stroke:
    """A run of a line, or a row of bars: its column in the table, and the rows (from, to) that it covers.

    A line that breaks cut makes several; only the first of them is `named` in the legend. `values` has one number for
    each row of the table, None where nothing is drawn.
    """

    column: str
    look: Look
    begin: int
    end: int
    values: tuple[float | None, ...]
    named: bool

    @property
    def is_point(self) -> bool:
        """Whether nothing but its mark can show it."""
        return sum(value is not None for value in self.values) == 1


@dataclass(frozen=True)
class Chart:
    """Lines over periods, bars over anything else.

    `categories` are the texts at the axis, one a row of the table; `ends` those of the axis of values, as on the
    screen, None where the program may choose. `symbol` is the unit's, `decimals` are those of the numbers.
    """

    categories: tuple[str, ...]
    strokes: tuple[Stroke, ...]
    over_time: bool
    ends: tuple[float, float] | None
    symbol: str
    decimals: int

    @property
    def columns(self) -> list[str]:
        """What is drawn, each named once."""
        return list(dict.fromkeys(stroke.column for stroke in self.strokes))

    @property
    def unnamed(self) -> list[int]:
        """The strokes that the legend leaves out."""
        return [number for number, stroke in enumerate(self.strokes) if not stroke.named]

    @property
    def tick_decimals(self) -> int:
        """Of the numbers at the axis."""
        return 1 if self.ends and self.ends[1] - self.ends[0] < NARROW_AXIS else 0

    @property
    def every(self) -> int:
        """Each so many categories have a text."""
        return max(1, -(-len(self.categories) // MOST_TICKS))


def chart(figure: Figure) -> Chart:
    """Signs and missing cells are gaps, and no line runs across a break; a target does, it has no definition."""
    rows = figure.cells()
    return Chart(
        tuple(str(row[0]) for row in rows),
        tuple(stroke for number in range(len(figure.numeric)) for stroke in _strokes(figure, rows, number)),
        bool(figure.periods),
        figure.ends,
        next(iter(figure.units.values()), ""),
        max((figure.decimals.get(column, 0) for column in figure.numeric), default=0),
    )


def _strokes(figure: Figure, rows: list[tuple[Cell, ...]], number: int) -> Iterator[Stroke]:
    column = figure.numeric[number]
    place = figure.columns.index(column)
    own = figure.looks.get(column, look(number))
    numbers = [float(row[place]) if isinstance(row[place], float | int) else None for row in rows]  # type: ignore[arg-type]
    named = True
    for begin, end in pairwise([0, *(() if own == TARGET else figure.breaks), len(rows)]):
        values = tuple(value if begin <= at < end else None for at, value in enumerate(numbers))
        if any(value is not None for value in values):
            yield Stroke(column, own, begin, end, values, named)
            named = False
