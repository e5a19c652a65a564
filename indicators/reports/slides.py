"""The report as slides, 16:9: one finding a slide, a chart that PowerPoint draws, source and state in the notes."""

import io

from pptx.util import Cm, Pt

from indicators import german
from indicators.exports.texts import printable
from indicators.reports import names
from indicators.reports import slide_parts as parts
from indicators.reports.native_chart import settled
from indicators.reports.report import Chapter, Entry, Exhibit, Report, Written

LABEL = "PowerPoint-Präsentation (PPTX)"
SUFFIX = ".pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

MOST_ROWS = 11
LONGEST_TEXT = 700


def render(report: Report) -> bytes:
    """The same report gives the same bytes."""
    deck = _Deck(report)
    deck.fill()
    content = io.BytesIO()
    deck.slides.save(content)
    return settled(content.getvalue(), report.moment)


class _Deck:
    """Puts slide after slide."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.slides = parts.blank(report.imprint)

    def fill(self) -> None:
        report = self.report
        self._cover()
        self._texts(report.front, report.title)
        if report.overview:
            self._table(report.overview, "Auf einen Blick: Stand der Ziele nach Handlungsfeldern")
        for chapter in report.chapters:
            self._chapter(chapter)
        for section in report.sections:
            for exhibit in section.exhibits:
                self._table(exhibit, exhibit.figure.title)
        self._texts(report.measures, report.title)
        self._signs()

    def _cover(self) -> None:
        report = self.report
        below = f"{report.city}\n{report.subtitle}\n{german.day(report.day)} · {report.state}"
        slide = parts.cover(self.slides, report.named, below)
        parts.note(slide, report.note or report.state)
        if report.note:
            parts.words(slide, report.note, Cm(15.6), 12)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.overview:
            self._table(chapter.overview, f"{chapter.code} {chapter.title}")
        self._texts(chapter.written, f"{chapter.code} {chapter.title}")
        for entry in chapter.entries:
            self._entry(entry)
        if chapter.measures:
            self._table(chapter.measures, f"{chapter.code} {chapter.title}: Maßnahmen")

    def _entry(self, entry: Entry) -> None:
        status = f": {entry.verdicts[0].status[2:]}" if entry.verdicts else ""
        if entry.shown and entry.shown.chart:
            said = " ".join(_plain(one) for one in entry.written)
            self._chart(entry.shown, f"{entry.code} {entry.title}{status}", entry.finding, said)
        if entry.map:
            self._chart(entry.map, f"{entry.code} {entry.map.figure.title}", entry.map.figure.alt, "")
            self._table(entry.map, f"{entry.code} {entry.map.figure.title}")
        for verdict in entry.verdicts:
            if verdict.chart:
                head = f"{entry.code} {verdict.title or entry.title}: {verdict.status[2:]}"
                self._chart(verdict.chart, head, verdict.sentence, "")
            if verdict.steps:
                self._table(verdict.steps, f"{entry.code} {entry.title}: {verdict.steps.figure.title}")

    def _chart(self, exhibit: Exhibit, title: str, sentence: str, said: str) -> None:
        figure = exhibit.figure
        slide = parts.titled(self.slides, title)
        parts.words(slide, sentence, Cm(2.9), 16)
        parts.chart(slide, figure, (parts.LEFT, Cm(4.9), parts.INNER, Cm(11.9)), 14)
        about = " · ".join(part for part in (names.number_of(exhibit), figure.subtitle, figure.source) if part)
        parts.words(slide, about, Cm(16.95), 12, soft=True)
        parts.note(
            slide, "\n".join(part for part in (said, figure.note, figure.source, self.report.state, figure.alt) if part)
        )

    def _table(self, exhibit: Exhibit, title: str) -> None:
        """As many slides as the rows take."""
        figure = exhibit.figure
        rows = figure.rows
        pages = [rows[at : at + MOST_ROWS] for at in range(0, len(rows), MOST_ROWS)] or [[]]
        for number, part in enumerate(pages, start=1):
            slide = parts.titled(self.slides, title if len(pages) == 1 else f"{title} ({number}/{len(pages)})")
            parts.table(slide, figure, part)
            about = " · ".join(part for part in (names.number_of(exhibit), figure.note) if part)
            parts.words(slide, about, Cm(16.95), 12, soft=True)
            parts.note(slide, "\n".join(said for said in (figure.note, figure.source, self.report.state) if said))

    def _texts(self, written: tuple[Written, ...], title: str) -> None:
        for one in written:
            slide = parts.titled(self.slides, f"{title}: {one.heading}")
            box = slide.shapes.add_textbox(parts.LEFT, parts.TOP, parts.INNER, Cm(13))
            frame = box.text_frame
            frame.word_wrap = True
            size = 18 if len(_plain(one)) <= LONGEST_TEXT else 14 if len(_plain(one)) <= 2 * LONGEST_TEXT else 11
            for block in one.blocks:
                parts.lines(frame, block, size)
            parts.note(slide, "\n".join(said for said in (one.stale, one.dated, self.report.state) if said))

    def _signs(self) -> None:
        slide = parts.titled(self.slides, "Zeichen und Stand der Daten")
        box = slide.shapes.add_textbox(parts.LEFT, parts.TOP, parts.INNER, Cm(13))
        box.text_frame.word_wrap = True
        pairs = [*self.report.statuses, *self.report.signs]
        for sign, meaning in pairs:
            line = parts.next_line(box.text_frame)
            run = line.add_run()
            run.text, run.font.bold = printable(f"{sign}  "), True
            line.add_run().text = printable(meaning)
            line.font.size = Pt(14)
        parts.words(slide, self.report.state, Cm(16.95), 12, soft=True)
        parts.note(slide, "\n".join(f"{name}: {said}" for name, said in self.report.about))


def _plain(written: Written) -> str:
    return f"{written.heading}: " + " ".join(
        run.text for block in written.blocks for item in block.items for run in item
    )
