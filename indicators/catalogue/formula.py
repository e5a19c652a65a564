"""Formulas over base figures: parsed against a whitelist, evaluated in Python, compiled to SQL."""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

LONGEST = 500
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")

_OPERATORS: dict[type[ast.operator], tuple[str, Callable[[float, float], float]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
}


class FormulaError(ValueError):
    """A formula that is not plain arithmetic; message and remedy in German, joined by " → "."""


@dataclass(frozen=True)
class Formula:
    """Arithmetic (+ - * / and parentheses) over numbers and the codes of base figures.

    >>> Formula.parse("100 * kita_u3 / kinder_u3").evaluate({"kita_u3": 30, "kinder_u3": 120})
    25.0
    """

    text: str
    tree: ast.expr

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return ast.unparse(self.tree)

    @classmethod
    def parse(cls, text: str) -> "Formula":
        """Raises FormulaError for everything that is not on the whitelist; nothing is ever executed."""
        if len(text) > LONGEST:
            raise FormulaError(f"Die Formel ist länger als {LONGEST} Zeichen. → Mit abgeleiteten Grundzahlen kürzen.")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise FormulaError(f"Die Formel „{text}“ ist nicht lesbar. → Klammern und Rechenzeichen prüfen.") from error
        for node in _parts(tree):
            _check(node, text)
        return cls(text, tree)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The codes in the order of their first appearance."""
        return tuple(dict.fromkeys(node.id for node in _parts(self.tree) if isinstance(node, ast.Name)))

    @cached_property
    def ratio(self) -> "Ratio | None":
        """The formula as `factor * (sum of numerators) / (sum of denominators)`; None if it is not of that form."""
        above: list[ast.expr] = []
        below: list[ast.expr] = []
        factor = 1.0
        for node, up in _factors(self.tree, True):
            number = _number(node)
            if number is not None:
                if not up and number == 0:
                    return None
                factor = factor * number if up else factor / number
            else:
                (above if up else below).append(node)
        if len(above) != 1 or len(below) != 1:
            return None
        parts = _sum_of_names(above[0]), _sum_of_names(below[0])
        return Ratio(factor, parts[0], parts[1]) if parts[0] and parts[1] else None

    @property
    def numerators(self) -> tuple[str, ...]:
        """Base figures above the line of `k * a / b`; empty for every other form."""
        return self.ratio.numerators if self.ratio else ()

    @property
    def denominators(self) -> tuple[str, ...]:
        """Base figures below the line of `k * a / b`; empty for every other form."""
        return self.ratio.denominators if self.ratio else ()

    @property
    def divides(self) -> bool:
        return any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) for node in _parts(self.tree))

    def divisions(self) -> Iterator[tuple["Formula", "Formula"]]:
        """Each division as (what is divided, by what)."""
        for node in _parts(self.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                yield _formula(node.left), _formula(node.right)

    def sums(self) -> Iterator[tuple["Formula", "Formula"]]:
        """Each addition and subtraction as (left, right)."""
        for node in _parts(self.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                yield _formula(node.left), _formula(node.right)

    def evaluate(self, values: Mapping[str, float | None]) -> float | None:
        """None where a value is missing or a denominator is zero: neither is ever taken for 0."""
        try:
            result = _evaluate(self.tree, values)
        except ZeroDivisionError:
            return None
        return result if result is None or math.isfinite(result) else None

    def to_sql(self, column: Callable[[str], str]) -> str:
        """A DuckDB expression; `column` names the column of a code. Null where evaluate() gives None."""
        return _sql(self.tree, column)

    def in_words(self, title: Callable[[str], str]) -> str:
        """As a reader sees it: „100 × Betreute Kinder ÷ Kinder“."""
        return _words(self.tree, title)

    def expanded(self, derived: Mapping[str, "Formula"]) -> "Formula":
        """With the codes in `derived` replaced by their own (already expanded) formulas."""
        tree = _Replace(derived).visit(ast.parse(str(self), mode="eval").body)
        return Formula(self.text, tree)


@dataclass(frozen=True, slots=True)
class Ratio:
    """`factor` times the sum of the numerators by the sum of the denominators (signs kept in the formula)."""

    factor: float
    numerators: tuple[str, ...]
    denominators: tuple[str, ...]


class _Replace(ast.NodeTransformer):
    def __init__(self, derived: Mapping[str, Formula]) -> None:
        self._derived = derived

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self._derived.get(node.id)
        return found.tree if found else node


def _formula(tree: ast.expr) -> Formula:
    return Formula(ast.unparse(tree), tree)


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    """Every expression from left to right; operators and contexts left out."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.expr):
            yield from _parts(child)


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            return
        case ast.UnaryOp(op=ast.USub()):
            return
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool) and math.isfinite(value):
            return
        case ast.Name(id=name) if NAME.fullmatch(name):
            return
    found = ast.get_source_segment(text.strip(), node) or text
    raise FormulaError(
        f"„{found}“ darf in einer Formel nicht stehen. → Erlaubt sind + - * / ( ), Zahlen mit Punkt und die "
        "Kürzel der Grundzahlen (kleine Buchstaben, Ziffern, Unterstrich)."
    )


def _factors(node: ast.expr, up: bool) -> Iterator[tuple[ast.expr, bool]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        yield from _factors(node.left, up)
        yield from _factors(node.right, up if isinstance(node.op, ast.Mult) else not up)
    else:
        yield node, up


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp):
        inner = _number(node.operand)
        return None if inner is None else -inner
    return None


def _sum_of_names(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = _sum_of_names(node.left), _sum_of_names(node.right)
        return left + right if left and right else ()
    return ()


def _evaluate(node: ast.expr, values: Mapping[str, float | None]) -> float | None:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _evaluate(left, values), _evaluate(right, values)
            return None if a is None or b is None else _OPERATORS[type(op)][1](a, b)
        case ast.UnaryOp(operand=operand):
            value = _evaluate(operand, values)
            return None if value is None else -value
        case ast.Name(id=name):
            return values.get(name)
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
    raise AssertionError(node)


def _sql(node: ast.expr, column: Callable[[str], str]) -> str:
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return f"({_sql(left, column)} / nullif({_sql(right, column)}, 0))"
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_sql(left, column)} {_OPERATORS[type(op)][0]} {_sql(right, column)})"
        case ast.UnaryOp(operand=operand):
            return f"(-{_sql(operand, column)})"
        case ast.Name(id=name):
            return column(name)
        case ast.Constant(value=value):
            return f"{float(value)!r}::double"  # type: ignore[arg-type]
    raise AssertionError(node)


_PRINTED = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}


def _words(node: ast.expr, title: Callable[[str], str]) -> str:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            tight = isinstance(op, ast.Mult | ast.Div)
            parts = [_words(part, title) for part in (left, right)]
            if tight and _loose(left):
                parts[0] = f"({parts[0]})"
            if isinstance(right, ast.BinOp) and not isinstance(op, ast.Add):
                parts[1] = f"({parts[1]})"
            return f"{parts[0]} {_PRINTED[type(op)]} {parts[1]}"
        case ast.UnaryOp(operand=operand):
            return f"−{_words(operand, title)}"
        case ast.Name(id=name):
            return title(name)
        case ast.Constant(value=value):
            return str(value).replace(".", ",")
    raise AssertionError(node)


def _loose(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
