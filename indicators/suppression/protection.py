"""What else must be hidden so that nothing hidden can be computed, and no more than that.

Nothing must be computed by a reporter either, who knows what it delivered itself: a circuit proves something against
a reporter only if none of its cells is that reporter's own, and if each can be moved within what it cannot know. One
circuit for all of them is looked for first, then one for each.
"""

from collections.abc import Callable, Iterable
from math import inf

from indicators.suppression.circuits import Circuit, Shifts, find_circuit, room_of
from indicators.suppression.network import Network


class Hiding:
    """What is hidden. For each hidden cell circuits of hidden cells prove that it lies in a wide enough interval.

    `unprotected` are cells for which no such proof was found, against a reporter at least.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.hidden: set[int] = set()
        self.unprotected: set[int] = set()
        self._proofs: dict[int, set[int]] = {}
        self._planned: set[int] = set()

    def protect(self) -> None:
        """Hides the sensitive cells and others with them until each is safe; then shows again what is not needed."""
        network = self.network
        waiting = sorted(network.sensitive, key=lambda cell: (-network.need[cell], network.value[cell], cell))
        self._hide(cell for cell in waiting if network.cost(cell))
        waiting += sorted(self.hidden - set(waiting))
        while waiting:
            waiting += sorted(self._secure(waiting.pop(0)))
        for cell in sorted(self._removable(), key=lambda cell: (-network.cost(cell), cell)):
            if cell in self.hidden:
                self._show_again(cell)

    def _hide(self, cells: Iterable[int]) -> None:
        """What is hidden in one state of the data is hidden in all."""
        self.hidden.update(other for cell in list(cells) for other in self.network.siblings(cell))

    def _secure(self, start: int) -> set[int]:
        """Protects one cell; returns what had to be hidden for it."""
        if start in self._proofs:
            return set()
        proof, before = set[int](), set(self.hidden)
        if not self._against_all(start, lambda: self._secured(start, proof)):
            if not self._against(frozenset(), lambda: self._secured(start, proof)):
                self._give_up(start)
                return set()
            self.unprotected |= {start} if start in self.hidden else self._around(start)
        self._proofs[start] = proof
        return self.hidden - before

    def _against_all(self, start: int, protects: Callable[[], bool]) -> bool:
        """Whether something can be done against all reporters at once, or else against each."""
        others = self._others(start)
        return self._against(others, protects) or (
            len(others) > 1 and all(self._against(frozenset({reporter}), protects) for reporter in sorted(others))
        )

    def _others(self, cell: int) -> frozenset[str]:
        """The reporters from whom a cell must be kept."""
        return frozenset(self.network.reporters - self.network.excused[cell])

    def _against(self, reporters: frozenset[str], protects: Callable[[], bool]) -> bool:
        """The same with what these reporters know."""
        self.network.against = reporters
        try:
            return protects()
        finally:
            self.network.against = frozenset()

    def _secured(self, start: int, proof: set[int]) -> bool:
        """Adds circuits that protect a cell to the proof, and hides what has to be hidden for them."""
        need = self.network.need[start]
        downward = self._push(start, -1, need, {}, proof)
        shifts: dict[int, float] = {}
        width = downward + self._push(start, +1, need - downward, shifts, proof)
        if width >= need:
            return True
        bought = self._cheapest_plan(start, need - width, shifts)
        if bought is None:
            return False
        added: set[int] = set()
        for circuit in bought:
            proof.update(circuit)
            added |= {cell for cell in circuit if self._price(cell)}
            width += self._move(circuit, need - width, shifts)
        self._hide(added)
        return True

    def _cheapest_plan(self, start: int, wanted: float, shifts: Shifts) -> list[Circuit] | None:
        """Circuits to buy. One that does all is often dearer than two that share the work, and often not."""
        shared = self._plan(start, wanted, shifts, 0.5)
        if shared is None or len(shared) == 1:
            return shared
        plans = [shared, self._plan(start, wanted, shifts, 1.0) or shared]
        return min(plans, key=lambda plan: sum(map(self._price, set().union(*plan))))

    def _plan(self, start: int, wanted: float, shifts: Shifts, share: float) -> list[Circuit] | None:
        """Circuits that move a cell as far as wanted together; each does that share of it, if any can."""
        moved, least, plan = dict(shifts), wanted * share, list[Circuit]()
        while wanted > 0:
            circuit = find_circuit(self.network, start, +1, min(least, wanted), moved, self._price) or find_circuit(
                self.network, start, +1, 1.0, moved, self._price
            )
            if circuit is None:
                break
            plan.append(circuit)
            self._planned.update(other for cell in circuit for other in self.network.siblings(cell))
            wanted -= self._shift(circuit, wanted, moved)
        self._planned.clear()
        return None if wanted > 0 else plan

    def _give_up(self, start: int) -> None:
        """No way to protect a cell was found: hides its rows and columns and all that cross them, and remembers."""
        around = {other for cell in self._around(start) for other in self._around(cell)}
        self.unprotected |= around
        self._hide(cell for cell in around if 0 < self._price(cell) < inf)

    def _around(self, cell: int) -> set[int]:
        """A cell and all that stand with it in an equation."""
        return {cell}.union(*(self.network.equations[number] for number in self.network.equations_of(cell)))

    def _push(self, start: int, direction: int, wanted: float, shifts: dict[int, float], proof: set[int]) -> float:
        """Moves a cell as far as hidden cells allow, at most `wanted`; returns how far."""
        reached = 0.0
        while reached < wanted:
            circuit = find_circuit(self.network, start, direction, 1.0, shifts, self._only_hidden, insist=False)
            if circuit is None:
                break
            proof.update(circuit)
            reached += self._move(circuit, wanted - reached, shifts)
        return reached

    def _move(self, circuit: Circuit, wanted: float, shifts: dict[int, float]) -> float:
        """Moves all cells of a circuit as far as they can; a first move is a proof for all that it moves enough."""
        first = not shifts
        step = self._shift(circuit, wanted, shifts)
        if first:
            for cell in circuit:
                if step >= self.network.need[cell] and self._others(cell) <= self.network.against:
                    self._proofs.setdefault(cell, set(circuit))
        return step

    def _shift(self, circuit: Circuit, wanted: float, shifts: dict[int, float]) -> float:
        rooms = (room_of(self.network, cell, by, shifts) / abs(by) for cell, by in circuit.items())
        step = min(wanted, *rooms)
        for cell, by in circuit.items():
            shifts[cell] = shifts.get(cell, 0.0) + by * step
        return step

    def _removable(self) -> set[int]:
        """Cells that are hidden for others' sake, where these are several: a single one's circuit is all needed."""
        network = self.network
        for_whom: dict[int, int] = {}
        for group in self._groups():
            several = len(group & network.sensitive) > 1
            for_whom.update(dict.fromkeys(group if several else (), 1))
        needed = network.sensitive | self.unprotected
        return {cell for cell in for_whom.keys() & self.hidden if needed.isdisjoint(network.siblings(cell))}

    def _groups(self) -> Iterable[set[int]]:
        """Hidden and unseen cells that hang together by equations."""
        network, left = self.network, {cell for proof in self._proofs.values() for cell in proof} | self.hidden
        while left:
            group, waiting = set[int](), [left.pop()]
            while waiting:
                cell = waiting.pop()
                group.add(cell)
                near = {other for number in network.equations_of(cell) for other in network.equations[number]} & left
                left -= near
                waiting += near
            yield group

    def _show_again(self, cell: int) -> None:
        """Shows a cell if all that its circuits proved can be proved without it."""
        own = set(self.network.siblings(cell))
        depending = [other for other, proof in self._proofs.items() if other not in own and not own.isdisjoint(proof)]
        depending.sort(key=lambda other: (other not in self.network.sensitive, other))
        self.hidden -= own
        proofs = {}
        for other in depending:
            if other in self.hidden or other in self.network.sensitive:
                proofs[other] = self._proof(other)
                if proofs[other] is None:
                    self.hidden |= own
                    return
        for other in own:
            self._proofs.pop(other, None)
        for other in depending:
            self._proofs.pop(other)
        self._proofs.update({other: proof for other, proof in proofs.items() if proof})

    def _proof(self, start: int) -> set[int] | None:
        """Circuits of hidden cells that protect a cell; None where there are not enough of them."""
        proof = set[int]()
        return proof if self._against_all(start, lambda: self._proved(start, proof)) else None

    def _proved(self, start: int, proof: set[int]) -> bool:
        need = self.network.need[start]
        width = self._push_alone(start, -1, need, proof)
        if width < need:
            width += self._push_alone(start, +1, need - width, proof)
        return width >= need

    def _push_alone(self, start: int, direction: int, wanted: float, proof: set[int]) -> float:
        """As `_push`, with no proof for others on the way."""
        kept, self._proofs = self._proofs, {}
        reached = self._push(start, direction, wanted, {}, proof)
        self._proofs = kept
        return reached

    def _price(self, cell: int) -> float:
        if self.network.against and self.network.is_known(cell):
            return inf
        return 0.0 if cell in self.hidden or cell in self._planned else self.network.cost(cell)

    def _only_hidden(self, cell: int) -> float:
        if self.network.against and self.network.is_known(cell):
            return inf
        return 0.0 if cell in self.hidden or not self.network.cost(cell) else inf
