"""Age groups that overlap, of one dimension or of several: who is under 18 but not under 15 can be counted.

What a group spans is written in the definitions. Groups that are shown for the same people are lengths
on one line of ages. Where two ages are joined by such lengths, the number of people between them is known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf

from indicators.catalogue import Catalogue, Dimension, Member
from indicators.catalogue.ages import Ages, suggested_ages
from indicators.suppression.network import Term
from indicators.suppression.tables import parsed

SLACK = 1e-9


def ages(dimension: Dimension, member: Member) -> Ages | None:
    """What a member spans: as written, or as its name suggests in definitions that were written before that was asked.

    None for a member that is no age group.
    """
    if member.ages is None:
        return suggested_ages(dimension, member)
    if not member.ages:
        return None
    first, to = member.ages
    return (first or 0.0, inf if to is None else to)


@dataclass(frozen=True)
class Line:
    """Groups (breakdown codes) of the same people, some of which overlap, and the ages at which one begins or ends."""

    base: str
    groups: Mapping[str, Ages]
    marks: tuple[float, ...]

    def sections(self, group: str) -> Iterator[int]:
        """The numbers of the sections between two marks that a group is made of."""
        first, to = self.groups[group]
        yield from (number for number, mark in enumerate(self.marks[:-1]) if first <= mark < to)

    def between(self, cells: Mapping[str, int]) -> Iterator[tuple[Ages, list[Term]]]:
        """Any two ages joined by groups, and the signed cells that count the people between them."""
        for joined in self._joined(cells):
            for first, to in combinations(sorted(joined), 2):
                away = {cell: -sign for cell, sign in joined[first]}
                for cell, sign in joined[to]:
                    away[cell] = away.get(cell, 0) + sign
                terms = [(cell, sign) for cell, sign in away.items() if sign]
                if len(terms) > 1:
                    yield (first, to), terms

    def _joined(self, cells: Mapping[str, int]) -> Iterator[dict[float, list[Term]]]:
        """Marks that hang together, each with the signed cells that lead to it from the first one."""
        left = dict.fromkeys(self.marks)
        while left:
            start = next(iter(left))
            reached: dict[float, list[Term]] = {start: []}
            waiting = [start]
            while waiting:
                mark = waiting.pop()
                left.pop(mark, None)
                for group, (first, to) in self.groups.items():
                    for here, there, sign in ((first, to, 1), (to, first, -1)):
                        if here == mark and there not in reached:
                            reached[there] = [*reached[mark], (cells[group], sign)]
                            waiting.append(there)
            yield reached

    def counts(self, numbers: Mapping[str, float]) -> list[float] | None:
        """How many people each section may hold; None where the groups contradict each other.

        Where the groups leave that open it is the middle of the least and the most, one section after the other.
        """
        most = sum(numbers[group] for group in self.groups)
        steps = [step for here, there in pairwise(self.marks) for step in ((there, here, 0.0), (here, there, most))]
        for group, (first, to) in self.groups.items():
            steps += [(first, to, numbers[group]), (to, first, -numbers[group])]
        highest = self._reached(steps)
        lowest = self._reached([(there, here, by) for here, there, by in steps])
        if highest is None or lowest is None:
            return None
        places = [(highest[mark] - lowest[mark]) / 2 for mark in self.marks]
        return [to - first for first, to in pairwise(places)]

    def _reached(self, steps: Iterable[tuple[float, float, float]]) -> dict[float, float] | None:
        """The shortest ways from the first mark (Bellman and Ford); None where a round trip is shorter than nothing."""
        ways = dict.fromkeys(self.marks, inf)
        ways[self.marks[0]] = 0.0
        for _ in range(len(self.marks) + 1):
            changed = False
            for here, there, by in steps:
                if ways[here] + by < ways[there] - SLACK:
                    ways[there], changed = ways[here] + by, True
            if not changed:
                return ways
        return None


class Lines:
    """The lines of ages in tables, worked out once for each set of breakdowns that occurs."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._spans = {
            (dimension.code, member.code): span
            for dimension in catalogue.dimensions.values()
            for member in dimension.members
            if (span := ages(dimension, member))
        }
        self._known: dict[frozenset[str], tuple[Line, ...]] = {}

    def of(self, breakdowns: Iterable[str]) -> tuple[Line, ...]:
        if not self._spans:
            return ()
        present = frozenset(breakdowns)
        if present not in self._known:
            self._known[present] = tuple(self._find(present))
        return self._known[present]

    def _find(self, present: frozenset[str]) -> Iterator[Line]:
        groups: dict[str, dict[str, Ages]] = {}
        for code in sorted(present):
            breakdown = parsed(code)
            spans = [(name, span) for name, member in breakdown.members if (span := self._spans.get((name, member)))]
            if len(spans) == 1:
                groups.setdefault(breakdown.without(spans[0][0]).code, {})[code] = spans[0][1]
        for base, found in groups.items():
            if any(first[0] < second[1] and second[0] < first[1] for first, second in combinations(found.values(), 2)):
                yield Line(base, found, tuple(sorted({mark for span in found.values() for mark in span})))
