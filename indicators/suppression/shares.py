"""Which base figures are parts of which, as the formulas of the indicators say."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.catalogue import Catalogue, Formula, Indicator


@dataclass(frozen=True)
class Share:
    """A denominator and the numerators that may be parts of it, in the periods of one kind.

    `rest` are the signed names of what is left of the denominator without them.
    """

    code: str
    kind: int
    rest: tuple[tuple[str, int], ...]
    numerators: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.rest)


def shares(catalogue: Catalogue) -> tuple[Share, ...]:
    """One for each rate of counts, and one for each family of numerators that have the same denominator.

    The family matters where its figures make up the denominator together: pupils by type of school.
    """
    single = tuple(share for one in catalogue.indicators.values() if (share := _share(catalogue, one)))
    return (*single, *_families(catalogue, single))


def _share(catalogue: Catalogue, indicator: Indicator) -> Share | None:
    names = indicator.expression.names
    divisions = list(indicator.expression.divisions())
    countable = all(catalogue.unit_of(catalogue.base_figure(name)).adds_up for name in names)
    if indicator.expression.ratio is None or len(divisions) != 1 or not countable:
        return None
    above, below = (_signs(part) for part in divisions[0])
    rest = tuple((name, sign) for name in names if (sign := below.get(name, 0) - above.get(name, 0)))
    if all(sign > 0 for _, sign in rest):
        return None  # numerator and denominator have the part in common: what is left is a base figure itself
    return Share(
        indicator.code, int(indicator.frequency.kind), rest, tuple(name for name, sign in above.items() if sign)
    )


def _families(catalogue: Catalogue, single: tuple[Share, ...]) -> Iterator[Share]:
    members: dict[tuple[str, int, str], list[str]] = {}
    for share in single:
        wholes = [name for name, sign in share.rest if sign > 0]
        parts = [name for name, sign in share.rest if sign < 0]
        if len(wholes) == len(parts) == 1 and (family := catalogue.base_figure(parts[0]).family):
            members.setdefault((wholes[0], share.kind, family), []).append(parts[0])
    for (whole, kind, family), found in members.items():
        parts = list(dict.fromkeys(found))
        if len(parts) > 1:
            rest = ((whole, 1), *((part, -1) for part in parts))
            yield Share(f"{whole} ohne {family}", kind, rest, tuple(parts))


def _signs(part: Formula) -> dict[str, int]:
    """+1 or -1 for each name of a sum, whatever number it is multiplied by."""
    nothing = dict.fromkeys(part.names, 0.0)
    found = {name: part.evaluate({**nothing, name: 1.0}) or 0.0 for name in part.names}
    return {name: (number > 0) - (number < 0) for name, number in found.items()}
