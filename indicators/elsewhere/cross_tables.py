"""Cross tables of statistical offices as workbooks: GENESIS, the Regionaldatenbank, the Bundesagentur.

What each cell means is read like any own table. A workbook is theirs where a base figure names the table that stands in
its title, and comparison areas stand in it: everything else is a department's own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from indicators.catalogue import Catalogue
from indicators.elsewhere.places import OWN, UNKNOWN, PlaceError, Places
from indicators.elsewhere.published import Measure, Published, Value, is_total, key_of, plain
from indicators.elsewhere.terms import STATISTIC, Terms
from indicators.model import Place
from indicators.tables.crosstab import Table
from indicators.tables.crosstab.table import TableCell
from indicators.tables.interpreted import Interpreted

AGENCY = "Statistik der Bundesagentur für Arbeit"
SOURCES = ((AGENCY, "bundesagentur für arbeit"), ("Regionaldatenbank Deutschland", "regionaldatenbank"))
KEY_FIRST, KEY_LAST = (
    re.compile(r"(K?\d{2}|K?\d{5}|\d{8})\s+(\D.*)"),
    re.compile(r"(\D.*?)\s*\(K?(\d{2}|\d{5}|\d{8})\)"),
)
"""„03404 Osnabrück, Stadt“ and „Osnabrück, Stadt (03404)“, as the Bundesagentur writes a place."""
SURELY_A_KEY = 5
PARTS = frozenset(("darunter", "davon", "dar.", "dav."))
"""What stands over the parts of a total and restricts nothing."""


def read(found: Interpreted, catalogue: Catalogue) -> Published | None:
    """None for a workbook that no base figure names, or that speaks of no comparison area."""
    tables = found.tables
    titles = [line for table in tables for line in table.title]
    names = _named(" ".join(titles), catalogue)
    if not names:
        return None
    places = Places(catalogue)
    values = tuple(_value(table, cell, places) for table in tables for cell in table.cells if cell.period is not None)
    published = Published(names, _title(titles, names), _source(_texts(found), names), values)
    return published if any(_is_compared(value, places) for value in values) else None


def _named(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The tables of the catalogue whose name or number stands in the titles."""
    lines = (line for figure in catalogue.base_figures.values() for line in figure.published)
    said = plain(text)
    return tuple(dict.fromkeys(terms.table for terms in map(Terms.parse, lines) if plain(terms.table) in said))


def _title(titles: Iterable[str], names: Sequence[str]) -> str:
    line = next((line for line in titles if any(plain(name) in plain(line) for name in names)), "")
    return line.replace(names[0], "").strip(" :–-")


def _texts(found: Interpreted) -> Iterator[str]:
    """Whoever publishes a table says so on its cover, above it or below it."""
    return (
        cell.value for sheet in found.workbook.sheets for cell in sheet.cells.values() if isinstance(cell.value, str)
    )


def _source(texts: Iterable[str], names: Sequence[str]) -> str:
    said = plain(" ".join(texts))
    found = next((source for source, word in SOURCES if word in said), "")
    return found or ("GENESIS-Online" if STATISTIC.match(names[0]) else "veröffentlichte Tabelle")


def _value(table: Table, cell: TableCell, places: Places) -> Value:
    """Labels that are no place and no „insgesamt“ say what is counted: measure and restriction alike."""
    parts = [part for text in (*cell.codes, *cell.labels) for part in _apart(text, places)]
    keys = tuple(filter(None, (key_of(text) for text in parts if len(text.strip()) != len("2024"))))
    labels = [part for label in cell.labels for part in _apart(label, places) if not key_of(part)]
    known = [label for label in labels if plain(label) in places.called]
    names = tuple(known or labels[:1] if keys else known)
    said = tuple(("", label) for label in labels if label not in names and not _restricts_nothing(label))
    assert cell.period is not None
    at = Place(table.sheet, cell.address)
    return Value(keys, names, cell.period, Measure((), cell.unit), said, cell.value, cell.sign, at)


def _apart(text: str, places: Places) -> tuple[str, ...]:
    """Key and name of a place that stand in one cell; „15 Jahre“ is none, nor is a Land that nobody knows."""
    first, last = KEY_FIRST.fullmatch(text.strip()), KEY_LAST.fullmatch(text.strip())
    key, name = (first[1], first[2]) if first else (last[2], last[1]) if last else ("", "")
    if len(key) >= SURELY_A_KEY or plain(name) in places.called:
        return (key, name)
    return (text,)


def _restricts_nothing(label: str) -> bool:
    return is_total(label) or plain(label).rstrip(":") in PARTS


def _is_compared(value: Value, places: Places) -> bool:
    try:
        return places.of(value) not in (OWN, UNKNOWN)
    except PlaceError:
        return True
