"""What python-docx leaves out: captions that count, lists of them, tables with heads, charts that Word draws."""

import io
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree
from pptx import Presentation
from pptx.util import Emu

from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.figures.chart import chart as chart_of
from indicators.reports import drawing, names
from indicators.reports.columns import MANY
from indicators.reports.native_chart import LINES, chart_data, dress
from indicators.reports.pictures import pngs

WIDTH, HEIGHT = Cm(16), Cm(8.6)
TYPE = 9.0
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SOFT = RGBColor(0x55, 0x61, 0x6A)
FILL_IN = "bitte ergänzen"
HEAD_TINT, RULE, ACCENT = "F3F6F8", "CFD8DE", "0A4B78"


class Numbers:
    """Running numbers of bookmarks, drawings and chart parts within one document; `board` is a slide on which its
    charts are made."""

    def __init__(self) -> None:
        self.bookmarks = self.drawings = self.charts = 0
        slides = Presentation()
        self.board = slides.slides.add_slide(slides.slide_layouts[6])


def styled(document: Any, name: str) -> str | None:
    """The style's name where the template has it."""
    return name if name in _styles(document.part) else None


@lru_cache(maxsize=4)
def _styles(part: Any) -> frozenset[str]:
    return frozenset(style.name for style in part.document.styles)


def paragraph(document: Any, text: str, style: str | None = None) -> Any:
    return document.add_paragraph(printable(text), style=styled(document, style) if style else None)


def small(document: Any, text: str, *, leads: bool = False) -> None:
    """`leads`: it stays on the page of what follows."""
    found = paragraph(document, text)
    found.paragraph_format.keep_with_next = leads
    found.paragraph_format.space_after = Pt(3)
    for run in found.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT


def to_fill(paragraph: Any, shown: str = FILL_IN) -> None:
    """What nobody here can know stands as a field to be filled, seen at once."""
    paragraph.add_run(printable(shown)).font.highlight_color = WD_COLOR_INDEX.YELLOW


def bookmarked(paragraph: Any, numbers: Numbers, name: str) -> None:
    """Marks the paragraph, so that lists can lead to it."""
    numbers.bookmarks += 1
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(numbers.bookmarks))
    begin.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, begin)
    paragraph._p.append(end)


def field(paragraph: Any, instruction: str, shown: str, *, fresh: bool = False) -> None:
    """A field with what it shows until Word works it out; `fresh` has Word do so when the file is opened."""
    for kind, text in (("begin", ""), ("instr", instruction), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()._r
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            if kind == "begin" and fresh:
                element.set(qn("w:dirty"), "true")
        run.append(element)


def caption(document: Any, numbers: Numbers, word: str, number: int, title: str) -> None:
    """„Abbildung 7: …“ with a field that counts."""
    found = document.add_paragraph(style=styled(document, "Caption"))
    found.paragraph_format.keep_with_next = True
    found.add_run(f"{word} ")
    field(found, f"SEQ {word} \\* ARABIC", str(number))
    found.add_run(f": {printable(title)}")
    bookmarked(found, numbers, mark(word, number))


def mark(word: str, number: int) -> str:
    return f"_{word}_{number:03}"


def listed(document: Any, instruction: str, entries: list[tuple[str, str, int]]) -> None:
    """A list that Word fills with pages when it updates its fields; until then it names the entries and leads there.

    `entries` are (bookmark, text, level).
    """
    for number, (anchor, text, level) in enumerate(entries):
        found = document.add_paragraph(style=styled(document, f"TOC {level}" if level else "Table of Figures"))
        found.paragraph_format.space_after = Pt(2)
        found.paragraph_format.left_indent = Cm(0.6 * max(0, level - 1))
        if number == 0:
            for kind in ("begin", "instr", "separate"):
                found._p.append(_field_run(kind, instruction))
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        link.set(qn("w:history"), "1")
        run = OxmlElement("w:r")
        shown = OxmlElement("w:t")
        shown.text = printable(text)
        run.append(shown)
        link.append(run)
        found._p.append(link)
        if number == len(entries) - 1:
            found._p.append(_field_run("end", ""))


def _field_run(kind: str, instruction: str) -> Any:
    run = OxmlElement("w:r")
    if kind == "instr":
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = f" {instruction} "
    else:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        if kind == "begin":
            element.set(qn("w:dirty"), "true")
    run.append(element)
    return run


def table(document: Any, figure: Figure, widths: list[float], description: str, size: float | None = None) -> None:
    """With a head that repeats on each page, rows that do not split, and its title and description; `size` of its type
    in points, by default what suits its columns.

    Cells that say FILL_IN are seen at once.

    Written as XML in one piece: cell by cell python-docx takes half a second for a table.
    """
    rows = figure.rows
    heads = [names.heading(figure, column) for column in figure.columns]
    shares = [round(int(WIDTH) / 635 * width / sum(widths)) for width in widths]  # in twentieths of a point
    points = size or (8.0 if len(shares) > MANY else 9.0)
    look = _Looks(tuple(column in figure.decimals for column in figure.columns), tuple(shares), points)
    lines = [look.row(heads, head=True), *(look.row(row, head=False) for row in rows)]
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    words = f'<w:tblCaption w:val="{_attribute(figure.title)}"/><w:tblDescription w:val="{_attribute(description)}"/>'
    made = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{CELL_MARGINS}{TABLE_LOOK}{words}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    document.element.body.insert(len(document.element.body) - 1, made)


MARKED = '<w:highlight w:val="yellow"/>'
TABLE_LOOK = (
    '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
    'w:noVBand="1"/>'
)
CELL_MARGINS = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'


@dataclass(frozen=True)
class _Looks:
    """How the cells of one table look: which columns hold numbers, how wide they are, how large type is."""

    numeric: tuple[bool, ...]
    widths: tuple[int, ...]
    points: float

    def row(self, texts: list[str], *, head: bool) -> str:
        strong = head or texts[0] == "Insgesamt"
        cells = (self._cell(str(text), place, head=head, strong=strong) for place, text in enumerate(texts))
        repeats = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, text: str, place: int, *, head: bool, strong: bool) -> str:
        colour, size = (ACCENT, 8) if head else (RULE, 4)
        tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_TINT}"/>' if head else ""
        align = '<w:jc w:val="right"/>' if self.numeric[place] else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self.widths[place]}" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" '
            f'w:sz="{size}" w:space="0" w:color="{colour}"/></w:tcBorders>{tint}</w:tcPr><w:p><w:pPr><w:spacing '
            f'w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>{align}</w:pPr><w:r><w:rPr>'
            f'{"<w:b/>" if strong else ""}<w:sz w:val="{round(2 * self.points)}"/>'
            f"{MARKED if text == FILL_IN else ''}</w:rPr>"
            f'<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r></w:p></w:tc>'
        )


