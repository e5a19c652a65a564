"""From series to lines: rounded as they are shown, interrupted where nothing is known or a definition breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from indicators import german
from indicators.figures.theme import Look
from indicators.model import Flag, Measurement, Series, Sign
from indicators.periods import Period, PeriodKind

REMARKS = {
    Flag.PROVISIONAL: "vorläufig",
    Flag.REVISED: "berichtigt",
    Flag.ESTIMATED: "geschätzt",
    Flag.BREAK: "Zeitreihenbruch",
    Flag.SUMMED: "aus Teilen summiert",
}


@dataclass(frozen=True)
class Line:
    """A named series as a chart draws it. Values are rounded to `decimals`: no figure knows more than it shows."""

    name: str
    points: tuple[Measurement, ...]
    look: Look
    decimals: int
    breaks: tuple[Period, ...] = ()

    @classmethod
    def of(cls, name: str, series: Series, look: Look, decimals: int, breaks: Sequence[Period] = ()) -> Self:
        """`breaks` are the first periods of new definitions; a point's own break flag counts as well."""
        points = tuple(
            point if point.value is None else replace(point, value=german.rounded(point.value, decimals))
            for point in series.points
        )
        flagged = {point.period for point in points if Flag.BREAK in point.flags}
        return cls(name, points, look, decimals, tuple(sorted({*breaks, *flagged})))

    @cached_property
    def valued(self) -> tuple[Measurement, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @cached_property
    def unvalued(self) -> tuple[Measurement, ...]:
        """Points that hold a sign in place of a value."""
        return tuple(point for point in self.points if point.value is None)

    @property
    def values(self) -> list[float]:
        return [point.value for point in self.valued if point.value is not None]

    def segments(self) -> list[list[Measurement]]:
        """Runs of values of consecutive periods under one definition; only these are joined by a stroke."""
        runs: list[list[Measurement]] = []
        for point in self.valued:
            if runs and self._joined(runs[-1][-1].period, point.period):
                runs[-1].append(point)
            else:
                runs.append([point])
        return runs

    def _joined(self, before: Period, after: Period) -> bool:
        if any(before < broken <= after for broken in self.breaks):
            return False
        if before.kind is PeriodKind.DATE:
            return after.year - before.year <= 1
        return before.next == after

    def at(self, period: Period) -> Measurement | None:
        return next((point for point in self.points if point.period == period), None)


def remarks(point: Measurement) -> list[str]:
    """What a reader must know about one point, in words."""
    words = [word for flag, word in REMARKS.items() if flag in point.flags]
    return [*words, *([point.sign.meaning] if point.sign else [])]


def legend(lines: Sequence[Line]) -> str:
    """The signs that these lines use, each with its meaning: „. = unbekannt …; ( ) = …“."""
    used = {point.sign for line in lines for point in line.points if point.sign}
    shown = [
        f"„{'( )' if sign is Sign.LIMITED else german.sign(sign)}“ = {sign.meaning}" for sign in Sign if sign in used
    ]
    flags = {flag for line in lines for point in line.points for flag in REMARKS if flag in point.flags}
    words = [word for flag, word in REMARKS.items() if flag in flags]
    shown += [f"einzelne Werte: {german.enumeration(words)}"] if words else []
    return "; ".join(shown)
