"""What each role finds on the pages of a city where people log in: nothing beside it, by whatever way they come."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indicators.access import Assignment, Role, allowed_pages, assign, assigned, everyone
from indicators.access import User as Person
from indicators.deliveries.staging import confirm, stage
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.suppression import Hidden, HiddenValue
from indicators.templates.template import build_template, fill_template, template_slots
from indicators.ui import login, session
from indicators.ui.navigation import PAGES
from tests.conftest import content_of, filled_template
from tests.pages.test_pages import opened, texts

pytestmark = pytest.mark.slow

NOW = datetime(2026, 2, 1, 9)
AUTH = dict.fromkeys(login.NEEDED, "x" * login.SHORTEST_SECRET)
KIM = "kim@stadt.de"


@pytest.fixture(autouse=True)
def with_login(app, monkeypatch):
    """People log in here; nobody is logged in yet."""
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    app.user = {"is_logged_in": False}


def came(app, issued: datetime = NOW, **claims: object):
    app.user = {"is_logged_in": True, "email": KIM, "iat": issued.replace(tzinfo=UTC).timestamp(), **claims}
    return app


def given(*roles: Role, reporters: tuple[str, ...] = ()) -> None:
    assign(session.store(), KIM, Assignment(frozenset(roles), frozenset(reporters)), "IT", NOW)


def content(app) -> str:
    """What stands on the page beside the style sheet."""
    return re.sub(r"<style>.*?</style>", "", texts(app), flags=re.DOTALL)


SECRETS = ("Betreuungsquote", "FB51", "Fachbereich Kinder", "Musterstadt")
FOR_NO_READER = SECRETS[:-1]
"""The city's name is printed above every page that somebody may open."""


@pytest.mark.parametrize("page", [entry.file for entry in PAGES])
def test_a_stranger_sees_the_login_on_every_page_and_nothing_else(app, page):
    app.switch_page(f"pages/{page}.py").run()
    assert [button.label for button in app.button] == ["Anmelden"]
    assert not any(word in content(app) for word in SECRETS)
    assert not app.get("page_link")


@pytest.mark.parametrize("forged", [{"rolle": "administrator"}, {"role": "office"}, {"is_logged_in": "true"}])
def test_an_address_makes_nobody_known(app, forged):
    for name, value in forged.items():
        app.query_params[name] = value
    app.run()
    assert [button.label for button in app.button] == ["Anmelden"]


@pytest.mark.parametrize(
    "said",
    [
        {"is_logged_in": "true", "email": KIM, "iat": NOW.replace(tzinfo=UTC).timestamp()},
        {"is_logged_in": 1, "email": KIM, "iat": NOW.replace(tzinfo=UTC).timestamp()},
        {"is_logged_in": True, "email": KIM},
        {"is_logged_in": True, "email": KIM, "iat": datetime(2026, 1, 31, tzinfo=UTC).timestamp()},
        {"email": KIM, "iat": NOW.replace(tzinfo=UTC).timestamp()},
        {},
    ],
)
def test_a_login_that_is_none_or_has_run_out_opens_nothing(app, said):
    came(app).run()
    given(Role.OFFICE)
    app.user = said
    app.run()
    assert [button.label for button in app.button] == ["Anmelden"]
    assert not any(word in content(app) for word in SECRETS)


def test_a_login_that_has_run_out_says_so(app):
    came(app, datetime(2026, 1, 31)).run()
    assert "Ihre Anmeldung ist abgelaufen" in texts(app)


def test_someone_without_a_role_is_told_whom_to_ask(app):
    came(app).run()
    assert "Noch kein Zugang" in texts(app)
    assert [button.label for button in app.button] == ["Abmelden"]
    assert not any(word in content(app) for word in SECRETS)


@pytest.mark.parametrize("page", [entry.file for entry in PAGES])
@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_for_its_roles_only(app, role, page):
    codes = ("FB 51",) if role is Role.REPORTER else ()
    came(app).run()
    given(role, reporters=codes)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    if page in allowed_pages(Person(KIM, frozenset({role}), frozenset(codes))):
        assert "Dafür fehlt Ihnen das Recht" not in texts(app)
        assert "nicht vollständig angezeigt" not in texts(app)
        assert len(app.title) == 1
    elif page == PAGES[0].file:  # leads on to the first page that may be opened
        assert [title.value for title in app.title] == ["Freigegebene Kennzahlen"]
        assert not any(word in content(app) for word in FOR_NO_READER)
    else:
        assert [title.value for title in app.title] == ["Dafür fehlt Ihnen das Recht"]
        assert not any(word in content(app) for word in SECRETS)
        assert not app.get("download_button") and not app.get("file_uploader")


