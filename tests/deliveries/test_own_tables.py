"""Departments' own tables through the one pipeline: asked once, recognised next time, and drift is told."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from indicators.datasets import FIGURES
from indicators.datasets.preview import Change
from indicators.deliveries.staging import confirm, stage, stage_tables
from indicators.ledger import archive, commits
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Breakdown, Severity, Slice
from indicators.periods import Period
from indicators.tables import layouts
from indicators.tables.crosstab import Area, Role
from indicators.tables.decisions import Choices, table_key
from indicators.tables.meanings import LEAVE_OUT, THOUSANDS, Meaning, key_of
from indicators.tables.own_tables import tables_of
from indicators.workbooks.workbook import read_workbook
from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table, joined
from tests.workbooks.edits import parts, with_parts

MARCH, APRIL, MAY = (datetime(2026, month, 1, 12) for month in (3, 4, 5))
CHILDREN = Choices(base_figure="kinder")


def upload(content: bytes, name: str = "kinder.xlsx") -> Upload:
    return Upload(name, content, "Frau Kaya")


def decided(store, catalogue, content, choices=CHILDREN, now=MARCH, reporter="FB 51"):
    """Staged with the same decisions for every table."""
    own = tables_of(read_workbook(content, "kinder.xlsx"))
    decisions = {table_key(table): choices for table in own.tables}
    return stage_tables(store, catalogue, upload(content), own, now, reporter, decisions)


def accepted(store, catalogue, staged, now=MARCH):
    return confirm(store, catalogue, staged, now, dict.fromkeys(staged.to_explain, "geprüft"))


def counts(staged):
    return {change: staged.preview.count(change) for change in Change}


def rules(staged, severity=None):
    return [found.rule for found in staged.findings if severity in (None, found.severity)]


@pytest.fixture
def confirmed(store, small_city):
    """The first delivery, assigned by hand in March."""
    accepted(store, small_city, decided(store, small_city, cross_table(FIRST)))
    return store


class TestTheFirstTime:
    def test_a_table_that_nobody_assigned_is_refused_with_the_way_out(self, store, small_city):
        staged = stage(store, small_city, upload(cross_table(FIRST)), MARCH)
        assert staged.blocked
        assert rules(staged) == ["unknown-layout"]
        assert "einmal zuordnen" in staged.findings[0].remedy
        assert staged.outcome == "eigene Tabellen, Zuordnung offen"
        with pytest.raises(DeliveryError):
            confirm(store, small_city, staged, MARCH, {})

    def test_open_questions_block_and_name_the_cell(self, store, small_city):
        content = cross_table({**FIRST, "Staatenlose": (1, 2)})
        staged = decided(store, small_city, content)
        (question,) = [found for found in staged.findings if found.severity is Severity.ERROR]
        assert question.rule == "open-label"
        assert (question.place.sheet, question.place.cell) == ("Kinder", "B7")
        with pytest.raises(DeliveryError):
            confirm(store, small_city, staged, MARCH, {})
        assert archive.history(store).empty

    def test_once_assigned_it_is_a_delivery_like_any_other(self, store, small_city):
        staged = decided(store, small_city, cross_table(FIRST))
        assert counts(staged) == {Change.NEW: 6, Change.CHANGED: 0, Change.VANISHED: 0, Change.UNCHANGED: 0}
        receipt = accepted(store, small_city, staged)
        kept = FIGURES.valid(store, staged.reading.covers)
        assert {(str(key.period), key.breakdown.code): (one.content.value, one.place.cell)
                for key, one in kept.items()} == {
            ("2023", "herkunft=auslaendisch"): (100.0, "B4"), ("2024", "herkunft=auslaendisch"): (110.0, "C4"),
            ("2023", "herkunft=deutsch"): (300.0, "B5"), ("2024", "herkunft=deutsch"): (305.0, "C5"),
            ("2023", ""): (400.0, "B6"), ("2024", ""): (415.0, "C6"),
        }  # fmt: skip
        commits.withdraw(store, receipt.number, APRIL, "Test", "falsche Tabelle")
        assert FIGURES.valid(store, staged.reading.covers) == {}

    def test_a_total_left_out_is_made_of_its_parts_and_marked(self, store, small_city):
        parts = {label: values for label, values in FIRST.items() if label != "Insgesamt"}
        staged = decided(store, small_city, cross_table(parts))
        totals = {str(o.period): (o.value, o.flags) for o in staged.reading.rows if o.breakdown == Breakdown()}
        assert totals == {"2023": (400.0, "t"), "2024": (415.0, "t")}

    def test_the_rules_of_the_data_set_hold_here_too(self, store, small_city):
        staged = decided(store, small_city, cross_table({**FIRST, "Insgesamt": (390, 415)}))
        assert rules(staged, Severity.ERROR) == ["parts-above-total"]

    def test_two_tables_that_contradict_each_other_are_an_error(self, store, small_city):
        content = cross_table({**FIRST, "Zusammen": (401, 415)})
        staged = decided(store, small_city, content)
        assert "duplicate" in rules(staged, Severity.ERROR)
        assert "repeated" in rules(staged, Severity.HINT)

    def test_a_reporter_who_may_not_deliver_the_figure_finds_no_name_for_it(self, store, small_city):
        staged = decided(store, small_city, cross_table(FIRST), Choices(), reporter="AWO")
        assert staged.blocked


class TestTheNextTime:
    def test_it_runs_through_without_a_question(self, confirmed, small_city):
        content = cross_table(NEXT, (2023, 2024, 2025))
        staged = stage(confirmed, small_city, upload(content), APRIL)
        assert not staged.blocked
        assert staged.reading.reporter == "FB 51"
        # new: three values of 2025; revised: 110 → 112 and its total 415 → 417
        assert counts(staged) == {Change.NEW: 3, Change.CHANGED: 2, Change.VANISHED: 0, Change.UNCHANGED: 4}
        assert rules(staged) == []
        accepted(confirmed, small_city, staged, APRIL)
        piece = Slice("kinder", "FB 51", Period.of_year(2024))
        values = [one.content.value for one in FIGURES.valid(confirmed, [piece]).values()]
        assert sorted(values) == [112.0, 305.0, 417.0]

    def test_an_older_year_that_is_gone_stays_valid_and_is_told(self, confirmed, small_city):
        content = cross_table({label: values[1:] for label, values in NEXT.items()}, (2024, 2025))
        staged = stage(confirmed, small_city, upload(content), APRIL)
        assert rules(staged) == ["dropped-periods"]
        assert "2023" in staged.findings[0].message
        accepted(confirmed, small_city, staged, APRIL)
        piece = Slice("kinder", "FB 51", Period.of_year(2023))
        assert len(FIGURES.valid(confirmed, [piece])) == 3

    def test_a_renamed_label_is_suggested_asked_and_then_goes_on_as_the_same_series(self, confirmed, small_city):
        renamed = cross_table({("Ausländische Kinder" if k == "Ausländische" else k): v for k, v in NEXT.items()},
                              (2023, 2024, 2025))  # fmt: skip
        staged = stage(confirmed, small_city, upload(renamed), APRIL)
        assert staged.blocked
        (question,) = staged.tables.questions
        assert question.suggestion == Meaning.member("herkunft", "auslaendisch")
        assert "vanished-label" in rules(staged, Severity.WARNING)
        answer = replace(CHILDREN, meanings={key_of("Ausländische Kinder"): question.suggestion})
        settled = decided(confirmed, small_city, renamed, answer, APRIL)
        assert rules(settled) == ["renamed-label"]
        assert counts(settled)[Change.VANISHED] == 0
        accepted(confirmed, small_city, settled, APRIL)
        again = cross_table({("Ausländische Kinder" if k == "Ausländische" else k): (*v, v[-1])
                             for k, v in NEXT.items()}, (2023, 2024, 2025, 2026))  # fmt: skip
        assert rules(stage(confirmed, small_city, upload(again), datetime(2027, 1, 1))) == []

    def test_a_row_that_is_missing_needs_a_reason_and_vanishes_visibly(self, confirmed, small_city):
        parts = {label: values for label, values in NEXT.items() if label != "Deutsche"}
        staged = stage(confirmed, small_city, upload(cross_table(parts, (2023, 2024, 2025))), APRIL)
        assert rules(staged, Severity.WARNING) == ["vanished-label"]
        assert counts(staged)[Change.VANISHED] == 2
        with pytest.raises(DeliveryError, match="Grund"):
            confirm(confirmed, small_city, staged, APRIL, {})

    def test_a_new_row_is_asked_for(self, confirmed, small_city):
        more = cross_table({**NEXT, "Staatenlose": (1, 2, 3)}, (2023, 2024, 2025))
        staged = stage(confirmed, small_city, upload(more), APRIL)
        assert rules(staged, Severity.ERROR) == ["open-label"]

    def test_what_was_left_out_is_left_out_again(self, confirmed, small_city):
        more = cross_table({**NEXT, "Staatenlose": (1, 2, 3)}, (2023, 2024, 2025))
        choices = replace(CHILDREN, meanings={"staatenlose": LEAVE_OUT})
        accepted(confirmed, small_city, decided(confirmed, small_city, more, choices, APRIL), APRIL)
        later = cross_table({**NEXT, "Staatenlose": (4, 5, 6)}, (2023, 2024, 2025))
        staged = stage(confirmed, small_city, upload(later), MAY)
        assert (rules(staged), counts(staged)[Change.UNCHANGED]) == ([], 9)

    def test_another_title_over_the_same_layout_asks_for_the_figure_again(self, confirmed, small_city):
        other = cross_table(NEXT, (2023, 2024, 2025), title="Betreute Kinder nach Staatsangehörigkeit")
        staged = stage(confirmed, small_city, upload(other), APRIL)
        assert staged.blocked
        assert "open-figure" in rules(staged, Severity.ERROR)
        assert "other-title" in rules(staged, Severity.WARNING)

    def test_another_unit_is_asked_for(self, confirmed, small_city):
        thousands = cross_table(NEXT, (2023, 2024, 2025), unit="in 1 000")
        staged = stage(confirmed, small_city, upload(thousands), APRIL)
        assert rules(staged, Severity.ERROR) == ["open-unit"]
        assert staged.tables.questions[0].suggestion == THOUSANDS

    def test_what_is_wrong_with_the_file_is_told_before_anything_is_assigned(self, store, small_city):
        sheet = "xl/worksheets/sheet1.xml"
        once = parts(cross_table(FIRST))[sheet]
        twice = re.sub(rb"(<c r=\"B\d+\"[^>]*><v>)[^<]*(</v></c>)", rb"\g<0>\g<1>999\2", once, count=1)
        staged = stage(store, small_city, upload(with_parts(cross_table(FIRST), {sheet: twice})), MARCH)
        assert rules(staged) == ["doubled-cells", "unknown-layout"]

    def test_another_layout_is_not_taken_for_the_known_one(self, confirmed, small_city):
        foreign = cross_table({"Hunde": (1, 2), "Katzen": (3, 4)}, title="Tiere", stub="Tierart")
        staged = stage(confirmed, small_city, upload(foreign), APRIL)
        assert rules(staged) == ["unknown-layout"]

    def test_two_reporters_with_one_layout_have_to_say_who_they_are(self, store, small_city):
        content = cross_table({"Kursplätze": (5, 6)}, (2023, 2024), title="Kurse", stub="Angebot")
        for reporter in ("AWO", "DRK"):
            staged = decided(store, small_city, content, Choices(take=False), reporter=reporter)
            layouts.keep(store, staged.tables.to_remember, MARCH, "Test")
        assert rules(stage(store, small_city, upload(content), APRIL)) == ["unknown-layout"]
        assert stage(store, small_city, upload(content), APRIL, "AWO").tables.reporter == "AWO"


class TestSeveralTables:
    """Two sheets with the same heads and titles: only their names tell what they count."""

    def book(self, years, cared, children):
        return joined(Betreut=cross_table(cared, years), Kinder=cross_table(children, years))

    @pytest.fixture
    def both(self, store, small_city):
        cared = {"Ausländische": (30, 33), "Deutsche": (120, 122), "Insgesamt": (150, 155)}
        content = self.book((2023, 2024), cared, FIRST)
        own = tables_of(read_workbook(content, "b.xlsx"))
        figures = {"Betreut": "kita_kinder", "Kinder": "kinder"}
        decisions = {table_key(one): Choices(base_figure=figures[one.sheet]) for one in own.tables}
        staged = stage_tables(store, small_city, upload(content), own, MARCH, "FB 51", decisions)
        assert counts(staged)[Change.NEW] == 12
        accepted(store, small_city, staged)
        return store

    def test_each_is_recognised_as_itself(self, both, small_city):
        cared = {"Ausländische": (30, 33, 35), "Deutsche": (120, 122, 125), "Insgesamt": (150, 155, 160)}
        staged = stage(both, small_city, upload(self.book((2023, 2024, 2025), cared, NEXT)), APRIL)
        assert rules(staged) == []
        assert counts(staged) == {Change.NEW: 6, Change.CHANGED: 2, Change.VANISHED: 0, Change.UNCHANGED: 10}
        accepted(both, small_city, staged, APRIL)
        totals = FIGURES.valid(both, staged.reading.covers)
        assert {key.base_figure: one.content.value for key, one in totals.items()
                if key.period == Period.of_year(2025) and key.breakdown == Breakdown()} == {
            "kita_kinder": 160.0, "kinder": 430.0,
        }  # fmt: skip

    def test_a_renamed_sheet_asks_what_it_counts(self, both, small_city):
        content = joined(Andere=cross_table(NEXT, (2023, 2024, 2025)))
        staged = stage(both, small_city, upload(content), APRIL)
        assert "open-figure" in rules(staged, Severity.ERROR)


class TestRangesByHand:
    def test_they_are_used_again_and_have_to_be_looked_at(self, store, small_city):
        rows = {**FIRST, "Kontrolle": (7, 8)}
        by_hand = {"Kinder": (Area(Role.NOTES, 7, 1, 7, 3),)}
        own = tables_of(read_workbook(cross_table(rows), "kinder.xlsx"), by_hand)
        decisions = {table_key(table): CHILDREN for table in own.tables}
        staged = stage_tables(store, small_city, upload(cross_table(rows)), own, MARCH, "FB 51", decisions)
        assert rules(staged) == []
        accepted(store, small_city, staged)
        later = stage(store, small_city, upload(cross_table({**rows, "Kontrolle": (9, 10)})), APRIL)
        assert rules(later) == ["ranges-by-hand"]
        assert "A7:C7 (Anmerkungen)" in later.findings[0].message
        assert counts(later)[Change.UNCHANGED] == 6


class TestMemory:
    def test_layouts_are_added_and_never_changed(self, confirmed, small_city):
        before = confirmed.rows("select * from layout_profile")
        accepted(confirmed, small_city, stage(confirmed, small_city, upload(cross_table(NEXT, (2023, 2024, 2025))),
                                              APRIL), APRIL)  # fmt: skip
        after = confirmed.rows("select * from layout_profile order by id")
        assert after[: len(before)] == before
        assert len(after) == 2
        assert len(layouts.load(confirmed)) == 1

    def test_a_figure_that_the_catalogue_lost_is_asked_again(self, confirmed, small_city):
        (layout,) = layouts.load(confirmed)
        (table,) = tables_of(read_workbook(cross_table(NEXT), "k.xlsx")).tables
        without = small_city.base_figures.copy()
        del without["kinder"]
        poorer = replace(small_city, base_figures=without)
        assert layouts.choices_from(table, layout, small_city).base_figure == "kinder"
        assert layouts.choices_from(table, layout, poorer).base_figure == ""


class TestAssignedWronglyTheFirstTime:
    """The same bytes with another assignment are another delivery."""

    WRONG = Choices(base_figure="kita_kinder")

    def test_it_is_assigned_anew_and_what_was_wrong_is_told(self, store, small_city):
        content = cross_table(FIRST)
        first = accepted(store, small_city, decided(store, small_city, content, self.WRONG))
        staged = decided(store, small_city, content, CHILDREN, APRIL)
        assert not staged.blocked and counts(staged)[Change.NEW] == 6
        (told,) = [found for found in staged.findings if found.rule == "assigned-otherwise"]
        assert "„Betreute Kinder“ (FB 51)" in told.message and f"Lieferung {first.number}" in told.remedy
        accepted(store, small_city, staged, APRIL)
        commits.withdraw(store, first.number, MAY, "Test", "falsch zugeordnet")
        assert stage(store, small_city, upload(content), MAY).is_settled

    def test_as_it_was_assigned_there_is_nothing_to_do(self, store, small_city):
        content = cross_table(FIRST)
        accepted(store, small_city, decided(store, small_city, content))
        staged = stage(store, small_city, upload(content), APRIL)
        assert staged.is_settled and staged.blocked
        assert rules(staged, Severity.ERROR) == []
        assert staged.tables is not None  # its assignment can still be changed
