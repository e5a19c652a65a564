"""Templates: every input cell found again by its map, in Excel's and in LibreOffice's hands."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from indicators.catalogue import Catalogue, load
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.templates.hidden_map import GUIDE_SHEET, HEADER_ROW, MAP_COLUMNS, MAP_SHEET, PROPERTIES, TEMPLATE_ID
from indicators.templates.template import (
    TemplateError,
    build_template,
    build_zip,
    figures_for,
    file_name,
    fill_template,
    template_slots,
)

DEFINITIONS = Path(__file__).parents[2] / "indicators" / "definitions"
YEAR = Period.of_year(2024)
QUARTER = Period.quarter(2026, 3)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DEFINITIONS)


@pytest.fixture(scope="module")
def schools(catalogue: Catalogue) -> bytes:
    key = ("schueler8_gymnasium", Breakdown.of(herkunft="auslaendisch"))
    return build_template(catalogue, "FB 40", YEAR, {key: "94"})


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_every_asked_breakdown_has_one_input_cell(catalogue: Catalogue) -> None:
    for reporter in catalogue.reporters:
        for period in (YEAR, QUARTER, Period.half(2026, 1), Period.school_year(2025)):
            figures = figures_for(catalogue, reporter, period)
            if not figures:
                continue
            slots = template_slots(build_template(catalogue, reporter, period))
            asked = {(figure.code, found) for figure in figures for found in catalogue.breakdowns_of(figure)}
            assert {(slot.base_figure, slot.breakdown) for slot in slots} == asked
            assert len(slots) == len(asked) == len({(slot.sheet, slot.cell) for slot in slots})
            assert {slot.period for slot in slots} == {str(period)}


def test_a_crossing_puts_its_last_dimension_into_the_columns(schools: bytes) -> None:
    """Worked out by hand: title rows 5 to 8, the city in row 9, areas from row 11; three columns per member."""
    cells = {slot.breakdown.code: slot.cell for slot in template_slots(schools) if slot.base_figure == "schueler8_alle"}
    assert cells["herkunft=auslaendisch"] == "B9"
    assert cells["herkunft=deutsch"] == "E9"
    assert cells["gebiet=niedersachsen;herkunft=auslaendisch"] == "B11"
    assert cells["gebiet=goettingen;herkunft=deutsch"] == "E17"
    sheet = opened(schools)["8. Schuljahrgang"]
    assert (sheet["B5"].value, sheet["B7"].value, sheet["E7"].value) == (
        "Jugendliche des 8. Schuljahrgangs",
        "Ausländerinnen und Ausländer",
        "Deutsche",
    )
    assert (sheet["A9"].value, sheet["A10"].value, sheet["A11"].value) == (
        "Braunschweig, Stadt",
        "Vergleichsgebiet",
        "Niedersachsen",
    )


def test_last_values_stand_in_grey_beside_the_input(schools: bytes) -> None:
    book = opened(schools)
    slot = next(s for s in template_slots(schools) if s.name == "eingabe_schueler8_gymnasium__herkunft_auslaendisch")
    beside = book[slot.sheet][slot.remark].offset(column=1)
    assert (beside.value, beside.font.color.rgb, beside.protection.locked) == ("94", "005C5C5C", True)


def test_only_input_and_remark_cells_are_open(schools: bytes) -> None:
    book = opened(schools)
    meant = {(slot.sheet, cell) for slot in template_slots(schools) for cell in (slot.cell, slot.remark, slot.comment)}
    found = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert found == meant
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert not any(sheet.protection.password for sheet in book.worksheets)
    assert book.security.lockStructure


def test_names_and_drop_downs_sit_on_the_input_cells(schools: bytes) -> None:
    book = opened(schools)
    for slot in template_slots(schools):
        ((sheet, cell),) = book.defined_names[slot.name].destinations
        assert (sheet, cell.replace("$", "")) == (slot.sheet, slot.cell)
        signs, remarks, comments = book[slot.sheet].data_validations.dataValidation
        assert slot.comment in comments.sqref and comments.formula1 == "500"
        assert slot.cell in signs.sqref
        assert slot.remark in remarks.sqref
        assert signs.formula1 == '"–,.,…,/,x"'
        assert not signs.showErrorMessage  # a number must pass


def test_the_map_is_hidden_and_says_what_the_workbook_is(catalogue: Catalogue, schools: bytes) -> None:
    book = opened(schools)
    sheet = book[MAP_SHEET]
    assert sheet.sheet_state == "veryHidden"
    facts = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, len(PROPERTIES) + 1)}
    assert facts == {
        "vorlage": TEMPLATE_ID,
        "vorlage_version": "1",
        "meldende_stelle": "FB 40",
        "berichtszeitraum": "2024",
        "katalog_version": catalogue.version,
    }
    assert {found.name: found.value for found in book.custom_doc_props.props} == facts
    assert tuple(cell.value for cell in sheet[HEADER_ROW]) == MAP_COLUMNS


def test_the_guide_says_what_to_do(schools: bytes) -> None:
    texts = [str(cell.value) for row in opened(schools)[GUIDE_SHEET].iter_rows() for cell in row if cell.value]
    assert "Fachbereich Schule (FB 40)" in texts
    assert "11.02.2025" in texts  # 42 days after 31.12.2024
    for sign in ("–", ".", "…", "/", "x"):
        assert sign in texts
    assert any("© Landesamt für Statistik Niedersachsen" in text for text in texts)


def test_a_stock_names_its_day(catalogue: Catalogue) -> None:
    sheet = opened(build_template(catalogue, "FB 51", YEAR))["Kita"]
    assert sheet["B6"].value == "Prozent · Bestand am 01.03.2024"


def test_the_same_template_is_the_same_bytes(catalogue: Catalogue, schools: bytes) -> None:
    key = ("schueler8_gymnasium", Breakdown.of(herkunft="auslaendisch"))
    assert build_template(catalogue, "FB 40", YEAR, {key: "94"}) == schools
    filled = {key: 75.0}
    assert fill_template(schools, filled) == fill_template(schools, filled)


def test_all_templates_in_one_zip(catalogue: Catalogue) -> None:
    with zipfile.ZipFile(io.BytesIO(build_zip(catalogue, QUARTER))) as archive:
        names = archive.namelist()
        assert names == [
            f"2026-Q3_{code}.xlsx"
            for code in ("BfM", "FB-32", "FB-41", "FB-50", "FB-51", "VHS", "AWO", "DRK", "Caritas", "HdK")
        ]
        assert len(template_slots(archive.read("2026-Q3_VHS.xlsx"))) == 2 * (1 + 4 + 4 * 3)


def test_nothing_to_ask_is_told(catalogue: Catalogue) -> None:
    with pytest.raises(TemplateError, match="Für „AWO“ und 2024 sind keine Zahlen zu liefern"):
        build_template(catalogue, "AWO", YEAR)
    with pytest.raises(TemplateError):
        build_template(catalogue, "niemand", YEAR)
    with pytest.raises(TemplateError):
        build_zip(catalogue, Period.month(2026, 1))


def test_filling_writes_numbers_signs_and_remarks(schools: bytes) -> None:
    foreign, german = Breakdown.of(herkunft="auslaendisch"), Breakdown.of(herkunft="deutsch")
    filled = fill_template(
        schools,
        {
            ("schueler8_alle", foreign): 320,
            ("schueler8_alle", german): (2002, "p"),
            ("schueler8_foerderschule", foreign): Sign.NOTHING,
        },
    )
    slots = {(slot.base_figure, slot.breakdown): slot for slot in template_slots(filled)}
    book = opened(filled)

    def value(figure: str, breakdown: Breakdown, remark: bool = False) -> object:
        slot = slots[figure, breakdown]
        return book[slot.sheet][slot.remark if remark else slot.cell].value

    assert value("schueler8_alle", foreign) == 320
    assert (value("schueler8_alle", german), value("schueler8_alle", german, True)) == (2002, "p")
    assert value("schueler8_foerderschule", foreign) == "–"


def test_a_value_without_a_cell_is_refused(schools: bytes) -> None:
    with pytest.raises(TemplateError, match="kein Feld für schueler8_alle geschlecht=weiblich"):
        fill_template(schools, {("schueler8_alle", Breakdown.of(geschlecht="weiblich")): 1})
    with pytest.raises(TemplateError, match="kein Zusatz"):
        fill_template(schools, {("schueler8_alle", Breakdown.of(herkunft="deutsch")): (1, "q")})


def test_file_names_are_plain() -> None:
    assert file_name(Period.school_year(2025), "Ref. 0120/Ü") == "2025-26_Ref-0120.xlsx"


def test_survives_libreoffice(schools: bytes, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    foreign = Breakdown.of(herkunft="auslaendisch")
    filled = fill_template(schools, {("schueler8_alle", foreign): 320, ("schueler8_igs", foreign): Sign.UNKNOWN})
    (tmp_path / "vorlage.xlsx").write_bytes(filled)
    command = [
        soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
        str(tmp_path / "vorlage.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "out" / "vorlage.xlsx").read_bytes()

    assert template_slots(saved) == template_slots(schools)
    before, after = opened(filled), opened(saved)
    assert {p.name: p.value for p in after.custom_doc_props.props} == {
        p.name: p.value for p in before.custom_doc_props.props
    }
    assert after[MAP_SHEET].sheet_state != "visible"
    assert {sheet.title: sheet.protection.sheet for sheet in after.worksheets} == {
        sheet.title: True for sheet in before.worksheets
    }
    for slot in template_slots(saved):
        ((sheet, cell),) = after.defined_names[slot.name].destinations
        assert (sheet, cell.replace("$", "")) == (slot.sheet, slot.cell)
        assert not after[slot.sheet][slot.cell].protection.locked
        assert after[slot.sheet][slot.cell].value == before[slot.sheet][slot.cell].value
        validated = [found for found in after[slot.sheet].data_validations.dataValidation if slot.cell in found.sqref]
        assert len(validated) == 1
