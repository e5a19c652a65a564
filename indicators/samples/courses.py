"""The invented figures of a fictitious city: courses over time, with seasons and a little wobble, as whole numbers.

The same file gives the same figures on every machine: chance comes from a hash of what is counted.
"""

import csv
import hashlib
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path

from indicators.catalogue import BaseFigure, Catalogue, FigureKind
from indicators.errors import MonitoringError
from indicators.model import Breakdown
from indicators.periods import Period, PeriodKind

Counts = Mapping[Breakdown, int]
Split = Mapping[str, Mapping[str, float]]
"""By dimension and member: weights, or for a share factors on the weights of its whole."""

LIVELY = 0.04
"""How far the weight of a member moves from period to period."""


@dataclass(frozen=True)
class Course:
    """How one group of a base figure develops at one reporter. With `of` the points are percentages of that figure."""

    base_figure: str
    reporter: str
    group: Breakdown
    of: str
    points: tuple[tuple[float, float], ...]
    seasons: tuple[float, ...]
    wobble: float
    split: Split

    def at(self, period: Period) -> float:
        """On the straight line between two points, before the first and after the last straight on; with its season."""
        right = bisect([time for time, _ in self.points], period.time, 1, len(self.points) - 1)
        (begin, low), (end, high) = self.points[right - 1 : right + 1]
        share = (period.time - begin) / (end - begin)
        season = self.seasons[period.part - 1] if period.kind is PeriodKind.QUARTER and self.seasons else 1.0
        shaken = chance(self.base_figure, self.reporter, self.group.code, str(period))
        return (low + (high - low) * share) * season * (1 + self.wobble * shaken)


class Courses:
    """All courses of a city."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"))
        read = [_course(row) for row in rows]
        self.usual = next(course.split for course in read if course.base_figure == "*")
        self.all = tuple(course for course in read if course.base_figure != "*")
        self._known: dict[tuple[str, str, str, Period, float], Counts] = {}

    def reporters(self) -> frozenset[str]:
        return frozenset(course.reporter for course in self.all)

    def counts(
        self, catalogue: Catalogue, figure: BaseFigure, reporter: str, period: Period, factor: float = 1.0
    ) -> Counts:
        """What is delivered for the period: of a count since January everything since; `factor` is on the period's own.

        Parts of a complete dimension make the total. Empty where the reporter does not count the figure.
        """
        found = Counter(self._single(catalogue, figure.code, reporter, period, factor))
        if figure.kind is FigureKind.CUMULATIVE:
            earlier = period
            while earlier.previous.year == period.year:
                earlier = earlier.previous
                found.update(self._single(catalogue, figure.code, reporter, earlier, 1.0))
        return found

    def _single(self, catalogue: Catalogue, code: str, reporter: str, period: Period, factor: float) -> Counts:
        """The period's own count, for the total and every member that is laid out and there in the period."""
        key = (catalogue.version, code, reporter, period, factor)
        if key not in self._known:
            self._known[key] = self._counted(catalogue, code, reporter, period, factor)
        return self._known[key]

    def _counted(self, catalogue: Catalogue, code: str, reporter: str, period: Period, factor: float) -> Counts:
        own = [course for course in self.all if (course.base_figure, course.reporter) == (code, reporter)]
        if not own:
            return {}
        whole = self._whole(catalogue, own[0], period)
        by_group = {course.group: self._amount(course, period, factor, whole) for course in own}
        found = {Breakdown(): sum(by_group.values()), **by_group}
        split = own[0].split
        for axes in catalogue.base_figures[code].breakdowns:
            if len(axes) > 1:
                raise MonitoringError(f"{code}: Erfundene Zahlen gibt es nur nach einem Merkmal, nicht nach {axes}.")
            if axes and not any(group.get(axes[0]) for group in by_group):
                found |= self._members(catalogue, own[0], axes[0], period, found[Breakdown()], whole, split)
        return found

    def _whole(self, catalogue: Catalogue, course: Course, period: Period) -> Counts:
        """What the course is a share of: the same reporter's, else that of the one who counts it."""
        if not course.of:
            return {}
        counting = [other.reporter for other in self.all if other.base_figure == course.of]
        who = course.reporter if course.reporter in counting else counting[0]
        return self._single(catalogue, course.of, who, period, 1.0)

    @staticmethod
    def _amount(course: Course, period: Period, factor: float, whole: Counts) -> int:
        amount = course.at(period) * factor
        return min(round(amount / 100 * whole[course.group]), whole[course.group]) if course.of else round(amount)

    def _members(
        self,
        catalogue: Catalogue,
        course: Course,
        axis: str,
        period: Period,
        total: int,
        whole: Counts,
        split: Split,
    ) -> dict[Breakdown, int]:
        keys = {
            member.code: Breakdown.of(**{axis: member.code})
            for member in catalogue.dimensions[axis].members
            if catalogue.has_member(axis, member.code, period)
        }
        weights, most = {}, {}
        for code, key in keys.items():
            lively = 1 + LIVELY * chance(course.base_figure, course.reporter, key.code, str(period))
            if course.of and key in whole:
                weights[code] = whole[key] * split.get(axis, {}).get(code, 1.0) * lively
                most[code] = float(whole[key])
            else:
                weights[code], most[code] = split.get(axis, self.usual[axis])[code] * lively, inf
        return {keys[code]: count for code, count in shared_out(total, weights, most).items()}


def shared_out(total: int, weights: Mapping[str, float], most: Mapping[str, float]) -> dict[str, int]:
    """A total in whole parts by their weights, none above its own limit; the parts make the total."""
    everything = sum(weights.values())
    wanted = {code: total * weight / everything if everything else 0.0 for code, weight in weights.items()}
    given = {code: int(min(wanted[code], most[code])) for code in weights}
    for _ in range(total - sum(given.values())):
        open_ones = [code for code in given if given[code] < most[code]]
        given[max(open_ones, key=lambda code: wanted[code] - given[code])] += 1
    return given


def chance(*what: str) -> float:
    """From -1 to 1, the same for the same words."""
    digest = hashlib.sha256("|".join(what).encode()).digest()
    return int.from_bytes(digest[:4]) / 2**31 - 1


def _course(row: Mapping[str, str]) -> Course:
    points = (part.rsplit(":", 1) for part in row["course"].split())
    return Course(
        row["base_figure"],
        row["reporter"],
        Breakdown.parse(row["group"]),
        row["of"],
        tuple((Period.parse(period).time, float(value)) for period, value in points),
        tuple(float(factor) for factor in row["seasons"].split()),
        float(row["wobble"] or 0) / 100,
        dict(_split(row["split"])),
    )


def _split(text: str) -> Iterator[tuple[str, dict[str, float]]]:
    """`geschlecht: weiblich 50 maennlich 50 | altersgruppe: …`."""
    for part in filter(None, text.split("|")):
        axis, _, pairs = part.partition(":")
        words = pairs.split()
        yield axis.strip(), {code: float(weight) for code, weight in zip(words[::2], words[1::2], strict=True)}
