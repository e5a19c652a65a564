"""What things are called in every format of a report: files, columns, charts and tables."""

from indicators.exports.names import slug
from indicators.figures import Figure
from indicators.reports.report import Exhibit, Report


def of_report(report: Report, suffix: str) -> str:
    """`integrationsbericht-nr-3-braunschweig-stadt-2026-11-29.pdf`."""
    selection = "" if report.whole else f" {report.subtitle}"
    return f"{slug(f'{report.named} {report.city}{selection}')}-{report.day.isoformat()}{suffix}"


def of_exhibit(exhibit: Exhibit, suffix: str) -> str:
    """`abbildung-07-b-01-schulentlassene.svg`; a table is called so where it is no chart."""
    word, number = ("abbildung", exhibit.chart) if exhibit.chart else ("tabelle", exhibit.table)
    return f"{word}-{number:02}-{slug(f'{exhibit.figure.key} {exhibit.figure.title}')}{suffix}"


def heading(figure: Figure, column: str) -> str:
    """The column's title with the unit of its numbers."""
    symbol = figure.units.get(column, "")
    return f"{column} ({symbol})" if symbol and symbol not in column else column


def number_of(exhibit: Exhibit) -> str:
    """„Abbildung 7, Tabelle 9“."""
    parts = [f"Abbildung {exhibit.chart}"] if exhibit.chart else []
    return ", ".join(parts + ([f"Tabelle {exhibit.table}"] if exhibit.table else []))
