"""What the ring shows, made once for each state of the ring and kept: a consent that goes takes all of it along."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from indicators.attainment import Status
from indicators.errors import MonitoringError
from indicators.model import Breakdown
from indicators.ring import Ring, Shared
from indicators.ring import shared as known_shared
from indicators.ring.comparing import City, Standing
from indicators.ring.comparing import cities as known_cities
from indicators.ring.comparing import standings as known_standings
from indicators.ring.comparing import statuses as known_statuses
from indicators.ui import caches, html, session
from indicators.ui.ending import PageEnds

State = tuple[str, str, tuple[int, ...]]
NO_RING = (
    "Diese Stadt nimmt an keinem Vergleichsring teil. Die IT trägt ihn mit ring und ring_member in die Einstellungen "
    "ein (docs/skalierung.md)."
)


def ring() -> Ring:
    """The city's ring; without one the page says so and ends."""
    try:
        found = session.installation().ring
    except MonitoringError as error:
        st.error(html.plain(f"Der Vergleichsring ist gerade nicht erreichbar. {error}"), icon=":material/error:")
        raise PageEnds from error
    if found is None:
        st.info(NO_RING, icon=":material/info:")
        raise PageEnds
    return found


def state(found: Ring) -> State:
    """What names all that is shown of the ring: whose it is, who looks, and its last rows."""
    return repr(found.store.path), found.member, found.version


def shared(found: Ring, moment: datetime | None) -> Shared:
    """The definitions that were shared at the moment."""
    return _shared(state(found), moment, found)


@caches.of_city(max_entries=16)
def _shared(state: State, moment: datetime | None, _ring: Ring) -> Shared:
    return known_shared(_ring, moment)


def cities(found: Ring, code: str, group: Breakdown, moment: datetime | None) -> tuple[City, ...]:
    """The members with what they show of an indicator in a group."""
    return _cities(state(found), code, group, moment, found)


@caches.of_city(max_entries=64)
def _cities(state: State, code: str, group: Breakdown, moment: datetime | None, _ring: Ring) -> tuple[City, ...]:
    return known_cities(_ring, code, group, moment)


def statuses(found: Ring, moment: datetime | None) -> Mapping[tuple[str, str], Status]:
    """The statuses of all cities that show them."""
    return _statuses(state(found), moment, found)


@caches.of_city(max_entries=8)
def _statuses(state: State, moment: datetime | None, _ring: Ring) -> Mapping[tuple[str, str], Status]:
    return known_statuses(_ring, moment)


def standings(found: Ring, known: Shared, moment: datetime | None) -> Sequence[Standing]:
    """Where the city stands with each shared indicator."""
    headlines = {code: known.entry(code).indicator.headline for code in known.indicators}
    return _standings(state(found), tuple(headlines.items()), moment, found)


@caches.of_city(max_entries=8)
def _standings(
    state: State, headlines: tuple[tuple[str, Breakdown], ...], moment: datetime | None, _ring: Ring
) -> Sequence[Standing]:
    return known_standings(_ring, dict(headlines), moment)
