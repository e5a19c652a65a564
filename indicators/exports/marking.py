"""What is said in every file of figures that must not be taken for more, or less, than they are.

A file format leaves some of a figure out (CSV its titles, a picture its table), so the mark stands in all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.figures import Figure


@dataclass(frozen=True)
class Mark:
    """`word` stands in the subtitle and in every row, in a column of this name; `sentence` before the notes."""

    column: str
    word: str
    sentence: str


INVENTED = Mark("Hinweis", "erfundene Zahlen", "Erfundene Zahlen: Sie beschreiben keine wirkliche Stadt.")


def marked(figures: Sequence[Figure], mark: Mark | None, *, rows: bool = True) -> list[Figure]:
    """The same figures with the mark; as they are where there is none. Without `rows` the tables get no column."""
    return [_marked(figure, mark, rows) for figure in figures] if mark else list(figures)


def _marked(figure: Figure, mark: Mark, rows: bool) -> Figure:
    said = any(name == mark.column for name, _ in figure.metadata)
    return replace(
        figure,
        subtitle=f"{figure.subtitle} – {mark.word}" if figure.subtitle else mark.word,
        note=f"{mark.sentence} {figure.note}".rstrip(),
        alt=f"{mark.sentence} {figure.alt}" if figure.alt else "",
        metadata=figure.metadata if said else (*figure.metadata, (mark.column, mark.sentence)),
        frame=figure.frame.assign(**{mark.column: mark.word}) if rows else figure.frame,
    )
