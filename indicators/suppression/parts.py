"""What came or went with a reporter: a sum was 40 before one joined and is 42 since, so that one counted two."""

from collections.abc import Sequence
from itertools import combinations

from indicators.suppression.cells import Cells, Rest

Part = tuple[str, float]
"""A reporter and its number, which stays the same as long as it is not revised."""


def relate_parts(cells: Cells, versions: Sequence[int], need: float) -> None:
    """Relates the numbers that one place of a table held, where some of their parts stayed the same.

    Each such part can be computed if enough of the sums are shown, and so can what several brought together.
    """
    made_of = {cell: frozenset(cells.parts_of(cell).items()) for cell in versions}
    known = {cell: parts for cell, parts in made_of.items() if parts}
    shared = {part for one, other in combinations(known.values(), 2) for part in one & other}
    if not shared:
        return
    concerned = {cell: parts for cell, parts in known.items() if parts & shared}
    single = {next(iter(parts)): cell for cell, parts in concerned.items() if len(parts) == 1}
    for part in sorted({part for parts in concerned.values() for part in parts} - single.keys()):
        single[part] = _unseen(cells, part, need)
    for cell, parts in concerned.items():
        if len(parts) > 1:
            terms = [(cell, -1), *((single[part], 1) for part in sorted(parts))]
            cells.network.relate(("parts", *terms), terms)
    for one, other in combinations(concerned, 2):
        for less, more in ((one, other), (other, one)):
            if concerned[less] < concerned[more] and len(concerned[more] - concerned[less]) > 1:
                rest = Rest([(more, 1), (less, -1)], need)
                if cells.needed(rest):
                    cells.relate_rest(rest)


def _unseen(cells: Cells, part: Part, need: float) -> int:
    """A cell that no table shows: what one reporter counted."""
    reporter, number = part
    small = 0 < number < need - 1
    return cells.network.add(number, 0.0, need if small else 0.0, sensitive=small, owners=cells.knowing(reporter))
