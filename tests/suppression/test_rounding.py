"""Rounding instead of hiding: every count by itself, rates from the rounded counts, one status for everybody."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indicators import boards, observations
from indicators.attainment import METHODS
from indicators.boards.dossier import sections
from indicators.catalogue import Catalogue, CatalogueError, lint
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.exports import FORMATS
from indicators.knowledge import snapshot
from indicators.knowledge.meeting_records import take_over
from indicators.knowledge.meetings import past_statuses
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import commits, versions
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.store import Store
from indicators.suppression import hidden_in_every_view
from indicators.suppression.rounding import carried_decimals, shown_count
from tests.conftest import observed
from tests.suppression.catalogues import catalogue, figure, indicator

AT, NOW = datetime(2026, 1, 10), datetime(2026, 2, 1)
SEX = ", dimensions: [geschlecht]"


def rounding(base: int, *, kind: str = "flow", reporters: str = "AWO") -> Catalogue:
    more = f", protect: round, base: {base}"
    return catalogue(
        [
            figure("faelle", kind=kind, below=None, more=more + SEX, reporters=reporters),
            figure("erfolge", kind=kind, below=None, more=more + SEX, reporters=reporters),
        ],
        [
            indicator("C-01", "faelle", more=", breakdowns: [geschlecht], decimals: 0"),
            indicator("C-02", "faelle", more=", frequency: yearly, breakdowns: [geschlecht], decimals: 0"),
            indicator(
                "C-03",
                "100 * erfolge / faelle",
                unit="Prozent",
                more=", breakdowns: [geschlecht], method: threshold, targets: [{period: 2025-Q4, value: 40}]",
            ),
        ],
        city="name: Kleinzahlstadt\nmeetings: [2026-01-20]\n",
    )


@pytest.fixture
def deliver(store: Store) -> Callable[..., None]:
    def commit(used: Catalogue, numbers: dict[str, list[float]], group: str = "", reporter: str = "AWO") -> None:
        rows = tuple(
            observed((code, reporter, f"2025-Q{quarter}", group, number))
            for code, counts in numbers.items()
            for quarter, number in enumerate(counts, start=1)
        )
        slices = tuple(dict.fromkeys(row.slice for row in rows))
        reading = Reading("figures", reporter, None, rows, slices)
        upload = Upload("faelle.xlsx", repr(rows).encode(), "Test")
        commits.commit(store, used, upload, reading, valid_deliveries(store, slices), AT)

    return commit


def values(seen: Snapshot, code: str) -> list[float | None]:
    return [point.value for point in seen.find(code, Breakdown()).points]


def both(store: Store, used: Catalogue) -> tuple[Snapshot, Snapshot]:
    return tuple(snapshot.take(store, used, NOW, suppressed=suppressed) for suppressed in (True, False))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("base", "quarters", "year"),
    [(3, [3, 12, 6, 0], 21.0), (5, [5, 10, 5, 0], 20.0), (10, [0, 10, 10, 0], 20.0)],
)
def test_every_count_is_rounded_by_itself(store, deliver, base, quarters, year):
    """3 + 11 + 7 + 1 = 22: the year is what 22 is rounded to, not the sum of the rounded quarters."""
    used = rounding(base)
    deliver(used, {"faelle": [3, 11, 7, 1]})
    others, office = both(store, used)
    assert values(others, "C-01") == quarters and values(others, "C-02") == [year]
    assert values(office, "C-01") == [3, 11, 7, 1] and values(office, "C-02") == [22]
    assert not others.hidden.values


@pytest.mark.parametrize(
    ("number", "base", "shown"), [(5, 10, 10), (4, 10, 0), (2, 5, 0), (3, 5, 5), (1, 3, 0), (2, 3, 3)]
)
def test_half_a_base_goes_up(number, base, shown):
    assert shown_count(number, base) == shown


def test_rates_are_made_of_rounded_counts_with_the_digits_that_they_carry(store, deliver):
    used = rounding(5)
    deliver(used, {"faelle": [203, 1999, 41000, 90002], "erfolge": [102, 1001, 20003, 44999]})
    others, office = both(store, used)
    # 102 of 203 are 100 of 205, that may be off by more than one percentage point
    assert values(others, "C-03") == [49.0, 50.0, 49.0, 50.0]
    assert others.catalogue.indicator("C-03").decimals == 0
    assert values(office, "C-03")[0] == pytest.approx(100 * 102 / 203)
    assert office.catalogue.indicator("C-03").decimals == 1


@pytest.mark.parametrize(
    ("spread", "decimals"), [(1.3, 0), (0.6, 0), (0.1, 1), (0.04, 1), (0.009, 2), (0.0, 6), (30, 0)]
)
def test_the_last_digit_is_no_finer_than_the_value_is_sure(spread, decimals):
    assert carried_decimals(spread) == decimals


def test_the_status_is_the_same_for_all_and_the_office_sees_both_numbers(store, deliver):
    """21 of 52 are 40.4 %, enough; 20 of 50 are 40 %, also; 22 of 53 are 25 of 55; 18 of 47 are 20 of 45."""
    used = rounding(5)
    deliver(used, {"faelle": [52, 47, 53, 47], "erfolge": [21, 18, 22, 18]})
    others, office = both(store, used)
    verdicts = [seen.judgements["C-03"][0].assessment for seen in (others, office)]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].status.value == "met"  # 18 of 47 are 38.3 %, but 44 % are what is shown
    assert values(office, "C-03")[-1] == pytest.approx(100 * 18 / 47)
    assert office.judged_by("C-03", Breakdown()).points[-1].value == 44.0


def test_the_legend_says_so_wherever_rounded_numbers_are_shown(store, deliver):
    used = rounding(5)
    deliver(used, {"faelle": [52, 47, 53, 47], "erfolge": [21, 18, 22, 18]})
    others, office = both(store, used)
    told = "Vielfaches von 5"
    for code in ("C-01", "C-02", "C-03"):
        drawn = boards.trend_figure(others, others.catalogue.indicator(code), [Breakdown()])
        assert told in drawn.note
        assert told not in boards.trend_figure(office, office.catalogue.indicator(code), [Breakdown()]).note
        assert b"Vielfaches" in FORMATS["svg"].render([drawn])
    assert told in boards.figures(others)[1].note and told in boards.rounding_legend(others)
    assert not boards.rounding_legend(office)


def test_what_stands_behind_a_value_is_rounded_too(store, deliver):
    used = rounding(5)
    deliver(used, {"faelle": [52, 47, 53, 48], "erfolge": [21, 18, 22, 17]})
    others, office = both(store, used)
    for seen, expected in ((others, {50, 15}), (office, {48, 17})):
        part = sections(store, seen, seen.catalogue.indicator("C-03"), [])[-1].figure
        assert set(part.frame["Wert"].head(2)) == expected


def test_the_meetings_saw_rounded_numbers(store, deliver):
    used = rounding(5)
    deliver(used, {"faelle": [52, 47, 53, 48], "erfolge": [21, 18, 22, 17]})
    take_over(store, used.city.meetings, NOW)
    others, _ = both(store, used)
    (then,) = past_statuses(store, used, "C-03", NOW, lambda version: used, others.hidden)
    assert then.assessment.value == 30.0


def test_counts_since_january_are_rounded_as_they_are_shown(store, deliver):
    """12, 19, 26: the quarters are 12, 7 and 7."""
    used = rounding(5, kind="cumulative")
    deliver(used, {"faelle": [12, 19, 26, 33]})
    assert values(both(store, used)[0], "C-01") == [10, 5, 5, 5]
    assert values(both(store, used)[0], "C-02") == [35]


def test_rounding_holds_for_old_states_and_old_codes(store, deliver):
    old = catalogue(
        [figure("alt", kind="flow", below=None, reporters="AWO")], [indicator("C-01", "alt", more=", decimals: 0")]
    )
    deliver(old, {"alt": [3, 11, 7, 1]})
    assert values(snapshot.take(store, old, NOW, suppressed=True), "C-01") == [3, 11, 7, 1]
    used = rounding(5)
    versions.register(store, used, datetime(2026, 1, 20))
    assert values(snapshot.take(store, old, datetime(2026, 1, 15), suppressed=True), "C-01") == [5, 10, 5, 0]


def test_a_rounded_figure_is_never_hidden_and_others_are_protected_beside_it(store):
    figures = [
        figure("alle", below=None, more=", protect: round, base: 5"),
        figure("einige", below=5, more=SEX),
    ]
    used = catalogue(figures, [indicator("C-01", "100 * einige / alle", unit="Prozent")])
    rows = [
        ("alle", "", 40.0),
        ("einige", "", 29.0),
        *zip(["einige"] * 3, ["geschlecht=w", "geschlecht=m", "geschlecht=d"], [3.0, 6.0, 20.0], strict=True),
    ]
    reading_rows = tuple(observed((code, "FB 50", "2025", group, number)) for code, group, number in rows)
    slices = tuple(dict.fromkeys(row.slice for row in reading_rows))
    commits.commit(
        store, used, Upload("a.xlsx", b"a", "Test"), Reading("figures", "FB 50", None, reading_rows, slices), {}, AT
    )
    hidden = hidden_in_every_view(store, used)
    assert {value.base_figure for value in hidden.values} == {"einige"}
    assert len(hidden.values) == 2 and not hidden.unsafe


def test_series_without_rounded_figures_stay_as_they_are(store, small_city):
    assert observations.EXACT == {}
    seen = snapshot.take(store, small_city, NOW, suppressed=False)
    assert seen.catalogue.undated is small_city and not seen.rounded


@pytest.mark.parametrize("wrong", [", protect: round", ", protect: round, base: 4", ", base: 5", ", protect: runden"])
def test_rounding_needs_a_base(wrong):
    with pytest.raises(CatalogueError):
        catalogue([figure("faelle", below=None, more=wrong)], [indicator("C-01", "faelle")])


def test_a_threshold_beside_rounding_and_a_rounded_percentage_do_nothing():
    used = catalogue([figure("faelle", more=", protect: round, base: 5")], [indicator("C-01", "faelle")])
    assert [fault.field for fault in lint(used.folder, methods=METHODS)] == ["base_figures.faelle.suppress_below"]
    rate = "code: quote, title: Quote, unit: Prozent, kind: stock, reporters: [AWO], protect: round, base: 5"
    used = catalogue([rate], [indicator("C-01", "quote", unit="Prozent")])
    assert [fault.field for fault in lint(used.folder, methods=METHODS)] == ["base_figures.quote.protect"]
