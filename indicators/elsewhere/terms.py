"""Under which names official statistics publish what a base figure counts, as the catalogue says it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indicators.catalogue import BaseFigure, Catalogue
from indicators.catalogue.published import SEPARATORS, group_of, is_group
from indicators.elsewhere.published import Published, Value, plain
from indicators.model import Breakdown

STATISTIC = re.compile(r"\d{5}(?=-|$)")


@dataclass(frozen=True)
class Terms:
    """„12411-01-01-5 · BEVSTD · Nationalität = Ausländer“, taken apart; `group` is the part of the base figure that it
    is of, nothing for all."""

    table: str
    measures: frozenset[str]
    attributes: frozenset[str]
    group: Breakdown = field(default_factory=Breakdown)

    @classmethod
    def parse(cls, text: str) -> "Terms":
        table, *parts = (part.strip() for part in SEPARATORS.split(text) if not is_group(part))
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


def of_figure(figure: BaseFigure, published: Published, catalogue: Catalogue) -> Iterator[Terms]:
    """The lines of a base figure that speak of this file, and of a group that there is."""
    for line in figure.published:
        terms, group = Terms.parse(line), group_of(line, figure, catalogue.dimensions)
        if group is not None and terms.is_in(published.tables):
            yield replace(terms, group=group)
