"""What has changed between two moments, as a meeting asks for it: two snapshots in, rows ready to be shown out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators import boards, german
from indicators.attainment import Status, worst
from indicators.boards import wanted
from indicators.boards.change import Change, Kind
from indicators.catalogue import GuidingGoal, Indicator, SubGoal
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger.duties import Duty
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.periods import Period
from indicators.targets import Direction

AT_RISK = Status.SLIGHTLY_BEHIND.severity
"""From this severity on a target is not reached if all goes on like this."""


@dataclass(frozen=True)
class GoalStand:
    """A guiding goal (`guiding`) or sub-goal with the worst and best status of its indicators, now and before: of those
    that belonged to it, or to what it takes over from, then. None where it was not there yet."""

    field: str
    code: str
    title: str
    guiding: bool
    indicators: int
    worst: Status
    best: Status
    worst_before: Status | None
    best_before: Status | None


@dataclass(frozen=True)
class Since:
    """All changes between two moments, in the order of kinds and of the catalogue; and where the goals stand."""

    changes: tuple[Change, ...]
    goals: tuple[GoalStand, ...]

    def of(self, kind: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind is kind]

    def about(self, code: str) -> list[Change]:
        """What is said of one indicator."""
        return [change for change in self.changes if change.indicator.code == code]


def since(before: Snapshot, after: Snapshot, late: Sequence[Duty] = ()) -> Since:
    """`late` are the duties that are overdue at the later moment, as far as the viewer may know of them."""
    found: list[Change] = []
    for indicator in after.catalogue.kept_up:
        pair = _Pair.of(before, after, indicator)
        told = (pair.verdict(), pair.revised(), pair.delivered(), pair.decided(), pair.missing(late))
        found += [change for change in told if change]
    ordered = sorted(found, key=lambda change: list(Kind).index(change.kind))  # stable: the catalogue's order stays
    return Since(tuple(ordered), tuple(_goals(before, after)))


@dataclass(frozen=True)
class _Pair:
    """An indicator at both moments; `old` is its definition of then, None where it was not yet defined."""

    before: Snapshot
    after: Snapshot
    old: Indicator | None
    new: Indicator

    @classmethod
    def of(cls, before: Snapshot, after: Snapshot, new: Indicator) -> "_Pair":
        codes = (code for code in (new.code, *new.formerly) if code in before.catalogue.indicators)
        code = next(codes, None)
        return cls(before, after, before.catalogue.indicator(code) if code else None, new)

    @property
    def statuses(self) -> tuple[Status, Status]:
        then = self.before.status(self.old.code) if self.old else Status.NOT_JUDGED
        return then, self.after.status(self.new.code)

    @property
    def headlines(self) -> tuple[Series, Series]:
        then = self.before.headline(self.old.code) if self.old else Series(self.new.code, self.new.headline, ())
        return then, self.after.headline(self.new.code)

    def verdict(self) -> Change | None:
        """Better or worse: by the status; where that stays, by the value in the wanted direction."""
        then, now = self.headlines
        causes = german.enumeration(self._causes())
        if kind := _by_status(*self.statuses):
            return self._change(kind, then.latest, now.latest, causes)
        if kind := self._by_value():  # the value that was compared: the latest period may have none
            return self._change(kind, then.latest, now.latest_value, causes)
        return None

    def _by_value(self) -> Kind | None:
        then, now = (series.latest_value for series in self.headlines)
        if now is None or now.value is None or self.new.direction not in (Direction.UP, Direction.DOWN):
            return None
        reference = self._reference(now.period, then)
        if reference is None or reference.value is None:
            return None
        moved = german.difference(now.value, reference.value, self.new.decimals)
        if moved == 0:
            return None
        return Kind.BETTER if (moved > 0) is (self.new.direction is Direction.UP) else Kind.WORSE

    def _reference(self, period: Period, then: Measurement | None) -> Measurement | None:
        """What the latest value is compared with: itself before a revision; else the same season of the year before."""
        known, now = self.headlines
        if then is None or then.period >= period:
            return known.at(period)
        earlier = now.at(period.year_before)
        if earlier is None and self.new.frequency.parts_per_year == 1:
            earlier = then
        if earlier is None or self.new.chained:
            return earlier
        broken = any(earlier.period < found.period <= period for found in self.new.breaks)
        return None if broken else earlier

    def revised(self) -> Change | None:
        """The latest value of before that is another one now, or gone; the indicator's own course goes first."""
        found = [
            (group == self.new.headline, old.period, group, old, now.at(old.period))
            for group, then, now in self._groups()
            for old in then.points
            if self._differs(old, now.at(old.period))
        ]
        if not found:
            return None
        _, _, group, old, now = max(found, key=lambda one: one[:2])
        named = "" if group == self.new.headline else self.after.catalogue.name_of(group)
        more = f"und {german.counted(len(found) - 1, 'weiterer Wert', 'weitere Werte')}" if len(found) > 1 else ""
        defined = "neue Definition" if self._redefined else ""
        return self._change(Kind.REVISED, old, now, ", ".join(part for part in (named, more, defined) if part))

    def delivered(self) -> Change | None:
        """Periods that nothing was known of before, or that were to come later."""
        found = [
            (group == self.new.headline, point.period, group, then.latest, point)
            for group, then, now in self._groups()
            for point in now.points
            if not _has_value(then, point.period) and _has_value(now, point.period)
        ]
        if not found:
            return None
        own, _, group, old, now = max(found, key=lambda one: one[:2])
        periods = len({one[1] for one in found})
        named = "" if own else self.after.catalogue.name_of(group)
        more = german.counted(periods, "Zeitraum", "Zeiträume") if periods > 1 else ""
        return self._change(Kind.DELIVERED, old, now, ", ".join(part for part in (named, more) if part))

    def decided(self) -> Change | None:
        """Another target than then, whether it was decided or defined; what of it a reader can see."""
        if self.old is None:
            return None
        then = wanted.by_title(self.before.catalogue, self.old)
        now = wanted.by_title(self.after.catalogue, self.new)
        titles = [title for title in dict.fromkeys([*now, *then]) if then.get(title) != now.get(title)]
        if not titles:
            return None
        before, after = (
            "; ".join(f"{title}: {text}" if title else text for title in titles if (text := aims.get(title)))
            or "kein Ziel"
            for aims in (then, now)
        )
        origins = [self.new.agreed[title].said for title in titles if title in self.new.agreed]
        remark = german.enumeration(list(dict.fromkeys(origins)))
        return Change(Kind.TARGET, self.new, None, None, before, after, *self.statuses, remark)

    def missing(self, late: Sequence[Duty]) -> Change | None:
        """The latest period that somebody owes a number for."""
        then, now = self.headlines
        owed = [
            duty
            for duty in late
            if not {*duty.base_figures}.isdisjoint(self.new.expression.names) and not _has_value(now, duty.period)
        ]
        if not owed:
            return None
        period = max(duty.period for duty in owed)
        names = [self.after.catalogue.reporter_name(duty.reporter) for duty in owed if duty.period == period]
        due = min(duty.due for duty in owed if duty.period == period)
        said = f"{period.label} von {german.enumeration(list(dict.fromkeys(names)))}, fällig am {german.day(due)}"
        return self._change(Kind.MISSING, then.latest, now.latest, said)

    def _groups(self) -> Iterable[tuple[Breakdown, Series, Series]]:
        """The same breakdown at both moments, as far as it is known at either."""
        then = {series.breakdown: series for series in self.before.series[self.old.code]} if self.old else {}
        now = {series.breakdown: series for series in self.after.series[self.new.code]}
        for group in dict.fromkeys([*now, *then]):
            nothing = Series(self.new.code, group, ())
            yield group, then.get(group, nothing), now.get(group, nothing)

    def _differs(self, old: Measurement, new: Measurement | None) -> bool:
        """Whether a reader can tell the one from the other. What was to come later has come."""
        if old.sign is Sign.LATER:
            return False
        if new is None or (old.value is None) is not (new.value is None):
            return True
        if old.value is None or new.value is None:
            return old.sign != new.sign
        return old.value != new.value and german.difference(old.value, new.value, self.new.decimals) != 0

    @property
    def _redefined(self) -> bool:
        if self.old is None:
            return False
        said = [
            (catalogue.formula_in_words(one), one.unit, one.headline)
            for catalogue, one in ((self.before.catalogue, self.old), (self.after.catalogue, self.new))
        ]
        return said[0] != said[1]

    def _causes(self) -> list[str]:
        """What may stand behind another verdict."""
        then, now = self.headlines
        causes = {
            "neue Definition": self._redefined,
            "neues Ziel": self.old is not None and self.old.rules != self.new.rules,
            "Revision": any(self._differs(old, now.at(old.period)) for old in then.points),
            "neuer Wert": any(
                not _has_value(then, point.period) and _has_value(now, point.period) for point in now.points
            ),
        }
        return [cause for cause, holds in causes.items() if holds]

    def _change(self, kind: Kind, then: Measurement | None, now: Measurement | None, remark: str) -> Change:
        old = self.old or self.new
        shown_before = boards.shown(self.before.catalogue, old, then) if then and self.old else "noch nichts"
        shown_after = boards.shown(self.after.catalogue, self.new, now) if now else "nichts mehr" if then else "–"
        return Change(kind, self.new, then, now, shown_before, shown_after, *self.statuses, remark)


