"""Templates: the workbook that one reporter fills for one period, written from the catalogue.

    build_template(catalogue, "FB 40", Period.of_year(2024), last_values) -> bytes of an .xlsx

What makes the result readable again is in `template_map`; `template_slots` reads that map with openpyxl
(for our own files only: uploads go through `workbook`).
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue
from indicators.errors import MonitoringError
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.templates import hidden_map
from indicators.templates.guide import write_guide
from indicators.templates.hidden_map import (
    GUIDE_SHEET,
    HEADER_ROW,
    MAP_COLUMNS,
    MAP_SHEET,
    TEMPLATE_ID,
    Slot,
)
from indicators.templates.layout import plan
from indicators.templates.marks import mark, write_map
from indicators.templates.reproducible import pack, save
from indicators.templates.sheet import REMARKS, Context, write_sheet

LastValues = Mapping[tuple[str, Breakdown], str]
Fillings = Mapping[tuple[str, Breakdown], "float | Sign | tuple[float, str]"]


class TemplateError(MonitoringError):
    """There is nothing to ask this reporter for this period."""


def figures_for(catalogue: Catalogue, reporter: str, period: Period) -> list[BaseFigure]:
    """The base figures that a reporter delivers for a period of this length."""
    return [figure for figure in catalogue.base_figures_of(reporter) if figure.frequency.covers(period)]


def build_template(
    catalogue: Catalogue,
    reporter: str,
    period: Period,
    last_values: LastValues | None = None,
    values: Fillings | None = None,
    *,
    only: str = "",
    typed: str = "",
    said: Mapping[tuple[str, Breakdown], str] | None = None,
) -> bytes:
    """The workbook; `last_values` are texts as shown (German numbers, signs). Same input, same bytes.

    `values` are filled in as `fill_template` does, in one go. With `only` it asks for one base figure, and `typed`
    says who typed the values into a form; `said` are remarks in words. Raises TemplateError where the reporter is
    unknown or delivers nothing for such a period.
    """
    catalogue, figures = _asked_for(catalogue, reporter, period, only)
    context = Context(catalogue, reporter, period, last_values or {}, typed)
    plans = plan(catalogue, figures)
    book = Workbook()
    guide = book.active
    guide.title = GUIDE_SHEET
    write_guide(guide, plans, context)
    slots = [slot for one in plans for slot in write_sheet(book.create_sheet(one.title), one, context)]
    facts = hidden_map.written(TEMPLATE_ID, reporter, period, catalogue.version)
    write_map(book, facts, MAP_COLUMNS, (slot.row for slot in slots))
    names = {slot.name: _reference(slot) for slot in slots}
    mark(book, facts, names, f"Integrationsmonitoring {period.label}, {catalogue.reporters[reporter].name}")
    _fill(book, slots, values or {})
    for slot in slots:
        if text := (said or {}).get((slot.base_figure, slot.breakdown)):
            book[slot.sheet][slot.comment] = text
    return save(book, period.end)


def _asked_for(
    catalogue: Catalogue, reporter: str, period: Period, only: str = ""
) -> tuple[Catalogue, list[BaseFigure]]:
    """The definitions of the period and the base figures that a template asks for; `only` one of them where named."""
    catalogue = catalogue.valid_in(period)
    if only:
        catalogue = replace(catalogue, base_figures={c: one for c, one in catalogue.base_figures.items() if c == only})
    figures = figures_for(catalogue, reporter, period) if reporter in catalogue.reporters else []
    if not figures:
        raise TemplateError(f"Für „{reporter}“ und {period.label} sind keine Zahlen zu liefern.")
    return catalogue, figures


def blank_sheets(
    catalogue: Catalogue, reporter: str, period: Period, only: str = "", *, comments: bool = True
) -> Iterator[tuple[Worksheet, list[Slot]]]:
    """The sheets of an empty template with their input cells, without the guide and without last values; without
    `comments` as they were handed out before there were cells for remarks in words.

    Raises TemplateError where the reporter delivers nothing for such a period.
    """
    catalogue, figures = _asked_for(catalogue, reporter, period, only)
    book = Workbook()
    context = Context(catalogue, reporter, period, {}, comments=comments)
    for one in plan(catalogue, figures):
        sheet = book.create_sheet(one.title)
        yield sheet, write_sheet(sheet, one, context)


def build_zip(
    catalogue: Catalogue, period: Period, last_values_by_reporter: Mapping[str, LastValues] | None = None
) -> bytes:
    """A zip with the template of every reporter that delivers for such a period. Raises TemplateError if none does."""
    known = last_values_by_reporter or {}
    wanted = [code for code in catalogue.reporters if figures_for(catalogue.valid_in(period), code, period)]
    if not wanted:
        raise TemplateError(f"Für {period.label} hat niemand Zahlen zu liefern.")
    return pack({file_name(period, code): build_template(catalogue, code, period, known.get(code)) for code in wanted})


def file_name(period: Period, reporter: str) -> str:
    """`2024_FB-40.xlsx`: letters, digits, hyphen and underscore only, so that every system takes it."""
    return plain(f"{period}_{reporter}") + ".xlsx"


def plain(name: str) -> str:
    """Of letters, digits, hyphens and underscores only."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")


def template_slots(content: bytes) -> list[Slot]:
    """The input cells of a template of ours, by its map."""
    return slots_of(load_workbook(io.BytesIO(content), read_only=True))


def slots_of(book: Workbook) -> list[Slot]:
    """The same of a workbook that openpyxl has opened."""
    rows = book[MAP_SHEET].iter_rows(min_row=HEADER_ROW + 1, max_col=len(MAP_COLUMNS), values_only=True)
    return [_slot([str(value or "") for value in row]) for row in rows]


def fill_template(content: bytes, values: Fillings) -> bytes:
    """Writes values into the input cells: a number, a sign, or a number with its Zusatz („p“, „( )“).

    Raises TemplateError for a value that the template has no cell for: nothing is dropped in silence.
    """
    book = load_workbook(io.BytesIO(content))
    slots = slots_of(book)
    _fill(book, slots, values)
    return save(book, Period.parse(slots[0].period).end)


def _fill(book: Workbook, every: Sequence[Slot], values: Fillings) -> None:
    slots = {(slot.base_figure, slot.breakdown): slot for slot in every}
    unknown = [key for key in values if key not in slots]
    if unknown:
        figure, breakdown = unknown[0]
        raise TemplateError(f"Die Vorlage hat kein Feld für {figure} {breakdown.code}.")
    for key, value in values.items():
        slot = slots[key]
        number, remark = value if isinstance(value, tuple) else (value, "")
        if remark and remark not in REMARKS:
            raise TemplateError(f"„{remark}“ ist kein Zusatz.")
        book[slot.sheet][slot.cell] = german.sign(number) if isinstance(number, Sign) else number
        if remark:
            book[slot.sheet][slot.remark] = remark


def _slot(cells: Sequence[str]) -> Slot:
    sheet, cell, remark, figure, period, breakdown, comment = cells
    return Slot(sheet, cell, remark, figure, period, Breakdown.parse(breakdown), comment)


def _reference(slot: Slot) -> str:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", slot.cell).groups()  # type: ignore[union-attr]
    return f"'{slot.sheet}'!${letters}${digits}"
