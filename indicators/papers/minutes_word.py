"""The minutes of a meeting as a Word document: what was shown, what was said as it was typed, what was decided."""

from docx.shared import Pt

from indicators import german
from indicators.figures import Figure
from indicators.knowledge.decisions import Decision
from indicators.knowledge.slides import SlideKind
from indicators.papers.handout import Handout, Page
from indicators.papers.word_writer import MIME, SUFFIX, WordWriter
from indicators.reports import word_parts as parts
from indicators.reports.columns import widths

LABEL = "Protokoll (Word)"
NAME = "protokoll"
__all__ = ["LABEL", "MIME", "NAME", "SUFFIX", "render"]


def render(found: Handout) -> bytes:
    """The same meeting gives the same bytes."""
    writer = _Writer(found)
    writer.write()
    return writer.saved(found.known)


class _Writer(WordWriter):
    """Goes through the meeting once, writing as it goes."""

    def __init__(self, found: Handout) -> None:
        super().__init__(found.imprint)
        self.found = found

    def write(self) -> None:
        found, document = self.found, self.document
        parts.paragraph(document, "Protokoll", "Title")
        parts.paragraph(document, found.title, "Subtitle")
        self._head()
        if found.meeting.agenda:
            self.heading("Tagesordnung", 1)
            for number, item in enumerate(found.meeting.agenda, start=1):
                parts.paragraph(document, f"{number}. {item}").paragraph_format.space_after = Pt(2)
        self.heading("Verlauf", 1)
        for page in found.pages:
            self._page(page)
        self.heading("Beschlüsse dieser Sitzung", 1)
        self._table(found.decided, "Die Sitzung hat nichts beschlossen.")
        self.heading("Noch offene Beschlüsse aus früheren Sitzungen", 1)
        self._table(found.waiting, "Aus früheren Sitzungen ist kein Beschluss offen.")
        for one in found.settled:
            self.pair("Seit der letzten Sitzung erledigt", _said(one, found))
        parts.small(document, f"Stand der Beschlüsse: {german.day(found.day)}. {found.note}".strip())

    def _head(self) -> None:
        found = self.found
        self.pair("Gremium", found.meeting.body.name)
        self.pair("Tag", german.day(found.meeting.held_on))
        self.pair(*found.state.split(": ", 1))
        for label in ("Anwesend", "Protokoll führt"):
            self.asked(label)

    def _page(self, page: Page) -> None:
        composed = page.kind not in (SlideKind.TITLE, SlideKind.OPEN_DECISIONS, SlideKind.DECISIONS)
        if not (composed or page.minutes.strip() or page.decisions):
            return  # what stands on it comes below, as a list
        self.heading("Zu Beginn" if page.key == SlideKind.TITLE.value else page.title, 2)
        if page.sentence or page.status:
            self.judged(page.status, page.sentence)
        if page.shown and page.shown.table:
            self._table(page.shown.figure, "")
            if page.more:
                parts.small(self.document, f"Und {page.more} weitere, die besser stehen.")
        for term, said in page.told:
            self.pair(term, said)
        if page.changed:
            self.pair("Seit der letzten Sitzung", "; ".join(page.changed))
        if page.missing:
            self.pair("Ausstehend", "; ".join(page.missing))
        if page.remark:
            self.pair("Anmerkung", page.remark)
        self.typed(page.minutes)
        for one in page.decisions:
            self.pair("Beschluss", _said(one, self.found))

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
