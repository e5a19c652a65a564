"""What is hidden in the view of any moment, so that two views together give no more away than one.

Who looks at today's figures and at those known last year sees two versions of revised numbers. Each alone is
protected, but if this year's needed another second cell than last year's, one version would show what the other hides.
So whatever is hidden in any version is hidden in all of them, and what was hidden once stays hidden.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from weakref import WeakKeyDictionary

from indicators.catalogue import Catalogue
from indicators.store import Store
from indicators.suppression.contributions import contributions
from indicators.suppression.hidden import NOTHING_HIDDEN, Hidden, base_values, hidden_values

_known: WeakKeyDictionary[Store, dict[tuple[str, datetime], Hidden]] = WeakKeyDictionary()
"""The past does not change: what was hidden at a moment is worked out once for each state of the definitions."""


def hidden_in_every_view(store: Store, catalogue: Catalogue) -> Hidden:
    """Everything that is hidden in some version of the figures. Versions differ by revisions and withdrawals only:
    a number that has only been added since is judged together with all others, as known now."""
    return reduce(Hidden.joined, (_hidden_at(store, catalogue, moment) for moment in _versions(store)), NOTHING_HIDDEN)


def _versions(store: Store) -> Iterator[datetime]:
    """The present first, then the moments before and after each revision, latest first."""
    latest = store.value("select max(happened_at) from event")
    if latest is None:
        return
    rows = store.rows("select moment, before from revision order by event desc")
    yield from dict.fromkeys([latest, *(moment for row in rows for moment in row if moment is not None)])


def _hidden_at(store: Store, catalogue: Catalogue, moment: datetime) -> Hidden:
    known = _known.setdefault(store, {})
    key = (catalogue.version, moment)
    if key not in known:
        values = base_values(store, catalogue, moment)
        known[key] = hidden_values(values, catalogue, contributions(store, moment))
    return known[key]
