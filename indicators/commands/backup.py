"""Commands that make backups and bring one back."""

import getpass
from pathlib import Path

import click

from indicators import german
from indicators.commands import installation
from indicators.ledger import erasure
from indicators.store import Store, StoreError, store_of
from indicators.store.backups import backup as backups
from indicators.store.backups.backup import Check, Contents
from indicators.store.backups.backup_requests import ask_for_backup
from indicators.store.database import utc_now
from indicators.store.durability.store_errors import InUseError

BY = click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@BY
def backup(file: Path, by: str) -> None:
    """Schreibt eine geprüfte Sicherung der ganzen Datenbank nach FILE, auch während die Anwendung läuft."""
    wanted = installation.settings()
    if not wanted.shared and not wanted.database.exists():
        raise StoreError(f"Es gibt noch keine Datenbank: {wanted.database}.")
    try:
        store = store_of(wanted)
    except InUseError:
        written = ask_for_backup(wanted.database, file, by)
    else:
        written = backups.backup(store, file, by, utc_now())
        store.close()
    click.echo(f"Gesichert und geprüft: {written} ({written.stat().st_size:,} Byte)".replace(",", "."))


@click.command("restore-backup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Nur zeigen, was die Sicherung bringt.")
@click.option("--yes", is_flag=True, help="Nicht nachfragen.")
@BY
def restore_backup(file: Path, only_check: bool, yes: bool, by: str) -> None:
    """Holt die Sicherung FILE zurück; die Anwendung darf dabei nicht laufen. Die bisherige Datei bleibt erhalten."""
    if installation.settings().shared:
        raise StoreError(backups.SHARED)
    database = installation.settings().database
    _print(backups.restore_check(file, database))
    if only_check:
        return
    if not yes:
        answer = click.prompt("Diese Sicherung zurückholen? [j/N]", default="", show_default=False)
        if answer.strip().casefold() not in ("j", "ja", "y", "yes"):
            raise click.Abort
    aside = backups.restore(file, database, by, utc_now())
    click.echo(f"Zurückgeholt: {database}")
    _erase_again(database)
    if aside:
        click.echo(f"Die bisherige Datei liegt unter {aside}.")


def _erase_again(database: Path) -> None:
    """What people had erased after the backup was made."""
    store = Store(database)
    try:
        again = erasure.erase_again(store, utc_now())
        cleared = erasure.clear(store, utc_now())
    finally:
        store.close()
    if again:
        click.echo(f"Noch einmal gelöscht: der Inhalt von {german.counted(again, 'Datei', 'Dateien')}.")
    if not cleared:
        click.echo("Aus der Datenbankdatei selbst verschwindet er, sobald dafür Platz frei ist.")


def _print(check: Check) -> None:
    click.echo(f"Die Sicherung ist unbeschädigt: {_line(check.backup)}")
    if check.erasing:
        click.echo(check.erasing)
    if check.present is None:
        click.echo("Die jetzige Datenbank fehlt, ist beschädigt oder wird gerade benutzt.")
        return
    click.echo(f"Jetzige Datenbank: {_line(check.present)}")
    click.echo(check.consequence)


def _line(found: Contents) -> str:
    held = german.counted(len(found.deliveries), "Lieferung", "Lieferungen")
    return f"{found.last}; {held}, Katalog {found.definitions or 'noch ohne Fassung'}."
