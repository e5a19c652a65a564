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
    """Groups (breakdown codes) of the same people, some of which overlap, and the ages at which one begins or ends.

    All people are a group, too. `without_all` is the line without them, for tables in which some people's age is not
    known, so that the groups contradict their total.
    """

    groups: Mapping[str, Ages]
    marks: tuple[float, ...]
    without_all: "Line | None" = None

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
        self._complete = {code: dimension.complete for code, dimension in catalogue.dimensions.items()}
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
            line = _line(found) if _overlap(found.values()) else None
            if base in present and not self._adds_up(base, found) and (line or _joined({0, inf}, found.values())):
                yield _line({base: (0, inf), **found}, line)
            elif line:
                yield line

    def _adds_up(self, base: str, groups: Iterable[str]) -> bool:
        """Whether one dimension's groups make up all people anyway, as the definitions say."""
        dimensions = {name for code in groups for name, _ in parsed(code).members if not parsed(base).get(name)}
        return any(self._complete[name] for name in dimensions)


def _line(groups: Mapping[str, Ages], without_all: Line | None = None) -> Line:
    return Line(groups, tuple(sorted({mark for span in groups.values() for mark in span})), without_all)


def _overlap(spans: Iterable[Ages]) -> bool:
    return any(first[0] < second[1] and second[0] < first[1] for first, second in combinations(spans, 2))


def _joined(marks: set[float], spans: Iterable[Ages]) -> bool:
    """Whether groups lead from one of the marks to all others."""
    reached, left = {min(marks)}, list(spans)
    while near := [span for span in left if reached & set(span)]:
        left = [span for span in left if span not in near]
        reached.update(*near)
    return marks <= reached
