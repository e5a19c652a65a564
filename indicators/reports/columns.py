"""How the columns of a table share the width of a page, in every format that has pages."""

from indicators.figures import Figure

MANY = 6
SHORT, LONG = 26, 40
PADDING = 2.2
"""Letters that the margins of a cell take; without them a head of seven letters breaks."""


def widths(figure: Figure) -> list[float]:
    """How the columns share the width: by what stands in them, so that neither heads nor cells are cramped.

    Columns of numbers are equally wide."""
    texts = figure.texts()
    most = SHORT if len(figure.columns) > MANY else LONG
    found = [_need(column, texts.iloc[:, place].tolist(), most) for place, column in enumerate(figure.columns)]
    numbers = max((found[place] for place, one in enumerate(figure.columns) if one in figure.decimals), default=0)
    return [numbers if column in figure.decimals else need for column, need in zip(figure.columns, found, strict=True)]


def _need(column: str, cells: list[str], most: int) -> float:
    longest_word = max((len(word) for cell in [column, *cells] for word in str(cell).split()), default=1)
    longest = max((len(str(cell)) for cell in cells), default=1)
    return PADDING + max(4.5, min(longest_word, 14), longest * 0.82 if longest < 24 else min(longest, most) * 0.62)
