"""The benchmarks run on a handful of rows, and both sides come to the same results. Nothing is timed here."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from indicators.datasets import FIGURES
from indicators.ledger import incoming
from indicators.model import Breakdown, Observation, Place, Sign
from indicators.periods import Period
from indicators.store import Store
from tests.bench import (
    attain,
    cities,
    commit,
    funding,
    history,
    measures,
    meeting,
    opening,
    pages,
    reading,
    reports,
    ring,
    sizes,
)
from tests.bench.city import MOMENT, TINY, filled
from tests.bench.measuring import Ratio, printed
from tests.bench.serving import PROJECT, serving

pytestmark = pytest.mark.slow

STORED = """
select
    coverage.delivery, series.base_figure, series.reporter, series.breakdown, observation.period,
    value, sign, flags, sheet, cell
from observation
join coverage on coverage.id = observation.coverage
join slice on slice.id = coverage.slice
join series on series.id = observation.series
where slice.subject = series.base_figure and slice.reporter = series.reporter
order by all
"""


def test_the_table_says_which_target_is_missed() -> None:
    missed, reached = Ratio("a", "6 ms", "1 ms", 6.0, most=5), Ratio("b", "1 ms", "6 ms", 6.0, least=5)
    assert not missed.ok and reached.ok and missed.ungated().ok
    assert [line.split("  ")[-1] for line in printed([missed, reached]).splitlines()[2:]] == ["NOT OK", "ok"]


def test_the_filled_store_is_what_commits_would_have_made(tmp_path: Path) -> None:
    by_sql = filled(tmp_path / "sql.duckdb", TINY)
    rows = by_sql.rows(STORED)
    by_commits = Store(tmp_path / "commits.duckdb")
    for number in sorted({row[0] for row in rows}):
        observations = [
            Observation(
                base, reporter, Period.from_key(key), Breakdown.parse(breakdown), value,
                Sign(sign) if sign else None, flags, Place(sheet, cell),
            )
            for delivery, base, reporter, breakdown, key, value, sign, flags, sheet, cell in rows
            if delivery == number
        ]  # fmt: skip
        covers = [o.slice for o in observations]
        with by_commits.transaction() as cursor:
            free = {**incoming.next_numbers(cursor), "delivery": number}
            FIGURES.keep(cursor, incoming.cover(cursor, free, covers), observations)
    assert by_commits.rows(STORED) == rows
    assert len(rows) == by_sql.value("select count(*) from observation") > 0
    for table in ("coverage", "slice", "series"):
        counts = [store.value(f"select count(*) from {table}") for store in (by_sql, by_commits)]
        assert counts[0] == counts[1]


def test_the_filled_store_has_revised_and_withdrawn_rows(tmp_path: Path) -> None:
    store = filled(tmp_path / "bench.duckdb", TINY)
    known, ever = (
        store.value(f"select count(*) from {rows}")
        for rows in (f"valid_observation(timestamp '{MOMENT}')", "observation")
    )
    assert 0 < known < ever


def test_attainment_runs_and_pandas_agrees() -> None:
    assert [ratio.value > 0 for ratio in attain.measure(TINY, rounds=1)] == [True] * 5


def test_commits_run() -> None:
    assert [ratio.value > 0 for ratio in commit.measure(rows=40, rounds=2, size=TINY)] == [True]


def test_meetings_are_compared() -> None:
    assert [ratio.value > 0 for ratio in meeting.measure(indicators=3, meetings=3)] == [True]


@pytest.mark.slow
def test_pages_run_on_both_servers(home: Path) -> None:
    shutil.copytree(PROJECT / ".streamlit", home / ".streamlit")
    for name in ("ours", "plain"):
        database = home / f"{name}.duckdb"
        shutil.copy(home / "data" / "monitoring.duckdb", database)
        with serving(
            pages.APPS / f"{name}.py", home, database, home / "log", definitions=home / "definitions"
        ) as server:
            visit = server.visited(clients=2, seconds=0.5)
        assert len(visit.pages) > 0 and not visit.faults


@pytest.mark.slow
def test_the_products_pages_bear_visitors(home: Path) -> None:
    steps = [("", ""), ("field", ""), ("indicator", ""), ("deliver", ""), ("deliveries", ""), ("definitions", "")]
    database = home / "data" / "monitoring.duckdb"
    with serving(PROJECT / "dashboard.py", PROJECT, database, home / "log", definitions=home / "definitions") as server:
        visit = server.visited(clients=2, seconds=2, steps=steps)
    assert len(visit.pages) > 0 and not visit.faults


def test_reports_are_measured_whole() -> None:
    whole, pdf, drawn = reports.measure(2, 2)
    assert [whole.target, pdf.target, drawn.target] == ["<= 1", "<= 1", "<= 0.6"]
    assert whole.value > 0 and pdf.value > 0 and drawn.value > 0
    assert len(reports.large(7).exhibits) == 7


def test_every_view_of_measures_is_made() -> None:
    found = measures.measure(count=12, years=1)
    assert {one.name for one in found} >= {"what holds now, with its history", "checking an edit", "since a meeting"}
    assert [one.name for one in found if one.most is None] == list(measures.FILES)


def test_every_view_of_funding_is_made() -> None:
    found = funding.measure(count=12, years=2)
    assert {one.name for one in found} >= {"what runs out", "cases by agreement", "matrix of offers"}
    assert [one.name for one in found if one.most is None] == list(measures.FILES)


def test_five_thousand_rows_would_be_read_with_their_errors() -> None:
    assert [ratio.value > 0 for ratio in reading.measure(rows=200, errors=3, rounds=1)] == [True]


def test_growth_is_told_as_an_exponent() -> None:
    twice = sizes.growth("work", [10, 1_000], [5.0, 500.0])
    assert twice.value == pytest.approx(1) and twice.ok
    assert not sizes.growth("work", [10, 1_000], [5.0, 50_000.0]).ok


def test_a_run_is_compared_with_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    assert history.last(file) == {}
    slow, quick = Ratio("a", "", "", 2.0, most=3), Ratio("b", "", "", 6.0, least=5)
    history.keep([slow, quick], date(2026, 11, 30), "abc", file)
    assert history.last(file) == {"a": 2.0, "b": 6.0}
    assert history.worse([slow, quick], history.last(file)) == []
    lost = [Ratio("a", "", "", 2.9, most=3), Ratio("b", "", "", 4.0, least=5), Ratio("new", "", "", 9.0)]
    assert [line.partition(":")[0] for line in history.worse(lost, history.last(file))] == ["a", "b"]
    history.keep(lost, date(2026, 12, 1), "def", file)
    assert history.last(file) == {"a": 2.9, "b": 4.0, "new": 9.0}


def test_every_page_is_opened_but_those_that_need_more() -> None:
    assert set(opening.LEFT_OUT) | set(opening.addresses()) >= {file.stem for file in (PROJECT / "pages").glob("*.py")}
    assert not set(opening.LEFT_OUT) & set(opening.addresses())


def test_one_delivery_leaves_what_is_kept_of_other_cities(
    sample_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cities, "sample", lambda _: sample_database)
    found = {ratio.name: ratio for ratio in cities.measure(cities=3, visited=2)}
    assert found["of 2 cities worked out anew after a delivery in another"].value == 0
    assert found["files for each open city"].value > 0


def test_a_ring_is_compared_within_its_limits():
    found = ring.measure(ring.Size(3, 4, 3, 8))
    assert {one.name.partition(": ")[2] for one in found} == {f"{name} (s)" for name in ring.LIMITS}
