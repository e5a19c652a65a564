"""What a store of one process has answered since it was last written to.

A page asks the same small questions at each click (who is this, what happened last), and a plan for DuckDB takes longer
than their answer. Where only this process writes, an answer is right until the next commit.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pandas as pd

Answer = TypeVar("Answer", list[tuple[Any, ...]], pd.DataFrame)
Question = tuple[Any, ...]

ROWS = 20_000
"""Most rows that are kept together: the questions of a city's pages have a few hundred."""
LONGEST = 2_000
"""Rows of an answer that is worth its place: longer ones take longer to be used than to be found."""


class Answers:
    """The latest answers; the one that nobody has asked for the longest goes first. Knows threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Question, Any] = OrderedDict()
        self._rows = 0
        self._written = 0

    def written(self) -> None:
        """Nothing that was answered before holds any more. Called before whoever wrote is told that it is saved."""
        with self._lock:
            self._written += 1
            self._kept.clear()
            self._rows = 0

    def to(self, question: Question, ask: Callable[[], Answer]) -> Answer:
        """The answer, asked for where it is not known. It is the caller's own, to be changed at will."""
        with self._lock:
            begun = self._written
            if (known := self._kept.get(question)) is not None:
                self._kept.move_to_end(question)
                answer: Answer = known.copy()
                return answer
        found = ask()
        with self._lock:
            if begun == self._written and question not in self._kept and len(found) <= LONGEST:
                self._kept[question] = found.copy()
                self._rows += len(found) + 1
                while self._rows > ROWS:
                    self._rows -= len(self._kept.popitem(last=False)[1]) + 1
        return found


def question(kind: str, sql: str, parameters: Mapping[str, Any] | None) -> Question | None:
    """What is kept apart: kind of answer, statement and values; None where a value cannot be compared."""
    values = (
        (name, type(one), tuple(one) if isinstance(one, list) else one) for name, one in (parameters or {}).items()
    )
    asked = (kind, sql, *values)
    try:
        hash(asked)
    except TypeError:
        return None
    return asked
