"""What a person says of a table beyond its labels: periods, words in the place of signs, fractions, opposites.

Each is asked once, and remembered as far as it can hold next year.
"""

from dataclasses import replace

import pytest

from indicators.model import Sign
from indicators.periods import Period
from indicators.tables.crosstab import tabulate
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.decisions import Asks, Choices, Fate, Mapped
from indicators.tables.layouts import Layout, choices_from, known_from, layout_of
from indicators.tables.layouts import _restored as restored
from indicators.tables.layouts import _stored as stored
from indicators.tables.mapping import map_table
from indicators.tables.meanings import (
    DECORATION,
    FRACTIONS,
    LEAVE_OUT,
    TOTAL,
    Assignment,
    Meaning,
    Origin,
    key_of,
    names_year,
)
from indicators.tables.opposites import opposed
from indicators.tables.signs import suggested
from indicators.tables.vocabulary import Vocabulary
from indicators.workbooks.workbook import Cell, Sheet, Style
from tests.deliveries.test_mapping import CHILDREN, FOREIGN, table

Q3, Q4 = Period.quarter(2026, 3), Period.quarter(2026, 4)
KIDS = Choices(base_figure="kinder")


def asked(mapped: Mapped) -> dict[str, str]:
    return {question.about: question.asks.value for question in mapped.questions}


def values(mapped: Mapped) -> dict[str, float | None]:
    return {o.place.cell: o.value for o in mapped.observations}


def periods(mapped: Mapped) -> set[str]:
    return {str(o.period) for o in mapped.observations}


def remembered(mapped: Mapped) -> Layout:
    """As it comes back from the store."""
    layout = layout_of(mapped, "FB 51")
    return restored("FB 51", layout.fingerprint, stored(layout))


def again(town, sheet, layout) -> Mapped:
    """The next delivery of the table whose layout is known."""
    return map_table(sheet, town, "FB 51", choices_from(sheet, layout, town), known_from(sheet, layout, [layout], town))


def assigned(mapped: Mapped, label: str) -> Assignment:
    return next(one for one in mapped.assignments if one.label == label)


class TestPeriodsOfLabels:
    def sheet(self, older="Vorjahr", newer="aktuelles Jahr"):
        return table(("Staatsangehörigkeit", older, newer), ("Ausländer", 10, 11), ("Deutsche", 30, 33), title="Kinder")

    def choices(self, older="Vorjahr", newer="aktuelles Jahr", year=2024):
        said = {older: Period.of_year(year), newer: Period.of_year(year + 1)}
        return replace(KIDS, meanings={key_of(label): Meaning.of_period(period) for label, period in said.items()})

    def test_a_label_alone_can_be_a_period_and_no_other_is_asked_for(self, town):
        mapped = map_table(self.sheet(), town, "FB 51", self.choices())
        assert mapped.questions == ()
        assert {(str(o.period), o.value) for o in mapped.observations} == {
            ("2024", 10.0), ("2025", 11.0), ("2024", 30.0), ("2025", 33.0),
        }  # fmt: skip

    def test_it_wins_over_what_was_read_and_stands_beside_a_member(self, town):
        dated = table(("Gruppe", "2024"), ("Ausländer", 10), ("Ausländer Vorjahr", 9), title="Kinder")
        last = replace(FOREIGN, period=Period.of_year(2023))
        mapped = map_table(dated, town, "FB 51", replace(KIDS, meanings={key_of("Ausländer Vorjahr"): last}))
        assert mapped.questions == ()
        assert {(str(o.period), o.breakdown.code, o.value) for o in mapped.observations} == {
            ("2024", "herkunft=auslaendisch", 10.0), ("2023", "herkunft=auslaendisch", 9.0),
        }  # fmt: skip

    def test_two_periods_for_one_cell_are_never_merged(self, town):
        twice = self.choices()
        both = replace(twice, meanings={**twice.meanings, "ausländer": replace(FOREIGN, period=Period.of_year(2020))})
        mapped = map_table(self.sheet(), town, "FB 51", both)
        assert [question.can_take for question in mapped.questions if question.asks is Asks.DOUBT] == [False]
        assert set(values(mapped)) == {"B5", "C5"}

    def test_a_label_that_names_no_year_is_asked_each_time_with_the_following_period(self, town):
        layout = remembered(map_table(self.sheet(), town, "FB 51", self.choices()))
        mapped = again(town, self.sheet(), layout)
        assert mapped.observations == ()
        assert [(q.about, q.suggestion.period.label) for q in mapped.questions] == [
            ("vorjahr", "2025"), ("aktuellesjahr", "2026"),
        ]  # fmt: skip

    def test_a_label_that_names_its_year_holds_and_the_next_one_is_suggested(self, town):
        names = ("GJ 23/24 neu", "GJ 24/25 neu")
        layout = remembered(map_table(self.sheet(*names), town, "FB 51", self.choices(*names, year=2023)))
        same = again(town, self.sheet(*names), layout)
        assert (same.questions, periods(same)) == ((), {"2023", "2024"})
        grown = again(town, self.sheet("GJ 24/25 neu", "GJ 25/26 neu"), layout)
        (question,) = grown.questions
        assert (question.about, question.suggestion) == ("gj2526neu", Meaning.of_period(Period.of_year(2024)))

    def test_a_member_with_a_period_does_not_fall_back_on_its_name(self, town):
        sheet = table(("Gruppe", "2024"), ("Ausländische", 10), ("Deutsche", 30), title="Kinder")
        last = replace(FOREIGN, period=Period.of_year(2023))
        layout = remembered(map_table(sheet, town, "FB 51", replace(KIDS, meanings={"ausländische": last})))
        assert asked(again(town, sheet, layout)) == {"ausländische": "label"}

    @pytest.mark.parametrize(
        ("label", "period", "said"),
        [
            ("Vorjahr", "2025", False), ("aktuelles Quartal", "2026-Q3", False), ("1. Quartal", "2026-Q1", False),
            ("Gruppe 3", "2026", False), ("GJ 24/25 neu", "2024/25", True), ("2026 (vorl.)", "2026", True),
            ("Q1 26", "2026-Q1", True), ("Stand 31.12.25", "2025-12-31", True),
        ],
    )  # fmt: skip
    def test_which_labels_say_their_year(self, label, period, said):
        assert names_year(label, Period.parse(period)) is said

    def test_periods_survive_their_storage(self):
        for meaning in (Meaning.of_period(Q3), replace(FOREIGN, period=Q3), replace(TOTAL, period=None)):
            assert Meaning.restored(meaning.stored) == meaning
        assert Meaning.restored({"kind": "total", "base_figure": "", "breakdown": ""}) == TOTAL  # before periods


