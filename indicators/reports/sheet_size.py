"""How large the letters of a field's sheet may be in Word to stay on one page: typst measures, Word cannot."""

from indicators.figures import Figure
from indicators.reports.measured import LEADING, height, row_heights
from indicators.reports.report import Chapter, Report

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
WIDTH = 16 / 2.54 * 72
HEIGHT = (29.7 - 2.6 - 2.4) / 2.54 * 72
"""Of the page within its margins, in points."""
PARAGRAPH = 6.0
"""The space after a paragraph."""
TEXT, SMALL, CELL, CELL_MARGINS = 10.5, 8.5, 3.0, 7.0
HEADING = 20 * 1.3 + 6
TABLE_HEAD = 34.0
"""The caption above a table."""


def of_sheet(report: Report, chapter: Chapter) -> float:
    """The largest size of the table's type with which heading, goals, table and signs fit; else the smallest."""
    if chapter.overview is None:
        return SIZES[0]
    figure = chapter.overview.figure
    goals = sum(height(f"{goal.code}  {goal.titled}", WIDTH - 45, TEXT) + 2 for goal in chapter.goals)
    said = [(line, 45.0) for goal in chapter.goals for line in goal.text.splitlines()]
    said += [(line, 0.0) for line in chapter.text.splitlines()]
    goals += sum(height(line, WIDTH - indent, TEXT) + PARAGRAPH for line, indent in said)
    written = sum(
        height("".join(run.text for run in item), WIDTH, TEXT) + PARAGRAPH
        for one in chapter.written
        for block in one.blocks
        for item in block.items
    )
    headings = 40.0 * len(chapter.written)
    signs = height(report.note + "".join(f"{sign} {meaning}; " for sign, meaning in report.signs), WIDTH, SMALL)
    below = sum(height(text, WIDTH, SMALL) + 3 for text in (figure.note, figure.source) if text)
    lead = TEXT * LEADING + PARAGRAPH if chapter.lead else 0.0
    room = HEIGHT - HEADING - lead - goals - written - headings - TABLE_HEAD - below - signs - 2 * PARAGRAPH
    return next((size for size in SIZES if _table(figure, size) <= room), SIZES[-1])


def _table(figure: Figure, size: float) -> float:
    rows = [figure.columns, *figure.rows]
    return sum(one + CELL for one in row_heights(figure, rows, WIDTH, size, CELL_MARGINS))
