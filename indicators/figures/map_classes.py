"""The classes of a map: few, with round limits, and the same on every map of an indicator."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, log10

from indicators import german
from indicators.german import TRUE_MINUS

COLOURS = ("#d9e6f2", "#a9c9e4", "#6ea4cf", "#2f77b1", "#0b4578")
"""One hue from light to dark: no colour says good or bad, and each step shows in grey too."""
NOTHING = "#ffffff"
"""White, and outlined: it is no step of the scale."""
MOST, FEWER = 5, 4
ENOUGH_FOR_MOST = 15
NICE = (5, 2, 1)
TOO_MANY = 1.7
"""A class may hold so many times its share of the values before its limits are rounded less."""


@dataclass(frozen=True)
class Classes:
    """`limits` part the classes: a value on a limit is in the upper one. Numbers are written with `decimals`. Where
    there being nothing at all is a finding of its own, `nothing` is its word, and its class the first."""

    limits: tuple[float, ...]
    decimals: int
    symbol: str
    nothing: str = ""

    def of(self, value: float) -> int:
        """The place of a value that is something."""
        return bisect_right(self.limits, value) + bool(self.nothing)

    @property
    def colours(self) -> tuple[str, ...]:
        """Of few classes the darkest and the lightest are still apart."""
        last = len(self.limits)
        own = tuple(COLOURS[round(place * (MOST - 1) / last) if last else 2] for place in range(last + 1))
        return (NOTHING, *own) if self.nothing else own

    @property
    def words(self) -> tuple[str, ...]:
        """„unter 20 %“, „20 bis unter 25 %“, „25 % und mehr“."""
        return (self.nothing, *self._words) if self.nothing else self._words

    @property
    def _words(self) -> tuple[str, ...]:
        if not self.limits:
            return ("alle anderen gleich" if self.nothing else "alle Werte gleich",)
        between = [
            f"{german.number(low, self.decimals, minus=TRUE_MINUS)} bis unter {self._said(high)}"
            for low, high in pairwise(self.limits)
        ]
        return (f"unter {self._said(self.limits[0])}", *between, f"{self._said(self.limits[-1])} und mehr")

    def _said(self, number: float) -> str:
        return german.with_unit(number, self.decimals, self.symbol, minus=TRUE_MINUS)


def classes(values: Sequence[float], decimals: int, symbol: str) -> Classes:
    """Of all values that are shown anywhere, rounded as they are shown: about as many in each class, limits as round
    as that allows.

    >>> classes([12.0, 14.0, 17.0, 21.0, 24.0, 28.0, 33.0, 39.0], 1, "%").limits
    (15.0, 25.0, 35.0)
    """
    shown = sorted(german.rounded(value, decimals) for value in values)
    distinct = sorted(set(shown))
    number = min(MOST if len(distinct) >= ENOUGH_FOR_MOST else FEWER, len(distinct))
    if number < 2:
        return Classes((), decimals, symbol)
    wanted = [shown[len(shown) * place // number] for place in range(1, number)]
    places = floor(log10(distinct[-1] - distinct[0]))
    for power in range(places, -decimals - 1, -1):
        for nice in NICE:
            limits = tuple(german.rounded(round(one / (nice * 10.0**power)) * nice * 10.0**power, 6) for one in wanted)
            if _fits(limits, shown, number):
                return Classes(limits, max(0, -power), symbol)
    return Classes(tuple(sorted(set(wanted) - {distinct[0]})), decimals, symbol)


def classes_above(values: Sequence[float], decimals: int, symbol: str, nothing: str) -> Classes:
    """With nought as a class of its own.

    >>> classes_above([0.0, 0.0, 1.5, 2.0], 1, "", "kein Angebot").words
    ('kein Angebot', 'unter 2', '2 und mehr')
    """
    return replace(classes([one for one in values if one], decimals, symbol), nothing=nothing)


def _fits(limits: tuple[float, ...], shown: Sequence[float], number: int) -> bool:
    if any(low >= high for low, high in pairwise(limits)):
        return False
    places = [bisect_right(limits, value) for value in shown]
    held = [places.count(place) for place in range(number)]
    return min(held) > 0 and max(held) <= max(TOO_MANY * len(shown) / number, 2)
