"""The command that writes figures to files."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from indicators import boards, german
from indicators.commands.installation import known_at, opened_to_read
from indicators.errors import MonitoringError
from indicators.exports import FORMATS, INVENTED, Mark, marked
from indicators.figures import Figure
from indicators.knowledge.snapshot import Snapshot

IN_THE_NAME = "wahre-werte"
TRUE = Mark(
    "Schutz",
    "wahre Werte",
    "Wahre Werte: Auch kleine Zahlen, die geheim zu halten sind, stehen darin. Nicht weitergeben.",
)


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), default="xlsx", help="Dateiformat.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Stand der Daten an diesem Tag.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Zieldatei.")
@click.option("--true-values", is_flag=True, help="Mit den kleinen Zahlen, die sonst gesperrt sind. Nicht weitergeben.")
def export(codes: tuple[str, ...], format_name: str, day: datetime | None, out: Path, true_values: bool) -> None:
    """Schreibt die Kennzahlen CODES (ohne Angabe: die Übersicht) in eine Datei, auch während die Anwendung läuft.

    Die Datei zeigt, was die Steuerungsgruppe sieht. Mit --true-values zeigt sie alles; das steht dann in der Datei und
    in ihrem Namen.
    """
    with opened_to_read() as city:
        known = known_at(city, day, suppressed=not true_values)
        invented = city.catalogue().city.invented
    chosen = marked(_figures(known, codes), INVENTED if invented else None)
    if true_values:
        chosen = [replace(figure, title=f"{figure.title} – {TRUE.word}") for figure in marked(chosen, TRUE)]
        out = out.with_name(f"{out.name.removesuffix(out.suffix)}-{IN_THE_NAME}{out.suffix}")
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