class TestPeriodOfTheTable:
    def sheet(self, title="Kinder"):
        return table(("Gruppe", "Anzahl"), ("Ausländer", 10), ("Deutsche", 30), title=title)

    def test_without_one_there_is_one_question_and_its_answer_is_enough(self, town):
        waiting = map_table(self.sheet(), town, "FB 51", KIDS)
        assert asked(waiting) == {"missing": "period"}
        answered = map_table(self.sheet(), town, "FB 51", replace(KIDS, period=Period.of_year(2025)))
        assert (answered.questions, periods(answered)) == ((), {"2025"})

    def test_next_time_the_following_one_is_suggested_and_not_taken(self, town):
        layout = remembered(map_table(self.sheet(), town, "FB 51", replace(KIDS, period=Period.of_year(2025))))
        mapped = again(town, self.sheet(), layout)
        assert mapped.observations == ()
        (question,) = mapped.questions
        assert question.suggestion == Meaning.of_period(Period.of_year(2026))

    def test_a_person_corrects_what_the_table_says(self, town):
        made = self.sheet("Kinder 2026")
        corrected = map_table(made, town, "FB 51", replace(KIDS, period=Period.of_year(2025)))
        assert (corrected.questions, periods(corrected)) == ((), {"2025"})
        mapped = again(town, self.sheet("Kinder 2027"), remembered(corrected))
        (question,) = mapped.questions
        assert "Die Tabelle nennt 2027" in question.text
        assert question.suggestion == Meaning.of_period(Period.of_year(2026))

    def test_a_table_of_several_years_keeps_them(self, town):
        years = table(("Gruppe", "2024", "2025"), ("Ausländer", 10, 11), ("Deutsche", 30, 33), title="Kinder")
        mapped = map_table(years, town, "FB 51", replace(KIDS, period=Period.of_year(2020)))
        assert periods(mapped) == {"2024", "2025"}
        assert not layout_of(mapped, "FB 51").corrected


