"""The page of dates, the templates for all, and what a department finds when it comes to deliver."""

from datetime import datetime

import pytest

from indicators.access import Role, User
from indicators.ledger.commits import Upload, record_upload
from indicators.reminders import record
from indicators.reminders.letters import LetterKind, wordings
from indicators.reminders.record import Mail
from indicators.ui import session
from tests.pages.test_pages import opened, texts, to_copy
from tests.reminders.conftest import Server

TODAY = datetime(2026, 2, 1, 9)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return texts(app)


def test_the_list_says_what_is_late_and_narrows(app):
    shown = texts(opened(app, "reminders"))
    assert "Zahlen für 2025</a>" in shown and "überfällig" in shown
    stages = next(one for one in app.multiselect if one.label == "Stand")
    stages.set_value([one for one in stages.options if one == "coming"] or [stages.options[2]]).run()
    assert "Zahlen für 2025</a>" not in texts(app)


def test_without_a_mail_server_nothing_can_be_sent_and_the_page_says_what_to_do(app):
    shown = texts(opened(app, "reminders"))
    assert "kein Mailserver eingerichtet" in shown
    assert not any("senden" in button.label for button in app.button)


@pytest.fixture
def server(monkeypatch):
    found = Server()
    found.start()
    for name, value in {
        "HOST": "localhost",
        "PORT": str(found.port),
        "SECURITY": "none",
        "SENDER": "a@stadt.example",
    }.items():
        monkeypatch.setenv(f"MONITORING_SMTP_{name}", value)
    yield found
    found.stop()


def with_address(home):
    file = home / "definitions" / "reporters.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{code: FB 51,", "{code: FB 51, email: kinder@stadt.example,"), encoding="utf-8")


def test_all_go_out_with_one_press_and_a_second_press_sends_nothing(home, server, app):
    with_address(home)
    opened(app, "reminders")
    label = next(button.label for button in app.button if button.label.startswith("Alle senden"))
    shown = press(app, label)
    assert "gesendet" in shown and set(server.box.recipients) == {"kinder@stadt.example"}
    count = len(server.box.got)
    again = opened(app, "reminders")
    assert not any(button.label.startswith("Alle senden") for button in again.button)
    assert len(server.box.got) == count and "kinder@stadt.example" in texts(again)


def test_one_that_is_unclear_asks_for_a_decision_with_a_reason(app):
    opened(app, "reminders")
    record.begin(session.store(), Mail(0, "late", ("late/FB 51/2025",), "FB 51", "k@s.de", "Zahlen"), "Kim", TODAY)
    assert "unklar" in texts(opened(app, "reminders"))
    next(one for one in app.text_input if one.label == "Grund").set_value("angerufen")
    press(app, "Noch einmal senden lassen")
    [mail] = record.mails(session.store())
    assert (mail.state.value, mail.note) == ("failed", "angerufen")


def test_the_wording_is_kept_and_a_wrong_gap_is_told(app):
    opened(app, "reminders")
    body = next(one for one in app.text_area if one.label == "Text")
    body.set_value("Guten Tag {wer}")
    assert "gibt es hier nicht" in press(app, "Wortlaut speichern").replace("\\", "")
    next(one for one in app.text_area if one.label == "Text").set_value("Guten Tag {stelle}")
    press(app, "Wortlaut speichern")
    assert wordings(session.store())[LetterKind.REQUEST].body == "Guten Tag {stelle}"


def test_the_office_gets_templates_and_letters_of_a_period_and_sees_what_is_open(app):
    opened(app, "deliver")
    next(one for one in app.toggle if one.key == "requests").set_value(True).run()
    shown = texts(app)
    assert "Wer hat was" in shown and "noch nicht" in shown
    assert any(one.proto.label.startswith("Paket mit") for one in app.get("download_button"))
    assert any("Gefragt ist" in one or "fehlt" in one for one in to_copy(app))


def test_a_department_sees_what_is_due_with_its_template_and_what_became_of_its_files(app, monkeypatch):
    kim = User("kim", frozenset({Role.REPORTER}), frozenset({"AWO"}))
    monkeypatch.setattr("indicators.ui.session.user", lambda said=None: kim)
    opened(app, "deliver")
    record_upload(session.store(), Upload("kurse.xlsx", b"x", "kim"), TODAY, "abgewiesen: Hier gehört eine Zahl hin")
    record_upload(session.store(), Upload("fremd.xlsx", b"y", "pat"), TODAY, "übernommen als Lieferung 1")
    shown = texts(opened(app, "deliver")).replace("\\", "")
    assert "Was ansteht" in shown and "4. Quartal 2025" in shown and "FB 51" not in shown
    assert "kurse.xlsx" in shown and "berichtigen" in shown and "fremd.xlsx" not in shown
    assert any(one.proto.label == "Vorlage für 4. Quartal 2025" for one in app.get("download_button"))
    assert "Vorlagen für alle" not in [one.label for one in app.toggle]


def test_a_department_does_not_open_the_page_of_reminders(app, monkeypatch):
    kim = User("kim", frozenset({Role.REPORTER}), frozenset({"AWO"}))
    monkeypatch.setattr("indicators.ui.session.user", lambda said=None: kim)
    app.switch_page("pages/reminders.py").run()
    assert "Zu senden" not in texts(app) and "Wortlaut" not in texts(app)
