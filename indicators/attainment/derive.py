"""Series made from other series before they are judged: gaps between two groups, quarters from cumulative counts."""

from indicators.attainment.course import Course, Entry, Values
from indicators.model import Sign
from indicators.periods import Period

Derived = tuple[tuple[Period, float | Sign | None], ...]


def gap_values(first: Values, second: Values, kind: str) -> Derived:
    """first - second (`difference`) or first / second (`ratio`) for every period of either series.

    Where one value is missing the gap is too, secret if either is secret; a ratio to zero is not
    meaningful (x). Raises ValueError for another kind.
    """
    if kind not in ("difference", "ratio"):
        raise ValueError(f"a gap is a difference or a ratio, not {kind!r}")
    left = {entry.period: entry for entry in Course.of(first).entries}
    right = {entry.period: entry for entry in Course.of(second).entries}
    return tuple(
        (period, _gap(left.get(period, Entry(period, None)), right.get(period, Entry(period, None)), kind))
        for period in sorted({*left, *right})
    )


def _gap(left: Entry, right: Entry, kind: str) -> float | Sign | None:
    if left.value is None or right.value is None:
        return _sign((left, right))
    if kind == "difference":
        return left.value - right.value
    return left.value / right.value if right.value != 0 else Sign.BLOCKED


def _sign(entries: tuple[Entry, Entry]) -> Sign | None:
    """The sign of what is made from two entries of which at least one has no value."""
    missing = [entry.sign for entry in entries if entry.value is None]
    if Sign.SECRET in missing:
        return Sign.SECRET
    return missing[0]