def test_a_role_that_is_taken_is_gone_at_the_next_click(app):
    came(app).run()
    given(Role.OFFICE)
    assert "FB51_2024.xlsx" in texts(opened(app, "deliveries"))
    given()
    app.run()
    assert "Noch kein Zugang" in texts(app)
    assert "FB51_2024.xlsx" not in texts(app)


def test_a_role_from_a_claim(app, home, monkeypatch):
    (home / "settings.toml").write_text(
        'role_claim = "groups"\nreporter_claim = "stelle"\nrole_values = {"im-fb" = "reporter"}\n', encoding="utf-8"
    )
    came(app, groups=["im-fb"], stelle="FB 51").run()
    shown = texts(app)
    assert "meldende Stelle" in shown
    assert KIM in shown.replace("\\", "")


class TestReporter:
    """Departments and providers deliver and see their own, and nothing of the others."""

    @pytest.fixture(autouse=True)
    def reporter(self, app):
        came(app).run()

    def upload(self, app, content):
        opened(app, "deliver")
        app.file_uploader[0].upload("FB51_2025.xlsx", content).run()
        return texts(app)

    def test_delivers_its_own_under_its_own_name(self, app, small_city):
        given(Role.REPORTER, reporters=("FB 51",))
        assert "Alles in Ordnung" in self.upload(app, filled_template(small_city, 2025))
        next(button for button in app.button if button.label == "Übernehmen").click().run()
        assert "Gespeichert als Lieferung 7" in texts(app)
        assert session.store().value("select committed_by from delivery where id = 7") == KIM

    def test_gets_only_its_own_template(self, app):
        given(Role.REPORTER, reporters=("AWO",))
        opened(app, "deliver")
        assert app.selectbox(key="template-reporter").options == ["Arbeiterwohlfahrt"]
        assert "ZIP" not in str([button.proto.label for button in app.get("download_button")])

    def test_learns_nothing_from_another_ones_template(self, app, small_city):
        given(Role.REPORTER, reporters=("AWO",))
        shown = self.upload(app, filled_template(small_city, 2024, kinder=401.0, kita_kinder=9999.0))
        assert "Die Datei ist eine Vorlage für FB 51. Sie liefern für AWO." in shown
        assert "Nicht übernommen: 1 Fehler" in shown
        assert not re.search(r"\b(400|401|130|9\.?999)\b", content(app))
        assert "Übernehmen" not in [button.label for button in app.button]

    def test_cannot_commit_once_the_right_is_gone(self, app, small_city):
        given(Role.REPORTER, reporters=("FB 51",))
        self.upload(app, filled_template(small_city, 2025))
        given(Role.REPORTER, reporters=("AWO",))
        next(button for button in app.button if button.label == "Übernehmen").click().run()
        assert session.store().value("select count(*) from delivery") == 6

    def test_sees_its_own_deliveries_without_the_way_back(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        shown = texts(opened(app, "deliveries", nummer="6"))
        assert "FB51_2024.xlsx" in shown
        assert len(app.get("download_button")) == 1
        assert "Zurückziehen" not in [button.label for button in app.button]

    def test_sees_no_one_elses_deliveries(self, app):
        given(Role.REPORTER, reporters=("AWO",))
        shown = texts(opened(app, "deliveries", nummer="6"))
        assert not any(word in shown for word in ("FB51", "Fachbereich Kinder"))
        assert not app.get("download_button")


def test_the_steering_group_sees_who_delivered_but_no_originals(app):
    came(app).run()
    given(Role.STEERING)
    shown = texts(opened(app, "deliveries", nummer="6"))
    assert "FB51_2024.xlsx" in shown
    assert not app.get("download_button")
    assert "sehen nur die Stabsstelle" in shown


class TestSmallNumbers:
    """Three foreign children in 2025, fewer than five, of a hundred (3,0 %): for the office only."""

    @pytest.fixture(autouse=True)
    def three(self, app):
        came(app).run()
        store, catalogue = session.store(), session.catalogue()
        blank = build_template(catalogue, "FB 51", Period.of_year(2025))
        kita = {"": 103.0, "herkunft=auslaendisch": 3.0, "herkunft=deutsch": 100.0}
        values: dict[tuple[str, Breakdown], float | Sign] = {
            (slot.base_figure, slot.breakdown): kita[slot.breakdown.code]
            if slot.base_figure == "kita_kinder"
            else content_of(slot.base_figure, slot.breakdown, 2025)
            for slot in template_slots(blank)
        }
        upload = Upload("FB51_2025.xlsx", fill_template(blank, values), "Test")
        staged = stage(store, catalogue, upload, NOW)
        confirm(store, catalogue, staged, NOW, dict.fromkeys(staged.to_explain, "geprüft"))

    def page(self, app):
        return content(opened(app, "indicator", kennzahl="B-01", ansicht="tabelle", gruppe="herkunft=auslaendisch"))

    def test_are_seen_by_the_office(self, app):
        given(Role.OFFICE)
        assert ">3,0<" in self.page(app)

    @pytest.mark.parametrize("role", [Role.STEERING, Role.REPORTER])
    def test_are_hidden_from_others_even_after_the_office_has_looked(self, app, role):
        given(Role.OFFICE)
        assert ">3,0<" in self.page(app)
        given(role, reporters=("AWO",) if role is Role.REPORTER else ())
        shown = self.page(app)
        assert "30,0" in shown  # 2024, with thirty of a hundred, stays
        assert ">3,0<" not in shown
        assert ">3<" not in shown


class TestAdministrator:
    """Keeps the list of roles while the app runs."""

    @pytest.fixture(autouse=True)
    def administrator(self, app):
        came(app).run()
        given(Role.ADMINISTRATOR)
        opened(app, "administration")

    def give(self, app, name, roles, reporters=()):
        form = {element.label: element for element in (*app.text_input, *app.multiselect)}
        form["Name, unter dem sich die Person anmeldet"].input(name)
        form["Rollen (keine: Zugang entziehen)"].set_value(list(roles))
        form["Liefert für"].set_value(list(reporters))
        next(button for button in app.button if button.label == "Rollen geben").click().run()
        assert not app.exception
        return content(app)

    def test_gives_roles_that_count_and_are_on_record(self, app):
        shown = self.give(app, "Jo@Stadt.de", [Role.REPORTER], ["AWO"])
        assert re.search(r">jo@stadt.de</td><td [^>]*>meldende Stelle</td><td [^>]*>AWO</td>", shown)
        assert assigned(session.store(), "jo@stadt.de") == Assignment(frozenset({Role.REPORTER}), frozenset({"AWO"}))
        assert everyone(session.store())[0].by == KIM

    def test_is_told_what_is_missing(self, app):
        assert "mindestens eine Stelle" in self.give(app, "jo@stadt.de", [Role.REPORTER])

    def test_cannot_lock_itself_out(self, app):
        assert "nicht selbst nehmen" in self.give(app, KIM.upper(), [Role.READER])
        assert assigned(session.store(), KIM).roles == {Role.ADMINISTRATOR}


def test_the_page_files_alone_are_guarded(app):
    """Each of them asks first: a cold deep link runs the file without dashboard.py."""
    for entry in PAGES:
        lines = (Path("pages") / f"{entry.file}.py").read_text(encoding="utf-8").splitlines()
        first = next(line for line in lines if line and not line.startswith(('"""', "import", "from", " ", ")")))
        assert first == "through_dashboard()", entry.file


@pytest.mark.parametrize(("role", "told"), [(Role.OFFICE, True), (Role.STEERING, False)])
def test_only_the_office_is_told_of_hidden_numbers_that_can_be_narrowed_down(app, monkeypatch, role, told):
    small = HiddenValue("kinder", Breakdown.of(herkunft="deutsch"), Period.of_year(2024), 3.0, small=True, safe=False)
    monkeypatch.setattr("indicators.knowledge.snapshot.hidden_in_every_view", lambda store, catalogue: Hidden((small,)))
    app.run()
    given(role)
    shown = texts(opened(came(app), "overview"))
    assert ("Gesperrt, aber nicht sicher" in shown) is told
    assert ("- Kinder, Deutsche, 2024" in shown) is told
