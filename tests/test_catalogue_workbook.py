"""The catalogue as a workbook: out and in changes nothing, a cell changes its field, a fault stands at its cell."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from indicators.attainment import METHODS
from indicators.boards.catalogue_workbook import bring, hand_out
from indicators.boards.catalogue_workbook.rows import made_from
from indicators.boards.catalogue_workbook.words import cell_text, typed
from indicators.boards.definition_forms import FORMS
from indicators.catalogue import CatalogueError, load_texts, texts_of
from indicators.catalogue.editing import Place, changed
from indicators.catalogue.indicator import IndicatorEntry
from indicators.model import Severity
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.workbooks.workbook import read_workbook

SMALL = texts_of(Path(__file__).parent / "small_city")
NOW = load_texts(SMALL, METHODS)


def made(texts=SMALL, catalogue=NOW):
    return openpyxl.load_workbook(io.BytesIO(hand_out(catalogue, texts, 5, date(2026, 1, 1))))


def back(book, texts=SMALL, base=NOW):
    written = io.BytesIO()
    book.save(written)
    return bring(read_workbook(written.getvalue(), "katalog.xlsx"), texts, load_texts(texts, METHODS), base)


def cell(book, sheet, code, head):
    found = book[sheet]
    column = next(one.column for one in found[1] if one.value == head)
    row = next(one.row for one in found["A"] if str(one.value) == code)
    return found.cell(row, column)


def add(book, sheet, **values):
    found = book[sheet]
    heads = {one.value: one.column for one in found[1]}
    row = found.max_row + 1
    for head, value in values.items():
        found.cell(row, heads[head.replace("_", " ")], value)
    return row


@pytest.mark.parametrize(
    "sample", [SMALL, *map(texts_of, SAMPLE_DEFINITIONS.values())], ids=["small", *SAMPLE_DEFINITIONS]
)
def test_out_and_in_changes_nothing(sample):
    catalogue = load_texts(sample, METHODS)
    found = back(made(sample, catalogue), sample, catalogue)
    assert found.findings == [] and found.texts == sample


@pytest.mark.parametrize("sample", SAMPLE_DEFINITIONS.values(), ids=SAMPLE_DEFINITIONS)
def test_every_cell_says_its_field_completely(sample):
    catalogue = load_texts(texts_of(sample), METHODS)
    for form in FORMS.values():
        for _, model in form.entries(catalogue).values():
            values = {
                one.name: one.written(typed(one, cell_text(one, getattr(model, one.name), catalogue), catalogue))
                for one in form.inputs
            }
            code = {"code": model.code} if form.coded else {}
            kind = IndicatorEntry if isinstance(model, IndicatorEntry) else type(model)
            read = kind.model_validate(code | {name: value for name, value in values.items() if value is not None})
            for one in form.inputs:
                if one.name != "members":  # only their codes and titles
                    assert getattr(read, one.name) == getattr(model, one.name), (form.word, code, one.name)


def test_it_has_a_sheet_a_kind_with_german_heads_and_says_its_version():
    book = made()
    assert book.sheetnames == ["Stand", *(form.sheet for form in FORMS.values())]
    heads = [one.value for one in book["Kennzahlen"][1]]
    assert heads[:3] == ["Kürzel", "Titel", "Ziel, zu dem sie gehört"]
    assert cell(book, "Kennzahlen", "B-01", "Gewünschte Richtung").value == "soll steigen"
    assert cell(book, "Grundzahlen", "kinder", "Gehört zu").value == "B"
    written = io.BytesIO()
    book.save(written)
    assert made_from(read_workbook(written.getvalue(), "k.xlsx")) == NOW.version


def ind(code, name):
    return lambda catalogue: getattr(catalogue.indicators[code], name)


def base(code, name):
    return lambda catalogue: getattr(catalogue.base_figures[code], name)


def points(catalogue):
    return [(str(one.period), one.value) for one in catalogue.indicators["B-01"].targets]


def of_each(name, field):
    return lambda catalogue: [getattr(one, field) for one in getattr(catalogue.indicators["B-01"], name)]


B1, KPI, FIGURES = "B-01", "Kennzahlen", "Grundzahlen"
RULE = "Titel: Kurz | Verfahren: Richtung ohne Zielwert"
SMALL_HEAD = "Schwellenwert für kleine Zahlen"


@pytest.mark.parametrize(
    ("sheet", "code", "head", "value", "read", "wanted"),
    [
        (KPI, B1, "Titel", "Quote", ind(B1, "title"), "Quote"),
        (KPI, B1, "Nachkommastellen", 2, ind(B1, "decimals"), 2),
        (KPI, B1, "Toleranz", 1.5, ind(B1, "tolerance"), 1.5),
        (KPI, B1, "Ziel und Zwischenziele", "2028: 30\n2030: 45,5", points, [("2028", 30.0), ("2030", 45.5)]),
        (KPI, B1, "Wird nicht mehr geführt", "ja", ind(B1, "retired"), True),
        (KPI, B1, "Gliederungen", None, ind(B1, "breakdowns"), ()),
        (KPI, "B-03", "Häufigkeit", "jährlich", ind("B-03", "frequency"), "yearly"),
        (KPI, B1, "Frühere Definitionen", "2015: Anteil: so", of_each("versions", "definition"), ["Anteil: so"]),
        (KPI, B1, "Brüche", "2024: Zensus", of_each("breaks", "note"), ["Zensus"]),
        (KPI, B1, "Weitere Ziele", RULE, of_each("further_rules", "title"), ["Kurz"]),
        (FIGURES, "kinder", "Stichtag", "31.12.", base("kinder", "reference"), "12-31"),
        (FIGURES, "kursplaetze", "Meldende Stellen", "AWO", base("kursplaetze", "reporters"), ("AWO",)),
        (FIGURES, "kita_kinder", SMALL_HEAD, 10, base("kita_kinder", "suppress_below"), 10),
        ("Ziele", "B-1", "Wortlaut", "=1+1", lambda c: c.goal_title("B-1"), "=1+1"),
        ("Meldende Stellen", "AWO", "Gilt bis", 2030, lambda c: str(c.reporters["AWO"].valid_to), "2030"),
        ("Einheiten", "Personen", "Bezeichnung", "Menschen", lambda c: c.units["Personen"].title, "Menschen"),
        ("Handlungsfelder", "B", "Federführung", "FB 51", lambda c: c.field("B").lead, "FB 51"),
    ],
)
def test_a_changed_cell_changes_its_field_and_nothing_else(sheet, code, head, value, read, wanted):
    book = made()
    target = cell(book, sheet, code, head)
    target.value = value
    if isinstance(value, str):
        target.data_type = "s"
    found = back(book)
    assert found.findings == []
    after = load_texts(found.texts, METHODS)
    assert read(after) == wanted != read(NOW)
    assert set(after.indicators) == set(NOW.indicators)


def test_the_city_and_a_dimension_of_ones_own_are_on_sheets_too():
    book = made()
    book["Stadt"].cell(2, 1, "Kleinstadt am See")
    add(book, "Merkmale", Kürzel="viertel", Bezeichnung="Viertel", Bedeutung="Stadtteile", Ausprägungen="Süd\nn2: Nord")
    add(book, "Einheiten", Kürzel="Stunden", Bezeichnung="Stunden", Nachkommastellen="1")
    after = load_texts(back(book).texts, METHODS)
    assert after.city.name == "Kleinstadt am See"
    assert [one.code for one in after.dimensions["viertel"].members] == ["sued", "n2"]
    assert after.units["Stunden"].decimals == 1


def test_new_rows_are_new_definitions_also_of_each_other():
    book = made()
    add(book, "Handlungsfelder", Kürzel="C", Titel="Arbeit", Art="Handlungsfeld")
    found = back(book)
    texts, catalogue = found.texts, load_texts(found.texts, METHODS)
    book = made(texts, catalogue)
    add(book, "Ziele", Kürzel="C-1", Gehört_zu="C", Wortlaut="Mehr Menschen arbeiten.")
    add(
        book, "Grundzahlen", Kürzel="jobs", Gehört_zu="C", Titel="Stellen", Einheit="Personen", Zählweise="im Zeitraum",
        Häufigkeit="jährlich", Meldende_Stellen="FB 51", Schutz_kleiner_Zahlen="Sperren",
    )  # fmt: skip
    found = back(book, texts, catalogue)
    assert found.findings == []
    after = load_texts(found.texts, METHODS)
    assert after.base_figures["jobs"].due_days == 42 and "C-1" in after.goals


def test_a_code_is_renamed_without_losing_what_it_was():
    book = made()
    cell(book, "Grundzahlen", "kinder", "Frühere Kürzel").value = "kinder"
    cell(book, "Grundzahlen", "kinder", "Kürzel").value = "kinder_alle"
    found = back(book)
    after = load_texts(found.texts, METHODS)
    assert after.base_figures["kinder_alle"].formerly == ("kinder",)
    assert "kinder_alle" in after.indicators["B-01"].expression.names


@pytest.mark.parametrize(
    ("sheet", "code", "head", "value", "word"),
    [
        ("Kennzahlen", "B-01", "Nachkommastellen", "viele", "viele"),
        ("Kennzahlen", "B-01", "Gewünschte Richtung", "hoch", "soll steigen"),
        ("Kennzahlen", "B-01", "Ausgangswert", "2020", "unvollständig"),
        ("Kennzahlen", "B-01", "Wird nicht mehr geführt", "vielleicht", "weder ja noch nein"),
        ("Grundzahlen", "kinder", "Meldende Stellen", "FB 99", "FB 99"),
        ("Ausprägungen", "deutsch", "Alter von … bis unter …", "jung", "Altersspanne"),
    ],
)
def test_what_cannot_be_read_stands_at_its_cell(sheet, code, head, value, word):
    book = made()
    target = cell(book, sheet, code, head)
    target.value = value
    found = back(book)
    [fault] = [one for one in found.findings if one.severity is Severity.ERROR]
    assert not found.usable and found.texts == SMALL
    assert (fault.place.sheet, fault.place.cell) == (sheet, target.coordinate) and word in fault.message


def test_faults_of_the_whole_stand_at_the_cells_they_come_from():
    book = made()
    target = cell(book, "Kennzahlen", "B-01", "Formel")
    target.value = "100 * kita_kinder / kids"
    found = back(book)
    with pytest.raises(CatalogueError) as error:
        load_texts(found.texts, METHODS)
    found.blame(error.value.faults)
    assert [(one.place.sheet, one.place.cell) for one in found.findings] == [("Kennzahlen", target.coordinate)]


def test_heads_codes_and_sheets_that_are_wrong_are_told():
    book = made()
    book["Kennzahlen"]["B1"] = "Tiitel"
    book["Ziele"]["A3"] = book["Ziele"]["A2"].value
    book["Einheiten"]["A2"] = None
    book.create_sheet("Notizen")["A1"] = "x"
    told = {(one.place.sheet, one.place.cell): one.message for one in back(book).findings}
    assert "Tiitel" in told["Kennzahlen", "B1"]
    assert "doppelt" in told["Ziele", "A3"]
    assert "fehlt das Kürzel" in told["Einheiten", "A2"]
    assert "nicht gelesen" in told["Notizen", ""]


def test_a_row_that_is_left_out_changes_nothing_and_is_told():
    book = made()
    book["Kennzahlen"].delete_rows(3)
    found = back(book)
    assert found.usable and found.texts == SMALL
    assert "B-02" in found.findings[0].message


def test_a_workbook_of_an_earlier_version_undoes_nothing_of_the_later_one():
    book = made()  # of the earlier version
    later = changed(SMALL, Place("indicators", "B-02"), {"title": "Plätze, neu"})
    cell(book, "Kennzahlen", "B-01", "Titel").value = "Quote"
    found = back(book, later)
    after = load_texts(found.texts, METHODS)
    assert (after.indicators["B-01"].title, after.indicators["B-02"].title) == ("Quote", "Plätze, neu")
    assert [str(one) for one in found.since] == ["Kennzahl B-02: Plätze, neu, Titel: Kursplätze im Jahr → Plätze, neu"]
    assert found.findings == []


def test_where_both_changed_the_same_it_is_told_at_the_cell():
    book = made()
    later = changed(SMALL, Place("indicators", "B-01"), {"title": "Ihre"})
    target = cell(book, "Kennzahlen", "B-01", "Titel")
    target.value = "Meine"
    [told] = back(book, later).findings
    assert told.severity is Severity.WARNING and told.place.cell == target.coordinate and "Ihre" in told.message


def test_a_workbook_that_is_no_catalogue_is_refused():
    found = back(openpyxl.Workbook())
    assert not found.usable and "keines der Blätter" in found.findings[-1].message


def test_goals_approaches_and_where_an_indicator_was_come_in_below_what_stands_above_them():
    book = made()
    add(book, "Ziele", Kürzel="B-8", Gehört_zu="B", Wortlaut="Neues Leitziel", Text_des_Konzepts="Kapitel 8")
    add(book, "Ziele", Kürzel="B-8.1", Gehört_zu="B-8", Wortlaut="Neues Teilziel", Gilt_ab="2026-01-01")
    add(book, "Handlungsansätze", Kürzel="B-8.a", Gehört_zu="B-8", Wortlaut="Lotsinnen")
    cell(book, "Kennzahlen", "B-01", "Frühere Ziele").value = "2024-12-31: B-8.1"
    cell(book, "Ziele", "B-1", "Frühere Fassungen").value = "2023: Früher hieß es so. | Kapitel 1"
    found = back(book)
    assert [one.message for one in found.findings] == []
    read = load_texts(found.texts, METHODS)
    guiding = {goal.code: goal for field in read.fields for goal in field.guiding_goals}
    assert guiding["B-8"].text == "Kapitel 8"
    assert [(one.code, str(one.valid_from)) for one in guiding["B-8"].sub_goals] == [("B-8.1", "2026-01-01")]
    assert [one.title for one in guiding["B-8"].approaches] == ["Lotsinnen"]
    assert [(one.title, one.text) for one in guiding["B-1"].earlier] == [("Früher hieß es so.", "Kapitel 1")]
    assert [one.goal for one in read.indicator("B-01").earlier_goals] == ["B-8.1"]
    book = made(found.texts, read)
    again = back(book, found.texts, read)
    assert again.findings == [] and again.texts == found.texts
    cell(book, "Kennzahlen", "B-01", "Handlungsansätze").value = "B-8.a"
    again = back(book, found.texts, read)
    assert load_texts(again.texts, METHODS).indicator("B-01").approaches == ("B-8.a",)


def test_an_approach_below_nothing_is_told_at_its_cell():
    book = made()
    row = add(book, "Handlungsansätze", Kürzel="B-8.a", Gehört_zu="B-77", Wortlaut="Lotsinnen")
    found = back(book)
    assert [(one.rule, one.place.cell) for one in found.findings] == [("catalogue-owner", f"B{row}")]
