"""The command that writes a whole report in every format."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from indicators.commands import installation
from indicators.commands.installation import known_at, opened_to_read
from indicators.moments import local_day
from indicators.reports import frozen, names
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from indicators.store.database import utc_now

KINDS = click.Choice([kind.value for kind in Kind])


@click.command()
@click.argument("kind", type=KINDS, default=Kind.FULL.value)
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Zielordner.")
@click.option("--format", "formats", type=click.Choice(list(FORMATS)), multiple=True, help="Nur diese Formate.")
@click.option("--field", "fields", multiple=True, help="Nur dieses Handlungsfeld; mehrfach, in dieser Reihenfolge.")
@click.option("--indicator", "codes", multiple=True, help="Nur diese Kennzahl; mehrfach, in dieser Reihenfolge.")
@click.option("--number", type=int, help="Den eingefrorenen Bericht dieser Nummer, wie er war.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Stand der Daten an diesem Tag.")
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), help="Datum auf dem Titelblatt (Vorgabe: heute).")
def report(
    kind: str,
    folder: Path,
    formats: Sequence[str],
    fields: tuple[str, ...],
    codes: tuple[str, ...],
    number: int | None,
    day: datetime | None,
    dated: datetime | None,
) -> None:
    """Schreibt den Bericht KIND in allen Formaten nach --out, auch während die Anwendung läuft.

    Der Bericht zeigt, was die Steuerungsgruppe sieht: kleine Zahlen sind gesperrt. Mit --number entsteht ein
    eingefrorener Bericht noch einmal; die anderen Angaben zählen dann nicht.
    """
    wanted = installation.settings()
    with opened_to_read() as city:
        if number is not None:
            made = frozen.report(city.store, number)
        else:
            known = known_at(city, day, suppressed=True)
            on_cover = dated.date() if dated else local_day(utc_now())
            made = make(
                city.store,
                known,
                Wish(Kind(kind), fields, codes),
                on_cover,
                wanted.report_folder,
                then=lambda moment: city.known(moment, utc_now(), suppressed=True),
            )
    folder.mkdir(parents=True, exist_ok=True)
    for name in formats or FORMATS:
        target = folder / names.of_report(made, FORMATS[name].suffix)
        target.write_bytes(FORMATS[name].render(made))
        click.echo(f"Geschrieben: {target}")
