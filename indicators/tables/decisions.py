"""A department's own table on its way to observations: what was decided, and the fate of each cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from indicators.catalogue import Catalogue
from indicators.model import Observation, Place, Sign, Slice
from indicators.periods import Period
from indicators.tables.crosstab import Role, Table, TableCell
from indicators.tables.meanings import Assignment, Meaning


class YearRule(StrEnum):
    """Which period of the base figure a table's period belongs to, where it is shorter or begins elsewhere."""

    AS_READ = "as_read"
    BEGIN = "begin"
    END = "end"

    @property
    def word(self) -> str:
        return {
            "as_read": "nur, wenn er genau passt",
            "begin": "der Zeitraum, in dem er beginnt",
            "end": "der Zeitraum, in dem er endet",
        }[self]


@dataclass(frozen=True)
class Choices:
    """What a person decided about one table; keys are those of `key_of`.

    `doubts` say of each doubt's key whether its cells are taken as read (True) or left out; `units` what values of a
    unit, or of a doubt about fractions, are. `period` is for the whole table, `periods` for the cells of one doubt:
    next year they are only suggested. `signs` say which sign a text stands for; None leaves its cells out.
    """

    take: bool = True
    base_figure: str = ""
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    units: Mapping[str, Meaning] = field(default_factory=dict)
    doubts: Mapping[str, bool] = field(default_factory=dict)
    period: Period | None = None
    year_rule: YearRule = YearRule.AS_READ
    periods: Mapping[str, Period] = field(default_factory=dict)
    signs: Mapping[str, Sign | None] = field(default_factory=dict)

    def defined_in(self, catalogue: Catalogue) -> "Choices":
        """Without what speaks of codes that this catalogue does not have: that is asked again."""
        return replace(
            self,
            base_figure=self.base_figure if self.base_figure in catalogue.base_figures else "",
            meanings={key: one for key, one in self.meanings.items() if one.is_defined(catalogue)},
            units={key: one for key, one in self.units.items() if one.is_defined(catalogue)},
        )


class Fate(StrEnum):
    TAKEN = "taken"
    LEFT_OUT = "left_out"
    WAITING = "waiting"

    @property
    def word(self) -> str:
        return {"taken": "wird übernommen", "left_out": "wird ausgelassen", "waiting": "wartet"}[self]


class Asks(StrEnum):
    """What a waiting cell waits for."""

    LABEL = "label"
    FIGURE = "figure"
    UNIT = "unit"
    PERIOD = "period"
    DOUBT = "doubt"
    SIGN = "sign"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class Row:
    """One cell on its way: the observation it becomes, or why not. `about` names what is asked (key or doubt)."""

    cell: TableCell
    fate: Fate
    observation: Observation | None = None
    asks: Asks | None = None
    about: str = ""
    why: str = ""
    final: bool = False  # can only be left out


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide for all cells that wait for it. `values` are some of theirs, as read."""

    asks: Asks
    about: str
    text: str
    cells: int
    place: Place
    can_take: bool = True
    suggestion: Meaning | None = None
    values: tuple[float, ...] = ()


class Wait(Exception):
    """A cell cannot go on: something has to be decided."""

    def __init__(self, asks: Asks, about: str, why: str, final: bool = False):
        self.asks, self.about, self.why, self.final = asks, about, why, final


class LeftOut(Exception):
    """Why a cell is not wanted; `doubt` where that was decided about a doubt."""

    def __init__(self, why: str, doubt: str = ""):
        super().__init__(why)
        self.doubt = doubt


@dataclass(frozen=True)
class Mapped:
    """A table with the fate of each of its cells."""

    table: Table
    choices: Choices
    assignments: tuple[Assignment, ...]
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]

    @property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(row.observation for row in self.rows if row.observation)

    @property
    def covers(self) -> tuple[Slice, ...]:
        """The slices that occur: base figure and period of the cells that are taken."""
        return tuple(dict.fromkeys(o.slice for o in self.observations))

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)


def table_key(table: Table) -> str:
    """Names a table within its workbook."""
    data = next((area.reference for area in table.areas if area.role is Role.DATA), "")
    return f"{table.sheet}!{data}"
