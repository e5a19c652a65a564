"""Target rules as rows for the table macro `attainment` (10_attainment.sql), which judges all series at once."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from indicators.attainment.course import INSTANT, boundary
from indicators.targets import Direction, Point, TargetRule

SCHEMA = pa.schema(
    [
        ("series", pa.int32()),
        ("method", pa.string()),
        ("direction", pa.int32()),
        ("baseline_time", pa.float64()),
        ("baseline_value", pa.float64()),
        ("times", pa.list_(pa.float64())),
        ("goals", pa.list_(pa.float64())),
        ("disordered", pa.bool_()),
        ("widens_gap", pa.bool_()),
        ("tolerance", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("breaks", pa.list_(pa.float64())),
        ("chained", pa.bool_()),
        ("percentage", pa.bool_()),
        ("yearly", pa.bool_()),
        ("direction_only", pa.bool_()),
    ]
)

_ROUTES = {Direction.BAND: "band", Direction.MAINTAIN: "maintain"}


def rule_rows(rules: Iterable[tuple[int, TargetRule]]) -> pa.Table:
    """One row a (series, rule) pair, several rules a series allowed.

    `direction` is 0 where none is wanted; `times` and `goals` are milestones and target in order of time, `disordered`
    where no path leads from the baseline through all of them; `widens_gap` as in TargetRule;
    `breaks` are the ends of the last days before each break;
    `percentage` is set only where a method must refuse it.
    """
    return pa.Table.from_pylist([{"series": series, **rule_row(rule)} for series, rule in rules], schema=SCHEMA)


def rule_row(rule: TargetRule) -> dict[str, object]:
    baseline = rule.baseline
    points = sorted(rule.targets, key=lambda point: point.period.time)
    times = [point.period.time for point in points]
    sided = rule.direction not in (Direction.NONE, Direction.BAND)
    return {
        "method": _routed(rule),
        "direction": rule.direction.factor if sided else 0,
        "baseline_time": baseline.period.time if baseline else None,
        "baseline_value": baseline.value if baseline else None,
        "times": times,
        "goals": [point.value for point in points],
        "disordered": _disordered(baseline, times),
        "widens_gap": rule.widens_gap,
        "tolerance": rule.tolerance,
        "low": rule.low,
        "high": rule.high,
        "breaks": sorted(boundary(period) for period in rule.breaks),
        "chained": rule.chained,
        "percentage": rule.percentage and not rule.accept_percentage,
        "yearly": rule.yearly,
        "direction_only": not rule.targets and rule.low is None and rule.high is None,
    }


def _disordered(baseline: Point | None, times: Sequence[float]) -> bool:
    return bool(baseline and times and (times[0] - baseline.period.time < INSTANT or len(set(times)) < len(times)))


def _routed(rule: TargetRule) -> str:
    """linear_path with the directions maintain and band means those methods; see linear_path."""
    if rule.method in ("linear_path", "gap") and rule.direction in _ROUTES:
        return _ROUTES[rule.direction]
    return rule.method