class TestWordsAsSigns:
    def sheet(self, *words):
        first, second = words
        rows = (("Ausländer", first, 11), ("Deutsche", 30, second), ("Insgesamt", 40, 44))
        return table(("Gruppe", "2024", "2025"), *rows, title="Kinder")

    @pytest.mark.parametrize(
        ("text", "sign"),
        [
            ("k. A.", Sign.UNKNOWN), ("keine Angabe", Sign.UNKNOWN), ("liegt nicht vor", Sign.UNKNOWN),
            ("n. v.", Sign.UNKNOWN), ("<3", Sign.SECRET), ("< 5", Sign.SECRET), ("unter 10", Sign.SECRET),
            ("[c]", Sign.SECRET), ("g", Sign.SECRET), ("geheim", Sign.SECRET), ("u", Sign.UNRELIABLE),
            ("[u]", Sign.UNRELIABLE), ("folgt", Sign.LATER), ("liegt noch nicht vor", Sign.LATER),
            ("entfällt", Sign.BLOCKED), ("[x]", Sign.BLOCKED), ("--", Sign.NOTHING), ("---", Sign.NOTHING),
            ("<100", None), ("12 a", None), ("siehe unten", None), ("Herr Yilmaz fragen", None),
        ],
    )  # fmt: skip
    def test_what_is_suggested(self, text, sign):
        assert suggested(text) == sign

    def test_each_text_is_asked_once_and_never_taken_unasked(self, town):
        mapped = map_table(self.sheet("<5", "k. A."), town, "FB 51", KIDS)
        assert asked(mapped) == {"<5": "sign", "k.a.": "sign"}
        assert set(values(mapped)) == {"C4", "B5", "B6", "C6"}
        settled = replace(KIDS, signs={"<5": Sign.SECRET, "k.a.": None})
        mapped = map_table(self.sheet("<5", "k. A."), town, "FB 51", settled)
        assert {o.place.cell: o.sign for o in mapped.observations if o.place.cell[0] == "B"} == {
            "B4": Sign.SECRET, "B5": None, "B6": None,
        }  # fmt: skip
        assert [row.cell.address for row in mapped.rows if row.fate is Fate.LEFT_OUT] == ["C5"]

    def test_it_holds_next_year_and_a_mistyped_number_does_not(self, town):
        settled = replace(KIDS, signs={"<5": Sign.SECRET, "12a": None})
        layout = remembered(map_table(self.sheet("<5", "12 a"), town, "FB 51", settled))
        assert asked(again(town, self.sheet("< 5", "12 a"), layout)) == {"12a": "sign"}

    def test_below_and_above_are_two_texts(self, town):
        settled = replace(KIDS, signs={"<5": Sign.SECRET})
        assert asked(map_table(self.sheet("<5", ">5"), town, "FB 51", settled)) == {">5": "sign"}


class TestFractions:
    def bare(self, *numbers, title="Quote der Anmeldungen"):
        return table(("Jahr", "Insgesamt"), *((2019 + at, value) for at, value in enumerate(numbers)), title=title)

    QUOTA = Choices(base_figure="quote")

    def test_a_column_of_fractions_is_asked_and_multiplied(self, town):
        sheet = self.bare(0.407, 0.452)
        (question,) = map_table(sheet, town, "FB 51", self.QUOTA).questions
        assert (question.asks, question.suggestion, question.values) == (Asks.FRACTION, FRACTIONS, (0.407, 0.452))
        for chosen, stored_values in ((FRACTIONS, [40.7, 45.2]), (DECORATION, [0.407, 0.452]), (LEAVE_OUT, [])):
            mapped = map_table(sheet, town, "FB 51", replace(self.QUOTA, units={question.about: chosen}))
            assert [o.value for o in mapped.observations] == stored_values
            assert mapped.questions == ()

    def test_what_was_confirmed_holds_for_fractions_only(self, town):
        """The same column written as 40.7 next year is not stored a hundred times too large."""
        sheet = self.bare(0.407, 0.452)
        (question,) = map_table(sheet, town, "FB 51", self.QUOTA).questions
        confirmed = map_table(sheet, town, "FB 51", replace(self.QUOTA, units={question.about: FRACTIONS}))
        layout = remembered(confirmed)
        grown = again(town, self.bare(0.407, 0.452, 0.461), layout)
        assert (grown.questions, [o.value for o in grown.observations]) == ((), [40.7, 45.2, 46.1])
        other = again(town, self.bare(40.7, 45.2), layout)
        assert asked(other) == {"?quote": "unit"}

    def test_also_where_no_word_but_the_figure_says_percent(self, town):
        mapped = map_table(self.bare(0.407, 0.452, title="Meldungen"), town, "FB 51", self.QUOTA)
        assert asked(mapped) == {"fraction:quote": "fraction"}

    def test_a_percentage_without_a_unit_is_asked_once(self, town):
        mapped = map_table(self.bare(40.7, 45.2), town, "FB 51", self.QUOTA)
        assert asked(mapped) == {"?quote": "unit"}
        assert mapped.observations == ()
        settled = map_table(self.bare(40.7, 45.2), town, "FB 51", replace(self.QUOTA, units={"?quote": DECORATION}))
        assert [o.value for o in settled.observations] == [40.7, 45.2]
        assert again(town, self.bare(41.7, 46.2, 50.0), remembered(settled)).questions == ()

    def test_counts_are_never_asked(self, town):
        mapped = map_table(self.bare(1, 0, title="Kinder"), town, "FB 51", KIDS)
        assert mapped.questions == ()


