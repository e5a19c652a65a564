"""Invented figures that could be real ones: they add up, stay within their whole, and are the same every time."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, FigureKind, load
from indicators.errors import MonitoringError
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.samples.courses import Courses, shared_out
from indicators.samples.earlier import Definitions
from indicators.samples.musterstadt import FOLDER, PERIODS
from indicators.settings import SAMPLE_DEFINITIONS


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(SAMPLE_DEFINITIONS["musterstadt"], methods=METHODS)


@pytest.fixture(scope="module")
def courses() -> Courses:
    return Courses(FOLDER / "courses.csv")


def every(catalogue: Catalogue, courses: Courses):
    """Figure, reporter, period and counts of all that is delivered."""
    for course in courses.all:
        figure = catalogue.base_figure(course.base_figure)
        for period in PERIODS[figure.frequency]:
            if catalogue.has_reporter(course.reporter, period):
                yield figure, course, period, courses.counts(catalogue, figure, course.reporter, period)


def test_the_parts_of_every_complete_dimension_make_the_total(catalogue, courses):
    seen = 0
    for figure, _, period, counts in every(catalogue, courses):
        for axis in (axis for axis in figure.dimensions if catalogue.dimensions[axis].complete):
            parts = [count for key, count in counts.items() if key.get(axis)]
            assert sum(parts) == counts[Breakdown()], (figure.code, period, axis)
            seen += 1
    assert seen > 500


def test_no_share_is_above_its_whole_in_any_group(catalogue, courses):
    seen = 0
    for figure, course, period, counts in every(catalogue, courses):
        if not course.of:
            continue
        who = course.reporter if course.of != "einwohner" else "STA"
        whole = courses.counts(catalogue, catalogue.base_figure(course.of), who, period)
        for key in counts.keys() & whole.keys():
            assert 0 <= counts[key] <= whole[key], (figure.code, period, key)
            seen += 1
    assert seen > 1000


def test_counts_since_january_never_fall_within_their_year(catalogue, courses):
    for figure, course, period, counts in every(catalogue, courses):
        if figure.kind is FigureKind.CUMULATIVE and period.part > 1:
            before = courses.counts(catalogue, figure, course.reporter, period.previous)
            assert all(counts[key] >= before[key] for key in before), (figure.code, period)


def test_merged_districts_are_there_in_their_time(catalogue, courses):
    figure = catalogue.base_figure("beratungsfaelle")

    def districts(period: str) -> set[str | None]:
        counts = courses.counts(catalogue, figure, "WVM", Period.parse(period))
        return {key.get("stadtteil") for key in counts} & {"hafen", "lindenau", "hafen_lindenau"}

    assert districts("2024-Q4") == {"hafen", "lindenau"}
    assert districts("2025-Q1") == {"hafen_lindenau"}


def test_the_same_file_gives_the_same_figures(catalogue, courses):
    again = Courses(FOLDER / "courses.csv")
    figure = catalogue.base_figure("kurs_pruefungen")
    for period in PERIODS[figure.frequency]:
        assert courses.counts(catalogue, figure, "SPW", period) == again.counts(catalogue, figure, "SPW", period)


def test_a_factor_is_on_the_period_alone(catalogue, courses):
    """A quarter that was counted double stands in the count since January once, not in the next quarter's."""
    figure, second = catalogue.base_figure("beratungsfaelle"), Period.quarter(2024, 2)
    first = courses.counts(catalogue, figure, "WVM", second.previous)[Breakdown()]
    true, double = (courses.counts(catalogue, figure, "WVM", second, factor)[Breakdown()] for factor in (1.0, 2.0))
    assert double - first == pytest.approx(2 * (true - first), abs=1)


def test_nothing_jumps_by_half_from_one_year_to_the_next(catalogue, courses):
    """But for a break that the definitions name; small counts may."""
    for figure, course, period, counts in every(catalogue, courses):
        if period.year_before not in PERIODS[figure.frequency]:
            continue
        before = courses.counts(catalogue, figure, course.reporter, period.year_before)
        for key in counts.keys() & before.keys():
            if before[key] >= 40:
                assert 0.5 < counts[key] / before[key] < 1.6, (figure.code, period, key)


@given(
    st.integers(0, 60),
    st.lists(st.tuples(st.floats(0.1, 50), st.integers(0, 30)), min_size=1, max_size=6),
)
def test_a_total_is_shared_out_whole_and_within_the_limits(total, members):
    weights = {str(place): weight for place, (weight, _) in enumerate(members)}
    most = {str(place): float(limit) for place, (_, limit) in enumerate(members)}
    total = min(total, int(sum(most.values())))
    given_out = shared_out(total, weights, most)
    assert sum(given_out.values()) == total
    assert all(0 <= given_out[code] <= most[code] for code in weights)


def test_what_was_defined_before_is_the_present_changed_back(catalogue):
    with Definitions(catalogue, FOLDER / "earlier.yaml") as definitions:
        then = definitions.at(definitions.until.replace(year=2024))
        assert definitions.at(definitions.until) is catalogue
        assert then.version != catalogue.version
        (before,), (now,) = (one.indicator("C-03").targets for one in (then, catalogue))
        assert (str(before.period), before.value) == ("2026-Q4", 11.0)
        assert (str(now.period), now.value) == ("2027-Q4", 12.0)
        assert "hafen_lindenau" not in [member.code for member in then.dimensions["stadtteil"].members]


def test_a_change_that_speaks_of_what_is_gone_is_refused(catalogue, tmp_path: Path):
    changes = tmp_path / "earlier.yaml"
    changes.write_text(
        "until: 2025-01-01T00:00:00\nchanges: [{file: city.yaml, now: Nirgendwo, then: Irgendwo}]\n", encoding="utf-8"
    )
    with pytest.raises(MonitoringError, match="Nirgendwo"):
        Definitions(catalogue, changes)
