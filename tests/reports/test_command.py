"""`python -m indicators report` writes every format, also while the application has the database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import load
from indicators.errors import MonitoringError
from indicators.knowledge import snapshot
from indicators.reports import frozen
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.wishes import Wish
from indicators.store import Store
from indicators.store.backups.backup_requests import Attendant
from tests.reports.conftest import DAY, NOW


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))

    def invoke(*arguments: object) -> str:
        result = CliRunner().invoke(main, ["report", *(str(argument) for argument in arguments)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return invoke


def test_it_writes_every_format_under_names_that_say_what_it_is(run, tmp_path):
    said = run("gesamt", "--out", tmp_path / "neu" / "hier", "--date", "2026-02-01")
    written = sorted(file.name for file in (tmp_path / "neu" / "hier").iterdir())
    assert written == sorted(f"integrationsbericht-musterstadt-2026-02-01{form.suffix}" for form in FORMATS.values())
    assert all(name in said for name in written)


def test_a_selection_stands_in_the_name_and_is_all_that_is_in_it(run, tmp_path):
    run("controlling", "--indicator", "B-02", "--indicator", "B-01", "--format", "pdf", "--out", tmp_path)
    [file] = tmp_path.glob("*.pdf")
    assert file.name.startswith("controllingbericht-musterstadt-auswahl-b-02-und-b-01-")


def test_what_does_not_exist_is_named(run, tmp_path):
    with pytest.raises(MonitoringError, match="X-99"):
        run("--indicator", "X-99", "--out", tmp_path)


def test_the_logo_and_the_template_of_the_city_are_used(run, home, tmp_path):
    import docx

    (home / "bericht").mkdir()
    own = docx.Document()
    own.styles["Normal"].font.name = "Stadtschrift"
    own.add_paragraph("Mustertext der Vorlage")
    own.sections[0].header.paragraphs[0].text = "Kopf der Stadt"
    own.save(home / "bericht" / "vorlage.docx")
    (home / "bericht" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>', "utf-8"
    )
    run("--format", "docx", "--format", "pdf", "--out", tmp_path)
    written = docx.Document(str(next(tmp_path.glob("*.docx"))))
    assert written.styles["Normal"].font.name == "Stadtschrift"
    assert written.sections[0].header.paragraphs[0].text == "Kopf der Stadt"
    assert "Mustertext der Vorlage" not in "".join(paragraph.text for paragraph in written.paragraphs)
    assert "Integrationsbericht" in "".join(paragraph.text for paragraph in written.paragraphs)


def test_a_frozen_report_is_written_again_by_its_number(run, home, tmp_path):
    run("--format", "html", "--out", tmp_path)
    store = Store(home / "data" / "monitoring.duckdb")
    catalogue = load(home / "definitions")
    known = snapshot.take(store, catalogue, NOW, suppressed=True)
    frozen.freeze(store, make(store, known, Wish(), DAY), NOW, (known.version, catalogue.version), "Kim", NOW)
    store.close()
    for place in ("eins", "zwei"):
        run("--number", 1, "--out", tmp_path / place)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / place).iterdir()} for place in ("eins", "zwei")
    )
    assert first == second
    assert set(first) == {f"integrationsbericht-nr-1-musterstadt-2026-02-01{form.suffix}" for form in FORMATS.values()}
    with pytest.raises(MonitoringError, match="Nummer 7"):
        run("--number", 7, "--out", tmp_path)


@pytest.mark.slow
def test_it_works_while_the_application_has_the_database(home, tmp_path):
    store = Store(home / "data" / "monitoring.duckdb")
    Attendant(store)
    command = [sys.executable, "-m", "indicators"]
    environment = os.environ | {"MONITORING_HOME": str(home)}
    for call in (
        ["report", "--format", "pdf", "--out", str(tmp_path)],
        ["export", "B-01", "--out", str(tmp_path / "b.xlsx")],
    ):
        ran = subprocess.run([*command, *call], capture_output=True, text=True, env=environment, check=False)
        assert "Geschrieben" in ran.stdout, ran.stderr
    store.close()
    assert len(list(tmp_path.glob("*.pdf"))) == 1
