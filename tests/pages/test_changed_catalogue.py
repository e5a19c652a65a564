"""The catalogue changes while the app runs: nothing fails on a code that is gone, and a mended file is seen."""

import os
from pathlib import Path

import pytest

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
