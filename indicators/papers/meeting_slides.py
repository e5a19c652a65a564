"""A meeting's slides as PowerPoint, 16:9: one finding a slide, with a chart that PowerPoint draws itself."""

import io
from typing import Any

from pptx.util import Cm, Emu, Pt

from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.knowledge.slides import CYCLE, SlideKind
from indicators.papers import spoken
from indicators.papers.handout import WALL_WIDTH, Handout, Page
from indicators.papers.spoken import Line
from indicators.reports import slide_parts as parts
from indicators.reports.measured import height as height_of
from indicators.reports.measured import row_heights
from indicators.reports.native_chart import settled

LABEL = "Folien (PowerPoint)"
NAME = "folien"
SUFFIX = ".pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

CHART = (parts.LEFT, Cm(3.1), Cm(19.4), Cm(10.2))
BESIDE = (Cm(21.4), Cm(3.1), Cm(10.8), Cm(10.2))
BELOW = (parts.LEFT, Cm(13.5), parts.INNER, Cm(3.9))
FOOT = Cm(17.6)
SIZES = (20, 18, 16, 14, 12, 11, 10, 9, 8)
TABLE_SIZES = (16, 14, 12, 11, 10)
ROW, CELL, CELL_MARGINS = Cm(1) / 12700, Cm(0.3) / 12700, Cm(0.6) / 12700
"""The least height of a row, and what is left free above and below, and beside, the text of a cell; in points."""
GAP = Cm(0.3)
A_LINE = Cm(0.9)
"""What a line below a table needs at least."""


def render(found: Handout) -> bytes:
    """The same meeting gives the same bytes."""
    slides = parts.blank(found.imprint)
    for page in found.pages:
        if page.kind is SlideKind.TITLE and page.key == SlideKind.TITLE.value:
            _opening(slides, found)
        elif page.kind in (SlideKind.OPEN_DECISIONS, SlideKind.DECISIONS):
            _decisions(slides, found, page)
        elif page.kind in CYCLE:
            _listed(slides, found, page, page.shown.figure if page.shown else None, spoken.below(page, found))
        elif page.kind is not SlideKind.TITLE:
            _finding(slides, found, page)
    content = io.BytesIO()
    slides.save(content)
    return settled(content.getvalue(), found.known)


def _opening(slides: Any, found: Handout) -> None:
    slide = parts.cover(slides, found.title, "\n".join(spoken.opening(found)))
    frame = slide.placeholders[1].text_frame
    if len(frame.paragraphs) > MOST_OPENING:
        for line in frame.paragraphs:
            line.font.size = Pt(14)
    if found.note:
        parts.words(slide, found.note, Cm(16.4), 12, soft=True)
    _noted(slide, found, "")


MOST_OPENING = 7


def _finding(slides: Any, found: Handout, page: Page) -> None:
    slide = parts.titled(slides, page.title)
    figure = page.shown.figure if page.shown else None
    if page.shown and page.shown.table:
        _rows(slide, found, page)
    else:
        if figure is not None:
            parts.chart(slide, figure, CHART, 14, WALL_WIDTH)
        status = [(page.status, "")] if page.status else []
        _text(slide, [*status, *spoken.beside(page)], BESIDE)
    _text(slide, spoken.below(page, found), BELOW)
    parts.words(slide, spoken.foot(found), FOOT, 12, soft=True)
    _noted(slide, found, page.sentence, figure)


def _rows(slide: Any, found: Handout, page: Page) -> None:
    """A field or goal: its indicators as a table, in the largest letters with which what changed has room below."""
    assert page.shown
    figure = page.shown.figure
    rows = figure.rows
    more = [("", f"Und {page.more} weitere, die besser stehen.")] if page.more else []
    lines = [*more, *spoken.beside(page)]
    end = int(BELOW[1] if spoken.below(page, found) else FOOT)
    room = end - int(parts.TOP) - int(GAP) - int(A_LINE) * len(lines)
    heights = {size: int(12700 * sum(table_heights(figure, rows, size))) for size in TABLE_SIZES}
    size = next((one for one in TABLE_SIZES if heights[one] <= room), TABLE_SIZES[-1])
    parts.table(slide, figure, rows, size)
    top = int(parts.TOP) + heights[size] + int(GAP)
    _text(slide, lines, (parts.LEFT, Emu(top), parts.INNER, Emu(max(end - top, int(A_LINE)))))


