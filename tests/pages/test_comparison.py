"""„Städtevergleich“ as people see it: two visits, two people, a consent that goes meanwhile, renamed codes."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from indicators.access import Role
from indicators.catalogue import load_texts
from indicators.catalogue.editing import Place, renamed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ring import By, Level, Ring, publish
from indicators.ring.shared import shared
from indicators.store import Store
from indicators.ui import login, session
from tests.pages.conftest import forget_everything
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, came, given
from tests.ring.conftest import Town, counted, defined

NOW = datetime(2026, 2, 1, 9)
BY = By("Andere", NOW - timedelta(days=9), "Beschluss")
FILE = "vergleichsring.duckdb"


@pytest.fixture
def ring(home: Path, app, monkeypatch) -> Iterator[Store]:
    """A ring with a state that shares the small city's definitions, and two more cities with day care."""
    place = home / "data" / FILE
    (home / "settings.toml").write_text(f"ring = {json.dumps(str(place))}\nring_member = 'musterstadt'\n", "utf-8")
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    store = session.installation().ring.store
    yield store


def city(store: Store, member: str, *, leads: bool = False) -> Town:
    return Town(Ring(store, Store(now=datetime(2020, 1, 1)), member, leads), **defined(member.capitalize(), ()))


@pytest.fixture
def others(ring: Store) -> dict[str, Town]:
    land = city(ring, "land", leads=True)
    publish(land.ring, land.presence, land.catalogue, land.texts, BY)
    found = {"land": land}
    for name, kita in (("adorf", 90.0), ("bdorf", 250.0), ("cdorf", 150.0)):
        one = city(ring, name)
        for year in ("2023", "2024"):
            one.deliver(("kita_kinder", "FB 51", year, "", kita), ("kinder", "FB 51", year, "", 400.0), at=BY.at)
        one.consent("B-01", at=BY.at)
        one.contribute("B-01", at=BY.at)
        found[name] = one
    return found


def press(app, label: str) -> str:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return texts(app)


def part(app, code: str):
    return opened(app, "comparison", bereich=code)


def consent(app, reason: str = "Beschluss vom 1.2.") -> str:
    part(app, "mitmachen")
    app.multiselect(key="ring-consent-codes").set_value(["B-01"]).run()
    app.text_input[0].input(reason)
    return press(app, "Einwilligen")


def test_without_a_ring_there_is_no_link_and_the_page_says_what_is_missing(app):
    app.run()
    assert "Städtevergleich" not in [link.label for link in app.get("page_link")]
    assert "nimmt an keinem Vergleichsring teil" in texts(opened(app, "comparison"))


def test_with_one_there_is_and_before_anything_is_shared_it_says_so(app, ring):
    app.run()
    assert "Städtevergleich" in [link.label for link in app.get("page_link")]
    assert "noch keine gemeinsamen Definitionen" in texts(opened(app, "comparison"))


def test_a_city_consents_contributes_and_is_compared_and_again_at_the_second_visit(app, others):
    app.run()
    shown = texts(opened(app, "comparison", gemeinsam="B-01"))
    assert "62,5" in shown and "Adorf" in shown and "32,5" not in shown
    assert "Die eigene Stadt ist nicht dabei" in shown
    consent(app)
    app.text_input[0].input("Stand")
    press(app, "1 Kennzahl beitragen")
    for _ in range(2):
        shown = texts(opened(app, "comparison", bereich="vergleich", gemeinsam="B-01"))
        # 130 of 400 are 32.5; above lie 62.5 and 37.5, below 22.5
        assert "32,5" in shown and "3 von 4 (Prozentplatz 33)" in shown and "eigene Stadt" in shown
        assert "Median der Städte" in shown
    shown = texts(part(app, "status"))
    assert "3 von 4" in shown and "Status aller Städte" in shown and "Musterstadt" in shown
    assert session.store().value("select who from ring_consent") == "Stabsstelle Integration"


def test_what_is_withdrawn_while_the_page_is_open_is_gone_at_the_next_click(app, others):
    app.run()
    assert "62,5" in texts(opened(app, "comparison", gemeinsam="B-01"))
    others["bdorf"].consent("B-01", level=Level.NONE, at=NOW)
    app.run()
    shown = texts(app)
    assert "62,5" not in shown and "Bdorf" in shown and "keine Einwilligung" in shown


