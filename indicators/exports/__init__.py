"""Figures as files: one module a format, each with LABEL, SUFFIX, MIME and render(figures) → bytes.

To add a format, write such a module and its line in FORMATS.
"""

from indicators.exports import csv_german, csv_machine, png, svg, xlsx
from indicators.exports.format import ExportFormat
from indicators.exports.marking import INVENTED, Mark, marked
from indicators.exports.names import export_name

FORMATS = {
    "xlsx": ExportFormat.of(xlsx),
    "csv": ExportFormat.of(csv_german),
    "csv-machine": ExportFormat.of(csv_machine),
    "png": ExportFormat.of(png),
    "svg": ExportFormat.of(svg),
}

__all__ = ["FORMATS", "INVENTED", "ExportFormat", "Mark", "export_name", "marked"]
