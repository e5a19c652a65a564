"""What a city gives: its series in the shared words, with signs, and with its own target where the status is shown.

A value goes only where everybody sees it at home, and would see it if the strictest threshold of the ring held there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from indicators import german
from indicators.catalogue import Catalogue
from indicators.catalogue.schema import Role
from indicators.knowledge import snapshot
from indicators.knowledge.snapshot import Snapshot
from indicators.library import Entry, Library, same_axis
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.ring import protection
from indicators.ring.consent import Level, consents
from indicators.ring.place import By, Presence, Ring, RingError, act
from indicators.ring.rules import rule_row
from indicators.ring.shared import Shared, match, meaning

APPEND = (
    "insert into ring_contribution select coalesce(max(id), 0) + 1, $member, $indicator, $own_code, $meaning, "
    "$threshold, $known_at, $at, $who from ring_contribution"
)
LAST = "select coalesce(max(id), 0) from ring_contribution"
ADD_VALUES = "insert into ring_value select contribution, breakdown, main_group, period, value, sign from incoming"
ADD_RULE = (
    "insert into ring_rule values ($contribution, $breakdown, $method, $direction, $baseline_time, $baseline_value, "
    "$times, $goals, $disordered, $widens_gap, $tolerance, $low, $high, $breaks, $chained, $percentage, $yearly, "
    "$direction_only)"
)
VALUES = pa.schema(
    [
        ("contribution", pa.int32()),
        ("breakdown", pa.string()),
        ("main_group", pa.bool_()),
        ("period", pa.int32()),
        ("value", pa.float64()),
        ("sign", pa.string()),
    ]
)


@dataclass(frozen=True)
class Cell:
    """One value or sign in the shared words; `breakdown` and `period` as they are stored."""

    breakdown: str
    period: int
    value: float | None
    sign: str | None


@dataclass(frozen=True)
class Contribution:
    """What is given of one shared indicator; `headline` is the shared one, `rule` the city's own target, None where no
    status is shown."""

    indicator: str
    own_code: str
    meaning: str
    threshold: int
    headline: str
    cells: tuple[Cell, ...]
    rule: Mapping[str, object] | None = None


def contribute(
    ring: Ring,
    presence: Presence,
    catalogue: Catalogue,
    shared: Shared,
    codes: Iterable[str],
    known_at: datetime,
    by: By,
) -> tuple[Contribution, ...]:
    """Gives what is known at the moment of those shared indicators, and says what that was.

    Raises RingError where there is no consent, or the city's own definition is another one; then nothing is given.
    """
    given = contributions(ring, presence, catalogue, shared, codes, known_at)
    hand_in(ring, presence, given, known_at, by)
    return given


def hand_in(ring: Ring, presence: Presence, given: Sequence[Contribution], known_at: datetime, by: By) -> None:
    """Puts them into the ring as this member, and hides what would give away what is secret."""
    rows = [(APPEND, {**_about(one), "known_at": known_at}) for one in given]

    def beside(cursor: duckdb.DuckDBPyConnection) -> None:
        [(last,)] = cursor.execute(LAST).fetchall()
        first = int(last) - len(given) + 1
        _add(cursor, first, given)
        protection.hide_before(cursor, first, by.at)

    act(ring, presence, by, rows, beside, [one.indicator for one in given])


def _about(one: Contribution) -> dict[str, object]:
    return {
        "indicator": one.indicator,
        "own_code": one.own_code,
        "meaning": one.meaning,
        "threshold": one.threshold,
    }


def contributions(
    ring: Ring, presence: Presence, catalogue: Catalogue, shared: Shared, codes: Iterable[str], known_at: datetime
) -> tuple[Contribution, ...]:
    """The same without giving it."""
    consented = consents(ring)
    wanted = [(code, shared.entry(code)) for code in codes]
    own = {code: _own(catalogue, shared.library, entry) for code, entry in wanted}
    if without := [code for code, _ in wanted if consented.get(code, Level.NONE) is Level.NONE]:
        raise RingError(f"Ohne Einwilligung wird nichts beigetragen: {german.enumeration(without)}.")
    threshold = max(ring.strictest, presence.threshold)
    figures = {name for code in own.values() for name in catalogue.indicator(code).expression.names}
    seen = snapshot.take(ring.own, catalogue, known_at, suppressed=True)
    strict = snapshot.take(ring.own, protection.tightened(catalogue, figures, threshold), known_at, suppressed=True)
    return tuple(
        _contribution(code, entry, shared, own[code], (seen, strict), threshold, consented[code])
        for code, entry in wanted
    )


def _own(catalogue: Catalogue, library: Library, entry: Entry) -> str:
    found = match(catalogue, library, entry)
    if found.same:
        return found.own
    title = f"„{entry.indicator.title}“"
    if not found.own:
        raise RingError(f"{title} ist bei Ihnen nicht übernommen.")
    raise RingError(f"{title} ist bei Ihnen anders definiert ({'; '.join(found.differences)}).")


def _contribution(
    code: str,
    entry: Entry,
    shared: Shared,
    own_code: str,
    views: tuple[Snapshot, Snapshot],
    threshold: int,
    level: Level,
) -> Contribution:
    seen, strict = views
    ways = dict(breakdowns(seen.catalogue, shared.library, entry))
    cells = tuple(
        cell
        for theirs, own in ways.items()
        for cell in _cells(theirs, seen.find(own_code, own), strict.find(own_code, own), seen, own_code)
    )
    rule = _rule(seen, own_code, ways) if level is Level.STATUS else None
    return Contribution(
        code, own_code, meaning(shared.library, entry), threshold, entry.indicator.headline.code, cells, rule
    )


def breakdowns(catalogue: Catalogue, library: Library, entry: Entry) -> Iterator[tuple[Breakdown, Breakdown]]:
    """Each breakdown that the shared definition has and the city can give: in the shared words and in its own.

    Districts and other places are nobody else's business."""
    axes = {code: same_axis(catalogue, library.dimensions[code]) for code in _axes(library, entry)}
    own_codes = {code: axis.code for code, axis in axes.items() if axis and axis.role is not Role.DISTRICT}
    singles = (Breakdown.of(**{code: member.code}) for code in own_codes for member in library.dimensions[code].members)
    for theirs in dict.fromkeys((Breakdown(), entry.indicator.headline, *singles)):
        if all(axis in own_codes for axis, _ in theirs.members):
            yield theirs, Breakdown(tuple(sorted((own_codes[axis], member) for axis, member in theirs.members)))


