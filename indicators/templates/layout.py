"""How a template's sheet is laid out: base figures and breakdowns as tables of rows and columns, without Excel.

A crossing puts its last dimension into the columns and the others into the rows, as people draw such
tables; figures with the same plain breakdowns stand side by side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from indicators.catalogue import BaseFigure, Catalogue
from indicators.model import Breakdown

SIDE_BY_SIDE = 4

TOTAL = Breakdown()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `group` is the heading it stands under, empty for the total."""

    label: str
    group: str
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Column:
    """One input column: a figure, and the member of the column dimension (empty breakdown for none)."""

    figure: BaseFigure
    label: str
    breakdown: Breakdown


@dataclass(frozen=True)
class Table:
    """Rows by columns. `asked` are the breakdowns of each figure that have an input cell; the others are blocked."""

    figures: tuple[BaseFigure, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    asked: frozenset[Breakdown]

    @property
    def crossed(self) -> bool:
        """Whether the columns are members of a dimension."""
        return any(column.label for column in self.columns)

    def breakdown(self, row: Row, column: Column) -> Breakdown | None:
        """What a cell holds; None for one that nobody asks for."""
        found = Breakdown(tuple(sorted((*row.breakdown.members, *column.breakdown.members))))
        return found if found in self.asked else None


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: a family of base figures."""

    title: str
    tables: tuple[Table, ...]


def plan(catalogue: Catalogue, figures: Sequence[BaseFigure]) -> tuple[SheetPlan, ...]:
    """The sheets of a template, in the order in which the catalogue first names each family."""
    families = dict.fromkeys(figure.sheet for figure in figures)
    return tuple(
        SheetPlan(family, tuple(_tables(catalogue, [figure for figure in figures if figure.sheet == family])))
        for family in families
    )


def _tables(catalogue: Catalogue, figures: Sequence[BaseFigure]) -> Iterator[Table]:
    for breakdowns, same in groupby(figures, key=lambda figure: figure.breakdowns):
        together = list(same)
        if _column_dimension(breakdowns) is None:
            for start in range(0, len(together), SIDE_BY_SIDE):
                yield _table(catalogue, together[start : start + SIDE_BY_SIDE])
        else:
            yield from (_table(catalogue, [figure]) for figure in together)


def _table(catalogue: Catalogue, figures: Sequence[BaseFigure]) -> Table:
    first = figures[0]
    across = _column_dimension(first.breakdowns)
    row_axes = dict.fromkeys(tuple(axis for axis in axes if axis != across) for axes in first.breakdowns)
    ordered = sorted(row_axes, key=bool)  # the total comes first, the rest as the file has it
    rows = tuple(row for axes in ordered for row in _rows(catalogue, first, axes))
    columns = tuple(column for figure in figures for column in _columns(catalogue, figure, across))
    return Table(tuple(figures), rows, columns, frozenset(catalogue.breakdowns_of(first)))


def _column_dimension(breakdowns: Sequence[tuple[str, ...]]) -> str | None:
    """The last dimension of the first crossing."""
    return next((axes[-1] for axes in breakdowns if len(axes) > 1), None)


def _rows(catalogue: Catalogue, figure: BaseFigure, axes: tuple[str, ...]) -> Iterator[Row]:
    if not axes:
        yield Row(catalogue.city.name if catalogue.comparison in figure.dimensions else "Insgesamt", "", TOTAL)
        return
    group = " und ".join(catalogue.dimensions[axis].title for axis in axes)
    for members in product(*(catalogue.dimensions[axis].members for axis in axes)):
        pairs = zip(axes, (member.code for member in members), strict=True)
        label = ", ".join(member.title for member in members)
        yield Row(label, group, Breakdown(tuple(sorted(pairs))))


def _columns(catalogue: Catalogue, figure: BaseFigure, across: str | None) -> Iterator[Column]:
    if across is None:
        yield Column(figure, "", TOTAL)
        return
    if any(across not in axes for axes in figure.breakdowns):
        yield Column(figure, "Insgesamt", TOTAL)
    for member in catalogue.dimensions[across].members:
        yield Column(figure, member.title, Breakdown(((across, member.code),)))
