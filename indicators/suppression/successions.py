"""Members that took over from others: Mitte counts whom Nord and Süd counted.

One state of the data may have the one where another has the others.
"""

from collections.abc import Iterable

from indicators.catalogue import Catalogue
from indicators.suppression.tables import parsed

Succession = tuple[str, tuple[str, ...]]
"""The breakdown of the heir, and those that it took over from."""


class Successions:
    """What `follows` says of members, under whatever catalogue, by the breakdowns that it concerns."""

    def __init__(self, catalogues: Iterable[Catalogue]) -> None:
        self._of_member: dict[tuple[str, str], dict[Succession, None]] = {}
        self._known: dict[str, tuple[Succession, ...]] = {}
        for catalogue in catalogues:
            for dimension in catalogue.dimensions.values():
                for heir in dimension.members:
                    for member in (heir.code, *heir.follows) if heir.follows else ():
                        self._of_member.setdefault((dimension.code, member), {})[heir.code, heir.follows] = None

    def concerned(self, tables: Iterable[Iterable[str]]) -> list[str]:
        """The breakdowns of some tables that took over or were taken over."""
        if not self._of_member:
            return []
        return sorted({breakdown for table in tables for breakdown in table if self.of(breakdown)})

    def of(self, breakdown: str) -> tuple[Succession, ...]:
        """Those in which this breakdown is the heir or one of its forerunners."""
        if breakdown not in self._known:
            own = parsed(breakdown)
            self._known[breakdown] = tuple(
                (own.with_(pair[0], heir).code, tuple(own.with_(pair[0], code).code for code in before))
                for pair in own.members
                for heir, before in self._of_member.get(pair, ())
            )
        return self._known[breakdown]
