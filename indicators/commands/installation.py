"""Opening the installation that a command works on."""

import click

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, CatalogueError, load
from indicators.deliveries import versions
from indicators.settings import Settings
from indicators.store import Store


def opened() -> tuple[Store, Catalogue]:
    """Store and catalogue of this installation. Raises MonitoringError where they cannot be used."""
    settings = Settings()
    store = Store(settings.database, memory_limit=settings.memory_limit)
    if context := click.get_current_context(silent=True):
        context.call_on_close(store.close)  # with its log moved into the file, whatever becomes of the command
    return store, _in_force(store, settings)


def _in_force(store: Store, settings: Settings) -> Catalogue:
    """The definition files; while they are faulty, what was in force before, as on the pages."""
    try:
        return load(settings.definitions, methods=METHODS)
    except CatalogueError as error:
        last = versions.last_hash(store)
        if last is None:
            raise
        click.echo(f"{error}\nBis dahin gilt die letzte fehlerfreie Fassung weiter.", err=True)
        return versions.load_version(store, last)
