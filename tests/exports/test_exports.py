"""Exports, checked on their bytes: what went in comes out, and nothing else does."""

import csv
import hashlib
import io
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from indicators.attainment import Status
from indicators.exports import FORMATS, export_name
from indicators.exports.texts import EXCEL_LONGEST
from indicators.figures import Cell, Figure, framed, status_matrix, trend
from indicators.model import Measurement, Series, Sign
from indicators.periods import Period
from tests.figures.samples import BREAK_2022, CATALOGUE, FEMALE, RISING, count, quarters, rate, years

MOMENT = datetime(2026, 11, 14, 8, 30)
DANGEROUS = ['=HYPERLINK("http://x.example")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1"]


def rising(*contents) -> Figure:
    figure = trend([years(2012, *(contents or RISING))], rate(), CATALOGUE)
    return replace(figure, moment=MOMENT)


def texts(*cells: str) -> Figure:
    return Figure("t", "Tabelle", framed({"Text": list(cells)}))


def workbook(*figures: Figure) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(figures)))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_every_format_has_its_four_parts():
    assert set(FORMATS) == {"xlsx", "csv", "csv-machine", "png", "svg"}
    for export_format in FORMATS.values():
        assert export_format.label and export_format.suffix.startswith(".") and "/" in export_format.mime


@pytest.mark.parametrize("key", FORMATS)
def test_the_same_figures_give_the_same_bytes(key):
    assert FORMATS[key].render([rising()]) == FORMATS[key].render([rising()])


# XLSX


def test_xlsx_holds_numbers_with_the_units_format():
    sheet = workbook(rising()).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == (
        "Betreuungsquote der unter Dreijährigen",
        "Prozent, 2012 bis 2024",
    )
    assert [cell.value for cell in sheet[4]] == ["Zeitraum", "Insgesamt", "Zielpfad"]
    assert [sheet.cell(5 + row, 2).value for row in range(13)] == list(RISING)
    assert sheet["B5"].number_format == '#,##0.0"\u00a0%"'
    assert sheet["A5"].value == "2012"


def test_xlsx_has_a_native_chart_with_alternative_text_and_our_scale():
    content = FORMATS["xlsx"].render([rising()])
    chart = part(content, "xl/charts/chart1.xml")
    assert "<c:lineChart>" in chart
    assert '<c:max val="40' in chart and '<c:min val="0' in chart
    assert rising().alt in part(content, "xl/drawings/drawing1.xml")
    # the chart's numbers come from the table
    assert "'Betreuungsquote der unter Dreij'!$B$5:$B$21" in chart


def test_xlsx_never_draws_a_sign_as_zero():
    content = FORMATS["xlsx"].render([rising(20.0, Sign.SECRET, 22.0)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=5, max_row=7)}
    assert rows == {"2012": 20.0, "2013": ".", "2014": 22.0}
    plain = {row[0].value: row[1].value for row in book["Diagrammdaten"].iter_rows(min_row=5, max_row=7)}
    assert plain == {"2012": 20.0, "2013": None, "2014": 22.0}
    chart = part(content, "xl/charts/chart1.xml")
    assert "Diagrammdaten!$B$5" in chart and 'dispBlanksAs val="zero"' not in chart


@pytest.mark.parametrize("key", FORMATS)
def test_signs_alone_go_out_in_every_format(key):
    """All that an indicator has can be hidden: then there is a table of signs, and in Excel no chart."""
    hidden = years(2012, *[Sign.SECRET] * 4)
    figure = trend([hidden], rate(targets=(), baseline=None, method="direction"), CATALOGUE)
    assert not figure.is_drawn
    content = FORMATS[key].render([figure])
    if key == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert [cell.value for cell in sheet["B"][4:8]] == ["."] * 4
        assert "xl/charts/chart1.xml" not in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_xlsx_interrupts_the_line_at_a_break():
    broken = trend([years(2020, 20.0, 21.0, 12.0, 13.0)], rate(breaks=(BREAK_2022,), targets=()), CATALOGUE)
    content = FORMATS["xlsx"].render([broken])
    plain = openpyxl.load_workbook(io.BytesIO(content))["Diagrammdaten"]
    columns = [[cell.value for cell in column] for column in plain.iter_cols(min_row=4, max_row=8, max_col=3)]
    assert columns[1:] == [["Insgesamt", 20.0, 21.0, None, None], ["Insgesamt", None, None, 12.0, 13.0]]
    assert part(content, "xl/charts/chart1.xml").count("<c:ser>") == 2


def test_xlsx_writes_limited_values_in_brackets():
    points = (Measurement(Period.of_year(2024), 12.5, Sign.LIMITED),)
    figure = trend([Series("B-01", years(2024).breakdown, points)], rate(targets=(), baseline=None), CATALOGUE)
    cell = workbook(figure).worksheets[0]["B5"]
    assert (cell.value, cell.number_format) == (12.5, '"("#,##0.0")""\u00a0%"')


