"""Texts of strangers: shown harmlessly, stored raw, handed back as texts."""

import csv
import io
import unicodedata

import openpyxl
import pytest

from indicators import foreign_text
from indicators.deliveries.staging import confirm, stage
from indicators.exports import FORMATS
from indicators.figures import Figure, framed
from indicators.foreign_text import WORKBOOKS, acts, download_name, harmless, legible
from indicators.ledger.archive import accepted_findings, original
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Finding, Place, Severity
from indicators.store.database import utc_now
from indicators.ui.html import plain
from indicators.workbooks import annotate as annotating
from indicators.workbooks.annotate import annotate
from tests.conftest import filled_template
from tests.workbooks.edits import with_cells
from tests.workbooks.uploads import case

FORMULAS = ('=HYPERLINK("http://x.example";"Klick")', "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1+1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kita Süd", "Kita Süd"),
        ("Su\u0308d", "Süd"),
        ("a\nb\tc", "a b c"),
        ("a\x00b\x1bc\x85d", "a\ufffdb\ufffdc d"),
        ("moc.\u202exslx", "moc.\ufffdxslx"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 3),
        ("x" * 400, "x" * 299 + "…"),
        ("\ud800", "\ufffd"),
    ],
)
def test_legible(text, shown):
    assert legible(text) == shown


def test_what_is_let_through_unseen_does_nothing_and_joins_with_nothing():
    plain = [letter for letter in map(chr, range(0x110000)) if foreign_text._PLAIN.fullmatch(letter)]
    assert len(plain) > 1000
    for letter in plain:
        assert unicodedata.category(letter) not in ("Mn", "Me", "Cf", "Cs", "Co", "Cn"), hex(ord(letter))
        assert unicodedata.category(letter) != "Cc" or letter in "\t\n\r"
        assert unicodedata.normalize("NFC", f"a{letter}a") == f"a{letter}a"
    assert harmless("Grüße „Ümläut“ – 5 € ≤ 6") == "Grüße „Ümläut“ – 5 € ≤ 6"


def test_harmless_keeps_lines_and_length():
    assert harmless("eins\nzwei\t\u202edrei" + "x" * 5000) == "eins\nzwei\t\ufffddrei" + "x" * 5000


def test_what_acts_without_being_seen():
    assert acts("a\u202eb") and acts("a\x00b")
    assert not acts("Grund:\nneue Gruppe – „seit August“")


@pytest.mark.parametrize(
    ("name", "handed_back"),
    [
        ("FB51_2025.xlsx", "FB51_2025.xlsx"),
        ("../../x<script>.xlsx", "x_script.xlsx"),
        ("..\\..\\boese.xlsm", "boese.xlsm.xlsx"),
        ("rechnung\u202exslx.exe", "rechnung_xslx.exe.xlsx"),
        ("", "Arbeitsmappe.xlsx"),
        ("y" * 500 + ".xlsx", "y" * 100 + ".xlsx"),
        ('a"\r\nSet-Cookie: b.xlsx', "a_ Set-Cookie_ b.xlsx"),
    ],
)
def test_download_names(name, handed_back):
    assert download_name(name) == handed_back


def test_an_original_of_libreoffice_keeps_its_ending():
    assert download_name("kinder.ods") == "kinder.xlsx"  # a copy with remarks is always written as .xlsx
    assert download_name("kinder.ODS", WORKBOOKS) == "kinder.ods"
    assert download_name("y" * 500 + ".ods", WORKBOOKS) == "y" * 100 + ".ods"
    assert download_name("kinder.exe", WORKBOOKS) == "kinder.exe.xlsx"


@pytest.mark.parametrize(
    "text", ["![x](http://x/y.png)", "<b>", "www.x.example", "a@b.example", "*x*", "$x$", ":red[x]", "`x`"]
)
def test_markdown_is_shown_not_followed(text):
    assert all(f"\\{mark}" in plain(text) for mark in text if not mark.isalnum() and mark not in "./")
    assert "www." not in plain(text)


