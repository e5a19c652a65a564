"""Who takes over from others, and what is called otherwise today: nothing is lost, and nothing is told by it."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from indicators.datasets.figures import known_values
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.knowledge.provenance import origins
from indicators.ledger import commits, versions
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Slice
from indicators.periods import Period
from indicators.suppression import hidden_in_every_view
from tests.conftest import observed
from tests.suppression.catalogues import catalogue, figure, indicator
from tests.suppression.one_state import base_values

DAY = datetime(2026, 1, 10)
LATER = DAY + timedelta(days=50)
YEAR = Period.of_year(2025)
TOTAL = Breakdown()
CODES = ("FB 50", "AWO", "DRK", "Caritas")
ALL = "AWO, DRK, Caritas"


def reporters(**stated):
    """The list of reporters, with what is stated of some besides."""
    lines = (f"code: {code}, name: {code}" + (f", {more}" if (more := stated.get(code)) else "") for code in CODES)
    return "reporters:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def town(code="faelle", *, more="", named=ALL, shown="C-01", shown_by="", said="", **files):
    return catalogue(
        [figure(code, reporters=named, more=more)],
        [indicator(shown, code, more=f", decimals: 0{shown_by}")],
        reporters=said or reporters(),
        **files,
    )


@pytest.fixture
def happens(store):
    """Deliveries, a day after another, and the catalogue in force: (catalogue, code, reporter, numbers)."""
    days = count()

    def run(*steps):
        for used, code, reporter, numbers, *earlier in steps:
            (year,) = earlier or ("2025",)
            at = DAY + timedelta(days=next(days))
            versions.register(store, used, at)
            numbers = numbers if isinstance(numbers, dict) else {"": numbers}
            rows = tuple(observed((code, reporter, year, group, number)) for group, number in numbers.items())
            pieces = (Slice(code, reporter, Period.parse(year)),)
            upload = Upload("a.xlsx", repr((at, rows)).encode(), "Test")
            reading = Reading("figures", reporter, None, rows, pieces)
            commits.commit(store, used, upload, reading, valid_deliveries(store, pieces), at)
        return used

    return run


def totals(store, used):
    rows = base_values(store, used, LATER)
    return rows["number"].tolist()


class TestAnotherCode:
    old, new = town(), town("hilfen", more=", formerly: [faelle]")
    other = town("hilfen", more=", formerly: [faelle]", shown="C-02")  # and nothing else that shows what it was

    def test_one_who_delivers_under_the_new_code_takes_no_other_s_number_away(self, store, happens):
        happens((self.old, "faelle", "AWO", 40), (self.new, "hilfen", "DRK", 30))
        assert totals(store, self.new) == [70]

    def test_of_two_old_codes_the_last_counts(self, store, happens):
        third = town("beistand", more=", formerly: [faelle, hilfen]")
        happens(
            (self.old, "faelle", "AWO", 40),
            (self.new, "hilfen", "AWO", 41),
            (third, "beistand", "DRK", 30),
        )
        assert totals(store, third) == [71]

    @pytest.mark.parametrize("new", [new, other])
    def test_a_part_that_one_could_take_away_is_hidden_under_every_code(self, store, happens, new):
        """AWO knows its 40 of 42, whatever they were called when it delivered them."""
        happens(
            (self.old, "faelle", "AWO", 40),
            (self.old, "faelle", "DRK", 2),
            (new, "hilfen", "Caritas", 30),
        )
        hidden = hidden_in_every_view(store, new)
        assert {(value.base_figure, value.value) for value in hidden.values} >= {("faelle", 72.0), ("hilfen", 72.0)}
        assert all(value.betrayed or value.small for value in hidden.values)

    def test_a_number_that_got_small_is_hidden_under_the_code_of_before_too(self, store, happens):
        """Only today's catalogue has a threshold, and calls the figure otherwise."""
        before = catalogue([figure("faelle", reporters="AWO", below=None)], [indicator("C-01", "faelle")])
        now = town("hilfen", more=", formerly: [faelle]", named="AWO", shown="C-02")
        happens((before, "faelle", "AWO", 3), (now, "hilfen", "AWO", 20))
        assert hidden_in_every_view(store, now).hides("faelle", TOTAL, YEAR)

    def test_a_code_that_comes_back_is_the_same_figure(self, store, happens):
        back = town("faelle", more=", formerly: [hilfen]", shown="C-03")
        happens(
            (self.old, "faelle", "AWO", 30),
            (self.other, "hilfen", "AWO", 3),
            (back, "faelle", "DRK", 30),
        )
        hidden = hidden_in_every_view(store, back)
        assert hidden.hides("faelle", TOTAL, YEAR) and hidden.hides("hilfen", TOTAL, YEAR)

    def test_where_numbers_come_from(self, store, happens):
        """What the single reporter of a number delivered under the old code is the number that everybody knows."""
        used = happens((self.old, "faelle", "AWO", 40), (self.new, "hilfen", "AWO", 50))
        seen = origins(store, used, used.indicator("C-01"), TOTAL, YEAR, LATER)
        assert [(one.base_figure, one.measurement.value, one.alone) for one in seen] == [("hilfen", 50.0, True)]
        early = origins(store, used, used.indicator("C-01"), TOTAL, YEAR, DAY)
        assert [(one.base_figure, one.measurement.value, one.alone) for one in early] == [("hilfen", 40.0, True)]

    def test_a_sum_under_two_codes_is_nobody_s_whole_number(self, store, happens):
        used = happens((self.old, "faelle", "AWO", 40), (self.new, "hilfen", "DRK", 30))
        seen = origins(store, used, used.indicator("C-01"), TOTAL, YEAR, LATER)
        assert sorted((one.measurement.value, one.alone) for one in seen) == [(30.0, False), (40.0, False)]


