"""Each shared indicator as the city has it: taken over, defined otherwise, shown to the others, and how freshly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from indicators import german
from indicators.catalogue import Catalogue
from indicators.moments import local_day
from indicators.ring import Level, Match, Shared, match
from indicators.ring.comparing import Shown


@dataclass(frozen=True)
class Part:
    """One shared indicator. `match` is the city's own; `given` is what the others see of it, in words."""

    code: str
    title: str
    area: str
    match: Match
    level: Level
    given: str

    @property
    def held(self) -> str:
        """How the city has it, in words."""
        if not self.match.own:
            return "nicht übernommen"
        return f"übernommen als {self.match.own}" if self.match.same else f"anders definiert ({self.match.own})"

    @property
    def named(self) -> str:
        return f"{self.code} {self.title}"


def parts(
    catalogue: Catalogue,
    shared: Shared,
    levels: Mapping[str, Level],
    given: Mapping[str, tuple[str, datetime, int]],
) -> tuple[Part, ...]:
    """All of them; `given` are the member's own contributions: what withholds it, as of when, and its threshold."""
    found = []
    for code in shared.indicators:
        entry, level = shared.entry(code), levels.get(code, Level.NONE)
        own = match(catalogue, shared.library, entry)
        found.append(Part(code, entry.indicator.title, entry.area, own, level, _given(level, given.get(code))))
    return tuple(found)


def _given(level: Level, given: tuple[str, datetime, int] | None) -> str:
    if level is Level.NONE:
        return "nichts"
    shown = "Werte und Status" if level is Level.STATUS else "Werte"
    if given is None:
        return f"{shown}: eingewilligt, noch nichts beigetragen"
    withheld, known_at, threshold = given
    if withheld:
        return f"{shown}: {Shown(withheld).word}; bitte neu beitragen"
    return f"{shown}, Stand {german.day(local_day(known_at))}, geschützt unter {threshold}"
