"""The entries of an own list about which nothing is left to ask, with what is wrong in their cells."""

from collections.abc import Iterator, Mapping

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import Field
from indicators.datasets.listed.values import Wrong, value_of
from indicators.datasets.reading import Reading
from indicators.foreign_text import legible
from indicators.model import Finding, Place, Severity, Slice
from indicators.periods import Period
from indicators.tables.own_lists import (
    SKIP,
    UNIT,
    Decisions,
    Found,
    ListReading,
    inputs_of,
    means,
    plain,
    rows_of,
    unit_of,
)
from indicators.templates.hidden_map import text_of
from indicators.workbooks.workbook import Cell


def reading_of(reading: ListReading, catalogue: Catalogue, this_year: int) -> Reading:
    """The entries of a list about which nothing is left to ask."""
    found, decisions = reading.own.found, reading.decisions
    data_set, sheet = found.data_set, found.sheet
    period = Period.of_year(decisions.year or this_year)
    columns = {code: letter for letter, code in means(found, decisions).items()}
    entries: list[Entry] = []
    findings: list[Finding] = []
    empty: list[tuple[Slice, tuple[str, str], Place]] = []
    for row in rows_of(found):
        values, wrong, missing = _values(reading, row, columns, catalogue)
        findings += wrong
        place = Place(sheet.name, f"{columns.get(data_set.form.naming, found.columns[0].letter)}{row}")
        name = data_set.form.name_of(values)
        if not name:
            message = f"In Zeile {row} fehlt der Name."
            findings.append(Finding("missing-name", Severity.ERROR, message, "Bitte eintragen.", place))
            continue
        unit = unit_of(text_of(sheet.cell(f"{columns[UNIT]}{row}")), decisions, catalogue) if UNIT in columns else None
        key = data_set.key_for(unit or decisions.reporter, period, name)
        content = tuple((code, value) for code, value in values.items() if code != "name")
        entries.append(Entry(key, content, place))
        empty += [(key.slice, (name, code), at) for code, at in missing]
    left = _not_read(found)
    covers = tuple(dict.fromkeys(entry.slice for entry in entries))
    return Reading(data_set.code, decisions.reporter, period, tuple(entries), covers, (*findings, *left), tuple(empty))


def _values(
    reading: ListReading, row: int, columns: Mapping[str, str], catalogue: Catalogue
) -> tuple[dict[str, str | float], list[Finding], list[tuple[str, Place]]]:
    values: dict[str, str | float] = {}
    wrong: list[Finding] = []
    missing: list[tuple[str, Place]] = []
    for one in inputs_of(reading.own.found.data_set):
        at = Place(reading.own.found.sheet.name, f"{columns.get(one.code, reading.own.found.columns[0].letter)}{row}")
        cell = reading.own.found.sheet.cell(at.cell) if one.code in columns else None
        content = _content(one, cell, reading.decisions, catalogue)
        if isinstance(content, Wrong):
            wrong.append(
                Finding(content.rule, Severity.ERROR, content.message, content.remedy, at, legible(content.found, 80))
            )
        elif content != "":
            values[one.code] = content
        elif one.code in reading.decisions.defaults:
            values[one.code] = reading.decisions.defaults[one.code]
        else:
            missing.append((one.code, at))
    return values, wrong, missing


def _content(one: Field, cell: Cell | None, decisions: Decisions, catalogue: Catalogue) -> str | float | Wrong:
    """As it was decided for a word that is none of ours, else as it stands there."""
    content = value_of(one, cell, catalogue)
    if isinstance(content, Wrong) and content.rule == "unknown-word":
        said = decisions.words.get(one.code, {}).get(plain(text_of(cell)))
        return "" if said == SKIP else said if said is not None else content
    return content


def _not_read(found: Found) -> Iterator[Finding]:
    """Rows with a single cell are told, so that nothing is lost unseen."""
    rows = set(rows_of(found))
    letters = [one.letter for one in found.columns]
    single = [
        row
        for row in range(found.head + 1, found.sheet.last_row + 1)
        if row not in rows and any(text_of(found.sheet.cell(f"{letter}{row}")) for letter in letters)
    ]
    if single:
        rows_said = german.enumeration([str(row) for row in single[:8]]) + (" …" if len(single) > 8 else "")
        message = f"Nicht gelesen, weil darin nur eine Zelle gefüllt ist: Zeile {rows_said}."
        yield Finding("single-cell-rows", Severity.HINT, message)
