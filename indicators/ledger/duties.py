"""Who owes what by when: one duty for each reporter and period, from the frequencies in the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue, Frequency
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store

_Key = tuple[str, str, Period]
"""Base figure, reporter and period."""

ARRIVED = "select subject, reporter, period, delivery, first_at from slice_state($moment) where data_set = 'figures'"

MOST_PERIODS = 400
SHOWN_PERIODS = 6
"""How many periods back a duty is shown; what is older stands in the history."""


class State(StrEnum):
    DELIVERED = "delivered"
    LATE = "late"
    PARTIAL = "partial"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"
    OPEN = "open"

    @property
    def word(self) -> str:
        return {
            "delivered": "geliefert",
            "late": "verspätet geliefert",
            "partial": "teilweise geliefert",
            "withdrawn": "zurückgezogen",
            "missing": "überfällig",
            "open": "noch nicht fällig",
        }[self]

    @property
    def symbol(self) -> str:
        return {"delivered": "✓", "late": "◷", "partial": "◐", "withdrawn": "↶", "missing": "✗", "open": "·"}[self]


@dataclass(frozen=True)
class Duty:
    """What a reporter owes for a period: so many base figures, due on a day, with the deliveries that came."""

    reporter: str
    period: Period
    due: date
    base_figures: tuple[str, ...]
    delivered: int
    state: State
    deliveries: tuple[int, ...] = ()
    missing: tuple[str, ...] = field(default=(), compare=False)
    """Those of the base figures that have not come."""


def duties(store: Store, catalogue: Catalogue, moment: datetime) -> tuple[Duty, ...]:
    """All duties of the last periods as known at the moment, by reporter and period."""
    today = local_day(moment)
    state = _Arrivals.at(store, moment, catalogue)
    found = []
    for reporter in catalogue.reporters:
        for frequency, figures in _by_frequency(catalogue.base_figures_of(reporter)).items():
            begun = any((figure.code, reporter) in state.begun for figure in figures)
            for period in _periods(frequency, today, SHOWN_PERIODS if begun else 1):
                if not catalogue.has_reporter(reporter, period):
                    continue
                found.append(_duty(reporter, period, figures, today, state))
    return tuple(sorted(found, key=lambda duty: (duty.reporter, duty.period)))


def next_due(figure: BaseFigure, latest: Period | None, today: date) -> tuple[Period, date]:
    """The period to be delivered next and its day: the one after the latest delivered, else the first not yet due."""
    if latest is not None:
        return latest.next, latest.next.due(figure.due_days)
    period = figure.frequency.period_of(today)
    while (earlier := period.previous).due(figure.due_days) >= today:
        period = earlier
    return period, period.due(figure.due_days)


def upcoming(store: Store, figures: Sequence[BaseFigure], moment: datetime, today: date) -> str:
    """What is due next of these base figures, in words."""
    valid = _Arrivals.at(store, moment).valid
    dues = []
    for figure in figures:
        latest = max((period for code, _, period in valid if code == figure.code), default=None)
        dues.append(next_due(figure, latest, today))
    period, due = min(dues, key=lambda pair: pair[1])
    state = f"überfällig seit {german.day(due)}" if due < today else f"fällig am {german.day(due)}"
    return f"{period.label}, {state}"


def expected_periods(catalogue: Catalogue, reporter: str, today: date) -> tuple[Period, ...]:
    """Periods a reporter can be asked for, the latest ended one of each frequency first, then older ones: all since
    the first baseline that rests on the figures; at the end the running period and the next."""
    ended: list[list[Period]] = []
    coming: list[Period] = []
    for frequency, figures in _by_frequency(catalogue.base_figures_of(reporter)).items():
        running = frequency.period_of(today)
        begin = min([running.shifted(-SHOWN_PERIODS), *_baselines(catalogue, figures, frequency)])
        every = [running.previous]
        while every[-1] > begin and len(every) < MOST_PERIODS:
            every.append(every[-1].previous)
        ended.append(every)
        coming += [running, running.next]
    older = [period for group in zip_longest(*ended) for period in group if period]
    return tuple(dict.fromkeys([*older, *coming]))


def _baselines(catalogue: Catalogue, figures: Iterable[BaseFigure], frequency: Frequency) -> list[Period]:
    """The baselines of the indicators that are made of the figures, as periods of their frequency."""
    found = []
    for figure in figures:
        for indicator in catalogue.indicators_from(figure.code):
            rules = [rule.baseline for rule in indicator.rules if rule.baseline]
            points = [*rules, *([indicator.baseline] if indicator.baseline else [])]
            found += [frequency.period_of(point.period.start) for point in points]
    return found


def _by_frequency(figures: Iterable[BaseFigure]) -> dict[Frequency, list[BaseFigure]]:
    grouped: dict[Frequency, list[BaseFigure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.frequency].append(figure)
    return grouped


def _periods(frequency: Frequency, today: date, count: int) -> list[Period]:
    """The last ended periods, oldest first."""
    latest = frequency.period_of(today).previous
    return [latest.shifted(-back) for back in range(count - 1, -1, -1)]


@dataclass(frozen=True)
class _Arrivals:
    """Slices with their valid delivery and the day it first came, and slices that were withdrawn."""

    valid: Mapping[_Key, int]
    first: Mapping[_Key, date]
    withdrawn: frozenset[_Key]

    @cached_property
    def begun(self) -> Mapping[tuple[str, str], date]:
        """The day on which a reporter first delivered any period of a base figure."""
        found: dict[tuple[str, str], date] = {}
        for (figure, reporter, _), day in self.first.items():
            found[figure, reporter] = min(day, found.get((figure, reporter), day))
        return found

    @classmethod
    def at(cls, store: Store, moment: datetime, catalogue: Catalogue | None = None) -> "_Arrivals":
        """What came under a code of before counts for the code of now, and for who has taken over what others sent."""
        rows = store.rows(ARRIVED, {"moment": moment})
        now = catalogue.current_code if catalogue else str
        rows.sort(key=lambda row: now(row[0]) == row[0])  # where both are there, the code of now counts
        keyed = {(now(row[0]), row[1], Period.from_key(row[2])): (row[3], row[4]) for row in rows}
        keyed = {**_taken_over(keyed, catalogue), **keyed} if catalogue else keyed
        return cls(
            {key: number for key, (number, first) in keyed.items() if first},
            {key: local_day(first) for key, (_, first) in keyed.items() if first},
            frozenset(key for key, (_, first) in keyed.items() if not first),
        )


def _taken_over(
    keyed: Mapping[_Key, tuple[int, datetime | None]], catalogue: Catalogue
) -> dict[_Key, tuple[int, datetime | None]]:
    """What counts for a reporter that follows others: the periods that came from all of those that were still there."""
    found: dict[_Key, tuple[int, datetime | None]] = {}
    delivers = {(figure, sender) for figure, sender, _ in keyed}
    for reporter in catalogue.reporters:
        if not (before := catalogue.followed_by(reporter)):
            continue
        senders: dict[tuple[str, Period], set[str]] = defaultdict(set)
        for (figure, sender, period), (_, first) in keyed.items():
            if sender in before and first:
                senders[figure, period].add(sender)
        for (figure, period), sent in senders.items():
            owing = {one for one in before if one in catalogue.reporters and catalogue.has_reporter(one, period)}
            if {one for one in owing if (figure, one) in delivers} <= sent:
                arrived = [keyed[figure, one, period] for one in sent]
                found[figure, reporter, period] = max(arrived, key=lambda pair: pair[0])
    return found


def _duty(reporter: str, period: Period, figures: list[BaseFigure], today: date, arrivals: _Arrivals) -> Duty:
    due = max(period.due(figure.due_days) for figure in figures)
    keys = [(figure.code, reporter, period) for figure in figures]
    there = [key for key in keys if key in arrivals.valid]
    if len(there) == len(keys):
        begun = min(arrivals.begun[figure, reporter] for figure, reporter, _ in keys)
        old = begun > due and period.next.end < begun  # brought in later on, when nobody waited for it any more
        late = not old and max(arrivals.first[key] for key in there) > due
        state = State.LATE if late else State.DELIVERED
    elif there:
        state = State.PARTIAL
    elif any(key in arrivals.withdrawn for key in keys):
        state = State.WITHDRAWN
    else:
        state = State.MISSING if today > due else State.OPEN
    numbers = tuple(sorted({arrivals.valid[key] for key in there}))
    missing = tuple(code for code, _, _ in keys if (code, reporter, period) not in arrivals.valid)
    return Duty(reporter, period, due, tuple(figure.code for figure in figures), len(there), state, numbers, missing)
