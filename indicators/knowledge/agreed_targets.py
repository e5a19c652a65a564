"""Targets that a body has decided: they win over the definitions from the day of the decision on. Rows are only added.

What was entered after a moment was not known at it, so that past meetings keep the status that they saw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb

from indicators import german
from indicators.catalogue import Catalogue, RuleDefinition
from indicators.knowledge.agreed import AgreedTarget, TargetError
from indicators.knowledge.target_problems import problems
from indicators.moments import local_day
from indicators.names import named
from indicators.periods import Period
from indicators.store import Store
from indicators.store.outages import outlasting_restarts
from indicators.targets import Point

KNOWN = "select * from agreed_target where happened_at <= $moment order by id"
APPEND = (
    "insert into agreed_target select coalesce(max(id), 0) + 1, $number, $indicator, $aim, $method, $baseline_period, "
    "$baseline_value, $periods, $goals, $low, $high, $decided_on, $body, $body_name, $paper, $remark, $ended, $at, "
    "$who, $reason from agreed_target"
)
LAST = "select coalesce(max(id), 0) from agreed_target where indicator = $code"


def agreed_targets(store: Store, moment: datetime) -> tuple[AgreedTarget, ...]:
    """All that was known at the moment, also what was taken back by then, in the order of the decisions."""
    return _read(store.rows(KNOWN, {"moment": moment}))


def _read(rows: Iterable[tuple[Any, ...]]) -> tuple[AgreedTarget, ...]:
    found: dict[int, AgreedTarget] = {}
    for row in rows:
        number, ended, at, who, reason = row[1], row[16], row[17], row[18], row[19]
        if ended and number in found:
            found[number] = replace(found[number], ended=at, ended_by=who, reason=reason)
        else:
            found[number] = _target(row)
    return tuple(sorted(found.values(), key=lambda target: (target.on, target.number)))


def targets_at(store: Store, moment: datetime) -> tuple[AgreedTarget, ...]:
    """The decisions in force at the moment, in their order: a later one wins over one before."""
    today = local_day(moment)
    return tuple(target for target in agreed_targets(store, moment) if not target.ended and target.on <= today)


def last_row(store: Store, indicator: str) -> int:
    """The number of an indicator's last row: with another one somebody has changed its targets."""
    return int(store.value(LAST, {"code": indicator}))


@outlasting_restarts
def keep_target(
    store: Store, catalogue: Catalogue, target: AgreedTarget, by: str, at: datetime, seen: int | None = None
) -> int:
    """Adds a decision. Raises TargetError for what contradicts itself, as `check` would, and where somebody else has
    changed the indicator's targets since the row `seen`.

    `catalogue` holds the targets in force.
    """
    found = problems(catalogue, target, local_day(at))
    if found:
        raise TargetError(found[0].message, found[0].field)
    with store.transaction() as cursor:
        _demand_unchanged(cursor, target.indicator, seen)
        kept = _read(cursor.execute(KNOWN, {"moment": at}).fetchall())
        twice = [one for one in kept if not one.ended and one.same_as == target.same_as]
        if twice:
            raise TargetError(
                f"Diesen Beschluss gibt es schon, eingetragen von {named(twice[0].who, twice[0].entered)}."
            )
        number = int(cursor.execute("select coalesce(max(number), 0) + 1 from agreed_target").fetchall()[0][0])
        _append(cursor, replace(target, number=number), by, at)
    return number


@outlasting_restarts
def end_target(store: Store, number: int, by: str, at: datetime, reason: str, seen: int | None = None) -> None:
    """Takes a decision back from now on: what held before holds again. Raises TargetError without a reason."""
    if not reason.strip():
        raise TargetError("Bitte einen Grund nennen.", "reason")
    with store.transaction() as cursor:
        kept = _read(cursor.execute(KNOWN, {"moment": at}).fetchall())
        found = next((one for one in kept if one.number == number), None)
        if found is None or found.ended:
            raise TargetError("Dieser Beschluss gilt schon nicht mehr.")
        _demand_unchanged(cursor, found.indicator, seen)
        _append(cursor, found, by, at, reason.strip(), ended=True)


def _demand_unchanged(cursor: duckdb.DuckDBPyConnection, indicator: str, seen: int | None) -> None:
    if seen is None or cursor.execute(LAST, {"code": indicator}).fetchall() == [(seen,)]:
        return
    statement = "select who, happened_at from agreed_target where indicator = $code order by id desc limit 1"
    [(who, at)] = cursor.execute(statement, {"code": indicator}).fetchall()
    raise TargetError(
        f"Inzwischen hat {who} die Ziele dieser Kennzahl geändert ({german.moment(at)}). Es wurde nichts gespeichert: "
        "Bitte sehen Sie sich an, was jetzt gilt, und tragen Sie Ihren Beschluss dann noch einmal ein."
    )


def _append(
    cursor: duckdb.DuckDBPyConnection,
    target: AgreedTarget,
    by: str,
    at: datetime,
    reason: str = "",
    *,
    ended: bool = False,
) -> None:
    wanted, baseline = target.wanted, target.wanted.baseline
    points: Sequence[Point] = sorted(wanted.targets, key=lambda point: point.period.time)
    cursor.execute(
        APPEND,
        {
            "number": target.number,
            "indicator": target.indicator,
            "aim": target.aim,
            "method": wanted.method,
            "baseline_period": str(baseline.period) if baseline else None,
            "baseline_value": baseline.value if baseline else None,
            "periods": [str(point.period) for point in points],
            "goals": [point.value for point in points],
            "low": wanted.low,
            "high": wanted.high,
            "decided_on": target.on,
            "body": target.body,
            "body_name": target.by,
            "paper": " ".join(target.paper.split()),
            "remark": " ".join(target.remark.split()),
            "ended": ended,
            "at": at,
            "who": by,
            "reason": reason,
        },
    )


def _target(row: tuple[Any, ...]) -> AgreedTarget:
    _, number, indicator, aim, method, begin, start, periods, goals, low, high, on, body, by, paper, remark = row[:16]
    wanted = RuleDefinition(
        title=aim,
        method=method,
        baseline=Point(Period.parse(begin), start) if begin else None,
        targets=tuple(Point(Period.parse(period), goal) for period, goal in zip(periods, goals, strict=True)),
        low=low,
        high=high,
    )
    return AgreedTarget(number, indicator, aim, wanted, on, body, by, paper, remark, row[17], row[18])
