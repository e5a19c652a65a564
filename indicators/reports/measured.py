"""How much room text takes where the program that will set it cannot be asked: Word and PowerPoint. In points."""

from indicators.figures import Figure
from indicators.reports.columns import widths

LETTER, LEADING = 0.53, 1.2
"""Of the type's size: the mean width of a letter of Arial, and the height of a line."""


def lines(text: str, width: float, size: float) -> int:
    """So many lines of whole words."""
    room, count, used = max(1, int(width / (size * LETTER))), 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
        while used > room:
            count, used = count + 1, used - room
    return count


def height(text: str, width: float, size: float) -> float:
    return lines(text, width, size) * size * LEADING


def row_heights(figure: Figure, rows: list[list[str]], width: float, size: float, margins: float) -> list[float]:
    """Of rows of the figure's table that is so wide, by their longest cells; `margins` lie beside a cell's text."""
    shares = widths(figure)
    columns = [width * share / sum(shares) - margins for share in shares]
    return [max(height(str(text), room, size) for text, room in zip(row, columns, strict=True)) for row in rows]
