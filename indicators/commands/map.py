"""The command that checks a file of boundaries, and takes it over."""

import getpass
import sys
from pathlib import Path

import click

from indicators import german
from indicators.commands.installation import opened
from indicators.datasets.listed.fields import districts
from indicators.errors import MonitoringError
from indicators.foreign_text import legible
from indicators.knowledge import boundaries
from indicators.maps.boundaries import Span
from indicators.maps.matching import beside, likeliest, match
from indicators.maps.reading import read_boundaries
from indicators.store.database import utc_now


@click.command("map")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dimension", help="Merkmal, dessen Gebiete gezeichnet werden (Vorgabe: das einzige, das es gibt).")
@click.option("--field", help="Spalte mit Schlüssel oder Name des Gebiets (Vorgabe: die, die am besten passt).")
@click.option("--from", "begin", default="01.01.2000", help="Erster Tag, an dem die Grenzen gelten.")
@click.option("--to", "end", default="", help="Letzter Tag; ohne Angabe gelten sie weiterhin.")
@click.option("--source", default="", help="Quelle und Lizenz; stehen unter jeder Karte.")
@click.option("--commit", is_flag=True, help="Nach der Prüfung übernehmen. Ohne dies wird nur geprüft.")
@click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")
def map_command(
    file: Path, dimension: str | None, field: str | None, begin: str, end: str, source: str, commit: bool, by: str
) -> None:
    """Prüft eine Datei mit Grenzen (GeoJSON, TopoJSON, Shapefile als ZIP) und übernimmt sie mit --commit."""
    city = opened()
    known = {one.code: one for one in districts(city.catalogue())}
    code = dimension or next(iter(known), "")
    if code not in known or (dimension is None and len(known) > 1):
        raise MonitoringError(f"Bitte mit --dimension das Merkmal nennen. Bekannt: {', '.join(known) or 'keines'}.")
    content, span = file.read_bytes(), Span(german.parse_day(begin), german.parse_day(end) if end else None)
    read = read_boundaries(content, file.name)
    matched = match(read, known[code], field or likeliest(read, known[code]), span)
    now = utc_now()
    for one in (*matched.findings, *beside(boundaries.boundaries(city.store, now), code, span)):
        click.echo(legible(f"{one.severity.word}: {one.message} → {one.remedy}", 600))
    click.echo(f"{german.counted(len(matched.shapes), 'Gebiet', 'Gebiete')}, Spalte „{matched.field}“, {span.words}.")
    if not matched.usable:
        sys.exit(1)
    if commit:
        boundaries.keep(city.store, code, span, matched.shapes, source, read.projection, (file.name, content), by, now)
        click.echo("Übernommen.")
