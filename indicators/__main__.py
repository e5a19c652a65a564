"""The command line for IT staff: the same functions as the pages. `python -m indicators --help`."""

import sys

import click

from indicators.commands import COMMANDS
from indicators.errors import MonitoringError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Integrationsmonitoring: Vorlagen schreiben, Lieferungen prüfen und übernehmen, Figuren ausgeben."""


for command in COMMANDS:
    main.add_command(command)


def run() -> None:
    """Shows what a person can mend as one line; everything else is a bug and keeps its traceback."""
    try:
        main(prog_name="python -m indicators")
    except MonitoringError as error:
        click.echo(f"Fehler: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
