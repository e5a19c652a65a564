"""Cells, the equations that a reader knows of them, and the search for what else must be hidden.

Nothing here knows of cities: cells have numbers, equations are sums that come out the same whatever the hidden
values are. A *circuit* is a set of cells that can be moved by +1 or -1 together without changing any equation.
A reader who cannot see any cell of a circuit cannot tell by how much it has been moved, so a circuit of hidden
cells proves an interval in which they all may lie. No linear programme is needed, and hiding more never spoils a proof.
"""

import heapq
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

Term = tuple[int, int]
"""A cell and its sign (+1 or -1) in an equation."""

LIMIT = 1500
"""Circuits that are looked at before a search is given up (never reached on tables that offices deliver)."""

GREED = 0.6
"""How much of the cheapest repair of each broken equation counts as cost still to come: 0 finds the cheapest circuit
in long time; 1 overrates circuits whose cells repair two equations at once."""


@dataclass(slots=True)
class Cell:
    """`cost` is what hiding it costs: 0 for a number that is shown nowhere, so that it counts as hidden already.

    `lowest` is what a reader knows it to be at least. `need` is the width of the interval that protects it,
    0 where nothing has to be protected.
    """

    value: float
    lowest: float
    cost: float
    need: float = 0.0
    equations: list[int] = field(default_factory=list)


class Network:
    """Cells and equations, which may grow while they are used: `grow` is asked for a cell's equations once."""

    def __init__(self, grow: Callable[[int], None] = lambda cell: None) -> None:
        self.cells: list[Cell] = []
        self.equations: list[tuple[Term, ...]] = []
        self._known: dict[Hashable, int] = {}
        self._grow = grow
        self._grown: set[int] = set()

    def add(self, value: float, lowest: float, cost: float, need: float = 0.0) -> int:
        """The number of a new cell."""
        self.cells.append(Cell(value, lowest, cost, need))
        return len(self.cells) - 1

    def relate(self, key: Hashable, terms: Iterable[Term]) -> None:
        """An equation: the signed sum of these cells is known. The same key twice is one equation."""
        if key in self._known:
            return
        number = self._known[key] = len(self.equations)
        self.equations.append(tuple(terms))
        for cell, _ in self.equations[number]:
            self.cells[cell].equations.append(number)

    def knows(self, key: Hashable) -> bool:
        return key in self._known

    def equations_of(self, cell: int) -> list[int]:
        if cell not in self._grown:
            self._grown.add(cell)
            self._grow(cell)
        return self.cells[cell].equations


@dataclass(order=True, slots=True)
class _Attempt:
    """A circuit in the making: cells moved so far and the equations that are out of balance by that."""

    expected: float
    number: int
    cost: float = field(compare=False)
    moves: dict[int, int] = field(compare=False)
    broken: dict[int, int] = field(compare=False)


