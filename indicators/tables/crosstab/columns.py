"""What each column of a body is: label, period, code, unit or data."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from indicators.tables.crosstab import wording
from indicators.tables.crosstab.bodies import Body
from indicators.tables.crosstab.doubts import Code
from indicators.tables.crosstab.grid import Grid, Kind, Seen
from indicators.tables.crosstab.spellings import numbered


class ColumnKind(Enum):
    LABEL = auto()
    PERIOD = auto()
    CODE = auto()
    UNIT = auto()
    DATA = auto()
    STRAY = auto()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one body; `stub` are all that stand before the data."""

    kinds: dict[int, ColumnKind]

    deliveries: tuple[int, ...] = ()  # period columns that only say when the data were delivered
    heads: Mapping[int, str] = field(default_factory=dict)  # what stands over each period column

    def of(self, kind: ColumnKind) -> list[int]:
        return [column for column, known in self.kinds.items() if known is kind]

    @property
    def data(self) -> list[int]:
        return self.of(ColumnKind.DATA)

    @property
    def stub_end(self) -> int:
        """The last column before the data; one less than the first data column where there is no stub."""
        stub = [column for column, kind in self.kinds.items() if kind not in (ColumnKind.DATA, ColumnKind.STRAY)]
        before = [column for column in stub if not self.data or column < self.data[0]]
        return max(before, default=(self.data[0] - 1 if self.data else 0))


_PERIOD_HEAD = re.compile(
    r"jahr|stichtag|semester|monat|zeitraum|datum|quartal|periode|\bzeit\b|stand\b|erhebung", re.IGNORECASE
)
_DELIVERY_HEAD = re.compile(r"liefer|datenstand|erstell|veröffentlich|ausgabe|release|berichtsstand", re.IGNORECASE)
_CODE_HEAD = re.compile(
    r"^(?:ags|gkz|ars|nr\.?|lfd\.?\s?nr\.?|nummer|schlüssel(?:nummer)?|kennziffer|code|id|ags_?\w*|geocode|schl\.?-?nr\.?|"
    r"gemeindeschlüssel|stb|stadtbezirk-?nr\.?|bezirk-?nr\.?|stadtteil-?nr\.?|k\w*z\b.*)$",
    re.IGNORECASE,
)

_KEY_HEAD = re.compile(r"schl.ssel(?:nummer|nr)?$|kenn(?:ziffer|ung|zahl|nummer)$|^(?:ags|gkz|ars|rs)\d{0,2}$")


def classify(grid: Grid, body: Body, head_of: dict[int, str]) -> Columns:
    """`head_of` gives each column's head as far as it is known (joined, in its own column only)."""
    rows = set(body.rows)
    filled: dict[int, list[Seen]] = {}
    for (row, column), seen in grid.cells.items():
        if row in rows:
            filled.setdefault(column, []).append(seen)
    columns = sorted(filled)
    kinds: dict[int, ColumnKind] = {}
    in_stub = True
    for index, column in enumerate(columns):
        cells = filled[column]
        if in_stub:
            right = [filled[other] for other in columns[index + 1 :]]
            labelled = ColumnKind.LABEL in kinds.values()
            kind = _stub_kind(cells, head_of.get(column, ""), right, labelled)
            in_stub = kind is not None
            if kind is not None:
                kinds[column] = kind
                continue
        kinds[column] = ColumnKind.STRAY if _mostly(cells, _wordy) > 0.5 else ColumnKind.DATA
    first = next((column for column, kind in kinds.items() if kind is ColumnKind.DATA), 0)
    nameless = not {ColumnKind.LABEL, ColumnKind.PERIOD} & set(kinds.values())
    if first and nameless and _counts_up(filled[first], head_of.get(first, "")):
        kinds[first] = ColumnKind.LABEL
    _tell_apart(filled, kinds)
    periods = [column for column, kind in kinds.items() if kind is ColumnKind.PERIOD]
    late = tuple(column for column in periods if _DELIVERY_HEAD.search(head_of.get(column, "")))
    heads = {column: head_of.get(column, "") for column in periods}
    return Columns(kinds, late if len(late) < len(periods) else (), heads)


def _tell_apart(filled: dict[int, list[Seen]], kinds: dict[int, ColumnKind]) -> None:
    """A text column at the end of a list („Datum | Wert | Ort“) is a label where only it tells two rows apart."""
    data = [column for column, kind in kinds.items() if kind is ColumnKind.DATA]
    rest = [column for column, kind in kinds.items() if kind is ColumnKind.STRAY and data and column > data[-1]]
    stub = [column for column, kind in kinds.items() if kind in (ColumnKind.LABEL, ColumnKind.PERIOD, ColumnKind.CODE)]
    rows = {seen.row for column in data for seen in filled[column]}
    for column in rest:
        before = _identities(filled, stub, rows)
        after = _identities(filled, [*stub, column], rows)
        if len(before) < len(rows) and len(after) > len(before) and {seen.row for seen in filled[column]} >= rows:
            kinds[column] = ColumnKind.LABEL
            stub.append(column)


def _identities(filled: dict[int, list[Seen]], stub: list[int], rows: set[int]) -> set[tuple[str, ...]]:
    said: dict[int, list[str]] = {row: [] for row in rows}
    for column in stub:
        for seen in filled[column]:
            if seen.row in said:
                said[seen.row].append(f"{column}:{seen.text}")
    return {tuple(texts) for texts in said.values()}


