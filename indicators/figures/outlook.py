"""How fast an indicator moves, where that leads, and what its status was at each meeting: as tables."""

from collections.abc import Sequence

from indicators import german
from indicators.attainment import Assessment
from indicators.attainment.history import Then
from indicators.catalogue import Indicator
from indicators.figures import words
from indicators.figures.figure import Figure, framed
from indicators.figures.status import titled
from indicators.german import TRUE_MINUS
from indicators.moments import local_day

FORESEEABLE = 30
"""A year further away than this many says more about the arithmetic than about the city."""


def outlook(assessment: Assessment, indicator: Indicator, symbol: str) -> Figure | None:
    """Pace and forecast, one line each with what it means; None where there is no pace."""
    found = assessment.pace
    if found is None:
        return None

    def change(value: float) -> str:
        return f"{german.signed(value, max(indicator.decimals, 1), minus=TRUE_MINUS)} {symbol}".strip()

    def per_year(value: float) -> str:
        return f"{change(value)} je Jahr"

    lines = [
        ("Veränderung je Jahr", per_year(found.per_year), f"im Mittel seit {found.since.label}"),
        ("Trend", per_year(found.least_squares), f"Gerade durch die letzten {found.count} Werte"),
        ("Trend ohne Ausreißer", per_year(found.theil_sen), "mittlere Steigung zwischen je zwei dieser Werte"),
    ]
    if found.year_before is not None:
        lines.append(("Gegenüber Vorjahr", change(found.year_before), "gleicher Zeitraum des Vorjahres"))
    if found.reached_in is not None and assessment.period:
        soon = found.reached_in <= assessment.period.year + FORESEEABLE
        meaning = "wenn es im Trend so weitergeht" if soon else f"im Trend dauert es länger als {FORESEEABLE} Jahre"
        lines.append(("Ziel erreicht im Jahr", str(found.reached_in) if soon else "nicht absehbar", meaning))
    if ahead := assessment.forecast:
        low, central, high = (
            german.number(value, indicator.decimals, minus=TRUE_MINUS)
            for value in (ahead.low, ahead.central, ahead.high)
        )
        lines.append((f"Ausblick {ahead.period.label}", f"{central} ({low} bis {high})", ahead.kind))
    terms, values, meanings = zip(*lines, strict=True)
    return Figure(
        f"{indicator.code}-ausblick",
        "Tempo und Ausblick",
        framed({"Größe": list(terms), "Wert": list(values), "Bedeutung": list(meanings)}),
        note="Der Ausblick schreibt den bisherigen Verlauf fort. Er ist keine Vorhersage über Ursachen. "
        "Gerechnet ist nach den Verfahren „kleinste Quadrate“, „Theil-Sen“ und „80-%-Vorhersageintervall“.",
        source=words.source(indicator),
    )


def past(history: Sequence[Then], indicator: Indicator) -> Figure:
    """The status at each meeting as it was known then, latest first, and why it changed."""
    latest_first = list(reversed(history))
    return Figure(
        f"{indicator.code}-sitzungen",
        "Status in den Sitzungen",
        framed(
            {
                "Sitzung am": [german.day(local_day(then.moment)) for then in latest_first],  # type: ignore[arg-type]
                "Letzter Wert damals": [
                    f"{german.content(then.assessment.value, indicator.decimals)} ({then.assessment.period.label})"
                    if then.assessment.value is not None and then.assessment.period
                    else "–"
                    for then in latest_first
                ],
                "Status damals": [titled(then.assessment.status) for then in latest_first],
                "Warum anders": [german.enumeration([cause.text for cause in then.causes]) for then in latest_first],
            }
        ),
        note="Gezeigt ist, was am Tag der Sitzung bekannt war; spätere Korrekturen ändern daran nichts.",
        source=words.source(indicator),
    )
