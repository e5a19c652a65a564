"""The table macro `attainment` gives what `assess` gives, on 10,000 random series of every method."""

import math
from collections import Counter

import duckdb
import pyarrow as pa
import pytest

from indicators.attainment import Assessment, assess
from indicators.model import Sign
from indicators.periods import Period
from indicators.ring.rules import rule_rows
from indicators.store.schema import VIEWS
from indicators.targets import TargetRule

from .random_cases import Values, cases

SQL = VIEWS / "10_attainment.sql"
NUMBER = 10_000

Case = tuple[Values, TargetRule]


@pytest.fixture(scope="module")
def drawn() -> list[Case]:
    return list(cases(NUMBER, seed=20261120))


@pytest.fixture(scope="module")
def from_sql(drawn: list[Case]) -> dict[int, dict[str, object]]:
    connection = duckdb.connect()
    connection.execute(SQL.read_text(encoding="utf-8"))
    connection.register("series_values", value_rows(drawn))
    connection.register("rules", rule_rows((series, rule) for series, (_, rule) in enumerate(drawn)))
    rows = connection.execute("select * from attainment('series_values', 'rules')").to_arrow_table().to_pylist()
    return {row["series"]: row for row in rows}


def value_rows(drawn: list[Case]) -> pa.Table:
    rows = [
        {
            "series": series,
            "period": period.key,
            "value": content if isinstance(content, float) else None,
            "sign": str(content) if isinstance(content, Sign) else None,
        }
        for series, (values, _) in enumerate(drawn)
        for period, content in values
    ]
    types = {
        "series": pa.int32(),
        "period": pa.int32(),
        "time": pa.float64(),
        "value": pa.float64(),
        "sign": pa.string(),
    }
    return pa.Table.from_pylist(rows, schema=pa.schema(types.items()))


def same_number(left: float | None, right: object) -> bool:
    if left is None or right is None:
        return left is right
    return isinstance(right, float) and math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-6)


def agrees(assessed: Assessment, row: dict[str, object]) -> bool:
    return (
        assessed.status.value == row["status"]
        and (assessed.reason.value if assessed.reason else None) == row["reason"]
        and (assessed.period.key if assessed.period else None) == row["period"]
        and same_number(assessed.value, row["value"])
        and same_number(assessed.expected, row["expected"])
        and same_number(assessed.deviation, row["deviation"])
        and same_number(assessed.attainment, row["attainment"])
    )


def test_sql_and_python_agree(drawn: list[Case], from_sql: dict[int, dict[str, object]]) -> None:
    assert len(from_sql) == NUMBER
    different = [
        (values, rule, assessed, from_sql[series])
        for series, (values, rule) in enumerate(drawn)
        if not agrees(assessed := assess(values, rule), from_sql[series])
    ]
    assert not different, f"{len(different)} differ, the first: {different[0]}"


def test_the_random_series_reach_every_status_and_reason_of_the_sql(from_sql: dict[int, dict[str, object]]) -> None:
    statuses = Counter(row["status"] for row in from_sql.values())
    reasons = Counter(row["reason"] for row in from_sql.values())
    assert len(statuses) == 19, statuses
    assert min(reasons.values()) >= 5 and len(reasons) == 14, reasons


@pytest.mark.parametrize("text", ["2026", "2026-H1", "2026-Q3", "2026-02", "2025/26", "WS 2023/24", "2024-02-15"])
def test_sql_places_a_period_on_the_same_time_axis(text: str) -> None:
    connection = duckdb.connect()
    connection.execute(SQL.read_text(encoding="utf-8"))
    period = Period.parse(text)
    row = connection.execute("select period_time($key)", {"key": period.key}).fetchone()
    assert row == (period.time,)
