"""Writes one sheet of a template: titles, tables with input cells, last values in grey beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue
from indicators.foreign_text import LONGEST_REMARK
from indicators.model import Breakdown, Sign
from indicators.periods import Period, PeriodKind
from indicators.templates import style as style
from indicators.templates.hidden_map import Slot
from indicators.templates.layout import Column, Row, SheetPlan, Table
from indicators.templates.printed_page import page_set_up

CELL_SIGNS = (Sign.NOTHING, Sign.UNKNOWN, Sign.LATER, Sign.UNRELIABLE, Sign.BLOCKED)
REMARKS = {
    "p": "vorläufig",
    "r": "berichtigt gegenüber einer früheren Meldung",
    "s": "geschätzt",
    "( )": "eingeschränkt verlässlich",
}
PER_COLUMN = 3  # value, remark, last value; the remarks in words stand to the right of all, so that nothing else moves
FIRST_TABLE = 5
PAGE_ROWS = 30  # what fits on A4 landscape at the usual width
ONE_PAGE_ROWS = 38  # and what still reads well when shrunk to one page

LastValues = Mapping[tuple[str, Breakdown], str]


@dataclass(frozen=True)
class Context:
    """What every sheet of one template shares. `typed` says who typed the values into a form, and when; `comments`
    whether there are cells for remarks in words."""

    catalogue: Catalogue
    reporter: str
    period: Period
    last_values: LastValues
    typed: str = ""
    comments: bool = True


def write_sheet(sheet: Worksheet, plan: SheetPlan, context: Context) -> list[Slot]:
    """Fills an empty sheet and returns its input cells."""
    _head(sheet, plan, context)
    choices = _choices(sheet)
    slots: list[Slot] = []
    top = page_top = FIRST_TABLE
    for table in plan.tables:
        height = sum(1 for _ in _lines(table)) + 4
        if page_top < top and top + height - page_top > PAGE_ROWS:
            sheet.row_breaks.append(Break(id=top - 1))
            page_top = top
        body = _table_head(sheet, table, context, top)
        if context.comments:
            _comment_head(sheet, table, top, body, _beside(plan))
        slots += _body(sheet, table, context, body, choices, _beside(plan))
        top += height + 1
    _view(sheet, plan, context)
    return slots


def _head(sheet: Worksheet, plan: SheetPlan, context: Context) -> None:
    reporter = context.catalogue.reporters[context.reporter]
    for row, text, font, height in (
        (1, plan.title, style.TITLE, 28),
        (2, f"{context.period.label} · {reporter.name}", style.SUBTITLE, 18),
        (
            3,
            "Gelb: bitte ausfüllen. Blau: ausfüllen, wenn bekannt. Grau: der Wert von "
            f"{context.period.previous.label}. Zeichen und Zusätze erklärt das Blatt „Anleitung“.",
            style.SMALL,
            16,
        ),
    ):
        cell = sheet.cell(row, 1, text)
        cell.font = font
        sheet.row_dimensions[row].height = height


def _beside(plan: SheetPlan) -> int:
    """The first column to the right of all values of the sheet."""
    return 2 + PER_COLUMN * max(len(table.columns) for table in plan.tables)


def _choices(sheet: Worksheet) -> tuple[DataValidation, ...]:
    """Drop-downs for values and Zusätze, and how long a remark may be. The one for values lets numbers pass: its list
    only offers the signs."""
    signs = DataValidation(
        type="list",
        formula1=f'"{",".join(german.sign(sign) for sign in CELL_SIGNS)}"',
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle="Wert",
        prompt="Eine Zahl eingeben oder ein Zeichen aus der Liste wählen.",
    )
    remarks = DataValidation(
        type="list",
        formula1=f'"{",".join(REMARKS)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Zusatz",
        error="Bitte p, r, s oder ( ) aus der Liste wählen.",
        showInputMessage=True,
        promptTitle="Zusatz",
        prompt="Nur wenn nötig: " + ", ".join(f"{mark} {meaning}" for mark, meaning in REMARKS.items()),
    )
    comments = DataValidation(
        type="textLength",
        operator="lessThanOrEqual",
        formula1=str(LONGEST_REMARK),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Bemerkung",
        error=f"Eine Bemerkung hat höchstens {LONGEST_REMARK} Zeichen.",
        showInputMessage=True,
        promptTitle="Bemerkung",
        prompt="Was man zu diesem Wert wissen muss. Bitte keine Namen von Personen und keine kleinen Zahlen.",
    )
    for one in (signs, remarks, comments):
        sheet.add_data_validation(one)
    return signs, remarks, comments


def _table_head(sheet: Worksheet, table: Table, context: Context, top: int) -> int:
    """The table's head; returns the first row of its body."""
    for figure in table.figures:
        columns = [number for number, column in enumerate(table.columns) if column.figure is figure]
        left, right = 2 + PER_COLUMN * columns[0], 1 + PER_COLUMN * (columns[-1] + 1)
        _span(sheet, top, left, right, figure.title, style.DARK_TITLE)
        _span(sheet, top + 1, left, right, _counted(figure, context), style.SMALL_HEAD)
        _make_room(sheet, top, figure.title, (style.VALUE_WIDTH + style.REMARK_WIDTH + style.LAST_WIDTH) * len(columns))
    for row, fill in ((top, style.DARK_FILL), (top + 1, style.HEAD_FILL)):
        sheet.cell(row, 1).fill = fill
    row = top + 2
    if table.crossed:
        for number, column in enumerate(table.columns):
            left = 2 + PER_COLUMN * number
            _span(sheet, row, left, left + PER_COLUMN - 1, column.label, style.GROUP_TITLE)
        sheet.cell(row, 1).fill = style.GROUP_FILL
        row += 1
    for number in range(len(table.columns)):
        for offset, text in enumerate(("Wert", "Zusatz", context.period.previous.short_label)):
            look = style.SMALL_HEAD if offset else style.VALUE_HEAD
            look.on(sheet.cell(row, 2 + PER_COLUMN * number + offset, text))
    sheet.cell(row, 1).fill = style.HEAD_FILL
    return row + 1


