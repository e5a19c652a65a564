"""Buttons that were shown to someone who had the right, and are pressed when it is gone.

Streamlit makes the bytes of a download on a thread without a session, long after the page was made: the tests do so.
"""

import ast
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from indicators.access import ForbiddenError, Role
from indicators.access.logins import EndedLogins
from indicators.ui import login, session
from tests.conftest import filled_template
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, KIM, NOW, came, given

pytestmark = pytest.mark.slow

UI = Path(__file__).parents[2] / "indicators" / "ui"
WRITING = {
    "confirm", "keep_target", "withdraw", "restore", "act", "assign", "backup", "running_check", "contribute",
    "publish", "consent_to",
}  # fmt: skip


@pytest.fixture(autouse=True)
def with_login(app, monkeypatch):
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    at(monkeypatch, NOW)
    came(app, nonce="first").run()


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: moment)


@pytest.fixture
def pressed(app, monkeypatch) -> Callable[[str], bytes]:
    """Presses a download button of the page as it was shown last; gives the bytes."""
    makers: dict[str, Callable[[], bytes]] = {}
    original = MediaFileManager.add_deferred

    def add_deferred(self, make, *arguments, **how):
        file_id = original(self, make, *arguments, **how)
        makers[file_id] = make
        return file_id

    monkeypatch.setattr(MediaFileManager, "add_deferred", add_deferred)

    def press(label: str) -> bytes:
        found = next(button.proto for button in app.get("download_button") if button.proto.label == label)
        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(makers[found.deferred_file_id]).result()

    return press


OFFERED = [
    (Role.STEERING, (), "overview", "XLSX"),
    (Role.OFFICE, (), "indicator", "XLSX"),
    (Role.REPORTER, ("FB 51",), "deliver", "Vorlage herunterladen"),
    (Role.OFFICE, (), "deliver", "ZIP"),
    (Role.REPORTER, ("FB 51",), "deliveries", "Originaldatei herunterladen"),
    (Role.ADMINISTRATOR, (), "administration", "Sicherung herunterladen"),
    (Role.ADMINISTRATOR, (), "administration", "XLSX"),
]


def offered(app, page: str, word: str) -> str:
    """The page with a button whose label holds the word: its label."""
    opened(app, page)
    if word == "Sicherung herunterladen":
        next(button for button in app.button if button.label == "Jetzt sichern").click().run()
    labels = [button.proto.label for button in app.get("download_button")]
    return next(label for label in labels if word in label or (word == "XLSX" and "Excel-Arbeitsmappe" in label))


@pytest.mark.parametrize(("role", "reporters", "page", "word"), OFFERED)
def test_a_file_is_made_for_whoever_still_has_the_right(app, pressed, role, reporters, page, word):
    given(role, reporters=reporters)
    assert len(pressed(offered(app, page, word))) > 100


@pytest.mark.parametrize(("role", "reporters", "page", "word"), OFFERED)
def test_no_file_once_the_role_is_taken(app, pressed, role, reporters, page, word):
    given(role, reporters=reporters)
    label = offered(app, page, word)
    given()
    with pytest.raises(ForbiddenError):
        pressed(label)


@pytest.mark.parametrize(("role", "reporters", "page", "word"), OFFERED)
def test_no_file_once_the_login_has_run_out(app, pressed, monkeypatch, role, reporters, page, word):
    given(role, reporters=reporters)
    label = offered(app, page, word)
    at(monkeypatch, NOW + timedelta(hours=11))
    with pytest.raises(ForbiddenError):
        pressed(label)


@pytest.mark.parametrize(("role", "reporters", "page", "word"), OFFERED)
def test_no_file_once_the_login_was_left_in_another_window(app, pressed, role, reporters, page, word):
    given(role, reporters=reporters)
    label = offered(app, page, word)
    session.ended_logins().end({"iat": NOW.replace(tzinfo=UTC).timestamp(), "nonce": "first"}, NOW)
    with pytest.raises(ForbiddenError):
        pressed(label)


def test_no_true_values_for_someone_who_may_only_have_others_by_now(app, pressed):
    given(Role.OFFICE)
    label = offered(app, "indicator", "XLSX")
    given(Role.STEERING)
    with pytest.raises(ForbiddenError):
        pressed(label)


def test_no_file_of_a_page_that_one_may_not_open_any_more(app, pressed):
    given(Role.STEERING)
    label = offered(app, "indicator", "XLSX")
    given(Role.READER)
    with pytest.raises(ForbiddenError, match="inzwischen"):
        pressed(label)


def test_no_file_of_a_reporter_that_one_no_longer_delivers_for(app, pressed):
    given(Role.REPORTER, reporters=("FB 51",))
    labels = [offered(app, "deliveries", "Originaldatei herunterladen")]
    given(Role.REPORTER, reporters=("AWO",))
    with pytest.raises(ForbiddenError):
        pressed(labels[0])


