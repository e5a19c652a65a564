"""A small catalogue of our own for charts: a rate with targets and breaks, a count by quarter."""

from pathlib import Path

from indicators.catalogue import Break, Catalogue, City, Dimension, Formula, Frequency, Indicator, Member, Unit
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.periods import Period
from indicators.targets import Direction, Point

MALE, FEMALE = Breakdown.of(geschlecht="maennlich"), Breakdown.of(geschlecht="weiblich")
LAND = Breakdown.of(gebiet="niedersachsen")


def rate(**changes) -> Indicator:
    fields = {
        "code": "B-01",
        "title": "Betreuungsquote der unter Dreijährigen",
        "goal": "B-1.1",
        "field": "B",
        "kind": "outcome",
        "formula": "100 * betreut / kinder",
        "expression": Formula.parse("100 * betreut / kinder"),
        "unit": "Prozent",
        "percentage": True,
        "frequency": Frequency.YEARLY,
        "direction": Direction.UP,
        "definition": "Anteil der betreuten Kinder.",
        "source": "Eigene Fortschreibung",
        "baseline": Point.of(2019, 24.0),
        "targets": (Point.of(2024, 30.0), Point.of(2028, 36.0)),
    }
    return Indicator(**{**fields, **changes})


def count(**changes) -> Indicator:
    fields = {
        "code": "A-01",
        "title": "Teilnahmen an Sprachkursen",
        "unit": "Anzahl",
        "decimals": 0,
        "percentage": False,
        "frequency": Frequency.QUARTERLY,
        "formula": "betreut",
        "expression": Formula.parse("betreut"),
        "baseline": None,
        "targets": (Point.of("2026", 2400),),
        "method": "threshold",
    }
    return rate(**{**fields, **changes})


def _catalogue() -> Catalogue:
    units = [Unit(code="Prozent", title="Prozent", symbol="%", decimals=1, percentage=True),
             Unit(code="Anzahl", title="Personen")]  # fmt: skip
    dimensions = [
        Dimension(code="geschlecht", title="Geschlecht", complete=True,
                  members=(Member(code="maennlich", title="Männer"), Member(code="weiblich", title="Frauen"))),
        Dimension(code="gebiet", title="Gebiet",
                  members=(Member(code="niedersachsen", title="Niedersachsen"),
                           Member(code="hannover", title="Hannover, Landeshauptstadt"))),
    ]  # fmt: skip
    return Catalogue(
        folder=Path(),
        version="0123456789ab",
        city=City(name="Musterstadt"),
        fields=(),
        units={unit.code: unit for unit in units},
        dimensions={dimension.code: dimension for dimension in dimensions},
        reporters={},
        base_figures={},
        indicators={},
    )


def years(first: int, *contents: float | Sign | None, breakdown: Breakdown | None = None, code: str = "B-01") -> Series:
    """A series from a first year on; None leaves the year out."""
    return _series(Period.of_year(first), contents, breakdown, code)


def quarters(first: str, *contents: float | Sign | None, breakdown: Breakdown | None = None) -> Series:
    return _series(Period.parse(first), contents, breakdown, "A-01")


def _series(first: Period, contents, breakdown: Breakdown | None, code: str) -> Series:
    points = []
    for step, content in enumerate(contents):
        if isinstance(content, Sign):
            points.append(Measurement(first.shifted(step), None, content))
        elif content is not None:
            points.append(Measurement(first.shifted(step), float(content)))
    return Series(code, breakdown or Breakdown(), tuple(points))


RISING = (18.3, 19.9, 20.4, 21.8, 22.5, 23.1, 23.6, 24.0, 24.9, 26.2, 28.0, 29.3, 30.1)
BREAK_2022 = Break(period=2022, note="Neue Abgrenzung „Einwanderungsgeschichte“ statt „Migrationshintergrund“")

CATALOGUE = _catalogue()