def test_formulas_in_reasons_and_names_stay_texts(store, small_city):
    """Stored as typed; a cell of type text in XLSX; with an apostrophe in CSV."""
    for place, text in enumerate(FORMULAS):
        content = filled_template(small_city, 2024, kita_kinder=140.0 + place)
        staged = stage(store, small_city, Upload(f"{text}.xlsx", content, "Test"), utc_now())
        receipt = confirm(store, small_city, staged, utc_now(), dict.fromkeys(staged.to_explain, text))
        name, kept = original(store, receipt.number)
        reason = accepted_findings(store, receipt.number)["reason"].iloc[0]
        assert (name, kept, reason) == (f"{text}.xlsx", content, text.strip())

        figure = Figure("t", "Gründe", framed({"Datei": [name], "Grund": [reason]}))
        sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render([figure]))).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in (name, reason)]
        assert {cell.value for cell in cells} == {name, reason}
        assert {cell.data_type for cell in cells} == {"s"}
        rows = list(csv.reader(io.StringIO(FORMATS["csv"].render([figure]).decode("utf-8-sig")), delimiter=";"))
        assert all(shown.startswith("'") for shown in rows[1]), rows


@pytest.mark.parametrize("reason", ["x" * 501, "neu\u202e", "neu\x00"])
def test_a_reason_has_a_length_and_no_control_characters(store, small_city, reason):
    staged = stage(store, small_city, Upload("a.xlsx", case("parts_below_total")(), "Test"), utc_now())
    with pytest.raises(DeliveryError, match="höchstens 500 Zeichen"):
        confirm(store, small_city, staged, utc_now(), dict.fromkeys(staged.to_explain, reason))
    assert store.data_version == 0


class TestTheWorkbookBack:
    """Coloured and commented, made by a child process."""

    def staged(self, store, small_city, content):
        return stage(store, small_city, Upload("a.xlsx", content, "Test"), utc_now())

    def test_colour_and_comment_stand_at_the_cell(self, store, small_city):
        content = case("number_negative")()
        book = openpyxl.load_workbook(io.BytesIO(annotate(content, self.staged(store, small_city, content).findings)))
        cell = book["kinder"]["B8"]
        assert cell.fill.start_color.rgb == "00F4B6B6"
        assert "kann nicht kleiner als 0 sein" in cell.comment.text
        assert cell.value == -3

    def test_texts_that_look_like_formulas_or_act_stay_texts(self, store, small_city):
        content = with_cells(filled_template(small_city, 2024), {"kinder!C8": "q\u202e", "kinder!C10": "x"})
        findings = self.staged(store, small_city, content).findings
        book = openpyxl.load_workbook(io.BytesIO(annotate(content, findings)))
        assert "\ufffd" in book["kinder"]["C8"].comment.text
        assert "\u202e" not in book["kinder"]["C8"].comment.text

    def test_a_child_that_dies_leaves_the_list(self, monkeypatch):
        monkeypatch.setattr(annotating.sys, "executable", "/bin/false")
        finding = Finding("missing", Severity.ERROR, "Falsch", "Richtig machen", Place("Blatt", "B8"), "=1+1")
        sheet = openpyxl.load_workbook(io.BytesIO(annotate(b"", [finding]))).active
        assert [cell.value for cell in sheet[2]] == ["Fehler", "Blatt", "B8", "=1+1", "Falsch", "Richtig machen"]
        assert sheet["D2"].data_type == "s"

    def test_a_workbook_that_openpyxl_cannot_copy_gives_the_list(self):
        finding = Finding("missing", Severity.HINT, "Hinweis", "", Place("kinder", "B8"))
        assert (
            openpyxl.load_workbook(io.BytesIO(annotate(b"PK\x03\x04 no zip", [finding]))).active["A2"].value
            == "Hinweis"
        )
