"""Which tables were known when: from stretches of validity to versions of tables, as `base_value` has them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Duty:
    """Who delivers a base figure under one catalogue, as `duty_table` says it to the database.

    `codes` are its code and those that it had. `last` is the last day (YYYYMMDD) of reporters that end, `heirs` who
    has taken over from a reporter.
    """

    codes: tuple[str, ...]
    reporters: tuple[str, ...]
    last: Mapping[str, int]
    heirs: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, catalogue: Catalogue, figure: str) -> "Duty | None":
        known = catalogue.base_figures.get(figure)
        if known is None:
            return None
        days = {reporter: day for reporter in known.reporters if (day := catalogue.last_day(reporter))}
        last = {reporter: day.year * 10000 + day.month * 100 + day.day for reporter, day in days.items()}
        heirs: dict[str, tuple[str, ...]] = {}
        for heir in known.reporters:
            for before in catalogue.followed_by(heir):
                heirs[before] = (*heirs.get(before, ()), heir)
        return cls((figure, *known.formerly), tuple(known.reporters), last, heirs)

    def counting(self, there: Sequence[Stretch]) -> list[Stretch]:
        """Those of one period that are summed: an heir's number stands for its forerunner's, the only reporter's for
        everyone's, and of what a reporter said under several codes that under the one of now, else what came last."""
        reporters = {one.reporter for one in there}
        best: dict[str, Stretch] = {}
        for one in sorted(there, key=lambda one: (one.figure == self.codes[0], one.coverage)):
            best[one.reporter] = one
        alone = self.reporters[0] if len(self.reporters) == 1 and self.reporters[0] in reporters else None
        return [
            one
            for one in there
            if reporters.isdisjoint(self.heirs.get(one.reporter, ()))
            and alone in (None, one.reporter)
            and one is best[one.reporter]
        ]


def known_tables(
    stretches: Iterable[Stretch], contents: Mapping[int, Content], states: Sequence[State]
) -> Iterator[Version]:
    """Every table that was to be seen in some state, with the states in which it was."""
    by_code: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_code[stretch.figure].append(stretch)
    duties = _duties(states)
    for figure, own_duties in duties.items():
        codes = sorted({code for duty in own_duties if duty for code in duty.codes})
        own = [stretch for code in codes for stretch in by_code.get(code, ())]
        found: dict[tuple[int, frozenset[tuple[str, int]]], int] = defaultdict(int)
        for first, end, duty, valid in _segments(own, states, own_duties):
            for period, covered in _complete(valid, duty):
                parts = frozenset((one.reporter, one.coverage) for one in covered)
                found[period, parts] |= ((1 << (end - first)) - 1) << first
        for (period, parts), known in found.items():
            said = [(reporter, contents.get(number, ())) for reporter, number in sorted(parts)]
            yield _version(figure, period, said, known)


def _duties(states: Sequence[State]) -> dict[str, list[Duty | None]]:
    """By base figure of any catalogue who delivered it in each state; worked out once for each catalogue."""
    catalogues = {state.catalogue.version: state.catalogue for state in states}
    figures = dict.fromkeys(code for one in catalogues.values() for code in one.base_figures)
    known = {(version, code): Duty.of(one, code) for version, one in catalogues.items() for code in figures}
    return {code: [known[state.catalogue.version, code] for state in states] for code in figures}


def _segments(
    own: Sequence[Stretch], states: Sequence[State], duties: Sequence[Duty | None]
) -> Iterator[tuple[int, int, Duty, list[Stretch]]]:
    """States in a row (first, end) in which the same coverages counted for a base figure."""
    events = [state.event for state in states]
    placed = [
        (bisect_left(events, s.since), len(states) if s.until is None else bisect_left(events, s.until), s) for s in own
    ]
    changes = {place for place in range(1, len(states)) if duties[place] != duties[place - 1]}
    bounds = sorted({0, len(states), *changes, *(place for first, end, _ in placed for place in (first, end))})
    for first, end in pairwise(bounds):
        duty = duties[first]
        codes = duty.codes if duty else ()
        valid = [s for since, until, s in placed if since <= first < until and s.figure in codes]
        if duty and valid:
            yield first, end, duty, valid


def _complete(valid: Sequence[Stretch], duty: Duty) -> Iterator[tuple[int, list[Stretch]]]:
    """Periods with the coverages that count, as soon as everyone has delivered whom the catalogue names, who has begun
    to and not ended, or its heir has. Who is named no more is waited for no more, but what it delivered counts."""
    begun: dict[str, int] = {}
    arrived: dict[int, list[Stretch]] = defaultdict(list)
    for stretch in valid:
        if stretch.reporter in duty.reporters:
            begun[stretch.reporter] = min(stretch.period, begun.get(stretch.reporter, stretch.period))
        arrived[stretch.period].append(stretch)
    for period, there in arrived.items():
        named = {one.reporter for one in there if one.reporter in duty.reporters}
        owing = any(
            first <= period
            and period // 10 <= duty.last.get(reporter, period // 10)
            and named.isdisjoint((reporter, *duty.heirs.get(reporter, ())))
            for reporter, first in begun.items()
        )
        if not named or not owing:
            yield period, duty.counting(there)


def _version(figure: str, period: int, contents: Sequence[tuple[str, Content]], known: int) -> Version:
    """The sums over reporters; a sum that lacks one reporter's number is unknown."""
    parts: dict[str, dict[str, float]] = defaultdict(dict)
    signs: dict[str, str] = {}
    for reporter, content in contents:
        for breakdown, number, sign in content:
            if number is not None or sign == "-":
                parts[breakdown][reporter] = parts[breakdown].get(reporter, 0.0) + float(number or 0.0)
            else:
                signs[breakdown] = max(sign or "", signs.get(breakdown, ""))
    numbers = {breakdown: sum(found.values()) for breakdown, found in sorted(parts.items()) if breakdown not in signs}
    secret = frozenset(breakdown for breakdown, sign in signs.items() if sign in SECRET_SIGNS)
    return Version(figure, period, numbers, {breakdown: parts[breakdown] for breakdown in numbers}, secret, known)
