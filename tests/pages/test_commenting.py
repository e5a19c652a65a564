"""Remarks on the page of an indicator: written, read by others, seen at the point, taken back."""

from datetime import date, datetime

import pytest

from indicators.access import Role, User
from indicators.knowledge import comments, releases
from indicators.knowledge.bodies import bodies
from indicators.knowledge.comments import About
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.ui import session
from tests.pages.conftest import forget_everything
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)
TEXT = "Zwei neue Kitas im Sommer eröffnet."
SAID = f"{TEXT} (Stabsstelle Integration, 01.02.2026)"
AWO = User("awo@stadt.de", frozenset({Role.REPORTER}), frozenset({"AWO"}))
FB51 = User("kita@stadt.de", frozenset({Role.REPORTER}), frozenset({"FB 51"}))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)


def at(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: moment)


def sits_there(monkeypatch, user: User) -> None:
    monkeypatch.setattr(session, "user", lambda said=None: user)


def shown(app, code: str = "B-01", **more: str) -> str:
    return texts(opened(app, "indicator", kennzahl=code, **more)).replace("\\", "")


def press(app, label: str) -> str:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return texts(app).replace("\\", "")


def offered(app) -> bool:
    return any(button.label == "Bemerkung speichern" for button in app.button)


def remark(app, text: str = TEXT, about: About = About.COURSE, code: str = "B-01") -> str:
    shown(app, code)
    next(one for one in app.radio if one.label == "Wozu").set_value(about).run()
    next(one for one in app.text_area if one.label == "Bemerkung").input(text)
    return press(app, "Bemerkung speichern")


def test_a_remark_is_seen_at_once_again_and_by_the_next_person_and_after_a_restart(app, monkeypatch):
    assert TEXT not in shown(app)
    after = remark(app)
    assert "Die Bemerkung ist gespeichert" in after and f"(1) 2024: {SAID}" in after
    assert next(one for one in app.text_area if one.label == "Bemerkung").value == ""
    assert f"(1) 2024: {SAID}" in shown(app)
    assert TEXT not in shown(app, stand="2026-01-15") and not offered(app)
    sits_there(monkeypatch, User("Pat", frozenset({Role.STEERING})))
    assert SAID in shown(app, stand="heute") and not offered(app)
    session.store().close()
    forget_everything()
    assert SAID in shown(app)


@pytest.mark.parametrize(
    ("text", "said"), [("", "Bitte die Bemerkung schreiben"), ("Nur 3 Kinder.", "keine Zahlen nennen")]
)
def test_what_must_not_stand_there_is_told(app, text, said):
    assert said in remark(app, text)
    assert comments.comments(session.store(), TODAY) == ()


def test_markup_and_addresses_stay_text(app):
    told = remark(app, "<b>Neu</b> ![x](y) **fett**")
    assert "&lt;b&gt;Neu&lt;/b&gt; ![x](y) **fett**" in told  # in the table, which escapes it
    [caption] = [one.value for one in app.caption if "fett" in one.value]
    assert "**fett**" not in caption and "![x]" not in caption
    assert "keine Adressen" in remark(app, "Mehr unter https://example.org")


def test_a_revision_that_is_none_is_refused(app):
    assert "nie berichtigt" in remark(app, "Nachmeldung.", About.REVISION)


def test_a_reporter_remarks_where_it_delivers_and_takes_back_its_own_only(app, monkeypatch):
    remark(app)
    sits_there(monkeypatch, AWO)
    shown(app)
    assert not offered(app)
    sits_there(monkeypatch, FB51)
    assert SAID in shown(app) and offered(app)
    assert not any(one.key == "comment-back" for one in app.selectbox)
    told = remark(app, "Umstellung der Fachanwendung.", About.INDICATOR)
    assert "Bemerkung: Umstellung der Fachanwendung." in told
    [own] = next(one for one in app.selectbox if one.key == "comment-back").options
    assert "Umstellung" in own


@pytest.mark.parametrize("everywhere", [False, True])
def test_it_is_taken_back_from_now_on_or_from_every_state(app, monkeypatch, everywhere):
    remark(app)
    at(monkeypatch, datetime(2026, 2, 5, 9))
    shown(app)
    assert "Bitte einen Grund nennen" in press(app, "Zurücknehmen")
    if everywhere:
        next(one for one in app.checkbox if one.key == "comment-everywhere").check().run()
    next(one for one in app.text_input if one.label == "Grund" and one.form_id == "comment-withdraw").input("überholt")
    assert SAID not in press(app, "Zurücknehmen")
    assert SAID not in shown(app)
    assert (SAID in shown(app, stand="2026-02-02")) is not everywhere


def test_readers_see_it_with_the_state_that_was_released(app, monkeypatch):
    opened(app, "overview")
    releases.release(session.store(), "B-01", TODAY, "Kim", TODAY, "Beschluss")
    at(monkeypatch, datetime(2026, 2, 2, 9))
    remark(app)
    sits_there(monkeypatch, User("Leserin", frozenset({Role.READER})))
    assert TEXT not in texts(opened(app, "published")).replace("\\", "")
    releases.release(session.store(), "B-01", datetime(2026, 2, 2, 9), "Kim", datetime(2026, 2, 2, 9), "Beschluss")
    assert TEXT in texts(opened(app, "published")).replace("\\", "")


def test_the_meeting_reads_it_on_its_slide(app):
    remark(app, "Zählung umgestellt.", About.INDICATOR)
    number = keep_meeting(session.store(), Meeting(0, bodies(session.store())[0], date(2026, 2, 1)), "Kim", TODAY)
    keep_plan(session.store(), number, (Slide(SlideKind.INDICATOR, "B-01"),), "Kim", TODAY)
    told = texts(opened(app, "meeting", sitzung=str(number), folie="kennzahl-B-01"))
    assert "Zählung umgestellt." in told
