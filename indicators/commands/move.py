"""The command that takes everything to another kind of store."""

import getpass
from pathlib import Path

import click

from indicators import german
from indicators.commands import installation
from indicators.store import Lake, Store, StoreError, place_of
from indicators.store.database import utc_now
from indicators.store.moving import move

LAKE = "ducklake:"


@click.command("move")
@click.argument("source")
@click.argument("target")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Datenordner des gemeinsamen Speichers."
)
@click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")
def move_command(source: str, target: str, folder: Path | None, by: str) -> None:
    """Bringt alles von SOURCE nach TARGET und prüft Wert für Wert, ob es ankam. SOURCE bleibt, wie es ist.

    Beide sind eine Datei (monitoring.duckdb) oder ein gemeinsamer Speicher („ducklake:postgres:dbname=… host=…“, dazu
    --folder). Die Anwendung darf dabei nicht laufen. Danach nennt die Einstellung store, was gelten soll.
    """
    former, new = _place(source, folder), _place(target, folder)
    if isinstance(former, Path) and not former.exists():
        raise StoreError(f"Die Datenbank {former} gibt es nicht.")
    leaving = Store(former)
    try:
        arriving = Store(new)
        try:
            moved = move(leaving, arriving, by, utc_now())
        finally:
            arriving.close()
    finally:
        leaving.close()
    click.echo(f"{german.number(moved.total, 0)} Zeilen in {len(moved.rows)} Tabellen sind angekommen und geprüft.")
    click.echo(f"Damit die Anwendung sie nutzt, in den Einstellungen: {_setting(target, folder)}")


def _place(named: str, folder: Path | None) -> Path | Lake:
    """Named as the settings name it, so what they refuse is refused here."""
    if not named.startswith(LAKE):
        return Path(named).expanduser().absolute()
    return place_of(installation.settings(store=named, store_folder=folder))


def _setting(target: str, folder: Path | None) -> str:
    if target.startswith(LAKE):
        return f'store = "{target}" und store_folder = "{folder}"'
    return f'database = "{Path(target).absolute()}", ohne store'
