"""A department's own workbook: its tables, who delivers them, and the reading that the pipeline takes on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import Context
from indicators.datasets.figures.totals import with_summed_totals
from indicators.datasets.reading import Reading
from indicators.model import Breakdown, Finding, Observation, Place, Severity, Slice
from indicators.tables import decided, not_read
from indicators.tables.crosstab import Area, Table
from indicators.tables.decisions import Asks, Choices, Fate, Mapped, Question, table_key
from indicators.tables.drift import drift
from indicators.tables.interpreted import Wanted, read_interpreted
from indicators.tables.layouts import Layout, choices_from, fingerprint, known_from, layout_of, of_now, recognise
from indicators.tables.mapping import map_table
from indicators.tables.vocabulary import Vocabulary
from indicators.workbooks.workbook import Workbook

ASSIGN = "Auf der Seite „Daten liefern“ einmal zuordnen; die Anwendung merkt es sich."


@dataclass(frozen=True)
class OwnTables:
    """A workbook that is no template, with the tables found in it. `corrections` are ranges set by hand, by sheet."""

    workbook: Workbook
    tables: tuple[Table, ...]
    corrections: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)

    @property
    def holds_numbers(self) -> bool:
        """Whether there may be a table that only a person can find."""
        values = (cell.value for sheet in self.workbook.sheets for cell in sheet.cells.values())
        return any(isinstance(value, float | int) and not isinstance(value, bool) for value in values)


@dataclass(frozen=True)
class TableReading:
    """The tables with what they mean. Without a reporter nothing is mapped: `mapped` is then empty.

    `layouts` are the known ones that were recognised, table by table.
    """

    own: OwnTables
    reporter: str = ""
    mapped: tuple[Mapped, ...] = ()
    layouts: tuple[Layout | None, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for one in self.mapped for question in one.questions)

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide something first."""
        return not self.reporter or not self.mapped or bool(self.questions)

    @property
    def to_remember(self) -> tuple[Layout, ...]:
        by_hand = self.own.corrections
        return tuple(layout_of(one, self.reporter, by_hand.get(one.table.sheet, ())) for one in self.mapped)


def tables_of(workbook: Workbook, corrections: Mapping[str, tuple[Area, ...]] | None = None) -> OwnTables:
    """Every table of every sheet, read (again) in the child process; charts and empty sheets have none.

    Raises WorkbookRejected where that takes too long.
    """
    wanted = Wanted(corrections=corrections or {})
    return OwnTables(workbook, read_interpreted(workbook.content, workbook.name, wanted).tables, wanted.corrections)


def as_confirmed(own: OwnTables, layouts: Sequence[Layout]) -> OwnTables:
    """Read again with the ranges that were marked by hand last time, if that gives a table known from then."""
    names = {sheet.name for sheet in own.workbook.sheets}
    by_hand = {one.sheet: one.by_hand for one in reversed(layouts) if one.by_hand and one.sheet in names}
    if not by_hand:
        return own
    again = tables_of(own.workbook, by_hand)
    marks = {one.fingerprint for one in layouts if one.by_hand}
    return again if marks & {fingerprint(table) for table in again.tables} else own


def read_tables(
    own: OwnTables,
    catalogue: Catalogue,
    layouts: Iterable[Layout],
    reporter: str | None,
    decisions: Mapping[str, Choices] | None = None,
) -> TableReading:
    """`layouts` are the confirmed ones, the latest first; `decisions` by table, in place of what was confirmed.

    Without a reporter it is the one whose layouts are recognised, if there is exactly one.
    """
    now = [of_now(layout, catalogue) for layout in layouts]
    known = [layout for layout in now if reporter in (None, layout.reporter)]
    who = reporter or _deliverer(own, known)
    if not who or who not in catalogue.reporters:
        return TableReading(own)
    found = recognise(own.tables, [layout for layout in known if layout.reporter == who])
    others = [layout for layout in known if layout.reporter == who]
    mapped = []
    for index, table in enumerate(own.tables):
        layout = found.get(index)
        choices = (decisions or {}).get(table_key(table)) or choices_from(table, layout, catalogue)
        decided = choices.defined_in(catalogue)  # the catalogue may have changed since a person decided
        mapped.append(map_table(table, catalogue, who, decided, known_from(table, layout, others, catalogue)))
    return TableReading(own, who, tuple(mapped), tuple(found.get(index) for index in range(len(own.tables))))


