"""Own tables are interpreted in the child process: the same tables come back; what takes too long is said."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from indicators.deliveries import staging
from indicators.ledger.commits import Upload
from indicators.model import Sign
from indicators.periods import Period
from indicators.tables import interpreted
from indicators.tables.crosstab import Area, Role, corrected, tabulate
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.table import Table, TableCell
from indicators.tables.decisions import Choices
from indicators.tables.interpreted import Wanted, interpret, read_interpreted
from indicators.tables.mapping import map_table
from indicators.tables.own_tables import tables_of
from indicators.tables.table_json import FURTHER, from_json, to_json
from indicators.workbooks import workbook as workbook_module
from indicators.workbooks.numbers import Convention
from indicators.workbooks.workbook import Cell, Sheet, WorkbookRejected, read_workbook
from tests.deliveries.own_workbooks import FIRST, as_ods, cross_table, joined

QUIRKS = sorted((Path(__file__).parents[1] / "workbooks" / "quirks").glob("*.xlsx"))[:6]
MARKED = {"Kinder": (Area(Role.NOTES, 6, 1, 6, 3),)}


@pytest.mark.parametrize("path", QUIRKS, ids=[path.stem for path in QUIRKS])
def test_what_comes_back_is_what_is_in_the_sheet(path):
    read = read_interpreted(path.read_bytes(), path.name)
    assert read.tables == tuple(table for sheet in read.workbook.sheets if sheet.cells for table in tabulate(sheet))
    assert read.workbook == read_workbook(path.read_bytes(), path.name)


def test_every_kind_of_period_sign_and_doubt_survives_the_way():
    said = ("2026", "2026-H1", "2026-Q3", "2026-09", "2025/26", "Kita 2025/26", "WS 2025/26", "2024-02-29")
    doubts = tuple(Doubt(code, "Kopf „A“", "Ein Satz.") for code in Code)
    cells = tuple(
        TableCell(row, 2, value, sign, Period.parse(text), "in %", ("a", "b"), ("01",), ("1",), "p", doubts)
        for row, text in enumerate(said, 1)
        for value, sign in ((0.1 + 0.2, None), (None, Sign.SECRET), (3.0, Sign.LIMITED), (None, None))
    )
    cells = tuple(cell._replace(**dict.fromkeys(FURTHER, "vorläufig")) for cell in cells)
    areas = tuple(Area(role, 1, 2, 3, 4) for role in Role)
    table = Table("Blatt", ("Titel",), areas, cells, (("a", "b"), ()), ("Stub",), doubts[:1])
    assert from_json(to_json([table])) == (table,)


def test_no_part_of_a_cell_is_forgotten():
    known = ["row", "column", "value", "sign", "period", "unit", "labels", "codes", "footnotes", "flags", "doubts"]
    assert list(TableCell._fields) == [*known, *FURTHER]
    assert {TableCell.__annotations__[name] for name in FURTHER} <= {str}


def test_ranges_by_hand_signs_of_an_office_and_one_sheet_reach_the_child():
    content = cross_table({**FIRST, "Insgesamt": ("g", 415)})
    book = read_workbook(content, "kinder.xlsx")
    marked = tables_of(book, MARKED)
    assert marked.tables == corrected.tabulate_corrected(book.sheets[0], MARKED["Kinder"])
    assert len(marked.tables[0].cells) == 4
    (table,) = read_interpreted(content, "k.xlsx", Wanted(convention=Convention.NIEDERSACHSEN)).tables
    assert [cell.sign for cell in table.cells if cell.address == "B6"] == [Sign.SECRET]
    two = joined(Eins=cross_table(FIRST), Zwei=cross_table(FIRST))
    assert [table.sheet for table in read_interpreted(two, "z.xlsx", Wanted("zwei")).tables] == ["Zwei"]
    assert read_interpreted(two, "z.xlsx", Wanted("Drei")).tables == ()


def test_the_server_interprets_nothing(store, small_city, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("interpreted in the server")

    for name in ("tabulate", "tabulate_corrected"):
        monkeypatch.setattr(corrected, name, never)
    monkeypatch.setattr(interpreted, "tabulate_corrected", never)
    for content in (cross_table(FIRST), as_ods(cross_table(FIRST))):
        staged = staging.stage(store, small_city, Upload("k", content, "Frau Kaya"), datetime(2026, 3, 1))
        assert len(staged.tables.own.tables) == 1
        assert len(tables_of(staged.tables.own.workbook, MARKED).tables[0].cells) == 4


class TestAChildThatDies:
    """While it interprets: after the workbook, before the tables of the second sheet."""

    @pytest.fixture
    def two_sheets(self):
        return joined(Klein=cross_table(FIRST), Riesig=cross_table(FIRST))

    @pytest.fixture
    def cut(self, monkeypatch):
        """The child's answer up to and including so many lines."""
        ask = workbook_module.ask_child

        def only(lines: int, rest: bytes = b"") -> None:
            def asked(*arguments: object, program: str) -> bytes:
                return b"".join(ask(*arguments, program=program).splitlines(keepends=True)[:lines]) + rest

            monkeypatch.setattr(interpreted, "ask_child", asked)

        return only

    @pytest.mark.parametrize(("lines", "rest", "sheet"), [(1, b"", "Klein"), (2, b"", "Riesig"), (2, b"{", "Riesig")])
    def test_the_sheet_is_named_with_its_size(self, two_sheets, cut, store, small_city, lines, rest, sheet):
        cut(lines, rest)
        staged = staging.stage(store, small_city, Upload("z.xlsx", two_sheets, "Frau Kaya"), datetime(2026, 3, 1))
        (finding,) = staged.findings
        assert finding.rule == "tables-too-large"
        assert f"Blatt „{sheet}“ (14 gefüllte Zellen bis Zeile 8)" in finding.message
        assert "mehr als 20 Sekunden" in finding.message

    def test_without_the_cross_check_the_tables_are_there_and_that_is_told(self, two_sheets, cut):
        cut(3)
        read = read_interpreted(two_sheets, "z.xlsx")
        assert len(read.tables) == 2
        assert "no-cross-check" in [finding.rule for finding in read.workbook.findings]

    def test_lines_that_are_no_tables_are_refused(self, two_sheets, cut):
        cut(1, b'{"sheet": 0, "tables": [{"cells": [[1]]}]}\n')
        with pytest.raises(WorkbookRejected, match="nicht sicher gelesen"):
            read_interpreted(two_sheets, "z.xlsx")

    def test_one_that_hangs_is_stopped_and_what_it_finished_is_used(self, monkeypatch, two_sheets):
        def hangs(*_: object, **__: object) -> None:
            raise subprocess.TimeoutExpired("reader", 60, output=b'{"rejected": ["damaged", "Halbe Datei.", "", ""]}\n')

        monkeypatch.setattr(workbook_module.subprocess, "run", hangs)
        with pytest.raises(WorkbookRejected, match="Halbe Datei"):
            read_interpreted(two_sheets, "z.xlsx")

    @pytest.mark.slow
    def test_the_limit_of_processor_time_is_real(self, tmp_path):
        """A child whose interpretation never ends writes its workbook and is killed by the system."""
        script = tmp_path / "slow.py"
        script.write_text(
            "import itertools, sys\n"
            "from indicators.tables import child\n"
            "from indicators.workbooks import limits\n"
            "limits.SECONDS = 2\n"
            "child.interpret = lambda *_: (line for line in itertools.count() if line < 0)\n"
            "sys.exit(child.main())\n"
        )
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(script), "xlsx", Wanted().as_json],
            input=cross_table(FIRST), capture_output=True, timeout=120, check=False, cwd=Path(__file__).parents[2],
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert done.returncode < 0, done.stderr
        assert done.stdout.count(b"\n") == 1
        assert time.monotonic() - begun < 100


