"""A ready definition as a reader sees it: what is counted, of whom, when, by what factor, and from which source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators import german
from indicators.boards.definition_terms import plain_said
from indicators.catalogue import BaseFigure, Catalogue
from indicators.library import About, Entry, Library, held_as

NO_POPULATION = "keine"
NOTHING_SAID = About.model_construct(
    name="", population="", offset="", multiplier=1, statistic="", table="", also="", differs=""
)
"""Of what others share."""


@dataclass(frozen=True)
class Row:
    """One entry; `held` is the code under which the city has it, empty where it has not."""

    code: str
    title: str
    area: str
    held: str
    facts: tuple[tuple[str, str], ...]

    @property
    def named(self) -> str:
        return f"{self.area} · {self.title} ({self.code})"


def rows(library: Library, entries: Sequence[Entry], catalogue: Catalogue | None) -> tuple[Row, ...]:
    """The entries with all that is known of them; without a catalogue none is taken yet."""
    return tuple(
        Row(
            entry.code,
            entry.indicator.title,
            entry.area,
            held_as(catalogue, entry) if catalogue else "",
            tuple((term, text) for term, text in _facts(library, entry) if text),
        )
        for entry in entries
    )


def _facts(library: Library, entry: Entry) -> Iterator[tuple[str, str]]:
    one, about = entry.indicator, entry.about or NOTHING_SAID
    others = [other.code for other in library.of_name(about.name) if other is not entry]
    yield "Definition", one.definition
    yield "Formel", entry.formula.in_words(lambda code: f"„{_title(entry, code)}“")
    yield "Bezugsgruppe", "" if about.population == NO_POPULATION else about.population
    yield "Zeitbezug", about.offset
    yield "Faktor", "" if about.multiplier == 1 else f"je {german.number(about.multiplier, 0)}"
    yield "Unterschied", about.differs
    yield "Unter demselben Namen", german.enumeration(others) if others else ""
    yield "Abgrenzung", one.delimitation
    yield "Zu beachten", one.method_notes
    yield "Quelle", one.source
    yield "Statistik", about.statistic
    yield "Tabelle", about.table
    yield "So zählt auch", about.also
    yield "Gewünschte Richtung", plain_said(one.direction)
    axes = [library.dimensions[axis].title for axis in one.breakdowns]
    yield "Übliche Gliederungen", german.enumeration(axes) if axes else ""
    yield "Braucht", "; ".join(_needed(figure) for figure in entry.figures)


def _title(entry: Entry, code: str) -> str:
    return next(figure.title for figure in entry.figures if figure.code == code)


def _needed(figure: BaseFigure) -> str:
    return f"{figure.title} ({figure.frequency.word}, {figure.due_days} Tage Frist)"
