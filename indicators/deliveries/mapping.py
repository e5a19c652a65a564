"""From the cells of a department's own table to observations, by what its labels mean.

Nothing is guessed in silence: a cell becomes an observation only if each of its labels, its unit, its period
and its doubts are decided. Until then it waits, and the delivery with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.catalogue import BaseFigure, Catalogue
from indicators.deliveries.crosstab import Table, TableCell
from indicators.deliveries.crosstab.doubts import Code, Doubt
from indicators.deliveries.mapped import Asks, Choices, Fate, Mapped, Question, Row, YearRule
from indicators.deliveries.meanings import LEAVE_OUT, THOUSANDS, Assignment, Known, Meaning, Origin, Seen, key_of
from indicators.deliveries.vocabulary import Vocabulary, assign, counts_thousands, unit_fits
from indicators.model import Breakdown, Observation, Place
from indicators.periods import Period, PeriodKind


def labels_of(table: Table) -> tuple[Seen, ...]:
    """The distinct labels, in the order of the sheet."""
    first: dict[str, tuple[str, TableCell]] = {}
    codes: dict[str, set[tuple[str, ...]]] = {}
    counts: Counter[str] = Counter()
    for cell in table.cells:
        for number, label in enumerate(dict.fromkeys(cell.labels)):
            key = key_of(label)
            first.setdefault(key, (label, cell))
            counts[key] += 1
            if number == 0:  # official keys stand beside the row label
                codes.setdefault(key, set()).add(cell.codes)
    return tuple(
        Seen(label, counts[key], Place(table.sheet, cell.address), _only(codes.get(key, set())))
        for key, (label, cell) in first.items()
    )


def _only(codes: set[tuple[str, ...]]) -> tuple[str, ...]:
    return next(iter(codes)) if len(codes) == 1 else ()


def map_table(
    table: Table, catalogue: Catalogue, reporter: str, choices: Choices | None = None, known: Known | None = None
) -> Mapped:
    """Every cell of the table with its fate; `choices` are what has been decided, `known` what was confirmed before."""
    decided = choices or Choices()
    words = Vocabulary(catalogue, reporter)
    before = known or Known()
    assignments = assign(labels_of(table), words, decided.meanings, before)
    if not decided.take:
        rows = tuple(Row(cell, Fate.LEFT_OUT, why="Die Tabelle wird nicht übernommen.") for cell in table.cells)
        return Mapped(table, decided, assignments, rows, ())
    reader = _CellReader(table, words, decided, {one.key: one for one in assignments}, before.units)
    rows = tuple(reader.row(cell) for cell in table.cells)
    return Mapped(table, decided, assignments, rows, tuple(_questions(table, words, assignments, rows, before)))


class _Wait(Exception):
    """A cell cannot go on: something has to be decided."""

    def __init__(self, asks: Asks, about: str, why: str, final: bool = False):
        self.asks, self.about, self.why, self.final = asks, about, why, final


class _LeftOut(Exception):
    """Why a cell is not wanted; `doubt` where that was decided about a doubt."""

    def __init__(self, why: str, doubt: str = ""):
        super().__init__(why)
        self.doubt = doubt


@dataclass(frozen=True)
class _CellReader:
    table: Table
    words: Vocabulary
    choices: Choices
    assignments: Mapping[str, Assignment]
    known_units: frozenset[str] | None

    def row(self, cell: TableCell) -> Row:
        try:
            return Row(cell, Fate.TAKEN, self._observation(cell))
        except _LeftOut as reason:
            asks = Asks.DOUBT if reason.doubt else None
            return Row(cell, Fate.LEFT_OUT, asks=asks, about=reason.doubt, why=str(reason))
        except _Wait as wait:
            decision = self.choices.doubts.get(wait.about) if wait.asks is Asks.DOUBT else None
            if decision is False:
                return Row(cell, Fate.LEFT_OUT, asks=wait.asks, about=wait.about, why=wait.why)
            return Row(cell, Fate.WAITING, asks=wait.asks, about=wait.about, why=wait.why, final=wait.final)

    def _observation(self, cell: TableCell) -> Observation:
        meanings = self._meanings(cell)
        figure = self._figure(cell, meanings)
        breakdown = self._breakdown(meanings, figure)
        factor = self._factor(cell, figure)
        self._settle(cell)
        period = self._period(cell, figure)
        value = None if cell.value is None else cell.value * factor
        place = Place(self.table.sheet, cell.address)
        return Observation(figure.code, self.words.reporter, period, breakdown, value, cell.sign, cell.flags, place)

    def _meanings(self, cell: TableCell) -> list[Meaning]:
        found = [self.assignments[key_of(label)] for label in cell.labels]
        unwanted = next((one for one in found if one.is_decided and one.meaning == LEAVE_OUT), None)
        if unwanted:
            raise _LeftOut(f"„{unwanted.label}“ wird nicht übernommen.")
        if self.choices.units.get(key_of(cell.unit)) == LEAVE_OUT:
            raise _LeftOut(f"Zellen in „{cell.unit}“ werden nicht übernommen.")
        for one in found:
            if not one.is_decided:
                raise _Wait(Asks.LABEL, one.key, f"„{one.label}“ ist noch nicht zugeordnet.")
        return [one.meaning for one in found if one.meaning is not None]

    def _figure(self, cell: TableCell, meanings: Iterable[Meaning]) -> BaseFigure:
        named = {meaning.base_figure for meaning in meanings if meaning.base_figure}
        if len(named) > 1:
            titles = ", ".join(sorted(f"„{self.words.catalogue.base_figure(code).title}“" for code in named))
            text = f"Die Beschriftungen nennen verschiedene Grundzahlen: {titles}."
            raise _wait(Doubt(Code.TWO_FIGURES, titles, text), final=True)
        of_unit = self.choices.units.get(key_of(cell.unit))
        code = next(iter(named), "") or (of_unit.base_figure if of_unit else "") or self.choices.base_figure
        if not code:
            raise _Wait(Asks.FIGURE, "", "Keine Beschriftung nennt die Grundzahl.")
        return self.words.catalogue.base_figure(code)

    def _breakdown(self, meanings: Iterable[Meaning], figure: BaseFigure) -> Breakdown:
        found: dict[str, str] = {}
        for meaning in meanings:
            for dimension, member in meaning.breakdown.members:
                if found.setdefault(dimension, member) != member:
                    title = self.words.catalogue.dimensions[dimension].title
                    text = f"Die Beschriftungen nennen zwei Ausprägungen von „{title}“."
                    raise _wait(Doubt(Code.TWO_MEMBERS, title, text), final=True)
        breakdown = Breakdown(tuple(sorted(found.items())))
        if breakdown not in self.words.breakdowns(figure):
            axes = " × ".join(self.words.catalogue.dimensions[dimension].title for dimension in found) or "Insgesamt"
            about = f"{axes}“ ist bei „{figure.title}"
            raise _wait(Doubt(Code.UNKNOWN_BREAKDOWN, about, f"Die Gliederung „{about}“ nicht vorgesehen."), final=True)
        return breakdown

    def _factor(self, cell: TableCell, figure: BaseFigure) -> float:
        chosen = self.choices.units.get(key_of(cell.unit))
        if chosen is not None:
            return 1000.0 if chosen == THOUSANDS else 1.0
        unit = self.words.catalogue.unit_of(figure)
        if self.known_units is not None and key_of(cell.unit) not in self.known_units:
            why = f"Die Einheit „{cell.unit or 'ohne Angabe'}“ hatte diese Tabelle bisher nicht."
            raise _Wait(Asks.UNIT, key_of(cell.unit), why)
        if not unit_fits(cell.unit, unit):
            why = f"Die Einheit „{cell.unit}“ ist nicht die von „{figure.title}“ ({unit.title})."
            raise _Wait(Asks.UNIT, key_of(cell.unit), why)
        return 1.0

    def _settle(self, cell: TableCell) -> None:
        """Doubts of the reader: each is decided, or the cell waits."""
        for doubt in cell.doubts:
            decided = self.choices.doubts.get(doubt.key)
            empty = cell.value is None and cell.sign is None
            if decided is False or (decided and empty):
                raise _LeftOut(doubt.text, doubt.key)
            if decided is None:
                raise _wait(doubt, final=empty)

    def _period(self, cell: TableCell, figure: BaseFigure) -> Period:
        period = cell.period or self.choices.period
        if period is None:
            raise _Wait(Asks.PERIOD, "missing", "Die Tabelle nennt keinen Zeitraum.")
        if figure.frequency.covers(period):
            return period
        if period.kind is PeriodKind.DATE:
            self._check_reference(period, figure)
            return figure.frequency.period_of(period.end)
        fitted = fitting(period, figure, self.choices.year_rule)
        if fitted is None:
            if is_longer(period, figure):
                told = f"„{figure.title}“ wird {figure.frequency.word} gemeldet"
                text = f"{told}; die Zeiträume der Tabelle sind länger und lassen sich nicht teilen."
                raise _wait(Doubt(Code.PERIOD_TOO_LONG, figure.code, text), final=True)
            why = f"„{figure.title}“ wird {figure.frequency.word} gemeldet, die Tabelle nennt {period.label}."
            raise _Wait(Asks.PERIOD, "rule", why)
        return fitted

    def _check_reference(self, period: Period, figure: BaseFigure) -> None:
        day = f"{period.end:%m-%d}"
        if figure.reference is None or figure.reference == day:
            return
        month, agreed = figure.reference.split("-")
        text = f"Der Stichtag {period.end:%d.%m.} ist nicht der von „{figure.title}“ ({agreed}.{month}.)."
        doubt = Doubt(Code.REFERENCE_DAY, f"{period.end:%d.%m.}", text)
        if self.choices.doubts.get(doubt.key) is not True:
            raise _wait(doubt)


def _wait(doubt: Doubt, final: bool = False) -> _Wait:
    return _Wait(Asks.DOUBT, doubt.key, doubt.text, final)


_DAYS = {
    PeriodKind.DATE: 1, PeriodKind.MONTH: 30, PeriodKind.QUARTER: 91, PeriodKind.HALF_YEAR: 182,
    PeriodKind.WINTER_TERM: 182, PeriodKind.YEAR: 365, PeriodKind.SCHOOL_YEAR: 365, PeriodKind.KITA_YEAR: 365,
}  # fmt: skip


def is_longer(period: Period, figure: BaseFigure) -> bool:
    """A year cannot be told as a quarter."""
    return _DAYS[period.kind] > _DAYS[figure.frequency.kind]


def fitting(period: Period, figure: BaseFigure, rule: YearRule) -> Period | None:
    """The figure's period that a shorter or shifted one belongs to; None without a rule, or for a longer one."""
    if rule is YearRule.AS_READ or is_longer(period, figure):
        return None
    kind = figure.frequency.kind
    if period.kind is PeriodKind.YEAR:  # „2021“ over school years
        return Period(kind, period.year if rule is YearRule.BEGIN else period.year - 1)
    return figure.frequency.period_of(period.start if rule is YearRule.BEGIN else period.end)


