"""Small answers that are kept as long as nothing is saved anywhere: pages ask the same question twenty times.

Each commit of whichever machine is a snapshot with a number of its own. PostgreSQL is asked for the last number before
every answer, which takes a tenth of the question itself, so an answer is never older than the moment it is given.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pandas as pd
import psycopg

from indicators.store.durability.store_errors import AwayError
from indicators.store.shared import lake_errors
from indicators.store.shared.lake import Lake

LAST = b"select max(snapshot_id) from ducklake_snapshot"
MOST_ANSWERS = 512
HEAVIEST = 100_000
"""Bytes of an answer, roughly: larger ones are made of what pages keep by themselves, or are files."""
LONGEST_QUESTION = 20_000

Found = TypeVar("Found")


class Answers:
    """Of one lake, for all threads."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._server: psycopg.Connection | None = None
        self._asking, self._keeping = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()

    def answered(self, question: str, ask: Callable[[], Found]) -> Found:
        """The kept answer where it still holds, else the answer of `ask`. Raises AwayError."""
        if len(question) > LONGEST_QUESTION:
            return ask()
        last = self._last()
        with self._keeping:
            number, found = self._kept.get(question, (-1, None))
            if number == last:
                self._kept.move_to_end(question)
                return _copied(found)
        found = ask()
        if _weight(found) <= HEAVIEST:
            with self._keeping:
                self._kept[question] = last, _copied(found)
                self._kept.move_to_end(question)
                if len(self._kept) > MOST_ANSWERS:
                    self._kept.popitem(last=False)
        return found

    def close(self) -> None:
        with self._asking:
            if self._server:
                self._server.close()
            self._server = None

    def _last(self) -> int:
        """The number of the last snapshot. Looked at before the question is asked: what comes between is asked anew."""
        with self._asking:
            try:
                self._server = self._server or psycopg.connect(self._lake.connection, autocommit=True)
                [(number,)] = self._server.execute(LAST).fetchall()
            except psycopg.Error as error:
                self._server = None
                raise AwayError(lake_errors.AWAY) from error
        return int(number)


def _copied(found: Any) -> Any:
    """Whoever asks may change what they get."""
    return found.copy() if isinstance(found, pd.DataFrame | list) else found


def _weight(found: Any) -> int:
    if isinstance(found, pd.DataFrame):
        return int(found.memory_usage(deep=found.size < HEAVIEST // 8).sum())
    rows: Sequence[tuple[Any, ...]] = found
    if len(rows) > HEAVIEST // 8:
        return HEAVIEST + 1
    return sum(len(cell) if isinstance(cell, str | bytes | list) else 8 for row in rows for cell in row)
