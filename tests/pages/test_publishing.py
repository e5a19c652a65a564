"""Releasing an indicator: the office decides, readers see exactly that, and it stays as it was."""

from datetime import datetime, timedelta

import pytest

from indicators.access import Role
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge.releases import released
from indicators.ledger.commits import Upload
from indicators.store import audit
from indicators.ui import login, session
from tests.conftest import filled_template
from tests.pages.test_pages import opened
from tests.pages.test_roles import AUTH, NOW, came, content, given

pytestmark = pytest.mark.slow

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def with_login(app, monkeypatch):
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    at(monkeypatch, NOW)
    came(app).run()


def at(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: moment)


def decide(app, label: str, reason: str = "Beschluss vom 20.01.2026") -> str:
    """The office presses a button of the panel beside B-01, with this reason."""
    given(Role.OFFICE)
    opened(app, "indicator", kennzahl="B-01")
    form = next(button for button in app.button if button.label == label).proto.form_id
    next(field for field in app.text_input if field.proto.form_id == form).input(reason)
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return content(app)


def read(app, **parameters: str) -> str:
    """What a reader finds."""
    given(Role.READER)
    return content(opened(app, "published", ansicht="tabelle", **parameters))


def deliver_2025(small_city) -> None:
    upload = Upload("FB51_2025.xlsx", filled_template(small_city, 2025), "Test")
    staged = stage(session.store(), small_city, upload, LATER)
    confirm(session.store(), small_city, staged, LATER, dict.fromkeys(staged.to_explain, "geprüft"))


def test_nothing_is_released_until_somebody_does(app):
    shown = read(app)
    assert "Zurzeit ist keine Kennzahl freigegeben" in shown
    assert "Betreuungsquote" not in shown


def test_a_reader_sees_what_was_released_and_nothing_else(app):
    assert "Freigegeben am 01.02.2026" in decide(app, "Freigeben")
    shown = read(app)
    assert "Betreuungsquote" in shown
    assert "32,5" in shown
    assert "Beschluss vom 20.01.2026" in shown
    assert "Nächste Lieferung" not in shown
    assert [link.label for link in app.get("page_link")] == ["Freigegeben"]
    for page in ("field", "indicator", "definitions", "what_if", "deliveries"):
        app.switch_page(f"pages/{page}.py").run()
        assert app.title[0].value == "Dafür fehlt Ihnen das Recht"
        assert "Betreuungsquote" not in content(app)


def test_the_bare_address_leads_a_reader_to_the_own_first_page(app):
    given(Role.READER)
    app.switch_page("pages/overview.py").run()
    assert app.title[0].value == "Freigegebene Kennzahlen"


def test_an_address_brings_nothing_that_is_not_released(app):
    decide(app, "Freigeben")
    assert "Betreuungsquote" in read(app, kennzahl="B-02")
    [choice] = (box for box in app.selectbox if box.label == "Kennzahl")
    assert [option.split()[0] for option in choice.options] == ["B-01"]


def test_it_stays_as_it_was_until_a_newer_state_is_released(app, small_city, monkeypatch):
    decide(app, "Freigeben")
    before = read(app)
    assert "2019 bis 2024" in before
    deliver_2025(small_city)
    at(monkeypatch, LATER + timedelta(minutes=1))
    came(app, LATER)
    assert read(app) == before
    given(Role.OFFICE)
    assert "2019 bis 2025" in content(opened(app, "indicator", kennzahl="B-01", ansicht="tabelle"))
    decide(app, "Neu freigeben", "Bericht 2026")
    assert "2019 bis 2025" in read(app)


def test_an_end_is_an_end_and_all_is_on_record(app, monkeypatch):
    decide(app, "Freigeben")
    decide(app, "Freigabe beenden", "Zahl wird geprüft")
    assert "Zurzeit ist keine Kennzahl freigegeben" in read(app)
    changes = audit.changes(session.store())
    found = changes[changes["source"] == "release"][["action", "subject", "earlier", "later", "reason"]]
    assert found.to_numpy().tolist() == [
        ["end-release", "B-01", "2026-02-01T09:00:00", "", "Zahl wird geprüft"],
        ["release", "B-01", "", "2026-02-01T09:00:00", "Beschluss vom 20.01.2026"],
    ]
    given(Role.ADMINISTRATOR)
    shown = content(opened(app, "administration"))
    assert "Kennzahl freigegeben" in shown
    assert "nicht freigegeben" in shown
    assert "Stand 01.02.2026, 10:00" in shown


def test_without_a_reason_nothing_happens(app):
    assert "Bitte einen Grund angeben" in decide(app, "Freigeben", "  ")
    assert not released(session.store())


@pytest.mark.parametrize("role", [Role.STEERING, Role.REPORTER, Role.ADMINISTRATOR])
def test_only_the_office_releases(app, role):
    given(role, reporters=("AWO",) if role is Role.REPORTER else ())
    opened(app, "indicator", kennzahl="B-01")
    assert not [button for button in app.button if "reigeben" in button.label or "Freigabe" in button.label]


def test_a_right_that_is_gone_is_gone_in_an_open_window(app):
    given(Role.OFFICE)
    opened(app, "indicator", kennzahl="B-01")
    given(Role.STEERING)
    next(button for button in app.button if button.label == "Freigeben").click().run()
    assert not released(session.store())


def test_an_earlier_state_can_be_released(app):
    given(Role.OFFICE)
    opened(app, "indicator", kennzahl="B-01", stand="nr2")
    next(field for field in app.text_input if field.label == "Grund").input("Bericht 2022")
    next(button for button in app.button if button.label == "Freigeben").click().run()
    moment = session.store().value("select happened_at from event where id = 2")
    assert released(session.store())["B-01"].moment == moment
    assert moment < NOW