def _deliverer(own: OwnTables, known: list[Layout]) -> str:
    """Whose layouts these are; empty where nobody's or several reporters' are alike."""
    found = {who: recognise(own.tables, [one for one in known if one.reporter == who]) for who in _reporters(known)}
    alike = [who for who, layouts in found.items() if layouts]
    marks = {fingerprint(table) for table in own.tables}
    exact = [who for who in alike if marks & {layout.fingerprint for layout in found[who].values()}]
    nearest = exact or alike
    return nearest[0] if len(nearest) == 1 else ""


def _reporters(layouts: Iterable[Layout]) -> list[str]:
    return list(dict.fromkeys(layout.reporter for layout in layouts))


def reading_of(read: TableReading, catalogue: Catalogue) -> Reading:
    """The rows for the pipeline, with what is open, changed or left out as findings."""
    observations, repeated = _once(o for one in read.mapped for o in one.observations)
    covers = tuple(dict.fromkeys(piece for one in read.mapped for piece in one.covers))
    context = Context(catalogue, date.min, empty=tuple(_missing_totals(observations, covers, catalogue)))
    findings = (*_findings(read, catalogue), *_repetitions(repeated))
    return Reading("figures", read.reporter, None, with_summed_totals(observations, context), covers, findings)


def _once(observations: Iterable[Observation]) -> tuple[tuple[Observation, ...], list[Observation]]:
    """Without repetitions of the very same number; different numbers for one thing stay, and are errors later."""
    kept: dict[tuple[object, ...], Observation] = {}
    repeated = []
    for o in observations:
        same = (o.base_figure, o.breakdown, o.period, o.value, o.sign)
        if same in kept:
            repeated.append(o)
        else:
            kept[same] = o
    return tuple(kept.values()), repeated


def _repetitions(repeated: list[Observation]) -> Iterator[Finding]:
    if repeated:
        counted = german.counted(len(repeated), "Wert steht", "Werte stehen")
        message = f"{counted} mehrfach da, jedes Mal gleich; jeder wird einmal übernommen."
        yield Finding("repeated", Severity.HINT, message, "", repeated[0].place)


def _missing_totals(
    observations: Iterable[Observation], covers: Iterable[Slice], catalogue: Catalogue
) -> Iterator[tuple[Slice, Breakdown, Place]]:
    """Totals that the table leaves to its parts."""
    places = {o.slice: Place(o.place.sheet) for o in observations}
    given = {o.slice for o in observations if o.breakdown == Breakdown()}
    for piece in covers:
        if piece not in given and Breakdown() in catalogue.breakdowns_of(piece.subject):
            yield piece, Breakdown(), places[piece]


def _findings(read: TableReading, catalogue: Catalogue) -> Iterator[Finding]:
    words = Vocabulary(catalogue, read.reporter)
    yield from not_read.without_table(read.own.workbook.sheets, {table.sheet for table in read.own.tables})
    for one, layout in zip(read.mapped, read.layouts, strict=True):
        yield from (_asked(question) for question in one.questions)
        if one.choices.take:
            for doubt in one.table.doubts:
                yield Finding("table-doubt", Severity.HINT, doubt.text, "", _place(one))
            yield from not_read.beside(one.table)
            yield from _left_out(one)
            yield from _remarks(one)
            yield from _footnotes(one)
            yield from _by_hand(one, layout, read.own.corrections.get(one.table.sheet, ()))
            yield from decided.told(one)
        if layout is not None and layout.choices.take:
            yield from drift(one, layout, words)
    if read.reporter and not read.questions and not any(one.observations for one in read.mapped):
        message = "Aus dieser Arbeitsmappe wird keine einzige Zahl übernommen."
        yield Finding("no-values", Severity.ERROR, message, "Bitte die Zuordnung prüfen.")