def _axes(library: Library, entry: Entry) -> list[str]:
    named = dict.fromkeys((*entry.indicator.breakdowns, *(axis for axis, _ in entry.indicator.headline.members)))
    return [code for code in named if library.dimensions[code].role is not Role.DISTRICT
            and not library.dimensions[code].compares]  # fmt: skip


def _cells(theirs: Breakdown, series: Series, strict: Series, seen: Snapshot, own_code: str) -> Iterator[Cell]:
    """A value is rounded as the city's own pages show it: more digits would tell what it was computed from."""
    decimals = seen.catalogue.indicator(own_code).decimals
    visible = {point.period for point in strict.points if point.value is not None}
    for point in series.points:
        shown = (
            point if point.value is None or point.period in visible else Measurement(point.period, None, Sign.SECRET)
        )
        value = None if shown.value is None else german.rounded(shown.value, decimals)
        sign = None if value is not None and shown.sign is None else str(shown.sign or Sign.UNKNOWN)
        yield Cell(theirs.code, point.period.key, value, sign)


def _rule(seen: Snapshot, own_code: str, ways: Mapping[Breakdown, Breakdown]) -> Mapping[str, object] | None:
    """The city's first target as a row; none where it judges a gap, or a group that is not shared."""
    indicator = seen.catalogue.indicator(own_code)
    if not indicator.rule_definitions or indicator.rule_definitions[0].gap is not None:
        return None
    judged = indicator.rule_definitions[0].breakdown or indicator.headline
    found = next((theirs for theirs, own in ways.items() if own == judged), None)
    return None if found is None else {"breakdown": found.code, **rule_row(indicator.rules[0])}


def _main_groups(one: Contribution) -> frozenset[object]:
    """The breakdowns that overviews of a whole ring read."""
    return frozenset((one.headline, *([one.rule["breakdown"]] if one.rule else [])))


def _add(cursor: duckdb.DuckDBPyConnection, first: int, given: Sequence[Contribution]) -> None:
    numbered = list(enumerate(given, first))
    cells = [(number, cell, cell.breakdown in _main_groups(one)) for number, one in numbered for cell in one.cells]
    columns = {
        "contribution": [number for number, _, _ in cells],
        "breakdown": [cell.breakdown for _, cell, _ in cells],
        "main_group": [main_group for _, _, main_group in cells],
        "period": [cell.period for _, cell, _ in cells],
        "value": [cell.value for _, cell, _ in cells],
        "sign": [cell.sign for _, cell, _ in cells],
    }
    cursor.register("incoming", pa.table(columns, schema=VALUES))
    try:
        cursor.execute(ADD_VALUES)
    finally:
        cursor.unregister("incoming")
    for number, one in numbered:
        if one.rule is not None:
            cursor.execute(ADD_RULE, {"contribution": number, **one.rule})
