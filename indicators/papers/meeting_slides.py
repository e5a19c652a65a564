"""A meeting's slides as PowerPoint, 16:9: one finding a slide, with a chart that PowerPoint draws itself."""

import io
from typing import Any

from pptx.util import Cm, Pt

from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.knowledge.slides import SlideKind
from indicators.papers import spoken
from indicators.papers.handout import Handout, Page
from indicators.papers.spoken import Line
from indicators.reports import slide_parts as parts
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
LETTER, LEADING = 0.55, 1.3
"""Of a letter's height: its mean width, and the distance of two lines."""
LINES_OF_ROWS = 16
"""So many lines a table of decisions has room for on a slide."""
LETTERS_OF_A_LINE = 36


def render(found: Handout) -> bytes:
    """The same meeting gives the same bytes."""
    slides = parts.blank(found.imprint)
    for page in found.pages:
        if page.kind is SlideKind.TITLE and page.key == SlideKind.TITLE.value:
            _opening(slides, found)
        elif page.kind in (SlideKind.OPEN_DECISIONS, SlideKind.DECISIONS):
            _decisions(slides, found, page)
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
        _rows(slide, page)
    else:
        if figure is not None:
            parts.chart(slide, figure, CHART, 14)
        _text(slide, [(page.status, ""), *spoken.beside(page)], BESIDE)
    _text(slide, spoken.below(page, found), BELOW)
    parts.words(slide, spoken.foot(found), FOOT, 12, soft=True)
    _noted(slide, found, page.sentence, figure)


def _rows(slide: Any, page: Page) -> None:
    """A field or goal: its indicators as a table, what changed under it."""
    assert page.shown
    rows = page.shown.figure.texts().to_numpy().tolist()
    parts.table(slide, page.shown.figure, rows, 16)
    said = [f"Und {page.more} weitere, die besser stehen."] if page.more else []
    lines = [("", one) for one in said] + spoken.beside(page)
    top = int(parts.TOP) + int(Cm(1.0)) * (len(rows) + 1)
    _text(slide, lines, (parts.LEFT, Cm(top / 360000 + 0.2), parts.INNER, Cm(13.3 - top / 360000)))


def _decisions(slides: Any, found: Handout, page: Page) -> None:
    """As many slides as the table takes; nothing is cut."""
    figure = found.waiting if page.kind is SlideKind.OPEN_DECISIONS else found.decided
    rows = figure.texts().to_numpy().tolist() if figure is not None else []
    pages = paged(rows)
    for number, part in enumerate(pages, start=1):
        slide = parts.titled(slides, page.title if len(pages) == 1 else f"{page.title} ({number}/{len(pages)})")
        if figure is not None:
            parts.table(slide, figure, part, 16)
        if number == len(pages) and page.kind is SlideKind.OPEN_DECISIONS and found.settled:
            done = [("Seit der letzten Sitzung erledigt", spoken.worded(one)) for one in found.settled]
            _text(slide, done, BELOW)
        parts.words(slide, spoken.foot(found), FOOT, 12, soft=True)
        _noted(slide, found, "", figure)


def paged(rows: list[list[str]]) -> list[list[list[str]]]:
    """The rows of a table in as many parts as it needs slides; a row counts the lines of its longest cell."""
    found: list[list[list[str]]] = [[]]
    room = LINES_OF_ROWS
    for row in rows:
        lines = max(1, -(-max(map(len, row)) // LETTERS_OF_A_LINE))
        if lines > room and found[-1]:
            found.append([])
            room = LINES_OF_ROWS
        found[-1].append(row)
        room -= lines
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
        letters = max(1, int((width - 15) / (size * LETTER)))
        needed = sum(-(-len(line) // letters) * LEADING + SPACE for line in lines) * size + 8
        if needed <= height:
            return size
    return SIZES[-1]


def _noted(slide: Any, found: Handout, sentence: str, figure: Figure | None = None) -> None:
    """Source and state of the data, where whoever speaks looks them up."""
    own = (figure.note, figure.source, figure.alt) if figure is not None else ()
    about = [f"{name}: {said}" for name, said in found.about]
    parts.note(slide, "\n".join(dict.fromkeys(one for one in (sentence, *own, found.state, *about) if one)))
