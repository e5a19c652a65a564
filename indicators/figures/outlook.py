"""How fast an indicator moves, where that leads, and what its status was at each meeting: as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators import german
from indicators.attainment import Assessment
from indicators.attainment.history import Then
from indicators.attainment.pace import Pace
from indicators.catalogue import Indicator
from indicators.figures import words
from indicators.figures.figure import Figure, framed
from indicators.figures.status import titled
from indicators.moments import local_day

FORESEEABLE = 30
"""A year further away than this many says more about the arithmetic than about the city."""


def outlook(assessment: Assessment, indicator: Indicator, symbol: str, value_unit: str = "") -> Figure | None:
    """Pace and forecast, one line each with what it means; None where there is no pace.

    `symbol` is the unit of changes, `value_unit` that of values. Changes are those of the values as they are shown
    elsewhere on the page, so that a reader who subtracts them comes to the same.
    """
    found = assessment.pace
    if found is None:
        return None
    lines = [*_pace(found, indicator, symbol), *_ahead(assessment, indicator, value_unit)]
    return Figure(
        f"{indicator.code}-ausblick",
        "Tempo und Ausblick",
        framed(
            {
                "Größe": [line.term for line in lines],
                "Wert": [line.shown for line in lines],
                "Einheit": [line.unit for line in lines],
                "Bedeutung": [line.meaning for line in lines],
            }
        ),
        decimals={"Wert": indicator.decimals},
        own_decimals={(row, "Wert"): line.decimals for row, line in enumerate(lines)},
        unit_columns={"Wert": "Einheit"},
        signed=frozenset((row, "Wert") for row, line in enumerate(lines) if line.change),
        note="Der Ausblick schreibt den bisherigen Verlauf fort. Er ist keine Vorhersage über Ursachen. "
        "Gerechnet ist nach den Verfahren „kleinste Quadrate“, „Theil-Sen“ und „80-%-Vorhersageintervall“.",
        source=words.source(indicator),
    )


@dataclass(frozen=True)
class _Line:
    """One number with its unit and what it means; `change` is told with its sign."""

    term: str
    value: float | str
    unit: str
    meaning: str
    decimals: int = 0
    change: bool = True

    @property
    def shown(self) -> float | str:
        return self.value if isinstance(self.value, str) else german.rounded(self.value, self.decimals)


def _pace(found: Pace, indicator: Indicator, symbol: str) -> Iterator[_Line]:
    """How the values moved, by year and against the year before."""
    decimals = indicator.decimals
    places = max(decimals, 1)
    mean = german.difference(found.end, found.start, decimals) / found.span
    yearly = f"{symbol} je Jahr".strip()
    yield _Line("Veränderung je Jahr", mean, yearly, f"im Mittel seit {found.since.label}", places)
    yield _Line("Trend", found.least_squares, yearly, f"Gerade durch die letzten {found.count} Werte", places)
    between = "mittlere Steigung zwischen je zwei dieser Werte"
    yield _Line("Trend ohne Ausreißer", found.theil_sen, yearly, between, places)
    if found.before is not None:
        change = german.difference(found.end, found.before, decimals)
        yield _Line("Gegenüber Vorjahr", change, symbol, "gleicher Zeitraum des Vorjahres", decimals)


def _ahead(assessment: Assessment, indicator: Indicator, value_unit: str) -> Iterator[_Line]:
    """When the target would be reached, and the range in which the next values are to be expected."""
    found, ahead = assessment.pace, assessment.forecast
    if found and found.reached_in is not None and assessment.period:
        soon = found.reached_in <= assessment.period.year + FORESEEABLE
        meaning = "wenn es im Trend so weitergeht" if soon else f"im Trend dauert es länger als {FORESEEABLE} Jahre"
        yield _Line("Ziel erreicht im Jahr", str(found.reached_in) if soon else "nicht absehbar", "", meaning)
    if ahead:
        name, places = f"Ausblick {ahead.period.label}", indicator.decimals
        yield _Line(name, ahead.central, value_unit, ahead.kind, places, change=False)
        yield _Line(f"{name}, von", ahead.low, value_unit, "unteres Ende der Spanne", places, change=False)
        yield _Line(f"{name}, bis", ahead.high, value_unit, "oberes Ende der Spanne", places, change=False)


def past(history: Sequence[Then], indicator: Indicator) -> Figure:
    """The status at each meeting as it was known then, latest first, and why it changed."""
    latest_first = list(reversed(history))
    return Figure(
        f"{indicator.code}-sitzungen",
        "Status in den Sitzungen",
        framed(
            {
                "Sitzung am": [german.day(local_day(then.moment)) for then in latest_first],  # type: ignore[arg-type]
                "Letzter Wert damals": [_value(then, indicator.decimals) for then in latest_first],
                "Zeitraum": [then.assessment.period.label if then.assessment.period else "" for then in latest_first],
                "Status damals": [titled(then.assessment.status) for then in latest_first],
                "Warum anders": [german.enumeration([cause.text for cause in then.causes]) for then in latest_first],
            }
        ),
        decimals={"Letzter Wert damals": indicator.decimals},
        note="Gezeigt ist, was am Tag der Sitzung bekannt war; spätere Korrekturen ändern daran nichts.",
        source=words.source(indicator),
    )


def _value(then: Then, decimals: int) -> float | None:
    value = then.assessment.value
    return None if value is None else german.rounded(value, decimals)
