"""What a target rule looks like in a chart: baseline, path, milestones, target, band."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indicators.figures import forms
from indicators.figures.axes import TimeAxis, ValueAxis, time
from indicators.figures.labels import AFTER, BEFORE, LINE_HEIGHT, NARROW_PLOT, Course, Label, free, outlines
from indicators.figures.theme import INK
from indicators.german import TRUE_MINUS, number, with_unit
from indicators.periods import Period
from indicators.targets import Point, TargetRule

PATH_METHODS = ("linear_path", "gap")
GROWTH_METHODS = ("eurostat_cagr",)
LEVEL_METHODS = ("maintain", "threshold")
CURVE = 24
APART = 17.0
MARK = 8.0  # half the width of the largest mark, in pixels


@dataclass(frozen=True)
class Goal:
    """A rule with the words and numbers that its labels need. `word` is „Ziel“, or says that it is an example.

    `of_gap` says that the lines are differences themselves, so that a gap's target has its place among them. A target
    that a body decided is drawn from `since` on; until then `former` is drawn, what was wanted before."""

    rule: TargetRule
    decimals: int
    symbol: str
    word: str = "Ziel"
    of_gap: bool = False
    since: float | None = None
    former: "Goal | None" = None

    @property
    def shown(self) -> bool:
        """A gap's values are differences; they have no place on an axis of rates."""
        return (self.rule.gap is None or self.of_gap) and bool(self.values)

    @property
    def values(self) -> list[float]:
        """All values that must fit on the axis."""
        band = [bound for bound in (self.rule.low, self.rule.high) if bound is not None]
        drawn = bool(self.rule.targets) or self.level is not None
        own = [self.rule.baseline.value] if self.rule.baseline and drawn else []
        before = [row["v"] for row in self.former_stroke(self.since - 1)] if self.since is not None else []
        return [*own, *(target.value for target in self.rule.targets), *band, *before]

    @property
    def level(self) -> float | None:
        """The value that is to be kept or passed at every time."""
        bare_gap = self.rule.method == "gap" and self.rule.baseline is None
        if self.rule.method not in LEVEL_METHODS and not self.rule.yearly and not bare_gap:
            return None
        kept = self.rule.target or self.rule.baseline
        return kept.value if kept else None

    @property
    def until(self) -> float | None:
        return self.rule.target.period.time if self.rule.target else None

    def text(self, point: Point) -> str:
        return f"{self.word} {point.period.short_label}: {self.amount(point.value)}"

    def amount(self, value: float) -> str:
        return with_unit(value, self.decimals, self.symbol, minus=TRUE_MINUS)

    @property
    def band(self) -> tuple[float, float] | None:
        bounds = self.rule.low, self.rule.high
        return None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])

    @property
    def summary(self) -> str:
        """The final target in a few words: „Ziel 2028: 36,0 %“, „Ziel: 24,0 bis 32,0 %“; empty if there is none."""
        if self.band:
            low, high = self.band
            return f"{self.word}: {number(low, self.decimals, minus=TRUE_MINUS)} bis {self.amount(high)}"
        if self.rule.target:
            return self.text(self.rule.target)
        return f"{self.word}: {self.amount(self.level)}" if self.level is not None else ""

    def sentence(self) -> str:
        """What the dashed line is, with its numbers."""
        points = self.path()
        if points:
            over = "".join(f" über {self._dated(point)}" for point in points[1:-1])
            begin, end = self._dated(points[0]), self._dated(points[-1])
            return f"Gestrichelt: Pfad vom Ausgangswert {begin}{over} zum {self.word} {end}{self._decided()}."
        if self.level is not None:
            return f"Gestrichelt: {self.word}wert {self.amount(self.level)}{self._decided()}."
        return f"{self.summary}{self._decided()}." if self._decided() else ""

    def _decided(self) -> str:
        """Who decided the target when, and what the other stroke is."""
        if self.rule.agreed is None:
            return ""
        earlier = f"; dünn davor: das frühere {self.former.summary}" if self.former and self.former.summary else ""
        return f", {self.rule.agreed.said}{earlier}"

    def _dated(self, point: Point) -> str:
        return f"{point.period.short_label} ({self.amount(point.value)})"

    def path(self) -> list[Point]:
        """Baseline, milestones and target, where the rule's method judges by the way between them."""
        if self.rule.method not in PATH_METHODS + GROWTH_METHODS or not self.rule.baseline or not self.rule.targets:
            return []
        targets = self.rule.targets[-1:] if self.growing else self.rule.targets
        later = [point for point in targets if point.period.time > self.rule.baseline.period.time]
        return [self.rule.baseline, *later] if later else []

    @property
    def growing(self) -> bool:
        """Whether the way is one of equal growth rates: a curve."""
        ends = self.rule.baseline, self.rule.target
        return self.rule.method in GROWTH_METHODS and all(point and point.value > 0 for point in ends)

    def expected(self, period: Period) -> float | None:
        """The path's value at a period; None before the baseline, the target's value after the target.

        Before a decision it is what was expected then.
        """
        if self.since is not None and period.time < self.since - 1e-3:
            return self.former.expected(period) if self.former else None
        if self.level is not None:
            return self.level
        points = self.path()
        return self._on_path(points, period.time) if points else None

    def _on_path(self, points: Sequence[Point], at: float) -> float | None:
        if at < points[0].period.time - 1e-9:
            return None
        for before, after in pairwise(points):
            if at <= after.period.time + 1e-9:
                share = (at - before.period.time) / (after.period.time - before.period.time)
                if self.growing:
                    return before.value * (after.value / before.value) ** share
                return before.value + share * (after.value - before.value)
        return points[-1].value

    def former_stroke(self, low: float) -> list[dict[str, float]]:
        """What was wanted before the decision, from `low` on and up to it."""
        if self.former is None or self.since is None:
            return []
        return _until(_stroke(self.former, min(low, self.since), self.since), self.since)

    def course(self) -> list[tuple[float, float]]:
        """The path as (time, value): its corners, or a curve of many."""
        points = self.path()
        if not points or not self.growing:
            return [(time(point.period), point.value) for point in points]
        begin, end = points[0].period.time, points[-1].period.time
        times = [begin + (end - begin) * step / CURVE for step in range(CURVE + 1)]
        return [(round(at, 4), self._on_path(points, at) or 0.0) for at in times]