def _counts_up(cells: list[Seen], head: str) -> bool:
    """A first column of ages or classes: whole numbers, each greater than the last, under a head of its own."""
    numbers = [seen.whole for seen in cells]
    whole = [number for number in numbers if number is not None]
    rising = all(first < second for first, second in pairwise(whole))
    return bool(head) and not wording.is_unit(head) and len(whole) == len(numbers) >= 3 and rising


def _mostly(cells: list[Seen], test: Callable[[Seen], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _wordy(seen: Seen) -> bool:
    return seen.is_text or (seen.kind is Kind.PERIOD)


def _dated(seen: Seen) -> bool:
    """A period, or words that speak of time and have to be asked („1.–3. Quartal 2024“)."""
    asked = seen.time.hesitation is not None and seen.time.hesitation.code is Code.PERIOD_UNUSUAL
    return seen.kind is Kind.PERIOD or seen.is_year or asked


def _stub_kind(cells: list[Seen], head: str, right: list[list[Seen]], labelled: bool) -> ColumnKind | None:
    """None where the data begin. `labelled` says that a label column stands on the left already."""
    if not right:
        return ColumnKind.LABEL if _mostly(cells, _wordy) > 0.5 else None
    if _are_parts(cells, head):
        return ColumnKind.PERIOD
    before_labels = any(
        _labels_follow(cells, right[index]) and _go_on(right[index + 1 :]) for index in range(min(2, len(right)))
    )
    if _mostly(cells, _dated) >= 0.75:
        if before_labels or any(seen.kind is Kind.PERIOD for seen in cells) or _are_years(cells, head):
            return ColumnKind.PERIOD
        return None
    if _mostly(cells, lambda seen: wording.is_unit(seen.text)) > 0.7 and _mostly(cells, lambda s: s.is_text) > 0.5:
        return ColumnKind.UNIT
    if _mostly(cells, _wordy) > (0.3 if all(seen.kind is not Kind.NUMBER for seen in cells) else 0.5):
        return ColumnKind.LABEL
    if any(_labels_follow(cells, other) for other in right[:1]) and (_is_key_head(head) or _are_keys(cells)):
        return ColumnKind.CODE
    before_stub = before_labels or any(_mostly(other, _dated) >= 0.75 for other in right[:2])
    if _CODE_HEAD.match(head) or (before_labels and not labelled) or (before_stub and not head and _are_whole(cells)):
        return ColumnKind.CODE
    return None


def _is_key_head(head: str) -> bool:
    return bool(_KEY_HEAD.search(wording.key(head)))


def _are_keys(cells: list[Seen]) -> bool:
    """Digits kept as text and all of one length, some with a leading zero: official keys."""
    texts = [seen.cell.value.strip() for seen in cells if isinstance(seen.cell.value, str)]
    same = len({len(text) for text in texts}) == 1 and all(text.isdigit() for text in texts)
    return len(texts) == len(cells) and same and len(texts[0]) > 1 and any(text[0] == "0" for text in texts)


def _are_parts(cells: list[Seen], head: str) -> bool:
    """Quarters, months or half-years whose year stands elsewhere, perhaps with years and totals among them."""
    named = [seen for seen in cells if not wording.is_total(seen.text)]
    if head and named and all(numbered(seen.text, head) for seen in named):
        return True
    parts = sum(seen.part is not None for seen in named)
    return parts > 0 and parts + sum(map(_dated, named)) >= 0.75 * len(named)


def _are_years(cells: list[Seen], head: str) -> bool:
    """Years, or counts that happen to lie between 1950 and 2060? The head decides, else their pattern."""
    if _PERIOD_HEAD.search(head):
        return True
    years = [seen.whole for seen in cells if seen.is_year and seen.whole is not None]
    distinct = sorted(set(years))
    if head and not wording.is_unit(head):
        return len(distinct) <= 40 and (len(distinct) < len(years) or _even(years))
    return len(distinct) < len(years) or _even(years) or len(years) == 1


def _even(years: list[int]) -> bool:
    """In order, mostly one step apart."""
    steps = [second - first for first, second in pairwise(years)]
    return (
        bool(steps)
        and (all(step > 0 for step in steps) or all(step < 0 for step in steps))
        and max(abs(step) for step in steps) <= 10
    )


def _are_whole(cells: list[Seen]) -> bool:
    numbers = [seen for seen in cells if seen.kind is Kind.NUMBER]
    return bool(numbers) and all(seen.whole is not None for seen in numbers)


def _go_on(right: list[list[Seen]]) -> bool:
    """Whether numbers follow: else the texts before are remarks at a list's end, not labels."""
    return any(_mostly(cells, lambda seen: seen.is_value and not seen.is_year) > 0.5 for cells in right)


def _labels_follow(cells: list[Seen], other: list[Seen]) -> bool:
    """Whether the other column holds words in most of the rows (a merged label speaks for several)."""
    rows = {seen.row for seen in cells}
    words = {seen.row for seen in other if seen.is_text}
    return _mostly(other, _wordy) > 0.5 and len(words & rows) >= 0.5 * len(rows)
