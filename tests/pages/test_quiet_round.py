"""The quiet round: cities that nobody visits get what a day asks, few stay open, and one that is ill stops no other."""

from datetime import timedelta

import pytest

from indicators.access import Role
from indicators.reminders.sending import REMIND
from indicators.store.backups.backup_requests import ask_for
from indicators.store.durability.store_errors import backups_of
from indicators.ui import here, kept, process, session
from indicators.ui.serving.rounds import Rounds
from tests.many_cities import NORTH, NOW, SOUTH, TOWNS, Town, Visitor

KEYS = {town.key for town in TOWNS}


def rounds(open_at_once: int = 40, idle: float = 600.0) -> Rounds:
    many = here.cities()
    assert many
    return Rounds(many, open_at_once, idle)


def stores() -> set[str]:
    """The cities whose database is open."""
    return {key for key in KEYS if any(name.endswith(".installation") for name in process._shelf(key).things)}


def database(roof, town: Town):
    return roof / town.key / "data" / "monitoring.duckdb"


def damage(roof, town: Town) -> None:
    file = database(roof, town)
    file.write_bytes(b"kaputt" + file.read_bytes()[6:])


@pytest.fixture
def with_backups(under_one_roof, monkeypatch):
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "2")
    return under_one_roof


def test_whom_nobody_visits_is_backed_up_and_closed_again_once_a_day(with_backups, monkeypatch):
    ours, opened = rounds(), []
    look_after = session.look_after
    monkeypatch.setattr(session, "look_after", lambda: [opened.append(here.key()), look_after()][1])
    for day, backups in ((NOW, 1), (NOW, 1), (NOW + timedelta(days=1), 2)):
        monkeypatch.setattr(session, "utc_now", lambda day=day: day)
        ours.go(day)
        assert [len(backups_of(database(with_backups, town))) for town in TOWNS] == [backups, backups]
        assert stores() == set()
    assert len(opened) == 4
    assert ours.told() == ""


def test_one_that_is_damaged_is_counted_and_not_named_and_the_others_have_their_backup(with_backups):
    damage(with_backups, NORTH)
    ours = rounds()
    ours.go(NOW)
    assert len(backups_of(database(with_backups, SOUTH))) == 1
    assert ours.told().startswith("1 Stadt ist nicht in Ordnung, von 2.")
    assert not any(word in ours.told() for word in (NORTH.key, NORTH.host, str(with_backups)))


def test_a_file_of_settings_that_does_not_fit_is_counted_too(with_backups):
    (with_backups / SOUTH.key / "settings.toml").write_text("was = 1\n", encoding="utf-8")
    ours = rounds()
    ours.go(NOW)
    assert ours.told().startswith("1 Stadt ist nicht in Ordnung, von 2.")
    assert len(backups_of(database(with_backups, NORTH))) == 1
    assert here.asked_for([SOUTH.host]) is None


def test_what_fails_with_something_unforeseen_ends_no_round(with_backups, monkeypatch):
    look_after = session.look_after

    def failing() -> str:
        if here.key() == NORTH.key:
            raise ZeroDivisionError
        return look_after()

    monkeypatch.setattr(session, "look_after", failing)
    ours = rounds()
    ours.go(NOW)
    assert len(backups_of(database(with_backups, SOUTH))) == 1
    assert ours.told().startswith("1 Stadt")


def test_only_as_many_stay_open_and_the_next_visit_shows_the_same(under_one_roof):
    visitors = [Visitor(town, town.person(Role.OFFICE)) for town in TOWNS]
    for _ in range(2):
        seen = [visitor.open("indicator", kennzahl="B-01") for visitor in visitors]
    ours = rounds(open_at_once=1, idle=0.0)
    for town in TOWNS:
        with ours.visit(town.key, window=False):
            pass
    ours.close_idle()
    assert stores() == {SOUTH.key}  # the one that was visited last
    assert [visitor.open("indicator", kennzahl="B-01") for visitor in visitors] == seen
    assert stores() == KEYS


def test_nothing_is_kept_of_one_that_is_closed(under_one_roof):
    with here.within(NORTH.key):
        first = kept.shared(None)
        assert kept.shared(None) is first
        rounds(open_at_once=0, idle=0.0).close_idle()
        assert kept.shared(None) is not first


def test_who_has_a_window_open_or_was_there_a_moment_ago_is_not_closed_upon(under_one_roof):
    for town in TOWNS:
        with here.within(town.key):
            session.store()
    patient, strict = rounds(open_at_once=0, idle=600.0), rounds(open_at_once=0, idle=0.0)
    with patient.visit(NORTH.key, window=False):
        pass
    patient.close_idle()
    assert stores() == {NORTH.key}
    with strict.visit(NORTH.key, window=True):
        strict.close_idle()
        assert stores() == {NORTH.key}
    strict.close_idle()
    assert stores() == set()


def test_what_the_command_line_asks_of_the_running_application_is_for_the_city_whose_database_it_names(under_one_roof):
    for town in TOWNS:
        with here.within(town.key):
            session.daily_backups()
    told = [ask_for(database(under_one_roof, town), REMIND, {"who": "IT", "look": "yes"}) for town in TOWNS]
    assert all(told)
