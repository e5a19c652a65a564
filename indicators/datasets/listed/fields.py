"""The columns of a list: what kind of content each takes, and how a content looks to German readers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from indicators import german
from indicators.catalogue import Catalogue
from indicators.catalogue.schema import Dimension, Role

Content = tuple[tuple[str, str | float], ...]
"""Codes and values of the fields that are filled, in the order of the list's fields."""

YES, NO = "ja", "nein"
LONGEST_LINE, LONGEST_TEXT, LONGEST_AMOUNTS = 400, 4000, 20000
"""Characters of a text; more is a text in the wrong place. A list of receipts is long."""
DISTRICTS = ("stadtteil", "stadtbezirk", "bezirk", "ortsteil", "sozialraum", "quartier")


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes or no"
    CHOICE = "choice"
    CODES = "codes"
    AMOUNTS = "amounts"


class CodesOf(StrEnum):
    """What of the catalogue a field of codes names."""

    FIELD = "field"
    GOAL = "goal"
    INDICATOR = "indicator"
    DISTRICT = "district"

    @property
    def word(self) -> str:
        return {"field": "Handlungsfeld", "goal": "Ziel", "indicator": "Kennzahl", "district": "Gebiet"}[self]

    def titles(self, catalogue: Catalogue) -> dict[str, str]:
        """All that can be named, by code."""
        if self is CodesOf.INDICATOR:
            return {code: one.title for code, one in catalogue.indicators.items()}
        if self is CodesOf.FIELD:
            return {one.code: one.title for one in catalogue.fields}
        if self is CodesOf.DISTRICT:
            return {one.code: one.title for found in districts(catalogue) for one in found.members}
        return catalogue.goals


def districts(catalogue: Catalogue) -> list[Dimension]:
    """The dimension that divides by place; one of before there were roles is known by its code."""
    every = catalogue.dimensions.values()
    return [one for one in every if one.role is Role.DISTRICT] or [one for one in every if one.code in DISTRICTS]


@dataclass(frozen=True)
class Field:
    """A column of a list. `decimals` are those of a number, `words` those that a choice has, `of` what codes name.
    `likely` are words that people use in the place of ours, with what they mean by them: offered, never taken unasked.

    `exact`: a number shows as many decimals as it has. Amounts are names with a number each,
    „Land: 20.000; Bund: 30 %“; those with decimals are written with a comma alone. Where one `repeats`, a name
    may stand twice.

    `known_as` are other titles that people give such a column. `reported`: the reporter itself writes it, and it
    moves on without being a correction. `persons`: a number of people, which is kept from others while it is small.
    `ends`: a year or month in the place of a day is its last day.
    """

    code: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    decimals: int = 0
    words: tuple[str, ...] = ()
    likely: tuple[tuple[str, str], ...] = ()
    of: CodesOf | None = None
    known_as: tuple[str, ...] = ()
    reported: bool = False
    persons: bool = False
    ends: bool = False
    exact: bool = False
    repeats: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in (FieldKind.NUMBER, FieldKind.MONEY)

    @property
    def longest(self) -> int:
        longer = {FieldKind.LONG_TEXT: LONGEST_TEXT, FieldKind.AMOUNTS: LONGEST_AMOUNTS}
        return longer.get(self.kind, LONGEST_LINE)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may stand in it; empty where it is free."""
        return (YES, NO) if self.kind is FieldKind.YES_NO else self.words

    def text(self, value: str | float) -> str:
        """As German readers see it."""
        if isinstance(value, str):
            return german.day(date.fromisoformat(value)) if self.kind is FieldKind.DATE else value
        return german.number(value, self.decimals_of(value))

    def decimals_of(self, value: float) -> int:
        """Cents only where there are some."""
        if self.exact:
            return max(0, -Decimal(str(value)).normalize().as_tuple().exponent)  # type: ignore[operator]
        return 2 if self.kind is FieldKind.MONEY and not float(value).is_integer() else self.decimals
