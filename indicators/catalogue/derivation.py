"""Base figures that are computed from others: cycles, expansion, and the units of a formula."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.catalogue.formula import Formula


def cycles(formulas: Mapping[str, Formula]) -> list[tuple[str, ...]]:
    """Chains of derived figures that lead back to their beginning, each once, beginning at its first code."""
    found: set[tuple[str, ...]] = set()
    for start in formulas:
        _follow(start, (start,), formulas, found)
    return sorted(found)


def _follow(code: str, way: tuple[str, ...], formulas: Mapping[str, Formula], found: set[tuple[str, ...]]) -> None:
    for name in formulas[code].names:
        if name == way[0] and name == min(way):
            found.add(way)
        elif name in formulas and name not in way:
            _follow(name, (*way, name), formulas, found)


def expand(formulas: Mapping[str, Formula]) -> dict[str, Formula]:
    """Every derived figure over delivered ones alone. The formulas must be free of cycles."""
    done: dict[str, Formula] = {}

    def expanded(code: str) -> Formula:
        if code not in done:
            inner = {name: expanded(name) for name in formulas[code].names if name in formulas}
            done[code] = formulas[code].expanded(inner)
        return done[code]

    return {code: expanded(code) for code in formulas}


@dataclass(frozen=True, slots=True)
class UnitClash:
    """Two parts of a formula that are counted in different units. `divided`: the second divides the first."""

    left: str
    left_unit: str
    right: str
    right_unit: str
    divided: bool


def clashes(formula: Formula, unit_of: Mapping[str, str]) -> list[UnitClash]:
    """Sums and divisions of unlike units. Parts whose unit is not one of a base figure's (a product, a
    quotient, a number) are left alone: what they are counted in cannot be said."""
    found = []
    for pairs, divided in ((formula.sums(), False), (formula.divisions(), True)):
        for left, right in pairs:
            units = _single_unit(left, unit_of), _single_unit(right, unit_of)
            if units[0] and units[1] and units[0] != units[1]:
                found.append(UnitClash(str(left), units[0], str(right), units[1], divided))
    return found


def _single_unit(formula: Formula, unit_of: Mapping[str, str]) -> str | None:
    """The one unit of all base figures named, unless figures are divided within (then it is a bare number)."""
    if formula.divides:
        return None
    units = {unit_of[name] for name in formula.names if name in unit_of}
    return units.pop() if len(units) == 1 else None
