"""Small answers that are kept as long as nothing is saved anywhere: pages ask the same question twenty times.

DuckDB plans such a question for longer than it takes to answer (docs/decisions/0944).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pandas as pd

MOST_ANSWERS = 512
HEAVIEST = 100_000
"""Bytes of an answer, roughly: larger ones are made of what pages keep by themselves, or are files."""
LONGEST_QUESTION = 20_000

Found = TypeVar("Found")


class Answers:
    """Of one database, for all threads. `state` gives another number after each commit, whoever makes it."""

    def __init__(self, state: Callable[[], int]) -> None:
        self._state = state
        self._keeping = threading.Lock()
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()

    def answered(self, question: str, ask: Callable[[], Found]) -> Found:
        """The kept answer where it still holds, else the answer of `ask`. Raises what `state` and `ask` raise.

        The state is looked at before the question is asked: what comes between is asked anew.
        """
        if len(question) > LONGEST_QUESTION:
            return ask()
        state = self._state()
        with self._keeping:
            kept_in, found = self._kept.get(question, (-1, None))
            if kept_in == state:
                self._kept.move_to_end(question)
                return _copied(found)
        found = ask()
        if _weight(found) <= HEAVIEST:
            with self._keeping:
                self._kept[question] = state, _copied(found)
                self._kept.move_to_end(question)
                if len(self._kept) > MOST_ANSWERS:
                    self._kept.popitem(last=False)
        return found


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