def layers(goal: Goal, low: float, high: float) -> list[dict[str, Any]]:
    """The goal's marks between two times; they lie beneath the lines."""
    drawn: list[dict[str, Any]] = []
    if goal.band:
        drawn.append(forms.filled(forms.band(), [{"v": goal.band[0], "v2": goal.band[1]}]))
    stroke = _stroke(goal, low, high)
    if before := goal.former_stroke(low):
        drawn.append(forms.filled(forms.former_path(), before))
    if stroke:
        drawn.append(forms.filled(forms.path(), stroke))
    if goal.path() and goal.rule.baseline:
        drawn.append(forms.filled(forms.ring(), [_row(goal, goal.rule.baseline, "Ausgangswert")]))
    if goal.rule.targets:
        drawn.append(forms.filled(forms.goal(), [_row(goal, point, goal.word) for point in goal.rule.targets]))
    return drawn


def _stroke(goal: Goal, low: float, high: float) -> list[dict[str, float]]:
    """The goal's line between two times; one that was decided begins with its day."""
    begin = low if goal.since is None else max(low, goal.since)
    if goal.level is not None:
        return [{"t": begin, "v": goal.level}, {"t": high, "v": goal.level}]
    rows = [{"t": at, "v": value} for at, value in goal.course()]
    if rows and high > rows[-1]["t"]:
        rows.append({"t": high, "v": rows[-1]["v"]})
    return rows if goal.since is None else _from(rows, goal.since)


def _from(rows: Sequence[dict[str, float]], begin: float) -> list[dict[str, float]]:
    """The part of a line that lies at or after a time."""
    later = [row for row in rows if row["t"] > begin]
    crossing = _crossing(rows, begin)
    return [*([crossing] if crossing and later else []), *later]


def _until(rows: Sequence[dict[str, float]], end: float) -> list[dict[str, float]]:
    """The part of a line that lies at or before a time."""
    earlier = [row for row in rows if row["t"] < end]
    crossing = _crossing(rows, end)
    return [*earlier, *([crossing] if crossing and earlier else [])]


def _crossing(rows: Sequence[dict[str, float]], at: float) -> dict[str, float] | None:
    """Where a line stands at a time; None where it does not reach it."""
    for before, after in pairwise(rows):
        if before["t"] <= at <= after["t"]:
            share = (at - before["t"]) / (after["t"] - before["t"]) if after["t"] > before["t"] else 0.0
            return {"t": round(at, 4), "v": before["v"] + share * (after["v"] - before["v"])}
    return None


def _row(goal: Goal, point: Point, name: str) -> dict[str, Any]:
    return {
        "t": time(point.period), "v": point.value, "name": name,
        "period": point.period.label, "content": goal.amount(point.value), "remark": "",
    }  # fmt: skip


def final_label(goal: Goal, axis: ValueAxis, height: float, high: float) -> list[Label]:
    """The target's label, to the right of its mark; a level or a band is named at the right edge."""
    rule = goal.rule
    if goal.band:
        middle, at = sum(goal.band) / 2, high
    elif rule.target:
        middle, at = rule.target.value, high if goal.level is not None else time(rule.target.period)
    elif goal.level is not None:
        middle, at = goal.level, high
    else:
        return []
    return [Label(goal.summary, INK, at, axis.pixel(middle, height), short=goal.summary.rpartition(": ")[2])]


def inner_labels(goal: Goal, courses: Sequence[Course], axis: ValueAxis, times: TimeAxis, height: float) -> list[Label]:
    """Labels of baseline and milestones, each beside its mark where nothing runs; none where there is no such place."""
    stroke = [(row["t"], axis.pixel(row["v"], height)) for row in _stroke(goal, times.low, times.high)]
    points = [(time(point.period), axis.pixel(point.value, height)) for point in goal.path()]
    wide = MARK / NARROW_PLOT * times.span
    taken = [*courses, stroke, *([(at - wide, pixel), (at + wide, pixel)] for at, pixel in points)]
    placed: list[Label] = []
    for place, (at, mark) in enumerate(points[:-1]):
        point, name = goal.path()[place], goal.word if place else "Ausgangswert"
        text = f"{name} {point.period.short_label}: {goal.amount(point.value)}"
        corners = [
            Label(text, INK, at, mark + side * apart, style)
            for apart in (APART, 2 * APART, 3 * APART)
            for side in (1, -1)
            for style in (AFTER, BEFORE)
            if LINE_HEIGHT / 2 <= mark + side * apart <= height - LINE_HEIGHT / 2
        ]
        if label := free(corners, taken, (times.low, times.high)):
            placed.append(label)
            taken += outlines(label, times.span)
    return placed
