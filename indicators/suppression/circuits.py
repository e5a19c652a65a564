"""The search for circuits: cells that can be moved together without changing what a reader knows.

A *circuit* is a set of cells that can be moved together, by +1 or -1 each (seldom by 2), without changing any
equation. A reader who cannot see any cell of a circuit cannot tell by how much it has been moved, so a circuit of
hidden cells proves an interval in which they all may lie. No linear programme is needed for that, and hiding more
never spoils a proof.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from indicators.suppression.network import Network

LIMIT = 1500
"""Circuits that are looked at before a search is given up."""

STEP = 0.1
"""What each cell of a circuit costs in any case: of two circuits through hidden cells the shorter is tried first."""

Price = Callable[[int], float]
"""What a cell costs in a circuit; infinite for cells that must not be in it."""

Circuit = dict[int, int]
"""By how much each cell is moved together with the others: +1 or -1, seldom 2."""

Shifts = Mapping[int, float]
"""By how much cells have been moved already."""


def room_of(network: Network, cell: int, by: int, shifts: Shifts) -> float:
    """How far a cell can be moved that way."""
    if by > 0:
        return inf
    least = network.least(cell) if network.against else network.lowest[cell]
    return network.value[cell] + shifts.get(cell, 0.0) - least


def find_circuit(
    network: Network, start: int, direction: int, room: float, shifts: Shifts, price: Price, *, insist: bool = True
) -> Circuit | None:
    """The cheapest circuit found through a cell, in which every cell can be moved that far.

    Where there are too many to look at and it is worth while, the search begins anew for a short one, hidden or not.
    """
    if room_of(network, start, direction, shifts) < room:
        return None
    found, complete = _search(_Repairs(network, room, shifts, price), start, direction)
    if found or complete or not insist:
        return found
    even = _Repairs(network, room, shifts, lambda cell: max(1.0, price(cell)))
    return _search(even, start, direction)[0]


def _search(repairs: "_Repairs", start: int, direction: int) -> tuple[Circuit | None, bool]:
    """Best first. Also says whether nothing was left to look at."""
    first = repairs.attempt({start: direction}, {}, start, direction, 0.0)
    queue = [(first.expected, 0, first)] if first else []
    seen, number = {frozenset({(start, direction)})}, 0
    while queue and number < LIMIT:
        attempt = heapq.heappop(queue)[2]
        if not attempt.broken:
            return attempt.moves, True
        for cost, cell, by in repairs.of(attempt.tightest, attempt.broken[attempt.tightest]):
            if not repairs.possible(attempt.moves, cell, by):
                continue
            moves = {**attempt.moves, cell: attempt.moves.get(cell, 0) + by}
            if (state := frozenset(moves.items())) in seen:
                continue
            seen.add(state)
            number += 1
            spent = attempt.cost + (0.0 if cell in attempt.moves else cost)
            if following := repairs.attempt(moves, attempt.broken, cell, by, spent):
                heapq.heappush(queue, (following.expected, -number, following))
    return None, not queue


@dataclass(slots=True)
class _Attempt:
    """A circuit in the making: cells moved so far and the equations that are out of balance by that.

    `expected` is the cost so far and the cheapest repair of each broken equation. That may be too much, where a cell
    repairs two at once, so the cheapest circuit can be missed; tests/suppression/cost.py measures by how much.
    """

    expected: float
    cost: float
    moves: Circuit
    broken: dict[int, int]
    tightest: int


class _Repairs:
    """What may bring an equation back into balance within one search, cheapest first."""

    def __init__(self, network: Network, room: float, shifts: Shifts, price: Price) -> None:
        self._network, self._room, self._shifts, self._price = network, room, shifts, price
        self._known: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}

    def of(self, equation: int, excess: int) -> list[tuple[float, int, int]]:
        """Price, cell and which way to move it."""
        key = (equation, excess > 0)
        if (found := self._known.get(key)) is None:
            found = self._known[key] = sorted(self._find(*key))
        return found

    def _find(self, equation: int, too_much: bool) -> Iterator[tuple[float, int, int]]:
        for cell, sign in self._network.equations[equation].items():
            by = -sign if too_much else sign
            price = self._price(cell)
            if price < inf and room_of(self._network, cell, by, self._shifts) >= self._room:
                yield price, cell, by

    def possible(self, moves: Mapping[int, int], cell: int, by: int) -> bool:
        """A cell is moved once, or a second time the same way where two others meet in it."""
        if (moved := moves.get(cell)) is None:
            return True
        return moved == by and room_of(self._network, cell, by, self._shifts) >= 2 * self._room

    def attempt(self, moves: Circuit, before: Mapping[int, int], cell: int, by: int, cost: float) -> _Attempt | None:
        """A circuit in the making whose last move is `by`; None where an equation cannot be repaired any more."""
        broken, equations = dict(before), self._network.equations
        for equation in self._network.equations_of(cell):
            excess = broken.pop(equation, 0) + equations[equation][cell] * by
            if excess:
                broken[equation] = excess
        to_come, tightest, fewest = 0.0, -1, inf
        for equation, excess in broken.items():
            repairs = self.of(equation, excess)
            for price, other, way in repairs:
                if other not in moves:
                    to_come += price
                    break
                if self.possible(moves, other, way):
                    break
            else:
                return None
            if len(repairs) < fewest:
                tightest, fewest = equation, len(repairs)
        return _Attempt(cost + STEP * (len(moves) + len(broken)) + to_come, cost, moves, broken, tightest)