def test_nor_is_it_in_a_file_whose_button_was_shown_before(app, others, monkeypatch):
    from streamlit.runtime.media_file_manager import MediaFileManager

    makers = {}
    original = MediaFileManager.add_deferred

    def add_deferred(self, make, *arguments, **how):
        makers[file_id := original(self, make, *arguments, **how)] = make
        return file_id

    monkeypatch.setattr(MediaFileManager, "add_deferred", add_deferred)
    app.run()
    opened(app, "comparison", gemeinsam="B-01")
    buttons = [one.proto for one in app.get("download_button") if "CSV" in one.proto.label]
    assert any(b"62,5" in makers[one.deferred_file_id]() for one in buttons)
    others["bdorf"].consent("B-01", level=Level.NONE, at=NOW)
    assert not any(b"62,5" in makers[one.deferred_file_id]() for one in buttons)


def test_a_withdrawal_of_ones_own(app, others):
    app.run()
    consent(app)
    app.text_input[0].input("Stand")
    press(app, "1 Kennzahl beitragen")
    app.multiselect(key="ring-consent-codes").set_value(["B-01"]).run()
    app.radio(key="ring-level").set_value(Level.NONE).run()
    assert "Auch frühere Stände zeigen nichts mehr davon" in texts(app)
    app.text_input[0].input("Beschluss aufgehoben")
    press(app, "Einwilligung zurückziehen")
    assert "32,5" not in texts(opened(app, "comparison", bereich="vergleich", gemeinsam="B-01"))


def test_a_definition_that_differs_is_told_field_by_field_and_offers_no_consent(app, others):
    changed = dict(others["land"].texts)
    changed["b_bildung.yaml"] = changed["b_bildung.yaml"].replace("100 * kita_kinder", "1000 * kita_kinder")
    changed["units.yaml"] += "  - {code: Promille, title: Promille, symbol: ‰, decimals: 1, ratio: true}\n"
    changed["b_bildung.yaml"] = changed["b_bildung.yaml"].replace("kinder, unit: Prozent", "kinder, unit: Promille")
    land = others["land"]
    publish(land.ring, land.presence, load_texts(changed), changed, By("Lea", NOW, "Neu"))
    shown = texts(part(app, "mitmachen"))
    assert "anders definiert (B-01)" in shown
    assert "Einheit: bei Ihnen Prozent, im Ring Promille" in shown
    assert not any("B-01" in option for option in app.multiselect(key="ring-consent-codes").options)
    shown = texts(opened(app, "comparison", bereich="vergleich", gemeinsam="B-01"))
    assert "62,5" not in shown and "nach einer früheren gemeinsamen Definition" in shown


def test_a_code_renamed_at_home_and_one_renamed_by_the_state(app, others):
    app.run()
    consent(app)
    press(app, "1 Kennzahl beitragen")
    installation = session.installation()
    texts_now = renamed(installation.texts(), Place("indicators", "B-01"), "K-7")
    basis = versions.last_number(session.store())
    installation.change(texts_now, basis, Decision(Act.EDIT, "Kim", NOW, "Neues Kürzel"))
    land = others["land"]
    theirs = renamed(dict(land.texts), Place("indicators", "B-01"), "Z-1")
    publish(land.ring, land.presence, load_texts(theirs), theirs, By("Lea", NOW, "Neu"))
    assert "übernommen als K-7" in texts(part(app, "mitmachen"))
    assert "32,5" in texts(opened(app, "comparison", bereich="vergleich", gemeinsam="Z-1"))
    press(part(app, "mitmachen"), "1 Kennzahl beitragen")
    assert "32,5" in texts(opened(app, "comparison", bereich="vergleich", gemeinsam="Z-1"))


def test_what_the_city_lacks_it_takes_over_with_one_press(app, others):
    assert "nicht übernommen" in texts(part(app, "mitmachen"))
    app.multiselect(key="ring-take-pick-0").set_value(["C-01"]).run()
    app.text_input[-1].input("Aus dem Ring")
    press(app, "1 Kennzahl übernehmen")
    assert "C-01" in session.catalogue().indicators
    assert "übernommen als C-01" in texts(part(app, "mitmachen"))


