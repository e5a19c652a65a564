"""The command that erases contents of files: for the timer, and for one file that must go."""

import getpass

import click

from indicators import german
from indicators.commands import installation
from indicators.errors import MonitoringError
from indicators.ledger import erasure
from indicators.store import Store, store_of
from indicators.store.backups.backup import copies_with
from indicators.store.database import utc_now
from indicators.store.durability.store_errors import InUseError
from indicators.store.shared.lake_errors import STILL_THERE

RUNNING = (
    "Die Anwendung läuft und hat die Datenbank geöffnet. Sie löscht abgelaufene Dateien selbst einmal am Tag; eine "
    "einzelne Datei löscht die Administration auf der Seite „Verwaltung“."
)


@click.command()
@click.argument("sha256", required=False)
@click.option("--reason", default="", help="Warum der Inhalt dieser Datei gelöscht wird; bleibt verzeichnet.")
@click.option("--days", type=click.IntRange(1), help="Frist für nicht übernommene Dateien (Vorgabe: Einstellung).")
@click.option("--check", "only_check", is_flag=True, help="Nur zeigen, was gelöscht würde.")
@click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")
def erase(sha256: str | None, reason: str, days: int | None, only_check: bool, by: str) -> None:
    """Löscht den Inhalt der Datei SHA256 auf Dauer; ohne SHA256 alle nicht übernommenen, deren Frist vorbei ist."""
    wanted = installation.settings()
    try:
        store = store_of(wanted)
    except InUseError:
        raise MonitoringError(RUNNING) from None
    try:
        if sha256:
            _one(store, sha256, reason, only_check, by)
        else:
            _expired(store, wanted.erase_after_days if days is None else days, only_check)
    finally:
        store.close()


def _one(store: Store, sha256: str, reason: str, only_check: bool, by: str) -> None:
    if not only_check:
        cleared = erasure.erase(store, sha256, utc_now(), by, reason)
        click.echo("Der Inhalt ist gelöscht." if cleared else f"Der Inhalt ist gelöscht. {_later()}")
    copies = copies_with(installation.settings().database, sha256)
    for file in copies.holding:
        click.echo(f"Enthält die Datei noch: {file}")
    for file in copies.unreadable:
        click.echo(f"Lässt sich nicht lesen, enthält sie vielleicht: {file}")
    if not (copies.holding or copies.unreadable or installation.settings().shared):
        click.echo("Keine Sicherung auf diesem Server enthält die Datei.")


def _expired(store: Store, days: int, only_check: bool) -> None:
    found = erasure.expired(store, utc_now(), days)
    for one in found:
        click.echo(f"{one.name}, {german.moment(one.at)}, SHA-256 {one.sha256}")
    if only_check:
        click.echo(f"{german.counted(len(found), 'Datei', 'Dateien')} würden ihren Inhalt verlieren.")
        return
    number = erasure.upkeep(store, utc_now(), days)
    click.echo(f"Gelöscht: der Inhalt von {german.counted(number, 'Datei', 'Dateien')}.")
    if any(not one.cleared for one in erasure.erasures(store)):
        click.echo(_later())


def _later() -> str:
    if installation.settings().shared:
        return STILL_THERE
    return "Aus der Datenbankdatei selbst verschwindet er, sobald dafür Platz frei ist."
