"""Units, dimensions, reporters and base figures, as they stand in the definition files."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from indicators.catalogue.fields import (
    AgesField,
    Code,
    CodeList,
    Definition,
    FormulaText,
    ReferenceDay,
    Text,
    TextList,
    TreeCode,
)
from indicators.catalogue.frequency import Frequency
from indicators.catalogue.lasting import Lasting


class Unit(Definition):
    """`symbol` stands behind a number („12,5 %“). `ratio` marks units like „je 1.000 Einwohner“, whose
    denominator may be counted in something else."""

    code: Text
    title: Text
    symbol: str = ""
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    percentage: bool = False
    ratio: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether parts can be summed to a total: counts yes, percentages and rates never."""
        return not (self.percentage or self.ratio)


class Member(Lasting):
    """`sums_to_total` is False for „darunter“ members, which lie within another one.

    `ages` are the age from which on and the age up to which (not including it, None for no end) an age group goes;
    () says that the member is none, though its name may sound like it.
    """

    code: Code
    title: Text
    synonyms: TextList = ()
    sums_to_total: bool = True
    ages: AgesField | None = None


class Role(StrEnum):
    """What a dimension divides by, where the product has to know; its code may be any word."""

    COMPARISON = "comparison"
    DISTRICT = "district"
    AGE = "age"
    ORIGIN = "origin"
    SEX = "sex"
    OTHER = "other"


COMPARISON = "gebiet"
"""The dimension that compares with other places in definitions of before there were roles."""


class Dimension(Definition):
    """`complete` says that the members add up to the total; one that compares holds places beside the city."""

    code: Code
    title: Text
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    complete: bool = False
    role: Role = Role.OTHER

    @property
    def compares(self) -> bool:
        return self.role is Role.COMPARISON or (self.role is Role.OTHER and self.code == COMPARISON)

    def member(self, code: str) -> Member:
        """Raises KeyError for a member that the dimension does not have."""
        return next((member for member in self.members if member.code == code), None) or _unknown(code)


_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


class ReporterKind(StrEnum):
    DEPARTMENT = "department"
    PROVIDER = "provider"

    @property
    def word(self) -> str:
        return "Fachbereich" if self is ReporterKind.DEPARTMENT else "Träger"


class Reporter(Lasting):
    """A meldende Stelle."""

    code: TreeCode
    name: Text
    kind: ReporterKind = ReporterKind.DEPARTMENT
    contact: str = ""
    email: str = ""

    @field_validator("email")
    @classmethod
    def _is_address(cls, value: str) -> str:
        text = value.strip()
        if text and not _ADDRESS.fullmatch(text):
            raise ValueError(f"„{text}“ ist keine E-Mail-Adresse. → Zum Beispiel schule@stadt.de schreiben.")
        return text


class City(Definition):
    """`comparison_areas` are members of the dimension that compares; the city itself is the total and no member.

    `meetings` are not kept here any more: what an older file names is taken over once (knowledge/meeting_records.py).
    `sample` marks a city that is shown as an example: its targets are nobody's. `invented` says that no figure is real,
    of a sample or where people are trained.
    """

    name: Text
    area_code: str = ""
    comparison_areas: CodeList = ()
    sample: bool = False
    invented: bool = False
    note: str = ""
    meetings: tuple[date, ...] = ()

    @property
    def caution(self) -> str:
        """What a reader of figures must know; empty where figures and targets are a city's own."""
        if self.invented:
            return "Erfundene Zahlen: Auch Stellen, Ziele und Beschlüsse sind erfunden."
        return "Beispielinstallation: Zielwerte sind Beispiele und nicht beschlossen." if self.sample else ""


class FigureKind(StrEnum):
    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"

    @property
    def word(self) -> str:
        return {"stock": "Bestand am Stichtag", "flow": "im Zeitraum", "cumulative": "seit Jahresbeginn"}[self]


class Protection(StrEnum):
    """How small numbers of a base figure are kept: hidden with others beside them, or every number rounded."""

    HIDE = "hide"
    ROUND = "round"


ROUNDING_BASES = (3, 5, 10)


class BaseFigure(Definition):
    """What a department counts.

    `breakdowns` are the combinations of dimensions that the template lays out, () being the total; if the file
    names none, the total and each dimension. `department` in the file is another word for `reporters`.
    `formerly` are codes that it had: what was stored under them is its own.
    `rounded_to` is what the source rounds counts to: parts may miss their total by half of it each.
    `protect: round` shows every number as a multiple of `base` (3, 5 or 10) to everyone but the office.
    `published` says where official statistics count the same: „12411-01-01-5 · BEVSTD“, the table (or statistic) first,
    then the names of the measure, then what it is restricted to („Nationalität = Ausländer“), then of which part of the
    base figure it is, if not of all („Gruppe: Ausländisch“).
    `tolerance_change` is the change against the year before, in percent, from which on validation asks back.
    """

    code: Code
    title: Text
    unit: Text
    kind: FigureKind = FigureKind.FLOW
    frequency: Frequency = Frequency.YEARLY
    reference: ReferenceDay | None = None
    reporters: Annotated[TextList, Field(min_length=1)]
    dimensions: CodeList = ()
    breakdowns: tuple[tuple[Code, ...], ...] = ((),)
    suppress_below: Annotated[int, Field(ge=1, le=1000)] | None = None
    show_zero: bool = True
    protect: Protection = Protection.HIDE
    base: int | None = None
    family: str = ""
    due_days: Annotated[int, Field(ge=0, le=730)] = 42
    tolerance_change: Annotated[float, Field(ge=0)] = 25.0
    minimum: float | None = 0.0
    rounded_to: Annotated[int, Field(ge=1, le=1000)] = 1
    definition: str = ""
    source: str = ""
    published: TextList = ()
    formerly: CodeList = ()
    required: bool = True

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        entry = dict(data)
        if "department" in entry:
            if "reporters" in entry:
                raise ValueError("„department“ und „reporters“ stehen beide da. → Eine der beiden Angaben streichen.")
            entry["reporters"] = entry.pop("department")
        dimensions = entry.get("dimensions")
        if "breakdowns" not in entry and dimensions:
            singles = [dimensions] if isinstance(dimensions, str) else list(dimensions)
            entry["breakdowns"] = [[], *([dimension] for dimension in singles)]
        return entry

    @model_validator(mode="after")
    def _rounding_has_a_base(self) -> "BaseFigure":
        if self.base is not None and self.protect is Protection.HIDE:
            raise ValueError("„base“ gilt nur beim Runden. → protect: round ergänzen oder base streichen.")
        if self.protect is Protection.ROUND and self.base not in ROUNDING_BASES:
            raise ValueError("Zum Runden fehlt, worauf. → Ergänzen: base: 3, base: 5 oder base: 10.")
        return self

    @property
    def rounding_base(self) -> int | None:
        """What every count is shown as a multiple of; None for a figure that is not rounded."""
        return self.base if self.protect is Protection.ROUND else None

    @property
    def is_protected(self) -> bool:
        """Whether its values are protected by a threshold or by rounding, or made of several parts."""
        return bool(self.suppress_below or self.rounding_base or len(self.reporters) > 1)

    @property
    def sheet(self) -> str:
        """The template's sheet: figures of one family share it."""
        return self.family or self.code


class DerivedFigure(Definition):
    """A base figure that is computed from others and so needs no delivery."""

    code: Code
    title: Text
    formula: FormulaText


def _unknown(code: str) -> Member:
    raise KeyError(code)
