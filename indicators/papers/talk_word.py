"""The form for the talk as a Word document: filled as far as it is known, with room to write by hand."""

from docx.shared import Cm

from indicators import german
from indicators.exports.names import slug
from indicators.figures import Figure, framed
from indicators.papers.talk import Talk, TalkGoal
from indicators.papers.word_writer import MIME, SUFFIX, WordWriter
from indicators.reports import word_parts as parts
from indicators.reports.columns import widths

__all__ = ["MIME", "file_name", "render"]

REVIEWED = ("Ergebnis (erreicht, teilweise, nicht erreicht)", "Begründung", "Nachweis",
            "Folge (fortführen, anpassen, politische Entscheidung, fallen lassen)")  # fmt: skip
AGREED = ("Wortlaut des Ziels", "Maßnahmen (Nummern)", "Kennzahl und Zielwert", "Erwartetes Ergebnis",
          "Woran zu erkennen", "Ressourcen", "Unterstützung durch andere", "Termin und Zwischentermine")  # fmt: skip
SIGNED = ("Für die Stelle (Funktion)", "Für die Stabsstelle Integration (Funktion)")
NEW_GOALS = 2
ROOM = Cm(1.3)


def file_name(talk: Talk) -> str:
    return f"{slug(f'Zielvereinbarung {talk.year} {talk.unit}')}-{talk.day.isoformat()}{SUFFIX}"


def render(talk: Talk) -> bytes:
    """The same talk gives the same bytes."""
    writer = _Writer(talk)
    writer.write()
    return writer.saved(talk.known)


class _Writer(WordWriter):
    def __init__(self, talk: Talk) -> None:
        super().__init__(talk.imprint)
        self.talk = talk

    def write(self) -> None:
        talk, document = self.talk, self.document
        parts.paragraph(document, f"Zielvereinbarungsgespräch {talk.year}", "Title")
        parts.paragraph(document, talk.unit, "Subtitle")
        self.pair("Stand", german.day(talk.day))
        self.asked("Gespräch am")
        self.asked("Beteiligte (Funktionen, keine Namen)")
        self.heading(f"Rückblick auf {talk.year - 1}", 1)
        if not talk.last:
            parts.paragraph(document, f"Für {talk.year - 1} war nichts vereinbart.")
        for goal in talk.last:
            self._goal(goal)
        self.heading("Maßnahmen der Stelle", 1)
        self._known(talk.measures, "Im Katalog steht keine Maßnahme der Stelle.")
        self.heading("Kennzahlen", 1)
        self._known(talk.indicators, "Zu den Zielen und Maßnahmen gehört keine Kennzahl.")
        self.heading(f"Ziele für {talk.year}", 1)
        for goal in talk.begun:
            self._goal(goal)
        for number in range(1, NEW_GOALS + 1):
            self.heading(f"Weiteres Ziel ({number})", 2)
            self._empty("Weiteres Ziel", AGREED)
        self.heading("Unterschriften", 1)
        self._empty("Unterschriften", SIGNED, "Datum und Unterschrift")
        parts.small(document, f"{talk.state}. {talk.note}".strip())
        parts.small(document, "Vereinbart wird mit Stellen; Ziele einzelner Personen gehören nicht hierher.")

    def _goal(self, goal: TalkGoal) -> None:
        self.heading(goal.title, 2)
        for term, text in goal.agreed:
            self.pair(term, text)
        if goal.value:
            self.pair("Wert der Kennzahl heute", goal.value)
        for term, text in goal.review:
            self.pair(term, text)
        if not goal.review:
            self._empty("Überprüfung", REVIEWED)

    def _known(self, figure: Figure | None, otherwise: str) -> None:
        if figure is None:
            parts.paragraph(self.document, otherwise)
        else:
            parts.table(self.document, figure, widths(figure), figure.title)

    def _empty(self, title: str, asked: tuple[str, ...], head: str = "Eintrag") -> None:
        """What is asked on the left, and room to write beside it."""
        figure = Figure("leer", title, framed({"Feld": list(asked), head: ["" for _ in asked]}))
        parts.table(self.document, figure, [1.0, 2.2], f"{title}: Felder zum Ausfüllen von Hand")
        for row in self.document.tables[-1].rows[1:]:
            row.height = ROOM
