"""The command for the timer: reminders go out, also while the application runs."""

import click

from indicators.commands import installation
from indicators.commands.delivery import BY
from indicators.commands.installation import opened
from indicators.reminders.sending import REMIND
from indicators.reminders.sending import remind as remind_all
from indicators.store.backups.backup_requests import ask_for
from indicators.store.database import utc_now
from indicators.store.durability.store_errors import InUseError


@click.command()
@click.option("--look", is_flag=True, help="Nur zeigen, was gesendet würde.")
@BY
def remind(look: bool, by: str) -> None:
    """Sendet Vorlagen und Erinnerungen, die fällig sind, jede nur einmal. Für einen Timer; auch im Betrieb."""
    try:
        city = opened()
    except InUseError:
        wanted = installation.settings()
        click.echo(ask_for(wanted.database, REMIND, {"who": by, "look": "yes" if look else ""}))
        return
    lines = remind_all(city.store, city.catalogue(), city.settings, by, utc_now(), only_look=look)
    click.echo("\n".join(lines))
