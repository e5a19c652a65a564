"""What PostgreSQL, DuckLake and the folder say when something fails, and what the user is told of it."""

import re

import duckdb

from indicators.store.durability.store_errors import AwayError, StoreError

GONE = re.compile(
    r"terminating connection|server closed the connection|connection not open|transaction is aborted", re.IGNORECASE
)
CUT = (duckdb.IOException, duckdb.TransactionException, duckdb.ConnectionException)
NOT_THE_SERVER = re.compile(
    r"no files found|cannot open file|no space left|disk quota|read-only file|permission denied|conflict", re.IGNORECASE
)
NO_FILE = re.compile(r"no files found|cannot open file|no such file or directory", re.IGNORECASE)
OTHER_FOLDER = re.compile(r"data_path", re.IGNORECASE)

AWAY = (
    "Die Datenbank auf dem Datenbankserver ist gerade nicht erreichbar. Was gespeichert wurde, ist sicher. Bitte "
    "versuchen Sie es gleich noch einmal; sobald der Server wieder antwortet, geht es ohne Neustart weiter."
)
NOT_SAVED_AWAY = f"Nicht gespeichert: Es wurde nichts verändert. {AWAY}"
UNCLEAR = (
    "Die Verbindung zur Datenbank brach beim Speichern ab. Ob gespeichert wurde, ließ sich noch nicht feststellen. "
    "Bitte sehen Sie nach, sobald die Seiten wieder erscheinen, bevor Sie es noch einmal versuchen."
)
BUSY = (
    "Nicht gespeichert: Seit einer Minute speichert jemand an einem anderen Rechner. Es wurde nichts verändert. Bitte "
    "versuchen Sie es noch einmal."
)
TURN_LOST = (
    "Nicht gespeichert: Die Verbindung zur Datenbank wurde unterbrochen. Es wurde nichts verändert. Bitte versuchen "
    "Sie es noch einmal."
)
STILL_THERE = (
    "Die Bytes gelöschter Inhalte stehen noch in älteren Datendateien. Sie verschwinden mit "
    "„python -m indicators compact“; von selbst entfernt die Anwendung auf dem gemeinsamen Speicher keine Datei."
)
STILL_IN_PAGES = (
    "Gelöschte Inhalte stehen noch in Seiten der Datenbank auf dem Datenbankserver, weil dort gerade jemand liest. "
    "Bitte versuchen Sie es gleich noch einmal."
)


def is_gone(error: BaseException) -> bool:
    """True where the database server did not answer, or was cut off in the middle: there are many words for that.

    What is wrong with a statement has a class of its own; a bare Error is what an extension throws.
    """
    if NOT_THE_SERVER.search(str(error)):
        return False
    return type(error) is duckdb.Error or isinstance(error, CUT) or bool(GONE.search(str(error)))


def cannot_open(error: BaseException, folder: object) -> StoreError:
    if OTHER_FOLDER.search(str(error)):
        return StoreError(
            f"Die Datenbank auf dem Datenbankserver gehört zu einem anderen Datenordner als {folder}. Bitte die "
            "Einstellung store_folder berichtigen."
        )
    return AwayError(AWAY)


def files_lost(number: int, folder: object) -> StoreError:
    return StoreError(
        f"Im gemeinsamen Datenordner {folder} fehlen {number} Dateien, die die Datenbank nennt. Bitte holen Sie den "
        "Ordner aus der Sicherung zurück; Dateien, die dort zu viel liegen, schaden nicht."
    )


def no_folder(folder: object) -> StoreError:
    return StoreError(
        f"Der gemeinsame Datenordner {folder} ist nicht da oder ein anderer. Bitte prüfen Sie, ob er auf diesem "
        "Rechner eingehängt ist; danach geht es ohne Neustart weiter."
    )