def test_xlsx_tells_where_its_figures_come_from():
    sheet = workbook(rising())["Angaben"]
    facts = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert facts["Definition"] == "Anteil der betreuten Kinder."
    assert facts["Quelle"] == "Eigene Fortschreibung"
    assert facts["Datenstand"] == "14.11.2026, 09:30 Uhr"
    assert facts["Beschreibung"] == rising().alt
    assert facts["."] == Sign.SECRET.meaning and facts["( )"] == Sign.LIMITED.meaning


def test_xlsx_carries_the_moment_of_the_figures_as_its_date():
    assert workbook(rising()).properties.created == MOMENT


def test_xlsx_texts_never_become_formulas_or_links():
    book = workbook(texts(*DANGEROUS))
    cells = [book.worksheets[0].cell(5 + row, 1) for row in range(len(DANGEROUS))]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    assert cells[0].value == DANGEROUS[0]
    assert "<f>" not in part(FORMATS["xlsx"].render([texts(*DANGEROUS)]), "xl/worksheets/sheet1.xml")


def test_xlsx_cuts_too_long_texts_visibly_and_drops_control_characters():
    sheet = workbook(texts("x" * 40_000, "a\x00b\x0bc\ud800d", "😀" * 20_000)).worksheets[0]
    long, controlled, wide = (sheet.cell(row, 1).value for row in (5, 6, 7))
    assert len(long) == EXCEL_LONGEST and long.endswith("[gekürzt]")
    assert controlled == "abcd"
    assert len(wide.encode("utf-16-le")) // 2 <= EXCEL_LONGEST and wide.endswith("[gekürzt]")


def test_xlsx_sheet_names_follow_excels_rules():
    titles = ["A/B: [x]*?", "A/B: [x]*?", "'", "", "Angaben", "x" * 50, "x" * 50, "History"]
    book = workbook(*(replace(texts("a"), title=title) for title in titles))
    names = book.sheetnames
    assert len(names) == len({name.lower() for name in names}) == len(titles) + 1
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)


def test_xlsx_draws_bars_and_stacks_where_there_are_no_periods():
    groups: dict[str, list[Cell]] = {"Gliederung": ["Mitte", "Nord"], "Prozent": [30.1, Sign.SECRET]}
    compared = Figure("g", "Vergleich", framed(groups), spec={}, decimals={"Prozent": 1})
    matrix = status_matrix([("A Sprache", [Status.ON_TRACK])])
    content = FORMATS["xlsx"].render([compared, matrix])
    assert "<c:barChart>" in part(content, "xl/charts/chart1.xml")
    assert '<c:grouping val="stacked"/>' in part(content, "xl/charts/chart2.xml")


def test_xlsx_of_nothing_opens_too():
    assert workbook(trend([years(2012)], rate(), CATALOGUE)).sheetnames[-1] == "Angaben"


# CSV


def test_german_csv_reads_back_with_comma_and_semicolon():
    content = FORMATS["csv"].render([rising()])
    assert content.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(content), sep=";", decimal=",", dtype={"Zeitraum": str})
    assert table["Insgesamt (%)"].dropna().tolist() == list(RISING)
    assert table["Zeitraum"].tolist()[:2] == ["2012", "2013"]


def test_german_csv_keeps_signs_as_they_are():
    rows = _rows(FORMATS["csv"].render([rising(Sign.NOTHING, Sign.SECRET, 3.0)]), ";")
    assert [row[1] for row in rows[1:4]] == ["-", ".", "3,0"]


@pytest.mark.parametrize("key", ["csv", "csv-machine"])
@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_disarms_formulas_in_texts(key, text):
    figure = Figure("t", "T", framed({"Kopf": ["a"], "Text": [text]}))
    cell = _rows(FORMATS[key].render([figure]), ";" if key == "csv" else ",")[1][-1]
    assert cell.startswith("'") and cell[1:] == text.replace("\x00", "")


def test_csv_leaves_negative_numbers_numbers():
    figure = Figure("t", "T", framed({"Kopf": ["a"], "Wert": [-1234.5]}), decimals={"Wert": 1})
    assert _rows(FORMATS["csv"].render([figure]), ";")[1] == ["a", "-1234,5"]
    assert _rows(FORMATS["csv-machine"].render([figure]), ",")[1][4] == "-1234.5"


def test_machine_csv_is_tidy_with_periods_signs_and_points():
    women = years(2012, 17.0, Sign.SECRET, breakdown=FEMALE)
    figure = trend([years(2012, 18.3, 19.9), women], rate(targets=(), baseline=None), CATALOGUE)
    lines = list(csv.DictReader(io.StringIO(FORMATS["csv-machine"].render([figure]).decode())))
    values = [(line["period"], line["column"], line["value"], line["sign"]) for line in lines if not line["text"]]
    assert values == [
        ("2012", "Insgesamt", "18.3", ""),
        ("2012", "Frauen", "17.0", ""),
        ("2013", "Insgesamt", "19.9", ""),
        ("2013", "Frauen", "", "*"),
    ]
    quarter = trend([quarters("2026-Q3", 2109)], count(targets=()), CATALOGUE)
    assert "A-01,2026-Q3,3. Quartal 2026,Insgesamt,2109,," in FORMATS["csv-machine"].render([quarter]).decode()


