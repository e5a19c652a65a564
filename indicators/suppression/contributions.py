"""Who delivered which part of a number: what a reporter knows beside all that is shown.

A provider that delivered 40 of the 42 persons of a sum subtracts its own and knows that the others have 2.
"""

from collections.abc import Iterable, Mapping

Parts = Mapping[str, float]
"""Numbers by reporter; empty where nobody knows who delivered it."""


def added(signed: Iterable[tuple[Parts, int]]) -> dict[str, float]:
    """By reporter the signed sum of its parts."""
    found: dict[str, float] = {}
    for parts, sign in signed:
        for reporter, number in parts.items():
            found[reporter] = found.get(reporter, 0.0) + sign * number
    return found
