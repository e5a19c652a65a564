"""What the city pays a provider: computed from parts and indices, as granted, and with what others give.

A year's subsidy = tariff part × its adjustment + material part × its adjustment, each against the base year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.datasets.funding import FACTOR, FIXED, INDICES
from indicators.datasets.listed.amounts import Amount, amounts
from indicators.knowledge.holding import Held
from indicators.periods import Period
from indicators.store import Store

CITY = "Stadt"
Values = Mapping[int, tuple[str, float]]
"""Kind and value of an index by year."""


@dataclass(frozen=True)
class Subsidy:
    """What is paid of a period: `granted` as it was, `computed` as the rule says; `why` it says nothing."""

    granted: float | None
    computed: float | None
    why: str = ""

    @property
    def counted(self) -> float | None:
        """What figures count with: granted before computed."""
        return self.computed if self.granted is None else self.granted


def indices(store: Store, moment: datetime) -> dict[str, dict[int, tuple[str, float]]]:
    """All indices as known at the moment, by name without regard to large and small letters."""
    found: dict[str, dict[int, tuple[str, float]]] = {}
    for said in INDICES.states(store, moment).values():
        if said[-1].content is not None:
            values = dict(said[-1].content)
            name = " ".join(str(values["index"]).casefold().split())
            found.setdefault(name, {})[int(values["year"])] = str(values["kind"]), float(values["value"])
    return found


def subsidy(one: Held, period: Period, end: date | None, known: Mapping[str, Values]) -> Subsidy:
    """Of the months of the period that lie within the term, a twelfth of their year's subsidy each."""
    given = {part.name: part.value for part in amounts(one.text("granted"))}
    granted = given.get(str(period), given.get(period.label))
    if one.number("tariff_part") is None and one.number("material_part") is None:
        return Subsidy(granted, None, "Keine Anpassung vereinbart.")
    total = 0.0
    years: dict[int, float] = {}
    for year, _ in _months(one.day("start"), end, period):
        if year not in years:
            whole = _of_year(one, year, known)
            if isinstance(whole, str):
                return Subsidy(granted, None, whole)
            years[year] = whole
        total += years[year] / 12
    return Subsidy(granted, german.rounded(total, 2))


def _months(start: date | None, end: date | None, period: Period) -> Iterator[tuple[int, int]]:
    first, last = max(start or period.start, period.start), min(end or period.end, period.end)
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        if last >= first:
            yield number // 12, number % 12 + 1


def _of_year(one: Held, year: int, known: Mapping[str, Values]) -> float | str:
    """The whole year's subsidy, or why it cannot be computed."""
    base, total = int(one.text("base_year")), 0.0
    for part, index in (("tariff_part", "tariff_index"), ("material_part", "material_index")):
        amount = one.number(part)
        if amount is not None:
            factor = adjustment(one.text(index), base, year, known)
            if isinstance(factor, str):
                return factor
            total += amount * factor
    return total


def adjustment(rule: str, base: int, year: int, known: Mapping[str, Values]) -> float | str:
    """By how much an amount of the base year is multiplied in the year; a sentence where that is not known."""
    if not rule:
        return 1.0
    if fixed := FIXED.fullmatch(rule):
        return float((1 + german.parse_number(fixed[1]) / 100) ** (year - base))
    values = known.get(" ".join(rule.casefold().split()), {})
    if any(kind == FACTOR for kind, _ in values.values()):
        return _product(rule, base, year, values)
    missing = [one for one in (base, year) if one not in values]
    if missing:
        return _unknown(rule, missing[0])
    return values[year][1] / values[base][1]


def _product(rule: str, base: int, year: int, values: Values) -> float | str:
    """Factors against the year before, one after the other; before the base year backwards."""
    factor = 1.0
    for step in range(min(base, year) + 1, max(base, year) + 1):
        if step not in values:
            return _unknown(rule, step)
        factor *= values[step][1]
    return factor if year >= base else 1 / factor


def _unknown(rule: str, year: int) -> str:
    return f"„{rule}“ hat für {year} keinen Wert."


def funded(one: Held, city: float | None) -> tuple[Amount, ...] | None:
    """What each funder gives in the year, the city first; shares become amounts. None without the city's."""
    others = amounts(one.text("funders"))
    if city is None:
        return None
    fixed = sum(part.value for part in others if not part.percent)
    share = sum(part.value for part in others if part.percent)
    whole = (city + fixed) / (1 - share / 100)
    given = (Amount(part.name, whole * part.value / 100 if part.percent else part.value) for part in others)
    return (Amount(CITY, city), *given)
