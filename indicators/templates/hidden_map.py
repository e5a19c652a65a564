"""What makes a workbook one of our templates: the hidden map that both writing and reading go by.

The sheet `_vorlage` holds, from row 1, one property per row (name, value); below an empty row the header
MAP_COLUMNS and one row per input cell. Reading goes by this map alone, never by the layout. The same
properties stand in the document's custom properties, so that a file is recognised before it is parsed.
"""

from dataclasses import dataclass

from indicators.model import Breakdown
from indicators.periods import Period, PeriodError
from indicators.workbooks.cells import Cell, Sheet, Workbook
from indicators.workbooks.numbers import clean

MAP_SHEET = "_vorlage"
GUIDE_SHEET = "Anleitung"

OURS = "integrationsmonitoring-"
TEMPLATE_ID = f"{OURS}grundzahlen"
TEMPLATE_VERSION = "1"

PROPERTY_ID = "vorlage"
PROPERTY_VERSION = "vorlage_version"
PROPERTY_REPORTER = "meldende_stelle"
PROPERTY_PERIOD = "berichtszeitraum"
PROPERTY_CATALOGUE = "katalog_version"
PROPERTIES = (PROPERTY_ID, PROPERTY_VERSION, PROPERTY_REPORTER, PROPERTY_PERIOD, PROPERTY_CATALOGUE)


def written(template: str, reporter: str, period: Period, catalogue: str) -> dict[str, str]:
    """The properties of a template that is handed out now, by the definitions of this version."""
    return dict(zip(PROPERTIES, (template, TEMPLATE_VERSION, reporter, str(period), catalogue), strict=True))


MAP_COLUMNS = ("blatt", "zelle", "zusatz", "grundzahl", "berichtszeitraum", "gliederung", "bemerkung")
HEADER_ROW = len(PROPERTIES) + 2
NAME_PREFIX = "eingabe_"


def is_template(workbook: Workbook) -> bool:
    """Whether the workbook was written by a template generator of ours, by its hidden sheet or its properties."""
    return workbook.sheet(MAP_SHEET) is not None or workbook.properties.get(PROPERTY_ID, "").startswith(OURS)


def template_id(workbook: Workbook) -> str:
    """What a template says that it is: in its hidden sheet, else in its properties."""
    hidden = workbook.sheet(MAP_SHEET)
    said = properties_of(hidden).get(PROPERTY_ID) if hidden else None
    return said or workbook.properties.get(PROPERTY_ID, "")


def properties_of(hidden: Sheet) -> dict[str, str]:
    """The properties in the first rows of the hidden sheet."""
    rows = (
        (text_of(hidden.cells.get((row, 1))), text_of(hidden.cells.get((row, 2))))
        for row in range(1, len(PROPERTIES) + 1)
    )
    return {name: value for name, value in rows if name in PROPERTIES}


@dataclass(frozen=True)
class Head:
    """What a template says of itself; `hidden` is None where its map is gone, `period` where it names none."""

    hidden: Sheet | None
    properties: dict[str, str]
    reporter: str
    period: Period | None


def head_of(workbook: Workbook) -> Head:
    hidden = workbook.sheet(MAP_SHEET)
    properties = properties_of(hidden) if hidden else {}
    try:
        period = Period.parse(properties.get(PROPERTY_PERIOD, ""))
    except PeriodError:
        period = None
    return Head(hidden, properties, properties.get(PROPERTY_REPORTER, ""), period)


def text_of(cell: Cell | None) -> str:
    """A cell's content as a code or label; whole numbers without decimals."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return clean(str(cell.value))


@dataclass(frozen=True, slots=True)
class Slot:
    """One input cell of figures.

    `remark` is the cell for the Zusatz (p, r, s, „( )“) beside it; `period` as str(Period). `comment` is the cell for
    a remark in words, empty in templates of before there was one.
    """

    sheet: str
    cell: str
    remark: str
    base_figure: str
    period: str
    breakdown: Breakdown
    comment: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The slot's row of the map, in the order of MAP_COLUMNS."""
        return self.sheet, self.cell, self.remark, self.base_figure, self.period, self.breakdown.code, self.comment

    @property
    def name(self) -> str:
        """The workbook's defined name of the input cell: letters, digits and underscores only."""
        parts = (f"{dimension}_{member}" for dimension, member in self.breakdown.members)
        return NAME_PREFIX + "__".join((self.base_figure, *parts))
