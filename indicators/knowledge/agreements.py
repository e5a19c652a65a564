"""Target agreements as known at a moment: what holds of each goal, what is due, and the targets of indicators that
follow from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.catalogue import Catalogue, RuleDefinition
from indicators.datasets import AGREEMENTS
from indicators.datasets.agreements import AGREED, DROP, SEPARATOR, interim_days, period_of
from indicators.datasets.listed.entries import State
from indicators.datasets.listed.fields import YES, Content
from indicators.knowledge.agreed import AgreedTarget
from indicators.knowledge.agreed_targets import targets_at
from indicators.knowledge.holding import Holding, Value, kept_back
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store
from indicators.targets import Point

DRAFT, AGREED_STATE, DUE, OPEN = "Entwurf", "vereinbart", "Überprüfung fällig", "offen"
SOON = 60
"""So many days before its review is due a goal is to be prepared for the talk."""


@dataclass(frozen=True)
class Goal(Holding):
    """One goal of a unit's agreement. `history` is the oldest first: everything that was said of it; `carried_to` are
    the names of the goals that go on with it."""

    history: tuple[State, ...]
    carried_to: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        return self.text("year")

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def outcome(self) -> str:
        return self.text("outcome")

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(filter(None, self.text("measures").split(SEPARATOR)))

    @property
    def target_period(self) -> Period:
        return period_of(self.text("target_period"), self.year)

    @property
    def review_due(self) -> date | None:
        """Twelve months after the agreement; None for a draft and for what was reviewed."""
        agreed = self.day(AGREED)
        return None if agreed is None or self.outcome else _year_later(agreed)

    def talk_due(self, today: date) -> date | None:
        """The last interim talk that should have been and was not told of."""
        if self.outcome or self.day(AGREED) is None:
            return None
        passed = [day for day in interim_days(self.text("interim")) if day <= today]
        told = self.day("interim_on")
        return passed[-1] if passed and (told is None or told < passed[-1]) else None

    def next_talk(self, today: date) -> date | None:
        coming = [day for day in interim_days(self.text("interim")) if day > today]
        return coming[0] if coming and not self.outcome else None

    def stands(self, today: date) -> str:
        """Its outcome, or how far it is without one."""
        if self.outcome:
            return self.outcome
        due = self.review_due
        return DRAFT if due is None else DUE if due <= today else AGREED_STATE


def _year_later(day: date) -> date:
    """The 29th of February comes back on the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def goals(store: Store, moment: datetime, small_below: int | None) -> tuple[Goal, ...]:
    """All goals as known at the moment, the latest year first; numbers of people below `small_below` are kept back."""
    found = AGREEMENTS.states(store, moment)
    now = {name: said for name, said in found.items() if said[-1].content is not None}
    later: dict[str, list[str]] = {}
    for name, said in now.items():
        if origin := dict(said[-1].content or ()).get("carried_from"):
            later.setdefault(str(origin), []).append(name)
    every = [_goal(name, said, tuple(sorted(later.get(name, ()))), small_below) for name, said in now.items()]
    ordered = sorted(every, key=lambda one: (one.reporter, AGREEMENTS.order(one.name)))
    return tuple(sorted(ordered, key=lambda one: one.year, reverse=True))


def _goal(name: str, said: Sequence[State], later: tuple[str, ...], small_below: int | None) -> Goal:
    last = said[-1]
    people = any(dict(one.content or ()).get("people") == YES for one in said)
    history = [replace(one, content=_shown(one.content, small_below if people else None)) for one in said]
    values: dict[str, Value] = dict(history[-1].content or ())
    return Goal(name, last.key.reporter, values, last.delivery, last.at, last.by, tuple(history), later)


def _shown(content: Content | None, small_below: int | None) -> Content | None:
    """A small number of people is kept back in the past too."""
    if content is None:
        return None
    return tuple((code, kept_back(value, small_below) if code == "value" else value) for code, value in content)


def carried(one: Goal, known: Iterable[Goal]) -> dict[str, str | float]:
    """The draft of the same goal for the next year: what was agreed without its days, and where it comes from."""
    stays = ("title", "text", "partners", "field", "measures", "indicator", "target", "result", "evidence", "resources",
             "support")  # fmt: skip
    year = str(int(one.year) + 1)
    taken = {other.text("number") for other in known if (other.reporter, other.year) == (one.reporter, year)}
    numbers = (one.text("number"), *map(str, range(1, len(taken) + 2)))
    number = next(number for number in numbers if number not in taken)
    values: dict[str, str | float] = {"year": year, "number": number, "carried_from": one.name}
    return values | {code: value for code in stays if isinstance(value := one.values.get(code), str | float)}


def agreement_targets(store: Store, catalogue: Catalogue, moment: datetime) -> tuple[AgreedTarget, ...]:
    """What units have promised of indicators, as known at the moment; what was dropped or withdrawn is no promise."""
    today = local_day(moment)
    found = [
        _target(name, said[-1], dict(said[-1].content), catalogue)
        for name, said in AGREEMENTS.states(store, moment).items()
        if said[-1].content is not None and _promised(dict(said[-1].content), today)
    ]
    return tuple(sorted(found, key=lambda target: (target.on, target.agreement)))


def _promised(values: Mapping[str, str | float], today: date) -> bool:
    dropped = values.get("consequence") == DROP and str(values.get("reviewed_on", "")) <= today.isoformat()
    return all(code in values for code in (AGREED, "indicator", "target")) and not dropped


def _target(name: str, said: State, values: Mapping[str, str | float], catalogue: Catalogue) -> AgreedTarget:
    period = period_of(str(values.get("target_period", "")), str(values["year"]))
    return AgreedTarget(
        0,
        str(values["indicator"]),
        "",
        RuleDefinition(targets=(Point(period, float(values["target"])),)),
        date.fromisoformat(str(values[AGREED])),
        0,
        catalogue.reporter_name(said.key.reporter),
        f"Zielvereinbarung {values['year']}, Nr. {values['number']}",
        entered=said.at,
        who=said.by,
        agreement=name,
    )


def wanted_at(store: Store, catalogue: Catalogue, moment: datetime) -> tuple[AgreedTarget, ...]:
    """All targets in force at the moment, decided or agreed, in the order of their days: a later one wins; of one day
    what a body has decided."""
    today = local_day(moment)
    agreed = [target for target in agreement_targets(store, catalogue, moment) if target.on <= today]
    return tuple(sorted((*agreed, *targets_at(store, moment)), key=lambda target: target.on))
