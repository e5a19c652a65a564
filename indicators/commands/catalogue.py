"""Commands about the definitions: check them, start an installation of one's own."""

import shutil
import sys
from pathlib import Path

import click

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, lint, load
from indicators.knowledge.unclaimed import not_counted, unclaimed
from indicators.settings import PROJECT, SAMPLE_DEFINITIONS, Settings
from indicators.store import Store, StoreError

SETTINGS_FILE = """\
# Einstellungen dieser Installation. Umgebungsvariablen (MONITORING_…) haben Vorrang.
# local_user = "Stabsstelle Integration"   # Name, der bei Lieferungen steht
# memory_limit = "2GB"                     # Arbeitsspeicher der Datenbank
# keep_daily = 14                          # so viele tägliche Sicherungen bleiben; 0: keine
# keep_monthly = 12                        # und so viele Monate lang die letzte des Monats
"""
OLD_MEETINGS = (
    "Hinweis: „meetings“ in city.yaml wird nicht mehr gebraucht. Die Tage sind übernommen oder werden es beim nächsten "
    "Start; gepflegt werden sie auf der Seite „Sitzungen“. Der Eintrag schadet nicht und kann gestrichen werden."
)


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Prüft die Definitionsdateien und nennt jeden Fehler mit Datei, Zeile und Abhilfe.

    Vergleicht sie auch mit der Datenbank und sagt, welche gespeicherten Werte keine Kennzahl mehr hätten.
    """
    definitions = folder or Settings().definitions
    faults = lint(definitions, methods=METHODS)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} Fehler.", err=True)
        sys.exit(1)
    click.echo("Alle Definitionen sind in Ordnung.")
    catalogue = load(definitions, methods=METHODS)
    if catalogue.city.meetings:
        click.echo(OLD_MEETINGS)
    _compare(catalogue)


def _compare(catalogue: Catalogue) -> None:
    """With what is stored, where there is a database that nobody else has open."""
    settings = Settings()
    if not settings.database.exists():
        return
    try:
        store = Store(settings.database, memory_limit=settings.memory_limit)
    except StoreError as error:
        click.echo(f"Mit der Datenbank wurde nicht verglichen: {error}", err=True)
        return
    for sentence in (*unclaimed(store, catalogue), *not_counted(store, catalogue)):
        click.echo(f"Achtung: {sentence}")
    store.close()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Legt eine eigene Installation in FOLDER an: Startkatalog, Einstellungen, leere Datenbank."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"Der Ordner {folder} ist nicht leer. Bitte einen neuen Ordner nennen.")
    shutil.copytree(SAMPLE_DEFINITIONS["braunschweig"], folder / "definitions")
    city = folder / "definitions" / "city.yaml"
    city.write_text(_own_city(city.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "settings.toml").write_text(SETTINGS_FILE, encoding="utf-8")
    Store(folder / "data" / "monitoring.duckdb").close()
    click.echo(f"Angelegt: {folder}")
    click.echo(f"1. Die Definitionen in {folder / 'definitions'} anpassen, zuerst city.yaml.")
    click.echo(f"2. Prüfen:  MONITORING_HOME={folder} python -m indicators check")
    click.echo(f"3. Starten: MONITORING_HOME={folder} make -C {PROJECT} run")


def _own_city(text: str) -> str:
    """The sample's city file without its marks as a sample."""
    lines = [line for line in text.splitlines() if not line.startswith("sample:")]
    return "\n".join(["# Name und Schlüssel der eigenen Stadt eintragen.", *lines]) + "\n"
