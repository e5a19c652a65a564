"""Funding agreements as known at a moment: what holds of each, until when, what it costs, and what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.datasets.deadlines import Deadline, deadlines, months_later, of_part
from indicators.datasets.funding import FUNDING, PARTS, SCHOOL
from indicators.datasets.listed.amounts import Amount, amounts
from indicators.datasets.listed.entries import State
from indicators.datasets.listed.fields import YES
from indicators.knowledge.holding import Holding
from indicators.knowledge.subsidies import Subsidy, Values, funded, indices, subsidy
from indicators.periods import Period
from indicators.store import Store

AHEAD, RUNNING, ENDING, TERMINATED, OVER = "künftig", "läuft", "läuft bald aus", "gekündigt", "ausgelaufen"
STATES = (RUNNING, ENDING, TERMINATED, AHEAD, OVER)
PLAN = ("plan_out", "plan_in")
SOON = 12
"""So many months before its end an agreement without a renewal is on the list of what runs out."""


@dataclass(frozen=True)
class Agreement(Holding):
    """One agreement. `history` is all that was said of it, the oldest first; `renewed_by` are those that go on from it,
    `rates` the indices."""

    history: tuple[State, ...]
    rates: Mapping[str, Values]
    renewed_by: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.text("subject")

    @property
    def start(self) -> date:
        return self.day("start") or date.min

    def end(self, today: date) -> date | None:
        """Its last day as things stand: terminated, or prolonged where nobody did in time; None for an open end."""
        if terminated := self.day("terminated"):
            return terminated
        end, step = self.day("end"), self.number("prolongs")
        notice = int(self.number("notice") or 0)
        while end and step and months_later(end, -notice) < today:
            end = months_later(end, int(step))
        return end

    def notice_by(self, today: date) -> date | None:
        """Until when notice can be given for the end that is next."""
        end, months = self.end(today), self.number("notice")
        return months_later(end, -int(months)) if end and months else None

    def negotiate_by(self, today: date) -> date | None:
        """Until when the next one must be negotiated: as agreed, else until notice can be given."""
        end, months = self.end(today), self.number("negotiate")
        return months_later(end, -int(months)) if end and months else self.notice_by(today)

    def runs_in(self, period: Period, today: date) -> bool:
        end = self.end(today)
        return self.start <= period.end and (end is None or end >= period.start)

    def stands(self, today: date) -> str:
        end = self.end(today)
        if self.start > today:
            return AHEAD
        if end and end < today:
            return OVER
        if self.day("terminated"):
            return TERMINATED
        return ENDING if end and not self.renewed_by and months_later(end, -SOON) <= today else RUNNING

    @property
    def posts(self) -> float | None:
        """Full-time posts together; None where none are said."""
        found = amounts(self.text("staff"), decimals=True)
        return sum(one.value for one in found) if found else None

    def subsidy(self, period: Period, today: date) -> Subsidy:
        return subsidy(self, period, self.end(today), self.rates)

    def funders(self, period: Period, today: date) -> tuple[Amount, ...] | None:
        return funded(self, self.subsidy(period, today).counted)

    def total(self, period: Period, today: date) -> float | None:
        """What all funders give together; None where the city's part is not known."""
        found = self.funders(period, today)
        return None if found is None else sum(one.value for one in found)

    # the proof of use

    @property
    def owes(self) -> tuple[str, ...]:
        """The parts of the proof that are asked for."""
        return tuple(part for code, part in PARTS.items() if self.text(code) == YES)

    @property
    def due_rules(self) -> tuple[Deadline, ...]:
        return deadlines(self.text("due"), tuple(PARTS.values()))

    def due(self, part: str, period: Period, today: date) -> date | None:
        found = of_part(self.due_rules, part)
        return found.due(period, self.end(today)) if found else None

    def proof_periods(self, today: date) -> tuple[Period, ...]:
        """The years of its term that have begun, each with a proof of its own; the latest first."""
        if not self.owes:
            return ()
        school = self.text("proof_of") == SCHOOL
        make = Period.school_year if school else Period.of_year
        found = [make(year) for year in range(self.start.year - 1, today.year + 1)]
        return tuple(one for one in reversed(found) if one.start <= today and self.runs_in(one, today))


def agreements(store: Store, moment: datetime) -> tuple[Agreement, ...]:
    """All agreements as known at the moment, by provider and number."""
    found = {name: said for name, said in FUNDING.states(store, moment).items() if said[-1].content is not None}
    later: dict[str, list[str]] = {}
    for name, said in found.items():
        if before := dict(said[-1].content or ()).get("renews"):
            later.setdefault(str(before), []).append(name)
    rates = indices(store, moment)
    every = [_agreement(name, said, rates, sorted(later.get(name, ()))) for name, said in found.items()]
    return tuple(sorted(every, key=lambda one: (one.reporter, FUNDING.order(one.name))))


def _agreement(name: str, said: Sequence[State], rates: Mapping[str, Values], later: Sequence[str]) -> Agreement:
    last = said[-1]
    values = dict(last.content or ())
    return Agreement(name, last.key.reporter, values, last.delivery, last.at, last.by, tuple(said), rates, tuple(later))


def without_plan(one: Agreement) -> Agreement:
    """The same for those who may not know what a provider earns and spends, position by position."""

    def kept(said: State) -> State:
        content = said.content
        return (
            said if content is None else replace(said, content=tuple(pair for pair in content if pair[0] not in PLAN))
        )

    values = {code: value for code, value in one.values.items() if code not in PLAN}
    return replace(one, values=values, history=tuple(map(kept, one.history)))


def ending(found: Iterable[Agreement], today: date) -> list[Agreement]:
    """Those that run and nobody has renewed, with an end; what must be negotiated first comes first."""
    open_ones = [one for one in found if one.stands(today) in (RUNNING, ENDING, TERMINATED) and not one.renewed_by]
    ended = [(one.negotiate_by(today) or end, end, one) for one in open_ones if (end := one.end(today))]
    return [one for _, _, one in sorted(ended, key=lambda line: line[:2])]
