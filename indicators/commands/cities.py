"""The command that shows all cities of an installation of many, and the way to run another command for each of them."""

import sys
from collections.abc import Callable

import click

from indicators import german
from indicators.cities import City, all_cities
from indicators.errors import MonitoringError
from indicators.installation import Installation
from indicators.settings import SettingsError
from indicators.store.backups.daily_backup import day_of
from indicators.store.durability.store_errors import InUseError, backups_of

EVERY, PLACE = "--every-city", "{city}"
ONE_ONLY = "Hier ist eine Stadt eingerichtet. Viele Städte nennt die Umgebungsvariable MONITORING_CITIES."


@click.command()
@click.option("--check", "thorough", is_flag=True, help="Jede Datenbank öffnen und prüfen, die gerade niemand benutzt.")
def cities(thorough: bool) -> None:
    """Zeigt alle Städte: Ordner, Adresse, Datenbank, letzte Sicherung und was nicht in Ordnung ist.

    Rückgabewert 1, wenn mit einer etwas nicht in Ordnung ist.
    """
    found = all_cities()
    if found is None:
        raise SettingsError(ONE_ONLY)
    ill = 0
    for city in found.by_key.values():
        problem = city.problem or (_problem(city) if thorough else "")
        ill += bool(problem)
        click.echo(f"{city.key}: {', '.join(city.hosts) or 'ohne Adresse'}; {_data(city)}")
        if problem:
            click.echo(f"    {problem}")
    click.echo(f"{german.counted(len(found.by_key), 'Stadt', 'Städte')}, {ill} davon mit einem Fehler.")
    sys.exit(1 if ill else 0)


def _data(city: City) -> str:
    if city.settings is None:
        return "nicht lesbar"
    if city.settings.shared:
        return "gemeinsamer Speicher"
    file = city.settings.database
    if not file.exists():
        return "noch keine Datenbank"
    days = [day for copy in backups_of(file) if (day := day_of(file, copy))]
    saved = f"gesichert am {german.day(max(days))}" if days else "noch nicht gesichert"
    return f"{german.number(file.stat().st_size / (1 << 20), 1)} MB, {saved}"


def _problem(city: City) -> str:
    """What keeps it from working. Whoever has its database open at the moment knows better."""
    if city.settings is None or not (city.settings.shared or city.settings.database.exists()):
        return ""
    try:
        opened = Installation(city.settings)
    except InUseError:
        return ""
    except MonitoringError as error:
        return str(error)
    try:
        opened.verify()
        return "Die Definitionsdateien enthalten Fehler." if not opened.is_new and opened.faults() else ""
    except MonitoringError as error:
        return str(error)
    finally:
        opened.close()


def for_every_city(arguments: list[str], run: Callable[[list[str]], int]) -> int:
    """Runs a command for each city, and goes on where one fails; 1 where one did. „{city}“ in an argument stands for
    the name of its folder."""
    found = all_cities()
    if found is None:
        raise SettingsError(ONE_ONLY)
    rest = [word for word in arguments if word != EVERY]
    failed = [key for key in found.by_key if _told(key, ["--city", key, *(w.replace(PLACE, key) for w in rest)], run)]
    if failed:
        click.echo(f"Nicht gelungen: {german.enumeration(failed)}.", err=True)
    return 1 if failed else 0


def _told(key: str, arguments: list[str], run: Callable[[list[str]], int]) -> int:
    click.echo(f"== {key}")
    return run(arguments)
