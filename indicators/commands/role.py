"""The command that gives roles: how the first administrator comes in before anybody can open a page."""

import getpass

import click

from indicators import german
from indicators.access import AssignedUser, Assignment, assign, everyone, parse_roles
from indicators.commands.installation import opened
from indicators.errors import MonitoringError
from indicators.store.database import utc_now


@click.command()
@click.argument("name", required=False)
@click.argument("roles", nargs=-1)
@click.option("--reporter", "reporters", multiple=True, help="Stelle, für die geliefert wird; mehrfach möglich.")
@click.option("--by", default=getpass.getuser, help="Wer das tut (Vorgabe: angemeldeter Benutzer).")
def role(name: str | None, roles: tuple[str, ...], reporters: tuple[str, ...], by: str) -> None:
    """Gibt der Person NAME genau die Rollen ROLES; „none“ nimmt alle. Ohne NAME: zeigt, wer was darf.

    Rollen: administrator, office, reporter (mit --reporter), steering, reader.
    """
    city = opened(even_new=True)
    store = city.store
    if name is None:
        for user in everyone(store):
            click.echo(_line(user))
        return
    if reporters and (unknown := [code for code in reporters if code not in city.catalogue().reporters]):
        known = german.enumeration(list(city.catalogue().reporters))
        raise MonitoringError(f"Diese Stellen gibt es nicht: {german.enumeration(unknown)}. Bekannt sind {known}.")
    assign(store, name, Assignment(parse_roles(roles), frozenset(reporters)), by, utc_now())
    click.echo(_line(next(user for user in everyone(store) if user.name == name.strip().casefold())))


def _line(user: AssignedUser) -> str:
    words = german.enumeration([role.word for role in sorted(user.assignment.roles)]) or "kein Zugang"
    codes = f" für {german.enumeration(sorted(user.assignment.reporters))}" if user.assignment.reporters else ""
    return f"{user.name}: {words}{codes} (seit {german.moment(user.at)}, von {user.by})"
