"""Formulas: the whitelist, and the same result in Python and in DuckDB."""

import math

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import Formula, FormulaError

NAMES = ("a", "b", "kita_u3")


def formulas() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(NAMES) | st.integers(0, 1000).map(str) | st.sampled_from(["0.5", "12.25"])
    return st.recursive(
        leaves,
        lambda inner: (
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
            | inner.map(lambda text: f"(-{text})")
        ),
        max_leaves=8,
    )


values = st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 50).map(float))


@settings(max_examples=150)
@given(formulas(), values)
def test_python_and_sql_agree(text: str, given_values: dict[str, float | None]) -> None:
    formula = Formula.parse(text)
    expected = formula.evaluate(given_values)
    columns = ", ".join(f"$v{number}::double as {name}" for number, name in enumerate(NAMES))
    query = f"select {formula.to_sql(lambda name: name)} from (select {columns})"
    bound = {f"v{number}": given_values.get(name) for number, name in enumerate(NAMES)}
    (found,) = duckdb.execute(query, bound).fetchone() or (None,)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=100)
@given(formulas())
def test_what_is_printed_is_read_back_the_same(text: str) -> None:
    formula = Formula.parse(text)
    assert Formula.parse(str(formula)) == formula


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_other_text_is_refused_in_german(text: str) -> None:
    try:
        Formula.parse(text)
    except FormulaError as error:
        assert " → " in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "", "a b", "a ** 2", "a // b", "a % b", "f(a)", "a.b", "a[0]", "'a'", "True", "a if b else 1", "a < b", "~a",
        "lambda: a", "[a]", "a; b", "1e999 * a", "1j * a", "(a := 1)", "ä + 1", "A + 1", "__class__", "(" * 300,
        "a" * 501, "+a", "a @ b", "a\nb",
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        Formula.parse(text)


@pytest.mark.parametrize(
    ("text", "factor", "numerators", "denominators"),
    [
        ("100 * a / b", 100, ("a",), ("b",)),
        ("a / b * 100", 100, ("a",), ("b",)),
        ("100 * (a / b)", 100, ("a",), ("b",)),
        ("a / (b / 1000)", 1000, ("a",), ("b",)),
        ("100 * (a + c) / (a + b - c)", 100, ("a", "c"), ("a", "b", "c")),
    ],
)
def test_a_ratio_is_recognised(
    text: str, factor: float, numerators: tuple[str, ...], denominators: tuple[str, ...]
) -> None:
    formula = Formula.parse(text)
    assert formula.ratio is not None
    assert formula.ratio.factor == factor
    assert (formula.numerators, formula.denominators) == (numerators, denominators)


@pytest.mark.parametrize("text", ["a", "a + b", "a / b / c", "a / b + c / d", "a * b / c", "100 / a", "a / 0"])
def test_what_is_no_ratio(text: str) -> None:
    assert Formula.parse(text).ratio is None


def test_missing_and_division_by_zero_are_no_zero() -> None:
    formula = Formula.parse("100 * a / b")
    assert formula.evaluate({"a": 1.0, "b": 0.0}) is None
    assert formula.evaluate({"a": 1.0}) is None
    assert formula.evaluate({"a": None, "b": 2.0}) is None
    assert formula.evaluate({"a": 0.0, "b": 2.0}) == 0.0
