"""Where a line leads beyond its last value: the judged trend carried on, and the range of a forecast."""

from dataclasses import dataclass
from typing import Any, Self

from indicators.attainment import Assessment, Forecast
from indicators.figures import forms
from indicators.figures.axes import ValueAxis
from indicators.figures.labels import COMPARED, Course, Label
from indicators.figures.theme import Look
from indicators.german import rounded
from indicators.periods import Period

CONTINUED, EXPECTED, LOWEST, HIGHEST = "Fortschreibung", "Ausblick", "Ausblick von", "Ausblick bis"
DASH = (1, 2)
INSTANT = 1e-3


@dataclass(frozen=True)
class Ahead:
    """Values after the last one, as (time, low, central, high), in the colour of their line.

    `spread` says whether there is a range to draw, and `kind` what it means."""

    word: str
    period: Period
    points: tuple[tuple[float, float, float, float], ...]
    spread: bool
    colour: str
    kind: str = ""

    @classmethod
    def continued(cls, found: Assessment, decimals: int, colour: str) -> Self | None:
        """The mean change carried on to the target year, where the status comes from that."""
        if not found.extrapolated or not found.target or not found.period or found.expected is None:
            return None
        begin, end = rounded(found.value or 0.0, decimals), rounded(found.expected, decimals)
        ends = ((found.period.time, begin), (found.target.period.time, end))
        points = tuple((round(at, 4), value, value, value) for at, value in ends)
        return cls(CONTINUED, found.target.period, points, False, colour) if points[0][0] < points[1][0] else None

    @classmethod
    def forecast(cls, found: Forecast, decimals: int, colour: str) -> Self:
        points = tuple(
            (round(at, 4), rounded(low, decimals), rounded(central, decimals), rounded(high, decimals))
            for at, low, central, high in found.course
        )
        return cls(EXPECTED, found.period, points, True, colour, found.kind)

    @property
    def values(self) -> list[float]:
        """All values that must fit on the axis."""
        return [value for _, *bounds in self.points for value in bounds]

    @property
    def end(self) -> tuple[float, float, float]:
        """Low, central and high at the target."""
        return self.points[-1][1:]

    def courses(self, axis: ValueAxis, height: float) -> list[Course]:
        """Its line, and the edges of its range."""
        bounds = (1, 2, 3) if self.spread else (2,)
        return [[(point[0], axis.pixel(point[bound], height)) for point in self.points] for bound in bounds]

    def stroke(self) -> list[dict[str, float]]:
        return [{"t": at, "v": central} for at, _, central, _ in self.points]

    def layers(self) -> list[dict[str, Any]]:
        """They lie beneath the lines."""
        drawn = []
        if self.spread:
            rows = [{"t": at, "v": low, "v2": high} for at, low, _, high in self.points]
            drawn.append(forms.filled(forms.fan(self.colour), rows))
        return [*drawn, forms.filled(forms.continuation(self.colour), self.stroke())]

    def label(self, amount: str, axis: ValueAxis, height: float) -> Label:
        at, _, central, _ = self.points[-1]
        text = f"{self.word} {self.period.short_label}: {amount}"
        return Label(text, self.colour, at, axis.pixel(central, height), COMPARED, short=amount)

    @property
    def look(self) -> Look:
        """For charts that other programs draw."""
        return Look(self.colour, DASH, "")

    def columns(self, periods: tuple[Period, ...]) -> dict[str, list[float | None]]:
        """The table's columns: each point in the row of its period."""
        found = [self._at(period) for period in periods]
        central = [point and point[1] for point in found]
        if not self.spread:
            return {self.word: central}
        return {
            EXPECTED: central,
            LOWEST: [point and point[0] for point in found],
            HIGHEST: [point and point[2] for point in found],
        }

    def _at(self, period: Period) -> tuple[float, float, float] | None:
        found = (point for point in self.points if abs(point[0] - period.time) < INSTANT)
        return next(((low, central, high) for _, low, central, high in found), None)
