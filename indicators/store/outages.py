"""A database server that is away for seconds, such as in a restart: nobody needs to be told.

What is asked of it is asked again, for a short time. A change is made again only where it is certain that nothing of
it was saved (`AwayError`). Whoever comes while the server has been away for longer is told so at once.
"""

import functools
import logging
import re
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indicators.store.durability.store_errors import AwayError

log = logging.getLogger(__name__)

PASSWORD = re.compile(r"password=(?:'[^']*'|\S+)")
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.4
"""Seconds between two tries; after the first failure there is none, as only the old connection may be lost."""

Found = TypeVar("Found")
Given = ParamSpec("Given")


class Outlasting(Protocol):
    """A store, as far as it is needed here: those below it have no other name for it."""

    def outlasting(self, act: Callable[[], Found]) -> Found: ...


Kept = TypeVar("Kept", bound=Outlasting)


class Outages:
    """When the server was found to be away, by whichever thread; `patience` is in seconds, 0 where there is none."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._since: float | None = None
        self._logged = False

    def outlasted(self, act: Callable[[], Found]) -> Found:
        """Does it, again and again until the server is there. Raises AwayError where that takes too long."""
        began: float | None = None
        pause = 0.0
        while True:
            try:
                found = act()
            except AwayError as error:
                began = began or time.monotonic()
                self._since = self._since or began
                if time.monotonic() >= min(began, self._since) + self.patience:
                    self._log(error)
                    raise
            else:
                self._since, self._logged = None, False
                return found
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, 2 * pause))

    def _log(self, error: AwayError) -> None:
        """Once for each outage, as the clicks of an hour are no news; never with a password."""
        if self.patience and not self._logged:
            self._logged = True
            log.warning("the database server is away: %s", PASSWORD.sub("password=…", str(error.__cause__)))


def outlasting_restarts(
    change: Callable[Concatenate[Kept, Given], Found],
) -> Callable[Concatenate[Kept, Given], Found]:
    """For a function that makes one change in the store that it is given first, in one transaction, and nothing that
    could not be done twice: where a restart of the server cuts it off and nothing was saved, it is done again."""

    @functools.wraps(change)
    def made(store: Kept, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        return store.outlasting(lambda: change(store, *args, **kwargs))

    return made
