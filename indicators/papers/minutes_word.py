"""The minutes of a meeting as a Word document: what was shown, what was said as it was typed, what was decided."""

import io
from typing import Any

from docx.shared import Pt

from indicators import german
from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.knowledge.decisions import Decision
from indicators.knowledge.slides import SlideKind
from indicators.papers.handout import Handout, Page
from indicators.reports import word_parts as parts
from indicators.reports.columns import widths
from indicators.reports.native_chart import settled
from indicators.reports.word_page import prepare

LABEL = "Protokoll (Word)"
NAME = "protokoll"
SUFFIX = ".docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(found: Handout) -> bytes:
    """The same meeting gives the same bytes."""
    writer = _Writer(found)
    writer.write()
    content = io.BytesIO()
    writer.document.save(content)
    return settled(content.getvalue(), found.known)


class _Writer:
    """Goes through the meeting once, writing as it goes."""

    def __init__(self, found: Handout) -> None:
        self.found = found
        self.document = parts.blank(found.word_template)
        prepare(self.document, found.imprint, cover=False)

    def write(self) -> None:
        found, document = self.found, self.document
        parts.paragraph(document, "Protokoll", "Title")
        parts.paragraph(document, found.title, "Subtitle")
        self._head()
        if found.meeting.agenda:
            self._heading("Tagesordnung", 1)
            for number, item in enumerate(found.meeting.agenda, start=1):
                parts.paragraph(document, f"{number}. {item}").paragraph_format.space_after = Pt(2)
        self._heading("Verlauf", 1)
        for page in found.pages:
            self._page(page)
        self._heading("Beschlüsse dieser Sitzung", 1)
        self._table(found.decided, "Die Sitzung hat nichts beschlossen.")
        self._heading("Noch offene Beschlüsse aus früheren Sitzungen", 1)
        self._table(found.waiting, "Aus früheren Sitzungen ist kein Beschluss offen.")
        for one in found.settled:
            self._pair("Seit der letzten Sitzung erledigt", _said(one, found))
        parts.small(document, f"Stand der Beschlüsse: {german.day(found.day)}. {found.note}".strip())

    def _head(self) -> None:
        found = self.found
        self._pair("Gremium", found.meeting.body.name)
        self._pair("Tag", german.day(found.meeting.held_on))
        self._pair(*found.state.split(": ", 1))
        for label in ("Anwesend", "Protokoll führt"):
            parts.to_fill(self._pair(label, ""))

    def _page(self, page: Page) -> None:
        composed = page.kind not in (SlideKind.TITLE, SlideKind.OPEN_DECISIONS, SlideKind.DECISIONS)
        if not (composed or page.minutes.strip() or page.decisions):
            return  # what stands on it comes below, as a list
        self._heading("Zu Beginn" if page.key == SlideKind.TITLE.value else page.title, 2)
        if page.sentence or page.status:
            found = self.document.add_paragraph()
            found.add_run(f"{page.status}. ").bold = True
            found.add_run(printable(page.sentence))
        if page.shown and page.shown.table:
            self._table(page.shown.figure, "")
            if page.more:
                parts.small(self.document, f"Und {page.more} weitere, die besser stehen.")
        if page.changed:
            self._pair("Seit der letzten Sitzung", "; ".join(page.changed))
        if page.missing:
            self._pair("Ausstehend", "; ".join(page.missing))
        if page.remark:
            self._pair("Anmerkung", page.remark)
        self._typed(page.minutes)
        for one in page.decisions:
            self._pair("Beschluss", _said(one, self.found))

    def _typed(self, text: str) -> None:
        """A paragraph a line, as somebody typed it."""
        for line in text.splitlines():
            if line.strip():
                parts.paragraph(self.document, line.strip())

    def _heading(self, text: str, level: int) -> None:
        found = parts.paragraph(self.document, text, f"Heading {level}")
        found.paragraph_format.keep_with_next = True
        if level == 1:
            found.paragraph_format.space_before = Pt(22)

    def _pair(self, term: str, text: str) -> Any:
        found = self.document.add_paragraph()
        found.paragraph_format.space_after = Pt(3)
        found.add_run(f"{term}: ").bold = True
        found.add_run(printable(text))
        return found

    def _table(self, figure: Figure | None, otherwise: str) -> None:
        if figure is None:
            parts.paragraph(self.document, otherwise)
            return
        parts.table(self.document, figure, widths(figure), figure.alt or figure.title)
        if figure.note:
            parts.small(self.document, figure.note)


def _said(one: Decision, found: Handout) -> str:
    """The decision in a line: wording, who does it by when, and how it stands."""
    who = f"; zuständig: {one.addressee}" if one.addressee else ""
    due = f"; bis {german.day(one.due)}" if one.due else ""
    note = f"; {one.note}" if one.note else ""
    return f"{one.wording.rstrip('.')}{who}{due}; Stand: {one.followed(found.day)}{note}"
