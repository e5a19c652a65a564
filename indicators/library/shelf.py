"""The ready definitions as they stand in `entries/`, as the catalogue's own models, and what is to be known of each.

That they are without a fault together is a test's business: they come with the programme and do not change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from indicators.catalogue import BaseFigure, Dimension, Formula, texts_of
from indicators.catalogue.editing import plain
from indicators.catalogue.fields import Definition, Text
from indicators.catalogue.indicator import IndicatorEntry

ENTRIES = Path(__file__).parent / "entries"
ABOUT = "about"


class Example(Definition):
    """Values of the base figures and what the formula makes of them."""

    values: dict[str, float]
    result: float


class About(Definition):
    """What has to be known to compare a figure with another of the same name.

    `name` is what people call it: entries of one name say in `differs` how they differ. `offset` says where numerator
    and denominator are of different times; `table` is a table's code in official statistics, `also` who else counts so.
    """

    name: Text
    population: Text
    offset: str = ""
    multiplier: int
    statistic: Text
    table: str = ""
    also: str = ""
    differs: str = ""
    example: Example


@dataclass(frozen=True)
class Entry:
    """One ready indicator with its base figures; `raw` is how it is written into a definition file.

    `about` is there for those that come with the programme."""

    indicator: IndicatorEntry
    about: About | None
    area: str
    figures: tuple[BaseFigure, ...]
    raw: Mapping[str, Any]

    @property
    def code(self) -> str:
        return self.indicator.code

    @cached_property
    def formula(self) -> Formula:
        return Formula.parse(self.indicator.formula)

    def says(self, word: str) -> bool:
        """Whether a word that somebody looks for stands in it."""
        one, about = self.indicator, self.about
        more = (about.name, about.statistic, about.table, about.also) if about else ()
        texts = (one.code, one.title, one.definition, one.source, *more)
        return all(part in " ".join((*texts, self.area)).casefold() for part in word.casefold().split())


@dataclass(frozen=True)
class Library:
    """All entries in the order of their subject areas; `raw_figures`, `raw_units`, `raw_dimensions` as written."""

    dimensions: Mapping[str, Dimension]
    entries: tuple[Entry, ...]
    raw_figures: Mapping[str, Mapping[str, Any]]
    raw_units: Mapping[str, Mapping[str, Any]]
    raw_dimensions: Mapping[str, Mapping[str, Any]]

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @property
    def areas(self) -> tuple[str, ...]:
        """The titles of the subject areas."""
        return tuple(dict.fromkeys(entry.area for entry in self.entries))

    def of_name(self, name: str) -> tuple[Entry, ...]:
        """All that people call by one name."""
        return tuple(entry for entry in self.entries if entry.about and entry.about.name == name)

    def found(self, word: str, area: str | None = None) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if area in (None, entry.area) and entry.says(word))


@lru_cache(1)
def library() -> Library:
    """Read once for the process."""
    return library_of(tuple(plain(text) for text in texts_of(ENTRIES).values()))


def library_of(documents: Iterable[Mapping[str, Any]]) -> Library:
    """Definitions as a library, whoever wrote them: documents with units, with dimensions, and one a subject area."""
    documents = list(documents)
    areas = [document for document in documents if "field" in document]
    raw_figures = _by_code(figure for area in areas for figure in area.get("base_figures", ()))
    figures = TypeAdapter(dict[str, BaseFigure]).validate_python(raw_figures)
    raw_dimensions = _by_code(axis for document in documents for axis in document.get("dimensions", ()))
    return Library(
        TypeAdapter(dict[str, Dimension]).validate_python(raw_dimensions),
        tuple(_entry(raw, str(area["title"]), figures) for area in areas for raw in area.get("indicators", ())),
        raw_figures,
        _by_code(unit for document in documents for unit in document.get("units", ())),
        raw_dimensions,
    )


def _entry(written: Mapping[str, Any], area: str, figures: Mapping[str, BaseFigure]) -> Entry:
    about = About.model_validate(written[ABOUT]) if ABOUT in written else None
    raw = {key: value for key, value in written.items() if key != ABOUT}
    indicator = IndicatorEntry.model_validate(raw)
    needed = tuple(figures[name] for name in Formula.parse(indicator.formula).names)
    return Entry(indicator, about, area, needed, raw)


def _by_code(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(one["code"]): one for one in entries}
