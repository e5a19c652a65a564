"""What makes a workbook one of our templates: the hidden map that both writing and reading go by.

The sheet `_vorlage` holds, from row 1, one property per row (name, value); below an empty row the header
MAP_COLUMNS and one row per input cell. Reading goes by this map alone, never by the layout. The same
properties stand in the document's custom properties, so that a file is recognised before it is parsed.
"""

from dataclasses import dataclass

from indicators.model import Breakdown
from indicators.workbooks.cells import Workbook

MAP_SHEET = "_vorlage"
GUIDE_SHEET = "Anleitung"

TEMPLATE_ID = "integrationsmonitoring-grundzahlen"
TEMPLATE_VERSION = "1"

PROPERTY_ID = "vorlage"
PROPERTY_VERSION = "vorlage_version"
PROPERTY_REPORTER = "meldende_stelle"
PROPERTY_PERIOD = "berichtszeitraum"
PROPERTY_CATALOGUE = "katalog_version"
PROPERTIES = (PROPERTY_ID, PROPERTY_VERSION, PROPERTY_REPORTER, PROPERTY_PERIOD, PROPERTY_CATALOGUE)

MAP_COLUMNS = ("blatt", "zelle", "zusatz", "grundzahl", "berichtszeitraum", "gliederung")
HEADER_ROW = len(PROPERTIES) + 2
NAME_PREFIX = "eingabe_"


def is_template(workbook: Workbook) -> bool:
    """Whether the workbook was written by the template generator, by its hidden sheet or its properties."""
    return workbook.sheet(MAP_SHEET) is not None or workbook.properties.get(PROPERTY_ID) == TEMPLATE_ID


@dataclass(frozen=True, slots=True)
class Slot:
    """One input cell. `remark` is the cell for the Zusatz (p, r, s, „( )“) beside it; `period` as str(Period)."""

    sheet: str
    cell: str
    remark: str
    base_figure: str
    period: str
    breakdown: Breakdown

    @property
    def row(self) -> tuple[str, str, str, str, str, str]:
        """The slot's row of the map, in the order of MAP_COLUMNS."""
        return self.sheet, self.cell, self.remark, self.base_figure, self.period, self.breakdown.code

    @property
    def name(self) -> str:
        """The workbook's defined name of the input cell: letters, digits and underscores only."""
        parts = (f"{dimension}_{member}" for dimension, member in self.breakdown.members)
        return NAME_PREFIX + "__".join((self.base_figure, *parts))
