"""Quarters, months and half-years of departments' tables, wherever the year stands and however they are spelled."""

from datetime import date

import pytest

from indicators.tables.crosstab import spellings
from indicators.tables.crosstab.doubts import Code
from tests.deliveries.drawn import codes, periods, read

SPELLINGS = {
    "Q3 26": "2026-Q3",
    "Q1/24": "2024-Q1",
    "III/2026": "2026-Q3",
    "III/26": "2026-Q3",
    "2026/Q3": "2026-Q3",
    "3. Q. 2026": "2026-Q3",
    "Quartal 3/2026": "2026-Q3",
    "III. Quartal 2024": "2024-Q3",
    "2026, 3. Quartal": "2026-Q3",
    "2. Vierteljahr 2025": "2025-Q2",
    "Jul-Sep 2026": "2026-Q3",
    "Juli – September 2024": "2024-Q3",
    "01.07.2024 bis 30.09.2024": "2024-Q3",
    "1.7.-30.9.2024": "2024-Q3",
    "vom 01.07.2024 bis zum 30.09.2024": "2024-Q3",
    "H1 2026": "2026-H1",
    "1. Hj 2026": "2026-H1",
    "I. Halbjahr 2026": "2026-H1",
    "1.–2. Quartal 2024": "2024-H1",
    "09.2026": "2026-09",
    "9/2026": "2026-09",
    "Jan 24": "2024-01",
    "Sept. 2026": "2026-09",
    "31.12.26": "2026-12-31",
    "Kita-Jahr 2024/25": "Kita 2024/25",
    "Kindergartenjahr 2024/2025": "Kita 2024/25",
    "22/23": "2022/23",
    "Schuljahr 24/25": "2024/25",
    "August 2024 – Juli 2025": "2024/25",
    "01.01.–31.12.2024": "2024",
    "Januar bis Dezember 2024": "2024",
    "2025 (vorläufig)": "2025",
    "2025p": "2025",
    "20191)": "2019",
    "2019 [1]": "2019",
    "WS 23/24": "WS 2023/24",
}


@pytest.mark.parametrize(("text", "period"), SPELLINGS.items())
def test_spelled(text, period):
    assert str(spellings.read(text).period) == period
    assert spellings.read(text).hesitation is None


@pytest.mark.parametrize(("text", "period"), SPELLINGS.items())
def test_spelled_in_a_title_and_in_a_head(text, period):
    rows = [["Angebot", text], ["Kurse", 10], ["Beratung", 20]]
    assert set(periods(read(rows)).values()) == {period}


@pytest.mark.parametrize(
    "text",
    [
        "1.–3. Quartal 2024",
        "Sommersemester 2026",
        "Januar bis September 2024",
        "Plan 2026",
        "2026 (Prognose)",
        "1. Schulhalbjahr 2025/26",
        "2010-11",
        "11/12",
    ],
)
def test_what_is_no_single_measured_period_is_asked(text):
    """In a title, a head and a stub: never taken as some other period in silence."""
    in_head = read([["Angebot", text], ["Kurse", 10], ["Beratung", 20]])
    in_stub = read([["Beratungen"], [], ["Zeitraum", "Fälle"], [text, 10], ["2023", 20], ["2022", 30]])
    assert in_head and all(cell.doubts for cell in in_head.values())
    assert in_stub["B4"].doubts and not in_stub["B5"].doubts


@pytest.mark.parametrize(
    "title",
    [
        "Beratungen im 3. Quartal 2024",
        "Beratungen III. Quartal 2024 nach Trägern",
        "Beratungen 01.07.2024 bis 30.09.2024",
        "Beratungen Juli – September 2024",
        "Beratungen Q3/2024 (Stand: 15.10.2024)",
    ],
)
def test_a_title_that_names_a_quarter_is_no_year_and_no_day(title):
    cells = read([[title], [], ["Träger", "Frauen", "Männer"], ["AWO", 12, 14], ["VHS", 5, 6]])
    assert set(periods(cells).values()) == {"2024-Q3"}
    assert not any(cell.doubts for cell in cells.values())


