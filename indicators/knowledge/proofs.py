"""Proofs of use as known at a moment: what was reached beside what was planned, what is due, and what is kept back.

Counts of people are kept back as those of measures are; and where one is small, or lies so near to what others add up
to that it could be worked out, only the largest of the proof stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import combinations

from indicators import german
from indicators.datasets import PROOFS
from indicators.datasets.listed.amounts import amounts
from indicators.datasets.listed.entries import State
from indicators.datasets.listed.fields import Content
from indicators.datasets.proofs import CONTENTS, missing
from indicators.knowledge.funding import Agreement
from indicators.knowledge.holding import Holding, Value, kept_back
from indicators.model import Sign
from indicators.periods import Period
from indicators.store import Store

COUNTED = ("cases", "first_contacts")
FINANCES = ("income", "spent", "receipts", "repaid")
"""Position by position they tell what single people earn: a desk of one post has one salary."""
MANY = 8
"""From so many counts of people on nobody checks all sums of them: only the largest stays."""
RECENT = 3
"""So many years back a proof is still asked for; what is older is in the figures, and no longer on the list."""
HANDED_IN, DUE, LATE, PARTLY, CHECKED = "eingereicht", "fällig", "überfällig", "unvollständig", "geprüft"


@dataclass(frozen=True)
class Proof(Holding):
    """What was proven of an agreement and year. `counts` are people by name, `history` all that was
    said, oldest first, `told` the fields that are filled, also those that this viewer is not shown."""

    counts: Mapping[str, Value]
    history: tuple[State, ...]
    told: frozenset[str]

    @property
    def agreement(self) -> str:
        return self.text("agreement")

    @cached_property
    def period(self) -> Period:
        return Period.parse(self.text("period"))


def proofs(store: Store, moment: datetime, small_below: int | None) -> tuple[Proof, ...]:
    """All as known at the moment; small numbers of people are kept back, None for the office."""
    found = [
        _proof(name, said, small_below)
        for name, said in PROOFS.states(store, moment).items()
        if said[-1].content is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.reporter, PROOFS.order(one.name))))


def _proof(name: str, said: Sequence[State], small_below: int | None) -> Proof:
    last = said[-1]
    history = tuple(replace(one, content=_shown(one.content, small_below)[0]) for one in said)
    content, counts = _shown(last.content, small_below)
    values: dict[str, Value] = dict(content or ())
    values |= {code: counts[code] for code in COUNTED if code in counts}
    return Proof(name, last.key.reporter, values, last.delivery, last.at, last.by, counts, history, frozenset(values))


def _shown(content: Content | None, small_below: int | None) -> tuple[Content | None, dict[str, Value]]:
    """The content with signs in the place of what is kept back, as text, and the counts themselves."""
    if content is None:
        return None, {}
    values = dict(content)
    people = {code: float(values[code]) for code in COUNTED if code in values}
    people |= {one.name: one.value for one in amounts(str(values.get("counts", "")))}
    counts = protected(people, small_below)
    if not any(isinstance(value, Sign) for value in counts.values()):
        return content, counts
    said = "; ".join(f"{name}: {_text(value)}" for name, value in counts.items() if name not in COUNTED)
    told: list[tuple[str, str | float]] = []
    for code, value in content:
        shown = counts.get(code) if code in COUNTED else said if code == "counts" else value
        told.append((code, german.sign(shown) if isinstance(shown, Sign) else shown if shown is not None else value))
    return tuple(told), counts


def _text(value: Value) -> str:
    return german.sign(value) if isinstance(value, Sign) else german.number(float(value), 0)


def protected(people: Mapping[str, float], small_below: int | None) -> dict[str, Value]:
    """The counts of one proof as they may be shown: all, or only the largest where one is small or follows."""
    if small_below is None or not _gives_away(list(people.values()), small_below):
        return dict(people)
    largest = max(people, key=lambda name: people[name])
    return {name: kept_back(value, small_below) if name == largest else Sign.SECRET for name, value in people.items()}


def _gives_away(numbers: Sequence[float], small_below: int) -> bool:
    """Whether one is small, or some of them add up to nearly another."""
    if len(numbers) > MANY:
        return True
    if any(0 < number < small_below for number in numbers):
        return True
    for place, whole in enumerate(numbers):
        others = [*numbers[:place], *numbers[place + 1 :]]
        for size in range(1, len(others) + 1):
            if any(0 < whole - sum(part) < small_below for part in combinations(others, size) if sum(part)):
                return True
    return False


def without_finances(one: Proof) -> Proof:
    """The same for those who may not know what a provider earned and spent."""

    def kept(content: Content | None) -> Content | None:
        return None if content is None else tuple(pair for pair in content if pair[0] not in FINANCES)

    values = {code: value for code, value in one.values.items() if code not in FINANCES}
    return replace(one, values=values, history=tuple(replace(said, content=kept(said.content)) for said in one.history))


@dataclass(frozen=True)
class Owed:
    """A part of a proof: of which agreement and year, due when, and how it stands."""

    agreement: Agreement
    period: Period
    part: str
    due: date | None
    state: str


def owed(found: Iterable[Agreement], known: Iterable[Proof], today: date) -> list[Owed]:
    """Every part that is owed for a year that is over, or handed in already, as far back as anyone asks; the oldest due
    first, the checked last."""
    by_name = {(one.agreement, one.period): one for one in known}
    every = [
        _owed(agreement, period, part, by_name, today)
        for agreement in found
        for period in agreement.proof_periods(today)
        for part in agreement.owes
        if period.end.year >= today.year - RECENT
        if period.end < today or (agreement.name, period) in by_name
    ]
    done = (HANDED_IN, CHECKED)
    return sorted(every, key=lambda one: (one.state in done, one.due or date.max, one.agreement.name, one.part))


def _owed(one: Agreement, period: Period, part: str, known: Mapping[tuple[str, Period], Proof], today: date) -> Owed:
    return Owed(one, period, part, one.due(part, period, today), _state(one, period, part, known, today))


def _state(
    agreement: Agreement, period: Period, part: str, known: Mapping[tuple[str, Period], Proof], today: date
) -> str:
    proof, due = known.get((agreement.name, period)), agreement.due(part, period, today)
    if proof is not None and proof.text("checked_on"):
        return CHECKED
    plain = {code: value for code, value in agreement.values.items() if not isinstance(value, Sign)}
    if proof is not None and part not in missing(plain, _there(proof)):
        return HANDED_IN
    late = due is not None and due < today
    begun = proof is not None and any(code in _there(proof) for code in CONTENTS[part])
    return LATE if late else PARTLY if begun else DUE


def _there(proof: Proof) -> dict[str, object]:
    """What was said, also what this viewer is not shown: that it is there is no secret."""
    return dict.fromkeys(proof.told, True)
