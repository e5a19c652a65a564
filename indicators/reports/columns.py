"""How the columns of a table share the width of a page, in every format that has pages."""

from indicators.figures import Figure

MANY = 6
SHORT, LONG = 26, 40
PADDING = 2.2
"""Letters that the margins of a cell take; without them a head of seven letters breaks."""
ROOM, SYLLABLE = 112, 6
"""So many letters stand side by side on an upright page in small type; a word can be parted after so many."""


def widths(figure: Figure) -> list[float]:
    """How the columns share the width: by what stands in them, so that neither heads nor cells are cramped.

    Columns of numbers are equally wide."""
    texts = figure.texts()
    most = SHORT if len(figure.columns) > MANY else LONG
    found = [_need(column, texts.iloc[:, place].tolist(), most) for place, column in enumerate(figure.columns)]
    numbers = max((found[place] for place, one in enumerate(figure.columns) if one in figure.decimals), default=0)
    needs = [numbers if column in figure.decimals else need for column, need in zip(figure.columns, found, strict=True)]
    least = [
        need if column in figure.decimals else min(need, _least(texts.iloc[:, place].tolist()))
        for place, (column, need) in enumerate(zip(figure.columns, needs, strict=True))
    ]
    left, soft = max(ROOM - sum(least), 0.0), sum(needs) - sum(least)
    share = min(1.0, left / soft) if soft else 1.0
    return [low + share * (need - low) for low, need in zip(least, needs, strict=True)]


def _least(cells: list[str]) -> float:
    """What a column cannot do without: words can be parted, a day or a number of a paper cannot."""
    whole = (word for cell in cells for word in str(cell).split() if any(letter.isdigit() for letter in word))
    return PADDING + max(SYLLABLE, max((min(len(word), 14) for word in whole), default=0))


def _need(column: str, cells: list[str], most: int) -> float:
    longest_word = max((len(word) for cell in [column, *cells] for word in str(cell).split()), default=1)
    longest = max((len(str(cell)) for cell in cells), default=1)
    return PADDING + max(4.5, min(longest_word, 14), longest * 0.82 if longest < 24 else min(longest, most) * 0.62)
