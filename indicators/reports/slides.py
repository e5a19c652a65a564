"""The report as slides, 16:9: one finding a slide, a chart that PowerPoint draws, source and state in the notes."""

import io
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Emu, Pt

from indicators import german
from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.reports import names
from indicators.reports.columns import widths
from indicators.reports.markdown import Block, Form
from indicators.reports.native_chart import FONT, LINES, chart_data, dress, settled
from indicators.reports.report import Chapter, Entry, Exhibit, Report, Written

LABEL = "PowerPoint-Präsentation (PPTX)"
SUFFIX = ".pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
LEFT, INNER, TOP = Cm(1.6), Cm(30.6), Cm(3.5)
ACCENT, INK, SOFT = RGBColor(0x0A, 0x4B, 0x78), RGBColor(0x1D, 0x28, 0x30), RGBColor(0x55, 0x61, 0x6A)
RULE, TINT = "CFD8DE", "F3F6F8"
MOST_ROWS = 11
LONGEST_TEXT = 700
COVER, TITLED = 0, 5
"""Which of the template's layouts: with title and subtitle, and with a title alone."""


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
        self.slides = Presentation()
        _widen(self.slides)
        properties = self.slides.core_properties
        properties.title, properties.author = printable(f"{report.named} – {report.city}"), printable(report.city)
        properties.language, properties.last_modified_by, properties.revision = "de-DE", printable(report.city), 1
        properties.created = properties.modified = datetime(2000, 1, 1)  # the report's own is put in at the end

    def fill(self) -> None:
        report = self.report
        self._cover()
        self._texts(report.front, report.title)
        if report.overview:
            self._table(report.overview, "Auf einen Blick: Stand der Ziele nach Handlungsfeldern")
        for chapter in report.chapters:
            self._chapter(chapter)
        self._texts(report.measures, report.title)
        self._signs()

    def _cover(self) -> None:
        report = self.report
        slide = self.slides.slides.add_slide(self.slides.slide_layouts[COVER])
        title, below = slide.shapes.title, slide.placeholders[1]
        title.left, title.top, title.width, title.height = LEFT, Cm(5.2), INNER, Cm(3.2)
        below.left, below.top, below.width, below.height = LEFT, Cm(8.8), INNER, Cm(5)
        title.text_frame.text = printable(report.named)
        below.text_frame.text = printable(
            f"{report.city}\n{report.subtitle}\n{german.day(report.day)} · {report.state}"
        )
        for line in below.text_frame.paragraphs:
            line.alignment = PP_ALIGN.LEFT
            line.font.size, line.font.color.rgb = Pt(20), INK
        title.text_frame.paragraphs[0].font.size = Pt(44)
        _note(slide, report.note or report.state)
        if report.note:
            _words(slide, report.note, Cm(15.6), 12)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.overview:
            self._table(chapter.overview, f"{chapter.code} {chapter.title}")
        self._texts(chapter.written, f"{chapter.code} {chapter.title}")
        for entry in chapter.entries:
            self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        status = f": {entry.verdicts[0].status[2:]}" if entry.verdicts else ""
        if entry.shown and entry.shown.chart:
            said = " ".join(_plain(one) for one in entry.written)
            self._chart(entry.shown, f"{entry.code} {entry.title}{status}", entry.finding, said)
        for verdict in entry.verdicts:
            if verdict.chart:
                head = f"{entry.code} {verdict.title or entry.title}: {verdict.status[2:]}"
                self._chart(verdict.chart, head, verdict.sentence, "")
            if verdict.steps:
                self._table(verdict.steps, f"{entry.code} {entry.title}: {verdict.steps.figure.title}")

    def _chart(self, exhibit: Exhibit, title: str, sentence: str, said: str) -> None:
        figure = exhibit.figure
        slide = self._titled(title)
        _words(slide, sentence, Cm(2.9), 16)
        frame = slide.shapes.add_chart(LINES, LEFT, Cm(4.9), INNER, Cm(11.9), chart_data(figure))
        dress(frame.chart, figure, 14)
        _describe(frame, figure)
        about = " · ".join(part for part in (names.number_of(exhibit), figure.subtitle, figure.source) if part)
        _words(slide, about, Cm(16.95), 12, soft=True)
        _note(
            slide, "\n".join(part for part in (said, figure.note, figure.source, self.report.state, figure.alt) if part)
        )

    def _table(self, exhibit: Exhibit, title: str) -> None:
        """As many slides as the rows take."""
        figure = exhibit.figure
        rows = figure.texts().to_numpy().tolist()
        parts = [rows[at : at + MOST_ROWS] for at in range(0, len(rows), MOST_ROWS)] or [[]]
        for number, part in enumerate(parts, start=1):
            slide = self._titled(title if len(parts) == 1 else f"{title} ({number}/{len(parts)})")
            frame = slide.shapes.add_table(1 + len(part), len(figure.columns), LEFT, TOP, INNER, Cm(1))
            _fill(frame.table, figure, part)
            _describe(frame, figure)
            about = " · ".join(part for part in (names.number_of(exhibit), figure.note) if part)
            _words(slide, about, Cm(16.95), 12, soft=True)
            _note(slide, "\n".join(said for said in (figure.note, figure.source, self.report.state) if said))

    def _texts(self, written: tuple[Written, ...], title: str) -> None:
        for one in written:
            slide = self._titled(f"{title}: {one.heading}")
            box = slide.shapes.add_textbox(LEFT, TOP, INNER, Cm(13))
            frame = box.text_frame
            frame.word_wrap = True
            size = 18 if len(_plain(one)) <= LONGEST_TEXT else 14 if len(_plain(one)) <= 2 * LONGEST_TEXT else 11
            for block in one.blocks:
                _lines(frame, block, size)
            _note(slide, "\n".join(said for said in (one.stale, one.dated, self.report.state) if said))

    def _signs(self) -> None:
        slide = self._titled("Zeichen und Stand der Daten")
        box = slide.shapes.add_textbox(LEFT, TOP, INNER, Cm(13))
        box.text_frame.word_wrap = True
        pairs = [*self.report.statuses, *self.report.signs]
        for sign, meaning in pairs:
            line = _next_line(box.text_frame)
            run = line.add_run()
            run.text, run.font.bold = printable(f"{sign}  "), True
            line.add_run().text = printable(meaning)
            line.font.size = Pt(14)
        _words(slide, self.report.state, Cm(16.95), 12, soft=True)
        _note(slide, "\n".join(f"{name}: {said}" for name, said in self.report.about))

    def _titled(self, title: str) -> Any:
        slide = self.slides.slides.add_slide(self.slides.slide_layouts[TITLED])
        shape = slide.shapes.title
        shape.text_frame.text = printable(title)
        if len(title) > LONG_TITLE:
            shape.text_frame.paragraphs[0].font.size = Pt(22)
        return slide


