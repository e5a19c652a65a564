"""Opening the installation that a command works on."""

import click

from indicators.catalogue import CatalogueError
from indicators.installation import Installation
from indicators.settings import Settings


def opened() -> Installation:
    """This installation. Raises MonitoringError where it cannot be used."""
    found = Installation(Settings())
    if context := click.get_current_context(silent=True):
        context.call_on_close(found.close)  # with its log moved into the file, whatever becomes of the command
    found.catalogue()
    if faults := found.faults():
        click.echo(f"{CatalogueError(faults)}\nBis dahin gilt die letzte fehlerfreie Fassung weiter.", err=True)
    return found