def table_heights(figure: Figure, rows: list[list[str]], size: float) -> list[float]:
    """Of the head and each row as PowerPoint will make them, in points."""
    found = row_heights(figure, [figure.columns, *rows], int(parts.INNER) / 12700, size, CELL_MARGINS)
    return [max(ROW, one + CELL) for one in found]


def _decisions(slides: Any, found: Handout, page: Page) -> None:
    figure = found.waiting if page.kind is SlideKind.OPEN_DECISIONS else found.decided
    done = [("Seit der letzten Sitzung erledigt", spoken.worded(one)) for one in found.settled]
    _listed(slides, found, page, figure, done if page.kind is SlideKind.OPEN_DECISIONS else [])


def _listed(slides: Any, found: Handout, page: Page, figure: Figure | None, done: list[Line]) -> None:
    """As many slides as the table takes, with what is said below on the last; nothing is cut."""
    rows = figure.rows if figure is not None else []
    pages = paged(figure, rows, int(BELOW[1] if done else FOOT)) if figure is not None else [[]]
    for number, part in enumerate(pages, start=1):
        slide = parts.titled(slides, page.title if len(pages) == 1 else f"{page.title} ({number}/{len(pages)})")
        if figure is not None:
            parts.table(slide, figure, part, TABLE_SIZES[0])
        if number == len(pages):
            _text(slide, done, BELOW)
        parts.words(slide, spoken.foot(found), FOOT, 12, soft=True)
        _noted(slide, found, "", figure)


def paged(figure: Figure, rows: list[list[str]], end: int) -> list[list[list[str]]]:
    """The rows of a table in as many parts as it needs slides, each ending above `end`."""
    head, *heights = table_heights(figure, rows, TABLE_SIZES[0])
    whole = (end - int(parts.TOP)) / 12700 - head
    found: list[list[list[str]]] = [[]]
    room = whole
    for row, needed in zip(rows, heights, strict=True):
        if needed > room and found[-1]:
            found.append([])
            room = whole
        found[-1].append(row)
        room -= needed
    return found


def _text(slide: Any, lines: list[Line], box: tuple[Any, Any, Any, Any]) -> None:
    """Lines in the largest letters with which they fit the box."""
    if not lines:
        return
    shape = slide.shapes.add_textbox(*box)
    frame = shape.text_frame
    frame.word_wrap = True
    size = _fitting([f"{term}: {said}" for term, said in lines], box[2] / 12700, box[3] / 12700)
    for term, said in lines:
        line = parts.next_line(frame)
        if term:
            run = line.add_run()
            run.text, run.font.bold = printable(f"{term}: " if said else term), True
        line.add_run().text = printable(said)
        line.font.size, line.font.color.rgb, line.space_after = Pt(size), parts.INK, Pt(size * SPACE)
        parts.in_german(line)


SPACE = 0.3


def _fitting(lines: list[str], width: float, height: float) -> int:
    """Width and height in points."""
    for size in SIZES:
        if sum(height_of(line, width - 15, size) + SPACE * size for line in lines) + 8 <= height:
            return size
    return SIZES[-1]


def _noted(slide: Any, found: Handout, sentence: str, figure: Figure | None = None) -> None:
    """Source and state of the data, where whoever speaks looks them up."""
    own = (spoken.in_full(figure), figure.note, figure.source, figure.alt) if figure is not None else ()
    about = [f"{name}: {said}" for name, said in found.about]
    parts.note(slide, "\n".join(dict.fromkeys(one for one in (sentence, *own, found.state, *about) if one)))
