"""The checked catalogue: what the office has defined, with look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from indicators.catalogue.indicator import Cumulative, Indicator
from indicators.catalogue.schema import (
    ActionField,
    BaseFigure,
    City,
    Dimension,
    FigureKind,
    Reporter,
    SubGoal,
    Unit,
)
from indicators.model import Breakdown


@dataclass(frozen=True)
class Catalogue:
    """All definitions of one folder. `version` is the content hash of its files (12 hex digits).

    Mappings are keyed by code and keep the order of the files; fields are ordered as they are shown:
    overarching ones first.
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

    def indicator(self, code: str) -> Indicator:
        """Raises KeyError."""
        return self.indicators[code]

    def base_figure(self, code: str) -> BaseFigure:
        """Raises KeyError."""
        return self.base_figures[code]

    def field(self, code: str) -> ActionField:
        """Raises KeyError."""
        return {field.code: field for field in self.fields}[code]

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
        """Title of a guiding goal or sub-goal. Raises KeyError."""
        return self._goals[code]

    @cached_property
    def _goals(self) -> dict[str, str]:
        goals: dict[str, str] = {}
        for field in self.fields:
            for guiding in field.guiding_goals:
                goals[guiding.code] = guiding.title
                goals |= {goal.code: goal.title for goal in guiding.sub_goals}
        return goals

    def indicators_of(self, field: str) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators.values() if indicator.field == field)

    def indicators_for(self, goal: SubGoal | str) -> tuple[Indicator, ...]:
        """Indicators that measure exactly this goal (guiding goal or sub-goal, or its code)."""
        code = goal if isinstance(goal, str) else goal.code
        return tuple(indicator for indicator in self.indicators.values() if indicator.goal == code)

    def indicators_from(self, base_figure: str) -> tuple[Indicator, ...]:
        """Indicators whose value changes with this base figure."""
        return tuple(found for found in self.indicators.values() if base_figure in found.expression.names)

    def base_figures_of(self, reporter: str) -> tuple[BaseFigure, ...]:
        return tuple(figure for figure in self.base_figures.values() if reporter in figure.reporters)

    def breakdowns_of(self, base_figure: BaseFigure | str) -> tuple[Breakdown, ...]:
        """Every combination of members that is asked for, in the order of the template; the total is Breakdown()."""
        figure = self.base_figures[base_figure] if isinstance(base_figure, str) else base_figure
        return tuple(dict.fromkeys(found for axes in figure.breakdowns for found in self._combinations(axes)))

    def breakdowns_shown(self, indicator: Indicator) -> tuple[Breakdown, ...]:
        """The total and the members of each single dimension that an indicator is shown by."""
        singles = (found for dimension in indicator.breakdowns for found in self._combinations((dimension,)))
        return tuple(dict.fromkeys((Breakdown(), indicator.headline, *singles)))

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
