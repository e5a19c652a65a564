"""Opening the installation that a command works on."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from indicators.catalogue import CatalogueError
from indicators.installation import Installation
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import end_of_day
from indicators.settings import Settings
from indicators.store.backups.backup_requests import ask_for_backup
from indicators.store.database import utc_now
from indicators.store.durability.store_errors import InUseError


def opened(*, even_new: bool = False) -> Installation:
    """This installation. Raises MonitoringError where it cannot be used; one that nobody has set up yet is refused
    unless `even_new`."""
    found = Installation(Settings())
    if context := click.get_current_context(silent=True):
        context.call_on_close(found.close)  # with its log moved into the file, whatever becomes of the command
    return found if even_new and found.is_new else _told(found)


@contextmanager
def opened_to_read() -> Iterator[Installation]:
    """The same for commands that only read. While the application owns the database, a copy that it makes is read:
    the copy of one moment, with everything that was saved by then."""
    settings = Settings()
    with TemporaryDirectory(prefix="monitoring-") as folder:
        try:
            found = Installation(settings)
        except InUseError:
            copy = Path(folder) / "kopie" / settings.database.name
            copy.parent.mkdir()
            ask_for_backup(settings.database, copy, getpass.getuser())
            found = Installation(settings.model_copy(update={"database": copy}))
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
