"""The command that writes the data files of a shared store anew."""

import click

from indicators import german
from indicators.commands import installation
from indicators.errors import MonitoringError
from indicators.ledger import erasure
from indicators.store import store_of
from indicators.store.database import utc_now

NOT_NEEDED = (
    "Das ist nur auf einem gemeinsamen Speicher nötig. Die Datenbankdatei eines Rechners hält sich selbst in Ordnung."
)
ADVICE = (
    "Bitte zuerst sichern, in dieser Reihenfolge: die Datenbank mit pg_dump, dann den Datenordner mit rsync "
    "(docs/skalierung.md). Die Sicherung muss fertig sein, bevor es losgeht, denn ersetzte Dateien werden gelöscht. "
    "Gelesen werden kann währenddessen; wer speichert, wartet."
)


@click.command()
@click.option("--yes", is_flag=True, help="Nicht fragen: Die Sicherung ist fertig.")
def compact(yes: bool) -> None:
    """Legt die vielen kleinen Dateien eines gemeinsamen Speichers zusammen und entfernt daraus, was gelöscht wurde."""
    settings = installation.settings()
    if not settings.shared:
        raise MonitoringError(NOT_NEEDED)
    click.echo(ADVICE)
    if not yes:
        click.confirm("Ist die Sicherung fertig?", abort=True)
    store = store_of(settings)
    try:
        before, after = erasure.merge(store, utc_now())
    finally:
        store.close()
    files = german.counted(before, "Datei", "Dateien")
    click.echo(f"Aus {files} wurden {german.number(after, 0)}. Gelöschte Inhalte stehen in keiner mehr.")
