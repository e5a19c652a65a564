"""The command that builds a sample installation."""

from collections.abc import Iterator

import click

from indicators.commands import installation
from indicators.samples import SAMPLES, Step, ring
from indicators.settings import IN_A_RING, SampleName
from indicators.store import store_of

SHARED = (
    "Ein Beispiel entsteht als Datei. Bitte ohne die Einstellung store anlegen und dann mit „python -m indicators "
    "move“ in den gemeinsamen Speicher bringen."
)


@click.command()
@click.option("--city", type=click.Choice(list(SAMPLES)), help="Welche Stadt; Vorgabe: MONITORING_SAMPLE.")
@click.option("--if-missing", is_flag=True, help="Nur wenn es noch keine Datenbank gibt.")
def sample(city: SampleName | None, if_missing: bool) -> None:
    """Legt eine Beispielinstallation an, Lieferung für Lieferung durch die echte Prüfung.

    Musterstadt hat erfundene Zahlen in allen Feldern, Braunschweig öffentliche Jahreszahlen;
    die anderen sind nach ihrer Vorlage eingerichtet und enthalten nur, was sie sagt.
    """
    wanted = installation.settings(sample=city) if city else installation.settings()
    if wanted.home is not None:
        click.echo("MONITORING_HOME ist gesetzt: hier entsteht kein Beispiel.")
        return
    if wanted.shared:
        raise click.ClickException(SHARED)
    if wanted.database.exists():
        if not if_missing:
            raise click.ClickException(f"Es gibt schon eine Datenbank: {wanted.database}. Sie wird nicht ersetzt.")
    else:
        SAMPLES[wanted.sample].build(wanted.database, _watched)
    if wanted.sample == IN_A_RING and not wanted.sample_ring.exists():
        own = store_of(wanted)
        try:
            ring.build(wanted.sample_ring, own)
        finally:
            own.close()


def _watched(steps: list[Step]) -> Iterator[Step]:
    with click.progressbar(steps, label="Beispiel wird angelegt") as watched:
        yield from watched
