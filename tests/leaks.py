"""A long walk through two cities in one process: `python -m tests.leaks --views 2000`. Prints how many views were seen
and how many held anything of the other city; ends with 1 where one did.

Visitors of all roles come and go in any order, on any page and at any state of the data; now and then the process
begins anew, a city is closed, or a delivery is withdrawn or comes back. Known of each city are the words and the
numbers that it alone has.
"""

import os
import random
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import click
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from indicators.access import Role, User, allowed_pages
from indicators.ledger import archive, commits
from indicators.model import EventKind
from indicators.store import Store
from indicators.ui import here, login, process, session
from indicators.ui.navigation import PAGES
from indicators.ui.serving import rounds
from tests.many_cities import AUTH, NOW, TOWNS, YEARS, Town, Visitor, build, other

STATES = ("heute", *(f"nr{number}" for number in range(1, len(YEARS) + 1)))
CHOICES = {
    "indicator": [{"kennzahl": "B-01", "ansicht": view, "gruppe": group} for view in ("diagramm", "tabelle")
                  for group in ("gesamt", "herkunft=auslaendisch")],
    "deliveries": [{}, *({"nummer": str(number)} for number in range(1, len(YEARS) + 1))],
    "published": [{"kennzahl": "B-01", "ansicht": "tabelle"}],
    "meeting": [{"sitzung": "1"}],
}  # fmt: skip


@contextmanager
def land(folder: Path) -> Iterator[None]:
    """Both cities, with login."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    wanted = {"MONITORING_CITIES": str(build(folder / "staedte")), "MONITORING_KEEP_DAILY": "1"}
    with (
        patch.dict(os.environ, wanted),
        patch.object(login, "auth_section", lambda: AUTH),
        patch.object(session, "utc_now", lambda: NOW),
    ):
        yield
        process.end()


def own_words() -> dict[str, set[str]]:
    """By city its names, and the numbers with a comma that stand in its tables and in no table of the other."""
    numbers = {town.key: _numbers(town) for town in TOWNS}
    return {
        town.key: {town.key, town.mark, town.host} | (numbers[town.key] - numbers[other(town).key]) for town in TOWNS
    }


def _numbers(town: Town) -> set[str]:
    office = Visitor(town, town.person(Role.OFFICE))
    shown = "".join(office.open("indicator", **choice) for choice in CHOICES["indicator"])
    return set(re.findall(r">(\d\d+,\d)<", shown))  # smaller ones are sizes of files as well


@click.command()
@click.option("--views", default=500)
@click.option("--seed", default=1)
def main(views: int, seed: int) -> None:
    lot, leaks, found = random.Random(seed), 0, {"own": 0}
    with TemporaryDirectory() as name, land(Path(name)):
        words = own_words()
        click.echo("; ".join(f"{key}: {len(known)} words of its own" for key, known in words.items()))
        visitors: list[tuple[Visitor, Role]] = []
        for number in range(views):
            _disturb(lot, number)
            if not visitors or lot.random() < 0.15:
                town, role = lot.choice(TOWNS), lot.choice(list(Role))
                visitors = [*visitors[-7:], (Visitor(town, town.person(role)), role)]
            visitor, role = lot.choice(visitors)
            page = lot.choice(_pages(role))
            seen = visitor.open(page, stand=lot.choice(STATES), **lot.choice(CHOICES.get(page, [{}])))
            found["own"] += any("," in word and word in seen for word in words[visitor.town.key])
            if theirs := [word for word in words[other(visitor.town).key] if word in seen]:
                leaks += 1
                click.echo(f"view {number}: {role} of {visitor.town.key} on {page} sees {theirs}")
    own = f"{found['own']} of them with numbers that only their city has"
    click.echo(f"{views} views, {own}; {leaks} with anything of the other.")
    sys.exit(1 if leaks or not found["own"] else 0)


def _pages(role: Role) -> list[str]:
    codes = frozenset({"FB 51"}) if role is Role.REPORTER else frozenset[str]()
    allowed = allowed_pages(User("x", frozenset({role}), codes))
    return [entry.file for entry in PAGES if entry.file in allowed and entry.file != "hilfe"]


def _disturb(lot: random.Random, number: int) -> None:
    """What happens beside the visits."""
    chance, town = lot.random(), lot.choice(TOWNS)
    if chance < 0.01:
        process.end()
        st.cache_resource.clear()
    elif chance < 0.03:
        rounds.close(town.key)
    elif chance < 0.04:
        st.cache_resource.clear()
    elif chance < 0.06:
        with here.within(town.key):
            session.look_after()
            _withdraw_or_restore(session.store(), NOW - timedelta(seconds=9999 - number), town)


def _withdraw_or_restore(store: Store, at: datetime, town: Town) -> None:
    """The last delivery: other numbers hold, or those of before again."""
    history = archive.history(store)
    last = history[history["delivery"] == len(YEARS)].iloc[0]
    act = commits.restore if last.kind == EventKind.WITHDRAW else commits.withdraw
    act(store, len(YEARS), at, town.person(Role.OFFICE), f"Grund {town.mark}")


if __name__ == "__main__":
    main()