def test_an_earlier_moment_shows_what_the_ring_knew_then(app, others):
    one = others["adorf"]
    one.deliver(("kita_kinder", "FB 51", "2025", "", 100.0), ("kinder", "FB 51", "2025", "", 400.0), at=NOW)
    one.contribute("B-01", at=NOW)
    assert "25,0" in texts(opened(app, "comparison", gemeinsam="B-01"))
    shown = texts(opened(app, "comparison", gemeinsam="B-01", stand="2025-01-20"))
    assert "62,5" not in shown and "noch keine gemeinsamen Definitionen" in shown


class TestPeople:
    @pytest.fixture(autouse=True)
    def with_login(self, app, monkeypatch):
        monkeypatch.setattr(login, "auth_section", lambda: AUTH)
        monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
        came(app, nonce="first")

    def test_the_steering_group_reads_and_takes_no_part(self, app, others):
        given(Role.STEERING)
        shown = texts(opened(app, "comparison", gemeinsam="B-01"))
        assert "62,5" in shown
        parts = next(one for one in app.selectbox if one.label == "Ansicht").options
        assert parts == ["Vergleichen", "Status aller Städte"]

    @pytest.mark.parametrize("role", [Role.REPORTER, Role.READER])
    def test_reporters_and_readers_see_nothing_of_it(self, app, others, role):
        given(role, reporters=("FB 51",) if role is Role.REPORTER else ())
        app.switch_page("pages/comparison.py").run()
        assert "62,5" not in texts(app) and "Adorf" not in texts(app)

    @pytest.mark.parametrize("label", ["Einwilligen", "1 Kennzahl beitragen"])
    def test_a_press_after_the_role_is_gone_writes_nothing(self, app, others, label):
        given(Role.OFFICE)
        consent(app) if label != "Einwilligen" else part(app, "mitmachen")
        if label == "Einwilligen":
            app.multiselect(key="ring-consent-codes").set_value(["B-01"]).run()
        app.text_input[0].input("Beschluss")
        before = others["land"].ring.version
        given(Role.STEERING)
        next(button for button in app.button if button.label == label).click().run()
        assert others["land"].ring.version == before

    def test_only_the_state_may_publish(self, app, others, home):
        given(Role.OFFICE)
        part(app, "veroeffentlichen")
        assert "Ansicht nicht gefunden" in texts(app)


def test_the_state_publishes_its_catalogue_and_raises_the_threshold(home, app, ring):
    (home / "settings.toml").write_text(
        f"ring = {json.dumps(str(home / 'data' / FILE))}\nring_member = 'land'\nring_leads = true\n", "utf-8"
    )
    forget_everything()
    part(app, "veroeffentlichen")
    app.text_input(key="ring-threshold").set_value("12").run()
    app.text_input[-1].input("Erlass vom 1.2.")
    shown = press(app, "Veröffentlichen")
    assert "Fassung 1 am 01.02.2026" in shown
    found = session.installation().ring
    assert found.strictest == 12 and "B-01" in shared(found).indicators
    app.text_input[-1].input("Noch einmal")
    assert "schon veröffentlicht" in press(app, "Veröffentlichen")


def test_the_page_is_the_same_letter_by_letter_whatever_a_secret_number_is(app, others):
    others["ddorf"] = city(others["land"].ring.store, "ddorf")
    for name, foreign in (("adorf", 20.0), ("bdorf", 30.0), ("cdorf", 60.0), ("ddorf", 70.0)):
        others[name].take_part(*counted(2025, foreign, 90), at=BY.at)
    app.run()
    seen = []
    for secret in (1.0, 4.0):
        others["cdorf"].deliver(*counted(2025, secret, 90 - secret), at=BY.at)
        others["cdorf"].contribute("C-01", at=BY.at)
        groups = ("gesamt", "herkunft=auslaendisch", "herkunft=deutsch")
        pages = [texts(opened(app, "comparison", bereich="vergleich", gemeinsam="C-01", teil=one)) for one in groups]
        seen.append([*pages, texts(part(app, "status"))])
    assert seen[0] == seen[1]
    assert "Cdorf" in seen[0][1] and "geheim" in seen[0][1]
