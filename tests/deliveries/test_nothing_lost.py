"""Every number, sign and day of a sheet is read, asked or told; heads, sections and lists that were read wrongly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.tables.crosstab import tabulate
from indicators.tables.crosstab.doubts import Code
from tests.deliveries.drawn import codes, lost, periods, read, sheet, tables, unread


@pytest.mark.parametrize("row", [0, 1, 3])
@pytest.mark.parametrize("words", ["liegt nicht vor", "k. A.", "<5", "--", "[c]", "noch nicht erhoben"])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_row_of_words_is_a_row_of_the_table(row, words, columns):
    names = ("AWO", "VHS", "DRK", "Caritas")
    rows = [[name, *(10 * n + c for c in range(columns))] for n, name in enumerate(names, 1)]
    rows[row][1:] = [words] * columns
    found = tables([["Teilnehmende 2024"], [], ["Träger", "Frauen", "Männer", "Divers"][: columns + 1], *rows])
    cells = {cell.address: cell for table in found for cell in table.cells}
    assert len(cells) == 4 * columns
    for cell in cells.values():
        assert cell.labels == (names[cell.row - 4], ("Frauen", "Männer", "Divers")[cell.column - 2])
        assert (Code.NO_NUMBER in codes(cell)) == (cell.row == 4 + row)
    assert not any(table.unread for table in found)


@pytest.mark.parametrize("first", [(2012, 1998), (2010, 2015), (1, 2), (1, 3)])
def test_a_first_row_that_looks_like_years_or_column_numbers_is_data(first):
    rows = [
        ["Stadtteil", "Kinder", "Frauen"],
        ["Nord", *first],
        ["Süd", 2100, 1800],
        ["Ost", 300, 310],
        ["West", 2300, 1500],
    ]
    cells = read([["Bevölkerung 2024"], [], *rows])
    assert set(periods(cells).values()) == {"2024"}
    assert len(cells) == 8 or unread([["Bevölkerung 2024"], [], *rows]) == {"B4:B4", "C4:C4"}
    counted = [["Stadtteil", 2023, 2024], ["Nord", *first], ["Süd", 2100, 1800], ["Ost", 300, 310]]
    years = read(counted)
    assert set(periods(years).values()) == {"2023", "2024"}
    assert len(years) == 6 or unread(counted) == {"B2:B2", "C2:C2"}


@pytest.mark.parametrize("above", [1, 2])
@pytest.mark.parametrize("label", ["2025 (vorläufig)", "Plan 2026", "Ist-Stand heute"])
def test_first_rows_with_other_words_for_their_year_are_read_or_asked(above, label):
    rows = [[label, 310], [2025, 301]][:above]
    cells = read([["Betreute Kinder"], [], ["Jahr", "Kinder"], *rows, [2024, 300], [2023, 295], [2022, 280]])
    assert len(cells) == above + 3 and cells["B4"].value == 310
    assert cells["B4"].doubts or cells["B4"].flags == "p"


def test_a_head_of_one_year_with_a_marker_is_a_table_beside_another_sheet():
    cells = read([["Stadtteil", "2025p"], ["Nord", 10], ["Süd", 12]])
    assert {(cell.value, str(cell.period), cell.flags) for cell in cells.values()} == {
        (10, "2025", "p"),
        (12, "2025", "p"),
    }


def test_numbers_that_belong_to_nothing_are_known_by_their_place():
    rows = [
        ["Kinder 2024", "", "", 4711],
        [],
        ["Stadtteil", "Kinder"],
        ["Nord", 10],
        ["Süd", 12],
        [],
        ["", "", "", "", 17],
    ]
    assert unread(rows) == {"D1:D1", "E7:E7"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Nord", "2024", "Plan 2026", "Summe", "", "--", "Mai"]),
            *[st.sampled_from([1, 2, 3, 2012, 310, "", "-", "k. A.", "x", "2025", 0.4, "Mai"])] * 3,
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_number_is_lost_whatever_a_sheet_looks_like(rows):
    """The invariant itself: what is no cell of a table, no head, label, key or column number is named as unread."""
    drawn = sheet([["Stadtteil", "Kinder", 2024, "Frauen"], *rows])
    found = tabulate(drawn)
    if not found:
        return  # told for the whole sheet (test_own_tables)
    assert lost(drawn, found) == []


def test_a_first_section_that_nobody_merged_is_a_section():
    body = [["Realschulabschluss", 10, 4], ["ohne Abschluss", 5, 2]]
    rows = [
        ["Abschlüsse 2024"],
        [],
        ["Abschluss", "Insgesamt", "Ausländer"],
        [],
        ["Hauptschule"],
        [],
        *body,
        [],
        ["Realschule"],
        [],
        *body,
        [],
        ["Gymnasium"],
        [],
        *body,
    ]
    for merges in ((), ("A10:C10", "A15:C15"), ("A5:C5", "A10:C10", "A15:C15")):
        outer = [cell.labels[0] for cell in read(rows, merges=merges).values()]
        assert outer == 4 * ["Hauptschule"] + 4 * ["Realschule"] + 4 * ["Gymnasium"]


def test_a_top_head_over_the_second_stub_column_belongs_to_every_value():
    rows = [
        ["Altersgruppe", "Quote"],
        ["", "Jahr", "Insgesamt", "ohne", "mit"],
        ["", "", "Prozent"],
        ["15 – 25", 2024, 3.2, 2.6, 4.8],
        ["25 – 35", 2024, 3.6, 2.9, 5.2],
    ]
    cells = read(rows, merges=("A1:A3", "B1:E1", "B2:B3", "C3:E3"))
    assert all(cell.labels[1] == "Quote" and str(cell.period) == "2024" for cell in cells.values())


def test_darunter_beside_two_neighbours_carries_the_neighbour_and_beside_one_it_does_not():
    rows = [
        ["Stadt", "Insgesamt", "darunter", "Männer", "darunter"],
        ["", "", "Akademiker", "", "Akademiker"],
        ["A", 9, 3, 5, 2],
        ["B", 8, 4, 4, 1],
    ]
    merges = ("A1:A2", "B1:B2", "D1:D2")
    cells = read(rows, merges=merges)
    assert cells["C3"].labels == ("A", "Insgesamt", "darunter", "Akademiker")
    assert cells["E3"].labels == ("A", "Männer", "darunter", "Akademiker")
    once = read([row[:3] for row in rows], merges=merges[:2])
    assert once["C3"].labels == ("A", "darunter", "Akademiker")


@pytest.mark.parametrize("start", [1, 21, 101])
def test_column_numbers_may_go_on_from_another_page(start):
    rows = [
        ["Region", "ohne Abschluss", "mit Abschluss", "unbekannt"],
        ["", start, start + 1, start + 2],
        ["Nord", 16.1, 60.2, 5.7],
        ["Süd", 15.0, 61.0, 6.9],
    ]
    assert {cell.labels for cell in read(rows).values()} == {
        (region, head) for region in ("Nord", "Süd") for head in rows[0][1:]
    }


def test_classes_as_bare_numbers_below_their_merged_head():
    rows = [
        ["Herkunft", "zusammen", "davon mit … Personen"],
        ["", "", 2, 3, "4 und mehr"],
        ["ohne", 17, 10, 3, 4],
        ["mit", 7, 3, 2, 2],
    ]
    cells = read(rows, merges=("A1:A2", "B1:B2", "C1:E1"))
    assert len(cells) == 8 and cells["C3"].labels == ("ohne", "davon mit … Personen", "2")


def test_hints_beside_the_title_are_no_heads():
    rows = [
        ["Statistik 2024", "", "Hinweise:"],
        ["Tabelle ab 2022", "", "HZ je 100.000"],
        [],
        ["Straftat", "Jahr", "Zahl", "HZ"],
        ["Diebstahl", 2022, 444, 72.6],
        ["Betrug", 2022, 120, 20.1],
    ]
    assert {cell.labels for cell in read(rows).values()} == {
        (crime, head) for crime in ("Diebstahl", "Betrug") for head in ("Zahl", "HZ")
    }


@pytest.mark.parametrize("head", ["Gemeinde-schlüssel", "Gemeindekennziffer", "RS", "Kennung"])
def test_a_key_between_two_labels_hides_none_of_them(head):
    rows = [
        ["Nr", "Delikt", head, "Stadt", "Zahl", "Quote in %"],
        ["100", "Diebstahl", "05334002", "Aachen", 312, 50.2],
        ["100", "Diebstahl", "09761000", "Augsburg", 231, 69.0],
    ]
    cells = read([["Straftaten 2024"], [], *rows])
    assert cells["E4"].labels == ("Diebstahl", "Aachen", "Zahl") and "05334002" in cells["E4"].codes


def test_a_label_without_values_above_the_total_is_no_label_of_the_total():
    rows = [
        ["Nr", "Name", "Frauen"],
        ["01", "Mitte", 12],
        ["02", "Nord", 5],
        ["", "unbekannt"],
        ["", "Stadt insgesamt", 17],
    ]
    assert read([["Empfänger 2024"], [], *rows])["C7"].labels == ("Stadt insgesamt", "Frauen")


@pytest.mark.parametrize(
    "heads",
    [("Jahr", "Anzahl", "Bemerkung"), ("Jahr", "Fälle", "Frauen", "Bemerkung"), ("Datum", "Wert", "Ort", "Quelle")],
)
def test_lists_with_remarks_are_tables(heads):
    numbers = [head for head in heads if head in ("Anzahl", "Fälle", "Frauen", "Wert")]
    rows = [
        [
            2021 + n if heads[0] == "Jahr" else f"31.12.{2021 + n}",
            *(37 + n for _ in numbers),
            *("VHS" for _ in heads[len(numbers) + 1 :]),
        ]
        for n in range(4)
    ]
    cells = read([list(heads), *rows])
    assert len(cells) == 4 * len(numbers)
    assert all(cell.remark.startswith("VHS") and cell.period.year == 2019 + cell.row for cell in cells.values())


def test_a_place_at_the_end_of_a_list_is_a_label_where_only_it_tells_rows_apart():
    cells = read(
        [
            ["Datum", "Wert", "Ort"],
            ["31.12.2023", 10, "Nord"],
            ["31.12.2023", 11, "Süd"],
            ["31.12.2024", 12, "Nord"],
            ["31.12.2024", 13, "Süd"],
        ]
    )
    assert [cell.labels[0] for cell in cells.values()] == ["Nord", "Süd", "Nord", "Süd"]
    assert not any(cell.doubts for cell in cells.values())


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Wohnfläche je Person in m²", "m²"),
        ("Fläche in km²", "km²"),
        ("Fälle je 1.000 Einwohnerinnen und Einwohner", "je 1.000 Einwohnerinnen und Einwohner"),
        ("Quote je 100.000 Personen unter 25", "je 100.000 Personen"),
    ],
)
def test_units_are_read_whole(head, unit):
    assert {cell.unit for cell in read([["Stadtteil", head], ["Nord", 31.2], ["Süd", 40.5]]).values()} == {unit}


def test_names_that_differ_in_a_bracketed_number_stay_apart():
    cells = read(
        [["Bezirk", "Wähler"], ["Briefwahl (Herdorf 1)", 100], ["Briefwahl (Herdorf 2)", 110], ["Rathaus 3)", 90]]
    )
    assert [cell.labels[0] for cell in cells.values()] == ["Briefwahl (Herdorf 1)", "Briefwahl (Herdorf 2)", "Rathaus"]


@pytest.mark.parametrize(
    "line", ["Datum: 09.07.2025    Zeit: 08:40", "Ausdruck vom 09.07.2025", "Seite 1 von 3", "Erstellt am: 09.07.2025"]
)
def test_printing_days_and_page_numbers_date_nothing(line):
    rows = [
        [line],
        ["Musterstadt", "", "Seite: 1"],
        ["A N E R K E N N U N G E N  2024"],
        ["Berufe", "Insgesamt", "offen"],
        ["Medizin", 10, 2],
        ["Technik", 9, 1],
    ]
    cells = read(rows, merges=("A1:C1", "A3:C3"))
    assert set(periods(cells).values()) == {"2024"}
    assert {cell.labels[-1] for cell in cells.values()} == {"Insgesamt", "offen"}


def test_the_state_of_an_area_is_asked_and_an_imprint_over_two_lines_is_not_believed():
    rows = [
        ["Kreise nach Fläche"],
        ["Gebietsstand: 31.12.2018"],
        [],
        ["Kreis", "Insgesamt", "Frauen"],
        ["Kiel", 10, 5],
        ["Lübeck", 12, 6],
        [],
        ["© Daten (im Auftrag der Herausgeber)"],
        ["     Statistisches Bundesamt, 2019"],
    ]
    cells = read(rows)
    assert set(periods(cells).values()) == {"2018-12-31"} and all(cell.doubts for cell in cells.values())
    assert all(cell.period is None for cell in read([rows[0], *rows[3:]]).values())
