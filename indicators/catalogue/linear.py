"""What a formula forms on its way: sums and differences of base figures, and which of them it divides by which.

`100 - 100 * kita / kinder` is `100 * (kinder - kita) / kinder` in other words, and shows how many are left.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from indicators.catalogue.formula import Formula

Sum = Mapping[str, Fraction]
"""Factors by base figure; "" holds the plain number."""

FINEST = 10**9


@dataclass(frozen=True)
class Quotient:
    """One sum divided by another; a part of a formula that divides by nothing has the number 1 below."""

    above: Sum
    below: Sum


def quotients(formula: Formula) -> Iterator[Quotient]:
    """Every part of the formula that is a sum, or one sum divided by another, the whole formula included."""
    for node in ast.walk(formula.tree):
        if isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name) and (found := _quotient(node)):
            yield found


def whole_numbers(terms: Sum) -> dict[str, int]:
    """The factors of the base figures in smallest whole numbers; their signs stay."""
    factors = {name: factor for name, factor in terms.items() if name and factor}
    if not factors:
        return {}
    common = lcm(*(factor.denominator for factor in factors.values()))
    whole = {name: int(factor * common) for name, factor in factors.items()}
    shared = gcd(*whole.values())
    return {name: number // shared for name, number in whole.items()}


def _quotient(node: ast.expr) -> Quotient | None:
    """None where base figures are multiplied with each other."""
    match node:
        case ast.Name(id=name):
            return Quotient({name: Fraction(1)}, {"": Fraction(1)})
        case ast.Constant(value=value):
            return Quotient({"": Fraction(value).limit_denominator(FINEST)}, {"": Fraction(1)})  # type: ignore[arg-type]
        case ast.UnaryOp(operand=operand):
            inner = _quotient(operand)
            return inner and Quotient(_times(inner.above, Fraction(-1)), inner.below)
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _quotient(left), _quotient(right)
            if first is None or second is None:
                return None
            match op:
                case ast.Add():
                    return _added(first, second)
                case ast.Sub():
                    return _added(first, Quotient(_times(second.above, Fraction(-1)), second.below))
                case ast.Mult():
                    return _multiplied(first, second)
                case ast.Div():
                    return _multiplied(first, Quotient(second.below, second.above))
    return None


def _added(first: Quotient, second: Quotient) -> Quotient | None:
    if (factor := _ratio(first.below, second.below)) is not None:
        return Quotient(_plus(first.above, _times(second.above, factor)), first.below)
    for one, other in ((first, second), (second, first)):
        if (number := _ratio(one.above, one.below)) is not None:
            return Quotient(_plus(other.above, _times(other.below, number)), other.below)
    return None


def _multiplied(first: Quotient, second: Quotient) -> Quotient | None:
    for one, other in ((first, second), (second, first)):
        if (number := _ratio(one.above, one.below)) is not None:
            return Quotient(_times(other.above, number), other.below)
        if (number := _ratio(one.above, other.below)) is not None:
            return Quotient(_times(other.above, number), one.below)
        if set(one.below) <= {""} and set(other.above) <= {""} and one.below and other.above:
            factor = other.above[""] / one.below[""] if one.below[""] else None
            return None if factor is None else Quotient(_times(one.above, factor), other.below)
    return None


def _ratio(above: Sum, below: Sum) -> Fraction | None:
    """By what number one sum is the other; None where they are not alike."""
    first, second = ({name: factor for name, factor in terms.items() if factor} for terms in (above, below))
    if not second or (first and first.keys() != second.keys()):
        return None
    found = {first[name] / second[name] for name in first} or {Fraction(0)}
    return found.pop() if len(found) == 1 else None


def _plus(first: Sum, second: Sum) -> dict[str, Fraction]:
    return {name: first.get(name, Fraction(0)) + second.get(name, Fraction(0)) for name in {**first, **second}}


def _times(terms: Sum, factor: Fraction) -> dict[str, Fraction]:
    return {name: number * factor for name, number in terms.items()}