def _questions(
    table: Table, words: Vocabulary, assignments: Iterable[Assignment], rows: Iterable[Row], known: Known
) -> Iterable[Question]:
    """What is open, each thing once. Labels first: all undecided ones of cells that are not left out anyway."""
    waiting = [row for row in rows if row.fate is Fate.WAITING]
    asked = {key_of(label) for row in waiting if row.asks is Asks.LABEL for label in row.cell.labels}
    for one in assignments:
        if not one.is_decided and one.key in asked:
            text = f"Die Beschriftung „{one.label}“ ist noch nicht zugeordnet."
            suggestion = one.meaning if one.origin is Origin.SUGGESTED else None
            yield Question(Asks.LABEL, one.key, text, one.cells, one.place, suggestion=suggestion)
    groups: dict[tuple[Asks, str], list[Row]] = {}
    for row in waiting:
        if row.asks is not None and row.asks is not Asks.LABEL:
            groups.setdefault((row.asks, row.about), []).append(row)
    for (asks, about), same in groups.items():
        first = same[0]
        suggestion = _suggestion(table, words, first, known)
        can_take = not all(row.final for row in same)
        place = Place(table.sheet, first.cell.address)
        yield Question(asks, about, first.why, len(same), place, can_take, suggestion)


def _suggestion(table: Table, words: Vocabulary, row: Row, known: Known) -> Meaning | None:
    if row.asks is Asks.UNIT:
        thousands = any(counts_thousands(row.cell.unit, unit) for unit in words.catalogue.units.values())
        return THOUSANDS if thousands else None
    if row.asks is not Asks.FIGURE:
        return None
    return Meaning.figure(known.figure) if known.figure else words.figure_for(table.title)