def formatted(*rows: tuple, title: str = "Ausländeranteil 2024", percent: set[str] = frozenset()):
    """The table of a sheet in which the cells of `percent` are shown in percent."""
    cells = {
        (down, right): Cell(down, right, value)
        for down, row in enumerate(((title,), (), *rows), 1)
        for right, value in enumerate(row, 1)
        if value is not None
    }
    shown = {at: replace(cell, style=Style("0.0%")) for at, cell in cells.items() if cell.address in percent}
    (found,) = tabulate(Sheet("Tabelle", {**cells, **shown}))
    return found


def fractions(found) -> dict[str, str]:
    return {cell.address: doubt.text for cell in found.cells for doubt in cell.doubts if doubt.code is Code.FRACTION}


HEAD = ("Stadtteil", "Anteil")


class TestLostFormats:
    """What the sheet itself tells of percentages, before anyone knows a base figure."""

    def test_one_cell_of_a_column(self):
        rows = (HEAD, ("Mitte", 0.452), ("Nord", 0.381), ("Süd", 0.407), ("West", 0.291))
        found = formatted(*rows, percent={"B4", "B5", "B7"})
        assert fractions(found) == {"B6": "0,407 kann ein Bruchteil sein: 0,407 % oder 40,7 %?"}
        assert [cell.value for cell in found.cells] == [45.2, 38.1, 0.407, 29.1]

    def test_one_cell_of_a_row_beside_rows_of_counts(self):
        rows = (("", "2022", "2023", "2024"), ("Kinder", 120.0, 1.0, 130.0), ("Anteil", 0.452, 0.407, 0.381))
        assert set(fractions(formatted(*rows, title="Kinder", percent={"B5", "D5"}))) == {"C5"}
        assert fractions(formatted(*rows, title="Kinder", percent={"B5", "C5", "D5"})) == {}

    def test_counts_beside_percentages_are_counts(self):
        rows = (("Stadtteil", "Anzahl", "Anteil"), ("Mitte", 1.0, 0.452), ("Nord", 12.0, 0.381), ("Süd", 1.0, 0.407))
        assert fractions(formatted(*rows, percent={"C4", "C5", "C6"})) == {}

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("Anteil", "Kinder"),
            ("Quote", "Kinder"),
            ("in Prozent", "Kinder"),
            ("in %", "Kinder"),
            ("Wert", "Kita-Quote"),
        ],
    )
    def test_a_column_of_bare_fractions(self, head, title):
        rows = (("Stadtteil", head), ("Mitte", 0.452), ("Nord", 0.381), ("Süd", 0.0))
        assert set(fractions(formatted(*rows, title=title))) == {"B4", "B5"}

    @pytest.mark.parametrize(
        ("head", "values"),
        [
            ("Anteil", (45.2, 0.4)), ("Anteil", (1.0, 0.0)), ("Kinder je Frau", (1.4, 1.3)),
            ("Veränderung in Prozentpunkten", (0.4, -0.3)),
        ],
    )  # fmt: skip
    def test_what_is_no_fraction(self, head, values):
        rows = (("Stadtteil", head), ("Mitte", values[0]), ("Nord", values[1]))
        assert fractions(formatted(*rows, title="Kinder")) == {}

    def test_shown_in_percent_is_no_question_however_small(self):
        found = formatted(HEAD, ("Mitte", 0.004), ("Nord", 0.003), percent={"B4", "B5"})
        assert (fractions(found), [cell.value for cell in found.cells]) == ({}, [0.4, 0.3])

    def test_the_answer_about_a_lost_format_holds_next_year(self, town):
        rows = (("Jahr", "Insgesamt"), (2019.0, 0.452), (2020.0, 0.407), (2021.0, 0.461))
        sheet = formatted(*rows, title="Quote der Anmeldungen", percent={"B4", "B6"})
        quota = Choices(base_figure="quote")
        (question,) = map_table(sheet, town, "FB 51", quota).questions
        assert question.asks is Asks.FRACTION
        settled = map_table(sheet, town, "FB 51", replace(quota, units={question.about: FRACTIONS}))
        assert [o.value for o in settled.observations] == [45.2, 40.7, 46.1]
        assert again(town, sheet, remembered(settled)).questions == ()


