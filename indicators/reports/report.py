"""The Report: all that a report says, put together once; every format writes this value and nothing beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.figures import Figure
from indicators.reports.fixed_texts import PROGRESS
from indicators.reports.imprint import Imprint
from indicators.reports.markdown import Block


class Kind(StrEnum):
    """What a city prints; the value is what the command line and the address call it."""

    FULL = "gesamt"
    CONTROLLING = "controlling"
    SHEETS = "feldblaetter"
    STATUS_QUO = "sachstand"
    EXPERT = "fachgruppe"
    TWO_YEARLY = "zweijahresbericht"

    @property
    def word(self) -> str:
        return _TITLES[self][0]

    @property
    def purpose(self) -> str:
        """What it is for, in one sentence."""
        return _TITLES[self][1]

    @property
    def parts(self) -> frozenset["Part"]:
        return _PARTS[self]


class Part(StrEnum):
    """What a kind of report holds for each indicator or field."""

    FIELD_TABLE = "field table"
    INDICATORS = "indicators"
    FACTS = "facts"
    CHART = "chart"
    TABLE = "table"
    ARITHMETIC = "arithmetic"
    REMARKS = "remarks"
    ONLY_JUDGED = "only judged"
    ONE_PAGE = "one page"
    MEASURES = "measures"
    PROGRESS = "progress"
    CONCEPT = "concept"
    AGREEMENTS = "agreements"
    INTERVIEWS = "interviews"
    COSTS = "costs"
    TWO_YEARS = "two years"


_TITLES = {
    Kind.FULL: ("Integrationsbericht", "Alle Handlungsfelder mit jeder Kennzahl, für den Rat und die Öffentlichkeit."),
    Kind.CONTROLLING: (
        "Controllingbericht",
        "Halbjährlich: Kennzahlen mit einem Ziel, Rechenweg, Maßnahmen, offene Entscheidungen, nächste Schritte.",
    ),
    Kind.SHEETS: ("Feldblätter", "Je Handlungsfeld eine Seite, zum Auslegen und Mitgeben."),
    Kind.STATUS_QUO: (
        "Sachstandsbericht",
        "Der Stand in Worten und Listen, ohne Diagramme, für einen Ausschuss: Maßnahmen, Erstgespräche, "
        "Zielvereinbarungen, Kosten, nächste Schritte.",
    ),
    Kind.EXPERT: (
        "Quartalsbericht",
        "Vierteljährlich für die Fachgruppe: Ziele und Status in Listen, Maßnahmen, offene Entscheidungen.",
    ),
    Kind.TWO_YEARLY: (
        "Zweijahresbericht",
        "Alle zwei Jahre für Rat oder Bürgerschaft: Kennzahlen mit Diagramm, Maßnahmen mit Kosten und Teilnehmenden, "
        "was sich seither geändert hat, nächste Schritte.",
    ),
}

_PARTS = {
    Kind.FULL: frozenset(
        {
            Part.FIELD_TABLE,
            Part.INDICATORS,
            Part.FACTS,
            Part.CHART,
            Part.TABLE,
            Part.REMARKS,
            Part.MEASURES,
            Part.CONCEPT,
        }
    ),
    Kind.CONTROLLING: frozenset(
        {
            Part.FIELD_TABLE,
            Part.INDICATORS,
            Part.CHART,
            Part.ARITHMETIC,
            Part.REMARKS,
            Part.ONLY_JUDGED,
            Part.MEASURES,
            Part.PROGRESS,
            Part.AGREEMENTS,
        }
    ),
    Kind.SHEETS: frozenset({Part.FIELD_TABLE, Part.ONE_PAGE}),
    Kind.STATUS_QUO: frozenset(
        {
            Part.FIELD_TABLE,
            Part.INDICATORS,
            Part.REMARKS,
            Part.MEASURES,
            Part.AGREEMENTS,
            Part.INTERVIEWS,
            Part.COSTS,
        }
    ),
    Kind.EXPERT: frozenset({Part.FIELD_TABLE, Part.ONLY_JUDGED, Part.MEASURES, Part.PROGRESS, Part.AGREEMENTS}),
    Kind.TWO_YEARLY: frozenset(
        {
            Part.FIELD_TABLE,
            Part.INDICATORS,
            Part.CHART,
            Part.TABLE,
            Part.REMARKS,
            Part.MEASURES,
            Part.PROGRESS,
            Part.AGREEMENTS,
            Part.COSTS,
            Part.CONCEPT,
            Part.TWO_YEARS,
        }
    ),
}


@dataclass(frozen=True)
class Exhibit:
    """A figure with its place in the report: the numbers of its „Abbildung“ and its „Tabelle“, 0 where it is shown
    as none."""

    figure: Figure
    chart: int = 0
    table: int = 0


@dataclass(frozen=True)
class Written:
    """What the office wrote. `stale` says what it speaks of that has changed since; empty where nothing has."""

    heading: str
    blocks: tuple[Block, ...]
    dated: str = ""
    stale: str = ""


@dataclass(frozen=True)
class Remark:
    """What a department said of its numbers when it delivered them."""

    by: str
    day: date
    text: str


@dataclass(frozen=True)
class Verdict:
    """One status of an indicator: its title, symbol and word, its sentence, its steps, the judged gap's chart."""

    title: str
    status: str
    sentence: str
    steps: Exhibit | None = None
    chart: Exhibit | None = None


