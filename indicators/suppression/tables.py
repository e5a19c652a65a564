"""Which breakdowns of a base figure add up to which, by the members of its dimensions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from indicators.catalogue import Catalogue, Dimension
from indicators.model import Breakdown


@dataclass(frozen=True, slots=True)
class Sum:
    """Breakdowns (codes) along one dimension below a common parent.

    `whole` says that they are all there and add up to the parent. `within` are members that lie within another
    one („darunter“). `members` are all breakdowns that should be parts, whether the table has them or not.
    """

    dimension: str
    parent: str
    parts: tuple[str, ...]
    within: tuple[str, ...]
    whole: bool
    members: tuple[str, ...]


@lru_cache(maxsize=4096)
def parsed(code: str) -> Breakdown:
    return Breakdown.parse(code)


class Sums:
    """The sums of tables, worked out once for each set of breakdowns that occurs."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._elsewhere = frozenset(catalogue.city.comparison_areas)
        self._known: dict[frozenset[str], tuple[Sum, ...]] = {}

    def of(self, breakdowns: Iterable[str]) -> tuple[Sum, ...]:
        """Comparison areas are no parts of the city and add up to nothing."""
        present = frozenset(breakdowns)
        if present not in self._known:
            self._known[present] = tuple(self._find(present))
        return self._known[present]

    def _find(self, present: frozenset[str]) -> Iterable[Sum]:
        below: dict[tuple[str, str], list[str]] = {}
        for code in sorted(present):
            breakdown = parsed(code)
            for dimension, member in breakdown.members:
                if member not in self._elsewhere and dimension in self._catalogue.dimensions:
                    below.setdefault((dimension, breakdown.without(dimension).code), []).append(code)
        for (name, parent), codes in sorted(below.items()):
            yield self._sum(name, parent, codes)

    def _sum(self, name: str, parent: str, codes: list[str]) -> Sum:
        dimension = self._catalogue.dimensions[name]
        adding = {member.code: member.sums_to_total for member in dimension.members}
        member_of: Mapping[str, str] = {code: parsed(code).get(name) or "" for code in codes}
        parts = tuple(code for code in codes if adding.get(member_of[code], True))
        there = {member_of[code] for code in parts}
        return Sum(
            name,
            parent,
            parts,
            tuple(code for code in codes if code not in parts),
            dimension.complete and there >= {code for code, adds in adding.items() if adds} - _at_times(dimension),
            tuple(parsed(parent).with_(name, code).code for code, adds in adding.items() if adds),
        )


def _at_times(dimension: Dimension) -> set[str]:
    """Members that begin or end: a table without one may be whole all the same, and is protected as if it were."""
    followed = {code for member in dimension.members for code in member.follows}
    limited = {member.code for member in dimension.members if member.follows or member.valid_from or member.valid_to}
    return followed | limited
