"""Small tables drawn after public complaints (../shared/field-cases): what is expected of each, as its README says.

Own tables of the same kinds are in test_periods_read.py and test_nothing_lost.py.
"""

from pathlib import Path

import pytest

from indicators.tables.crosstab import Table, TableCell, tabulate
from indicators.tables.crosstab.doubts import Code
from indicators.workbooks.workbook import read_workbook
from tests.deliveries.drawn import codes

CASES = Path(__file__).parents[2] / "../shared/field-cases"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="../shared/field-cases fehlt: keine Fälle zum Vergleich")


def tables(name: str) -> tuple[Table, ...]:
    path = CASES / f"{name}.xlsx"
    book = read_workbook(path.read_bytes(), path.name)
    return tuple(table for sheet in book.sheets for table in tabulate(sheet))


def cells(name: str) -> dict[str, TableCell]:
    return {cell.address: cell for table in tables(name) for cell in table.cells}


YEAR = {f"{2025 + n // 4}-Q{n % 4 + 1}" for n in range(8)}
MONTHS = {f"2026-{month:02d}" for month in range(1, 13)}
PERIODS = {
    "first_vorl": ({"2025", "2024", "2023", "2022"}, 4),
    "first_plan": ({"2026", "2024", "2023", "2022"}, 4),
    "datecell_v4": ({"2025"}, 4),
    "alter_v2": ({"2025"}, 5),
    "alter_dates_top": ({"2025-12-31"}, 10),
    "q_short_titleyear": ({f"2026-Q{n}" for n in (1, 2, 3, 4)}, 8),
    "q_rows_yearcol": (YEAR, 8),
    "q_rows_yearcol_num": (YEAR, 8),
    "m_rows_titleyear": (MONTHS, 24),
    "m_rows_yearcol": (MONTHS, 24),
    "title_says_quarter": ({"2024-Q3"}, 4),
    "title_halfyear": ({"2024-H1"}, 4),
    "title_range": ({"2024-Q3"}, 4),
    "quarters_in_rows_year_in_title": ({f"2024-Q{n}" for n in (1, 2, 3, 4)}, 8),
    "year_column_quarter_column": ({f"2024-Q{n}" for n in (1, 2, 3, 4)}, 8),
    "row_of_words": ({"2024"}, 8),
    "first_section_not_merged": ({"2024"}, 12),
    "one_cell_lost_its_percent_format": ({"2024"}, 4),
    "percent_all_bare": ({str(year) for year in range(2017, 2025)}, 8),
    "reform_next_year": ({"2024", "2025", "2026"}, 9),
    "date_value_source": ({"2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"}, 4),
    "year_value_remark": ({"2021", "2022", "2023", "2024"}, 4),
    "day_in_head_phrase": ({"2014-12-31"}, 12),
    "top_head_over_second_stub": ({"2024", "2023"}, 12),
    "bare_numbers_in_head": ({"2024"}, 15),
    "darunter_repeated": ({"2024", "2023"}, 24),
    "hints_right_of_title": ({"2022", "2023"}, 12),
    "numbering_goes_on_from_21": ({"2024-06-30"}, 12),
    "row_without_values_above_total": ({"2024-12-31"}, 8),
    "only_bracket_raised": ({"2024"}, 6),
    "bracket_with_number": ({"2024"}, 6),
    "square_metres": ({"2024"}, 6),
    "key_between_labels": ({"2024"}, 8),
    "page_number_above_year": ({"2024"}, 9),
    "state_of_area_and_imprint": ({"2018-12-31"}, 6),
}


def test_every_case_is_expected():
    assert {path.stem for path in CASES.glob("*.xlsx")} == set(PERIODS)


@pytest.mark.parametrize("name", PERIODS)
def test_periods_and_number_of_cells(name):
    found = cells(name)
    assert ({str(cell.period) for cell in found.values()}, len(found)) == PERIODS[name]
    assert not any(table.unread for table in tables(name))


ASKED = {
    "first_plan": {"B4": Code.PLANNED},
    "datecell_v4": {"B4": Code.NO_NUMBER},
    "alter_v2": dict.fromkeys(("B5", "B6", "B7"), Code.LABEL_IS_DATE),
    "alter_dates_top": dict.fromkeys(("C4", "D4", "E4", "C5", "D5", "E5"), Code.LABEL_IS_DATE),
    "row_of_words": dict.fromkeys(("B5", "C5"), Code.NO_NUMBER),
    "one_cell_lost_its_percent_format": {"B6": Code.FRACTION},
    "percent_all_bare": {f"B{row}": Code.FRACTION for row in range(4, 12)},
    "state_of_area_and_imprint": {f"{column}{row}": Code.PERIOD_ABOVE_ONLY for column in "BC" for row in (6, 7, 8)},
}


@pytest.mark.parametrize("name", PERIODS)
def test_only_what_is_unsure_is_asked(name):
    asked = {address: codes(cell) for address, cell in cells(name).items() if cell.doubts}
    assert asked == {address: {code} for address, code in ASKED.get(name, {}).items()}


LABELS = {
    "alter_v2": ("B5", ("3-5", "Kinder")),
    "row_of_words": ("B4", ("AWO", "Frauen")),
    "first_section_not_merged": ("B8", ("Hauptschule", "Realschulabschluss", "Insgesamt")),
    "top_head_over_second_stub": ("D7", ("15 – 25", "Erwerbslosenquote", "ohne", "Migrationshintergrund")),
    "bare_numbers_in_head": (
        "E8",
        ("Insgesamt", "Haushaltsgröße", "Mehrpersonenhaushalte", "davon mit … Personen", "2"),
    ),
    "darunter_repeated": ("G6", ("A-Stadt", "Männer", "Darunter nach Qualifikation", "mit Abschluss")),
    "hints_right_of_title": ("E6", ("Diebstahl", "HZ")),
    "numbering_goes_on_from_21": ("B6", ("Deutschland", "davon", "ohne Abschluss")),
    "row_without_values_above_total": ("C8", ("Stadt insgesamt", "Frauen")),
    "only_bracket_raised": ("C4", ("Mitte", "Hilfe zum Lebensunterhalt")),
    "bracket_with_number": ("B5", ("Briefwahl (Herdorf 2)", "Wähler")),
    "key_between_labels": ("F4", ("Diebstahl", "Aachen", "Quote in %")),
    "page_number_above_year": ("D7", ("Medizin", "noch", "offen")),
}


@pytest.mark.parametrize("name", LABELS)
def test_labels(name):
    address, labels = LABELS[name]
    assert cells(name)[address].labels == labels


def test_flags_units_notes_and_remarks():
    assert cells("first_vorl")["B4"].flags == "p"
    assert cells("square_metres")["B4"].unit == "m²"
    assert cells("only_bracket_raised")["C4"].footnotes == ("2",)
    assert cells("year_value_remark")["B4"].remark == "vorläufig"
    assert cells("date_value_source")["B2"].remark == "VHS · Liste"
