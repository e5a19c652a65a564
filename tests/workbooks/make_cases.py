"""Writes the workbook cases: a small workbook each, made from the small city's template, and what must be found in it.

Run `python -m tests.workbooks.make_cases`; same script, same bytes. What is expected is written by hand below.
A pair of files dropped into `cases/` by anyone else is tested just the same (tests/deliveries/test_cases.py).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from indicators.catalogue import load
from indicators.periods import Period
from indicators.templates.template import build_template
from tests.conftest import SMALL_CITY, filled_template
from tests.workbooks.edits import parts, replaced, with_cells, with_openpyxl

FOLDER = Path(__file__).parent / "cases"
MAP = "_vorlage"
CITY = load(SMALL_CITY)
SOUND = filled_template(CITY, 2025)
KINDER = "xl/worksheets/sheet3.xml"


@dataclass(frozen=True)
class Case:
    """`findings`: (rule, severity, sheet, cell, words that message, remedy or found value must contain)."""

    name: str
    content: bytes
    findings: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    stored: dict[str, object] = field(default_factory=dict)

    def write(self) -> None:
        (FOLDER / f"{self.name}.xlsx").write_bytes(self.content)
        keys = ("rule", "severity", "sheet", "cell", "words")
        expected = {
            "blocked": any(severity == "error" for _, severity, *_ in self.findings),
            "findings": [dict(zip(keys, finding, strict=True)) for finding in self.findings],
            "stored": self.stored,
        }
        text = json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{self.name}.json").write_text(text, encoding="utf-8")


def filled(**cells: object) -> bytes:
    """The sound workbook with other content in cells of the sheet `kinder`."""
    return with_cells(SOUND, {f"kinder!{address}": value for address, value in cells.items()})


def in_kinder(*edits: Callable[[Worksheet], object]) -> bytes:
    return with_openpyxl(SOUND, lambda book: [edit(book["kinder"]) for edit in edits])


def formatted(address: str, value: object, number_format: str) -> bytes:
    def edit(sheet: Worksheet) -> None:
        sheet[address] = value
        sheet[address].number_format = number_format

    return in_kinder(edit)


def error(rule: str, cell: str, words: str, sheet: str = "kinder") -> tuple[str, str, str, str, str]:
    return rule, "error", sheet, cell, words


def warning(rule: str, cell: str, words: str, sheet: str = "kinder") -> tuple[str, str, str, str, str]:
    return rule, "warning", sheet, cell, words


def hint(rule: str, cell: str, words: str, sheet: str = "kinder") -> tuple[str, str, str, str, str]:
    return rule, "hint", sheet, cell, words


def no_number(text: object, words: str, address: str = "B8") -> tuple[bytes, list]:
    return filled(**{address: text}), [error("not-a-number", address, words)]


def hidden_map(**cells: object) -> bytes:
    return with_cells(SOUND, {f"{MAP}!{address}": value for address, value in cells.items()})


def uncalculated(book: openpyxl.Workbook) -> None:
    book["kinder"]["B8"] = "=B10+B11"


TOTAL, FOREIGN, GERMAN = "kinder", "kinder herkunft=auslaendisch", "kinder herkunft=deutsch"


def numbers() -> list[Case]:
    """What people type."""
    forms = {
        "grouped_twice": "1.234.567",
        "thin_space": "1\u202f234\u202f567",
        "nbsp": "1\u00a0234\u00a0567",
        "blanks_around": " \u00a0 1234567 ",
        "comma_zero": "1234567,0",
        "plus": "+1234567",
    }
    cases = [
        Case(
            f"number_{name}",
            with_cells(SOUND, {"kinder!B8": text, "kinder!B10": 234567, "kinder!B11": 1000000}),
            [
                warning("far-from-last-year", "B8", "üblich sind bis zu"),
                warning("far-from-last-year", "B10", "üblich sind bis zu"),
                warning("far-from-last-year", "B11", "üblich sind bis zu"),
            ],
            {TOTAL: 1234567.0},
        )
        for name, text in forms.items()
    ]
    for name, text in {
        "dot_group": "1.234",
        "english": "1,234.5",
        "comma_group": "1,234",
        "decimal_point": "12.5",
        "leading_zero": "0400",
    }.items():
        cases.append(Case(f"two_readings_{name}", filled(B8=text), [error("two-readings", "B8", "mehrdeutig")]))
    for name, text, words in (
        ("word", "ja", "„ja“ ist keine Zahl"),
        ("half", "½", "keine Zahl"),
        ("circled", "①", "keine Zahl"),
        ("arabic", "٤٠٠", "keine Zahl"),
        ("exponent", "4e2", "keine Zahl"),
        ("underscore", "4_00", "keine Zahl"),
        ("none", "None", "„None“"),
        ("nan", "nan", "„nan“"),
        ("null", "NULL", "„NULL“"),
        ("n_a", "N/A", "„N/A“"),
        ("range", "400-410", "keine Zahl"),
        ("text_date", "30.02.2025", "keine Zahl"),
        ("sql", "1'; drop table observation; --", "keine Zahl"),
        ("html", "<script>alert(1)</script>", "keine Zahl"),
        ("huge_text", "9" * 400, "zu groß"),
        ("rtl_override", "004\u202e", "\ufffd"),
        ("combining_flood", "4" + "\u0301" * 500, "keine Zahl"),
        ("true", True, "Wahrheitswert"),
        ("date", date(2025, 3, 1), "Datum 01.03.2025"),
        ("date_and_time", datetime(2025, 3, 1, 12, 30), "Datum 01.03.2025"),
        ("huge", 1e308, "zu groß"),
    ):
        cases.append(Case(f"no_number_{name}", *no_number(text, words)))
    return [
        *cases,
        Case("number_date_format", formatted("B8", 400, "dd.mm.yyyy"), [error("not-a-number", "B8", "Zahlenformat")]),
        Case(
            "number_negative",
            filled(B8=-3),
            [
                error("below-minimum", "B8", "kleiner als 0"),
                error("parts-above-total", "B8", "400"),
                warning("far-from-last-year", "B8", "üblich"),
                warning("above-whole", "B8", "über 100 %", "kita_kinder"),
            ],
        ),
        Case("number_not_whole", filled(B10=100.5), [error("not-whole", "B10", "Nachkommastellen")]),
        Case("percent_sign_for_count", filled(B8="45 %"), [error("percent-for-count", "B8", "45,0 %")]),
        Case(
            "percent_format_for_count",
            formatted("B8", 0.45, "0%"),
            [error("percent-for-count", "B8", "keine Prozentangabe")],
        ),
        Case("footnote", filled(B8="400 1)"), [hint("footnote", "B8", "„1“")], {TOTAL: 400.0}),
        Case("limited_in_brackets", filled(B8="(400)"), [], {TOTAL: [400.0, "()", ""]}),
        Case("thousands_format", formatted("B8", 400000, "#,##0,"), [], {TOTAL: 400.0}),
    ]


def signs() -> list[Case]:
    """Every sign, every flag."""
    cases = []
    for name, text, sign in (
        ("unknown", ".", "."),
        ("later", "…", "..."),
        ("later_dots", "...", "..."),
        ("unreliable", "/", "/"),
        ("blocked", "x", "x"),
        ("secret", "*", "*"),
    ):
        cases.append(Case(f"sign_{name}", filled(B8=text), [], {TOTAL: sign}))
    nothing = with_cells(SOUND, {f"{s}!{a}": "–" for s in ("kinder", "kita_kinder") for a in ("B8", "B10", "B11")})
    cases.append(Case("sign_nothing", nothing, [], {TOTAL: "-", FOREIGN: "-", GERMAN: "-"}))
    cases.append(Case("sign_bullet", filled(B8="•"), [error("two-readings", "B8", "nicht allgemein festgelegt")]))
    for flag in "prs":
        cases.append(Case(f"flag_{flag}", filled(C8=flag), [], {TOTAL: [400.0, None, flag]}))
    return [
        *cases,
        Case("flag_in_the_cell", filled(B8="400p"), [], {TOTAL: [400.0, None, "p"]}),
        Case("flag_limited", filled(C8="( )"), [], {TOTAL: [400.0, "()", ""]}),
        Case("flags_together", filled(C8="p, s, ( )"), [], {TOTAL: [400.0, "()", "ps"]}),
        Case("flag_unknown", filled(C8="q"), [error("unknown-remark", "C8", "„q“")]),
        Case("flag_far_too_long", filled(C8="w" * 32_767), [error("unknown-remark", "C8", "…")]),
        Case("flag_formula_text", filled(C8="＝1+1"), [error("unknown-remark", "C8", "„＝1+1“")]),
    ]


def plausibility() -> list[Case]:
    return [
        Case("sound", SOUND, [], {TOTAL: 400.0, FOREIGN: 100.0, GERMAN: 300.0, "kita_kinder": 140.0}),
        Case(
            "numerator_above_denominator",
            with_cells(SOUND, {"kita_kinder!B8": 401}),
            [
                warning("above-whole", "B8", "über 100 %", "kita_kinder"),
                warning("parts-below-total", "B8", "140", "kita_kinder"),
                warning("far-from-last-year", "B8", "üblich", "kita_kinder"),
            ],
        ),
        Case("parts_above_total", filled(B11=350), [error("parts-above-total", "B8", "450")]),
        Case("parts_below_total", filled(B11=280), [warning("parts-below-total", "B8", "380")]),
        Case(
            "far_from_last_year",
            filled(B8=600, B10=150, B11=450),
            [
                warning("far-from-last-year", "B8", "+50 %"),
                warning("far-from-last-year", "B10", "+50 %"),
                warning("far-from-last-year", "B11", "+50 %"),
            ],
        ),
        Case("required_missing", filled(B10=None), [error("missing", "B10", "Ausländische")]),
        Case("total_left_to_its_parts", filled(B8=None), [], {TOTAL: [400.0, None, "t"]}),
        Case(
            "nothing_filled",
            build_template(CITY, "FB 51", Period.of_year(2025)),
            [
                error("missing", cell, "fehlt", sheet)
                for sheet in ("kita_kinder", "kinder")
                for cell in ("B8", "B10", "B11")
            ],
        ),
        Case(
            "period_not_begun",
            filled_template(CITY, 2027),
            [
                error("future-period", cell, "noch nicht begonnen", sheet)
                for sheet in ("kita_kinder", "kinder")
                for cell in ("B8", "B10", "B11")
            ],
        ),
    ]


def renamed(book: openpyxl.Workbook) -> None:
    book["kinder"].title = "Kinder (neu)"


def layout() -> list[Case]:
    """What happens to a template between Excel and us."""

    def name_with_blanks(book: openpyxl.Workbook) -> None:
        book["kinder"].title = " Kinder"

    def reorder(book: openpyxl.Workbook) -> None:
        book.move_sheet("kinder", -2)

    def extra(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notizen")["A1"] = "Bitte bis Freitag"

    def hide(book: openpyxl.Workbook) -> None:
        book["kinder"].row_dimensions[10].hidden = True
        book["kita_kinder"].column_dimensions["B"].hidden = True

    def inserted(sheet: Worksheet) -> None:
        sheet.insert_rows(8)

    def swapped(sheet: Worksheet) -> None:
        sheet["A10"], sheet["A11"] = sheet["A11"].value, sheet["A10"].value

    def chart_first(book: openpyxl.Workbook) -> None:
        book.create_chartsheet("Diagramm", 0)

    moved = "xl/workbook.xml", "'kinder'!$B$8", "'kinder'!$B$9"
    return [
        Case(
            "sheet_deleted",
            with_openpyxl(SOUND, lambda book: book.remove(book["kinder"])),
            [
                ("missing-sheet", "error", "", "", "„kinder“ fehlt"),
            ],
        ),
        Case("sheet_renamed", with_openpyxl(SOUND, renamed), [("missing-sheet", "error", "", "", "„Kinder (neu)“")]),
        Case("sheet_name_with_blanks_and_case", with_openpyxl(SOUND, name_with_blanks), [], {TOTAL: 400.0}),
        Case("sheets_reordered", with_openpyxl(SOUND, reorder), [], {TOTAL: 400.0}),
        Case(
            "extra_sheet",
            with_openpyxl(SOUND, extra),
            [hint("ignored-sheet", "", "„Notizen“", "Notizen")],
            {TOTAL: 400.0},
        ),
        Case(
            "chart_sheet_first", with_openpyxl(SOUND, chart_first), [hint("chart-sheet", "", "übergangen", "Diagramm")]
        ),
        Case(
            "hidden_rows_and_columns",
            with_openpyxl(SOUND, hide),
            [
                hint("hidden-rows", "", "10"),
                hint("hidden-columns", "", "B", "kita_kinder"),
                hint("hidden-input", "B8", "trotzdem gelesen", "kita_kinder"),
            ],
            {FOREIGN: 100.0},
        ),
        Case(
            "row_inserted",
            in_kinder(inserted),
            [
                error("changed-label", "A8", "„Insgesamt“"),
                error("changed-label", "A9", "„Staatsangehörigkeit“"),
                error("changed-label", "A10", "„Ausländische“"),
                error("changed-label", "A11", "„Deutsche“"),
                error("missing", "B8", "fehlt"),
                error("missing", "B10", "fehlt"),
                warning("beside-template", "B9", "2 Zellen ab B9"),
                hint("beside-template", "A12", "„Deutsche“"),
                warning("far-from-last-year", "B11", "-67 %"),
                warning("above-whole", "B11", "über 100 %", "kita_kinder"),
            ],
        ),
        Case(
            "labels_swapped",
            in_kinder(swapped),
            [
                error("changed-label", "A10", "„Deutsche“"),
                error("changed-label", "A11", "„Ausländische“"),
            ],
        ),
        Case("head_renamed", filled(B5="Kinder unter 6"), [error("changed-label", "B5", "„Kinder unter 6“")]),
        Case(
            "period_overwritten_by_hand", filled(A2="2024 · Fachbereich Kinder"), [error("changed-label", "A2", "2024")]
        ),
        Case("cell_moved_by_excel", replaced(SOUND, *moved), [error("moved-cells", "B8", "kinder B9")]),
        Case(
            "merged_inputs",
            in_kinder(lambda sheet: sheet.merge_cells("B10:B11")),
            [
                error("merged-input", "B11", "B10:B11"),
                error("missing", "B11", "fehlt"),
            ],
        ),
        Case(
            "value_under_a_merge",
            replaced(
                SOUND,
                KINDER,
                "</sheetData>",
                '</sheetData><mergeCells count="1"><mergeCell ref="B10:B11"/></mergeCells>',
            ),
            [
                error("merged-input", "B11", "B10:B11"),
                hint("under-merge", "B11", "verborgen"),
            ],
        ),
    ]


def template_map() -> list[Case]:
    """The hidden part, edited."""
    both = [(sheet, cell) for sheet in ("kita_kinder", "kinder") for cell in ("B8", "B10", "B11")]
    return [
        Case(
            "not_a_template",
            with_openpyxl(SOUND, lambda book: book.remove(book[MAP])),
            [
                ("not-a-template", "error", "", "", "keine Vorlage"),
            ],
        ),
        Case("older_version", hidden_map(B2="0"), [error("old-template", "", "Version 0", MAP)]),
        Case("foreign_id", hidden_map(B1="anderes"), [error("broken-template", "", "beschädigt", MAP)]),
        Case("period_unreadable", hidden_map(B4="irgendwann"), [error("broken-template", "", "beschädigt", MAP)]),
        Case("period_of_one_cell_changed", hidden_map(E11="2024"), [error("broken-template", "", "beschädigt", MAP)]),
        Case("cell_of_the_map_is_no_cell", hidden_map(B11="oben"), [error("broken-template", "", "beschädigt", MAP)]),
        Case(
            "reporter_changed_in_the_map",
            hidden_map(B3="AWO"),
            [
                error("broken-template", "", "widerspricht sich", MAP),
                *(error("wrong-reporter", cell, "nicht von AWO", sheet) for sheet, cell in both),
            ],
        ),
        Case(
            "code_misspelled",
            hidden_map(D11="Kinder "),
            [
                error("edited-map", "B8", "Gemeint ist vielleicht „kinder“"),
                error("unknown-base-figure", "B8", "„Kinder“"),
            ],
        ),
        Case(
            "breakdown_unknown",
            hidden_map(F12="herkunft=marsianisch"),
            [
                error("edited-map", "B10", "verändert"),
                error("unknown-breakdown", "B10", "marsianisch"),
            ],
        ),
        Case(
            "same_figure_twice",
            hidden_map(F12="herkunft=deutsch"),
            [
                error("edited-map", "B10", "verändert"),
                error("duplicate", "B10", "B11"),
                warning("far-from-last-year", "B10", "-67 %"),
                error("moved-cells", "B10", "kinder B11"),
            ],
        ),
    ]


def unfinished() -> list[Case]:
    """Cells that hold no value yet, or an error."""
    cell = _cell_of(KINDER, "B8")
    return [
        Case(
            "formula_with_result",
            replaced(SOUND, KINDER, cell, cell.replace("<v>", "<f>B10+B11</f><v>")),
            [],
            {TOTAL: 400.0},
        ),
        Case(
            "formula_without_result",
            with_openpyxl(SOUND, uncalculated),
            [
                error("not-a-number", "B8", "ohne berechnetes Ergebnis"),
                hint("uncalculated", "B8", "Formel ohne"),
            ],
        ),
        Case(
            "error_cell",
            replaced(SOUND, KINDER, cell, '<c r="B8" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
            [
                error("not-a-number", "B8", "#DIV/0!"),
                hint("error-cells", "B8", "#DIV/0!"),
            ],
        ),
        Case(
            "value_beyond_doubles",
            replaced(SOUND, KINDER, cell, '<c r="B8"><v>1e400</v></c>'),
            [
                error("not-a-number", "B8", "1e400"),
                warning("readers-differ", "B8", "Zwei Leseprogramme"),
                hint("error-cells", "B8", "#ZAHL?"),
            ],
        ),
        Case(
            "value_python_would_take",
            replaced(SOUND, KINDER, cell, '<c r="B8"><v>4_00</v></c>'),
            [
                error("not-a-number", "B8", "4_00"),
                warning("readers-differ", "B8", "Zwei Leseprogramme"),
                hint("error-cells", "B8", "#ZAHL?"),
            ],
        ),
        Case(
            "cell_twice",
            replaced(SOUND, KINDER, cell, cell + cell.replace("400", "410")),
            [
                error("doubled-cells", "B8", "mehrfach"),
                warning("parts-below-total", "B8", "410"),
            ],
        ),
    ]


def _cell_of(part: str, address: str) -> str:
    """A cell's element as it stands in the sound workbook."""
    text = parts(SOUND)[part].decode()
    begin = text.index(f'<c r="{address}"')
    return text[begin : text.index("</c>", begin) + 4]


def cases() -> list[Case]:
    return [*numbers(), *signs(), *plausibility(), *layout(), *template_map(), *unfinished()]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for case in cases():
        case.write()