class TestTitleAgainstLabel:
    def test_a_column_that_may_be_short_for_the_title_is_asked(self, town):
        sheet = table(("Jahr", "Kinder"), (2019, 25), (2020, 28), title="Betreute Kinder")
        mapped = map_table(sheet, town, "FB 51")
        one = assigned(mapped, "Kinder")
        assert (one.origin, one.contested) == (Origin.SUGGESTED, True)
        assert "„Betreute Kinder“" in one.why
        chosen = map_table(sheet, town, "FB 51", Choices(meanings={"kinder": CHILDREN}))
        assert {o.base_figure for o in chosen.observations} == {"kinder"}
        assert again(town, sheet, remembered(chosen)).questions == ()

    def test_not_where_both_have_a_column_or_the_title_says_no_more(self, town):
        both = table(("Jahr", "Betreute Kinder", "Kinder"), (2019, 25, 40), title="Betreute Kinder")
        assert map_table(both, town, "FB 51").questions == ()
        plain = table(("Jahr", "Kinder"), (2019, 25), title="Kinder am 31.12.")
        assert map_table(plain, town, "FB 51").questions == ()


class TestWhatWasDecided:
    """A decision is asked once, whatever the sentence says, in whatever year, in whatever order the table stands."""

    ROWS = (("Ausländer", 10, 11), ("Deutsche", 30, 33), ("Fremde", 1, 2))
    ANSWERS = replace(KIDS, meanings={"fremde": FOREIGN, "ausländer": LEAVE_OUT})

    def confirmed(self, town, head=("Gruppe", "2023", "2024")):
        sheet = hidden(table(head, *self.ROWS, title="Kinder 2024"), "Die Spalte C ist ausgeblendet.")
        (question,) = map_table(sheet, town, "FB 51", self.ANSWERS).questions
        return remembered(map_table(sheet, town, "FB 51", replace(self.ANSWERS, doubts={question.about: True})))

    def test_a_reworded_sentence(self, town):
        sheet = hidden(table(("Gruppe", "2023", "2024"), *self.ROWS, title="Kinder 2024"), "Ganz anders gesagt.")
        assert again(town, sheet, self.confirmed(town)).questions == ()

    def test_a_new_year(self, town):
        rows = [(*row, 50 + at) for at, row in enumerate(self.ROWS)]
        sheet = hidden(table(("Gruppe", "2023", "2024", "2025"), *rows, title="Kinder 2025"), "Ausgeblendet.")
        mapped = again(town, sheet, self.confirmed(town))
        assert (mapped.questions, periods(mapped)) == ((), {"2023", "2024", "2025"})

    def test_a_reordered_table(self, town):
        sheet = hidden(
            table(
                ("Gruppe", "2024", "2023"), *((row[0], row[2], row[1]) for row in self.ROWS[::-1]), title="Kinder 2024"
            ),
            "Ausgeblendet.",
        )
        mapped = again(town, sheet, self.confirmed(town))
        assert mapped.questions == ()
        assert {(o.breakdown.code, str(o.period), o.value) for o in mapped.observations} == {
            ("herkunft=auslaendisch", "2023", 1.0), ("herkunft=auslaendisch", "2024", 2.0),
            ("herkunft=deutsch", "2023", 30.0), ("herkunft=deutsch", "2024", 33.0),
        }  # fmt: skip


def hidden(sheet, sentence: str):
    """Column C doubted, in whatever words."""
    doubt = Doubt(Code.HIDDEN, "Spalte C", sentence)
    return replace(
        sheet, cells=tuple(cell._replace(doubts=(doubt,)) if cell.column == 3 else cell for cell in sheet.cells)
    )


