"""How minutes and papers are written in Word: headings, pairs of term and text, what was typed, fields to be filled."""

import io
from datetime import datetime
from typing import Any

from docx.shared import Pt

from indicators.exports.texts import printable
from indicators.reports import word_parts as parts
from indicators.reports.imprint import Imprint
from indicators.reports.native_chart import settled
from indicators.reports.word_page import prepare

SUFFIX = ".docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordWriter:
    """A document that grows at its end."""

    def __init__(self, imprint: Imprint) -> None:
        self.document = parts.blank(imprint.word_template)
        prepare(self.document, imprint, cover=False)

    def saved(self, moment: datetime) -> bytes:
        """The same document of the same moment gives the same bytes."""
        content = io.BytesIO()
        self.document.save(content)
        return settled(content.getvalue(), moment)

    def heading(self, text: str, level: int) -> None:
        found = parts.paragraph(self.document, text, f"Heading {level}")
        found.paragraph_format.keep_with_next = True
        found.paragraph_format.space_before = Pt(18 if level == 1 else 12)
        for run in found.runs if level == 1 else ():
            run.font.size = Pt(16)

    def pair(self, term: str, text: str) -> Any:
        """„Gremium: Steuerungsgruppe“."""
        found = self.document.add_paragraph()
        found.paragraph_format.space_after = Pt(3)
        found.add_run(f"{printable(term)}: ").bold = True
        found.add_run(printable(text))
        return found

    def asked(self, term: str, text: str = "") -> None:
        """What it is and what is known of it, or a field to be filled."""
        found = self.pair(term, text)
        if not text:
            parts.to_fill(found)

    def typed(self, text: str) -> int:
        """A paragraph a line, as somebody typed it; how many there are."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for line in lines:
            parts.paragraph(self.document, line)
        return len(lines)

    def judged(self, status: str, sentence: str) -> None:
        """The status, and the sentence with its arithmetic."""
        found = self.document.add_paragraph()
        if status:
            found.add_run(f"{status}. ").bold = True
        found.add_run(printable(sentence))
