"""Values that nobody sees or that someone crossed out: each hidden part is one doubt, whatever hides it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.workbooks.workbook import Cell, Sheet, column_letters

MOST_PARTS = 5  # more hidden stretches than these are the work of a filter: asked as one
STRUCK = Doubt(Code.STRUCK, "", "Der Wert ist durchgestrichen: Vielleicht gilt er nicht mehr.")


@dataclass(frozen=True, slots=True)
class Unseen:
    """The doubts about the hidden rows and columns of a sheet, by number, and about the sheet itself."""

    rows: dict[int, Doubt]
    columns: dict[int, Doubt]
    sheet: tuple[Doubt, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> "Unseen":
        rows = sheet.hidden_rows & {row for row, _ in sheet.cells}
        columns = sheet.hidden_columns & {column for _, column in sheet.cells}
        return cls(
            _doubts(rows, "Zeile", "Zeilen", str),
            _doubts(columns, "Spalte", "Spalten", column_letters),
            (_hidden(f"Blatt „{sheet.name}“", "Das", "ist"),) if sheet.state in ("hidden", "veryHidden") else (),
        )

    def doubts(self, cell: Cell) -> list[Doubt]:
        if not (self.rows or self.columns or self.sheet or cell.style.struck):
            return []
        found = [self.rows.get(cell.row), self.columns.get(cell.column), *self.sheet]
        found.append(STRUCK if cell.style.struck else None)
        return [doubt for doubt in found if doubt is not None]


def _hidden(part: str, article: str, verb: str) -> Doubt:
    return Doubt(Code.HIDDEN, part, f"{article} {part} {verb} ausgeblendet.")


def _doubts(hidden: Iterable[int], one: str, many: str, name: Callable[[int], str]) -> dict[int, Doubt]:
    runs = _runs(sorted(hidden))
    if len(runs) > MOST_PARTS:
        shown = ", ".join(name(run[0]) for run in runs[:MOST_PARTS])
        doubt = Doubt(Code.HIDDEN, many, f"{many} sind ausgeblendet ({shown} und weitere).")
        return {number: doubt for run in runs for number in run}
    found: dict[int, Doubt] = {}
    for run in runs:
        several = len(run) > 1
        part = f"{many} {name(run[0])} bis {name(run[-1])}" if several else f"{one} {name(run[0])}"
        found |= dict.fromkeys(run, _hidden(part, "Die", "sind" if several else "ist"))
    return found


def _runs(numbers: list[int]) -> list[list[int]]:
    runs = [numbers[:1]] if numbers else []
    for before, number in pairwise(numbers):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