class TestWriting:
    """What stands on the page when the right goes writes nothing any more; the next run shows another page."""

    def click(self, app, label: str) -> None:
        next(button for button in app.button if button.label == label).click().run()

    def count(self, table: str) -> int:
        return session.store().value(f"select count(*) from {table}")

    def withdraw(self, app) -> None:
        opened(app, "deliveries", nummer="6")
        next(field for field in app.text_input if field.label == "Grund").input("Zahlendreher")

    @pytest.mark.parametrize("left", [False, True])
    def test_a_withdrawal(self, app, monkeypatch, left):
        given(Role.OFFICE)
        self.withdraw(app)
        at(monkeypatch, NOW + timedelta(hours=11)) if left else given(Role.STEERING)
        self.click(app, "Zurückziehen")
        assert self.count("event") == 6

    def test_a_restoration(self, app):
        given(Role.OFFICE)
        self.withdraw(app)
        self.click(app, "Zurückziehen")
        next(field for field in app.text_input if field.label == "Grund").input("doch nicht")
        given(Role.ADMINISTRATOR)
        self.click(app, "Wiederherstellen")
        assert self.count("event") == 7

    def test_a_delivery_after_the_login_was_left_elsewhere(self, app, small_city):
        given(Role.OFFICE)
        opened(app, "deliver")
        app.file_uploader[0].upload("FB51_2025.xlsx", filled_template(small_city, 2025)).run()
        session.ended_logins().end(app.user, NOW)
        self.click(app, "Übernehmen")
        assert self.count("delivery") == 6
        assert [button.label for button in app.button] == ["Anmelden"]

    def test_a_role(self, app):
        given(Role.ADMINISTRATOR)
        opened(app, "administration")
        form = {element.label: element for element in (*app.text_input, *app.multiselect)}
        form["Name, unter dem sich die Person anmeldet"].input("jo@stadt.de")
        form["Rollen (keine: Zugang entziehen)"].set_value([Role.OFFICE])
        given(Role.OFFICE)
        self.click(app, "Rollen geben")
        assert session.store().rows("select name from user_role where name <> $kim", {"kim": KIM}) == []

    @pytest.mark.parametrize("label", ["Jetzt sichern", "Prüfen, was sie bringt"])
    def test_a_backup(self, app, home, label):
        given(Role.ADMINISTRATOR)
        opened(app, "administration")
        self.click(app, "Jetzt sichern")
        given(Role.OFFICE)
        self.click(app, label)
        assert len(list((home / "data" / "backups").glob("*.duckdb"))) == 1
        assert "unbeschädigt" not in texts(app)


class TestLogout:
    """Leaving ends the login itself, not only the window in which somebody pressed the button."""

    def leave(self, app) -> dict[str, object]:
        given(Role.OFFICE)
        opened(app, "deliveries")
        kept = dict(app.user)
        next(button for button in app.button if button.label == "Abmelden").click().run()
        return kept

    def test_the_page_that_is_open_shows_nothing_more(self, app):
        self.leave(app)
        assert [button.label for button in app.button] == ["Anmelden"]
        assert "FB51" not in texts(app)

    def test_a_copy_of_the_cookie_opens_nothing(self, app):
        app.user = self.leave(app)
        app.run()
        assert [button.label for button in app.button] == ["Anmelden"]
        assert "FB51" not in texts(app)

    def test_not_even_after_a_restart(self, app):
        kept = self.leave(app)
        assert EndedLogins(session.store()).include(kept)

    def test_the_next_login_is_another_one(self, app):
        self.leave(app)
        came(app, nonce="second")
        assert "FB51_2024.xlsx" in texts(opened(app, "deliveries"))

    def test_leaving_works_on_a_full_disk(self, app, monkeypatch):
        given(Role.OFFICE)
        opened(app, "deliveries")
        kept = dict(app.user)
        monkeypatch.setattr(session.store()._room, "least", 1 << 60)
        next(button for button in app.button if button.label == "Abmelden").click().run()
        app.user = kept
        app.run()
        assert [button.label for button in app.button] == ["Anmelden"]


def calls(tree: ast.AST) -> set[str]:
    """The last names of what is called within."""
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in called
        if hasattr(one, "attr") or hasattr(one, "id")
    }


@pytest.mark.parametrize(
    "file", sorted([*UI.glob("*.py"), *(UI.parents[1] / "pages").glob("*.py")]), ids=lambda f: f.stem
)
def test_nothing_is_written_or_handed_out_without_asking(file):
    """One place offers files; whatever writes demands the right in the same function."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert file.stem == "downloads" or "download_button" not in calls(tree)
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        if calls(function) & WRITING:
            assert "demand" in calls(function), function.name
