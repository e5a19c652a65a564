"""What the steering cycle brings to a report: measures, consultations, decisions, agreements, first interviews.

Only what everyone but the office sees may be in it: no small numbers of people, nothing that is not public.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from indicators.boards import agreements as agreed_board
from indicators.boards import concept_change, measure_checks, measure_context, progress
from indicators.boards import interviews as interview_board
from indicators.boards import measures as measure_board
from indicators.boards.concept_change import State
from indicators.catalogue import ActionField
from indicators.figures import Figure
from indicators.knowledge.agreements import Goal, goals
from indicators.knowledge.consultations import Consultation, consultations
from indicators.knowledge.decisions import Decision, decisions_at
from indicators.knowledge.interviews import Interview, interviews
from indicators.knowledge.measures import Measure, measures
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger.versions import hash_at, load_version
from indicators.moments import end_of_day, local_day
from indicators.reports.fixed_texts import CONCEPT
from indicators.reports.report import Part
from indicators.store import Store

RHYTHM = 2
"""Years from one report to the council to the next."""
Then = Callable[[datetime], Snapshot]


@dataclass(frozen=True)
class Cycle:
    """All as known at one moment; `before` are the concept and the measures of two years earlier, `reached` what the
    indicator of each reviewed goal had reached on the day of its review."""

    measures: tuple[Measure, ...] = ()
    before: State | None = None
    consulted: tuple[Consultation, ...] = ()
    decided: tuple[Decision, ...] = ()
    goals: tuple[Goal, ...] = ()
    reached: Mapping[str, str] = field(default_factory=dict)
    interviews: tuple[Interview, ...] = ()


def cycle(store: Store, known: Snapshot, parts: frozenset[Part], then: Then) -> Cycle:
    """As everyone but the office may see it; `then` is what was known at an earlier moment, seen likewise."""
    small, moment = known.catalogue.small_below, known.moment
    agreed = goals(store, moment, small) if Part.AGREEMENTS in parts else ()
    return Cycle(
        measures=measures(store, moment, small),
        before=earlier(store, known) if {Part.CONCEPT, Part.TWO_YEARS} & parts else None,
        consulted=consultations(store, moment, all_of_them=False),
        decided=tuple(decisions_at(store, moment)),
        goals=agreed,
        reached=agreed_board.reached(agreed, known, then),
        interviews=interviews(store, moment) if Part.INTERVIEWS in parts else (),
    )


def earlier(store: Store, known: Snapshot) -> State:
    """The concept and the measures as they were two years before, the rhythm in which councils are told."""
    day = local_day(known.moment)
    leap = (day.month, day.day) == (2, 29)
    then = date(day.year - RHYTHM, day.month, 28 if leap else day.day)
    moment = end_of_day(then)
    version = hash_at(store, moment)
    own = version is None or version == known.catalogue.version
    catalogue = known.catalogue.whole if own else load_version(store, str(version))
    return State(then, catalogue.on(then), measures(store, moment, known.catalogue.small_below))


@dataclass(frozen=True)
class Tables:
    """The tables of the cycle for the fields of a report, by the heading that they stand under."""

    found: Cycle
    known: Snapshot
    fields: Sequence[ActionField]
    day: date
    whole: bool

    def under(self, parts: frozenset[Part]) -> list[tuple[str, list[Figure]]]:
        """In the order of the report; a heading that there is nothing for is left out."""
        makers: tuple[tuple[Part, str, Callable[[], Iterable[Figure]]], ...] = (
            (Part.AGREEMENTS, "Zielvereinbarungen", self._agreements),
            (Part.INTERVIEWS, "Erstgespräche und Prüfung der Maßnahmen", self._interviews),
            (Part.COSTS, "Kosten und Stellen der Maßnahmen", self._costs),
            (Part.CONCEPT, CONCEPT, self._concept),
            (Part.TWO_YEARS, "Was sich in zwei Jahren geändert hat", self._two_years),
        )
        made = [(title, [figure for figure in make() if len(figure.frame)]) for part, title, make in makers
                if part in parts]  # fmt: skip
        return [(title, figures) for title, figures in made if figures]

    def progress(self) -> list[Figure]:
        found = self.found
        return progress.figures(self._measures, found.consulted, found.decided, self.fields, self.day, whole=self.whole)

    def _own(self, codes: Iterable[str]) -> bool:
        """Whether it belongs to a field of the report; what has none belongs to the whole."""
        named = set(codes)
        return bool(named & {one.code for one in self.fields}) or (self.whole and not named)

    @property
    def _measures(self) -> list[Measure]:
        return [one for one in self.found.measures if self._own(one.codes("field"))]

    def _agreements(self) -> Iterable[Figure]:
        own = [one for one in self.found.goals if self._own(one.codes("field")) and one.text("agreed_on")]
        catalogue = self.known.catalogue
        yield agreed_board.report_figure(own, catalogue, self.day, self.found.reached)
        if own:
            for by in agreed_board.BY:
                yield replace(agreed_board.rates_figure(own, by, catalogue, None), spec=None)

    def _interviews(self) -> Iterable[Figure]:
        own = [one for one in self.found.interviews if self._own(one.codes("field"))]
        catalogue = self.known.catalogue
        yield interview_board.figure(own, self._measures, catalogue, self.day, None, short=True)
        yield measure_checks.checked_figure(self._measures, self.fields)
        yield measure_checks.outdated_figure(self._measures, catalogue)

    def _costs(self) -> Iterable[Figure]:
        own = self._measures
        if own:
            yield measure_board.sums_figure(own, None)
        if own and self.whole:
            yield measure_board.grouped_figure(own, "field", self.known.catalogue, self.day, None)

    def _concept(self) -> Iterable[Figure]:
        """What has changed in the fields since the report before; nothing where nothing has."""
        if self.found.before is None:
            return []
        known = self.known
        now = State(local_day(known.moment), known.catalogue, self.found.measures)
        codes = None if self.whole else {field.code for field in self.fields}
        return concept_change.figures(self.found.before, now, known.since, codes)

    def _two_years(self) -> Iterable[Figure]:
        before = self.found.before.measures if self.found.before else ()
        moved = measure_context.moved(before, self._measures)
        return [measure_context.moved_figure(moved, self.known.catalogue, None)]
