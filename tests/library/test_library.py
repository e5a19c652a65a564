"""The ready definitions: each loads, has no fault, makes a template, and gives the figure that its example says."""

import json
from dataclasses import replace

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import lint_texts, load_texts, texts_of
from indicators.catalogue.editing import EditError, Place, changed, plain, renamed
from indicators.catalogue.first import first_texts
from indicators.library import Wanted, held_as, library, take
from indicators.library.shelf import ENTRIES
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.templates.template import build_template, fill_template

SHELF = library()
CITY = first_texts("Neustadt", "", ("Bildung", "Arbeit"))


def wanted(*codes, **more):
    return [Wanted(code, "A-1", "SI", **more) for code in codes]


def taken(texts, *codes, **more):
    return take(texts, load_texts(texts), SHELF, wanted(*codes, **more))


@pytest.fixture(scope="module")
def whole():
    """A city that has taken everything."""
    found = take(CITY, load_texts(CITY), SHELF, wanted(*SHELF.by_code))
    return found.texts, load_texts(found.texts, METHODS)


def without_about():
    """The shelf itself as a city's folder."""
    documents = {name: plain(text) for name, text in texts_of(ENTRIES).items()}
    for document in documents.values():
        for one in document.get("indicators", ()):
            del one["about"]
    return {name: json.dumps(document, ensure_ascii=False) for name, document in documents.items()}


def test_there_are_at_least_sixty():
    assert len(SHELF.entries) >= 60
    assert len(SHELF.areas) >= 10


def test_a_city_that_takes_all_of_them_has_no_fault(whole):
    texts, catalogue = whole
    assert lint_texts(texts, METHODS) == []
    assert lint_texts(without_about(), METHODS) == []
    assert set(catalogue.indicators) == set(SHELF.by_code)


@pytest.mark.parametrize("entry", SHELF.entries, ids=lambda entry: entry.code)
def test_the_formula_with_its_multiplier_gives_the_right_figure(entry):
    formula, about = entry.formula, entry.about
    assert set(about.example.values) == set(formula.names)
    assert formula.evaluate(about.example.values) == pytest.approx(about.example.result)
    factor = formula.ratio.factor if formula.ratio else 1
    assert factor == about.multiplier
    per = {1000: "je 1.000", 100: "Prozent"}.get(about.multiplier)
    assert per is None or entry.indicator.unit.startswith(per)
    assert about.multiplier in (1, 100, 1000)


@pytest.mark.parametrize("entry", SHELF.entries, ids=lambda entry: entry.code)
def test_it_says_exactly_what_is_counted(entry):
    one = entry.indicator
    assert one.definition and one.source and entry.about.statistic
    assert entry.about.population == "keine" or formula_divides(entry)
    assert all(figure.definition and figure.source for figure in entry.figures)
    assert not one.targets and one.baseline is None  # a target is a city's own


def formula_divides(entry):
    return entry.formula.divides


def test_figures_of_one_name_say_how_they_differ():
    names = {entry.about.name for entry in SHELF.entries}
    groups = [SHELF.of_name(name) for name in names if len(SHELF.of_name(name)) > 1]
    naturalised = SHELF.of_name("Einbürgerungsquote")
    assert len(naturalised) >= 5 and len(groups) >= 8
    for group in groups:
        assert len({entry.about.differs for entry in group} - {""}) >= len(group) - 1
        assert len({str(entry.formula) for entry in group}) == len(group)


def test_no_two_entries_are_the_same_figure():
    formulas = [str(entry.formula) for entry in SHELF.entries]
    assert len(set(formulas)) == len(formulas)


def test_the_traps_of_the_naturalisation_rate_differ_in_population_offset_and_multiplier():
    told = {entry.code: entry for entry in SHELF.of_name("Einbürgerungsquote")}
    same = {"einbuergerungen": 600.0, "einbuergerungsberechtigte": 12000.0, "auslaender_8j_vorjahr": 10000.0}
    same |= {"auslaender_vorjahr": 24000.0, "auslaender_10j": 8000.0, "auslaender_azr": 25000.0}
    values = {code: entry.formula.evaluate(same) for code, entry in told.items()}
    assert values == {"RE-01": 5.0, "RE-02": 6.0, "RE-03": 2.5, "RE-04": 7.5, "RE-05": 24.0, "RE-06": 600.0}
    last_year = SHELF.by_code["RE-02"].figures[1]
    assert (last_year.reference, "Vorjahres" in last_year.title) == ("01-01", True)


