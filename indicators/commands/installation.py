"""Opening the installation that a command works on."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from indicators.catalogue import CatalogueError
from indicators.cities import City, all_cities, of_city
from indicators.installation import Installation
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import end_of_day
from indicators.settings import Settings, SettingsError
from indicators.store.backups.backup_requests import ask_for_backup
from indicators.store.database import utc_now
from indicators.store.durability.store_errors import InUseError


def chosen(city: str | None) -> None:
    """From here on this command works on the city of this name. Raises SettingsError."""
    context = click.get_current_context()
    if city is not None:
        many = all_cities()
        if many is None:
            raise SettingsError("--city gilt nur, wo viele Städte eingerichtet sind (MONITORING_CITIES).")
        context.obj = many.named(city)


def settings(**given: object) -> Settings:
    """Those of this installation, or of the city that is chosen among many. Raises SettingsError."""
    context = click.get_current_context(silent=True)
    city = context.obj if context else None
    if isinstance(city, City):
        return of_city(city.folder, **given)
    return Settings(**given)


def opened(*, even_new: bool = False) -> Installation:
    """This installation. Raises MonitoringError where it cannot be used; one that nobody has set up yet is refused
    unless `even_new`."""
    found = Installation(settings())
    if context := click.get_current_context(silent=True):
        context.call_on_close(found.close)  # with its log moved into the file, whatever becomes of the command
    return found if even_new and found.is_new else _told(found)


@contextmanager
def opened_to_read() -> Iterator[Installation]:
    """The same for commands that only read. While the application owns the database, a copy that it makes is read:
    the copy of one moment, with everything that was saved by then."""
    wanted = settings()
    with TemporaryDirectory(prefix="monitoring-") as folder:
        try:
            found = Installation(wanted)
        except InUseError:
            copy = Path(folder) / "kopie" / wanted.database.name
            copy.parent.mkdir()
            ask_for_backup(wanted.database, copy, getpass.getuser())
            found = Installation(wanted.model_copy(update={"database": copy}))
        try:
            yield _told(found)
        finally:
            found.close()


def known_at(city: Installation, day: datetime | None, *, suppressed: bool) -> Snapshot:
    """What is known at the end of a German day, by the definitions of that day; of now where no day is given."""
    moment = end_of_day(date(day.year, day.month, day.day)) if day else None
    return city.known(moment, utc_now(), suppressed=suppressed)


def _told(found: Installation) -> Installation:
    """While the definition files are faulty, what was in force before goes on, as on the pages; and that is said."""
    found.catalogue()
    if faults := found.faults():
        click.echo(f"{CatalogueError(faults)}\nBis dahin gilt die letzte fehlerfreie Fassung weiter.", err=True)
    return found