def _rows(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


# Pictures


def test_png_is_a_picture_of_print_size():
    content = FORMATS["png"].render([rising()])
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    assert 1500 < width < 2600 and 900 < height < 1600
    told = Image.open(io.BytesIO(content))
    told.verify()
    assert told.info["Description"] == rising().alt
    assert told.info["Source"] == "Quelle: Eigene Fortschreibung"


def test_svg_carries_title_note_and_source_and_asks_no_one():
    content = FORMATS["svg"].render([rising()]).decode()
    drawing = ET.fromstring(content)
    said = "".join(drawing.itertext())
    assert drawing[0].text == rising().alt
    assert "Betreuungsquote der unter Dreijährigen" in said
    assert "Quelle: Eigene Fortschreibung · Datenstand: 14.11.2026, 09:30 Uhr" in said
    assert "40 %" in said.replace("\u00a0", " ")
    without_namespaces = content.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in without_namespaces and "@import" not in content and "<script" not in content


def test_pictures_need_a_chart():
    table = texts("a")
    assert not FORMATS["png"].suits([table]) and not FORMATS["svg"].suits([table])
    assert FORMATS["xlsx"].suits([table])
    assert FORMATS["svg"].suits([table, rising()])
    with pytest.raises(ValueError, match="chart"):
        FORMATS["svg"].render([table])


@pytest.mark.parametrize("key", FORMATS)
def test_a_hidden_value_is_in_no_export(key):
    # 77.7 was suppressed before the figure was made; its neighbours are exported
    content = FORMATS[key].render([rising(20.0, Sign.SECRET, 22.0)])
    everything = content if key != "xlsx" else b"".join(_members(content))
    assert b"77" not in everything if key in ("csv", "csv-machine") else b"77.7" not in everything


def _members(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(name) for name in book.namelist()]


# Names


def test_the_file_name_tells_content_and_version():
    name = export_name(rising(), b"content", ".xlsx")
    assert name == f"b-01-betreuungsquote-der-unter-dreijaehrigen-{hashlib.sha256(b'content').hexdigest()[:12]}.xlsx"
    assert export_name(rising(), b"other", ".xlsx") != name


def test_the_file_name_is_harmless_and_short():
    figure = replace(texts("a"), key="../../x<script>", title="Straße " * 40)
    name = export_name(figure, b"", ".csv")
    assert name.startswith("x-script-strasse-") and len(name) < 90
    assert Path(name).name == name


def test_a_list_holds_numbers_with_their_unit_beside_them():
    """Different things under one another: each cell has its own decimals, a change its sign, and a unit of its own."""
    figure = Figure(
        "liste",
        "Liste",
        framed(
            {
                "Kennzahl": ["A", "B"],
                "Wert": [13.5, 722.0],
                "Einheit": ["Prozent", "Kinder"],
                "Veränderung": [-6.3, 72.0],
            }
        ),
        decimals={"Wert": 1, "Veränderung": 1},
        own_decimals={(1, "Wert"): 0, (1, "Veränderung"): 0},
        unit_columns={"Wert": "Einheit"},
        signed=frozenset({(0, "Veränderung"), (1, "Veränderung")}),
    )
    assert figure.rows == [
        ["A", "13,5", "Prozent", "\N{MINUS SIGN}6,3"],
        ["B", "722", "Kinder", "+72"],
    ]
    german = _rows(FORMATS["csv"].render([figure]), ";")
    assert german[1:] == [["A", "13,5", "Prozent", "-6,3"], ["B", "722", "Kinder", "72"]]
    tidy = list(csv.DictReader(io.StringIO(FORMATS["csv-machine"].render([figure]).decode())))
    assert [(line["column"], line["value"], line["unit"]) for line in tidy if line["value"]] == [
        ("Wert", "13.5", "Prozent"),
        ("Veränderung", "-6.3", ""),
        ("Wert", "722", "Kinder"),
        ("Veränderung", "72", ""),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render([figure]))).worksheets[0]
    assert [(cell.value, cell.number_format) for cell in sheet["D"][4:6]] == [
        (-6.3, '+#,##0.0;-#,##0.0;"±"#,##0.0'),
        (72, '+#,##0;-#,##0;"±"#,##0'),
    ]


@pytest.mark.parametrize("text", ["-6,3", "-1.234,5", "-6,3 Prozentpunkte", "-0.5"])
def test_a_negative_number_that_is_a_text_has_no_apostrophe(text):
    figure = Figure("t", "T", framed({"Kopf": ["a"], "Text": [text]}))
    assert _rows(FORMATS["csv-machine"].render([figure]), ",")[1][-1] == text


@pytest.mark.parametrize("text", ["-2+3", "-1,5 A1", "-6,3;=1", "-cmd"])
def test_what_only_begins_like_a_number_is_disarmed(text):
    figure = Figure("t", "T", framed({"Kopf": ["a"], "Text": [text]}))
    assert _rows(FORMATS["csv-machine"].render([figure]), ",")[1][-1] == f"'{text}"
