"""What the labels of a department's own table mean.

A label names a base figure, a member of a dimension, the total, a period, nothing of interest, or something that is
not wanted. What nobody has confirmed is at most a suggestion.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from indicators.catalogue import Catalogue
from indicators.model import Breakdown, Place
from indicators.periods import Period
from indicators.tables.crosstab import wording


class Kind(StrEnum):
    FIGURE = "figure"
    MEMBER = "member"
    TOTAL = "total"
    DECORATION = "decoration"
    LEAVE_OUT = "leave_out"
    PERIOD = "period"
    THOUSANDS = "thousands"  # of units only: the cells count thousands
    FRACTIONS = "fractions"  # of units only: 0.407 means 40.7 %


@dataclass(frozen=True, slots=True)
class Meaning:
    """A figure may come with members: „Ausländische Kinder“ is the figure „Kinder“ of one nationality.

    A label may name the period too, alone („aktuelles Quartal“) or beside what it names otherwise.
    """

    kind: Kind
    base_figure: str = ""
    breakdown: Breakdown = field(default_factory=Breakdown)
    period: Period | None = None

    @classmethod
    def figure(cls, code: str, breakdown: Breakdown | None = None) -> "Meaning":
        return cls(Kind.FIGURE, code, breakdown or Breakdown())

    @classmethod
    def member(cls, dimension: str, code: str) -> "Meaning":
        return cls(Kind.MEMBER, breakdown=Breakdown(((dimension, code),)))

    @classmethod
    def of_period(cls, period: Period | None) -> "Meaning":
        return cls(Kind.PERIOD, period=period)

    @property
    def following(self) -> "Meaning":
        """The same for the next period of its kind."""
        return replace(self, period=self.period.next) if self.period else self

    @property
    def without_period(self) -> "Meaning":
        return replace(self, period=None)

    @property
    def stored(self) -> dict[str, str]:
        period = str(self.period or "")
        return {"kind": self.kind, "base_figure": self.base_figure, "breakdown": self.breakdown.code, "period": period}

    @classmethod
    def restored(cls, raw: Mapping[str, Any]) -> "Meaning":
        period = Period.parse(raw["period"]) if raw.get("period") else None
        return cls(Kind(raw["kind"]), raw["base_figure"], Breakdown.parse(raw["breakdown"]), period)

    def renamed(self, catalogue: Catalogue) -> "Meaning":
        """With the code that the base figure has now."""
        return replace(self, base_figure=catalogue.current_code(self.base_figure))

    def is_defined(self, catalogue: Catalogue) -> bool:
        """False for what an earlier catalogue knew and this one does not."""
        if self.base_figure and self.base_figure not in catalogue.base_figures:
            return False
        return all(
            dimension in catalogue.dimensions
            and member in {known.code for known in catalogue.dimensions[dimension].members}
            for dimension, member in self.breakdown.members
        )


TOTAL, DECORATION, LEAVE_OUT = Meaning(Kind.TOTAL), Meaning(Kind.DECORATION), Meaning(Kind.LEAVE_OUT)
THOUSANDS, FRACTIONS = Meaning(Kind.THOUSANDS), Meaning(Kind.FRACTIONS)


class Origin(StrEnum):
    """Where a meaning comes from; only the first three may become figures."""

    CHOSEN = "chosen"
    KNOWN = "known"
    EXACT = "exact"
    SUGGESTED = "suggested"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One distinct label of a table. `cells` is how many cells carry it, `place` the first of them."""

    label: str
    key: str
    meaning: Meaning | None
    origin: Origin
    cells: int
    place: Place
    codes: tuple[str, ...] = ()
    why: str = ""
    contested: bool = False  # something else in the table says otherwise: never confirmed along with others

    @property
    def is_decided(self) -> bool:
        return self.origin in (Origin.CHOSEN, Origin.KNOWN, Origin.EXACT)


@dataclass(frozen=True)
class Known:
    """What this reporter has confirmed before.

    `here` by label key for this very layout, `renamed` by official key (AGS …) beside the label; `elsewhere` from
    other layouts. `blind` are labels of this layout with their years made equal. `again` are labels that were given a
    period which does not hold by itself („Vorjahr“), with the following one. `units` are the units that the layout had
    (None where there is no layout), `figure` the one that such a table was given as a whole. `period` is what the whole
    table was given last time, `corrected` that it stood against what the table says; `periods` by doubt.
    """

    here: Mapping[str, Meaning] = field(default_factory=dict)
    blind: Mapping[str, Meaning] = field(default_factory=dict)
    renamed: Mapping[tuple[str, ...], tuple[str, Meaning]] = field(default_factory=dict)
    elsewhere: Mapping[str, Meaning] = field(default_factory=dict)
    vanished: Mapping[str, Meaning] = field(default_factory=dict)
    again: Mapping[str, Meaning] = field(default_factory=dict)
    units: frozenset[str] | None = None
    figure: str = ""
    period: Period | None = None
    corrected: bool = False
    periods: Mapping[str, Period] = field(default_factory=dict)


@lru_cache(wording.CACHED)
def key_of(label: str) -> str:
    """Labels with one key are one label: footnotes, case, blanks and punctuation aside."""
    return wording.key(wording.label(label)[0])


def without_years(label: str) -> str:
    """„Veränderung 2021 zu 2020“ and „Veränderung 2022 zu 2021“ are one label of a table that grows."""
    return key_of(re.sub(r"(?:19|20)\d\d", "jjjj", label))


def names_year(label: str, period: Period) -> bool:
    """Whether a label says itself which year it means („GJ 24/25 neu“); „Vorjahr“ and „1. Quartal“ do not."""
    years = {period.year, period.end.year}
    said = {int(digits) for digits in re.findall(r"(?<!\d)(?:\d{4}|\d{2})(?!\d)", label)}
    return bool(said & (years | {year % 100 for year in years}))


@dataclass(frozen=True, slots=True)
class Seen:
    """A distinct label as it occurs in a table."""

    label: str
    cells: int
    place: Place
    codes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.label)
