"""The core types: what a delivery holds, what is found wrong with it, and where a number came from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from indicators.finding_codes import CODES
from indicators.periods import Period


class Sign(StrEnum):
    """Why a cell of an official table holds no plain number; the value is how we store and write it.

    All but LIMITED stand in place of a value. A sign is never turned into 0, and 0 never into a sign.
    """

    NOTHING = "-"
    UNKNOWN = "."
    SECRET = "*"
    LATER = "..."
    UNRELIABLE = "/"
    BLOCKED = "x"
    LIMITED = "()"

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Sign.NOTHING: "genau nichts vorhanden",
    Sign.UNKNOWN: "unbekannt oder geheim zu halten",
    Sign.SECRET: "geheim gehalten, weil die Zahl zu klein ist",
    Sign.LATER: "Angabe folgt später",
    Sign.UNRELIABLE: "nicht ausgewiesen, weil zu unsicher",
    Sign.BLOCKED: "nicht sinnvoll",
    Sign.LIMITED: "eingeschränkt verlässlich",
}


class Flag(StrEnum):
    """A remark on a value, one letter each; an observation carries a string of them."""

    PROVISIONAL = "p"
    REVISED = "r"
    ESTIMATED = "s"
    BREAK = "b"
    SUMMED = "t"  # a total that the delivery left out and its parts add up to


class Severity(StrEnum):
    ERROR = "error"  # blocks the delivery
    WARNING = "warning"  # needs a reason, which is stored
    HINT = "hint"  # tells

    @property
    def word(self) -> str:
        return {"error": "Fehler", "warning": "Warnung", "hint": "Hinweis"}[self]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook: the sheet's name and the cell (`B7`) or range (`B7:D9`); both may be empty."""

    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (f"Blatt „{self.sheet}“" if self.sheet else "", self.cell) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One Prüfhinweis: what is wrong, where, and how to mend it, in German. `rule` is one of the known codes."""

    rule: str
    severity: Severity
    message: str
    remedy: str = ""
    place: Place = field(default_factory=Place)
    found: str = ""

    def __post_init__(self) -> None:
        if self.rule not in CODES:
            raise ValueError(f"a finding that finding_codes.py does not know: {self.rule!r}")


class EventKind(StrEnum):
    """What can happen to a delivery; the value is how we store it."""

    COMMIT = "commit"
    WITHDRAW = "withdraw"
    RESTORE = "restore"

    @property
    def word(self) -> str:
        """The one word for it, as in „wurde … übernommen“."""
        return {"commit": "übernommen", "withdraw": "zurückgezogen", "restore": "wiederhergestellt"}[self]


@dataclass(frozen=True, slots=True, order=True)
class Breakdown:
    """One combination of members: {"herkunft": "auslaendisch"}; empty for the total of the city itself."""

    members: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **members: str) -> Self:
        return cls(tuple(sorted(members.items())))

    @classmethod
    def parse(cls, code: str) -> Self:
        """The inverse of `code`."""
        pairs = (pair.partition("=") for pair in code.split(";") if pair)
        return cls(tuple(sorted((dimension, member) for dimension, _, member in pairs)))

    @property
    def code(self) -> str:
        """`geschlecht=weiblich;herkunft=auslaendisch`, dimensions in alphabetical order; empty for the total."""
        return ";".join(f"{dimension}={member}" for dimension, member in self.members)

    def get(self, dimension: str) -> str | None:
        return dict(self.members).get(dimension)

    def without(self, dimension: str) -> Self:
        return type(self)(tuple(pair for pair in self.members if pair[0] != dimension))

    def with_(self, dimension: str, member: str) -> Self:
        return type(self)(tuple(sorted((*self.without(dimension).members, (dimension, member)))))


@dataclass(frozen=True, slots=True)
class Slice:
    """What a delivery replaces whole: one subject of a data set, of one reporter in one period.

    In figures the subject is a base figure.
    """

    subject: str
    reporter: str
    period: Period
    data_set: str = "figures"


@dataclass(frozen=True, slots=True)
class Observation:
    """One Messwert as delivered: a value (in the base figure's unit) or a sign, never neither."""

    base_figure: str
    reporter: str
    period: Period
    breakdown: Breakdown
    value: float | None
    sign: Sign | None = None
    flags: str = ""
    place: Place = field(default_factory=Place)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.sign is None or self.sign is Sign.LIMITED):
            raise ValueError(f"an observation holds a value or a sign: {self!r}")

    @property
    def slice(self) -> Slice:
        """The part of its delivery that it stands in."""
        return Slice(self.base_figure, self.reporter, self.period)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One point of an indicator's series: a value or the sign that stands in its place.

    `delivery` is the number of the latest delivery that it rests on.
    """

    period: Period
    value: float | None
    sign: Sign | None = None
    flags: str = ""
    delivery: int | None = None

    @property
    def content(self) -> "float | Sign":
        """The value, else the sign: what a table cell shows and what `assess` takes."""
        return self.value if self.value is not None else self.sign or Sign.UNKNOWN


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator in one breakdown over time, oldest first, one point a period."""

    indicator: str
    breakdown: Breakdown
    points: tuple[Measurement, ...]

    @property
    def latest(self) -> Measurement | None:
        return self.points[-1] if self.points else None

    @property
    def latest_value(self) -> Measurement | None:
        """The last point that holds a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    def at(self, period: Period) -> Measurement | None:
        return next((point for point in self.points if point.period == period), None)