def _asked(question: Question) -> Finding:
    rule = {Asks.DOUBT: "open-doubt"}.get(question.asks, f"open-{question.asks.value}")
    return Finding(
        rule,
        Severity.ERROR,
        f"{question.text} ({german.counted(question.cells, 'Zelle', 'Zellen')})",
        ASSIGN,
        question.place,
        question.about[:80],
    )


def _remarks(one: Mapped) -> Iterator[Finding]:
    said = [(row.cell.address, row.cell.remark) for row in one.rows if row.fate is Fate.TAKEN and row.cell.remark]
    if said:
        told = "; ".join(f"{address}: {remark}" for address, remark in said[:5])
        more = f" und {len(said) - 5} weitere" if len(said) > 5 else ""
        message = f"Bemerkungen in der Tabelle: {told}{more}. Sie bleiben in der Originaldatei nachlesbar."
        yield Finding("remarks", Severity.HINT, message, "", Place(one.table.sheet, said[0][0]))


def _left_out(one: Mapped) -> Iterator[Finding]:
    """Cells that were left out for a doubt; what nobody wanted is not told."""
    doubted = [row for row in one.rows if row.fate is Fate.LEFT_OUT and row.asks is Asks.DOUBT]
    for text in dict.fromkeys(row.why for row in doubted):
        same = [row for row in doubted if row.why == text]
        message = f"{german.counted(len(same), 'Zelle wird', 'Zellen werden')} ausgelassen: {text}"
        yield Finding("left-out", Severity.HINT, message, "", Place(one.table.sheet, same[0].cell.address))


def _footnotes(one: Mapped) -> Iterator[Finding]:
    noted = [row for row in one.rows if row.fate is Fate.TAKEN and row.cell.footnotes]
    if noted:
        message = (
            f"{german.counted(len(noted), 'Wert trägt', 'Werte tragen')} Fußnoten; deren Text wird nicht gespeichert."
        )
        yield Finding("footnotes", Severity.HINT, message, "", Place(one.table.sheet, noted[0].cell.address))


def _by_hand(one: Mapped, layout: Layout | None, marked: tuple[Area, ...]) -> Iterator[Finding]:
    """Ranges of last time do not grow by themselves: someone has to look whether they still hold everything."""
    if layout is not None and marked and layout.by_hand == marked:
        names = ", ".join(f"{area.reference} ({area.role.word})" for area in marked)
        message = f"Gelesen wurde mit den Bereichen, die beim letzten Mal von Hand festgelegt wurden: {names}."
        remedy = "Prüfen, ob neue Zeilen oder Spalten dazugehören; wenn alles stimmt, das als Grund nennen."
        yield Finding("ranges-by-hand", Severity.WARNING, message, remedy, _place(one))


def _place(one: Mapped) -> Place:
    return Place(one.table.sheet, table_key(one.table).rpartition("!")[2])


def unassigned(own: OwnTables) -> Finding:
    """For a workbook of which nobody has confirmed anything yet."""
    sheets = ", ".join(f"„{name}“" for name in dict.fromkeys(table.sheet for table in own.tables))
    held = (
        f"sondern enthält eigene Tabellen (Blatt {sheets}), die noch niemand zugeordnet hat."
        if sheets
        else "und eine Tabelle mit Kopf und Beschriftungen ist darin nicht zu erkennen."
    )
    place = Place(own.tables[0].sheet if own.tables else "")
    return Finding("unknown-layout", Severity.ERROR, f"Diese Arbeitsmappe ist keine Vorlage, {held}", ASSIGN, place)
