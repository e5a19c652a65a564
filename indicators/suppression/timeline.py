"""Which tables were known when: from stretches of validity to versions of tables, as `base_value` has them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicators.catalogue import Catalogue
from indicators.suppression.history import SECRET_SIGNS, Version

Content = Sequence[tuple[str, float | None, str | None]]
"""Breakdown code, number and sign of what one delivery said of a base figure, reporter and period."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A coverage of a slice that was valid from one event on until before another (None: to this day)."""

    figure: str
    reporter: str
    period: int
    coverage: int
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class State:
    """What could be seen after an event, under the catalogue that was in force then."""

    event: int
    catalogue: Catalogue


def known_tables(
    stretches: Iterable[Stretch], contents: Mapping[int, Content], states: Sequence[State]
) -> Iterator[Version]:
    """Every table that was to be seen in some state, with the states in which it was."""
    by_figure: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_figure[stretch.figure].append(stretch)
    for figure, own in by_figure.items():
        found: dict[tuple[int, frozenset[tuple[str, int]]], int] = defaultdict(int)
        for first, end, valid in _segments(figure, own, states):
            for period, covered in _complete(valid, _reporters(states[first].catalogue, figure)):
                found[period, frozenset(covered.items())] |= ((1 << (end - first)) - 1) << first
        for (period, parts), known in found.items():
            yield _version(figure, period, {reporter: contents.get(number, ()) for reporter, number in parts}, known)


def _segments(figure: str, own: Sequence[Stretch], states: Sequence[State]) -> Iterator[tuple[int, int, list[Stretch]]]:
    """States in a row (first, end) in which the same coverages counted for a base figure."""
    events = [state.event for state in states]
    placed = [
        (bisect_left(events, s.since), len(states) if s.until is None else bisect_left(events, s.until), s) for s in own
    ]
    reporters = [_reporters(state.catalogue, figure) for state in states]
    changes = {place for place in range(1, len(states)) if reporters[place] != reporters[place - 1]}
    bounds = sorted({0, len(states), *changes, *(place for first, end, _ in placed for place in (first, end))})
    for first, end in pairwise(bounds):
        valid = [s for since, until, s in placed if since <= first < until and reporters[first]]
        if valid:
            yield first, end, valid


def _reporters(catalogue: Catalogue, figure: str) -> tuple[str, ...]:
    return catalogue.base_figures[figure].reporters if figure in catalogue.base_figures else ()


def _complete(valid: Sequence[Stretch], named: Collection[str]) -> Iterator[tuple[int, dict[str, int]]]:
    """Periods with the coverages of all who delivered them, as soon as everyone has whom the catalogue names and who
    has begun to. Who is named no more is waited for no more, but what it delivered counts."""
    begun: dict[str, int] = {}
    arrived: dict[int, dict[str, int]] = defaultdict(dict)
    for stretch in valid:
        if stretch.reporter in named:
            begun[stretch.reporter] = min(stretch.period, begun.get(stretch.reporter, stretch.period))
        arrived[stretch.period][stretch.reporter] = stretch.coverage
    for period, covered in arrived.items():
        awaited = {reporter for reporter, first in begun.items() if first <= period}
        if awaited <= covered.keys() or awaited.isdisjoint(covered):
            yield period, covered


def _version(figure: str, period: int, contents: Mapping[str, Content], known: int) -> Version:
    """The sums over reporters; a sum that lacks one reporter's number is unknown."""
    parts: dict[str, dict[str, float]] = defaultdict(dict)
    signs: dict[str, str] = {}
    for reporter in sorted(contents):
        for breakdown, number, sign in contents[reporter]:
            if number is not None or sign == "-":
                parts[breakdown][reporter] = float(number or 0.0)
            else:
                signs[breakdown] = max(sign or "", signs.get(breakdown, ""))
    numbers = {breakdown: sum(found.values()) for breakdown, found in sorted(parts.items()) if breakdown not in signs}
    secret = frozenset(breakdown for breakdown, sign in signs.items() if sign in SECRET_SIGNS)
    return Version(figure, period, numbers, {breakdown: parts[breakdown] for breakdown in numbers}, secret, known)
