"""A map on a slide of a meeting: the finding as its title, and beside it the districts in words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.boards.district_maps import Atlas
from indicators.boards.slide_board import shortened, titled
from indicators.figures import Figure
from indicators.figures.district_map import District, Mapped
from indicators.periods import Period

NAMED, LISTED = 3, 6
"""So many of the highest and of the lowest are named; all of them where there are no more than so many."""
LONGEST_NAME, LONGEST_ABOUT = 26, 120

Maps = Mapping[str, Atlas]
"""By indicator; one that there is no map of is not among them."""


@dataclass(frozen=True)
class MapSlide:
    """`lines` stand beside the map: what it is, and what is said. The map itself is drawn where it is shown."""

    title: str
    lines: tuple[tuple[str, str], ...]
    maps: Atlas
    period: Period

    def figure(self, height: int = 0) -> Figure:
        return self.maps.map(self.period, height)


def map_slide(found: Atlas) -> MapSlide:
    """The latest period, as everyone but the office may know it: a wall cannot ask who is looking."""
    if not found.snapshot.suppressed:
        raise ValueError("a map on a slide is made of what the steering group sees")
    period, mapped = found.periods[0], found.mapped
    districts = found.drawn(period).districts
    ordered = sorted((one for one in districts if one.value is not None), key=lambda one: -(one.value or 0.0))
    without = [one for one in districts if one.value is None]

    def told(some: Sequence[District]) -> str:
        return "; ".join(f"{shortened(one.title, LONGEST_NAME)} {mapped.text(one)}" for one in some)

    about = f"{found.indicator.code} {found.indicator.title}, {period.label}, {mapped.subtitle}"
    lines = [("Karte", shortened(about, LONGEST_ABOUT)), ("Stadt insgesamt", _whole(found, period))]
    if len(ordered) > LISTED:
        lines += [("Höchste Werte", told(ordered[:NAMED])), ("Niedrigste Werte", told(ordered[-NAMED:]))]
    else:
        lines.append(("Alle Werte", told(ordered)))
    lines.append(("Ohne Zahl und schraffiert", _named(without)))
    return MapSlide(
        titled(mapped.heading, f"{_finding(ordered, mapped)}, {period.label}"),
        tuple(one for one in lines if one[1]),
        found,
        period,
    )


def _finding(ordered: Sequence[District], mapped: Mapped) -> str:
    if not ordered:
        return "keine Zahl, die gezeigt wird"
    low, high = (f"{mapped.text(one)} ({shortened(one.title, LONGEST_NAME)})" for one in (ordered[-1], ordered[0]))
    return f"nur {high}" if low == high else f"von {low} bis {high}"


def _named(some: Sequence[District]) -> str:
    more = len(some) - NAMED
    named = ", ".join(shortened(one.title, LONGEST_NAME) for one in some[:NAMED])
    return f"{named} und {more} weitere" if more > 0 else named


def _whole(found: Atlas, period: Period) -> str:
    """The city's own value of the group that the map shows, where there is one to be shown."""
    point = found.snapshot.find(found.indicator.code, found.group).at(period)
    if point is None or point.value is None:
        return ""
    return found.mapped.text(District("", "", point, None))