@dataclass(frozen=True)
class Entry:
    """An indicator in the report. `facts` are terms and texts: Definition, Relevanz, Abgrenzung …"""

    code: str
    title: str
    goal: str
    finding: str
    facts: tuple[tuple[str, str], ...] = ()
    shown: Exhibit | None = None
    map: Exhibit | None = None
    verdicts: tuple[Verdict, ...] = ()
    remarks: tuple[Remark, ...] = ()
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A goal, or an approach (`approach`), with what the concept says of it."""

    code: str
    title: str
    sub: bool = False
    text: str = ""
    approach: bool = False

    @property
    def titled(self) -> str:
        return f"Handlungsansatz: {self.title}" if self.approach else self.title


@dataclass(frozen=True)
class Chapter:
    """An action field. `text` is what the concept says of it, `measures` are those that the city takes in it, as
    context."""

    code: str
    title: str
    lead: str
    goals: tuple[Goal, ...]
    overview: Exhibit | None
    entries: tuple[Entry, ...]
    written: tuple[Written, ...] = ()
    measures: Exhibit | None = None
    text: str = ""


@dataclass(frozen=True)
class Section:
    """Tables beside the fields, under a heading of their own."""

    heading: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True)
class Report:
    """`number` is that of a frozen report, 0 before. `day` is the report's date, `moment` (UTC) as of when its figures
    are known: files carry it as their date, so that the same report gives the same bytes. `state` names the state of
    the data; `whole` says that no field was left out, `codes` are its
    indicators in order. `progress` (measures by status, what is to be decided),
    `further` and `measures` have their place between the fields and the method.
    `logo` (PNG or SVG) and `word_template` (.docx) are the city's own, so that a frozen report keeps them too.
    """

    kind: Kind
    title: str
    subtitle: str
    city: str
    note: str
    day: date
    moment: datetime
    state: str
    number: int
    overview: Exhibit | None
    front: tuple[Written, ...]
    chapters: tuple[Chapter, ...]
    method: tuple[Written, ...]
    statuses: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    measures: tuple[Written, ...] = ()
    progress: tuple[Exhibit, ...] = ()
    whole: bool = True
    codes: tuple[str, ...] = ()
    logo: bytes = b""
    word_template: bytes = b""
    further: tuple[Section, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """What stands between the fields and the next steps."""
        return (*([Section(PROGRESS, self.progress)] if self.progress else []), *self.further)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Everything shown as a chart or a table, in the order of the report."""
        found = [self.overview, *(one for chapter in self.chapters for one in _of_chapter(chapter))]
        found += [one for section in self.sections for one in section.exhibits]
        return tuple(one for one in found if one is not None)

    @property
    def imprint(self) -> Imprint:
        return Imprint(self.named, self.city, self.state, self.word_template)

    @property
    def one_page_each(self) -> bool:
        return Part.ONE_PAGE in self.kind.parts

    @property
    def named(self) -> str:
        """„Integrationsbericht Nr. 3“."""
        return f"{self.title} Nr. {self.number}" if self.number else self.title


def _of_chapter(chapter: Chapter) -> list[Exhibit | None]:
    found = [chapter.overview]
    for entry in chapter.entries:
        found += [entry.shown, entry.map]
        for verdict in entry.verdicts:
            found += [verdict.chart, verdict.steps]
    return [*found, chapter.measures]
