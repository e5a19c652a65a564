"""What every deck of ours is made of: 16:9 pages with a title, words, tables, charts, and notes."""

import io
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Emu, Pt

from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.figures.chart import chart as chart_of
from indicators.reports import drawing, names
from indicators.reports.columns import widths
from indicators.reports.imprint import Imprint
from indicators.reports.markdown import Block, Form
from indicators.reports.native_chart import FONT, LINES, chart_data, dress
from indicators.reports.pictures import pngs

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
LEFT, INNER, TOP = Cm(1.6), Cm(30.6), Cm(3.5)
ACCENT, INK, SOFT = RGBColor(0x0A, 0x4B, 0x78), RGBColor(0x1D, 0x28, 0x30), RGBColor(0x55, 0x61, 0x6A)
RULE, TINT = "CFD8DE", "F3F6F8"
COVER, TITLED = 0, 5
"""Which of the template's layouts: with title and subtitle, and with a title alone."""
LONG_TITLE = 75


def blank(imprint: Imprint) -> Any:
    """A presentation without slides, which says what it is."""
    slides = Presentation()
    _widen(slides)
    properties = slides.core_properties
    properties.title, properties.author = printable(f"{imprint.title} – {imprint.city}"), printable(imprint.city)
    properties.language, properties.last_modified_by, properties.revision = "de-DE", printable(imprint.city), 1
    properties.created = properties.modified = datetime(2000, 1, 1)  # the file's own is put in at the end
    return slides


def cover(slides: Any, title: str, below: str) -> Any:
    """The first slide; `below` stands under the title, line by line."""
    slide = slides.slides.add_slide(slides.slide_layouts[COVER])
    head, body = slide.shapes.title, slide.placeholders[1]
    head.left, head.top, head.width, head.height = LEFT, Cm(5.2), INNER, Cm(3.2)
    body.left, body.top, body.width, body.height = LEFT, Cm(8.8), INNER, Cm(5)
    head.text_frame.text, body.text_frame.text = printable(title), printable(below)
    for line in body.text_frame.paragraphs:
        line.alignment = PP_ALIGN.LEFT
        line.font.size, line.font.color.rgb = Pt(20), INK
    head.text_frame.paragraphs[0].font.size = Pt(44)
    return slide


def titled(slides: Any, title: str) -> Any:
    slide = slides.slides.add_slide(slides.slide_layouts[TITLED])
    shape = slide.shapes.title
    shape.text_frame.text = printable(title)
    if len(title) > LONG_TITLE:
        shape.text_frame.paragraphs[0].font.size = Pt(22)
    return slide


def chart(slide: Any, figure: Figure, box: tuple[Any, Any, Any, Any], size: float, width: int = drawing.WIDTH) -> None:
    """A chart that PowerPoint draws, or its picture where it has none, with its words for those who cannot see it;
    `size` of its type in points, `width` of its picture in pixels: the narrower, the larger its letters."""
    if figure.pictured:
        _picture(slide, figure, box, width)
        return
    drawn = chart_of(figure)
    frame = slide.shapes.add_chart(LINES, *box, chart_data(drawn))
    dress(frame.chart, drawn, size)
    _describe(frame, figure)


def _picture(slide: Any, figure: Figure, box: tuple[Any, Any, Any, Any], width: int) -> None:
    """As large as fits into the box."""
    left, top, wide, high = box
    [drawn] = pngs([drawing.svg(figure, width)])
    shown = slide.shapes.add_picture(io.BytesIO(drawn), left, top, height=Emu(int(high)))
    if shown.width > int(wide):
        shown.height, shown.width = Emu(int(shown.height * int(wide) / shown.width)), Emu(int(wide))
    shown._element.nvPicPr.cNvPr.set("descr", printable(figure.alt))


def table(slide: Any, figure: Figure, rows: list[list[str]], size: float = 12) -> None:
    """These rows of the figure's table, under its heads."""
    frame = slide.shapes.add_table(1 + len(rows), len(figure.columns), LEFT, TOP, INNER, Cm(1))
    _fill(frame.table, figure, rows, size)
    _describe(frame, figure)


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


def words(slide: Any, text: str, top: Any, size: int, *, soft: bool = False) -> None:
    box = slide.shapes.add_textbox(LEFT, top, INNER, Cm(1.2))
    box.text_frame.word_wrap = True
    line = box.text_frame.paragraphs[0]
    line.add_run().text = printable(text)
    line.font.size, line.font.color.rgb = Pt(size), SOFT if soft else INK
    in_german(line)


def lines(frame: Any, block: Block, size: int) -> None:
    for number, item in enumerate(block.items, start=1):
        line = next_line(frame)
        mark = {Form.BULLETS: "•  ", Form.NUMBERS: f"{number}.  "}.get(block.form, "")
        if mark:
            line.add_run().text = mark
        for piece in item:
            run = line.add_run()
            run.text, run.font.bold, run.font.italic = printable(piece.text), piece.bold or None, piece.italic or None
        line.font.size, line.font.color.rgb, line.space_after = Pt(size), INK, Pt(6)
        in_german(line)


def next_line(frame: Any) -> Any:
    first = frame.paragraphs[0]
    return first if len(frame.paragraphs) == 1 and not first.runs else frame.add_paragraph()


def in_german(line: Any) -> None:
    for run in line.runs:
        run._r.get_or_add_rPr().set("lang", "de-DE")


def note(slide: Any, text: str) -> None:
    slide.notes_slide.notes_text_frame.text = printable(text)


def _describe(frame: Any, figure: Figure) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(figure.alt or figure.title))


def _fill(table: Any, figure: Figure, rows: list[list[str]], size: float) -> None:
    shares = widths(figure)
    for place, share in enumerate(shares):
        table.columns[place].width = Emu(int(INNER * share / sum(shares)))
    heads = [names.heading(figure, column) for column in figure.columns]
    table.horz_banding = False
    for line, texts in enumerate([heads, *rows]):
        table.rows[line].height = Cm(1.0)
        for place, text in enumerate(texts):
            right = figure.columns[place] in figure.decimals
            strong = line == 0 or texts[0] == "Insgesamt"
            _cell(table.cell(line, place), str(text), size, right=right, head=line == 0, strong=strong)


def _cell(cell: Any, text: str, size: float, *, right: bool, head: bool, strong: bool) -> None:
    line = cell.text_frame.paragraphs[0]
    line.add_run().text = printable(text)
    line.font.size, line.font.bold, line.font.color.rgb = Pt(size), strong, INK
    line.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    in_german(line)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Cm(0.1)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(TINT if head else "FFFFFF")
    border = etree.SubElement(cell._tc.get_or_add_tcPr(), qn("a:lnB"), w=str(19050 if head else 9525))
    fill = etree.SubElement(border, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", str(ACCENT) if head else RULE)
    properties = cell._tc.tcPr
    properties.insert(0, border)
