"""How much of a case is read right: by the golden corpus's own scorer, or against our own first reading."""

import json
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from indicators.tables.crosstab import TableCell, tabulate, wording
from indicators.tables.tabulating import period_text
from tests.deliveries.metamorphic.case import Case, address


@dataclass
class Judged:
    """`silent` are wrong cells and false positives without a doubt."""

    cells: int = 0
    right: int = 0
    false: int = 0
    silent: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read(case: Case) -> dict[str, TableCell]:
    return {cell.address: cell for table in tabulate(case.sheet) for cell in table.cells}


def by_golden_score(case: Case) -> Judged:
    cells = [cell for table in tabulate(case.sheet) for cell in table.cells]
    result, errors = scorer().score_sheet(case.truth(), [_line(cell) for cell in cells])
    doubted = {cell.address for cell in cells if cell.doubts}
    said = [" ".join(str(part) for part in error if part) for error in errors]
    silent = [text for error, text in zip(errors, said, strict=True)
              if error[0] not in doubted and error[1] != "missing"]  # fmt: skip
    return Judged(result["cells"], result["right"], result["false_pos"], silent, said)


def by_first_reading(case: Case) -> Judged:
    """Value, sign and period the same, and the labels one after the other the same text."""
    judged = Judged(len(case.expected))
    cells = read(case)
    for at, expected in case.expected.items():
        cell = cells.pop(address(at), None)
        if cell is None:
            judged.errors.append(f"{address(at)} missing")
            continue
        sign = cell.sign.value if cell.sign else ""
        wanted = "()" if expected.more.get("bracket") else expected.sign
        period = period_text(cell.period)
        periods = expected.period, *expected.more.get("period_accept", ())
        same = (cell.value, sign) == (expected.value, wanted) and period in periods
        if same and _text(cell.labels) == _text(expected.labels):
            judged.right += 1
            continue
        judged.errors.append(f"{address(at)} {cell.value}{sign} {period} {cell.labels} != {expected}")
        if not cell.doubts:
            judged.silent.append(judged.errors[-1])
    others = [cell for cell in cells.values() if cell.value is not None or cell.sign]
    judged.false = len(others)
    judged.errors += [f"{cell.address} false positive {cell.value}" for cell in others]
    judged.silent += [f"{cell.address} false positive {cell.value}" for cell in others if not cell.doubts]
    return judged


def _text(labels: tuple[str, ...]) -> str:
    return "".join(wording.key(label) for label in labels)


def _line(cell: TableCell) -> dict[str, str]:
    return {
        "cell": cell.address,
        "value": "" if cell.value is None else repr(cell.value),
        "sign": cell.sign.value if cell.sign else "",
        "period": period_text(cell.period),
        "unit": cell.unit,
        "labels": json.dumps(cell.labels),
    }


@cache
def scorer() -> Any:
    """The corpus's own, as it is. It compares each label of a sheet with each, and spells each anew each time, which
    takes most of its time: what it has spelled once it remembers."""
    from tests.deliveries.metamorphic.judging import GOLDEN

    sys.path.insert(0, str(GOLDEN))
    import score

    score.key = cache(score.key)
    return score
