"""How large the letters of a field's sheet may be in Word to stay on one page: typst measures, Word cannot."""

from indicators.figures import Figure
from indicators.reports.columns import widths
from indicators.reports.report import Chapter, Report

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
WIDTH = 16 / 2.54 * 72
HEIGHT = (29.7 - 2.6 - 2.4) / 2.54 * 72
"""Of the page within its margins, in points."""
LETTER, LEADING, PARAGRAPH = 0.53, 1.17, 6.0
"""Of the type's size: the mean width of a letter of Arial and the height of a line; and the space after a paragraph."""
TEXT, SMALL, CELL, CELL_MARGINS = 10.5, 8.5, 3.0, 7.0
HEADING = 20 * 1.3 + 6
TABLE_HEAD = 34.0
"""The caption above a table."""


def of_sheet(report: Report, chapter: Chapter) -> float:
    """The largest size of the table's type with which heading, goals, table and signs fit; else the smallest."""
    if chapter.overview is None:
        return SIZES[0]
    figure = chapter.overview.figure
    goals = sum(_height(f"{goal.code}  {goal.title}", WIDTH - 45, TEXT) + 2 for goal in chapter.goals)
    written = sum(
        _height("".join(run.text for run in item), WIDTH, TEXT) + PARAGRAPH
        for one in chapter.written
        for block in one.blocks
        for item in block.items
    )
    headings = 40.0 * len(chapter.written)
    signs = _height(report.note + "".join(f"{sign} {meaning}; " for sign, meaning in report.signs), WIDTH, SMALL)
    below = sum(_height(text, WIDTH, SMALL) + 3 for text in (figure.note, figure.source) if text)
    lead = TEXT * LEADING + PARAGRAPH if chapter.lead else 0.0
    room = HEIGHT - HEADING - lead - goals - written - headings - TABLE_HEAD - below - signs - 2 * PARAGRAPH
    return next((size for size in SIZES if _table(figure, size) <= room), SIZES[-1])


def _table(figure: Figure, size: float) -> float:
    shares = widths(figure)
    columns = [WIDTH * share / sum(shares) - CELL_MARGINS for share in shares]
    rows = [figure.columns, *figure.texts().to_numpy().tolist()]
    return sum(
        max(_height(str(text), width, size) for text, width in zip(row, columns, strict=True)) + CELL for row in rows
    )


def _height(text: str, width: float, size: float) -> float:
    """Of so much text, whole words a line."""
    room, lines, used = max(1.0, width / (size * LETTER)), 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        while used > room:
            lines, used = lines + 1, used - int(room)
    return lines * size * LEADING