@pytest.mark.parametrize("frequency", ["yearly", "quarterly", "half_yearly", "school_year"])
def test_they_make_a_template_that_takes_every_total(whole, frequency):
    _, catalogue = whole
    period = {
        "yearly": Period.of_year(2025),
        "quarterly": Period.quarter(2025, 3),
        "half_yearly": Period.half(2025, 1),
        "school_year": Period.parse("2024/25"),
    }[frequency]
    figures = [code for code, one in catalogue.base_figures.items() if one.frequency.value == frequency]
    filled = fill_template(build_template(catalogue, "SI", period), {(code, Breakdown()): 7.0 for code in figures})
    assert figures and filled[:2] == b"PK"


def test_base_figures_units_and_dimensions_come_along():
    found = taken(CITY, "WO-01")
    catalogue = load_texts(found.texts)
    assert set(catalogue.base_figures) == {"wohnflaeche", "personen_wohnungen"}
    assert {"m²", "m² je Person"} <= set(catalogue.units)
    assert catalogue.indicators["WO-01"].breakdowns == ("einwanderungsgeschichte",)
    assert catalogue.base_figures["wohnflaeche"].reporters == ("SI",)


def test_what_is_there_already_is_shared_and_the_rest_comes():
    first = taken(CITY, "AR-04").texts
    found = taken(first, "AR-05")
    assert any("gibt es schon" in note for note in found.notes)
    assert set(load_texts(found.texts).base_figures) == {
        "arbeitslose",
        "zivile_erwerbspersonen",
        "abhaengige_erwerbspersonen",
    }


def test_taking_it_twice_is_told_also_under_another_code_and_with_renamed_base_figures():
    texts = taken(CITY, "AR-04").texts
    texts = renamed(texts, Place("indicators", "AR-04"), "C-1")
    texts = renamed(texts, Place("base_figures", "arbeitslose"), "alo")
    assert held_as(load_texts(texts), SHELF.by_code["AR-04"]) == "C-1"
    with pytest.raises(EditError, match="schon übernommen, als C-1"):
        taken(texts, "AR-04", as_code="C-2")
    other = load_texts(taken(texts, "AR-05").texts).indicators["AR-05"]
    assert set(other.expression.names) == {"alo", "abhaengige_erwerbspersonen"}


def test_one_of_several_twice_in_one_press_is_told():
    with pytest.raises(EditError, match="AR-04 ist schon vergeben"):
        taken(CITY, "AR-04", "AR-04")


def test_a_code_that_another_indicator_has_is_told_and_another_one_does():
    texts = renamed(taken(CITY, "AR-04").texts, Place("indicators", "AR-04"), "AR-05")
    with pytest.raises(EditError, match="AR-05 ist schon vergeben"):
        taken(texts, "AR-05")
    assert "C-9" in load_texts(taken(texts, "AR-05", as_code="C-9").texts).indicators
    with pytest.raises(EditError, match="AR-04 ist schon vergeben"):
        taken(texts, "AR-01", as_code="AR-04")  # a code that one had still leads to it


@pytest.mark.parametrize(
    ("value", "word"), [({"unit": "Anzahl"}, "Einheit"), ({"kind": "cumulative"}, "Zählweise")], ids=str
)
def test_a_base_figure_of_the_same_code_that_counts_something_else_is_told(value, word):
    texts = changed(taken(CITY, "RE-06").texts, Place("base_figures", "einbuergerungen"), value)
    texts = changed(texts, Place("indicators", "RE-06"), {"unit": value.get("unit", "Personen")})
    with pytest.raises(EditError, match=word):
        taken(texts, "RE-03")
    assert held_as(load_texts(texts), SHELF.by_code["RE-06"]) == ""


def test_districts_are_the_citys_own():
    without = taken(CITY, "BV-02")
    assert "stadtteil" not in load_texts(without.texts).indicators["BV-02"].breakdowns
    assert any("Stadtteilen" in note for note in without.notes)
    own = {
        **CITY,
        "dimensions.yaml": CITY["dimensions.yaml"]
        + "  - {code: bezirk, title: Bezirk, role: district, members: [{code: nord, title: Nord}]}\n",
    }
    assert "bezirk" in load_texts(taken(own, "BV-02").texts).indicators["BV-02"].breakdowns


def test_a_goal_that_does_not_exist_is_told():
    with pytest.raises(EditError, match="Das Ziel „Z-1“"):
        take(CITY, load_texts(CITY), SHELF, [replace(wanted("AR-04")[0], goal="Z-1")])


def test_search_finds_by_word_statistics_and_area():
    assert {"RE-01", "RE-05"} <= {entry.code for entry in SHELF.found("einbürgerung")}
    assert "BV-01" in {entry.code for entry in SHELF.found("12411-01-01-5")}
    assert {entry.area for entry in SHELF.found("", "Wohnen")} == {"Wohnen"}
    assert SHELF.found("gibtesnicht") == ()