def _make_room(sheet: Worksheet, row: int, title: str, width: float) -> None:
    """A title wraps over the columns it spans; about one character fits per unit of width."""
    lines = -(-len(title) // int(width * 0.9))
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, 6 + 15 * lines)


def _comment_head(sheet: Worksheet, table: Table, top: int, body: int, beside: int) -> None:
    """The head over the cells for remarks in words, a column for each of the table's."""
    for figure in table.figures:
        columns = [number for number, column in enumerate(table.columns) if column.figure is figure]
        left, right = beside + columns[0], beside + columns[-1]
        title = f"Bemerkung zu „{figure.title}“"
        _span(sheet, top, left, right, title, style.DARK_TITLE)
        _span(sheet, top + 1, left, right, "freiwillig · ohne Namen", style.SMALL_HEAD)
        _make_room(sheet, top, title, style.COMMENT_WIDTH * len(columns))
    for number, column in enumerate(table.columns):
        if table.crossed:
            style.GROUP_TITLE.on(sheet.cell(top + 2, beside + number, column.label))
        style.SMALL_HEAD.on(sheet.cell(body - 1, beside + number, "Bemerkung"))


def _counted(figure: BaseFigure, context: Context) -> str:
    """What the numbers are: unit, kind, and for a stock its day."""
    unit = context.catalogue.unit_of(figure).title
    return f"{unit} · {when(figure, context.period)}"


def when(figure: BaseFigure, period: Period) -> str:
    """„Bestand am 31.12.2024“, „im Zeitraum“, „seit Jahresbeginn“."""
    if figure.reference is None or period.kind is not PeriodKind.YEAR:
        ends = figure.kind == "stock" and period.kind is not PeriodKind.YEAR
        return "Bestand am Ende des Zeitraums" if ends else figure.kind.word
    month, day = map(int, figure.reference.split("-"))
    return f"Bestand am {german.day(date(period.year, month, day))}"


def _span(sheet: Worksheet, row: int, left: int, right: int, text: str, look: style.Look) -> None:
    for column in range(left, right + 1):
        look.on(sheet.cell(row, column))
    sheet.cell(row, left, text)
    if right > left:  # not by merge_cells, which draws the borders again, cell by cell
        sheet.merged_cells.add(f"{get_column_letter(left)}{row}:{get_column_letter(right)}{row}")


