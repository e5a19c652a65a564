"""The catalogue: definitions/*.yaml, checked as a whole.

    from indicators.catalogue import Catalogue, load

`load(folder)` gives a Catalogue or raises CatalogueError with every fault of every file at once;
`lint(folder)` gives the faults as a list.
"""

from indicators.catalogue.catalogue import Catalogue
from indicators.catalogue.concept import ActionField, Approach, FieldKind, GuidingGoal, Part, SubGoal, Wording
from indicators.catalogue.faults import CatalogueError, Fault
from indicators.catalogue.formula import Formula, FormulaError
from indicators.catalogue.frequency import Frequency
from indicators.catalogue.indicator import (
    AGREED_ON,
    Break,
    Cumulative,
    DefinitionVersion,
    EarlierGoal,
    Gap,
    GapMode,
    Indicator,
    IndicatorKind,
    RuleDefinition,
)
from indicators.catalogue.loading import lint, lint_texts, load, load_texts, texts_of, version_of
from indicators.catalogue.schema import (
    BaseFigure,
    City,
    Dimension,
    FigureKind,
    Member,
    Reporter,
    ReporterKind,
    Unit,
)

__all__ = [
    "AGREED_ON",
    "ActionField",
    "Approach",
    "BaseFigure",
    "Break",
    "Catalogue",
    "CatalogueError",
    "City",
    "Cumulative",
    "DefinitionVersion",
    "Dimension",
    "EarlierGoal",
    "Fault",
    "FieldKind",
    "FigureKind",
    "Formula",
    "FormulaError",
    "Frequency",
    "Gap",
    "GapMode",
    "GuidingGoal",
    "Indicator",
    "IndicatorKind",
    "Member",
    "Part",
    "Reporter",
    "ReporterKind",
    "RuleDefinition",
    "SubGoal",
    "Unit",
    "Wording",
    "lint",
    "lint_texts",
    "load",
    "load_texts",
    "texts_of",
    "version_of",
]
