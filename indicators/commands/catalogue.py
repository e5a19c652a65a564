"""Commands about the definitions: check them, write them out, read them in."""

import getpass
import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from indicators.attainment import METHODS
from indicators.boards.catalogue_workbook import bring, hand_out, made_from
from indicators.boards.definition_change import effects
from indicators.boards.definition_schema import schema
from indicators.catalogue import Catalogue, CatalogueError, lint, load, texts_of
from indicators.catalogue.editing import SCHEMA, with_schema
from indicators.catalogue.loading import folder_of
from indicators.commands import installation
from indicators.commands.installation import opened, opened_to_read
from indicators.installation import Installation
from indicators.knowledge.unclaimed import not_counted, unclaimed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.moments import local_day
from indicators.store import StoreError, store_of
from indicators.store.database import utc_now
from indicators.workbooks.workbook import read_workbook

WORKBOOK = ".xlsx"
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
    definitions = folder or installation.settings().definitions
    if folder is None and not texts_of(definitions):
        with opened_to_read() as city, folder_of(city.texts()) as kept:
            click.echo(f"{definitions} hat keine Dateien: geprüft wird der Katalog der Datenbank.")
            _check(kept)
        return
    catalogue = _check(definitions)
    if catalogue.city.meetings:
        click.echo(OLD_MEETINGS)
    _compare(catalogue)


def _check(definitions: Path) -> Catalogue:
    """Says every fault and ends there; the checked catalogue where there is none."""
    faults = lint(definitions, methods=METHODS)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} Fehler.", err=True)
        sys.exit(1)
    click.echo("Alle Definitionen sind in Ordnung.")
    return load(definitions, methods=METHODS)


def _compare(catalogue: Catalogue) -> None:
    """With what is stored, where there is a database that nobody else has open."""
    wanted = installation.settings()
    if not wanted.shared and not wanted.database.exists():
        return
    try:
        store = store_of(wanted)
    except StoreError as error:
        click.echo(f"Mit der Datenbank wurde nicht verglichen: {error}", err=True)
        return
    for sentence in (*unclaimed(store, catalogue), *not_counted(store, catalogue)):
        click.echo(f"Achtung: {sentence}")
    store.close()


@click.group()
def definitions() -> None:
    """Gibt den Katalog als Dateien aus (export) und liest ihn wieder ein (import)."""


@definitions.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Dateien gleichen Namens ersetzen, die anders sind.")
def export_definitions(folder: Path, replace: bool) -> None:
    """Schreibt die Fassung, die gilt, nach FOLDER: als YAML-Dateien, oder als Mappe, wenn es auf .xlsx endet.

    Auch während die Anwendung läuft.
    """
    with opened_to_read() as city:
        texts = city.texts()
        if folder.suffix == WORKBOOK:
            number = versions.last_number(city.store)
            content = hand_out(city.catalogue(), texts, number, local_day(utc_now()))
            if folder.exists() and not replace:
                raise click.ClickException(f"{folder} gibt es schon. Mit --replace wird die Datei ersetzt.")
            folder.write_bytes(content)
            click.echo(f"Fassung {number} als Mappe geschrieben: {folder}")
            return
        texts = {name: with_schema(text) for name, text in texts.items()}
    there = texts_of(folder) if folder.is_dir() else {}
    if foreign := sorted(set(there) - set(texts)):
        raise click.ClickException(f"In {folder} liegt, was nicht zum Katalog gehört: {', '.join(foreign)}.")
    differing = sorted(name for name, text in there.items() if texts[name] != text)
    if differing and not replace:
        raise click.ClickException(
            f"In {folder} sind anders: {', '.join(differing)}. Mit --replace werden sie ersetzt."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    _write_schema(folder)
    click.echo(f"{len(texts)} Dateien geschrieben: {folder}")


@definitions.command("schema")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def schema_of_definitions(folder: Path) -> None:
    """Schreibt nach FOLDER, was in den Dateien stehen darf, als JSON-Schema: Editoren prüfen und ergänzen damit."""
    click.echo(f"Geschrieben: {_write_schema(folder)}")


def _write_schema(folder: Path) -> Path:
    file = folder / SCHEMA
    file.write_text(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")
    return file


@definitions.command("import")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--reason", default=None, help="Grund; ohne ihn wird nur gezeigt, was sich ändern würde.")
@click.option("--by", default=getpass.getuser, help="Name, der bei der Fassung steht.")
def import_definitions(folder: Path, reason: str | None, by: str) -> None:
    """Prüft die Dateien in FOLDER oder die Mappe (.xlsx, .ods), sagt, was sie ändern, und setzt sie mit --reason in
    Kraft.

    Danach gilt der Katalog in der Datenbank; Änderungen im Ordner der Installation werden auf der Seite „Katalog
    ändern“ angeboten.
    """
    city = opened(even_new=True)
    basis = versions.last_number(city.store)
    texts = texts_of(folder) if folder.is_dir() else _texts_of_workbook(city, folder)
    proposed = city.propose(texts)
    if city.is_new:
        counts = f"{len(proposed.fields)} Handlungsfelder, {len(proposed.indicators)} Kennzahlen"
        click.echo(f"{proposed.city.name}: {counts}.")
    else:
        _tell(city, proposed)
    if reason is None:
        click.echo("Es wurde nichts geändert. Mit --reason wird der Katalog übernommen.")
        return
    number = city.change(texts, basis, Decision(Act.IMPORT, by, utc_now(), reason))
    click.echo(f"Übernommen als Fassung {number}.")


def _texts_of_workbook(city: Installation, file: Path) -> dict[str, str]:
    """The files as the workbook wants them; what is to be said about it is said, with its cells."""
    book = read_workbook(file.read_bytes(), file.name)
    base = versions.version_by_hash(city.store, made_from(book))
    brought = bring(book, city.texts(), city.catalogue(), city.definitions(base.hash) if base else None)
    try:
        city.propose(brought.texts)
    except CatalogueError as error:
        brought.blame(error.faults)
    if base and brought.since:
        click.echo(f"Die Mappe stammt aus Fassung {base.number}. Seither wurde geändert:")
    for difference in brought.since:
        click.echo(f"  {difference}")
    for finding in brought.findings:
        click.echo(f"{finding.severity.word}, {finding.place or 'Mappe'}: {finding.message}")
    if not brought.usable:
        raise click.ClickException("Es wurde nichts geändert. Bitte die Fehler in der Mappe beheben.")
    return brought.texts


def _tell(city: Installation, after: Catalogue) -> None:
    """What differs, which statuses change, and what is to be minded."""
    before = city.known(None, utc_now(), suppressed=False)
    found = effects(city.store, before, city.taken(replace(after, version=f"{after.version}-probe"), before.moment))
    for difference in found.differences:
        click.echo(str(difference))
    for status in found.statuses:
        click.echo(f"Status {status.code} {status.title}: {status.before.said} → {status.after.said}")
    for value in found.values:
        click.echo(f"Wert {value.code} {value.title}, {value.period}: {value.before} → {value.after}")
    for caution in found.cautions:
        click.echo(f"Achtung: {caution}")
    if not found.differences:
        click.echo("Kein Unterschied zum Katalog, der gilt.")
