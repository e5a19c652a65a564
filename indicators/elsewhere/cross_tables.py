"""Cross tables of statistical offices as workbooks: GENESIS, the Regionaldatenbank, the Bundesagentur.

What each cell means is read like any own table. A workbook is theirs where a base figure names the table that stands in
its title, and comparison areas stand in it: everything else is a department's own.
"""

from collections.abc import Iterable, Sequence

from indicators.catalogue import Catalogue
from indicators.elsewhere.places import OWN, UNKNOWN, PlaceError, Places
from indicators.elsewhere.published import Measure, Published, Value, is_total, key_of, plain
from indicators.elsewhere.terms import STATISTIC, Terms
from indicators.model import Place
from indicators.tables.crosstab import Table
from indicators.tables.crosstab.table import TableCell

AGENCY = "Statistik der Bundesagentur für Arbeit"
SOURCES = ((AGENCY, "bundesagentur für arbeit"), ("Regionaldatenbank Deutschland", "regionaldatenbank"))


def read(tables: Sequence[Table], catalogue: Catalogue) -> Published | None:
    """None for a workbook that no base figure names, or that speaks of no comparison area."""
    titles = [line for table in tables for line in table.title]
    names = _named(" ".join(titles), catalogue)
    if not names:
        return None
    places = Places(catalogue)
    values = tuple(_value(table, cell, places) for table in tables for cell in table.cells if cell.period is not None)
    published = Published(names, _title(titles, names), _source(titles, names), values)
    return published if any(_is_compared(value, places) for value in values) else None


def _named(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The tables of the catalogue whose name or number stands in the titles."""
    lines = (line for figure in catalogue.base_figures.values() for line in figure.published)
    said = plain(text)
    return tuple(dict.fromkeys(terms.table for terms in map(Terms.parse, lines) if plain(terms.table) in said))


def _title(titles: Iterable[str], names: Sequence[str]) -> str:
    line = next((line for line in titles if any(plain(name) in plain(line) for name in names)), "")
    return line.replace(names[0], "").strip(" :–-")


def _source(titles: Iterable[str], names: Sequence[str]) -> str:
    said = plain(" ".join(titles))
    found = next((source for source, word in SOURCES if word in said), "")
    return found or ("GENESIS-Online" if STATISTIC.match(names[0]) else "veröffentlichte Tabelle")


def _value(table: Table, cell: TableCell, places: Places) -> Value:
    """Labels that are no place and no „insgesamt“ say what is counted: measure and restriction alike."""
    keys = tuple(
        filter(None, (key_of(text) for text in (*cell.codes, *cell.labels) if len(text.strip()) != len("2024")))
    )
    labels = [label for label in cell.labels if not key_of(label)]
    known = [label for label in labels if plain(label) in places.called]
    names = tuple(known or labels[:1] if keys else known)
    said = tuple(("", label) for label in labels if label not in names and not is_total(label))
    assert cell.period is not None
    at = Place(table.sheet, cell.address)
    return Value(keys, names, cell.period, Measure((), cell.unit), said, cell.value, cell.sign, at)


def _is_compared(value: Value, places: Places) -> bool:
    try:
        return places.of(value) not in (OWN, UNKNOWN)
    except PlaceError:
        return True
