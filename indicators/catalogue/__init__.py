"""The catalogue: definitions/*.yaml, checked as a whole.

    from indicators.catalogue import Catalogue, load

`load(folder)` gives a Catalogue or raises CatalogueError with every fault of every file at once;
`lint(folder)` gives the faults as a list.
"""

from indicators.catalogue.catalogue import Catalogue
from indicators.catalogue.faults import CatalogueError, Fault
from indicators.catalogue.formula import Formula, FormulaError
from indicators.catalogue.frequency import Frequency
from indicators.catalogue.indicator import (
    AGREED_ON,
    Break,
    Cumulative,
    DefinitionVersion,
    Gap,
    GapMode,
    Indicator,
    IndicatorKind,
    RuleDefinition,
)
from indicators.catalogue.loading import lint, lint_texts, load, load_texts, texts_of, version_of
from indicators.catalogue.schema import (
    ActionField,
    BaseFigure,
    City,
    Dimension,
    FieldKind,
    FigureKind,
    GuidingGoal,
    Member,
    Reporter,
    ReporterKind,
    SubGoal,
    Unit,
)

__all__ = [
    "AGREED_ON",
    "ActionField",
    "BaseFigure",
    "Break",
    "Catalogue",
    "CatalogueError",
    "City",
    "Cumulative",
    "DefinitionVersion",
    "Dimension",
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
    "Reporter",
    "ReporterKind",
    "RuleDefinition",
    "SubGoal",
    "Unit",
    "lint",
    "lint_texts",
    "load",
    "load_texts",
    "texts_of",
    "version_of",
]
