"""Under which names official statistics publish what a base figure counts, as the catalogue says it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.catalogue import BaseFigure
from indicators.elsewhere.published import Published, Value, plain

STATISTIC = re.compile(r"\d{5}(?=-|$)")


@dataclass(frozen=True)
class Terms:
    """„12411-01-01-5 · BEVSTD · Nationalität = Ausländer“, taken apart."""

    table: str
    measures: frozenset[str]
    attributes: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> "Terms":
        table, *parts = (part.strip() for part in re.split(r"[·|]", text))
        restrictions = [part.partition("=")[2] for part in parts if "=" in part]
        return cls(
            table,
            frozenset(plain(part) for part in parts if "=" not in part),
            frozenset(plain(part) for part in restrictions),
        )

    def is_in(self, tables: Iterable[str]) -> bool:
        """Whether a file is of this table: „Integrationsmonitoring 3-1-2“ is told by its number. What GENESIS and its
        regional twin call differently is one statistic."""
        words = {plain(self.table), *plain(self.table).split()}
        return any(plain(one) in words or self._statistic_of(one) for one in tables)

    def _statistic_of(self, table: str) -> bool:
        own, other = STATISTIC.match(self.table), STATISTIC.match(table)
        return own is not None and other is not None and own[0] == other[0] and bool(self.measures)

    def means(self, value: Value) -> bool:
        """Whether a value is of this measure and restricted to this, no more and no less."""
        said = {plain(attribute) for _, attribute in value.attributes}
        names = {plain(name) for name in value.measure.names} | said
        measured = not self.measures or bool(self.measures & names)
        return measured and self.attributes <= said <= self.attributes | self.measures


def of_figure(figure: BaseFigure, published: Published) -> Iterator[Terms]:
    """The lines of a base figure that speak of this file."""
    for line in figure.published:
        if (terms := Terms.parse(line)).is_in(published.tables):
            yield terms
