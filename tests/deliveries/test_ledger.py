"""Deliveries replace whole slices, can be taken back, and every moment stays known."""

from datetime import datetime

import pytest

from indicators.datasets import FIGURES
from indicators.datasets.preview import Change
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.deliveries.staging import confirm, stage
from indicators.ledger import archive, commits
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Breakdown, Finding, Severity, Sign, Slice
from indicators.observations import series
from indicators.periods import Period
from tests.conftest import filled_template

MARCH, APRIL, MAY, JUNE = (datetime(2025, month, 1, 12) for month in (3, 4, 5, 6))
KITA_2024 = Slice("kita_kinder", "FB 51", Period.of_year(2024))


def values(store, moment=archive.FOREVER):
    kept = FIGURES.valid(store, [KITA_2024], moment)
    return {key.breakdown.code: found.content.content for key, found in kept.items()}


def test_a_later_delivery_replaces_the_slice_whole(store, deliver):
    deliver(
        ("kita_kinder", "FB 51", "2024", "", 100), ("kita_kinder", "FB 51", "2024", "herkunft=deutsch", 60), at=MARCH
    )
    deliver(("kita_kinder", "FB 51", "2024", "", 104), at=APRIL)
    assert values(store) == {"": 104.0}
    assert values(store, MARCH) == {"": 100.0, "herkunft=deutsch": 60.0}


def test_before_the_first_delivery_nothing_is_known(store, deliver):
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=APRIL)
    assert values(store, MARCH) == {}


@pytest.mark.both_stores
def test_withdrawing_brings_the_earlier_one_back_and_restoring_the_later(store, deliver):
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    second = deliver(("kita_kinder", "FB 51", "2024", "", 104), at=APRIL)
    commits.withdraw(store, second.number, MAY, "Test", "falsche Spalte")
    assert values(store) == {"": 100.0}
    commits.restore(store, second.number, JUNE, "Test", "war doch richtig")
    assert values(store) == {"": 104.0}
    assert [values(store, moment)[""] for moment in (MARCH, APRIL, MAY, JUNE)] == [100.0, 104.0, 100.0, 104.0]


