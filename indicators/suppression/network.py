"""Numbers, and the equations between them that a reader knows."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

Term = tuple[int, int]
"""A cell and its sign (+1 or -1) in an equation."""

NOBODY: frozenset[str] = frozenset()


class Network:
    """Cells and equations, which may grow while they are used: `grow` is asked for a cell's equations once.

    Cells are numbers into the lists: `value`, `lowest` (what a reader knows it to be at least) and `need`, how wide
    the interval must be that a reader can narrow it down to once it is hidden. `sensitive` cells must be hidden.
    `price` says what hiding a cell costs: 0 for a number that is shown nowhere and so counts as hidden already.
    `siblings` are hidden together: the numbers that one place of a table held in the course of time.

    Readers are asked about first, reporters too: `against` are those reporters whose knowledge counts at the moment.
    `owners` know a cell, hidden or not: who delivered it alone, and who took over from that one; `excused` may know it,
    as a rule the owners; `floors` say what reporters know it to be at least, because they delivered that part of it.
    """

    def __init__(
        self,
        price: Callable[[int], float] = lambda cell: 1.0,
        grow: Callable[[int], None] = lambda cell: None,
        siblings: Callable[[int], Sequence[int]] = lambda cell: (cell,),
    ) -> None:
        self.value: list[float] = []
        self.lowest: list[float] = []
        self.need: list[float] = []
        self.owners: list[frozenset[str]] = []
        self.excused: list[frozenset[str]] = []
        self.floors: dict[int, Mapping[str, float]] = {}
        self.reporters: set[str] = set()
        self.against: frozenset[str] = frozenset()
        self.sensitive: set[int] = set()
        self.equations: list[dict[int, int]] = []
        self._equations_of: dict[int, list[int]] = {}
        self._known: set[Hashable] = set()
        self._price, self._prices = price, dict[int, float]()
        self._grow, self._grown = grow, set[int]()
        self.siblings = siblings

    def add(
        self,
        value: float,
        lowest: float,
        need: float = 0.0,
        *,
        sensitive: bool = False,
        owners: frozenset[str] = NOBODY,
        excused: frozenset[str] = NOBODY,
        floors: Mapping[str, float] | None = None,
    ) -> int:
        """The number of a new cell."""
        cell = len(self.value)
        self.value.append(value)
        self.lowest.append(lowest)
        self.need.append(need)
        self.owners.append(owners)
        self.excused.append(owners or excused)
        self.reporters |= owners
        if floors:
            self.floors[cell] = floors
            self.reporters |= floors.keys()
        if sensitive:
            self.sensitive.add(cell)
        return cell

    def relate(self, key: Hashable, terms: Iterable[Term]) -> None:
        """An equation: the signed sum of these cells is known. The same key twice is one equation."""
        if key in self._known:
            return
        self._known.add(key)
        equation = dict(terms)
        for cell in equation:
            self._equations_of.setdefault(cell, []).append(len(self.equations))
        self.equations.append(equation)

    def knows(self, key: Hashable) -> bool:
        return key in self._known

    def equations_of(self, cell: int) -> list[int]:
        if cell not in self._grown:
            self._grown.add(cell)
            self._grow(cell)
        return self._equations_of.get(cell, [])

    def is_known(self, cell: int) -> bool:
        """Whether one of those who matter delivered it alone."""
        owners = self.owners[cell]
        return bool(owners) and not self.against.isdisjoint(owners)

    def least(self, cell: int) -> float:
        """What those who matter know it to be at least, each by itself."""
        lowest = self.lowest[cell]
        if floors := self.floors.get(cell):
            return max([lowest, *(floor for reporter, floor in floors.items() if reporter in self.against)])
        return lowest

    def cost(self, cell: int) -> float:
        if (found := self._prices.get(cell)) is None:
            found = self._prices[cell] = self._price(cell)
        return found
