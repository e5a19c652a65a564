"""The search by itself: cells as numbers, equations written out."""

from math import inf

import pytest

from indicators.suppression.circuits import find_circuit
from indicators.suppression.network import Network
from indicators.suppression.protection import Hiding


def network(values: dict[str, float], *, need: float = 6, below: float = 5, price=lambda cell: 1.0) -> Network:
    """Cells in the order of `values`; those above 0 and below the threshold are sensitive."""
    made = Network(price)
    for number in values.values():
        made.add(number, 1.0, need, sensitive=0 < number < below)
    return made


def hidden(made: Network, values: dict[str, float]) -> set[str]:
    hiding = Hiding(made)
    hiding.protect()
    assert not hiding.unprotected
    return {name for cell, name in enumerate(values) if cell in hiding.hidden}


def test_a_row_with_its_total_loses_a_second_cell():
    values = {"a": 3, "b": 40, "c": 20, "total": 63}
    row = network(values)
    row.relate("row", [(0, 1), (1, 1), (2, 1), (3, -1)])
    found = hidden(row, values)
    assert "a" in found
    assert len(found) == 2


def test_the_cheapest_second_cell_is_taken():
    values = {"a": 3, "b": 40, "c": 20, "total": 63}
    row = network(values, price=[1, 3, 2, 4].__getitem__)
    row.relate("row", [(0, 1), (1, 1), (2, 1), (3, -1)])
    assert hidden(row, values) == {"a", "c"}


def test_a_second_cell_that_is_small_too_does_not_protect():
    """3 + 2 = 5 leaves each between 1 and 4: not wider than the threshold of 5."""
    values = {"a": 3, "b": 2, "c": 20, "total": 25}
    row = network(values)
    row.relate("row", [(0, 1), (1, 1), (2, 1), (3, -1)])
    assert hidden(row, values) in ({"a", "b", "c"}, {"a", "b", "total"})


def test_small_cells_that_are_enough_for_each_other_cost_nothing_more():
    """4 + 4 + 4 = 12: each lies between 1 and 10, an interval of 9."""
    values = {"a": 4, "b": 4, "c": 4, "d": 30, "total": 42}
    row = network(values)
    row.relate("row", [(0, 1), (1, 1), (2, 1), (3, 1), (4, -1)])
    assert hidden(row, values) == {"a", "b", "c"}


def test_a_crossed_table_loses_a_rectangle():
    """Rows a, b and columns 1, 2, 3 with all totals: one small cell takes three more."""
    values = {
        "a1": 3, "a2": 20, "a3": 30, "a": 53,
        "b1": 25, "b2": 15, "b3": 35, "b": 75,
        "1": 28, "2": 35, "3": 65, "all": 128,
    }  # fmt: skip
    table = network(values, price=lambda cell: 1.0 if cell % 4 < 3 and cell < 8 else 2.0)
    for first in (0, 4, 8):
        table.relate(("row", first), [(first, 1), (first + 1, 1), (first + 2, 1), (first + 3, -1)])
    for first in range(4):
        table.relate(("column", first), [(first, 1), (first + 4, 1), (first + 8, -1)])
    found = hidden(table, values)
    assert found in ({"a1", "a2", "b1", "b2"}, {"a1", "a3", "b1", "b3"})


def test_a_number_without_equations_is_safe_alone():
    values = {"a": 3}
    assert hidden(network(values), values) == {"a"}


def test_what_must_not_be_hidden_is_not():
    values = {"a": 3, "b": 40, "c": 20, "total": 63}
    row = network(values, price=[1, inf, inf, 4].__getitem__)
    row.relate("row", [(0, 1), (1, 1), (2, 1), (3, -1)])
    assert hidden(row, values) == {"a", "total"}


def test_without_a_way_out_all_around_is_hidden_and_told():
    """a + b = 5, and nothing else can be hidden: both are, and both are named as not protected."""
    made = network({"a": 3, "b": 2, "total": 5}, price=[1, 1, inf].__getitem__)
    made.relate("row", [(0, 1), (1, 1), (2, -1)])
    hiding = Hiding(made)
    hiding.protect()
    assert hiding.hidden == {0, 1}
    assert {0, 1} <= hiding.unprotected


def test_a_circuit_leaves_every_equation_as_it_is():
    values = {"a": 9, "b": 40, "c": 20, "ab": 49, "total": 69}
    made = network(values)
    made.relate("part", [(0, 1), (1, 1), (3, -1)])
    made.relate("whole", [(3, 1), (2, 1), (4, -1)])
    circuit = find_circuit(made, 0, 1, 1.0, {}, lambda cell: 1.0)
    assert circuit
    for equation in made.equations:
        assert sum(sign * circuit.get(cell, 0) for cell, sign in equation.items()) == 0


@pytest.mark.parametrize("room", [1.0, 6.0])
def test_a_cell_is_lowered_only_where_there_is_room(room):
    made = network({"a": 3, "b": 4, "total": 7}, price=[1, 1, 9].__getitem__)
    made.relate("row", [(0, 1), (1, 1), (2, -1)])
    circuit = find_circuit(made, 0, 1, room, {}, made.cost)
    assert circuit == ({0: 1, 1: -1} if room == 1 else {0: 1, 2: 1})
