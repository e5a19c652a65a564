"""What a filled row is by itself, before its table is known."""

import re
from enum import Enum, auto
from itertools import pairwise

from indicators.tables.crosstab import wording
from indicators.tables.crosstab.grid import Kind, Seen


class RowKind(Enum):
    DATA = auto()
    NUMBERING = auto()
    PERIODS = auto()
    UNITS = auto()
    TEXT = auto()


LARGEST_CLASS = 120  # no one is older, and no household larger

_NOTE = re.compile(
    r"^\s*(?:quellen?\b|©|anmerkung|hinweis|erläuterung|fußnote|_{3,}|\d{1,2}\s?\)\s|\*+\)?\s|erstellungsdatum|"
    r"vervielfältigung|zeichenerklärung|\d:\s)",
    re.IGNORECASE,
)


def is_note(seen: Seen) -> bool:
    text = seen.cell.value
    return isinstance(text, str) and bool(_NOTE.match(text))


CODE_WORD = re.compile(r"(?:ags|gkz|nr|lfd|sp(?:alte)?)\b", re.IGNORECASE)


def row_kind(cells: list[Seen]) -> RowKind:
    """What a filled row is by itself, before its table is known."""
    if is_numbering(cells):
        return RowKind.NUMBERING
    if _is_units(cells):
        return RowKind.UNITS
    values = [seen for seen in cells if seen.is_value]
    if values and all(unit_like(seen) for seen in values) and len(cells) - len(values) >= 2:
        return RowKind.TEXT
    periods = [seen for seen in cells if seen.is_year or seen.kind is Kind.PERIOD]
    if periods and len([seen for seen in values if not seen.is_year]) == 0:
        return RowKind.PERIODS
    return RowKind.DATA if values else RowKind.TEXT


def is_numbering(cells: list[Seen]) -> bool:
    """A row of column numbers: small whole numbers, mostly each one more than its left neighbour.

    They come as numbers and as texts, with gaps and mistakes, with „AGS“ in front.
    """
    numbers = [seen.whole for seen in cells if seen.kind is Kind.NUMBER]
    others = [seen for seen in cells if seen.kind is not Kind.NUMBER]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return False
    first = next(seen.column for seen in cells if seen.kind is Kind.NUMBER)
    if len(others) > 1 or any(seen.column > first or not seen.is_text for seen in others):
        return False
    whole = [number for number in numbers if number is not None]
    if not 0 <= whole[0] <= 3 or max(whole) > 4 * len(whole) + 10 or min(whole) < 0:
        return False
    steps = [second - first for first, second in pairwise(whole)]
    if any(not CODE_WORD.match(seen.text) for seen in others) and (whole[0] != 1 or set(steps) != {1}):
        return False
    return sum(step == 1 for step in steps) >= 0.6 * len(steps)


def _is_units(cells: list[Seen]) -> bool:
    """Units, perhaps beside one text."""
    texts = units = 0
    for seen in cells:
        if unit_like(seen):
            units += 1
        elif texts or not seen.is_text:
            return False
        else:
            texts = 1
    return units > 0


def unit_like(seen: Seen) -> bool:
    return seen.whole in (1000, 100_000, 1_000_000) if seen.kind is Kind.NUMBER else wording.is_unit(seen.text)
