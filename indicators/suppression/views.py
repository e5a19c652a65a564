"""What is hidden in every view, so that two views together give no more away than one.

Who looks at today's figures and at those known last year sees two versions of revised numbers, perhaps under two
catalogues, and a sum before and after a reporter joined. So everything that was ever known is put in one list, under
every catalogue that was in force then, and decided on together by today's thresholds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from indicators.catalogue import Catalogue, CatalogueError
from indicators.ledger import versions
from indicators.store import Store
from indicators.suppression.hidden import NOTHING_HIDDEN, Hidden, decided
from indicators.suppression.history import Definitions, Version
from indicators.suppression.timeline import Content, State, Stretch, known_tables

_known: WeakKeyDictionary[Store, dict[tuple[object, ...], Hidden]] = WeakKeyDictionary()
"""What is hidden is worked out once for each state of data and definitions."""

REMEMBERED = 2
"""What holds, and beside it a change of the definitions that somebody is looking at."""

_kept: dict[str, Catalogue | None] = {}
"""Kept versions of the definitions by content hash; None for one that can no longer be read, so no page shows it."""


def hidden_in_every_view(store: Store, catalogue: Catalogue) -> Hidden:
    """Everything that must be hidden in some state of the data, under some catalogue that was in force then.

    `catalogue` is one of those in force, or will be as soon as it is kept.
    """
    rows = [(str(version), since) for version, since in store.rows("from catalogue_since")]
    coming = catalogue.version not in {version for version, _ in rows}
    key = (store.data_version, tuple(rows), catalogue.version if coming else "")
    known = _known.setdefault(store, {})
    if key in known:
        known[key] = known.pop(key)  # asked for last
        return known[key]
    while len(known) >= REMEMBERED:
        del known[next(iter(known))]
    known[key] = _decided(store, catalogue, rows) if store.data_version else NOTHING_HIDDEN
    return known[key]


def every_view(
    store: Store, catalogue: Catalogue, in_force: Sequence[tuple[str, datetime]]
) -> tuple[Definitions, list[Version]]:
    """The list that protection works on: all definitions, and all tables that were ever known."""
    read = {version: _read(store, version, catalogue) for version, _ in in_force} | {catalogue.version: catalogue}
    days = [(found, since) for version, since in in_force if (found := read[version])]
    if catalogue.version not in {version for version, _ in in_force}:
        days.append((catalogue, datetime.max))
    states = list(_states(store, days))
    order = list(dict.fromkeys(found.version for found, _ in reversed(days)))[::-1]
    during: dict[str, int] = defaultdict(int)
    for place, state in enumerate(states):
        during[state.catalogue.version] |= 1 << place
    catalogues = [found for version in order if (found := read[version])]
    definitions = Definitions(catalogues, [during[one.version] for one in catalogues])
    return definitions, list(known_tables(_stretches(store), _contents(store), states))


def _decided(store: Store, catalogue: Catalogue, in_force: Sequence[tuple[str, datetime]]) -> Hidden:
    return decided(*every_view(store, catalogue, in_force))


def _read(store: Store, version: str, catalogue: Catalogue) -> Catalogue | None:
    if version == catalogue.version:
        return catalogue
    if version not in _kept:
        try:
            _kept[version] = versions.load_version(store, version)
        except CatalogueError:
            _kept[version] = None
    return _kept[version]


def _states(store: Store, days: Sequence[tuple[Catalogue, datetime]]) -> Iterable[State]:
    """After every event, and after every change of the definitions. Before the first of these that one holds."""
    events = store.rows("select max(id), happened_at from event group by happened_at order by happened_at")
    moments = sorted({*(at for _, at in events), *(since for _, since in days)})
    latest, place, number = 0, 0, 0
    for moment in moments:
        while number < len(events) and events[number][1] <= moment:
            latest, number = max(latest, int(events[number][0])), number + 1
        while place + 1 < len(days) and days[place + 1][1] <= moment:
            place += 1
        if latest:
            yield State(latest, days[place][0])


def _stretches(store: Store) -> Iterable[Stretch]:
    columns = "base_figure, reporter, period, coverage, since, until"
    return (Stretch(*row) for row in store.rows(f"select {columns} from slice_validity"))  # noqa: S608 - our own names


def _contents(store: Store) -> Mapping[int, Content]:
    found: dict[int, list[tuple[str, float | None, str | None]]] = defaultdict(list)
    for coverage, breakdown, number, sign in store.rows("from delivered_content"):
        found[coverage].append((breakdown, number, sign))
    return found
