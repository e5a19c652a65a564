"""The command that builds the sample installation."""

import click

from indicators import samples
from indicators.settings import Settings


@click.command()
@click.option("--if-missing", is_flag=True, help="Nur wenn es noch keine Datenbank gibt.")
def sample(if_missing: bool) -> None:
    """Legt die Beispielinstallation Braunschweig an: Lieferung für Lieferung durch die echte Prüfung."""
    settings = Settings()
    if settings.home is not None:
        click.echo("MONITORING_HOME ist gesetzt: hier entsteht kein Beispiel.")
        return
    if settings.database.exists():
        if not if_missing:
            raise click.ClickException(f"Es gibt schon eine Datenbank: {settings.database}. Sie wird nicht ersetzt.")
        return
    with click.progressbar(samples.plan(), label="Beispiel wird angelegt") as steps:
        samples.build(settings.database, settings.definitions, steps)
