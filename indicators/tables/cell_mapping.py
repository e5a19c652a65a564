"""One cell of a department's own table on its way to an observation: what each step needs, or what it waits for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.catalogue import BaseFigure
from indicators.model import Breakdown, Observation, Place, Sign
from indicators.periods import Period, PeriodKind
from indicators.tables import signs
from indicators.tables.crosstab import Table, TableCell
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.doubts import key_of as doubt_key
from indicators.tables.decisions import Asks, Choices, Fate, LeftOut, Row, Wait
from indicators.tables.meanings import FRACTIONS, LEAVE_OUT, THOUSANDS, Assignment, Known, Meaning, key_of
from indicators.tables.own_periods import (
    ASKS_PERIOD,
    FROM_AROUND,
    SETTLED_BY_LABEL,
    fitting,
    is_longer,
    without_own_period,
)
from indicators.tables.vocabulary import Vocabulary, unit_fits
from indicators.workbooks.numbers import as_percentage, may_be_fractions, two_readings

MISSING, RULE = "missing", "rule"  # what a question about the period is about


Labelled = tuple[BaseFigure, Breakdown, Period | None]


@dataclass(frozen=True)
class CellReader:
    table: Table
    words: Vocabulary
    choices: Choices
    assignments: Mapping[str, Assignment]
    known: Known

    def row(self, cell: TableCell) -> Row:
        try:
            return Row(cell, Fate.TAKEN, self._observation(cell))
        except LeftOut as reason:
            asks = Asks.DOUBT if reason.doubt else None
            return Row(cell, Fate.LEFT_OUT, asks=asks, about=reason.doubt, why=str(reason))
        except Wait as wait:
            decision = self.choices.doubts.get(wait.about) if wait.asks is Asks.DOUBT else None
            if decision is False:
                return Row(cell, Fate.LEFT_OUT, asks=wait.asks, about=wait.about, why=wait.why)
            return Row(cell, Fate.WAITING, asks=wait.asks, about=wait.about, why=wait.why, final=wait.final)

    def _observation(self, cell: TableCell) -> Observation:
        figure, breakdown, said = self._labelled(cell)
        sign = self._settle(cell, said)
        value = self._value(cell, figure)
        period = self._fitted(said or self._period(cell), figure)
        place = Place(self.table.sheet, cell.address)
        return Observation(figure.code, self.words.reporter, period, breakdown, value, sign, cell.flags, place)

    def _labelled(self, cell: TableCell) -> Labelled:
        """What its labels and unit make of a cell; worked out once for all cells that have the same."""
        key = (cell.labels, cell.unit)
        found = self._known_labels.get(key)
        if found is None:
            try:
                meanings = self._meanings(cell)
                figure = self._figure(cell, meanings)
                found = figure, self._breakdown(meanings, figure), self._said(meanings)
            except (Wait, LeftOut) as reason:
                found = reason
            self._known_labels[key] = found
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found

    @cached_property
    def _known_labels(self) -> dict[tuple[tuple[str, ...], str], Labelled | Exception]:
        return {}

    def _meanings(self, cell: TableCell) -> list[Meaning]:
        found = [self.assignments[key_of(label)] for label in cell.labels]
        unwanted = next((one for one in found if one.is_decided and one.meaning == LEAVE_OUT), None)
        if unwanted:
            raise LeftOut(f"„{unwanted.label}“ wird nicht übernommen.")
        if self.choices.units.get(key_of(cell.unit)) == LEAVE_OUT:
            raise LeftOut(f"Zellen in „{cell.unit}“ werden nicht übernommen.")
        for one in found:
            if not one.is_decided:
                raise Wait(Asks.LABEL, one.key, f"„{one.label}“ ist noch nicht zugeordnet.")
        return [one.meaning for one in found if one.meaning is not None]

    def _figure(self, cell: TableCell, meanings: Iterable[Meaning]) -> BaseFigure:
        named = {meaning.base_figure for meaning in meanings if meaning.base_figure}
        if len(named) > 1:
            titles = ", ".join(sorted(f"„{self.words.catalogue.base_figure(code).title}“" for code in named))
            text = f"Die Beschriftungen nennen verschiedene Grundzahlen: {titles}."
            raise _wait(Doubt(Code.TWO_FIGURES, titles, text), final=True)
        code = self._figure_code(cell, named)
        if not code:
            raise Wait(Asks.FIGURE, "", "Keine Beschriftung nennt die Grundzahl.")
        return self.words.catalogue.base_figure(code)

    def _figure_code(self, cell: TableCell, named: Iterable[str]) -> str:
        of_unit = self.choices.units.get(key_of(cell.unit))
        return next(iter(named), "") or (of_unit.base_figure if of_unit else "") or self.choices.base_figure

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

    def _said(self, meanings: Iterable[Meaning]) -> Period | None:
        """The period that a person gave to a label of the cell; it wins over everything that was read."""
        said = sorted({meaning.period for meaning in meanings if meaning.period})
        if len(said) > 1:
            names = " und ".join(period.label for period in said)
            raise _wait(
                Doubt(Code.TWO_PERIODS, names, f"Die Beschriftungen nennen zwei Zeiträume: {names}."), final=True
            )
        return said[0] if said else None

    def _settle(self, cell: TableCell, said: Period | None) -> Sign | None:
        """Doubts of the reader: each is decided, or the cell waits. Gives the cell's sign, read or decided."""
        sign = cell.sign
        for doubt in cell.doubts:
            if doubt.code in (ASKS_PERIOD if said is None else SETTLED_BY_LABEL):
                continue
            if said is None and self.choices.period is not None and doubt.code in FROM_AROUND:
                continue
            if doubt.code is Code.FRACTION and doubt.key in self.choices.units:
                continue  # `_value` knows what was decided
            decided = self._decision(doubt)
            if decided is None and signs.may_stand_for_one(doubt):
                sign = self._meant(doubt)
                continue
            empty = cell.value is None and cell.sign is None
            if decided is False or (decided and empty):
                raise LeftOut(doubt.text, doubt.key)
            if decided is None:
                raise Wait(Asks.FRACTION if doubt.code is Code.FRACTION else Asks.DOUBT, doubt.key, doubt.text, empty)
        return sign

    def _decision(self, doubt: Doubt) -> bool | None:
        decided = self.choices.doubts.get(doubt.key)
        if decided is None and doubt.code is Code.HIDDEN and doubt.about.startswith("Spalte"):
            return self.choices.doubts.get(doubt_key(Code.HIDDEN))  # before hidden parts had their names
        return decided

    def _meant(self, doubt: Doubt) -> Sign:
        """The sign that a person said a text stands for."""
        key = signs.key_of(doubt.about)
        if key not in self.choices.signs:
            text = f"„{doubt.about}“ steht dort, wo eine Zahl stehen sollte. Für welches Zeichen steht es?"
            raise Wait(Asks.SIGN, key, text)
        sign = self.choices.signs[key]
        if sign is None:
            raise LeftOut(doubt.text, doubt.key)
        return sign

    def _value(self, cell: TableCell, figure: BaseFigure) -> float | None:
        if cell.value is None:
            self._factor(cell, figure)
            return None
        fraction = next((doubt for doubt in cell.doubts if doubt.code is Code.FRACTION), None)
        if fraction is None and cell.address in self._bare_fractions(figure):
            shares = f"Die Werte unter „{figure.title}“ können Bruchteile sein: {two_readings(cell.value)}?"
            fraction = Doubt(Code.FRACTION, figure.code, shares)
        if fraction is not None:
            chosen = self.choices.units.get(fraction.key)
            if chosen == LEAVE_OUT:
                raise LeftOut(fraction.text, fraction.key)
            if chosen is not None:
                return as_percentage(cell.value) if chosen == FRACTIONS else cell.value
            if self.choices.doubts.get(fraction.key) is None:
                raise Wait(Asks.FRACTION, fraction.key, fraction.text)
        return cell.value * self._factor(cell, figure)

    def _bare_fractions(self, figure: BaseFigure) -> frozenset[str]:
        """Cells of a base figure in percent whose column or row names no unit and holds fractions only."""
        if not self.words.catalogue.unit_of(figure).percentage:
            return frozenset()
        if figure.code not in self._fractions:
            lines: dict[tuple[str, int], list[TableCell]] = {}
            for cell in self.table.cells:
                if cell.value is not None and not cell.unit and self._names(cell) == figure.code:
                    lines.setdefault(("column", cell.column), []).append(cell)
                    lines.setdefault(("row", cell.row), []).append(cell)
            self._fractions[figure.code] = frozenset(
                cell.address
                for line in lines.values()
                if may_be_fractions(cell.value for cell in line if cell.value is not None)
                for cell in line
            )
        return self._fractions[figure.code]

    @cached_property
    def _fractions(self) -> dict[str, frozenset[str]]:
        return {}

    def _names(self, cell: TableCell) -> str:
        """The code of the cell's figure as far as it is known."""
        meanings = (self.assignments[key_of(label)].meaning for label in cell.labels)
        return self._figure_code(cell, [meaning.base_figure for meaning in meanings if meaning and meaning.base_figure])

    def _factor(self, cell: TableCell, figure: BaseFigure) -> float:
        chosen = self.choices.units.get(key_of(cell.unit))
        if chosen is not None:
            return 1000.0 if chosen == THOUSANDS else 1.0
        unit = self.words.catalogue.unit_of(figure)
        if unit.percentage and not key_of(cell.unit):
            return self._unnamed_percentage(cell, figure)
        if self.known.units is not None and key_of(cell.unit) not in self.known.units:
            why = f"Die Einheit „{cell.unit or 'ohne Angabe'}“ hatte diese Tabelle bisher nicht."
            raise Wait(Asks.UNIT, key_of(cell.unit), why)
        if not unit_fits(cell.unit, unit):
            why = f"Die Einheit „{cell.unit}“ ist nicht die von „{figure.title}“ ({unit.title})."
            raise Wait(Asks.UNIT, key_of(cell.unit), why)
        return 1.0

    def _unnamed_percentage(self, cell: TableCell, figure: BaseFigure) -> float:
        """A base figure in percent whose table states no unit: asked once, for that figure."""
        key = f"?{figure.code}"
        chosen = self.choices.units.get(key)
        if chosen == LEAVE_OUT:
            raise LeftOut(f"Werte ohne Einheit unter „{figure.title}“ werden nicht übernommen.")
        if chosen is None and cell.value is not None:
            raise Wait(Asks.UNIT, key, f"„{figure.title}“ ist in Prozent; die Tabelle nennt keine Einheit.")
        return 1.0

    def _period(self, cell: TableCell) -> Period:
        """What was read, or what a person typed for the whole table or for the cells of a doubt."""
        doubt = next((one for one in cell.doubts if one.code in ASKS_PERIOD), None)
        about = doubt.key if doubt and doubt.code is Code.PERIOD_UNUSUAL else MISSING
        if about != MISSING:
            typed = self.choices.periods.get(about)
        else:
            typed = self.choices.period if cell.address in self._without_own_period else None
        if typed is not None:
            return typed
        if doubt is not None or cell.period is None:
            raise Wait(Asks.PERIOD, about, doubt.text if doubt else "Die Tabelle nennt keinen Zeitraum.")
        if self.known.corrected and self.choices.period is None and cell.address in self._without_own_period:
            why = f"Die Tabelle nennt {cell.period.label}; beim letzten Mal galt ein anderer Zeitraum als der gelesene."
            raise Wait(Asks.PERIOD, MISSING, why)
        return cell.period

    @cached_property
    def _without_own_period(self) -> frozenset[str]:
        return without_own_period(self.table)

    def _fitted(self, period: Period, figure: BaseFigure) -> Period:
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
            raise Wait(Asks.PERIOD, RULE, why)
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


def _wait(doubt: Doubt, final: bool = False) -> Wait:
    return Wait(Asks.DOUBT, doubt.key, doubt.text, final)