QUARTERS = (
    ("Q1", "Q2", "Q3", "Q4"),
    ("1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"),
    ("I. Quartal", "II. Quartal", "III. Quartal", "IV. Quartal"),
    ("Jan-Mär", "Apr-Jun", "Jul-Sep", "Okt-Dez"),
    ("Januar bis März", "April bis Juni", "Juli bis September", "Oktober bis Dezember"),
)
EXPECTED = [f"2024-Q{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("quarters", QUARTERS, ids=lambda names: names[0])
class TestWhereTheYearStands:
    def test_in_the_title_with_quarters_in_rows(self, quarters):
        rows = [
            ["Beratungen 2024"],
            [],
            ["Zeitraum", "AWO", "VHS"],
            *([name, 11 + n, 21 + n] for n, name in enumerate(quarters)),
        ]
        assert list(periods(read(rows)).values()) == [period for period in EXPECTED for _ in "ab"]

    def test_in_the_title_with_quarters_in_columns_and_a_total(self, quarters):
        cells = read(
            [
                ["Beratungen 2024"],
                [],
                ["Träger", *quarters, "Insgesamt"],
                ["AWO", 1, 2, 3, 4, 10],
                ["VHS", 5, 6, 7, 8, 26],
            ]
        )
        assert list(periods(cells).values()) == 2 * [*EXPECTED, "2024"]

    def test_in_a_column_of_its_own(self, quarters):
        rows = [
            ["Jahr", "Zeit", "AWO"],
            *([2024, name, 11 + n] for n, name in enumerate(quarters)),
            [2025, quarters[0], 15],
        ]
        assert list(periods(read(rows)).values()) == [*EXPECTED, "2025-Q1"]

    def test_once_for_the_rows_below(self, quarters):
        rows = [["Jahr", "Zeit", "AWO"], [2024, quarters[0], 11], *(["", name, 12] for name in quarters[1:])]
        assert list(periods(read(rows)).values()) == EXPECTED

    def test_in_a_section(self, quarters):
        rows = [
            ["Beratungen"],
            [],
            ["Zeit", "AWO", "VHS"],
            [2024],
            *([name, 11, 12] for name in quarters),
            [2025],
            *([name, 13, 14] for name in quarters),
        ]
        found = list(periods(read(rows)).values())
        assert found[:8:2] == EXPECTED and found[8::2] == [period.replace("2024", "2025") for period in EXPECTED]

    def test_in_the_same_column_above_its_quarters(self, quarters):
        rows = [
            ["Zeit", "AWO"],
            ["2024", 100],
            *([name, 25] for name in quarters),
            ["2025", 120],
            *([name, 30] for name in quarters),
        ]
        found = list(periods(read(rows)).values())
        assert found[:5] == ["2024", *EXPECTED] and found[5] == "2025" and found[6] == "2025-Q1"

    def test_above_the_middle_of_its_columns(self, quarters):
        rows = [
            ["", "", 2024, "", "", "", 2025, "", ""],
            ["Träger", *quarters, *quarters],
            ["AWO", *range(11, 19)],
            ["VHS", *range(21, 29)],
        ]
        found = list(periods(read(rows)).values())
        assert found[:8] == [*EXPECTED, *(period.replace("2024", "2025") for period in EXPECTED)]

    def test_merged_over_its_columns(self, quarters):
        rows = [
            ["Träger", 2024, "", "", "", 2025, "", "", ""],
            ["", *quarters, *quarters],
            ["AWO", *range(11, 19)],
            ["VHS", *range(21, 29)],
        ]
        found = list(periods(read(rows, merges=("A1:A2", "B1:E1", "F1:I1"))).values())
        assert found[:8] == [*EXPECTED, *(period.replace("2024", "2025") for period in EXPECTED)]

    def test_nowhere_is_asked(self, quarters):
        cells = read([["Zeit", "AWO"], *([name, 11] for name in quarters)])
        assert all(cell.period is None and cell.doubts for cell in cells.values())


def test_numbers_under_a_head_of_quarters_months_and_half_years():
    for head, count, form in (("Quartal", 4, "2024-Q{}"), ("Monat", 12, "2024-{:02d}"), ("Halbjahr", 2, "2024-H{}")):
        rows = [["Jahr", head, "AWO"], *([2024, number, 50 + number] for number in range(1, count + 1))]
        assert list(periods(read(rows)).values()) == [form.format(number) for number in range(1, count + 1)]


def test_quarter_in_one_line_and_year_in_another_are_put_together_and_asked():
    cells = read(
        [["Beratungen im 3. Quartal"], ["2024"], [], ["Träger", "Frauen", "Männer"], ["AWO", 12, 14], ["VHS", 5, 6]]
    )
    assert set(periods(cells).values()) == {"2024-Q3"}
    assert all(cell.doubts for cell in cells.values())


@pytest.mark.parametrize("position", [0, 1, 3])
@pytest.mark.parametrize(
    ("label", "flags"), [("2025 (vorläufig)", "p"), ("2025p", "p"), ("2025 r", "r"), ("2025 (geschätzt)", "s")]
)
def test_markers_of_a_year_become_flags_wherever_it_stands(position, label, flags):
    years = [[2024, 301], [2023, 295], [2022, 280]]
    years.insert(position, [label, 310])
    cells = read([["Betreute Kinder"], [], ["Jahr", "Kinder"], *years])
    assert {cell.value: (str(cell.period), cell.flags) for cell in cells.values()} == {
        310: ("2025", flags),
        301: ("2024", ""),
        295: ("2023", ""),
        280: ("2022", ""),
    }


@pytest.mark.parametrize("row", [0, 1, 3])
@pytest.mark.parametrize("number_format", ["d-mmm", "dd.mm.yyyy", "d.m."])
def test_a_day_among_numbers_is_told_and_dates_nothing(row, number_format):
    values = [110, 130, 140]
    values.insert(row, date(2026, 5, 12))
    names = ("Nord", "Süd", "Ost", "West")
    rows = [
        ["Kinder nach Stadtteil 2025"],
        [],
        ["Stadtteil", "Kinder", "Frauen"],
        *([name, value, 7] for name, value in zip(names, values, strict=True)),
    ]
    cells = read(rows, formats={f"B{4 + row}": number_format})
    assert set(periods(cells).values()) == {"2025"}
    assert codes(cells[f"B{4 + row}"]) == {Code.NO_NUMBER}
    assert "12,5" in cells[f"B{4 + row}"].doubts[0].text
    assert [cell.value for address, cell in cells.items() if address[0] == "B"] == [
        None if isinstance(v, date) else v for v in values
    ]


def test_age_groups_that_became_days_are_asked_and_suggested():
    ages = ["0-2", date(2026, 5, 3), date(2026, 9, 6), "15 und älter", "Insgesamt"]
    down = read(
        [["Kinder nach Alter 2025"], [], ["Alter", "Kinder"], *([age, 300 + n] for n, age in enumerate(ages))],
        formats={"A5": "d-mmm", "A6": "d-mmm"},
    )
    across = read(
        [["Kinder nach Alter 2025"], [], ["Stadt", *ages], ["Nord", 1, 2, 3, 4, 10], ["Süd", 5, 6, 7, 8, 26]],
        formats={"C3": "d-mmm", "D3": "d-mmm"},
    )
    for cells in (down, across):
        assert set(periods(cells).values()) == {"2025"}
        asked = {label for cell in cells.values() for label in cell.labels if Code.LABEL_IS_DATE in codes(cell)}
        assert {"3-5", "6-9"} <= asked and not {"0-2", "15 und älter"} & asked


@pytest.mark.parametrize("years", [("2010-11", "2011-12", "2012-13"), ("10/11", "11/12", "12/13", "13/14")])
def test_years_in_a_row_are_school_years_not_months(years):
    cells = read([["Schule", *years], ["Nord", *range(11, 11 + len(years))], ["Süd", *range(21, 21 + len(years))]])
    assert [str(cell.period) for cell in cells.values()][: len(years)] == [
        f"20{year[-5:].replace('-', '/')}" for year in years
    ]
    assert not any(cell.doubts for cell in cells.values())


def test_real_days_and_months_stay_periods():
    days = read(
        [["Stadtteil", date(2023, 12, 31), date(2024, 12, 31)], ["Nord", 10, 11], ["Süd", 12, 13]],
        formats={"B1": "dd.mm.yyyy", "C1": "dd.mm.yyyy"},
    )
    months = read(
        [["Stadtteil", date(2024, 1, 1), date(2024, 2, 1), "Insgesamt"], ["Nord", 10, 11, 21], ["Süd", 12, 13, 25]],
        formats={"B1": "mmm-yy", "C1": "mmm-yy"},
    )
    assert list(periods(days).values()) == 2 * ["2023-12-31", "2024-12-31"]
    assert [str(cell.period) for cell in months.values()][:2] == ["2024-01", "2024-02"]


@pytest.mark.parametrize(
    ("label", "flags"),
    [("Kinder (vorläufig)", "p"), ("Kinder vorl.", "p"), ("Kinder [r]", "r"), ("Kinder (geschätzt)", "s")],
)
def test_markers_of_heads_and_labels_become_flags_too(label, flags):
    head = read([["Stadtteil", label, "Frauen"], ["Nord", 10, 4], ["Süd", 12, 5]])
    row = read([["Merkmal", "2023", "2024"], [label, 10, 4], ["Frauen", 12, 5]])
    assert [(cell.labels, cell.flags) for cell in head.values()][:2] == [
        (("Nord", "Kinder"), flags),
        (("Nord", "Frauen"), ""),
    ]
    assert [(cell.labels, cell.flags) for cell in row.values()][1:3] == [(("Kinder",), flags), (("Frauen",), "")]
    notes = read([["Stadtteil", "Kinder [1]", "Frauen ²)"], ["Nord", 10, 4], ["Süd", 12, 5]])
    assert [(cell.labels[1], cell.footnotes) for cell in notes.values()][:2] == [("Kinder", ("1",)), ("Frauen", ("²",))]