def chart(document: Any, numbers: Numbers, figure: Figure) -> None:
    """The chart in a line of its own, with its words for those who cannot see it."""
    numbers.charts += 1
    numbers.drawings += 1
    xml, book = _chart_parts(numbers.board, figure)
    package = document.part.package
    sheet = Part(PackURI(f"/word/embeddings/diagramm{numbers.charts}.xlsx"), SHEET_TYPE, book, package)
    root = etree.fromstring(xml)
    part = Part(PackURI(f"/word/charts/chart{numbers.charts}.xml"), CHART_TYPE, b"", package)
    data = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    external = root.find(f"{{{CHART_NS}}}externalData")
    external.set(f"{{{RELATIONS}}}id", data)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    found = document.add_paragraph()
    found.paragraph_format.keep_with_next = True
    found.add_run()._r.append(parse_xml(_drawing(numbers.drawings, relation, figure)))


def picture(document: Any, numbers: Numbers, figure: Figure) -> None:
    """What Word has no chart for, in a line of its own, with its words for those who cannot see it."""
    numbers.drawings += 1
    [drawn] = pngs([drawing.svg(figure)])
    found = document.add_paragraph()
    found.paragraph_format.keep_with_next = True
    about = found.add_run().add_picture(io.BytesIO(drawn), width=WIDTH)._inline.docPr
    about.set("id", str(numbers.drawings))
    about.set("name", f"Bild {numbers.drawings}")
    about.set("descr", printable(figure.alt))
    about.set("title", printable(figure.title))


def _drawing(number: int, relation: str, figure: Figure) -> str:
    title, words = (_attribute(text) for text in (figure.title, figure.alt))
    return (
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(WIDTH)}" cy="{int(HEIGHT)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Diagramm {number}" descr="{words}" title="{title}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{CHART_NS}"><c:chart xmlns:c="{CHART_NS}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _attribute(text: str) -> str:
    clean = printable(text).replace("&", "&amp;").replace("<", "&lt;")
    return clean.replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def _chart_parts(board: Any, figure: Figure) -> tuple[bytes, bytes]:
    """The chart's XML and its workbook, made on a slide that is thrown away."""
    drawn = chart_of(figure)
    frame = board.shapes.add_chart(LINES, 0, 0, Emu(int(WIDTH)), Emu(int(HEIGHT)), chart_data(drawn))
    dress(frame.chart, drawn, TYPE)
    xml = etree.tostring(frame.chart._chartSpace)
    return bytes(xml), bytes(frame.chart.part.chart_workbook.xlsx_part.blob)


def blank(template: bytes) -> Any:
    """The city's own template without its text, or ours."""
    if not template:
        return docx.Document()
    document = docx.Document(io.BytesIO(template))
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document
