"""Who owes what by when: one duty for each reporter and period, from the frequencies in the catalogue."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.catalogue import BaseFigure, Catalogue, Frequency
from indicators.deliveries import archive
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store

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


def duties(store: Store, catalogue: Catalogue, moment: datetime) -> tuple[Duty, ...]:
    """All duties of the last periods as known at the moment, by reporter and period."""
    today = local_day(moment)
    valid, withdrawn, committed = _state(store, moment)
    found = []
    for reporter in catalogue.reporters:
        for frequency, figures in _by_frequency(catalogue.base_figures_of(reporter)).items():
            begun = any(key[:2] in {(f.code, reporter) for f in figures} for key in valid)
            for period in _periods(frequency, today, SHOWN_PERIODS if begun else 1):
                found.append(_duty(reporter, period, figures, today, valid, withdrawn, committed))
    return tuple(sorted(found, key=lambda duty: (duty.reporter, duty.period)))


def next_due(figure: BaseFigure, today: date) -> tuple[Period, date]:
    """The period that is due next and its day."""
    period = figure.frequency.period_of(today)
    while (earlier := period.previous).due(figure.due_days) >= today:
        period = earlier
    return period, period.due(figure.due_days)


def expected_periods(catalogue: Catalogue, reporter: str, today: date) -> tuple[Period, ...]:
    """Periods a reporter can be asked for, the latest ended one of each frequency first, then older ones."""
    frequencies = _by_frequency(catalogue.base_figures_of(reporter))
    lists = [_periods(frequency, today, SHOWN_PERIODS)[::-1] for frequency in frequencies]
    return tuple(period for group in zip(*lists, strict=False) for period in group)


def _by_frequency(figures: Iterable[BaseFigure]) -> dict[Frequency, list[BaseFigure]]:
    grouped: dict[Frequency, list[BaseFigure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.frequency].append(figure)
    return grouped


def _periods(frequency: Frequency, today: date, count: int) -> list[Period]:
    """The last ended periods, oldest first."""
    latest = frequency.period_of(today).previous
    return [latest.shifted(-back) for back in range(count - 1, -1, -1)]


def _state(
    store: Store, moment: datetime
) -> tuple[dict[tuple[str, str, Period], int], set[tuple[str, str, Period]], dict[int, date]]:
    """Valid delivery by slice, slices with only withdrawn deliveries, and the day of each delivery."""
    rows = store.rows("select base_figure, reporter, period, delivery, withdrawn from slice_state($m)", {"m": moment})
    valid, withdrawn = {}, set()
    for base_figure, reporter, period, delivery, is_withdrawn in rows:
        key = (base_figure, reporter, Period.from_key(period))
        if is_withdrawn:
            withdrawn.add(key)
        else:
            valid[key] = delivery
    days = {row.id: local_day(row.committed_at.to_pydatetime()) for row in archive.deliveries(store).itertuples()}
    return valid, withdrawn, days


def _duty(
    reporter: str,
    period: Period,
    figures: list[BaseFigure],
    today: date,
    valid: dict[tuple[str, str, Period], int],
    withdrawn: set[tuple[str, str, Period]],
    committed: dict[int, date],
) -> Duty:
    due = max(period.due(figure.due_days) for figure in figures)
    keys = [(figure.code, reporter, period) for figure in figures]
    arrived = tuple(sorted({valid[key] for key in keys if key in valid}))
    count = sum(key in valid for key in keys)
    if count == len(keys):
        state = State.LATE if min(committed[number] for number in arrived) > due else State.DELIVERED
    elif count:
        state = State.PARTIAL
    elif any(key in withdrawn for key in keys):
        state = State.WITHDRAWN
    else:
        state = State.MISSING if today > due else State.OPEN
    return Duty(reporter, period, due, tuple(figure.code for figure in figures), count, state, arrived)