def _by_status(then: Status, now: Status) -> Kind | None:
    was, stands = then.severity, now.severity
    if stands == 0 and was != 0:
        return Kind.REACHED
    if stands >= AT_RISK > was:
        return Kind.AT_RISK
    if min(was, stands) < 0 or was == stands:
        return None
    return Kind.BETTER if stands < was else Kind.WORSE


def _has_value(series: Series, period: Period) -> bool:
    point = series.at(period)
    return point is not None and point.sign is not Sign.LATER


def _goals(before: Snapshot, after: Snapshot) -> Iterable[GoalStand]:
    for field in after.catalogue.fields:
        for guiding in field.guiding_goals:
            below = [goal.code for goal in guiding.sub_goals]
            yield from _stand(before, after, field.code, guiding, [guiding.code, *below])
            for goal in guiding.sub_goals:
                yield from _stand(before, after, field.code, goal, [goal.code])


def _stand(
    before: Snapshot, after: Snapshot, field: str, goal: GuidingGoal | SubGoal, codes: Sequence[str]
) -> Iterable[GoalStand]:
    """Nothing for a goal that no indicator measures."""
    now = [after.status(one.code) for code in codes for one in after.catalogue.indicators_for(code)]
    earlier = [past for code in codes for past in _forerunners(before, after, code)]
    then = [before.status(one.code) for code in earlier for one in before.catalogue.indicators_for(code)]
    if now:
        yield GoalStand(
            field,
            goal.code,
            goal.title,
            isinstance(goal, GuidingGoal),
            len(now),
            worst(now),
            best(now),
            worst(then) if earlier else None,
            best(then) if earlier else None,
        )


def _forerunners(before: Snapshot, after: Snapshot, code: str) -> Iterable[str]:
    """The goal itself where it was there before, else those that it takes over from."""
    there = before.catalogue.concept.shown
    return [code] if code in there else [one for one in after.catalogue.concept.forerunners(code) if one in there]


def best(statuses: Iterable[Status]) -> Status:
    """The most favourable status; not judged only where none is."""
    judged = [status for status in statuses if status.severity >= 0]
    return min(judged, key=lambda status: status.severity, default=Status.NOT_JUDGED)
