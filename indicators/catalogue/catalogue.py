"""The checked catalogue: what the office has defined, with look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as begins_with
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path

from indicators.catalogue.concept import ActionField, Approach, Concept, SubGoal, goal_codes
from indicators.catalogue.indicator import Cumulative, Indicator
from indicators.catalogue.lasting import followed_by, is_there, last_day
from indicators.catalogue.schema import (
    BaseFigure,
    City,
    DerivedFigure,
    Dimension,
    FigureKind,
    Reporter,
    Unit,
)
from indicators.model import Breakdown
from indicators.periods import Period

SMALL_BELOW = 5
"""For a city whose base figures name no threshold."""


@dataclass(frozen=True)
class Catalogue:
    """All definitions of one folder. `version` is the content hash of its files (12 hex digits).

    Mappings are keyed by code and keep the order of the files; fields are ordered as they are shown:
    overarching ones first. `day` is the one whose goals they have (`on`), None for all that ever were or will be;
    `undated` are the definitions with all of them, None where these are.
    """

    folder: Path
    version: str
    city: City
    fields: tuple[ActionField, ...]
    units: Mapping[str, Unit]
    dimensions: Mapping[str, Dimension]
    reporters: Mapping[str, Reporter]
    base_figures: Mapping[str, BaseFigure]
    indicators: Mapping[str, Indicator]
    derived: Mapping[str, DerivedFigure] = begins_with(default_factory=dict)
    day: date | None = None
    undated: "Catalogue | None" = None

    @cached_property
    def concept(self) -> Concept:
        """The tree of goals, with what has ended and what is to come."""
        return Concept(self.whole.fields, self.day)

    @property
    def whole(self) -> "Catalogue":
        """The definitions as they stand in the files, with all goals that ever were or will be."""
        return self.undated or self

    def on(self, day: date) -> "Catalogue":
        """The same with the goals and approaches that hold on a day, as they read then, and each indicator at its goal
        of then. Of what is already looked at on a day the goals stay."""
        if self.day is not None:
            return self
        concept = Concept(self.fields, day)
        moved = {code: self._at_its_goal(one, concept) for code, one in self.indicators.items()}
        return replace(self, fields=concept.fields, indicators=moved, day=day, undated=self)

    @staticmethod
    def _at_its_goal(indicator: Indicator, concept: Concept) -> Indicator:
        goal = concept.goal_of(indicator)
        if goal == indicator.goal:
            return indicator
        return indicator.model_copy(update={"goal": goal, "field": concept.field_of(goal) or indicator.field})

    def indicator(self, code: str) -> Indicator:
        """Raises KeyError."""
        return self.indicators[code]

    def base_figure(self, code: str) -> BaseFigure:
        """Raises KeyError."""
        return self.base_figures[code]

    def field(self, code: str) -> ActionField:
        """Raises KeyError."""
        return {field.code: field for field in self.fields}[code]

    @cached_property
    def small_below(self) -> int:
        """Below this, counts of people are kept from others where no base figure says it: the strictest of them."""
        found = [one.suppress_below for one in self.base_figures.values() if one.suppress_below]
        return max(found, default=SMALL_BELOW)

    def unit_of(self, defined: Indicator | BaseFigure) -> Unit:
        return self.units[defined.unit]

    def formula_in_words(self, indicator: Indicator) -> str:
        """The formula with the titles of its base figures: „100 × Betreute Kinder ÷ Kinder“."""
        return indicator.expression.in_words(lambda code: f"„{self.base_figures[code].title}“")

    def counting_in_words(self, indicator: Indicator) -> str:
        """What counts since January mean in an indicator that is shown more often than once a year; else empty."""
        figures = [self.base_figures[name] for name in indicator.expression.names]
        if indicator.frequency.parts_per_year == 1 or not any(f.kind is FigureKind.CUMULATIVE for f in figures):
            return ""
        return (indicator.cumulative or Cumulative.SINGLE_PERIOD).word

    def goal_title(self, code: str) -> str:
        """Title of a guiding goal or sub-goal, with its last day where it has ended. Raises KeyError."""
        return self.goals[code]

    @cached_property
    def goals(self) -> dict[str, str]:
        """Titles of all guiding goals and sub-goals by code, also of those that have ended or are to come."""
        return {code: self.concept.title(code) for field in self.whole.fields for code in goal_codes(field)}

    @cached_property
    def approaches(self) -> dict[str, str]:
        """Titles of all approaches by code, also of those that have ended or are to come."""
        found = self.concept.parts.items()
        return {code: self.concept.title(code) for code, part in found if isinstance(part, Approach)}

    def indicators_of(self, field: str) -> tuple[Indicator, ...]:
        """Those of a field that are kept up."""
        return tuple(indicator for indicator in self.kept_up if indicator.field == field)

    @property
    def kept_up(self) -> tuple[Indicator, ...]:
        """All indicators that are not retired: what lists and meetings speak of."""
        return tuple(indicator for indicator in self.indicators.values() if not indicator.retired)

    def indicators_for(self, goal: SubGoal | str) -> tuple[Indicator, ...]:
        """Indicators that measure exactly this goal (guiding goal or sub-goal, or its code), and are kept up."""
        code = goal if isinstance(goal, str) else goal.code
        return tuple(indicator for indicator in self.kept_up if indicator.goal == code)

    def indicators_from(self, base_figure: str) -> tuple[Indicator, ...]:
        """Indicators whose value changes with this base figure."""
        return tuple(found for found in self.indicators.values() if base_figure in found.expression.names)

    def base_figures_of(self, reporter: str) -> tuple[BaseFigure, ...]:
        return tuple(figure for figure in self.base_figures.values() if reporter in figure.reporters)

    def breakdowns_of(self, base_figure: BaseFigure | str) -> tuple[Breakdown, ...]:
        """Every combination of members that is asked for, in the order of the template; the total is Breakdown()."""
        figure = self.base_figures[base_figure] if isinstance(base_figure, str) else base_figure
        return tuple(dict.fromkeys(found for axes in figure.breakdowns for found in self._combinations(axes)))

    @property
    def comparison(self) -> str:
        """The code of the dimension that holds other places; empty where the city compares with none."""
        return next((code for code, dimension in self.dimensions.items() if dimension.compares), "")

    def is_elsewhere(self, breakdown: Breakdown) -> bool:
        """Whether the breakdown speaks of another place than the city."""
        return bool(self.comparison) and breakdown.get(self.comparison) is not None

    def breakdowns_shown(self, indicator: Indicator) -> tuple[Breakdown, ...]:
        """The total and the members of each single dimension that an indicator is shown by."""
        singles = (found for dimension in indicator.breakdowns for found in self._combinations((dimension,)))
        return tuple(dict.fromkeys((Breakdown(), indicator.headline, *singles)))

    def valid_in(self, period: Period) -> "Catalogue":
        """The same with only those members and reporters that are there in a period."""
        dimensions = {
            code: axis.model_copy(
                update={"members": tuple(m for m in axis.members if self.has_member(code, m.code, period))}
            )
            for code, axis in self.dimensions.items()
        }
        figures = {
            code: figure.model_copy(
                update={"reporters": tuple(r for r in figure.reporters if self.has_reporter(r, period))}
            )
            for code, figure in self.base_figures.items()
        }
        return replace(self, dimensions=dimensions, base_figures=figures)

    def has_member(self, dimension: str, code: str, period: Period) -> bool:
        """Whether a member is there in a period: not before it begins, nor after it ends or others follow it."""
        if dimension not in self._timed:  # asked for every cell
            return code in self._member_codes.get(dimension, ())
        return is_there(self.dimensions[dimension].members, code, period)

    @cached_property
    def _timed(self) -> frozenset[str]:
        """Dimensions of which a member begins, ends or follows another."""
        return frozenset(
            code
            for code, axis in self.dimensions.items()
            if any(one.follows or one.valid_from or one.valid_to for one in axis.members)
        )

    @cached_property
    def _member_codes(self) -> dict[str, frozenset[str]]:
        return {code: frozenset(one.code for one in axis.members) for code, axis in self.dimensions.items()}

    def has_reporter(self, code: str, period: Period) -> bool:
        return is_there(tuple(self.reporters.values()), code, period)

    def last_day(self, reporter: str) -> date | None:
        """The last day for which a reporter delivers; None where it goes on."""
        return last_day(tuple(self.reporters.values()), reporter)

    def followed_by(self, reporter: str) -> tuple[str, ...]:
        """The codes that a reporter took over from, and those that they had taken over from."""
        return followed_by(self.reporters.values(), reporter)

    def heir_of(self, reporter: str) -> str:
        """Who has taken over from a reporter that no longer delivers; else the reporter itself."""
        heirs = [code for code in self.reporters if reporter in self.followed_by(code)]
        ended = reporter not in self.reporters or self.last_day(reporter) is not None
        return heirs[-1] if heirs and ended else reporter

    def current_code(self, code: str) -> str:
        """The code that a base figure has now, for one that it had."""
        return self._renamed_figures.get(code, code)

    def current_indicator(self, code: str) -> str:
        """The code that an indicator has now, for one that it had."""
        return self._renamed_indicators.get(code, code)

    @cached_property
    def _renamed_figures(self) -> dict[str, str]:
        return {old: figure.code for figure in self.base_figures.values() for old in figure.formerly}

    @cached_property
    def _renamed_indicators(self) -> dict[str, str]:
        return {old: found.code for found in self.indicators.values() for old in found.formerly}

    def name_of(self, breakdown: Breakdown) -> str:
        """As `title_of`, for stored and foreign data: a code that is no longer defined stands for itself."""
        known = {axis.code: {member.code: member.title for member in axis.members} for axis in self.dimensions.values()}
        order = [*known, *sorted({axis for axis, _ in breakdown.members} - set(known))]
        named = dict(breakdown.members)
        return (
            ", ".join(known.get(axis, {}).get(named[axis], named[axis]) for axis in order if axis in named)
            or "Insgesamt"
        )

    def figure_name(self, code: str) -> str:
        """The title of a base figure, delivered or computed; its code where it is no longer defined."""
        known = self.base_figures.get(code) or self.derived.get(code)
        return known.title if known else code

    def reporter_name(self, code: str) -> str:
        """The reporter's name; its code where it is no longer defined."""
        return self.reporters[code].name if code in self.reporters else code

    def decimals_of(self, code: str) -> int:
        """How exactly a base figure is shown; two digits where it is no longer defined."""
        return self.unit_of(self.base_figures[code]).decimals if code in self.base_figures else 2

    def _combinations(self, axes: tuple[str, ...]) -> list[Breakdown]:
        members = [[(axis, member.code) for member in self.dimensions[axis].members] for axis in axes]
        return [Breakdown(tuple(sorted(pairs))) for pairs in product(*members)]

    def title_of(self, breakdown: Breakdown) -> str:
        """In German: „Insgesamt“, „Ausländerinnen und Ausländer, weiblich“, in the order of the dimensions' file.

        Raises KeyError for a member that is not defined.
        """
        if breakdown.members and not set(dict(breakdown.members)) <= set(self.dimensions):
            raise KeyError(breakdown.code)
        members = [
            dimension.member(code).title
            for dimension in self.dimensions.values()
            if (code := breakdown.get(dimension.code)) is not None
        ]
        return ", ".join(members) or "Insgesamt"
