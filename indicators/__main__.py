"""The command line for IT staff: the same functions as the pages. `python -m indicators --help`."""

import sys

import click

from indicators.commands import COMMANDS
from indicators.commands.cities import EVERY, for_every_city
from indicators.commands.installation import chosen
from indicators.errors import MonitoringError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--city", metavar="NAME", help="Nur bei vielen Städten: für welche (der Name ihres Ordners).")
@click.option(EVERY, is_flag=True, help="Für jede Stadt; „{city}“ steht in Dateinamen für den Namen ihres Ordners.")
def main(city: str | None, every_city: bool) -> None:
    """Integrationsmonitoring: Vorlagen schreiben, Lieferungen prüfen und übernehmen, Figuren ausgeben."""
    chosen(city)


for command in COMMANDS:
    main.add_command(command)


def run() -> None:
    """Shows what a person can mend as one line; everything else is a bug and keeps its traceback."""
    arguments = sys.argv[1:]
    try:
        sys.exit(for_every_city(arguments, _status) if EVERY in arguments else _status(arguments))
    except MonitoringError as error:
        click.echo(f"Fehler: {error}", err=True)
        sys.exit(1)


def _status(arguments: list[str]) -> int:
    """Of one command: what it ends with."""
    try:
        main(arguments, prog_name="python -m indicators")
    except MonitoringError as error:
        click.echo(f"Fehler: {error}", err=True)
        return 1
    except SystemExit as ended:
        if isinstance(ended.code, str):
            click.echo(ended.code, err=True)
            return 1
        return ended.code or 0
    return 0


if __name__ == "__main__":
    run()
