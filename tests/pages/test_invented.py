"""A city whose figures are invented says so: on every page, and in what is downloaded there."""

from pathlib import Path

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from indicators.ui.navigation import PAGES
from tests.pages.test_pages import opened, texts

SAID = "erfundene Zahlen"


def invent(home: Path) -> None:
    city = home / "definitions" / "city.yaml"
    city.write_text(city.read_text(encoding="utf-8") + "invented: true\n", encoding="utf-8")


@pytest.mark.parametrize("page", [entry.file for entry in PAGES])
def test_every_page_says_it(home, app, page):
    invent(home)
    app.run()
    assert SAID in texts(opened(app, page))


def test_a_sample_with_real_figures_does_not(home, app):
    city = home / "definitions" / "city.yaml"
    city.write_text(city.read_text(encoding="utf-8") + "sample: true\n", encoding="utf-8")
    app.run()
    shown = texts(opened(app, "overview"))
    assert "Beispiel Musterstadt" in shown
    assert SAID not in shown


def test_a_page_that_is_open_says_it_once_the_definitions_do(home, app):
    app.run()
    assert SAID not in texts(opened(app, "overview"))
    invent(home)
    app.run()
    assert SAID in texts(app)


@pytest.mark.parametrize(
    ("page", "asked"), [("overview", {}), ("field", {"feld": "B"}), ("indicator", {"kennzahl": "B-01"})]
)
def test_what_is_downloaded_says_it(home, app, monkeypatch, page, asked):
    """Streamlit makes the files when they are asked for: here all that the page offers."""
    makers = []
    original = MediaFileManager.add_deferred
    monkeypatch.setattr(
        MediaFileManager,
        "add_deferred",
        lambda self, make, *arguments, **how: makers.append(make) or original(self, make, *arguments, **how),
    )
    invent(home)
    app.run()
    makers.clear()
    opened(app, page, **asked)
    tables = [text for text in map(read, [make() for make in makers]) if text]
    assert tables
    assert all(SAID in text for text in tables)


def read(content: bytes) -> str:
    """The text of a CSV file; other formats are looked at where they are made (tests/samples)."""
    binary = content.startswith((b"PK", b"\x89PNG", b"<"))
    return "" if binary else content.decode("utf-8-sig")
