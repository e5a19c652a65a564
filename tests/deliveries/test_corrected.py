"""Ranges marked by hand win over what the reader found."""

import pytest

from indicators.periods import Period
from indicators.tables.crosstab import Area, Role, tabulate
from indicators.tables.crosstab.corrected import parse_area, tabulate_corrected
from indicators.workbooks.workbook import Cell, Sheet


def sheet(*rows: tuple) -> Sheet:
    cells = {
        (down, right): Cell(down, right, float(value) if isinstance(value, int) else value)
        for down, row in enumerate(rows, 1)
        for right, value in enumerate(row, 1)
        if value is not None
    }
    return Sheet("Blatt", cells)


CHILDREN = sheet(
    ("Kinder",), (), ("Gruppe", "2019", "2020"), ("A", 1, 2), ("B", 3, 4), (), ("Kontrolle", 7, 8), ("Rest", 9, 10)
)


@pytest.mark.parametrize(
    ("text", "reference"),
    [("B5:F20", "B5:F20"), (" b5 bis f20 ", "B5:F20"), ("F20-B5", "B5:F20"), ("$B$5:$F$20", "B5:F20"), ("C3", "C3:C3")],
)
def test_ranges_are_read_as_people_write_them(text, reference):
    assert parse_area(text, Role.DATA).reference == reference


@pytest.mark.parametrize("text", ["", "B", "5:6", "B5:F20:G1", "ZZZZ1", "B0", "Spalte B"])
def test_what_is_no_range_is_none(text):
    assert parse_area(text, Role.DATA) is None


def addresses(tables):
    return [[cell.address for cell in table.cells] for table in tables]


def test_without_corrections_nothing_changes():
    assert tabulate_corrected(CHILDREN, ()) == tabulate(CHILDREN)


def test_rows_marked_as_notes_are_not_read():
    found = tabulate_corrected(CHILDREN, [Area(Role.NOTES, 7, 1, 8, 3)])
    assert addresses(found) == [["B4", "C4", "B5", "C5"]]


def test_marked_values_make_the_table():
    found = tabulate_corrected(CHILDREN, [Area(Role.DATA, 4, 2, 5, 3)])
    assert addresses(found) == [["B4", "C4", "B5", "C5"]]
    assert [(cell.labels, str(cell.period)) for cell in found[0].cells] == [
        (("A",), "2019"), (("A",), "2020"), (("B",), "2019"), (("B",), "2020"),
    ]  # fmt: skip


def test_a_marked_head_takes_the_place_of_the_one_found():
    two = sheet(("Gruppe", "Jungen", "Mädchen"), ("Stand", "alt", "neu"), ("A", 1, 2), ("B", 3, 4))
    found = tabulate_corrected(two, [Area(Role.HEADER, 1, 1, 1, 3), Area(Role.NOTES, 2, 1, 2, 3)])
    assert [cell.labels for cell in found[0].cells][:2] == [("A", "Jungen"), ("A", "Mädchen")]


def test_numbers_marked_as_labels_are_labels():
    ages = sheet(("Alter", "2019", "2020"), (5, 100, 200), (7, 300, 400))
    found = tabulate_corrected(ages, [Area(Role.LABELS, 2, 1, 3, 1), Area(Role.DATA, 2, 2, 3, 3)])
    assert [(cell.labels, cell.value) for cell in found[0].cells] == [
        (("5",), 100.0), (("5",), 200.0), (("7",), 300.0), (("7",), 400.0),
    ]  # fmt: skip


def test_a_marked_title_states_the_period():
    nameless = sheet(("Gruppe", "Anzahl"), ("A", 1), ("B", 3), (), ("erhoben im Jahr 2019",))
    (found,) = tabulate_corrected(nameless, [Area(Role.TITLE, 5, 1, 5, 1)])
    assert {cell.period for cell in found.cells} == {Period.of_year(2019)}
    assert all(not cell.doubts for cell in found.cells)


def test_a_marked_range_without_numbers_is_no_table():
    assert addresses(tabulate_corrected(CHILDREN, [Area(Role.DATA, 20, 1, 30, 2)])) == addresses(tabulate(CHILDREN))
