"""How a file of boundaries is refused, and what is told of one that is taken: in the child's own plain words."""

from typing import Any

from indicators.model import Finding, Severity
from indicators.workbooks.gate import WorkbookRejected, rejected

MAX_UNPACKED = 60 * 1024 * 1024
MAX_MEMBERS = 200
MAX_SHAPES = 2000
MAX_POINTS = 1_500_000

WANTED = "Als GeoJSON, als TopoJSON oder als ZIP-Datei mit dem Shapefile (.shp, .dbf, .shx, .prj) hochladen."
SMALLER = "Die Datei im Geoinformationssystem vereinfachen, oder nur die Gebiete der Stadt ausgeben."
EXPORTED_AGAIN = "Die Datei im Geoinformationssystem noch einmal ausgeben und hochladen."


def no_boundaries(message: str, found: str = "") -> WorkbookRejected:
    return rejected("map-format", message, WANTED, found)


def damaged(message: str) -> WorkbookRejected:
    return rejected("map-damaged", message, EXPORTED_AGAIN)


def too_large(message: str) -> WorkbookRejected:
    return rejected("map-too-large", message, SMALLER)


def as_json(finding: Finding) -> list[str]:
    return [finding.rule, finding.severity.value, finding.message, finding.remedy, finding.found]


def of_json(told: list[Any]) -> Finding:
    rule, severity, message, remedy, found = told
    return Finding(rule, Severity(severity), message, remedy, found=found)