class Hiding:
    """What is hidden, and for each hidden cell the width of the interval that is proven for it."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.hidden: set[int] = set()
        self.unprotected: set[int] = set()
        self._proven: dict[int, float] = {}

    def protect(self, cells: Iterable[int]) -> None:
        """Hides the cells and as many others as it takes until each hidden one is safe."""
        waiting = sorted(cells, key=lambda cell: (-self.network.cells[cell].need, self.network.cells[cell].value, cell))
        self.hidden.update(cell for cell in waiting if self.network.cells[cell].cost)
        while waiting:
            cell = waiting.pop(0)
            waiting += sorted(self._secure(cell))

    def _secure(self, start: int) -> set[int]:
        """Protects one cell; returns what had to be hidden for it."""
        need = self.network.cells[start].need
        if self._proven.get(start, 0.0) >= need:
            return set()
        downward = self._push(start, -1, need, {})
        shifts: dict[int, float] = {}
        width = downward + self._push(start, +1, need - downward, shifts)
        added: set[int] = set()
        while width < need:
            circuit = self._circuit(start, +1, need - width, shifts, self._price) or self._circuit(
                start, +1, 1.0, shifts, self._price
            )
            if circuit is None:
                self.unprotected.add(start)
                return added
            newly = {cell for cell in circuit if self._price(cell)}
            self.hidden |= newly
            added |= newly
            width += self._move(circuit, need - width, shifts)
        self._proven[start] = width
        return added

    def width(self, start: int, need: float) -> float:
        """How wide an interval, up to `need`, is proven for a cell by what is hidden now."""
        downward = self._push(start, -1, need, {})
        return downward + self._push(start, +1, need - downward, {})

    def _push(self, start: int, direction: int, wanted: float, shifts: dict[int, float]) -> float:
        """Moves a cell as far as hidden cells allow, at most `wanted`; returns how far."""
        reached = 0.0
        while reached < wanted:
            circuit = self._circuit(start, direction, 1.0, shifts, self._only_hidden)
            if circuit is None:
                break
            reached += self._move(circuit, wanted - reached, shifts)
        return reached

    def _move(self, circuit: Mapping[int, int], wanted: float, shifts: dict[int, float]) -> float:
        """Moves all cells of a circuit as far as they can; a first move is a proof for each of them."""
        step = min([wanted, *(self._room(cell, sign, shifts) for cell, sign in circuit.items())])
        if not shifts:
            for cell in circuit:
                self._proven[cell] = max(self._proven.get(cell, 0.0), step)
        for cell, sign in circuit.items():
            shifts[cell] = shifts.get(cell, 0.0) + sign * step
        return step

    def _room(self, cell: int, sign: int, shifts: Mapping[int, float]) -> float:
        if sign > 0:
            return inf
        found = self.network.cells[cell]
        return found.value + shifts.get(cell, 0.0) - found.lowest

    def _price(self, cell: int) -> float:
        return 0.0 if cell in self.hidden else self.network.cells[cell].cost

    def _only_hidden(self, cell: int) -> float:
        return 0.0 if cell in self.hidden or not self.network.cells[cell].cost else inf

    def _circuit(
        self, start: int, direction: int, room: float, shifts: Mapping[int, float], price: Callable[[int], float]
    ) -> dict[int, int] | None:
        """The cheapest circuit found through a cell in which every cell that is lowered has that much room."""
        if self._room(start, direction, shifts) < room:
            return None
        options = _Options(self, room, shifts, price)
        first = _Attempt(0.0, 0, 0.0, {start: direction}, {})
        for equation in self.network.equations_of(start):
            _unbalance(first.broken, equation, self._sign(equation, start) * direction)
        queue, seen, number = [first], set(), 0
        while queue and number < LIMIT:
            attempt = heapq.heappop(queue)
            if not attempt.broken:
                return attempt.moves
            repairs, _ = options.tightest(attempt)
            for cell, sign in repairs:
                number += 1
                following = self._extended(attempt, cell, sign, number, price(cell))
                state = frozenset(following.moves.items())
                if state not in seen:
                    seen.add(state)
                    repairs_left, to_come = options.tightest(following)
                    if repairs_left or not following.broken:
                        following.expected = following.cost + GREED * to_come
                        heapq.heappush(queue, following)
        return None

    def _extended(self, attempt: _Attempt, cell: int, sign: int, number: int, price: float) -> _Attempt:
        broken = dict(attempt.broken)
        for equation in self.network.equations_of(cell):
            _unbalance(broken, equation, self._sign(equation, cell) * sign)
        return _Attempt(0.0, -number, attempt.cost + price, {**attempt.moves, cell: sign}, broken)

    def _sign(self, equation: int, cell: int) -> int:
        return next(sign for found, sign in self.network.equations[equation] if found == cell)


@dataclass(frozen=True, slots=True)
class _Options:
    """What may repair an equation within one search."""

    hiding: Hiding
    room: float
    shifts: Mapping[int, float]
    price: Callable[[int], float]

    def tightest(self, attempt: _Attempt) -> tuple[list[Term], float]:
        """The repairs of the broken equation that has fewest, and the sum of the cheapest repairs of all of them."""
        fewest: list[Term] | None = None
        to_come = 0.0
        for equation, excess in attempt.broken.items():
            repairs = list(self._repairs(equation, excess, attempt.moves))
            if not repairs:
                return [], inf
            to_come += min(self.price(cell) for cell, _ in repairs)
            if fewest is None or len(repairs) < len(fewest):
                fewest = repairs
        return fewest or [], to_come

    def _repairs(self, equation: int, excess: int, moves: Mapping[int, int]) -> Iterator[Term]:
        for cell, sign in self.hiding.network.equations[equation]:
            direction = -sign if excess > 0 else sign
            if (
                cell not in moves
                and self.price(cell) < inf
                and self.hiding._room(cell, direction, self.shifts) >= self.room
            ):
                yield cell, direction


def _unbalance(broken: dict[int, int], equation: int, by: int) -> None:
    excess = broken.pop(equation, 0) + by
    if excess:
        broken[equation] = excess
