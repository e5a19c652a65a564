"""The audit as a table: who changed what when, and what held before and afterwards."""

import re
from datetime import datetime

import pandas as pd

from indicators import german
from indicators.figures.figure import Figure, framed
from indicators.model import EventKind
from indicators.names import named

WORDS = {kind.value: f"Lieferung {kind.word}" for kind in EventKind} | {
    "upload": "Datei hochgeladen",
    "definitions": "neue Fassung des Katalogs",
    "leave-definitions": "geänderte Dateien des Katalogs nicht übernommen",
    "layout": "Zuordnung einer Tabelle bestätigt",
    "role": "Rollen vergeben",
    "release": "Kennzahl freigegeben",
    "end-release": "Freigabe beendet",
    "meeting": "Sitzung eingetragen",
    "correct-meeting": "Sitzung berichtigt",
    "cancel-meeting": "Sitzung gestrichen",
    "body": "Gremium geändert",
    "slides": "Folien zusammengestellt",
    "minutes": "Protokoll geschrieben",
    "decision": "Beschluss gefasst oder fortgeschrieben",
    "agree-target": "beschlossenes Ziel eingetragen",
    "end-target": "beschlossenes Ziel zurückgenommen",
    "comment": "Bemerkung geschrieben",
    "withdraw-comment": "Bemerkung zurückgenommen",
    "report-text": "Text für den Bericht geschrieben",
    "freeze-report": "Bericht eingefroren",
    "release-report": "Bericht freigegeben",
    "end-report-release": "Freigabe eines Berichts beendet",
    "erase-file": "Inhalt einer Datei gelöscht",
    "erase-expired": "nicht übernommene Datei gelöscht",
    "hand-out": "Vorlage ausgegeben",
    "mail-begun": "E-Mail begonnen, unklar, ob angekommen",
    "mail-sent": "E-Mail gesendet",
    "mail-failed": "E-Mail nicht gesendet",
    "mail-unclear": "E-Mail gesendet, unklar, ob angekommen",
    "letter-wording": "Wortlaut eines Briefes geändert",
    "paper": "Entwurf einer Vorlage gespeichert",
    "selection": "Auswahl für alle gespeichert",
    "remove-selection": "Auswahl für alle gelöscht",
    "boundaries": "Grenzen der Gebiete hochgeladen",
    "withdraw-boundaries": "Grenzen der Gebiete zurückgezogen",
    "ring-member": "im Vergleichsring angemeldet",
    "ring-publish": "gemeinsame Definitionen veröffentlicht",
    "ring-consent": "Einwilligung zum Städtevergleich geändert",
    "ring-contribution": "zum Städtevergleich beigetragen",
    "backup": "Sicherung erstellt",
    "restore-backup": "Sicherung zurückgeholt",
    "move": "in einen anderen Speicher gebracht",
}
ROLE = "role"
HAND_OUT = "hand-out"
WAYS = {"download": "heruntergeladen", "zip": "im Paket für alle", "mail": "per E-Mail"}
WRITTEN_TO = (HAND_OUT, "mail-begun", "mail-sent", "mail-failed", "mail-unclear")
"""Acts whose `later` is the address that something went to: shown as long as names are (the function stands in
`subject`)."""
RELEASES = ("release", "end-release")
LEDGER = tuple(EventKind)
ON_THE_SERVER = "am Server"
_BYTES = re.compile(r"(\d+) Byte")


def word_of(action: str) -> str:
    """What an action is called on the screen."""
    return WORDS.get(action, action)


def audit(changes: pd.DataFrame, moment: datetime) -> Figure:
    """`changes`: the columns of the view audit_log, newest first."""
    rows = list(changes.itertuples())
    return Figure(
        key="aenderungen",
        title="Änderungen",
        frame=framed(
            {
                "Wann": [german.moment(row.happened_at) for row in rows],
                "Wer": [named(row.who, row.happened_at) or ON_THE_SERVER for row in rows],
                "Was": [word_of(row.action) for row in rows],
                "Woran": [named(row.subject, row.happened_at) if row.action == ROLE else row.subject for row in rows],
                "Vorher": [_held(row.action, row.earlier) for row in rows],
                "Nachher": [
                    named(row.later, row.happened_at) if row.action in WRITTEN_TO else _held(row.action, row.later)
                    for row in rows
                ],
                "Grund": [WAYS.get(row.reason, row.reason) if row.action == HAND_OUT else row.reason for row in rows],
            }
        ),
        note="Vorher und nachher bei Lieferungen: welche für diese Zahlen gilt.",
        source="Protokoll dieser Anwendung",
        moment=moment,
    )


def _held(action: str, deliveries: str) -> str:
    if action in RELEASES:
        stand = f"Stand {german.moment(datetime.fromisoformat(deliveries))}" if deliveries else ""
        return stand or "nicht freigegeben"
    if size := _BYTES.fullmatch(deliveries):
        return f"{german.number(int(size[1]) / 2**20, 1)} MB"
    if action not in LEDGER:
        return deliveries
    return f"Lieferung {deliveries}" if deliveries else "keine Lieferung"
