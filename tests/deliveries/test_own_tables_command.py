"""The command line takes own tables whose layout is known, and says what to do about others."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from indicators.__main__ import main
from indicators.catalogue import load
from indicators.store import Store
from tests.deliveries.own_workbooks import FIRST, NEXT, as_ods, cross_table
from tests.deliveries.test_own_tables import accepted, decided

YEARS = (2025, 2026, 2027)


@pytest.fixture
def deliver(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    monkeypatch.setattr("indicators.commands.delivery.utc_now", lambda: datetime(2028, 2, 1))

    def invoke(content: bytes, status: int, name: str = "kinder.xlsx") -> str:
        (tmp_path / name).write_bytes(content)
        result = CliRunner().invoke(main, ["deliver", str(tmp_path / name), "--commit", "--reason", "geprüft"])
        assert result.exit_code == status, result.output
        return result.output

    return invoke


def test_a_table_that_nobody_assigned_is_sent_to_the_screen(deliver):
    output = deliver(cross_table(FIRST, YEARS[:2]), 1)
    assert "keine Vorlage" in output
    assert "Auf der Seite „Daten liefern“ einmal zuordnen" in output


def test_a_known_table_is_committed_without_a_question(deliver, home):
    store, catalogue = Store(home / "data" / "monitoring.duckdb"), load(home / "definitions")
    content = cross_table(FIRST, YEARS[:2])
    accepted(store, catalogue, decided(store, catalogue, content, now=datetime(2027, 2, 1)), datetime(2027, 2, 1))
    store.close()
    output = deliver(cross_table(NEXT, YEARS), 0)
    assert "3 neu, 2 geändert, 0 entfällt, 4 unverändert" in output
    assert "Übernommen als Lieferung 8 (9 Werte" in output


def test_a_table_of_libreoffice_goes_the_same_way(deliver, home):
    store, catalogue = Store(home / "data" / "monitoring.duckdb"), load(home / "definitions")
    first = as_ods(cross_table(FIRST, YEARS[:2]))
    accepted(store, catalogue, decided(store, catalogue, first, now=datetime(2027, 2, 1)), datetime(2027, 2, 1))
    store.close()
    output = deliver(as_ods(cross_table(NEXT, YEARS)), 0, "kinder.ods")
    assert "3 neu, 2 geändert, 0 entfällt, 4 unverändert" in output
    assert "Übernommen als Lieferung 8 (9 Werte" in output


def test_tabulate_reads_both_kinds_alike(tmp_path):
    content = cross_table(FIRST, YEARS[:2], unit="Anzahl")
    (tmp_path / "kinder.xlsx").write_bytes(content)
    (tmp_path / "kinder.ods").write_bytes(as_ods(content))
    result = CliRunner().invoke(main, ["tabulate", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    of_excel, of_libreoffice = (
        (tmp_path / "out" / f"kinder.{suffix}__Kinder.csv").read_text(encoding="utf-8") for suffix in ("xlsx", "ods")
    )
    assert of_excel.count("\n") == 7
    assert of_libreoffice == of_excel


def test_tabulate_names_the_numbers_that_stand_in_no_file(tmp_path):
    """The columns of the files and the exit status stay as they are; what is missing is said beside them."""
    book = Workbook()
    kinder, notiz = book.active, book.create_sheet("Notiz")
    kinder.title = "Kinder"
    rows = [["Kinder in Kitas 2025"], ["Stadtteil", "Anzahl"], ["Nord", 120], ["Süd", 340], ["West", 95]]
    for row in rows:
        kinder.append(row)
    kinder["E9"], notiz["B2"], notiz["B3"] = 77, 5, 6
    book.save(tmp_path / "kinder.xlsx")
    result = CliRunner().invoke(main, ["tabulate", str(tmp_path / "kinder.xlsx"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "kinder.xlsx: E9 auf Blatt „Kinder“ wurde nicht gelesen" in result.stderr
    assert "Auf Blatt „Notiz“ ist keine Tabelle zu erkennen; nicht gelesen: 2 Zahlen ab B2." in result.stderr
    written = (tmp_path / "out" / "kinder.xlsx__Kinder.csv").read_text(encoding="utf-8")
    assert written.splitlines()[0] == "sheet,cell,value,sign,period,unit,labels,doubts"


def test_tabulate_says_what_is_wrong_with_half_a_file(tmp_path):
    whole = as_ods(cross_table(FIRST))
    (tmp_path / "halb.ods").write_bytes(whole[: len(whole) // 2])
    result = CliRunner().invoke(main, ["tabulate", str(tmp_path / "halb.ods"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "beschädigt oder unvollständig" in result.output
    assert list((tmp_path / "out").iterdir()) == []
