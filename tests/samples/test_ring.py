"""The ring that Musterstadt is in: every state that a city can be in is there to be seen, and nothing too small."""

from pathlib import Path

import pytest

from indicators.ring import Level, Ring, consents, shared
from indicators.ring.comparing import Shown, cities, members, standings, statuses
from indicators.samples import ring as sample
from indicators.store import Store

pytestmark = pytest.mark.slow


def test_it_shows_what_a_ring_can_show(full_sample: Path, tmp_path: Path):
    own = Store(full_sample)
    place = tmp_path / "musterstadt-ring.duckdb"
    sample.build(place, own)
    ring = Ring(Store(place), own, "musterstadt")
    try:
        known = shared(ring)
        assert len(members(ring)) == len(sample.CITIES) + 2  # Musterstadt and the state
        assert set(consents(ring).values()) == {Level.STATUS, Level.VALUES}
        seen = {
            one.shown for code in known.indicators for one in cities(ring, code, known.entry(code).indicator.headline)
        }
        assert seen >= {Shown.COMPARED, Shown.NO_CONSENT, Shown.HELD_BACK, Shown.OTHER_DEFINITION}
        headlines = {code: known.entry(code).indicator.headline for code in known.indicators}
        assert {one.indicator for one in standings(ring, headlines)} == set(sample.SHOWN)
        assert len({status for (member, _), status in statuses(ring).items() if member != "musterstadt"}) > 3
        assert not list(place.parent.glob("*.part*"))
    finally:
        ring.store.close()
        own.close()
