"""The report as a Word document that a city goes on writing in: styles, captions, lists, charts that Word draws."""

import io

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from indicators import german
from indicators.exports.texts import printable
from indicators.reports import sheet_size
from indicators.reports import word_parts as parts
from indicators.reports.columns import widths
from indicators.reports.fixed_texts import NO_RANKING
from indicators.reports.markdown import Block, Form
from indicators.reports.native_chart import settled
from indicators.reports.report import Chapter, Entry, Exhibit, Report, Written
from indicators.reports.word_page import prepare
from indicators.reports.word_parts import Numbers

LABEL = "Word-Dokument (DOCX)"
SUFFIX = ".docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(report: Report) -> bytes:
    """The same report gives the same bytes."""
    writer = _Writer(report)
    writer.write()
    content = io.BytesIO()
    writer.document.save(content)
    return settled(content.getvalue(), report.moment)


class _Writer:
    """Goes through the report once, writing as it goes."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.document = parts.blank(report.word_template)
        self.numbers = Numbers()
        self.headings: list[tuple[str, str, int]] = []

    def write(self) -> None:
        report = self.report
        prepare(self.document, report.imprint)
        if not report.one_page_each:
            self._cover()
        self._front()
        for chapter in report.chapters:
            self._chapter(chapter)
        for section in report.sections:
            self.heading(section.heading, 1)
            for exhibit in section.exhibits:
                self._table(exhibit)
        if report.measures:
            self.heading("Nächste Schritte", 1)
            self._texts(report.measures)
        if report.one_page_each:
            parts.small(self.document, f"{report.note} Zeichen: {_signs(report)}.".strip())
        else:
            self._method()

    def heading(self, text: str, level: int) -> None:
        found = self.document.add_paragraph(printable(text), style=parts.styled(self.document, f"Heading {level}"))
        found.paragraph_format.keep_with_next = True
        if level == 1 and len(self.document.paragraphs) > 1:
            found.paragraph_format.page_break_before = True
        if level < 3:
            parts.bookmarked(found, self.numbers, _anchor(len(self.headings)))
            self.headings.append((_anchor(len(self.headings)), text, level))

    def _cover(self) -> None:
        report, document = self.report, self.document
        if report.logo and not report.logo.lstrip().startswith(b"<"):
            picture = document.add_picture(io.BytesIO(report.logo), height=Cm(2.2))
            picture._inline.docPr.set("descr", printable(f"Logo: {report.city}"))
            self.numbers.drawings = 1000  # python-docx counts pictures for itself
        city = parts.paragraph(document, report.city)
        city.paragraph_format.space_after = Pt(110)
        parts.paragraph(document, report.named, "Title")
        parts.paragraph(document, report.subtitle, "Subtitle")
        below = parts.paragraph(document, german.day(report.day))
        below.paragraph_format.space_before = Pt(160)
        parts.paragraph(document, report.state)
        if report.note:
            parts.small(document, report.note)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._lists()

    def _lists(self) -> None:
        """Contents, charts, tables: what they name follows from the report, the pages Word works out."""
        document, exhibits = self.document, self.report.exhibits
        parts.paragraph(document, "Inhalt", "TOC Heading")
        contents = [(_anchor(number), text, level) for number, (text, level) in enumerate(_outline(self.report))]
        parts.listed(document, 'TOC \\o "1-2" \\h \\z \\u', contents)
        for word, chosen in (("Abbildung", "chart"), ("Tabelle", "table")):
            entries = [
                (parts.mark(word, number), f"{word} {number}: {one.figure.title}", 0)
                for one in exhibits
                if (number := getattr(one, chosen))
            ]
            if entries:
                plural = "Abbildungen" if word == "Abbildung" else "Tabellen"
                parts.paragraph(document, plural, "TOC Heading")
                parts.listed(document, f'TOC \\h \\z \\c "{word}"', entries)

    def _front(self) -> None:
        if not (self.report.front or self.report.overview):
            return
        self.heading("Auf einen Blick", 1)
        self._texts(self.report.front)
        if self.report.overview:
            self._table(self.report.overview)
            parts.small(self.document, NO_RANKING)

    def _chapter(self, chapter: Chapter) -> None:
        self.heading(f"{chapter.code} {chapter.title}", 1)
        if chapter.lead:
            parts.paragraph(self.document, f"Federführung: {chapter.lead}")
        self._concept_text(chapter.text)
        for goal in chapter.goals:
            found = parts.paragraph(self.document, "", "List Paragraph")
            found.paragraph_format.space_after = Pt(2)
            found.paragraph_format.left_indent = Cm(1.6 if goal.sub else 1.0)
            found.paragraph_format.first_line_indent = Cm(-1.0)
            found.add_run(f"{goal.code}  {printable(goal.titled)}").bold = not goal.sub
            self._concept_text(goal.text, 1.6)
        if chapter.overview:
            size = sheet_size.of_sheet(self.report, chapter) if self.report.one_page_each else None
            self._table(chapter.overview, size)
        self._texts(chapter.written)
        for entry in chapter.entries:
            self._entry(entry)
        if chapter.measures:
            self.heading("Maßnahmen", 3 if chapter.entries else 2)
            self._table(chapter.measures)

    def _concept_text(self, text: str, indent: float = 0.0) -> None:
        """What the concept says, as plain text."""
        for line in filter(None, text.splitlines()):
            found = parts.paragraph(self.document, line)
            found.paragraph_format.left_indent = Cm(indent)
            found.paragraph_format.space_after = Pt(2 if indent else 6)

    def _entry(self, entry: Entry) -> None:
        self.heading(f"{entry.code} {entry.title}", 2)
        parts.small(self.document, f"Ziel {entry.goal}", leads=True)
        found = self.document.add_paragraph()
        found.paragraph_format.keep_with_next = True
        if entry.verdicts:
            found.add_run(f"{entry.verdicts[0].status}. ").bold = True
        found.add_run(printable(entry.finding))
        self._texts(entry.written, 3)
        for drawn in (entry.shown, entry.map):
            if drawn:
                self._exhibit(drawn)
        for verdict in entry.verdicts:
            if verdict.title:
                self.heading(verdict.title, 3)
                found = self.document.add_paragraph()
                found.add_run(f"{verdict.status}. ").bold = True
                found.add_run(printable(verdict.sentence))
            for exhibit in (verdict.chart, verdict.steps):
                if exhibit:
                    self._exhibit(exhibit)
        if entry.facts:
            self.heading("Zur Kennzahl", 3)
            self._pairs(entry.facts)
        if entry.remarks:
            self.heading("Hinweise der meldenden Stellen", 3)
            for remark in entry.remarks:
                said = f"{remark.by}, {german.day(remark.day)}: {remark.text}"
                parts.paragraph(self.document, said, "List Bullet")

    def _exhibit(self, exhibit: Exhibit) -> None:
        figure = exhibit.figure
        if exhibit.chart:
            parts.caption(self.document, self.numbers, "Abbildung", exhibit.chart, figure.title)
            (parts.picture if figure.pictured else parts.chart)(self.document, self.numbers, figure)
            for text in (figure.subtitle, figure.note, figure.source):
                if text:
                    parts.small(self.document, text)
        if exhibit.table:
            self._table(exhibit)

    def _table(self, exhibit: Exhibit, size: float | None = None) -> None:
        figure = exhibit.figure
        parts.caption(self.document, self.numbers, "Tabelle", exhibit.table, figure.title)
        parts.table(self.document, figure, widths(figure), figure.alt or figure.title, size)
        for text in () if exhibit.chart else (figure.note, figure.source):
            if text:
                parts.small(self.document, text)

    def _texts(self, written: tuple[Written, ...], level: int = 2) -> None:
        for one in written:
            self.heading(one.heading, level)
            for block in one.blocks:
                self._block(block)
            for text in (one.stale, one.dated):
                if text:
                    parts.small(self.document, text)

    def _block(self, block: Block) -> None:
        style = {Form.BULLETS: "List Bullet", Form.NUMBERS: "List Number"}.get(block.form)
        for item in block.items:
            found = parts.paragraph(self.document, "", style)
            for piece in item:
                run = found.add_run(printable(piece.text))
                run.bold, run.italic = piece.bold or None, piece.italic or None

    def _pairs(self, pairs: tuple[tuple[str, str], ...]) -> None:
        for term, text in pairs:
            found = self.document.add_paragraph()
            found.paragraph_format.space_after = Pt(3)
            found.add_run(f"{printable(term)}: ").bold = True
            found.add_run(printable(text))

    def _method(self) -> None:
        report = self.report
        self.heading("Methode, Zeichen und Quellen", 1)
        for one in report.method:
            self.heading(one.heading, 2)
            for block in one.blocks:
                self._block(block)
        for title, pairs in (("Bedeutung des Status", report.statuses), ("Zeichenerklärung", report.signs)):
            self.heading(title, 2)
            self._pairs(pairs)
        self.heading("Quellen", 2)
        for source in report.sources:
            parts.paragraph(self.document, source, "List Bullet")
        self.heading("Angaben zu diesem Bericht", 2)
        self._pairs(report.about)


def _outline(report: Report) -> list[tuple[str, int]]:
    """The headings of the first two levels, as `write` comes to them."""
    found: list[tuple[str, int]] = []
    if report.front or report.overview:
        found += [("Auf einen Blick", 1), *((one.heading, 2) for one in report.front)]
    for chapter in report.chapters:
        found += [(f"{chapter.code} {chapter.title}", 1), *((one.heading, 2) for one in chapter.written)]
        found += [(f"{entry.code} {entry.title}", 2) for entry in chapter.entries]
    found += [(section.heading, 1) for section in report.sections]
    if report.measures:
        found += [("Nächste Schritte", 1), *((one.heading, 2) for one in report.measures)]
    found.append(("Methode, Zeichen und Quellen", 1))
    titles = [one.heading for one in report.method]
    titles += ["Bedeutung des Status", "Zeichenerklärung", "Quellen", "Angaben zu diesem Bericht"]
    return [*found, *((title, 2) for title in titles)]


def _anchor(number: int) -> str:
    return f"_Toc{number:05}"


def _signs(report: Report) -> str:
    return "; ".join(f"{sign} {meaning}" for sign, meaning in report.signs)
