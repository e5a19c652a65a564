"""How fast an indicator moves, where that leads, and what its status was at each meeting: as tables."""

from collections.abc import Sequence

from indicators import german
from indicators.attainment import Assessment
from indicators.attainment.history import Then
from indicators.catalogue import Indicator
from indicators.figures import words
from indicators.figures.figure import Figure, framed
from indicators.figures.status import titled
from indicators.moments import local_day


def outlook(assessment: Assessment, indicator: Indicator, symbol: str) -> Figure | None:
    """Pace and forecast, one line each with what it means; None where there is no pace."""
    found = assessment.pace
    if found is None:
        return None

    def per_year(value: float) -> str:
        return f"{german.signed(value, max(indicator.decimals, 1))} {symbol}".strip() + " je Jahr"

    lines = [
        ("Veränderung je Jahr", per_year(found.per_year), f"im Mittel seit {found.since.label}"),
        ("Trend", per_year(found.least_squares), f"Gerade durch {found.count} Werte (kleinste Quadrate)"),
        ("Trend ohne Ausreißer", per_year(found.theil_sen), "mittlere Steigung zwischen je zwei Werten (Theil-Sen)"),
    ]
    if found.year_before is not None:
        change = f"{german.signed(found.year_before, max(indicator.decimals, 1))} {symbol}".strip()
        lines.append(("Gegenüber Vorjahr", change, "gleicher Zeitraum des Vorjahres"))
    if found.reached_in is not None:
        lines.append(("Ziel erreicht im Jahr", str(found.reached_in), "wenn es im Trend so weitergeht"))
    if ahead := assessment.forecast:
        low, central, high = (
            german.number(value, indicator.decimals) for value in (ahead.low, ahead.central, ahead.high)
        )
        lines.append((f"Ausblick {ahead.period.label}", f"{central} ({low} bis {high})", ahead.kind))
    terms, values, meanings = zip(*lines, strict=True)
    return Figure(
        f"{indicator.code}-ausblick",
        "Tempo und Ausblick",
        framed({"Größe": list(terms), "Wert": list(values), "Bedeutung": list(meanings)}),
        note="Der Ausblick schreibt den bisherigen Verlauf fort. Er ist keine Vorhersage über Ursachen.",
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
                    f"{german.number(then.assessment.value, indicator.decimals)} ({then.assessment.period.label})"
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
