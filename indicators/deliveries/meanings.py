"""What the labels of a department's own table mean.

A label names a base figure, a member of a dimension, the total, nothing of interest, or something that is not
wanted. What nobody has confirmed is at most a suggestion.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from indicators.catalogue import Catalogue
from indicators.deliveries.crosstab import wording
from indicators.model import Breakdown, Place


class Kind(StrEnum):
    FIGURE = "figure"
    MEMBER = "member"
    TOTAL = "total"
    DECORATION = "decoration"
    LEAVE_OUT = "leave_out"
    THOUSANDS = "thousands"  # of units only: the cells count thousands


@dataclass(frozen=True, slots=True)
class Meaning:
    """A figure may come with members: „Ausländische Kinder“ is the figure „Kinder“ of one nationality."""

    kind: Kind
    base_figure: str = ""
    breakdown: Breakdown = field(default_factory=Breakdown)

    @classmethod
    def figure(cls, code: str, breakdown: Breakdown | None = None) -> "Meaning":
        return cls(Kind.FIGURE, code, breakdown or Breakdown())

    @classmethod
    def member(cls, dimension: str, code: str) -> "Meaning":
        return cls(Kind.MEMBER, breakdown=Breakdown(((dimension, code),)))

    @property
    def stored(self) -> dict[str, str]:
        return {"kind": self.kind.value, "base_figure": self.base_figure, "breakdown": self.breakdown.code}

    @classmethod
    def restored(cls, raw: Mapping[str, Any]) -> "Meaning":
        return cls(Kind(raw["kind"]), raw["base_figure"], Breakdown.parse(raw["breakdown"]))

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
THOUSANDS = Meaning(Kind.THOUSANDS)


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

    @property
    def is_decided(self) -> bool:
        return self.origin in (Origin.CHOSEN, Origin.KNOWN, Origin.EXACT)


@dataclass(frozen=True)
class Known:
    """What this reporter has confirmed before.

    `here` by label key for this very layout, `renamed` by official key (AGS …) beside the label; `elsewhere` from
    other layouts. `blind` are labels of this layout with their years made equal. `units` are the units that the
    layout had (None where there is no layout), `figure` the one that such a table was given as a whole.
    """

    here: Mapping[str, Meaning] = field(default_factory=dict)
    blind: Mapping[str, Meaning] = field(default_factory=dict)
    renamed: Mapping[tuple[str, ...], tuple[str, Meaning]] = field(default_factory=dict)
    elsewhere: Mapping[str, Meaning] = field(default_factory=dict)
    vanished: Mapping[str, Meaning] = field(default_factory=dict)
    units: frozenset[str] | None = None
    figure: str = ""


def key_of(label: str) -> str:
    """Labels with one key are one label: footnotes, case, blanks and punctuation aside."""
    return wording.key(wording.label(label)[0])


def without_years(label: str) -> str:
    """„Veränderung 2021 zu 2020“ and „Veränderung 2022 zu 2021“ are one label of a table that grows."""
    return key_of(re.sub(r"(?:19|20)\d\d", "jjjj", label))


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
