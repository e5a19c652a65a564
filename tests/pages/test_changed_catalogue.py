"""The catalogue changes while the app runs: nothing fails on a code that is gone, and a mended file is seen."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.ui import session
from indicators.ui.navigation import PAGES
from tests.conftest import filled_template
from tests.deliveries.own_workbooks import NEXT, cross_table
from tests.deliveries.test_gone_codes import GONE
from tests.pages.test_pages import opened, texts


@pytest.fixture(autouse=True)
def today(monkeypatch):
    from datetime import datetime

    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


def rewrite(home: Path, name: str, edit) -> None:
    """As an editor saves it; the clock of the file system may be coarse."""
    file = home / "definitions" / f"{name}.yaml"
    before = file.stat().st_mtime_ns
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    if file.stat().st_mtime_ns == before:
        os.utime(file, ns=(before + 1_000_000, before + 1_000_000))


@pytest.mark.parametrize("gone", GONE)
def test_every_page_goes_on_after_a_code_is_gone(app, home, small_city, gone):
    app.run()
    opened(app, "deliver")
    app.file_uploader[0].upload("vorlage.xlsx", filled_template(small_city, 2025))
    app.file_uploader[0].upload("kinder.xlsx", cross_table(NEXT, (2023, 2024, 2025)))
    app.run()
    for name, edit in GONE[gone]:
        rewrite(home, name, edit)
    app.run()  # the same files, still chosen, in the same session
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)
    for entry in PAGES:
        opened(app, entry.file, kennzahl="B-01", feld="B", gruppe="herkunft=auslaendisch", nummer="3")
    opened(app, "indicator", kennzahl="B-01", stand="2025-01-20")
    assert "Betreuungsquote" in texts(app)  # the definitions of then


def test_a_changed_title_is_seen_at_the_next_run(app, home):
    assert "Betreuungsquote" in texts(opened(app, "indicator", kennzahl="B-01"))
    rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Anteil betreuter Kinder"))
    app.run()
    assert app.title[0].value == "Anteil betreuter Kinder"
    assert session.store().value("select count(*) from catalogue_version") == 2


class TestAFaultyFile:
    """The last good version stays in force; the office sees what is wrong, others that all goes on."""

    @staticmethod
    def broken(text):
        return text.replace("unit: Prozent", "unit: Prozente")

    def test_it_does_not_stop_the_city_and_is_mended_and_broken_again(self, app, home):
        app.run()
        for _ in range(2):
            rewrite(home, "b_bildung", self.broken)
            for page in ("overview", "field", "indicator", "what_if", "deliver", "deliveries", "administration"):
                shown = texts(opened(app, page, kennzahl="B-01"))
                assert "Der Katalog enthält Fehler" in shown and "Meinten Sie „Prozent“" in shown
            assert "32,5" in texts(opened(app, "indicator", kennzahl="B-01"))
            assert session.ailment()
            rewrite(home, "b_bildung", lambda text: text.replace("unit: Prozente", "unit: Prozent"))
            assert "Der Katalog enthält Fehler" not in texts(opened(app, "indicator", kennzahl="B-01"))
            assert not session.ailment()
        assert session.store().value("select count(*) from catalogue_version") == 1

    def test_others_are_told_calmly(self, app, home, monkeypatch):
        monkeypatch.setattr("indicators.ui.navigation.may", lambda user, action: False)
        app.run()
        rewrite(home, "b_bildung", self.broken)
        shown = texts(opened(app, "indicator", kennzahl="B-01"))
        assert "gilt die letzte Fassung weiter" in shown
        assert "Fehler" not in shown

    def test_going_back_to_what_was_before_is_a_change_too(self, app, home):
        app.run()
        first = (home / "definitions" / "b_bildung.yaml").read_text(encoding="utf-8")
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Anteil"))
        app.run()
        rewrite(home, "b_bildung", lambda text: first)
        app.run()
        hashes = session.store().rows("select hash from catalogue_version order by number")
        assert len(hashes) == 3 and hashes[0] == hashes[2]

    def test_commands_go_on_too(self, home, monkeypatch):
        monkeypatch.setenv("MONITORING_HOME", str(home))
        rewrite(home, "b_bildung", self.broken)
        result = CliRunner().invoke(main, ["template", "2025", "--reporter", "FB 51", "--out", str(home / "v.xlsx")])
        assert result.exit_code == 0 and (home / "v.xlsx").exists()
        assert "letzte fehlerfreie Fassung" in result.output


@pytest.mark.parametrize(
    "stand", ["nr²", "nr99999999999999999999", "9999-12-31", "0001-01-01", "nr0", "2026-02-30", "gestern"]
)
def test_no_address_breaks_a_page_or_sticks(app, stand):
    for page in ("overview", "indicator", "deliveries"):
        shown = opened(app, page, stand=stand, nummer="²")
        assert shown.title
    assert app.session_state["stand"] == "heute"
    assert "32,5" in texts(opened(app, "indicator", kennzahl="B-01", stand="heute"))
