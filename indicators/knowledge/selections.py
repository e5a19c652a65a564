"""Selections that people keep under a name: the choices of a page. Rows are only added, the latest of each counts.

Each is its owner's alone, or shared by the office with everyone who may open the page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into saved_selection select coalesce(max(id), 0) + 1, "
    "coalesce(nullif($selection, 0), coalesce(max(selection), 0) + 1), "
    "$page, $name, $choices, $owner, $shared, $removed, $at, $who from saved_selection"
)
LONGEST_NAME, MOST = 60, 40
"""Letters of a name; selections of one page that a person has, or that are shared."""


class SelectionError(MonitoringError):
    """A selection that cannot be kept like this."""


@dataclass(frozen=True)
class Selection:
    """`choices` by parameter, as the address of the page names them."""

    number: int
    page: str
    name: str
    choices: Mapping[str, str]
    owner: str
    shared: bool = False


def selections(store: Store, page: str, viewer: str) -> tuple[Selection, ...]:
    """Those of a page that the viewer has or that are shared, by name; their own first."""
    rows = store.rows(
        "select selection, page, name, choices, owner, shared from current_selection "
        "where page = $page and (shared or owner = $viewer)",
        {"page": page, "viewer": viewer},
    )
    found = [
        Selection(number, at, name, json.loads(text), owner, shared) for number, at, name, text, owner, shared in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.shared, one.name.casefold())))


def keep(store: Store, wanted: Selection, by: str, at: datetime) -> None:
    """Adds a selection (number 0), or a newer version of one. Raises SelectionError."""
    name = " ".join(wanted.name.split())
    if not name:
        raise SelectionError("Bitte der Auswahl einen Namen geben.")
    if len(name) > LONGEST_NAME:
        raise SelectionError(f"Der Name ist zu lang: höchstens {LONGEST_NAME} Zeichen.")
    beside = [one for one in _like(store, wanted) if one.number != wanted.number]
    if any(one.name.casefold() == name.casefold() for one in beside):
        raise SelectionError(f"Eine Auswahl „{name}“ gibt es schon. Bitte einen anderen Namen wählen.")
    if len(beside) >= MOST:
        raise SelectionError(f"Mehr als {MOST} Auswahlen kann niemand überblicken. Bitte zuerst eine löschen.")
    _append(store, replace(wanted, name=name), by, at, removed=False)


def remove(store: Store, wanted: Selection, by: str, at: datetime) -> None:
    """Nobody is offered it any more."""
    _append(store, wanted, by, at, removed=True)


def _like(store: Store, wanted: Selection) -> list[Selection]:
    """Those beside which its name must be told apart."""
    every = selections(store, wanted.page, wanted.owner)
    return [one for one in every if one.shared == wanted.shared]


@outlasting_restarts
def _append(store: Store, one: Selection, by: str, at: datetime, *, removed: bool) -> None:
    with store.transaction() as cursor:
        cursor.execute(
            APPEND,
            {
                "selection": one.number,
                "page": one.page,
                "name": one.name,
                "choices": json.dumps(dict(one.choices), ensure_ascii=False, sort_keys=True),
                "owner": one.owner,
                "shared": one.shared,
                "removed": removed,
                "at": at,
                "who": by,
            },
        )
