"""Remarks of people in a chart: a numbered mark at the point, and the text in its tooltip, table and note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.figures import forms
from indicators.figures.axes import time
from indicators.figures.lines import Line
from indicators.model import Breakdown, Series
from indicators.periods import Period

TOTAL = Breakdown()
APART = 15
"""Pixels between a point and its mark, and between two marks above each other."""


@dataclass(frozen=True)
class Noted:
    """A remark with who wrote it and when; `period` is None for one on the whole indicator."""

    text: str
    breakdown: Breakdown = TOTAL
    period: Period | None = None


@dataclass(frozen=True)
class Mark:
    """A remark at a point that is drawn. `number` tells it apart from the others; `place` counts those at one point."""

    number: int
    line: int
    period: Period
    text: str
    place: int = 0


def marks(noted: Sequence[Noted], series: Sequence[Series]) -> tuple[Mark, ...]:
    """The remarks at points of these series, oldest period first."""
    lines = {part.breakdown: number for number, part in reversed([*enumerate(series)])}
    at_points = [
        (one.period, lines[one.breakdown], one.text)
        for one in noted
        if one.period is not None and one.breakdown in lines and series[lines[one.breakdown]].at(one.period)
    ]
    at_points.sort(key=lambda found: found[:2])
    places = [point[:2] for point in at_points]
    return tuple(
        Mark(number + 1, line, period, text, places[:number].count((period, line)))
        for number, (period, line, text) in enumerate(at_points)
    )


def on_the_whole(noted: Sequence[Noted]) -> tuple[str, ...]:
    return tuple(one.text for one in noted if one.period is None)


def layers(found: Sequence[Mark], lines: Sequence[Line], foot: float) -> Iterator[dict[str, Any]]:
    """A ring with the number in it above each point; where there is no number, above the foot of the chart."""
    for place in sorted({mark.place for mark in found}):
        rows = []
        for mark in found:
            if mark.place == place:
                point = lines[mark.line].at(mark.period)
                value = point.value if point and point.value is not None else foot
                rows.append(
                    {"t": time(mark.period), "v": value, "text": str(mark.number), "name": lines[mark.line].name,
                     "period": mark.period.label, "content": "Bemerkung", "remark": mark.text}
                )  # fmt: skip
        yield forms.filled(forms.note_ring(-APART * (place + 1)), rows)
        yield forms.filled(forms.note_number(-APART * (place + 1)), rows)
