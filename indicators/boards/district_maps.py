"""An indicator on the map: which dimension, which periods, within which boundaries; and why there is none. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indicators.boards.exported import about
from indicators.catalogue import Catalogue, Indicator
from indicators.datasets.listed.fields import districts
from indicators.figures import Figure
from indicators.figures.district_map import District, DistrictMap, Mapped, in_words, map_of, maps_of, small
from indicators.figures.map_classes import classes
from indicators.figures.words import definition, source
from indicators.knowledge.snapshot import Snapshot
from indicators.maps.boundaries import Boundaries, in_force
from indicators.model import Breakdown, Series
from indicators.periods import Period

MOST_SMALL = 9
COUNT = (
    "Diese Kennzahl zählt, wie viele es sind. Eine Karte davon zeigte vor allem, wo viele Menschen wohnen; deshalb "
    "kommen nur Anteile und Raten auf die Karte."
)
NO_BOUNDARIES = (
    "Für „{by}“ sind noch keine Grenzen hinterlegt. Die Stabsstelle lädt sie auf der Seite „Katalog ändern“ unter "
    "„Karten“ hoch."
)
NOT_THEN = "Für die Zeit, aus der es Zahlen gibt, sind bei „{by}“ keine Grenzen hinterlegt."


@dataclass(frozen=True)
class SmallMap:
    label: str
    svg: str
    alt: str


@dataclass(frozen=True)
class Atlas:
    """All maps of an indicator in one dimension. `missing` says why there is none; then there are no periods."""

    snapshot: Snapshot
    indicator: Indicator
    dimension: str
    boundaries: tuple[Boundaries, ...]
    missing: str = ""

    @property
    def by(self) -> str:
        return self.snapshot.catalogue.dimensions[self.dimension].title

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Those of which a district reports anything and boundaries are known, the latest first."""
        if self.missing:
            return ()
        found = {point.period for series in self._series.values() for point in series.points}
        return tuple(sorted((one for one in found if self._bounds(one)), reverse=True))

    def map(self, period: Period, height: int = 0) -> Figure:
        return self._dated(map_of(self.mapped, self.drawn(period), height))

    def small_periods(self, period: Period) -> tuple[Period, ...]:
        """The period and the same one of other years, oldest first; none where it stands alone."""
        same = [one for one in self.periods if (one.kind, one.part) == (period.kind, period.part)]
        return tuple(sorted(same[:MOST_SMALL])) if len(same) > 1 else ()

    def maps(self, periods: Sequence[Period]) -> Figure:
        return self._dated(maps_of(self.mapped, [self.drawn(one) for one in periods]))

    def small(self, periods: Sequence[Period]) -> list[SmallMap]:
        drawn = [self.drawn(one) for one in periods]
        return [SmallMap(one.period.label, small(self.mapped, one), in_words(self.mapped, one)) for one in drawn]

    @cached_property
    def group(self) -> Breakdown:
        """Of whom the districts report: of the headline's group, or of all where that is not divided by district."""
        own = self.indicator.headline
        return own if self._reported(own) else Breakdown()

    @cached_property
    def _series(self) -> dict[str, Series]:
        return self._reported(self.group)

    def _reported(self, group: Breakdown) -> dict[str, Series]:
        members = self.snapshot.catalogue.dimensions[self.dimension].members
        known = {one.breakdown: one for one in self.snapshot.series[self.indicator.code]}
        places = {one.code: group.with_(self.dimension, one.code) for one in members}
        return {code: known[place] for code, place in places.items() if place in known}

    @cached_property
    def mapped(self) -> Mapped:
        """With classes of every value that any map of the indicator can show."""
        catalogue = self.snapshot.catalogue
        values = [point.value for one in self._series.values() for point in one.points if point.value is not None]
        unit, indicator = catalogue.unit_of(self.indicator), self.indicator
        return Mapped(
            indicator.code,
            indicator.title,
            self.by,
            unit.title,
            unit.symbol,
            indicator.decimals,
            classes(values, indicator.decimals, unit.symbol),
            source(indicator),
            catalogue.title_of(self.group) if indicator.headline.members else "",
            metadata=definition(indicator, catalogue),
        )

    def _bounds(self, period: Period) -> Boundaries | None:
        return in_force(self.boundaries, self.dimension, period.end)

    def drawn(self, period: Period) -> DistrictMap:
        bounds = self._bounds(period)
        assert bounds, "only periods with boundaries are asked for"
        catalogue, found = self.snapshot.catalogue, []
        for member in catalogue.dimensions[self.dimension].members:
            point = self._series[member.code].at(period) if member.code in self._series else None
            if point or catalogue.has_member(self.dimension, member.code, period):
                found.append(District(member.code, member.title, point, bounds.shapes.get(member.code)))
        return DistrictMap(period, tuple(found), bounds)

    def _dated(self, figure: Figure) -> Figure:
        return replace(figure, moment=self.snapshot.since, metadata=(*figure.metadata, *about(self.snapshot)))


def atlas(snapshot: Snapshot, indicator: Indicator, boundaries: Sequence[Boundaries]) -> Atlas | None:
    """The indicator's maps, of the first of its dimensions that there are boundaries of; None where it has no
    breakdown by district."""
    catalogue = snapshot.catalogue
    bounded = bounded_dimension(catalogue, indicator, boundaries)
    own = _dimensions(catalogue, indicator)
    dimension = bounded or next((one.code for one in districts(catalogue) if one.code in own), None)
    if dimension is None:
        return None
    found = Atlas(snapshot, indicator, dimension, tuple(boundaries))
    missing = _missing(catalogue, indicator, found, bool(bounded))
    return replace(found, missing=missing) if missing else found


def bounded_dimension(catalogue: Catalogue, indicator: Indicator, boundaries: Sequence[Boundaries]) -> str | None:
    """The first of the indicator's dimensions that there are boundaries of."""
    bounded = {one.dimension for one in boundaries}
    return next((one for one in _dimensions(catalogue, indicator) if one in bounded), None)


def _dimensions(catalogue: Catalogue, indicator: Indicator) -> list[str]:
    """Those that divide what the headline speaks of."""
    return [one for one in indicator.breakdowns if one in catalogue.dimensions and indicator.headline.get(one) is None]


def _missing(catalogue: Catalogue, indicator: Indicator, found: Atlas, bounded: bool) -> str:
    if not is_rate(catalogue, indicator):
        return COUNT
    if not bounded:
        return NO_BOUNDARIES.format(by=found.by)
    return "" if found.periods else NOT_THEN.format(by=found.by)


def is_rate(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether a value of it does not grow with the number of people who live in a district."""
    divided = any(below.names for _, below in indicator.expression.divisions())
    return not catalogue.unit_of(indicator).adds_up or divided
