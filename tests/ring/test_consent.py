"""Consent, contributions, and that nobody acts for another city."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indicators.attainment import Status
from indicators.model import Breakdown, Sign
from indicators.ring import By, Level, RingError, consents, give
from indicators.ring.comparing import Shown, cities, groups, standings, statuses
from indicators.ring.place import leave, ring_of
from indicators.settings import Settings
from indicators.store import Store, audit
from tests.ring.conftest import BEGAN, TOTAL, counted

LATER = BEGAN + timedelta(days=30)
FOREIGN = Breakdown.of(herkunft="auslaendisch")


def shown(town, code="C-01", breakdown=TOTAL, moment=None):
    """By member: its latest value, or why there is none."""
    found = cities(town.ring, code, breakdown, moment)
    return {one.member: one.latest.value if one.latest else one.shown for one in found}


@pytest.mark.both_stores
def test_two_cities_see_each_others_values_and_statuses_and_nothing_else(land, town):
    a, b = town("adorf"), town("bdorf")
    a.take_part(*counted(2024, 30, 70), *counted(2025, 40, 80))
    b.take_part(*counted(2025, 5, 8))
    for viewer in (a, b, land):
        assert shown(viewer) == {"adorf": 120.0, "bdorf": 13.0}
        assert shown(viewer, breakdown=FOREIGN) == {"adorf": 40.0, "bdorf": 5.0}
    # 2025 lies three of ten years on the way from 10 to 20: 13 is on the path
    assert statuses(b.ring) == {("adorf", "C-01"): Status.REACHED, ("bdorf", "C-01"): Status.ON_TRACK}
    assert groups(a.ring, "C-01") == [Breakdown(), FOREIGN, Breakdown.of(herkunft="deutsch")]
    [standing] = standings(b.ring, {"C-01": Breakdown()})
    assert (standing.value, standing.count, standing.below, standing.median) == (13.0, 2, 0, 66.5)
    assert b.ring.own.value("select count(*) from observation") == 3


@pytest.mark.both_stores
def test_withdrawn_is_gone_at_once_for_everybody_also_of_the_past(land, town):
    a, b = town("adorf"), town("bdorf")
    a.take_part(*counted(2025, 40, 80))
    b.take_part(*counted(2025, 50, 80))
    a.consent("C-01", level=Level.NONE, at=LATER)
    for moment in (None, BEGAN, LATER + timedelta(days=9)):
        assert shown(b, moment=moment)["adorf"] is Shown.NO_CONSENT
        assert ("adorf", "C-01") not in statuses(b.ring, moment)
    assert consents(a.ring)["C-01"] is Level.NONE
    a.consent("C-01", at=LATER + timedelta(days=1))
    assert shown(b)["adorf"] == 120.0  # nothing was erased


def test_values_alone_show_no_status_and_status_can_be_withdrawn_alone(land, town):
    a = town("adorf")
    a.deliver(*counted(2025, 40, 80))
    a.consent("C-01", level=Level.VALUES)
    a.contribute("C-01")
    assert shown(a)["adorf"] == 120.0
    assert statuses(a.ring) == {}
    assert a.ring.store.value("select count(*) from ring_rule") == 0
    a.consent("C-01", level=Level.STATUS)
    a.contribute("C-01")
    assert statuses(a.ring)
    a.consent("C-01", level=Level.VALUES)
    assert statuses(a.ring) == {} and shown(a)["adorf"] == 120.0


def test_without_consent_nothing_is_contributed(land, town):
    a = town("adorf")
    a.deliver(*counted(2025, 40, 80))
    with pytest.raises(RingError, match="Ohne Einwilligung"):
        a.contribute("C-01")
    assert a.ring.store.value("select count(*) from ring_contribution") == 0
    a.consent("C-01")
    assert shown(a)["adorf"] is Shown.NOTHING_GIVEN


def test_a_withdrawal_needs_something_to_withdraw_and_every_act_a_reason(land, town):
    a = town("adorf")
    with pytest.raises(RingError, match="keine Einwilligung"):
        a.consent("C-01", level=Level.NONE)
    with pytest.raises(RingError, match="Grund"):
        give(a.ring, a.presence, ["C-01"], Level.VALUES, By("Kim", BEGAN, "  "))
    assert a.ring.store.rows("from ring_consent") == []


def test_the_ring_knows_cities_and_the_city_knows_who_and_why(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 40, 80))
    for table in ("ring_member", "ring_consent", "ring_contribution"):
        assert {who for (who,) in a.ring.store.rows(f"select who from {table}")} <= {"adorf", "land"}
    assert a.ring.store.rows("select distinct reason from ring_consent") == [("",)]
    told = audit.changes(a.ring.own)
    assert {"ring-member", "ring-consent", "ring-contribution"} <= set(told["action"])
    row = told[told["action"] == "ring-consent"].iloc[0]
    assert (row.who, row.reason, row.later) == ("Kim", "Beschluss", "Werte und Status")


@pytest.mark.both_stores
def test_another_installation_under_the_same_name_can_neither_withdraw_nor_overwrite(land, town):
    a, thief = town("adorf"), town("adorf")
    a.take_part(*counted(2025, 40, 80))
    thief.deliver(*counted(2025, 1000, 2000))
    for act in (lambda: thief.consent("C-01", level=Level.NONE), lambda: thief.contribute("C-01")):
        with pytest.raises(RingError, match="gehört in diesem Ring schon einer anderen Installation"):
            act()
    assert shown(a)["adorf"] == 120.0


def test_what_a_city_does_touches_no_other_city(land, town):
    a, b = town("adorf"), town("bdorf")
    a.take_part(*counted(2025, 40, 80))
    b.take_part(*counted(2025, 50, 80))
    before = shown(b)["bdorf"]
    a.contribute("C-01", at=LATER)
    a.consent("C-01", level=Level.NONE, at=LATER)
    assert shown(b)["bdorf"] == before


@pytest.mark.both_stores
def test_a_past_moment_shows_what_was_known_in_the_ring_then(land, town):
    a = town("adorf")
    a.take_part(*counted(2024, 30, 70))
    a.deliver(*counted(2025, 40, 80), at=LATER)
    assert shown(a)["adorf"] == 100.0  # delivered at home, not given yet
    a.contribute("C-01", at=LATER)
    assert shown(a)["adorf"] == 120.0
    assert shown(a, moment=BEGAN)["adorf"] == 100.0
    assert shown(a, moment=datetime(2020, 1, 1)) == {}


def test_signs_stay_what_they_are(land, town):
    a = town("adorf")
    a.take_part(("teilnehmende", "FB 51", "2024", "", "/"), ("teilnehmende", "FB 51", "2025", "", 50.0))
    [own] = [one for one in cities(a.ring, "C-01", Breakdown()) if one.member == "adorf"]
    assert [point.content for point in own.points] == [Sign.UNRELIABLE, 50.0]


def test_a_second_state_is_refused(land, town):
    other = town("anderes-land", leads=True)
    with pytest.raises(RingError, match="veröffentlicht schon „Land“"):
        other.consent("C-01")
    assert replace(other.ring, leads=False).presence is None


def test_a_city_that_closes_leaves_the_ring_to_the_others_of_the_process(tmp_path):
    homes = [tmp_path / name for name in ("anna", "bert")]
    ours, theirs = (
        ring_of(Settings(home=home, ring=str(tmp_path / "ring.duckdb"), ring_member=home.name), Store(":memory:"))
        for home in homes
    )
    assert ours.store is theirs.store
    leave(ours)
    assert theirs.strictest == 0
    leave(theirs)
    assert theirs.store.closed
