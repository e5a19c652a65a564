"""Reporters take over, districts merge, a provider leaves, a base figure is renamed: nothing is lost or doubled."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import lint, load
from indicators.datasets import FIGURES, Context
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge.unclaimed import not_counted, unclaimed
from indicators.ledger import commits, duties
from indicators.ledger.commits import Upload
from indicators.model import Severity
from indicators.observations import series
from indicators.periods import Period
from indicators.templates.template import build_template, fill_template, template_slots
from tests.conftest import SMALL_CITY, filled_template, observed
from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table
from tests.deliveries.test_own_tables import CHILDREN, accepted, decided, upload
from tests.suppression.one_state import base_values

MARCH, APRIL, MAY = datetime(2026, 3, 1, 12), datetime(2026, 4, 1, 12), datetime(2026, 5, 1, 12)


HEIR = "  - {code: FB 55, name: Neu, follows: [FB 51], valid_from: 2025-01-01}"


@pytest.fixture
def changed(tmp_path: Path) -> Callable:
    """The small city with texts replaced, by file."""

    def load_changed(**edits: tuple[tuple[str, str], ...]):
        for file in SMALL_CITY.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            for old, new in edits.get(file.stem, ()):
                assert old in text
                text = text.replace(old, new)
            (tmp_path / file.name).write_text(text, encoding="utf-8")
        assert lint(tmp_path) == []
        return load(tmp_path)

    return load_changed


@pytest.fixture
def renamed(changed):
    """FB 51 becomes FB 55 on 1 January 2025."""
    return changed(
        reporters=(("{code: FB 51, name: Fachbereich Kinder}",
                    "{code: FB 55, name: Fachbereich Familie, follows: [FB 51], valid_from: 2025-01-01}"),),
        b_bildung=(("FB 51", "FB 55"),),
    )  # fmt: skip


def commit(store, catalogue, *rows, at=MARCH):
    found = tuple(observed(row) for row in rows)
    slices = tuple(dict.fromkeys(o.slice for o in found))
    reading = Reading("figures", found[0].reporter, None, found, slices)
    upload = Upload("a.xlsx", repr((rows, at)).encode(), "Test")
    return commits.commit(store, catalogue, upload, reading, valid_deliveries(store, slices), at)


def values(store, catalogue, code):
    [*found] = [one for one in series(store, catalogue, [code], MAY)[code] if not one.breakdown.members]
    return {str(point.period): point.content for one in found for point in one.points}


class TestAReporterThatTakesOver:
    def test_the_series_goes_on_and_both_for_one_period_are_never_summed(self, store, small_city, renamed):
        commit(store, small_city, ("antraege", "FB 51", "2024-Q4", "", 40), ("antraege", "FB 51", "2025-Q1", "", 10))
        commit(store, renamed, ("antraege", "FB 55", "2025-Q1", "", 12), at=APRIL)
        assert values(store, renamed, "B-05") == {"2024": 40.0}
        assert values(store, renamed, "B-04") == {"2025-Q1": 12.0}
        shown = base_values(store, renamed, MAY)
        assert shown[shown["base_figure"] == "antraege"]["number"].tolist() == [40.0, 12.0]

    def test_the_remembered_table_runs_through_for_the_new_one(self, store, small_city, renamed):
        accepted(store, small_city, decided(store, small_city, cross_table(FIRST)))
        staged = stage(store, renamed, upload(cross_table(NEXT, (2023, 2024, 2025))), APRIL)
        assert not staged.blocked and staged.reading.reporter == "FB 55"
        (overlap,) = [found for found in staged.findings if found.rule == "overlapping-reporters"]
        assert overlap.severity is Severity.WARNING and "FB 51 für 2023 und 2024" in overlap.message
        accepted(store, renamed, staged, APRIL)
        shown = base_values(store, renamed, MAY)
        totals = shown[(shown["base_figure"] == "kinder") & (shown["breakdown"] == "")]
        assert totals["number"].tolist() == [400.0, 417.0, 430.0]
        (said,) = not_counted(store, renamed)
        assert "„Kinder“ von FB 51: 2 Zeiträume doppelt geliefert" in said
        assert list(unclaimed(store, renamed)) == []

    def test_a_template_of_before_counts_for_the_new_one_and_says_so(self, store, small_city, renamed):
        staged = stage(store, renamed, Upload("alt.xlsx", filled_template(small_city, 2025), "T"), APRIL, "FB 55")
        assert not staged.blocked and staged.reading.reporter == "FB 55"
        assert {o.reporter for o in staged.reading.rows} == {"FB 55"}
        (said,) = [found for found in staged.findings if found.rule == "template-of-predecessor"]
        assert said.message == "Die Vorlage wurde für FB 51 ausgegeben; sie gilt für Fachbereich Familie (FB 55)."
        accepted(store, renamed, staged, APRIL)
        assert values(store, renamed, "B-01") == {"2025": 35.0}

    def test_a_template_of_its_own_time_stays_with_the_earlier_one(self, store, changed):
        both = changed(
            reporters=(("  - {code: FB 51,", f"{HEIR}\n  - {{code: FB 51,"),),
            b_bildung=(("department: FB 51", "reporters: [FB 51, FB 55]"),),
        )  # fmt: skip
        for year, who in ((2024, "FB 51"), (2025, "FB 55")):
            blank = build_template(both, who, Period.of_year(year))
            assert stage(store, both, Upload("a.xlsx", blank, "T"), APRIL).reading.reporter == who

    def test_the_check_against_the_year_before_goes_on(self, store, small_city, renamed):
        confirm(
            store,
            small_city,
            stage(store, small_city, Upload("a", filled_template(small_city, 2024), "T"), MARCH),
            MARCH,
            {},
        )
        blank = build_template(renamed, "FB 55", Period.of_year(2025))
        filled = fill_template(blank, {(s.base_figure, s.breakdown): 900.0 if not s.breakdown.members else 450.0
                                       for s in template_slots(blank)})  # fmt: skip
        staged = stage(store, renamed, Upload("b.xlsx", filled, "T"), APRIL)
        assert "far-from-last-year" in {found.rule for found in staged.findings}

    def test_the_earlier_one_may_not_deliver_where_the_later_has(self, store, changed):
        both = changed(
            reporters=(("  - {code: FB 51,", f"{HEIR}\n  - {{code: FB 51,"),),
            b_bildung=(("department: FB 51", "reporters: [FB 51, FB 55]"),),
        )  # fmt: skip
        there = {(code, year) for code in ("FB 51", "FB 55") for year in (2024, 2025)
                 if both.has_reporter(code, Period.of_year(year))}  # fmt: skip
        assert there == {("FB 51", 2024), ("FB 55", 2025)}
        assert both.last_day("FB 51") == date(2024, 12, 31)
        owed = {(duty.reporter, str(duty.period)) for duty in duties.duties(store, both, MAY)}
        assert ("FB 55", "2025") in owed and ("FB 51", "2025") not in owed
        accepted(store, both, decided(store, both, cross_table(FIRST), CHILDREN, MARCH, "FB 55"))
        late = decided(store, both, cross_table(NEXT, (2023, 2024, 2025)), CHILDREN, APRIL, "FB 51")
        rules = {(found.rule, found.severity) for found in late.findings}
        assert ("overlapping-reporters", Severity.ERROR) in rules
        assert ("reporter-ended", Severity.ERROR) in rules


def test_a_provider_that_leaves_is_not_waited_for(store, small_city, changed):
    rows = [("kursplaetze", who, f"2024-Q{part}", "", 10) for who in ("AWO", "DRK") for part in (1, 2)]
    commit(store, small_city, *rows, ("kursplaetze", "DRK", "2024-Q3", "", 11))
    assert str(values(store, small_city, "B-03")["2024-Q3"]) == "..."
    left = changed(
        reporters=(("kind: provider}\n  - {code: DRK", "kind: provider, valid_to: 2024-06-30}\n  - {code: DRK"),)
    )
    assert values(store, left, "B-03") == {"2024-Q1": 20.0, "2024-Q2": 20.0, "2024-Q3": 11.0}


class TestDistrictsThatMerge:
    @pytest.fixture
    def merged(self, changed):
        members = (
            "[{code: auslaendisch, title: Ausländische}, {code: deutsch, title: Deutsche}, "
            "{code: alle, title: Zusammen, follows: [auslaendisch, deutsch], valid_from: 2025-01-01}]"
        )
        return changed(
            dimensions=(("[{code: auslaendisch, title: Ausländische}, {code: deutsch, title: Deutsche}]", members),)
        )

    def test_the_template_of_each_period_has_the_members_of_its_time(self, merged):
        def members(year):
            slots = template_slots(build_template(merged, "FB 51", Period.of_year(year)))
            return sorted({slot.breakdown.code for slot in slots})

        assert members(2024) == ["", "herkunft=auslaendisch", "herkunft=deutsch"]
        assert members(2025) == ["", "herkunft=alle"]

    def test_totals_ask_only_for_members_of_their_time(self, merged):
        rows = [("kinder", "FB 51", "2024", f"herkunft={m}", n) for m, n in (("auslaendisch", 100), ("deutsch", 290))]
        found = FIGURES.check(
            [observed(("kinder", "FB 51", "2024", "", 400)), *map(observed, rows)], Context(merged, MARCH.date())
        )
        assert [one.rule for one in found] == ["parts-below-total"]  # 390 of 400: „Zusammen“ is not missed
        wrong = [observed(("kinder", "FB 51", "2025", "herkunft=deutsch", 300))]
        assert [one.rule for one in FIGURES.check(wrong, Context(merged, MARCH.date()))] == ["member-of-another-time"]


class TestABaseFigureWithAnotherCode:
    @pytest.fixture
    def other(self, changed):
        return changed(b_bildung=(("{code: kinder,", "{code: kinder_alle, formerly: [kinder],"),
                                  ("kita_kinder / kinder,", "kita_kinder / kinder_alle,")))  # fmt: skip

    @pytest.fixture
    def stored(self, store, small_city):
        for year, at in ((2023, MARCH), (2024, APRIL)):
            staged = stage(store, small_city, Upload("a.xlsx", filled_template(small_city, year), "T"), at)
            confirm(store, small_city, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))
        return store

    def test_its_series_and_its_secrecy_go_on(self, stored, small_city, other):
        assert values(stored, other, "B-01") == values(stored, small_city, "B-01") != {}
        before, after = base_values(stored, small_city, MAY), base_values(stored, other, MAY)
        assert sorted(before["number"]) == sorted(after["number"])

    def test_a_template_and_a_table_of_before_are_read_under_the_new_code(self, stored, small_city, other):
        old = stage(stored, other, Upload("b.xlsx", filled_template(small_city, 2025), "T"), MAY)
        assert not old.blocked
        assert {o.base_figure for o in old.reading.rows} == {"kita_kinder", "kinder_alle"}
        accepted(stored, small_city, decided(stored, small_city, cross_table(FIRST)), MAY)
        table = stage(stored, other, upload(cross_table(NEXT, (2023, 2024, 2025))), MAY)
        assert not table.blocked
        assert {o.base_figure for o in table.reading.rows} == {"kinder_alle"}

    def test_both_codes_for_one_period_are_not_summed(self, stored, other):
        commit(stored, other, ("kinder_alle", "FB 51", "2024", "", 500), at=MAY)
        shown = base_values(stored, other, datetime(2026, 6, 1))
        now = shown[(shown["base_figure"] == "kinder_alle") & (shown["breakdown"] == "")]
        assert now["number"].tolist() == [400.0, 500.0]

    def test_nothing_is_overdue_for_it(self, stored, other):
        states = {
            str(d.period): d.state
            for d in duties.duties(stored, other, MAY)
            if d.reporter == "FB 51" and d.period.kind == 1
        }
        assert states["2024"] in (duties.State.DELIVERED, duties.State.LATE)


def test_check_says_what_would_lose_its_figure(home, monkeypatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    file = home / "definitions" / "b_bildung.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("{code: kinder,", "{code: kinder_alle,").replace(
        "kita_kinder / kinder,", "kita_kinder / kinder_alle,"), encoding="utf-8")  # fmt: skip
    said = CliRunner().invoke(main, ["check"])
    assert said.exit_code == 0
    assert "Die Grundzahl „kinder“ gibt es nicht" in said.output and "formerly: [kinder]" in said.output
    assert "Betroffen: 18 gespeicherte Werte" in said.output


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: Fachbereich Kinder}", "name: x, follows: [FB 50]}", "braucht einen Beginn"),
        ("name: Fachbereich Kinder}", "name: x, follows: [FB 51], valid_from: 2025}", "folgt auf sich selbst"),
        ("name: Fachbereich Kinder}", "name: x, valid_from: 2026, valid_to: 2025}", "Ende liegt vor dem Beginn"),
    ],
)
def test_times_that_contradict_themselves_are_refused(tmp_path, old, new, message):
    for file in SMALL_CITY.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert any(message in fault.message for fault in lint(tmp_path))
