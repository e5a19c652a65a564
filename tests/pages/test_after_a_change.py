"""A page that was opened before a change shows the same after it as to whoever comes for the first time.

A correction makes a number small, a catalogue raises a threshold: what is hidden follows from all that is stored and
from the definitions of now, and holds for the state of every earlier day. Nothing is cleared in between.
"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from indicators.access import Role
from indicators.catalogue import Catalogue
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import releases
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.periods import Period
from indicators.templates.template import build_template, fill_template, template_slots
from indicators.ui import login, session
from tests.conftest import content_of
from tests.pages.conftest import DASHBOARD, forget_everything
from tests.pages.test_pages import opened
from tests.pages.test_roles import AUTH, NOW, came, given
from tests.pages.test_secrecy import sent

pytestmark = pytest.mark.slow

THEN = "2025-06-30"
FOREIGN = "herkunft=auslaendisch"
GROUPS = f"{FOREIGN},herkunft=deutsch"
VIEWS = {
    "the chart of an earlier day": ("indicator", {"kennzahl": "B-01", "gruppe": GROUPS, "stand": THEN}),
    "its table": ("indicator", {"kennzahl": "B-01", "gruppe": FOREIGN, "ansicht": "tabelle", "stand": THEN}),
    "the field on that day": ("field", {"feld": "B", "stand": THEN}),
    "the chart of today": ("indicator", {"kennzahl": "B-01", "gruppe": GROUPS, "stand": "heute"}),
    "what was released": ("published", {"kennzahl": "B-01", "gruppe": GROUPS}),
}


def shown() -> dict[str, str]:
    """What is sent to someone who comes now, to a server that has served these pages before."""
    app = came(AppTest.from_file(str(DASHBOARD), default_timeout=30)).run()
    return {name: sent(opened(app, page, **parameters)) for name, (page, parameters) in VIEWS.items()}


def shown_after_a_restart() -> dict[str, str]:
    forget_everything()
    return shown()


def correct(catalogue: Catalogue) -> None:
    """The year 2024 once more, with three foreign children in day care instead of thirty."""
    blank = build_template(catalogue, "FB 51", Period.of_year(2024))
    kita = {"": 130.0, FOREIGN: 3.0, "herkunft=deutsch": 127.0}
    values = {
        (slot.base_figure, slot.breakdown): kita[slot.breakdown.code]
        if slot.base_figure == "kita_kinder"
        else content_of(slot.base_figure, slot.breakdown, 2024)
        for slot in template_slots(blank)
    }
    staged = stage(session.store(), catalogue, Upload("neu.xlsx", fill_template(blank, values), "Test"), NOW)
    confirm(session.store(), catalogue, staged, NOW, dict.fromkeys(staged.to_explain, "Zahlendreher"))


@pytest.fixture
def steering(app, monkeypatch) -> AppTest:
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    came(app).run()
    given(Role.STEERING)
    releases.release(session.store(), "B-01", datetime(2025, 7, 1), "Stabsstelle", datetime(2025, 7, 1), "Beschluss")
    return app


def test_a_correction(steering, small_city):
    before = shown()
    assert "30" in before["the chart of an earlier day"]
    correct(small_city)
    after = shown()
    assert [name for name in VIEWS if after[name] == before[name]] == []
    restarted = shown_after_a_restart()
    assert [name for name in VIEWS if after[name] != restarted[name]] == []


def test_another_threshold(steering, home):
    before = shown()
    file = home / "definitions" / "b_bildung.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("suppress_below: 5", "suppress_below: 40"), "utf-8")
    after = shown()
    assert after["the chart of today"] != before["the chart of today"]
    restarted = shown_after_a_restart()
    assert [name for name in VIEWS if after[name] != restarted[name]] == []


def test_a_withdrawal_and_its_end(steering, small_city):
    """There and back again: the second state is the first one, but for the number of the state of the data."""
    before = shown()
    commits.withdraw(session.store(), 6, NOW, "Test", "falscher Stichtag")
    without = shown()
    assert without["the chart of today"] != before["the chart of today"]
    commits.restore(session.store(), 6, NOW, "Test", "doch richtig")
    after = shown()
    restarted = shown_after_a_restart()
    assert [name for name in VIEWS if after[name] != restarted[name]] == []


@pytest.mark.parametrize(
    ("role", "reporters", "named"),
    [
        (Role.OFFICE, (), True),
        (Role.STEERING, (), True),
        (Role.REPORTER, ("FB 51",), True),
        (Role.REPORTER, ("AWO",), False),
    ],
)
def test_only_who_may_see_deliveries_learns_the_names_of_files(steering, role, reporters, named):
    """In every order: what the office was shown must not lie ready for a reporter."""
    given(Role.OFFICE)
    assert "FB51_2024.xlsx" in sent(opened(steering, "indicator", kennzahl="B-01", stand="heute"))
    given(role, reporters=reporters)
    shown_now = sent(opened(steering, "indicator", kennzahl="B-01", stand="heute"))
    assert ("FB51_2024.xlsx" in shown_now) is named
    given(Role.OFFICE)
    assert "FB51_2024.xlsx" in sent(opened(steering, "indicator", kennzahl="B-01", stand="heute"))
