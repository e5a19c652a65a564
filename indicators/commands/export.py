"""The command that writes figures to files."""

from datetime import date, datetime
from pathlib import Path

import click

from indicators import boards, german, snapshot
from indicators.commands.installation import opened
from indicators.deliveries import archive, versions
from indicators.exports import FORMATS
from indicators.figures import Figure
from indicators.model import MonitoringError
from indicators.moments import end_of_day
from indicators.snapshot import Snapshot
from indicators.store.database import utc_now


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), default="xlsx", help="Dateiformat.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Stand der Daten an diesem Tag.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Zieldatei.")
def export(codes: tuple[str, ...], format_name: str, day: datetime | None, out: Path) -> None:
    """Schreibt die Kennzahlen CODES (ohne Angabe: die Übersicht) in eine Datei."""
    store, catalogue = opened()
    moment = end_of_day(date(day.year, day.month, day.day)) if day else archive.present(store, utc_now())
    used = versions.hash_at(store, moment) if day else catalogue.version
    known = snapshot.take(
        store, catalogue if used in (None, catalogue.version) else versions.load_version(store, str(used)), moment
    )
    chosen = _figures(known, codes)
    target = FORMATS[format_name]
    if not target.suits(chosen):
        raise MonitoringError(f"Das Format {target.label} passt nicht zu dieser Auswahl. Bitte xlsx oder csv wählen.")
    out.write_bytes(target.render(chosen))
    click.echo(f"Geschrieben: {out}")


def _figures(known: Snapshot, codes: tuple[str, ...]) -> list[Figure]:
    unknown = [code for code in codes if code not in known.catalogue.indicators]
    if unknown:
        raise MonitoringError(f"Diese Kennzahlen gibt es nicht: {german.enumeration(unknown)}.")
    if not codes:
        return boards.figures(known)
    chosen = [known.catalogue.indicator(code) for code in codes]
    return [boards.trend_figure(known, indicator, [indicator.headline]) for indicator in chosen]
