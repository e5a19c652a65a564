"""Cases from our own workbooks and the golden ones, and how much of each the reader gets right when redrawn."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

from indicators.tables.crosstab import Table, tabulate
from indicators.tables.tabulating import period_text
from indicators.workbooks.workbook import Sheet, Workbook, position, read_workbook
from tests.deliveries.metamorphic import content, drawing, rows, scoring
from tests.deliveries.metamorphic.case import At, Case, Expected, Parts

GOLDEN = Path(__file__).parents[3] / "../shared/golden"
QUIRKS = Path(__file__).parents[2] / "workbooks" / "quirks"
_BASE = {"sheet", "cell", "value", "sign", "period", "unit", "labels"}


def _of(module: ModuleType) -> dict[str, Callable[[Case], Case | None]]:
    """Everything public that the module makes itself."""
    return {
        name: one
        for name, one in vars(module).items()
        if callable(one) and one.__module__ == module.__name__ and not name.startswith("_")
    }


def unchanged(case: Case) -> Case:
    return case


TRANSFORMATIONS = {"unchanged": unchanged, **_of(drawing), **_of(content), **_of(rows)}


def golden_cases() -> Iterator[Case]:
    for path in sorted((GOLDEN / "truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        book = _book(GOLDEN / "workbooks" / path.stem.split("__", 1)[0])
        sheet = next(sheet for sheet in book.sheets if sheet.name == truth["sheet"])
        yield of_truth(path.stem, sheet, truth)


@cache
def _book(path: Path) -> Workbook:
    return read_workbook(path.read_bytes(), path.name)


def of_truth(name: str, sheet: Sheet, truth: dict) -> Case:
    tables = tabulate(sheet)
    expected = {
        _at(cell["cell"]): Expected(
            cell["value"],
            cell["sign"] or "",
            cell["period"] or "",
            tuple(cell["labels"]),
            {key: value for key, value in cell.items() if key not in _BASE},
        )
        for cell in truth["cells"]
    }
    extra = {_at(f"{letters}1")[1]: tuple(labels) for letters, labels in truth.get("extra_ok", {}).items()}
    return Case(
        name, sheet, Parts.of(tables, sheet), len(tables), expected, tuple(truth.get("header_labels", ())), extra
    )


def other_cases() -> Iterator[Case]:
    """The golden workbooks' other sheets, whose truth nobody wrote down: the reader must agree with itself."""
    judged = {path.stem for path in (GOLDEN / "truth").glob("*.json")}
    for path in sorted((GOLDEN / "workbooks").iterdir()):
        for sheet in _book(path).sheets:
            if f"{path.name}__{sheet.name}" not in judged and len(sheet.cells) < 1500 and (tables := tabulate(sheet)):
                yield of_reading(f"{path.name}__{sheet.name}", sheet, tables)


def of_reading(name: str, sheet: Sheet, tables: tuple[Table, ...]) -> Case:
    """Right is what is read from the sheet as it stands: the reader must agree with itself."""
    expected = {
        (cell.row, cell.column): Expected(
            cell.value,
            "" if cell.bracket or not cell.sign else cell.sign.value,
            period_text(cell.period),
            cell.labels,
            ({"bracket": True} if cell.bracket else {})
            | ({"period_accept": [str(cell.period.year)]} if cell.period else {}),
        )
        for table in tables
        for cell in table.cells
        if cell.value is not None or cell.sign
    }
    return Case(name, sheet, Parts.of(tables, sheet), len(tables), expected)


def quirk_cases() -> Iterator[Case]:
    for path in sorted(QUIRKS.glob("*.xlsx")):
        sheet = _book(path).sheets[0]
        yield of_reading(path.stem, sheet, tabulate(sheet))


def _at(address: str) -> At:
    at = position(address)
    assert at is not None, address
    return at


@dataclass
class Tally:
    cells: int = 0
    right: int = 0
    false: int = 0
    silent: int = 0
    cases: int = 0
    faults: list[tuple[str, int, int, list[str]]] = field(default_factory=list)

    def add(self, case: Case, judged: scoring.Judged) -> None:
        self.cases += 1
        self.cells += judged.cells
        self.right += judged.right
        self.false += judged.false
        self.silent += len(judged.silent)
        if judged.right < judged.cells or judged.false:
            wrong = judged.cells - judged.right
            self.faults.append((case.name, wrong, len(judged.silent), judged.silent[:3] or judged.errors[:3]))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.cells + other.cells,
            self.right + other.right,
            self.false + other.false,
            self.silent + other.silent,
            self.cases + other.cases,
            [*self.faults, *other.faults],
        )

    @property
    def share(self) -> float:
        return self.right / self.cells if self.cells else 1.0


def tally(cases: Iterable[Case], judge: Callable[[Case], scoring.Judged]) -> dict[str, Tally]:
    found = {name: Tally() for name in TRANSFORMATIONS}
    for case in cases:
        for name, transform in TRANSFORMATIONS.items():
            if (new := transform(case)) is not None and new.expected:
                found[name].add(case, judge(new))
    return found


def table(found: dict[str, Tally], details: bool = False) -> str:
    lines = [f"{'transformation':28} {'sheets':>6} {'cells':>7} {'right':>8} {'false':>6} {'silently wrong':>15}"]
    for name, one in found.items():
        lines.append(f"{name:28} {one.cases:6} {one.cells:7} {100 * one.share:7.2f}% {one.false:6} {one.silent:15}")
        if details:
            lines += [f"      {case[:50]:50} {wrong} wrong, {silent} silent: {said}"
                      for case, wrong, silent, said in one.faults]  # fmt: skip
    return "\n".join(lines)


def corpora() -> dict[str, tuple[Callable[[], Iterator[Case]], Callable[[Case], scoring.Judged]]]:
    return {
        "our own workbooks": (quirk_cases, scoring.by_first_reading),
        "golden truths": (golden_cases, scoring.by_golden_score),
        "other sheets of the golden workbooks": (other_cases, scoring.by_golden_score),
    }
