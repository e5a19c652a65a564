"""Series made from other series before they are judged: gaps between two groups, quarters from cumulative counts."""

from indicators.attainment.course import Course, Entry, Values
from indicators.model import Sign
from indicators.periods import PARTS_PER_YEAR, Period

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


def quarters_from_cumulative(values: Values) -> Derived:
    """Counts since January as counts of the single quarters (half-years, months).

    The first of a year stays; each other is the difference to the one just before it. Where that is
    missing or was not delivered the difference cannot be known, so it is missing too: secret if either is secret.
    Nor can it where the count falls, which none since January does: it is unknown, and no negative number.
    Raises ValueError for periods that are no parts of a year, and for values of different parts.
    """
    entries = Course.of(values).entries
    kinds = {entry.period.kind for entry in entries}
    if len(kinds) > 1 or not kinds <= set(PARTS_PER_YEAR):
        raise ValueError("counts since January come by quarters, half-years or months, one kind only")
    known = {entry.period: entry for entry in entries}
    return tuple((entry.period, _single(entry, known)) for entry in entries)


def _single(entry: Entry, known: dict[Period, Entry]) -> float | Sign | None:
    if entry.period.part == 1:
        return entry.value if entry.value is not None else entry.sign
    before = known.get(entry.period.previous, Entry(entry.period.previous, None))
    if entry.value is None or before.value is None:
        return _sign((entry, before))
    return entry.value - before.value if entry.value >= before.value else Sign.UNKNOWN


def _sign(entries: tuple[Entry, Entry]) -> Sign | None:
    """The sign of what is made from two entries of which at least one has no value."""
    missing = [entry.sign for entry in entries if entry.value is None]
    if Sign.SECRET in missing:
        return Sign.SECRET
    return missing[0]