def _lines(table: Table) -> Iterator[Row | str]:
    """The rows with a heading (text) before each group."""
    group = ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            yield group
        yield row


def _body(
    sheet: Worksheet, table: Table, context: Context, top: int, choices: tuple[DataValidation, ...], beside: int
) -> list[Slot]:
    slots = []
    for number, line in enumerate(_lines(table), start=top):
        if isinstance(line, str):
            for column in range(1, 2 + PER_COLUMN * len(table.columns)):
                (style.GROUP_LABEL if column == 1 else style.GROUP).on(sheet.cell(number, column))
            sheet.cell(number, 1, line)
            continue
        (style.INDENTED_LABEL if line.group else style.LABEL).on(sheet.cell(number, 1, line.label))
        for position, column_ in enumerate(table.columns):
            left = 2 + PER_COLUMN * position
            breakdown = table.breakdown(line, column_)
            if breakdown is None:
                _blocked(sheet, number, left)
            else:
                slot = _input(sheet, number, left, column_, breakdown, context, choices)
                slots.append(_with_comment(sheet, slot, number, beside + position, choices[-1], context))
    return slots


def _with_comment(
    sheet: Worksheet, slot: Slot, row: int, column: int, longest: DataValidation, context: Context
) -> Slot:
    """The same input with a cell for a remark in words."""
    if not context.comments:
        return slot
    cell = style.COMMENT.on(sheet.cell(row, column))
    longest.add(cell)
    return replace(slot, comment=cell.coordinate)


def _blocked(sheet: Worksheet, row: int, left: int) -> None:
    for column in range(left, left + PER_COLUMN):
        style.BLOCKED.on(sheet.cell(row, column))


def _input(
    sheet: Worksheet,
    row: int,
    left: int,
    column: Column,
    breakdown: Breakdown,
    context: Context,
    choices: tuple[DataValidation, ...],
) -> Slot:
    figure = column.figure
    looks = (
        style.value(figure.required, context.catalogue.unit_of(figure).decimals),
        style.remark(figure.required),
        style.LAST_VALUE,
    )
    value, remark, last = (look.on(sheet.cell(row, left + offset)) for offset, look in enumerate(looks))
    for cell, choice in zip((value, remark), choices, strict=False):
        choice.add(cell)
    last.value = context.last_values.get((figure.code, breakdown)) or None
    last.data_type = "s" if last.value else "n"
    return Slot(sheet.title, value.coordinate, remark.coordinate, figure.code, str(context.period), breakdown)


def _view(sheet: Worksheet, plan: SheetPlan, context: Context) -> None:
    widest = max(len(table.columns) for table in plan.tables)
    sheet.column_dimensions["A"].width = style.LABEL_WIDTH
    for number in range(widest):
        widths = (style.VALUE_WIDTH, style.REMARK_WIDTH, style.LAST_WIDTH)
        for offset, width in enumerate(widths):
            sheet.column_dimensions[get_column_letter(2 + PER_COLUMN * number + offset)].width = width
    if context.comments:
        _view_comments(sheet, plan, widest)
    first_body = FIRST_TABLE + 3 + plan.tables[0].crossed
    sheet.freeze_panes = f"B{first_body if len(plan.tables) == 1 else FIRST_TABLE}"
    if len(plan.tables) == 1:
        sheet.print_title_rows = f"{FIRST_TABLE}:{first_body - 1}"
    page_set_up(sheet, f"{plan.title} · {context.period.label}")
    if sheet.max_row <= ONE_PAGE_ROWS:
        sheet.page_setup.fitToHeight = 1
        sheet.row_breaks.brk = []


def _view_comments(sheet: Worksheet, plan: SheetPlan, widest: int) -> None:
    """Remarks are printed where they stand right beside the values; else the page would shrink for them."""
    beside = _beside(plan)
    for number in range(widest):
        sheet.column_dimensions[get_column_letter(beside + number)].width = style.COMMENT_WIDTH
    if widest > 1:
        sheet.print_area = f"A1:{get_column_letter(beside - 1)}{sheet.max_row}"
