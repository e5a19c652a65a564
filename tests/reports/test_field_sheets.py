"""A field's sheet is one page, however many indicators the field has (up to what anybody can read on one)."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest

from indicators.catalogue import Catalogue, load
from indicators.knowledge import snapshot
from indicators.reports import pdf, word
from indicators.reports.compose import compose
from indicators.reports.report import Kind, Report
from indicators.reports.wishes import Wish
from indicators.store import Store
from tests.conftest import SMALL_CITY
from tests.libreoffice import as_pdf
from tests.pdf_files import pdf_file

TITLE = "Anteil der Jugendlichen ohne Abschluss, die eine Beratung besuchen"


def catalogue(folder: Path, count: int) -> Catalogue:
    """With a field of so many indicators, each with a title of two lines."""
    shutil.copytree(SMALL_CITY, folder)
    goals = "".join(f"\n  - {{code: D-{n}, title: Alle jungen Menschen finden ihren Weg ({n}).}}" for n in (1, 2, 3))
    rows = "".join(
        f"\n  - {{code: D-{n:02}, title: '{TITLE} {n}', goal: D-{1 + n % 3}, kind: outcome, unit: Prozent,"
        " formula: 100 * kita_kinder / kinder, direction: up, definition: Anteil., source: Eigene Zählung,"
        ' baseline: {period: "2020", value: 20.0}, targets: [{period: "2030", value: 40.0}]}'
        for n in range(1, count + 1)
    )
    text = f"field: D\ntitle: Viele\nlead: FB 51\nguiding_goals:{goals}\nindicators:{rows}\n"
    (folder / "d_viele.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def sheets(path: Path, folder: Path, count: int) -> Report:
    shutil.copy(path, folder / "monitoring.duckdb")
    store = Store(folder / "monitoring.duckdb")
    known = snapshot.take(store, catalogue(folder / "definitions", count), datetime(2026, 2, 1), suppressed=True)
    made = compose(known, Wish(Kind.SHEETS), date(2026, 2, 1), {}, {})
    store.close()
    return made


@pytest.mark.parametrize("count", [8, 16, 24, 32])
def test_each_field_has_one_page_of_pdf(filled_database, tmp_path, count):
    made = sheets(filled_database, tmp_path, count)
    with pdf_file(stream=pdf.render(made)) as found:
        texts = [" ".join(page.get_text().split()) for page in found]
    assert len(texts) == len(made.chapters) + 1  # where the fields stand comes first
    assert "D-01" in texts[-1] and f"D-{count:02}" in texts[-1]
    assert "Zeichen:" in texts[-1]


@pytest.mark.slow
@pytest.mark.parametrize("count", [16, 30])
def test_each_field_has_one_page_of_word(filled_database, tmp_path, count):
    made = sheets(filled_database, tmp_path, count)
    file = tmp_path / "feldblaetter.docx"
    file.write_bytes(word.render(made))
    [opened] = as_pdf(tmp_path, file)
    with pikepdf.open(opened) as found:
        assert len(found.pages) == len(made.chapters) + 1
