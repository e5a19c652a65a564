"""How far a head text reaches: over its merge, and over the blank head cells on its right where it heads a group."""

from itertools import pairwise

from indicators.tables.crosstab import wording
from indicators.tables.crosstab.columns import Columns
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.grid import Grid, Kind, Seen


def stacks(grid: Grid, rows: list[int], columns: Columns) -> dict[int, tuple[list[Seen], list[Doubt]]]:
    own = {column: [grid.spoken(row, column) for row in rows] for column in columns.data}
    for column in columns.data:
        own[column] = [seen if seen and speaks(grid, seen, columns.stub_end) else None for seen in own[column]]
    spelled = _is_spelled(own)
    resolved: dict[int, list[Seen | None]] = {}
    doubts: dict[int, list[Doubt]] = {column: [] for column in columns.data}
    for index, column in enumerate(columns.data):
        resolved[column] = list(own[column])
        if not index or spelled:
            continue
        left = columns.data[index - 1]
        if column - left > 1 and not any(own[column]):
            continue  # numbers apart from the table, without a head of their own
        for level in range(len(rows)):
            if resolved[column][level] is None:
                _extend(level, column, left, own, resolved, doubts)
    return {column: (_once(stack), doubts[column]) for column, stack in resolved.items()}


def speaks(grid: Grid, seen: Seen, stub_end: int) -> bool:
    """Merges that begin in the stub are titles, except units, which are often merged a column too far, and heads
    that reach over the stub's last columns, beside the head of its first one."""
    return grid.extent(seen).left > stub_end or is_unit_cell(seen) or _is_beside_stub_head(grid, seen, stub_end)


def _is_beside_stub_head(grid: Grid, seen: Seen, stub_end: int) -> bool:
    extent = grid.extent(seen)
    if not grid.left < extent.left <= stub_end < extent.right:
        return False
    beside = [grid.spoken(seen.row, column) for column in range(grid.left, extent.left)]
    below = [grid.cells.get((row, extent.left)) for row in range(extent.bottom + 1, extent.bottom + 3)]
    return any(other is not None and other.is_text for other in beside) and any(
        other is not None and other.is_text for other in below
    )


def _extend(
    level: int,
    column: int,
    left: int,
    own: dict[int, list[Seen | None]],
    resolved: dict[int, list[Seen | None]],
    doubts: dict[int, list[Doubt]],
) -> None:
    """Lets the left neighbour's head speak for a blank head cell, where the levels above are the same."""
    speaker = resolved[left][level]
    if speaker is not None and is_unit_cell(speaker):
        _extend_unit(level, column, speaker, own, resolved, doubts)
        return
    if speaker is None:
        return
    if _is_unfinished(own[column][:level]) or (wording.unit_within(speaker.text) and not any(own[column][level:])):
        resolved[column][level] = speaker
        doubts[column].append(_ends_early(speaker))
        return
    if _labels(resolved[column][:level]) != _labels(resolved[left][:level]):
        return
    others_below = [seen for seen in own[column][level + 1 :] if seen is not None]
    left_below = [seen for seen in own[left][level + 1 :] if seen is not None and seen is not speaker]
    if others_below and left_below:
        resolved[column][level] = speaker
        if sum(speaker in stack for stack in own.values()) > 1:
            doubts[column].append(_ends_early(speaker))
    elif not others_below and all(seen is None for seen in resolved[column]) and not _single(speaker, own):
        resolved[column][level] = speaker
        doubts[column].append(_ends_early(speaker))


_UNFINISHED = {"mit", "ohne", "unter", "über", "ab", "bis", "von", "nach", "vor", "in", "im", "je", "ohne / mit"}


def _is_unfinished(above: list[Seen | None]) -> bool:
    """„mit“ alone says nothing: the phrase goes on below."""
    texts = [seen for seen in above if seen is not None]
    return bool(texts) and texts[-1].text.casefold() in _UNFINISHED


def _extend_unit(
    level: int,
    column: int,
    speaker: Seen,
    own: dict[int, list[Seen | None]],
    resolved: dict[int, list[Seen | None]],
    doubts: dict[int, list[Doubt]],
) -> None:
    """A unit holds for the columns on its right until another one is named there."""
    texts = [seen for seen in own[column] if seen is not None]
    if any(is_unit_cell(seen) or wording.unit_within(seen.text) for seen in texts):
        return
    resolved[column][level] = speaker
    if sum(speaker in stack for stack in own.values()) > 1:
        doubts[column].append(_ends_early(speaker))


def _ends_early(speaker: Seen) -> Doubt:
    said = speaker.text[:60]
    return Doubt(
        Code.HEAD_ENDS_EARLY, said, f"Der Kopf „{said}“ endet vor dieser Spalte; er gilt hier vermutlich auch."
    )


def _labels(stack: list[Seen | None]) -> list[Seen | None]:
    """The levels of a stack without years, which differ within a group."""
    return [seen for seen in stack if seen is None or seen.period is None]


def _single(speaker: Seen, own: dict[int, list[Seen | None]]) -> bool:
    """Whether a head text stands over one column only."""
    return sum(speaker in stack for stack in own.values()) <= 1


def _is_spelled(own: dict[int, list[Seen | None]]) -> bool:
    """Print lists break heads by syllables over many rows: then no cell there heads a group."""
    broken = 0
    for stack in own.values():
        texts = [seen for seen in _once(stack) if isinstance(seen.cell.value, str)]
        broken += sum(wording.goes_on(str(first.cell.value), second.text) for first, second in pairwise(texts))
    levels = max((len(stack) for stack in own.values()), default=0)
    return levels >= 3 and broken >= max(2, len(own) // 3)


def _once(stack: list[Seen | None]) -> list[Seen]:
    """Without blanks, and a merged cell once."""
    found: list[Seen] = []
    for seen in stack:
        if seen is not None and seen not in found:
            found.append(seen)
    return found


def is_unit_cell(seen: Seen) -> bool:
    if seen.kind is Kind.NUMBER:
        return seen.whole in (1000, 100_000, 1_000_000)
    return seen.kind is Kind.TEXT and wording.is_unit(seen.text)
