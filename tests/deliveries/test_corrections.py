"""What a delivery may change of what is valid: looked at first, explained, and kept with its reason."""

from datetime import datetime

import pytest

from indicators.datasets import FIGURES
from indicators.datasets.preview import Change
from indicators.deliveries.staging import confirm, keeping_the_rest, stage
from indicators.ledger import archive
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Severity, Slice
from indicators.periods import Period
from tests.conftest import filled_template
from tests.deliveries.own_workbooks import FIRST, cross_table
from tests.deliveries.test_own_tables import CHILDREN, accepted, decided

MARCH, APRIL = datetime(2026, 3, 1, 12), datetime(2026, 4, 1, 12)
KINDER_2024 = Slice("kinder", "FB 51", Period.of_year(2024))


def staged_template(store, catalogue, content, now=MARCH):
    return stage(store, catalogue, Upload("FB51.xlsx", content, "Test"), now)


@pytest.fixture
def delivered(store, small_city):
    confirm(store, small_city, staged_template(store, small_city, filled_template(small_city, 2024)), MARCH, {})
    return store


def test_a_correction_needs_a_reason_which_is_kept(delivered, small_city):
    corrected = staged_template(delivered, small_city, filled_template(small_city, 2024, kinder=401.0), APRIL)
    assert [row.change for row in corrected.preview.rows][:1] == [Change.CHANGED]
    reasons = dict.fromkeys(corrected.to_explain, "nachgezählt")
    with pytest.raises(DeliveryError, match="Grund"):
        confirm(delivered, small_city, corrected, APRIL, {})
    receipt = confirm(delivered, small_city, corrected, APRIL, reasons)
    kept = archive.accepted_findings(delivered, receipt.number)
    assert set(kept["reason"]) == {"nachgezählt"}


def test_a_correction_that_no_rule_notices_is_told_with_both_values(delivered, small_city):
    corrected = staged_template(delivered, small_city, filled_template(small_city, 2024, kita_kinder="."), APRIL)
    (finding,) = corrected.corrections
    assert finding.severity is Severity.WARNING
    assert "„Betreute Kinder“ (Fachbereich Kinder): 1 gespeicherter Wert ändert sich" in finding.message
    assert "Insgesamt, 2024: . statt 130" in finding.message


def test_what_was_announced_is_no_correction(store, small_city, deliver):
    deliver(("kinder", "FB 51", "2024", "", "..."), at=MARCH)
    staged = decided(store, small_city, cross_table(FIRST), CHILDREN, APRIL)
    assert staged.preview.count(Change.CHANGED) == 1
    assert staged.corrections == ()


class TestSomeBreakdownsOnly:
    """The template brought total and nationalities, the department's table only the total."""

    @pytest.fixture
    def partial(self, delivered, small_city):
        return decided(delivered, small_city, cross_table({"Insgesamt": (395, 402)}), CHILDREN, APRIL)

    @staticmethod
    def valid(store):
        kept = FIGURES.valid(store, [KINDER_2024])
        return {key.breakdown.code: one.content.value for key, one in kept.items()}

    def test_what_vanishes_comes_before_what_is_new_and_needs_a_reason(self, partial):
        order = [row.change for row in partial.preview.rows]
        assert order == [Change.CHANGED, Change.VANISHED, Change.VANISHED, Change.NEW]
        rules = {finding.rule for finding in partial.to_explain}
        assert {"corrected-values", "vanishing-values"} <= rules
        (gone,) = [finding for finding in partial.corrections if finding.rule == "vanishing-values"]
        assert "2 gespeicherte Werte entfallen: Ausländische, 2024: 100; Deutsche, 2024: 300." in gone.message

    def test_all_can_be_replaced(self, delivered, partial, small_city):
        accepted(delivered, small_city, partial, APRIL)
        assert self.valid(delivered) == {"": 402.0}

    def test_or_only_these(self, delivered, partial, small_city):
        kept = keeping_the_rest(delivered, small_city, partial, APRIL)
        assert kept.preview.count(Change.VANISHED) == 0
        assert "parts-below-total" in {finding.rule for finding in kept.findings}  # the parts are checked again
        accepted(delivered, small_city, kept, APRIL)
        assert self.valid(delivered) == {"": 402.0, "herkunft=auslaendisch": 100.0, "herkunft=deutsch": 300.0}
        places = {one.place.sheet for one in FIGURES.valid(delivered, [KINDER_2024]).values()}
        assert "aus Lieferung 1: kinder" in places