LONG_TITLE = 75


def _widen(slides: Any) -> None:
    """From python-pptx's 4:3 template to 16:9, with our letters: places are made wider, titles stand on the left."""
    factor = WIDTH / slides.slide_width
    slides.slide_width, slides.slide_height = Emu(int(WIDTH)), Emu(int(HEIGHT))
    master = slides.slide_master
    for part in (master, *master.slide_layouts):
        for offset in part.element.iter(qn("a:off")):
            offset.set("x", str(int(int(offset.get("x")) * factor)))
        for extent in part.element.iter(qn("a:ext")):
            if extent.get("cx"):
                extent.set("cx", str(int(int(extent.get("cx")) * factor)))
    for holder in (master, slides.slide_layouts[TITLED]):
        for shape in holder.placeholders:
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top, shape.width, shape.height = LEFT, Cm(0.7), INNER, Cm(2.1)
    for level in master.element.iter(qn("p:titleStyle")):
        properties = level.find(qn("a:lvl1pPr"))
        properties.set("algn", "l")
        run = properties.find(qn("a:defRPr"))
        run.set("sz", "2600")
        run.set("b", "1")
        for old in run.findall(qn("a:solidFill")):
            run.remove(old)
        fill = etree.Element(qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr")).set("val", str(ACCENT))
        run.insert(0, fill)
    _letters(master)


def _letters(master: Any) -> None:
    """Arial in the theme, German in the defaults."""
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    root = etree.fromstring(theme.blob)
    for font in ("majorFont", "minorFont"):
        for latin in root.iter(qn(f"a:{font}")):
            latin.find(qn("a:latin")).set("typeface", FONT)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _words(slide: Any, text: str, top: Any, size: int, *, soft: bool = False) -> None:
    box = slide.shapes.add_textbox(LEFT, top, INNER, Cm(1.2))
    box.text_frame.word_wrap = True
    line = box.text_frame.paragraphs[0]
    line.add_run().text = printable(text)
    line.font.size, line.font.color.rgb = Pt(size), SOFT if soft else INK
    _in_german(line)


def _lines(frame: Any, block: Block, size: int) -> None:
    for number, item in enumerate(block.items, start=1):
        line = _next_line(frame)
        mark = {Form.BULLETS: "•  ", Form.NUMBERS: f"{number}.  "}.get(block.form, "")
        if mark:
            line.add_run().text = mark
        for piece in item:
            run = line.add_run()
            run.text, run.font.bold, run.font.italic = printable(piece.text), piece.bold or None, piece.italic or None
        line.font.size, line.font.color.rgb, line.space_after = Pt(size), INK, Pt(6)
        _in_german(line)


def _next_line(frame: Any) -> Any:
    first = frame.paragraphs[0]
    return first if len(frame.paragraphs) == 1 and not first.runs else frame.add_paragraph()


def _in_german(line: Any) -> None:
    for run in line.runs:
        run._r.get_or_add_rPr().set("lang", "de-DE")


def _note(slide: Any, text: str) -> None:
    slide.notes_slide.notes_text_frame.text = printable(text)


def _describe(frame: Any, figure: Figure) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(figure.alt or figure.title))


def _fill(table: Any, figure: Figure, rows: list[list[str]]) -> None:
    shares = widths(figure)
    for place, share in enumerate(shares):
        table.columns[place].width = Emu(int(INNER * share / sum(shares)))
    heads = [names.heading(figure, column) for column in figure.columns]
    table.horz_banding = False
    for line, texts in enumerate([heads, *rows]):
        table.rows[line].height = Cm(1.0)
        for place, text in enumerate(texts):
            right = figure.columns[place] in figure.decimals
            _cell(table.cell(line, place), str(text), right=right, head=line == 0, strong=texts[0] == "Insgesamt")


def _cell(cell: Any, text: str, *, right: bool, head: bool, strong: bool) -> None:
    line = cell.text_frame.paragraphs[0]
    line.add_run().text = printable(text)
    line.font.size, line.font.bold, line.font.color.rgb = Pt(12), head or strong, INK
    line.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _in_german(line)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Cm(0.1)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(TINT if head else "FFFFFF")
    border = etree.SubElement(cell._tc.get_or_add_tcPr(), qn("a:lnB"), w=str(19050 if head else 9525))
    fill = etree.SubElement(border, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", str(ACCENT) if head else RULE)
    properties = cell._tc.tcPr
    properties.insert(0, border)


def _plain(written: Written) -> str:
    return f"{written.heading}: " + " ".join(
        run.text for block in written.blocks for item in block.items for run in item
    )
