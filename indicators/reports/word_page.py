"""The paper that our Word files stand on: language, properties, styles, what runs along at head and foot."""

from datetime import datetime
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from indicators.exports.texts import printable
from indicators.reports import word_parts as parts
from indicators.reports.imprint import Imprint

FONT = "Arial"
ACCENT = RGBColor(0x0A, 0x4B, 0x78)
SIZES = {"Heading 1": 20, "Heading 2": 14, "Heading 3": 11, "Title": 32, "Subtitle": 14}


def prepare(document: Any, imprint: Imprint, *, cover: bool = True) -> None:
    """Language, properties, paper; our styles where the city has none of its own. Nothing runs along on a cover."""
    properties = document.core_properties
    properties.title, properties.author = printable(f"{imprint.title} – {imprint.city}"), printable(imprint.city)
    properties.language, properties.subject = "de-DE", printable(imprint.state)
    properties.comments, properties.last_modified_by, properties.revision = "", printable(imprint.city), 1
    properties.created = properties.modified = datetime(2000, 1, 1)  # the file's own is put in at the end
    _drop_what_word_repairs(document)
    _speak_german(document)
    if imprint.word_template:
        return
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    section.different_first_page_header_footer = cover
    for style in document.styles:
        if style.type == 1:
            _lettered(style)
    _running(section, imprint)


def _lettered(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), FONT)
    if style.name == "Normal":
        style.font.size = Pt(10.5)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(6), 1.15
    if style.name == "Caption":
        style.font.size, style.font.bold, style.font.color.rgb = Pt(9.5), True, RGBColor(0x1D, 0x28, 0x30)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
    if style.name in SIZES or style.name == "TOC Heading":
        style.font.size = Pt(SIZES.get(style.name, 16))
        style.font.color.rgb = ACCENT
        style.font.bold = style.name != "Subtitle"
        style.font.italic = False
        style.paragraph_format.space_before = Pt(
            {"Heading 2": 20, "TOC Heading": 16, "Heading 3": 12}.get(style.name, 0)
        )
        style.paragraph_format.space_after = Pt(6)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break


def _running(section: Any, imprint: Imprint) -> None:
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = printable(f"{imprint.title}\t{imprint.city}")
    foot.add_run(printable(f"{imprint.state}\tSeite "))
    parts.field(foot, "PAGE", "1")
    for line in (head, foot):
        line.style = "Normal"
        line.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        for run in line.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), parts.SOFT


def _drop_what_word_repairs(document: Any) -> None:
    """python-docx's template carries a part that Word takes for damage."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def _speak_german(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        return
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if run is None:
        return
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    language = OxmlElement("w:lang")
    for name, value in (("val", "de-DE"), ("eastAsia", "de-DE"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    run.append(language)
