"""Letters to departments and providers: their wording, which the office may change, and what stands in its gaps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indicators import german
from indicators.catalogue import Catalogue
from indicators.errors import MonitoringError
from indicators.foreign_text import acts
from indicators.ledger.duties import Duty
from indicators.store import Store
from indicators.store.outages import outlasting_restarts
from indicators.templates.template import plain

APPEND = (
    "insert into letter_wording select coalesce(max(id), 0) + 1, $letter, $subject, $body, $at, $who "
    "from letter_wording"
)
LONGEST_SUBJECT, LONGEST_BODY = 150, 4000
_GAP = re.compile(r"\{([^{}\n]*)\}")


class LetterError(MonitoringError):
    """A wording that cannot be kept like this."""


class LetterKind(StrEnum):
    REQUEST = "request"
    SOON = "soon"
    LATE = "late"
    TASKS = "tasks"

    @property
    def word(self) -> str:
        return {
            "request": "Bitte um Daten, mit der Vorlage",
            "soon": "Erinnerung vor der Frist",
            "late": "Erinnerung nach der Frist",
            "tasks": "Erinnerung an andere Termine",
        }[self]


@dataclass(frozen=True)
class Wording:
    subject: str
    body: str


GAPS: Mapping[str, str] = {
    "stelle": "Name der meldenden Stelle",
    "zeitraum": "Berichtszeitraum",
    "frist": "Tag, bis zu dem geliefert wird",
    "datei": "Name der Vorlage",
    "zahlen": "was gefragt ist, je Zahl eine Zeile",
    "stadt": "Name der Stadt",
}
TASK_GAPS: Mapping[str, str] = {
    "stelle": "Name der Stelle",
    "termine": "die Termine, je Termin eine Zeile",
    "stadt": "Name der Stadt",
}

_END = "\n\nFragen beantworten wir gern.\n\nFreundliche Grüße\nStabsstelle Integration, {stadt}\n"
_HOW = (
    "Die Vorlage „{datei}“ liegt bei. Bitte füllen Sie die gelben Felder aus und laden Sie die Datei im "
    "Integrationsmonitoring unter „Daten liefern“ hoch. Was wir zu einer Zahl wissen müssen, schreiben Sie in die "
    "Spalte „Bemerkung“."
)
USUAL: Mapping[LetterKind, Wording] = {
    LetterKind.REQUEST: Wording(
        "Integrationsmonitoring: Zahlen für {zeitraum} bis {frist}",
        "Guten Tag,\n\nfür das Integrationsmonitoring bitten wir {stelle} um die Zahlen für {zeitraum}, bitte bis zum "
        "{frist}.\n\n" + _HOW + "\n\nGefragt ist:\n{zahlen}" + _END,
    ),
    LetterKind.SOON: Wording(
        "Integrationsmonitoring: Zahlen für {zeitraum}, Frist {frist}",
        "Guten Tag,\n\nam {frist} endet die Frist für die Zahlen von {stelle} für {zeitraum}. Bei uns ist noch nicht "
        "alles angekommen.\n\n" + _HOW + "\n\nEs fehlt noch:\n{zahlen}" + _END,
    ),
    LetterKind.LATE: Wording(
        "Integrationsmonitoring: Zahlen für {zeitraum} fehlen",
        "Guten Tag,\n\nbis zum {frist} sollten die Zahlen von {stelle} für {zeitraum} da sein; sie fehlen noch. "
        "Solange bleibt im Monitoring eine Lücke. Bitte liefern Sie bald oder sagen Sie uns, wann sie kommen.\n\n"
        + _HOW
        + "\n\nEs fehlt:\n{zahlen}"
        + _END,
    ),
    LetterKind.TASKS: Wording(
        "Integrationskonzept: Termine von {stelle}",
        "Guten Tag,\n\ndiese Termine von {stelle} stehen an oder sind vorbei:\n\n{termine}\n\nBitte tragen Sie im "
        "Integrationsmonitoring ein, was daraus geworden ist." + _END,
    ),
}


def gaps_of(kind: LetterKind) -> Mapping[str, str]:
    return TASK_GAPS if kind is LetterKind.TASKS else GAPS


def wordings(store: Store) -> dict[LetterKind, Wording]:
    """What counts by now: the office's own wording, else the usual one."""
    rows = store.rows("select letter, subject, body from current_wording where body <> ''")
    own = {LetterKind(letter): Wording(subject, body) for letter, subject, body in rows if letter in set(LetterKind)}
    return {kind: own.get(kind, USUAL[kind]) for kind in LetterKind}


@outlasting_restarts
def keep(store: Store, kind: LetterKind, wording: Wording, by: str, at: datetime) -> None:
    """Keeps a wording; an empty one brings the usual one back. Raises LetterError for gaps that nothing fills."""
    subject = " ".join(wording.subject.split())
    if wording.body.strip():
        if not subject:
            raise LetterError("Bitte einen Betreff schreiben.")
        if len(subject) > LONGEST_SUBJECT or len(wording.body) > LONGEST_BODY or acts(subject + wording.body):
            raise LetterError(f"Höchstens {LONGEST_SUBJECT} Zeichen im Betreff und {LONGEST_BODY} im Text.")
        for gap in _GAP.findall(subject + wording.body):
            if gap not in gaps_of(kind):
                known = german.enumeration([f"{{{one}}}" for one in gaps_of(kind)])
                raise LetterError(f"Den Platzhalter {{{gap}}} gibt es hier nicht. Es gibt {known}.")
    values = {"letter": kind.value, "subject": subject, "body": wording.body.strip(), "at": at, "who": by}
    with store.transaction() as cursor:
        cursor.execute(APPEND, values)


def filled(wording: Wording, gaps: Mapping[str, str]) -> Wording:
    """The gaps filled at once: what a text brings along is no gap again. The subject stays one line."""

    def put(text: str) -> str:
        return _GAP.sub(lambda found: gaps.get(found[1], found[0]), text)

    return Wording(" ".join(put(wording.subject).split()), put(wording.body).strip() + "\n")


def gaps_for(catalogue: Catalogue, duty: Duty, missing: frozenset[str] | None = None) -> dict[str, str]:
    """What a letter about figures says; with `missing` only these are asked for."""
    asked = [code for code in duty.base_figures if missing is None or code in missing]
    return {
        "stelle": catalogue.reporter_name(duty.reporter),
        "zeitraum": duty.period.label,
        "frist": german.day(duty.due),
        "datei": template_name(duty),
        "zahlen": "\n".join(f"- {catalogue.figure_name(code)}" for code in asked),
        "stadt": catalogue.city.name,
    }


def template_name(duty: Duty) -> str:
    """`Vorlage_FB51_2026-Q3.xlsx`, as the page hands it out."""
    return f"Vorlage_{plain(duty.reporter.replace(' ', ''))}_{plain(str(duty.period))}.xlsx"