def test_a_template_is_not_interpreted():
    sheets = [{"name": "_vorlage", "state": "hidden", "cells": [], "merges": [], "covered": [], "hidden_rows": [],
               "hidden_columns": [], "fetches": False}]  # fmt: skip
    numbers = [{**sheets[0], "name": "Kinder", "cells": [[1, 1, "n", 5, 0, 0]]}]
    assert list(interpret({**EMPTY, "sheets": [*sheets, *numbers]}, Wanted())) == []
    assert [line["sheet"] for line in interpret({**EMPTY, "sheets": numbers}, Wanted())] == [0]


EMPTY = {
    "strings": [], "styles": [{}], "names": {}, "properties": {}, "macros": False, "links": False, "uses_1904": False,
}  # fmt: skip


def listing(rows: int) -> Sheet:
    """A list that states no period: place, group, number."""
    heads = {(3, column): Cell(3, column, text) for column, text in enumerate(("Stelle", "Gruppe", "Anzahl"), 1)}
    cells = {
        (row, column): Cell(row, column, value)
        for row in range(4, rows + 4)
        for column, value in enumerate((f"Stelle {row}", ("Deutsche", "Ausländische")[row % 2], float(row % 713)), 1)
    }
    return Sheet("Liste", {(1, 1): Cell(1, 1, "Beratungen"), **heads, **cells})


def test_time_grows_with_the_cells_and_not_faster(town):
    """Four times the rows may take six times as long, never sixteen times."""

    def seconds(sheet: Sheet) -> float:
        begun = time.process_time()
        for table in tabulate(sheet):
            map_table(table, town, "FB 51", Choices(base_figure="kinder"))
        return time.process_time() - begun

    small, large = (min(seconds(listing(rows)) for _ in range(2)) for rows in (700, 2800))
    assert large < 8 * small, (small, large)
