"""The files of a meeting: one module each, with LABEL, NAME, SUFFIX, MIME and render(handout) → bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from indicators.exports.names import slug
from indicators.knowledge.meeting_records import Meeting
from indicators.papers import meeting_pages, meeting_slides, minutes_word
from indicators.papers.handout import Handout


@dataclass(frozen=True)
class MeetingFile:
    label: str
    name: str
    suffix: str
    mime: str
    render: Callable[[Handout], bytes]

    @classmethod
    def of(cls, module: ModuleType) -> "MeetingFile":
        return cls(module.LABEL, module.NAME, module.SUFFIX, module.MIME, module.render)

    def file_name(self, meeting: Meeting, city: str, version: str = "") -> str:
        """`protokoll-steuerungsgruppe-2026-05-20-musterstadt.docx`; `version` tells two states of one meeting apart."""
        said = f"{self.name} {meeting.body.name} {meeting.held_on.isoformat()} {city}"
        return f"{slug(said)}{f'-{version}' if version else ''}{self.suffix}"


FILES = {
    "protokoll": MeetingFile.of(minutes_word),
    "pptx": MeetingFile.of(meeting_slides),
    "pdf": MeetingFile.of(meeting_pages),
}
"""To add one, write such a module and its line here."""