APART = town()
BEGUN = tuple((APART, "faelle", reporter, 30, "2024") for reporter in ("AWO", "DRK", "Caritas"))
THREE = ((APART, "faelle", "AWO", 20), (APART, "faelle", "DRK", 20), (APART, "faelle", "Caritas", 2))


class TestReportersThatTakeOver:
    def test_who_took_over_knows_both_parts(self, store, happens):
        """20 + 20 + 2: none of the three can tell, but FB 50 holds the files of AWO and DRK since they are one."""
        happens(*BEGUN, *THREE)
        assert not hidden_in_every_view(store, APART).values
        joined = town(named=f"{ALL}, FB 50", said=reporters(**{"FB 50": "follows: [AWO, DRK], valid_from: 2026-01-01"}))
        assert [value.value for value in hidden_in_every_view(store, joined).values if value.betrayed] == [42.0]

    def test_who_has_ended_does_not_stand_for_one_that_owes(self, store, happens):
        ended = town(said=reporters(DRK="valid_to: 2024-12-31"))
        happens(*BEGUN, (APART, "faelle", "DRK", 20), (ended, "faelle", "AWO", 20))
        assert base_values(store, ended, LATER)["sign"].dropna().tolist() == ["..."]

    def test_what_the_heir_has_delivered_is_owed_no_more(self, store, happens):
        joined = town(said=reporters(AWO="follows: [DRK], valid_from: 2026-01-01"))
        happens(*BEGUN, (joined, "faelle", "AWO", 40), (joined, "faelle", "Caritas", 2))
        assert totals(store, joined)[-1] == 42

    @pytest.mark.parametrize(("more", "known"), [("", []), ("follows: [DRK], valid_from: 2025-01-01", [31.0])])
    def test_an_upload_is_not_compared_with_the_numbers_of_others(self, store, happens, more, known):
        """Today's catalogue names FB 50 alone; what DRK counted is still DRK's, unless FB 50 took over from it."""
        happens(*BEGUN, (APART, "faelle", "DRK", 31, "2024"))
        alone = town(named="FB 50", said=reporters(**{"FB 50": more}))
        reading = Reading("figures", "FB 50", None, (), (Slice("faelle", "FB 50", YEAR),))
        assert list(known_values.earlier(store, alone, reading).values()) == known


class TestDistrictsThatMerge:
    districts = "[{code: nord, title: Nord}, {code: sued, title: Süd}, {code: west, title: West}%s]"
    mitte = ', {code: mitte, title: Mitte, follows: [nord, sued], valid_from: "2025"}'

    def town(self, more=""):
        axis = f"dimensions:\n  - code: gebiet\n    title: Stadtteil\n    members: {self.districts % more}\n"
        return town(named="AWO", more=", dimensions: [gebiet]", shown_by=", breakdowns: [gebiet]", dimensions=axis)

    def hidden(self, store, happens, before, after):
        """The figure in the old districts, and in the new ones, which lack some."""
        first, second = self.town(), self.town(self.mitte)
        for used, numbers in ((first, before), (second, after)):
            happens((used, "faelle", "AWO", {code and f"gebiet={code}": n for code, n in numbers.items()}))
        return {value.breakdown.get("gebiet") for value in hidden_in_every_view(store, second).values}

    def test_the_new_one_does_not_give_an_old_one_away(self, store, happens):
        """Nord 3 is hidden. Mitte 23 less Süd 20 is 3."""
        old = {"": 160, "nord": 3, "sued": 20, "west": 30}
        hidden = self.hidden(store, happens, old, {"": 160, "mitte": 23, "west": 30})
        assert "nord" in hidden and hidden & {"sued", "mitte"}

    def test_nor_one_that_nobody_delivered(self, store, happens):
        """Süd was never delivered: Mitte 23 less Nord 20 is 3 all the same."""
        hidden = self.hidden(store, happens, {"": 160, "nord": 20, "west": 30}, {"": 160, "mitte": 23, "west": 30})
        assert hidden & {"nord", "mitte"}
