"""Commands for the way of a workbook: template, deliver, withdraw, restore."""

import getpass
import sys
from pathlib import Path

import click

from indicators import german
from indicators.catalogue import Catalogue
from indicators.commands.installation import opened
from indicators.datasets import counted
from indicators.datasets.preview import Change
from indicators.deliveries.handing_out import template_for, templates_for_all
from indicators.deliveries.staging import Staged, confirm, keeping_the_rest, stage
from indicators.errors import MonitoringError
from indicators.foreign_text import legible
from indicators.ledger import commits
from indicators.ledger.commits import Upload, record_upload
from indicators.model import Finding
from indicators.periods import Period
from indicators.store import Store
from indicators.store.database import utc_now
from indicators.templates.template import plain
from indicators.workbooks.gate import MAX_FILE, too_large

BY = click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")
REASON = click.option("--reason", required=True, help="Der Grund; er wird gespeichert und gezeigt.")


@click.command()
@click.argument("period")
@click.option("--reporter", help="Meldende Stelle; ohne Angabe alle als ZIP.")
@click.option("--out", type=click.Path(path_type=Path), help="Zieldatei.")
def template(period: str, reporter: str | None, out: Path | None) -> None:
    """Schreibt die Vorlage einer meldenden Stelle für PERIOD (zum Beispiel 2026-Q3), oder alle als ZIP."""
    city = opened()
    store, catalogue = city.store, city.catalogue()
    wanted = Period.parse(period)
    if reporter and reporter not in catalogue.reporters:
        known = german.enumeration(list(catalogue.reporters))
        raise MonitoringError(f"Die meldende Stelle „{reporter}“ gibt es nicht. Bekannt sind {known}.")
    name = str(wanted).replace("/", "-").replace(" ", "-")
    if reporter:
        target = out or Path(f"Vorlage_{plain(reporter.replace(' ', ''))}_{name}.xlsx")
        target.write_bytes(template_for(store, catalogue, reporter, wanted))
    else:
        target = out or Path(f"Vorlagen_{name}.zip")
        target.write_bytes(templates_for_all(store, catalogue, wanted))
    click.echo(f"Geschrieben: {target}")


@click.command()
@click.argument("workbooks", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commit", is_flag=True, help="Nach fehlerfreier Prüfung übernehmen. Ohne dies wird nur geprüft.")
@click.option("--reason", default="", help="Ein Grund für alle Warnungen und Korrekturen.")
@click.option("--keep-rest", is_flag=True, help="Gliederungen behalten, die in der Datei nicht vorkommen.")
@BY
def deliver(workbooks: tuple[Path, ...], commit: bool, reason: str, keep_rest: bool, by: str) -> None:
    """Prüft Arbeitsmappen, zeigt die Vorschau und übernimmt sie mit --commit.

    Ausgang 0: alles geprüft oder übernommen; 1: mindestens eine Datei abgewiesen.
    """
    city = opened()
    store, catalogue = city.store, city.catalogue()
    failed = False
    for file in workbooks:
        try:
            _deliver(store, catalogue, file, by, reason if commit else None, keep_rest)
        except MonitoringError as error:
            click.echo(f"  nicht übernommen: {error}")
            failed = True
    sys.exit(1 if failed else 0)


def _deliver(store: Store, catalogue: Catalogue, file: Path, by: str, reason: str | None, keep_rest: bool) -> None:
    """Checks one workbook and, with a reason (which may be empty), commits it. Raises MonitoringError if rejected."""
    click.echo(f"{legible(file.name)}:")
    if file.stat().st_size > MAX_FILE:
        raise too_large(file.stat().st_size)  # not even read: it might not fit into memory
    upload = Upload(file.name, file.read_bytes(), by)
    now = utc_now()
    staged = stage(store, catalogue, upload, now)
    if keep_rest:
        staged = keeping_the_rest(store, catalogue, staged, now)
    record_upload(store, upload, now, staged.outcome)
    _print(staged)
    if staged.blocked:
        raise MonitoringError("An den gespeicherten Zahlen hat sich nichts geändert.")
    if reason is not None:
        receipt = confirm(store, catalogue, staged, utc_now(), dict.fromkeys(staged.to_explain, reason))
        rows = counted(staged.reading.data_set if staged.reading else "", receipt.rows)
        click.echo(f"  Übernommen als Lieferung {receipt.number} ({rows}, SHA-256 {receipt.sha256}).")


@click.command()
@click.argument("number", type=int)
@REASON
@BY
def withdraw(number: int, reason: str, by: str) -> None:
    """Zieht die Lieferung NUMBER zurück; die früheren Zahlen gelten wieder."""
    store = opened().store
    commits.withdraw(store, number, utc_now(), by, reason)
    click.echo(f"Lieferung {number} ist zurückgezogen.")


@click.command()
@click.argument("number", type=int)
@REASON
@BY
def restore(number: int, reason: str, by: str) -> None:
    """Macht eine zurückgezogene Lieferung NUMBER wieder gültig."""
    store = opened().store
    commits.restore(store, number, utc_now(), by, reason)
    click.echo(f"Lieferung {number} gilt wieder.")


def _print(staged: Staged) -> None:
    for finding in (*staged.findings, *staged.corrections):
        click.echo(f"  {_line(finding)}")
    if staged.preview:
        counts = [f"{staged.preview.count(change)} {change.word}" for change in Change]
        click.echo(f"  Vorschau: {', '.join(counts)}")
    click.echo("  abgewiesen" if staged.blocked else "  in Ordnung")


def _line(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place.sheet or finding.place.cell else ""
    found = f" (gefunden: {finding.found})" if finding.found and finding.found not in finding.message else ""
    return f"{finding.severity.word}: {place}{finding.message}{found} {finding.remedy}".rstrip()
