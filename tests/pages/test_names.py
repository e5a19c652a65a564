"""Names of people leave the screens after a time; the record keeps them."""

from datetime import datetime, timedelta

import pytest

from indicators.access import Assignment, Role, assign
from indicators.ledger import archive, commits
from indicators.store import Store
from indicators.store.database import utc_now
from tests.pages.test_pages import opened, texts

pytestmark = pytest.mark.slow
NOW = utc_now()
LONG_AGO, LATELY = NOW - timedelta(days=1200), NOW - timedelta(days=900)


@pytest.fixture
def acted(home):
    """Ada, who has left, and Ben, who has a role, withdrew long ago; Ada restored less long ago; nobody knows Cem."""
    store = Store(home / "data" / "monitoring.duckdb")
    assign(store, "ada@stadt.de", Assignment(frozenset({Role.OFFICE})), "ben@stadt.de", LONG_AGO)
    assign(store, "ada@stadt.de", Assignment(frozenset()), "ben@stadt.de", LONG_AGO)
    assign(store, "ben@stadt.de", Assignment(frozenset({Role.ADMINISTRATOR})), "ben@stadt.de", LONG_AGO)
    for number, who in enumerate(("ada@stadt.de", "ben@stadt.de", "cem@stadt.de"), start=4):
        commits.withdraw(store, number, LONG_AGO, who, "Zahlendreher")
    commits.restore(store, 5, LATELY, "ada@stadt.de", "doch richtig")
    yield store
    store.close()


def test_after_its_time_a_name_is_told_as_a_function(acted, app):
    acted.close()
    for page in ("deliveries", "administration"):
        shown = texts(opened(app, page))
        assert not app.exception
        assert "ehemals Stabsstelle Integration" in shown and "Administration" in shown
        assert "nicht mehr genannt" in shown
        assert "cem@" not in shown
    assert "ada@stadt.de" in texts(opened(app, "deliveries"))  # what she did later is not that old
    assert "ben@stadt.de" in texts(opened(app, "administration"))  # he still has his role


def test_the_record_keeps_the_name_and_zero_shows_it_for_ever(acted, app, monkeypatch):
    assert set(archive.history(acted)["who"]) >= {"ada@stadt.de", "cem@stadt.de"}
    acted.close()
    monkeypatch.setenv("MONITORING_NAMES_FOR_MONTHS", "0")
    assert "cem@stadt.de" in texts(opened(app, "deliveries"))


def test_the_limit_is_the_beginning_of_a_day(acted, app, monkeypatch):
    assert datetime(2026, 1, 1) < NOW
    acted.close()
    monkeypatch.setenv("MONITORING_NAMES_FOR_MONTHS", "24")
    shown = texts(opened(app, "deliveries"))
    assert "ada@" not in shown and "cem@" not in shown
