"""Hidden rows, columns and sheets follow one rule, and what is crossed out is asked: never taken without a yes."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from indicators.tables.crosstab import tabulate
from indicators.tables.crosstab.doubts import Code, is_remembered, key_of
from indicators.tables.crosstab.unseen import Unseen
from indicators.tables.decisions import Choices
from indicators.tables.layouts import choices_from, known_from
from indicators.tables.mapping import map_table
from indicators.workbooks.opendocument import read as read_ods
from indicators.workbooks.workbook import Sheet, read_workbook
from tests.deliveries.own_workbooks import FIRST, as_ods, cross_table
from tests.deliveries.test_meanings import KIDS, asked, remembered, values


def edited(edit: Callable[[Worksheet], None]) -> Sheet:
    """The small cross table after an edit, as it is read."""
    book = load_workbook(BytesIO(cross_table(FIRST)))
    book.create_sheet("Deckblatt")  # a workbook keeps one visible sheet
    edit(book["Kinder"])
    out = BytesIO()
    book.save(out)
    return read_workbook(out.getvalue(), "kinder.xlsx").sheets[0]


def hide_row(page: Worksheet) -> None:
    page.row_dimensions[5].hidden = True


def hide_column(page: Worksheet) -> None:
    page.column_dimensions["C"].hidden = True


def hide_sheet(page: Worksheet) -> None:
    page.sheet_state = "hidden"


def hide_sheet_well(page: Worksheet) -> None:
    page.sheet_state = "veryHidden"


@pytest.mark.parametrize(
    ("hide", "part", "cells"),
    [
        (hide_row, "Zeile 5", {"B5", "C5"}),
        (hide_column, "Spalte C", {"C4", "C5", "C6"}),
        (hide_sheet, "Blatt „Kinder“", {"B4", "C4", "B5", "C5", "B6", "C6"}),
        (hide_sheet_well, "Blatt „Kinder“", {"B4", "C4", "B5", "C5", "B6", "C6"}),
    ],
)
def test_each_hidden_part_is_asked_by_its_name_and_remembered(town, hide, part, cells):
    (table,) = tabulate(edited(hide))
    key = key_of(Code.HIDDEN, part)
    assert {cell.address for cell in table.cells if key in {doubt.key for doubt in cell.doubts}} == cells
    waiting = map_table(table, town, "FB 51", KIDS)
    assert asked(waiting) == {key: "doubt"}
    assert part in waiting.questions[0].text
    assert not cells & set(values(waiting))
    taken = map_table(table, town, "FB 51", replace(KIDS, doubts={key: True}))
    assert len(taken.observations) == 6
    layout = remembered(taken)
    choices, known = choices_from(table, layout, town), known_from(table, layout, [layout], town)
    assert map_table(table, town, "FB 51", choices, known).questions == ()
    assert is_remembered(key)


def test_a_yes_of_before_hidden_parts_had_names_holds_for_columns_only(town):
    for hide, open_questions in ((hide_column, 0), (hide_row, 1)):
        (table,) = tabulate(edited(hide))
        before = Choices(base_figure="kinder", doubts={"hidden:": True})
        assert len(map_table(table, town, "FB 51", before).questions) == open_questions


def test_neighbours_are_one_part_and_a_filter_is_one_question():
    page = Sheet("Lang", {(row, 1): None for row in range(1, 40)}, hidden_rows=frozenset({3, 4, 5, 9}))
    rows = Unseen.of(page).rows
    assert {number: doubt.about for number, doubt in rows.items()} == {
        3: "Zeilen 3 bis 5", 4: "Zeilen 3 bis 5", 5: "Zeilen 3 bis 5", 9: "Zeile 9",
    }  # fmt: skip
    filtered = Unseen.of(replace(page, hidden_rows=frozenset(range(2, 40, 2)))).rows
    assert {doubt.about for doubt in filtered.values()} == {"Zeilen"}
    assert "2, 4, 6, 8, 10 und weitere" in filtered[2].text


def test_what_is_crossed_out_is_asked(town):
    def strike(page: Worksheet) -> None:
        page["B4"].font = Font(strike=True)

    (table,) = tabulate(edited(strike))
    waiting = map_table(table, town, "FB 51", KIDS)
    assert asked(waiting) == {"struck:": "doubt"}
    assert set(values(waiting)) == {"C4", "B5", "C5", "B6", "C6"}
    assert "B4" not in values(map_table(table, town, "FB 51", replace(KIDS, doubts={"struck:": False})))


@pytest.mark.parametrize(
    ("line", "struck"),
    [('text-line-through-style="solid"', True), ('text-line-through-type="single"', True),
     ('text-line-through-style="none"', False)],
)  # fmt: skip
def test_libreoffice_strikes_in_its_own_words(line, struck):
    content = as_ods(cross_table(FIRST))
    style = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style '
        f'style:name="ce1" style:family="table-cell"><style:text-properties style:{line}/></style:style>'
        "</office:automatic-styles><office:body>"
    )
    out = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            text = text.replace("<office:body>", style)
            after.writestr(
                name, text.replace("<table:table-cell office", '<table:table-cell table:style-name="ce1" office')
            )
    raw = read_ods(out.getvalue())
    numbers = [cell for cell in raw["sheets"][0]["cells"] if cell[2] == "n"]
    assert {raw["styles"][cell[4]]["struck"] for cell in numbers} == {struck}