def test_layouts_stored_before_periods_and_signs_are_read(town):
    mapped = map_table(table(("Gruppe", "2024"), ("Fremde", 1)), town, "FB 51", TestWhatWasDecided.ANSWERS)
    kept = stored(layout_of(mapped, "FB 51"))
    older = {key: said for key, said in kept.items() if key not in ("signs", "period", "corrected", "doubted_periods")}
    for label in older["labels"].values():
        del label["meaning"]["period"]
    assert restored("FB 51", "x", older) == restored("FB 51", "x", kept)


class TestUnusualPeriods:
    """„1.–3. Quartal 2026“ in one head: the question is the doubt's, and its answer is for these cells only."""

    def sheet(self, year=2026):
        plain = table(("Gruppe", f"{year - 1}", f"{year}"), ("Ausländer", 10, 11), ("Deutsche", 30, 33), title="Kinder")
        doubt = Doubt(Code.PERIOD_UNUSUAL, f"1.–3. Quartal {year}", f"„1.–3. Quartal {year}“ ist kein Zeitraum.")
        cells = (cell._replace(period=None, doubts=(doubt,)) if cell.column == 3 else cell for cell in plain.cells)
        return replace(plain, cells=tuple(cells)), doubt

    def test_one_question_for_its_cells_and_the_next_year_is_suggested(self, town):
        sheet, doubt = self.sheet()
        (question,) = map_table(sheet, town, "FB 51", KIDS).questions
        assert (question.asks, question.about, question.text) == (Asks.PERIOD, doubt.key, doubt.text)
        typed = map_table(sheet, town, "FB 51", replace(KIDS, periods={doubt.key: Period.of_year(2026)}))
        assert (typed.questions, periods(typed)) == ((), {"2025", "2026"})
        (question,) = again(town, self.sheet(2027)[0], remembered(typed)).questions
        assert question.suggestion == Meaning.of_period(Period.of_year(2027))


class TestOpposites:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Nichtdeutsche", "Deutsche"), ("Nicht-Deutsche", "Deutsche"), ("nicht deutsche Kinder", "Deutsche Kinder"),
            ("Nichtdeutschen", "Deutsche"), ("Ausländer", "Inländer"), ("Inländische", "Ausländische"),
            ("mit Einwanderungsgeschichte", "ohne Einwanderungsgeschichte"), ("Unbefristete", "Befristete"),
            ("unter 3 Jahren", "über 3 Jahren"), ("Auspendler", "Einpendler"), ("Abgänge", "Zugänge"),
            ("Fortzüge", "Zuzüge"), ("Kinder ohne Betreuung", "Kinder Betreuung"), ("keine Angabe", "Angabe"),
        ],
    )  # fmt: skip
    def test_they_are_told_apart_both_ways(self, one, other):
        assert opposed(one, other)
        assert opposed(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ausländischen", "Ausländische"), ("Kinder, betreute", "Betreute Kinder"), ("Deutschen", "Deutsche"),
            ("Integrationskurse", "Integrationskurs"), ("Kinder mit Migration", "Kinder Migration"),
            ("Untermieter", "Untermieterin"), ("ohne Angabe", "ohne Angaben"), ("Nordstadt", "Nordstadt Mitte"),
        ],
    )  # fmt: skip
    def test_and_what_is_alike_stays_so(self, one, other):
        assert not opposed(one, other)

    @pytest.mark.parametrize("label", ["Nichtdeutsche", "Nicht Deutsche", "keine Deutschen", "Nichtdeutschen"])
    def test_no_suggestion_turns_a_label_around(self, town, label):
        plain = {axis: replace_synonyms(one) for axis, one in town.dimensions.items()}
        words = Vocabulary(replace(town, dimensions=plain), "FB 51")
        found = words.suggestion(label)
        assert found is None or found[0] != Meaning.member("herkunft", "deutsch")

    def test_not_even_a_renamed_one_or_the_title(self, town):
        words = Vocabulary(town, "FB 51")
        assert words.figure_for(["Nicht betreute Kinder 2025"]) != Meaning.figure("kita_kinder")
        first = table(("Gruppe", "2024"), ("Deutsche", 10), title="Kinder")
        layout = remembered(map_table(first, town, "FB 51", replace(KIDS, meanings={"deutsche": FOREIGN})))
        second = table(("Gruppe", "2024"), ("Nicht Deutsche", 10), title="Kinder")
        assert assigned(again(town, second, layout), "Nicht Deutsche").why.startswith("vermutlich") is False


def replace_synonyms(axis):
    return axis.model_copy(update={"members": [one.model_copy(update={"synonyms": []}) for one in axis.members]})
