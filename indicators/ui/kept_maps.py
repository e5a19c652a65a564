"""Maps, made once and kept: for each state of data, definitions and boundaries."""

from collections.abc import Callable
from datetime import datetime

from indicators.boards.district_maps import Atlas, SmallMap, atlas
from indicators.catalogue import Indicator
from indicators.figures import Figure
from indicators.knowledge import boundaries as known_boundaries
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.snapshot import Snapshot
from indicators.maps.boundaries import Boundaries
from indicators.periods import Period
from indicators.ui import caches, kept, session
from indicators.ui.kept import State

Bounds = tuple[int, int]


def boundaries(moment: datetime) -> tuple[Boundaries, ...]:
    """Those of all dimensions that count at the moment."""
    return _boundaries(known_boundaries.state(session.store()), moment)


@caches.of_city(max_entries=16)
def _boundaries(bounds: Bounds, moment: datetime) -> tuple[Boundaries, ...]:
    return known_boundaries.boundaries(session.store(), moment)


def atlas_of(known: Snapshot, indicator: Indicator) -> Atlas | None:
    """The indicator's maps; None where it has no breakdown by district."""
    return _atlas(*_state(known), indicator.code, known)


@caches.of_city(max_entries=64)
def _atlas(state: State, bounds: Bounds, code: str, _known: Snapshot) -> Atlas | None:
    return atlas(_known, _known.catalogue.indicator(code), boundaries(_known.moment))


def slide_map(meeting: Meeting) -> Callable[[str], Atlas | None]:
    """The maps of a meeting's indicators, the same for whoever looks: never a small number."""
    known = kept.shared(meeting.moment)
    return lambda code: atlas_of(known, known.catalogue.indicator(code))


def mapped(meeting: Meeting) -> dict[str, str]:
    """By indicator with districts why there is no map of it; empty where there is one."""
    known = kept.shared(meeting.moment)
    found = {one.code: atlas_of(known, one) for one in known.catalogue.kept_up}
    return {code: one.missing for code, one in found.items() if one}


def map_of(found: Atlas, period: Period, height: int = 0) -> Figure:
    return _map(*_state(found.snapshot), found.indicator.code, period, height, found)


@caches.of_city(max_entries=128)
def _map(state: State, bounds: Bounds, code: str, period: Period, height: int, _found: Atlas) -> Figure:
    return _found.map(period, height)


def small_maps(found: Atlas, period: Period) -> tuple[Figure, list[SmallMap]] | None:
    """The same period of other years beside it: as a figure for files, and one by one; None where it stands alone."""
    periods = found.small_periods(period)
    return _small_maps(*_state(found.snapshot), found.indicator.code, periods, found) if periods else None


@caches.of_city(max_entries=64)
def _small_maps(
    state: State, bounds: Bounds, code: str, periods: tuple[Period, ...], _found: Atlas
) -> tuple[Figure, list[SmallMap]]:
    return _found.maps(periods), _found.small(periods)


def _state(known: Snapshot) -> tuple[State, Bounds]:
    return (known.key, session.catalogue().version), known_boundaries.state(session.store())