def test_other_slices_stay(store, deliver):
    deliver(("kita_kinder", "FB 51", "2023", "", 90), ("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    deliver(("kita_kinder", "FB 51", "2024", "", 101), at=APRIL)
    kept = FIGURES.valid(store, [Slice("kita_kinder", "FB 51", Period.of_year(2023))])
    assert [found.content.value for found in kept.values()] == [90.0]


def test_a_covered_slice_without_rows_is_emptied(store, deliver):
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    deliver(("kinder", "FB 51", "2024", "", 400), at=APRIL, covers=(KITA_2024,))
    assert values(store) == {}


def test_a_delivery_overtaken_by_another_is_refused_and_nothing_changes(store, deliver, small_city):
    basis = valid_deliveries(store, [KITA_2024])
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    late = Reading("figures", "FB 51", KITA_2024.period, (), (KITA_2024,))
    with pytest.raises(DeliveryError, match="Inzwischen"):
        commits.commit(store, small_city, Upload("b.xlsx", b"b", "Test"), late, basis, APRIL)
    assert values(store) == {"": 100.0}
    assert len(archive.history(store)) == 1


def test_errors_block_a_commit(store, small_city):
    blocked = Reading("figures", "FB 51", None, (), (), (Finding("missing", Severity.ERROR, "falsch"),))
    with pytest.raises(DeliveryError, match="Fehler"):
        commits.commit(store, small_city, Upload("a.xlsx", b"a", "Test"), blocked, {}, MARCH)
    assert archive.history(store).empty


@pytest.mark.parametrize(
    ("number", "reason", "message"),
    [(1, " ", "Grund"), (7, "weil", "gibt es nicht")],
)
def test_withdrawing_needs_a_reason_and_a_delivery(store, deliver, number, reason, message):
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    with pytest.raises(DeliveryError, match=message):
        commits.withdraw(store, number, APRIL, "Test", reason)


def test_withdrawing_twice_is_refused(store, deliver):
    deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    commits.withdraw(store, 1, APRIL, "Test", "weil")
    with pytest.raises(DeliveryError, match="schon zurückgezogen"):
        commits.withdraw(store, 1, MAY, "Test", "weil")


@pytest.mark.both_stores
def test_the_original_bytes_come_back(store, deliver):
    receipt = deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    name, content = archive.original(store, receipt.number)
    assert name == "handgemacht.xlsx"
    assert Upload(name, content, "").sha256 == receipt.sha256


def test_the_same_bytes_are_known_until_withdrawn(store, deliver):
    receipt = deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
    assert archive.delivered_before(store, receipt.sha256) == (1, MARCH, "Test")
    commits.withdraw(store, 1, APRIL, "Test", "weil")
    assert archive.delivered_before(store, receipt.sha256) is None


class TestIndicatorValues:
    """Σ numerator / Σ denominator, over reporters and over the parts of a year."""

    def content(self, store, catalogue, code, breakdown=""):
        found = series(store, catalogue, [code], archive.FOREVER)[code]
        points = [s.points for s in found if s.breakdown == Breakdown.parse(breakdown)]
        return {str(point.period): point.content for point in (points[0] if points else ())}

    @pytest.mark.both_stores
    def test_a_rate_is_numerator_by_denominator(self, store, deliver, small_city):
        deliver(
            ("kita_kinder", "FB 51", "2024", "", 100),
            ("kinder", "FB 51", "2024", "", 400),
            ("kita_kinder", "FB 51", "2024", "herkunft=auslaendisch", 15),
            ("kinder", "FB 51", "2024", "herkunft=auslaendisch", 100),
            at=MARCH,
        )
        assert self.content(store, small_city, "B-01") == {"2024": 25.0}
        assert self.content(store, small_city, "B-01", "herkunft=auslaendisch") == {"2024": 15.0}

    def test_a_rate_without_its_denominator_is_no_value_at_all(self, store, deliver, small_city):
        deliver(("kita_kinder", "FB 51", "2024", "", 100), at=MARCH)
        assert self.content(store, small_city, "B-01") == {}

    @pytest.mark.parametrize(
        ("numerator", "denominator", "expected"),
        [("-", 400, 0.0), (".", 400, "."), (100, "...", "..."), (100, "-", "x"), (0, 400, 0.0)],
    )
    def test_signs_are_not_numbers(self, store, deliver, small_city, numerator, denominator, expected):
        deliver(("kita_kinder", "FB 51", "2024", "", numerator), ("kinder", "FB 51", "2024", "", denominator), at=MARCH)
        assert self.content(store, small_city, "B-01") == {"2024": expected}

    def test_reporters_are_summed_and_one_unknown_makes_the_sum_unknown(self, store, deliver, small_city):
        deliver(("kursplaetze", "AWO", "2025-Q1", "", 30), ("kursplaetze", "AWO", "2025-Q2", "", 20), at=MARCH)
        deliver(("kursplaetze", "DRK", "2025-Q1", "", 12), ("kursplaetze", "DRK", "2025-Q2", "", "."), at=MARCH)
        assert self.content(store, small_city, "B-03") == {"2025-Q1": 42.0, "2025-Q2": "."}

    def test_four_quarters_of_a_flow_make_a_year_and_three_do_not(self, store, deliver, small_city):
        quarters = [("kursplaetze", "AWO", f"{year}-Q{q}", "", 10 * q) for year in (2023, 2024) for q in (1, 2, 3, 4)]
        deliver(*quarters[:-1], at=MARCH)
        assert self.content(store, small_city, "B-02") == {"2023": 100.0}

    def test_a_reporter_that_has_begun_and_is_missing_makes_the_sum_later(self, store, deliver, small_city):
        deliver(("kursplaetze", "AWO", "2025-Q1", "", 30), ("kursplaetze", "AWO", "2025-Q2", "", 20), at=MARCH)
        assert self.content(store, small_city, "B-03") == {"2025-Q1": 30.0, "2025-Q2": 20.0}
        deliver(("kursplaetze", "DRK", "2025-Q1", "", 12), at=APRIL)
        assert self.content(store, small_city, "B-03") == {"2025-Q1": 42.0, "2025-Q2": "..."}

    def test_counts_since_january_become_quarters_only_where_consecutive_ones_allow_it(
        self, store, deliver, small_city
    ):
        counts = {"2024-Q1": 10, "2024-Q2": 25, "2024-Q4": 60, "2025-Q1": 7, "2025-Q2": 7}
        deliver(*(("antraege", "FB 51", period, "", count) for period, count in counts.items()), at=MARCH)
        assert self.content(store, small_city, "B-04") == {
            "2024-Q1": 10.0,
            "2024-Q2": 15.0,
            "2025-Q1": 7.0,
            "2025-Q2": 0.0,
        }
        assert self.content(store, small_city, "B-05") == {"2024": 60.0}

    def test_a_count_since_january_that_falls_makes_no_negative_quarter(self, store, deliver, small_city):
        counts = {"2024-Q1": 10, "2024-Q2": 8, "2024-Q3": 12}
        deliver(*(("antraege", "FB 51", period, "", count) for period, count in counts.items()), at=MARCH)
        assert self.content(store, small_city, "B-04") == {"2024-Q1": 10.0, "2024-Q2": Sign.UNKNOWN, "2024-Q3": 4.0}


class TestTheSameFileAgain:
    """A, then B by mistake, then A: what is valid decides, not what was delivered once."""

    @staticmethod
    def delivered(store, catalogue, content, at):
        staged = stage(store, catalogue, Upload("a.xlsx", content, "Test"), at)
        return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))

    def test_a_file_that_another_has_replaced_can_be_delivered_again(self, store, small_city):
        right, wrong = filled_template(small_city, 2024), filled_template(small_city, 2024, kinder=401.0)
        for content, at in ((right, MARCH), (wrong, APRIL), (right, MAY)):
            receipt = self.delivered(store, small_city, content, at)
        assert receipt.number == 3
        kept = FIGURES.valid(store, [Slice("kinder", "FB 51", Period.of_year(2024))])
        assert {key.breakdown.code: one.content.value for key, one in kept.items()}[""] == 400.0
        again = stage(store, small_city, Upload("a.xlsx", right, "Test"), JUNE)
        assert again.is_settled and again.blocked
        assert [found.severity for found in again.findings] == [Severity.HINT]
        assert not stage(store, small_city, Upload("b.xlsx", wrong, "Test"), JUNE).is_settled

    def test_what_another_has_replaced_in_part_is_no_longer_settled(self, store, small_city, deliver):
        content = filled_template(small_city, 2024)
        self.delivered(store, small_city, content, MARCH)
        deliver(("kinder", "FB 51", "2024", "", 399), at=APRIL)
        staged = stage(store, small_city, Upload("a.xlsx", content, "Test"), MAY)
        assert not staged.is_settled and staged.preview.count(Change.CHANGED) == 1

    def test_withdrawing_the_mistake_settles_the_first_file(self, store, small_city):
        right, wrong = filled_template(small_city, 2024), filled_template(small_city, 2024, kinder=401.0)
        self.delivered(store, small_city, right, MARCH)
        mistake = self.delivered(store, small_city, wrong, APRIL)
        commits.withdraw(store, mistake.number, MAY, "Test", "falsche Datei")
        assert stage(store, small_city, Upload("a.xlsx", right, "Test"), JUNE).is_settled
