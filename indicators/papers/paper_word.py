"""A paper for committees as a Word document in the form of a city: its blocks in order, with what is known filled in.

What nobody here can know stands as a field in yellow, „bitte ergänzen“ or boxes to be ticked.
"""

from docx.shared import Pt

from indicators import german
from indicators.exports.names import slug
from indicators.exports.texts import printable
from indicators.figures import Figure, framed
from indicators.knowledge.paper_drafts import Station
from indicators.papers.forms import Block, Choice, Filling
from indicators.papers.paper import Paper, Reason
from indicators.papers.word_writer import SUFFIX, WordWriter
from indicators.reports import word_parts as parts
from indicators.reports.columns import widths
from indicators.reports.word_parts import FILL_IN, Numbers

INLINE = (Filling.SUBJECT, Filling.NUMBER)
"""What stands beside its heading in one line."""


def file_name(paper: Paper, version: str = "") -> str:
    """`vorlage-zwei-gruppen-mehr-musterstadt-2026-11-29.docx`."""
    name = slug(f"{paper.form.kind} {paper.draft.number} {paper.draft.subject}")
    return f"{name}-{paper.day.isoformat()}{f'-{version}' if version else ''}{SUFFIX}"


def render(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    writer = _Writer(paper)
    writer.write()
    return writer.saved(paper.known)


class _Writer(WordWriter):
    """Goes through the blocks once, writing as it goes."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper.imprint)
        self.paper = paper
        self.numbers = Numbers()

    def write(self) -> None:
        paper = self.paper
        parts.paragraph(self.document, paper.city)
        parts.paragraph(self.document, paper.form.kind, "Title")
        self.pair("Datum", german.day(paper.day))
        for block in paper.form.blocks:
            self._block(block)
        parts.small(self.document, " ".join(part for part in (f"{paper.state.rstrip('.')}.", paper.note) if part))

    def _block(self, block: Block) -> None:
        draft = self.paper.draft
        known = {Filling.SUBJECT: draft.subject, Filling.NUMBER: draft.number}
        if block.filling in INLINE:
            self.asked(block.title, known[block.filling])
            return
        self.heading(block.title, 1)
        for field in block.fields:
            self.asked(field)
        for choice in block.choices:
            self._choice(choice)
        if block.filling is Filling.CONSULTATIONS:
            self._consultations()
        elif block.filling is Filling.PROPOSAL:
            self._or_asked(draft.proposal)
        elif block.filling is Filling.EFFECTS:
            self._or_asked(draft.effects)
        elif block.filling is Filling.REASONS:
            self._reasons()

    def _consultations(self) -> None:
        stations = self.paper.draft.stations or (Station(FILL_IN),)
        words = self.paper.form.parts
        rows = framed(
            {
                "Gremium": [one.committee for one in stations],
                "Datum": [german.day(one.day) if one.day else FILL_IN for one in stations],
                "Öffentlichkeit": ["öffentlich" if one.public else "nichtöffentlich" for one in stations],
                "Zuständigkeit": [words[one.part] for one in stations],
                "Ergebnis und Abstimmung": ["" for _ in stations],
            }
        )
        figure = Figure("beratungsfolge", "Beratungsfolge", rows)
        parts.table(self.document, figure, widths(figure), "Gremien in der Reihenfolge der Beratung")

    def _reasons(self) -> None:
        parts.paragraph(self.document, self.paper.source)
        for reason in self.paper.reasons:
            self._reason(reason)
        parts.to_fill(self.document.add_paragraph(), "Weitere Begründung bitte ergänzen oder streichen")

    def _reason(self, reason: Reason) -> None:
        self.heading(reason.title, 2)
        lines = reason.sentence.splitlines() or [""]
        self.judged(reason.status, lines[0])
        for line in lines[1:]:
            parts.paragraph(self.document, line)
        if reason.changed:
            self.pair("Seit der letzten Sitzung", "; ".join(reason.changed))
        if reason.shown:
            self._exhibit(reason)

    def _exhibit(self, reason: Reason) -> None:
        assert reason.shown
        shown, figure = reason.shown, reason.shown.figure
        if shown.chart:
            parts.caption(self.document, self.numbers, "Abbildung", shown.chart, figure.title)
            parts.chart(self.document, self.numbers, figure)
        if shown.table:
            parts.caption(self.document, self.numbers, "Tabelle", shown.table, figure.title)
            parts.table(self.document, figure, widths(figure), figure.alt or figure.title)
        for text in (figure.subtitle, figure.note, figure.source):
            if text:
                parts.small(self.document, text)

    def _choice(self, choice: Choice) -> None:
        """„Klima betroffen: ☐ ja ☐ nein“, to be ticked."""
        found = self.document.add_paragraph()
        found.paragraph_format.space_after = Pt(3)
        if choice.title:
            found.add_run(f"{printable(choice.title)}: ")
        parts.to_fill(found, "   ".join(f"☐ {answer}" for answer in choice.answers))
        if choice.reason:
            self.asked(choice.reason)

    def _or_asked(self, text: str) -> None:
        """What somebody typed, or a field to be filled."""
        if not self.typed(text):
            parts.to_fill(self.document.add_paragraph())
