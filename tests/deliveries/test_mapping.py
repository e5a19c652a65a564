"""Labels of departments' own tables: exact, by synonym, suggested, confirmed; and the fate of each cell."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.model import Breakdown, Place, Sign
from indicators.periods import Period
from indicators.tables.crosstab import Table, tabulate
from indicators.tables.decisions import Asks, Choices, Fate, YearRule
from indicators.tables.mapping import map_table
from indicators.tables.meanings import (
    DECORATION,
    LEAVE_OUT,
    THOUSANDS,
    TOTAL,
    Kind,
    Known,
    Meaning,
    Origin,
    Seen,
    key_of,
    without_years,
)
from indicators.tables.vocabulary import Vocabulary, assign, unit_fits
from indicators.workbooks.workbook import Cell, Sheet

FOREIGN = Meaning.member("herkunft", "auslaendisch")
CHILDREN = Meaning.figure("kinder")


def table(*rows: tuple, title: str = "Kinder am 31.12.") -> Table:
    """The one table of a sheet with the title above it."""
    cells = {
        (down, right): Cell(down, right, float(value) if isinstance(value, int) else value)
        for down, row in enumerate(((title,), (), *rows), 1)
        for right, value in enumerate(row, 1)
        if value is not None
    }
    (found,) = tabulate(Sheet("Tabelle", cells))
    return found


HEAD = ("Staatsangehörigkeit", "2019", "2020")
SOUND = (HEAD, ("Ausländer", 10, 11), ("Deutsche", 30, 33), ("Insgesamt", 40, 44))


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "meaning"),
        [
            ("Kinder", CHILDREN),
            ("kinder", CHILDREN),
            ("KINDER 1)", CHILDREN),
            ("Ausländische", FOREIGN),
            ("Nichtdeutsche", FOREIGN),
            ("Insgesamt", TOTAL),
            ("Musterstadt, Stadt", TOTAL),
            ("davon", DECORATION),
            ("Anzahl", DECORATION),
            ("Staatsangehörigkeit", DECORATION),
        ],
    )
    def test_titles_synonyms_totals_and_connectors_need_no_question(self, town, label, meaning):
        assert Vocabulary(town, "FB 51").exact(label) == meaning

    @pytest.mark.parametrize("label", ["Braunschweig", "Stadt Braunschweig", "Braunschweig, Stadt"])
    def test_the_city_s_own_name_is_the_total_in_every_form(self, town, label):
        city = town.city.model_copy(update={"name": "Braunschweig, Stadt"})
        assert Vocabulary(replace(town, city=city), "FB 51").exact(label) == TOTAL

    def test_the_city_and_the_district_of_its_name_are_told_apart_by_a_person(self, town):
        both = table(("Gebiet", "2019", "2020"), ("Musterstadt, Stadt", 10, 11), ("Musterstadt", 30, 33))
        waiting = map_table(both, town, "FB 51", Choices(base_figure="kinder"))
        assert [question.about for question in waiting.questions] == ["musterstadtstadt", "musterstadt"]
        settled = Choices(base_figure="kinder", meanings={"musterstadt": LEAVE_OUT})
        assert [o.value for o in map_table(both, town, "FB 51", settled).observations] == [10.0, 11.0]

    def test_a_name_of_two_members_is_never_chosen_by_itself(self, town):
        assert Vocabulary(town, "FB 51").exact("Nord") is None

    def test_near_texts_are_suggested_and_wait(self, town):
        words = Vocabulary(town, "FB 51")
        assert words.exact("Ausländischen") is None
        assert words.suggestion("Ausländischen")[0] == FOREIGN
        assert words.suggestion("Kinder, betreute")[0] == Meaning.figure("kita_kinder")
        assert words.suggestion("Haushalte mit Hund") is None

    def test_only_what_a_reporter_delivers_is_offered(self, town):
        assert Vocabulary(town, "AWO").exact("Kinder") is None
        assert Vocabulary(town, "AWO").exact("Kursplätze") == Meaning.figure("kursplaetze")

    def test_keys_ignore_footnotes_case_and_years_where_asked(self):
        assert key_of("Emden, Stadt 1)") == key_of("EMDEN Stadt")
        assert key_of("Veränderung 2021 zu 2020") != key_of("Veränderung 2022 zu 2021")
        assert without_years("Veränderung 2021 zu 2020") == without_years("Veränderung 2022 zu 2021")


class TestCells:
    def test_a_table_for_one_figure_becomes_its_observations(self, town):
        mapped = map_table(table(*SOUND), town, "FB 51", Choices(base_figure="kinder"))
        assert mapped.questions == ()
        found = {o.place.cell: (o.base_figure, o.breakdown.code, str(o.period), o.value) for o in mapped.observations}
        assert found == {
            "B4": ("kinder", "herkunft=auslaendisch", "2019", 10.0),
            "C4": ("kinder", "herkunft=auslaendisch", "2020", 11.0),
            "B5": ("kinder", "herkunft=deutsch", "2019", 30.0),
            "C5": ("kinder", "herkunft=deutsch", "2020", 33.0),
            "B6": ("kinder", "", "2019", 40.0),
            "C6": ("kinder", "", "2020", 44.0),
        }
        assert [(s.subject, str(s.period)) for s in mapped.covers] == [("kinder", "2019"), ("kinder", "2020")]

    def test_several_figures_named_by_the_head(self, town):
        two = table(("Jahr", "Betreute Kinder", "Kinder"), (2019, 25, 40), (2020, 28, 44), title="Betreuung")
        mapped = map_table(two, town, "FB 51")
        assert {(o.base_figure, str(o.period), o.value) for o in mapped.observations} == {
            ("kita_kinder", "2019", 25.0), ("kinder", "2019", 40.0),
            ("kita_kinder", "2020", 28.0), ("kinder", "2020", 44.0),
        }  # fmt: skip

    def test_one_label_may_name_figure_and_member(self, town):
        both = Meaning.figure("kinder", Breakdown.of(herkunft="auslaendisch"))
        mapped = map_table(
            table(("Jahr", "Ausländische Kinder", "Kinder"), (2019, 10, 40), (2020, 11, 44), title="Zahlen"),
            town,
            "FB 51",
            Choices(meanings={key_of("Ausländische Kinder"): both}),
        )
        assert {(o.breakdown.code, o.value) for o in mapped.observations} == {
            ("herkunft=auslaendisch", 10.0), ("herkunft=auslaendisch", 11.0), ("", 40.0), ("", 44.0),
        }  # fmt: skip

    def test_without_a_figure_everything_waits_with_one_question(self, town):
        mapped = map_table(table(*SOUND), town, "FB 51")
        assert mapped.observations == ()
        (question,) = mapped.questions
        assert (question.asks, question.cells, question.suggestion) == (Asks.FIGURE, 6, CHILDREN)

    def test_an_unknown_label_holds_back_its_cells_only(self, town):
        strange = table(*SOUND, ("Staatenlose", 1, 2))
        mapped = map_table(strange, town, "FB 51", Choices(base_figure="kinder"))
        assert len(mapped.observations) == 6
        (question,) = mapped.questions
        assert (question.asks, question.about, question.cells) == (Asks.LABEL, "staatenlose", 2)
        settled = map_table(strange, town, "FB 51", Choices(base_figure="kinder", meanings={"staatenlose": LEAVE_OUT}))
        assert settled.questions == ()
        assert settled.count(Fate.LEFT_OUT) == 2

    def test_two_labels_that_seem_to_mean_the_same_are_both_asked(self, town):
        twice = table(HEAD, ("Ausländer", 10, 11), ("Nichtdeutsche", 12, 13), ("Deutsche", 30, 33))
        mapped = map_table(twice, town, "FB 51", Choices(base_figure="kinder"))
        origins = {one.label: one.origin for one in mapped.assignments}
        assert origins == {
            "Ausländer": Origin.SUGGESTED, "Nichtdeutsche": Origin.SUGGESTED, "Deutsche": Origin.EXACT,
        }  # fmt: skip
        left = Choices(base_figure="kinder", meanings={"nichtdeutsche": LEAVE_OUT})
        assert map_table(twice, town, "FB 51", left).questions == ()

    def test_doubtful_numbers_wait_until_taken_or_left_out(self, town):
        doubtful = table(HEAD, ("Ausländer", "1.234", 11), ("Deutsche", 30, 33))
        waiting = map_table(doubtful, town, "FB 51", Choices(base_figure="kinder"))
        (question,) = waiting.questions
        assert (question.asks, question.place.cell, question.can_take) == (Asks.DOUBT, "B4", True)
        for taken, count in ((True, 4), (False, 3)):
            choices = Choices(base_figure="kinder", doubts={question.about: taken})
            assert len(map_table(doubtful, town, "FB 51", choices).observations) == count

    def test_an_error_cell_can_only_be_left_out(self, town):
        broken = table(HEAD, ("Ausländer", 10, 11), ("Deutsche", 30, 33))
        cells = {(4, 2): Cell(4, 2, None, error="#DIV/0!")}
        sheet_cells = {
            (3, 1): Cell(3, 1, "Staatsangehörigkeit"), (3, 2): Cell(3, 2, "2019"), (3, 3): Cell(3, 3, "2020"),
            (4, 1): Cell(4, 1, "Ausländer"), **cells, (4, 3): Cell(4, 3, 11.0),
            (5, 1): Cell(5, 1, "Deutsche"), (5, 2): Cell(5, 2, 30.0), (5, 3): Cell(5, 3, 33.0),
        }  # fmt: skip
        (broken,) = tabulate(Sheet("Tabelle", sheet_cells))
        (question,) = map_table(broken, town, "FB 51", Choices(base_figure="kinder")).questions
        assert not question.can_take
        for taken in (True, False):
            choices = Choices(base_figure="kinder", doubts={question.about: taken})
            assert "B4" not in {o.place.cell for o in map_table(broken, town, "FB 51", choices).observations}

    def test_signs_and_limited_values_stay_what_they_are(self, town):
        mapped = map_table(
            table(HEAD, ("Ausländer", "-", "."), ("Deutsche", "(30)", 0)), town, "FB 51", Choices(base_figure="kinder")
        )
        found = {o.place.cell: (o.value, o.sign) for o in mapped.observations}
        assert found == {
            "B4": (None, Sign.NOTHING), "C4": (None, Sign.UNKNOWN), "B5": (30.0, Sign.LIMITED), "C5": (0.0, None),
        }  # fmt: skip

    def test_a_breakdown_that_the_figure_does_not_have_can_only_be_left_out(self, town):
        rows = (("Lage", "2019", "2020"), ("Süd", 10, 11), ("Insgesamt", 30, 33))
        mapped = map_table(table(*rows), town, "FB 51", Choices(base_figure="kinder"))
        (question,) = mapped.questions
        assert (question.asks, question.can_take) == (Asks.DOUBT, False)
        assert "„Lage“ ist bei „Kinder“ nicht vorgesehen" in question.text

    def test_a_table_that_is_not_wanted_asks_nothing(self, town):
        mapped = map_table(table(*SOUND), town, "FB 51", Choices(take=False))
        assert (mapped.observations, mapped.questions) == ((), ())


class TestUnits:
    def test_counts_and_percentages_are_not_mixed(self, town):
        people, percent = town.units["Personen"], town.units["Prozent"]
        assert unit_fits("Anzahl", people)
        assert unit_fits("", people)
        assert unit_fits("in %", percent)
        assert not unit_fits("Prozent", people)
        assert not unit_fits("in 1 000", people)

    def test_a_percentage_is_asked_for_and_may_feed_another_figure(self, town):
        mixed = table(("Jahr", "Insgesamt", "Insgesamt"), (None, "Anzahl", "Prozent"), (2019, 40, 12), (2020, 44, 13))
        mapped = map_table(mixed, town, "FB 51", Choices(base_figure="kinder"))
        (question,) = mapped.questions
        assert (question.asks, question.about, question.cells) == (Asks.UNIT, key_of("Prozent"), 2)
        choices = Choices(base_figure="kinder", units={question.about: Meaning.figure("quote")})
        settled = map_table(mixed, town, "FB 51", choices)
        assert {(o.base_figure, o.value) for o in settled.observations} == {
            ("kinder", 40.0), ("kinder", 44.0), ("quote", 12.0), ("quote", 13.0),
        }  # fmt: skip

    def test_thousands_are_suggested_and_multiplied_once_confirmed(self, town):
        thousands = table(("Jahr", "Insgesamt"), (None, "in 1 000"), (2019, 40), (2020, 44))
        (question,) = map_table(thousands, town, "FB 51", Choices(base_figure="kinder")).questions
        assert question.suggestion == THOUSANDS
        choices = Choices(base_figure="kinder", units={question.about: THOUSANDS})
        values = [o.value for o in map_table(thousands, town, "FB 51", choices).observations]
        assert values == [40_000.0, 44_000.0]


class TestPeriods:
    def test_reference_dates_become_the_figure_s_year_and_another_day_is_a_doubt(self, town):
        days = table(("Stichtag", "Insgesamt"), ("01.03.2019", 25), ("01.03.2020", 28))
        mapped = map_table(days, town, "FB 51", Choices(base_figure="kita_kinder"))
        assert [str(o.period) for o in mapped.observations] == ["2019", "2020"]
        other = table(("Stichtag", "Insgesamt"), ("30.06.2019", 25), ("30.06.2020", 28))
        (question,) = map_table(other, town, "FB 51", Choices(base_figure="kita_kinder")).questions
        assert "Der Stichtag 30.06. ist nicht der von „Betreute Kinder“ (01.03.)" in question.text

    @pytest.mark.parametrize(
        ("rule", "periods"), [(YearRule.BEGIN, ["2019/20", "2020/21"]), (YearRule.END, ["2018/19", "2019/20"])]
    )
    def test_calendar_years_over_school_years_need_a_rule(self, town, rule, periods):
        years = table(("Jahr", "Insgesamt"), (2019, 25), (2020, 28))
        (question,) = map_table(years, town, "FB 51", Choices(base_figure="anmeldungen")).questions
        assert (question.asks, question.about) == (Asks.PERIOD, "rule")
        mapped = map_table(years, town, "FB 51", Choices(base_figure="anmeldungen", year_rule=rule))
        assert [str(o.period) for o in mapped.observations] == periods

    def test_a_year_is_never_told_as_a_quarter(self, town):
        years = table(("Jahr", "Insgesamt"), (2019, 25), (2020, 28))
        choices = Choices(base_figure="kursplaetze", year_rule=YearRule.END)
        (question,) = map_table(years, town, "AWO", choices).questions
        assert (question.asks, question.can_take) == (Asks.DOUBT, False)

    def test_a_table_without_a_period_waits_for_one(self, town):
        nameless = table(("", "Anzahl"), ("Ausländer", 10), ("Deutsche", 30), title="Kinder")
        open_table = map_table(nameless, town, "FB 51", Choices(base_figure="kinder"))
        assert open_table.observations == ()
        choices = Choices(
            base_figure="kinder",
            period=Period.of_year(2019),
            doubts={question.about: True for question in open_table.questions if question.asks is Asks.DOUBT},
        )
        assert {str(o.period) for o in map_table(nameless, town, "FB 51", choices).observations} == {"2019"}


class TestKnown:
    def test_what_was_confirmed_for_this_layout_wins_over_the_catalogue(self, town):
        known = Known(here={key_of("Insgesamt"): LEAVE_OUT})
        mapped = map_table(table(*SOUND), town, "FB 51", Choices(base_figure="kinder"), known)
        assert {o.place.cell for o in mapped.observations} == {"B4", "C4", "B5", "C5"}

    def test_members_of_other_tables_are_known_but_what_was_left_out_there_is_only_suggested(self, town):
        strange = table(HEAD, ("Fremde", 10, 11), ("Sonstige", 1, 2))
        known = Known(elsewhere={"fremde": FOREIGN, "sonstige": LEAVE_OUT})
        mapped = map_table(strange, town, "FB 51", Choices(base_figure="kinder"), known)
        found = {one.label: (one.meaning, one.origin) for one in mapped.assignments}
        assert found == {"Fremde": (FOREIGN, Origin.KNOWN), "Sonstige": (LEAVE_OUT, Origin.SUGGESTED)}

    def test_the_same_official_key_beside_another_name_suggests_a_renaming(self, town):
        known = Known(renamed={("241",): ("Hannover Region", FOREIGN)})
        seen = Seen("Region H.", 3, Place("Tabelle", "B4"), ("241",))
        (one,) = assign([seen], Vocabulary(town, "FB 51"), {}, known)
        assert (one.meaning, one.origin) == (FOREIGN, Origin.SUGGESTED)
        assert "hieß „Hannover Region“, der Schlüssel 241 ist derselbe" in one.why

    def test_meanings_survive_their_storage(self):
        for meaning in (CHILDREN, FOREIGN, TOTAL, Meaning.figure("kinder", FOREIGN.breakdown)):
            assert Meaning.restored(meaning.stored) == meaning
        assert Meaning.restored(LEAVE_OUT.stored).kind is Kind.LEAVE_OUT


MIXED = table(
    ("Gruppe", "2019", "2020"),
    ("Ausländer", "1.234", 11),
    ("Deutsche", 30, "12 a"),
    ("Fremde", 5, 6),
    ("Sonstige", 1, "."),
    ("Insgesamt", 40, 44),
)
POSSIBLE = [FOREIGN, Meaning.member("herkunft", "deutsch"), TOTAL, DECORATION, LEAVE_OUT, CHILDREN]
DOUBTS = sorted({doubt.key for cell in MIXED.cells for doubt in cell.doubts})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    figure=st.sampled_from(["", "kinder"]),
    meanings=st.dictionaries(st.sampled_from(["fremde", "sonstige", "ausländer"]), st.sampled_from(POSSIBLE)),
    doubts=st.dictionaries(st.sampled_from(DOUBTS), st.booleans()),
)
def test_whatever_is_decided_no_cell_is_guessed_and_none_is_lost(town, figure, meanings, doubts):
    mapped = map_table(MIXED, town, "FB 51", Choices(base_figure=figure, meanings=meanings, doubts=doubts))
    decided = {one.key for one in mapped.assignments if one.is_decided}
    assert len(mapped.rows) == len(MIXED.cells)
    for row in mapped.rows:
        if row.fate is Fate.TAKEN:
            assert {key_of(label) for label in row.cell.labels} <= decided
            assert all(doubts.get(doubt.key) is True for doubt in row.cell.doubts)
            assert (row.observation.value, row.observation.sign) == (row.cell.value, row.cell.sign)
        if row.fate is Fate.LEFT_OUT:
            unwanted = any(meanings.get(key_of(label)) == LEAVE_OUT for label in row.cell.labels)
            assert unwanted or any(doubt.key in doubts for doubt in row.cell.doubts)
    assert bool(mapped.questions) == (mapped.count(Fate.WAITING) > 0)
