"""The rules for small numbers across base figures, as one form: the common one, and the exceptions."""

from dataclasses import replace
from pathlib import Path

import pytest

from indicators.attainment import METHODS
from indicators.boards import protection_rules as rules
from indicators.boards.protection_rules import Rule
from indicators.catalogue import CatalogueError, load, load_texts, texts_of
from indicators.catalogue.editing import Place, all_changed
from indicators.catalogue.loading import proposed
from indicators.settings import SAMPLE_DEFINITIONS

FOLDER: Path = SAMPLE_DEFINITIONS["musterstadt"]


@pytest.fixture(scope="module")
def figures() -> rules.Figures:
    return rules.counted(load(FOLDER))


def said(rule: Rule) -> tuple[object, ...]:
    return tuple(rule.typed.values())


def test_the_rule_that_most_follow_comes_first(figures):
    found = rules.rules_of(figures)
    assert [said(rule) for rule in found] == [
        ("hide", "5", None, True),
        ("hide", "", None, True),
        ("hide", "10", None, True),
        ("round", "", "5", True),
    ]
    assert not found[0].figures
    assert len(found[1].figures) == 23
    assert rules.changes(figures, found) == {}


def test_ratios_that_come_ready_follow_no_rule():
    catalogue = load(SAMPLE_DEFINITIONS["braunschweig"])
    ratios = {code for code, one in catalogue.base_figures.items() if not catalogue.units[one.unit].adds_up}
    assert ratios
    assert not ratios & set(rules.counted(catalogue))


def test_only_what_a_rule_says_otherwise_is_written(figures):
    found = rules.rules_of(figures)
    found[0].typed["suppress_below"] = "6"
    moved = found[1].figures.pop()
    changes = rules.changes(figures, found)
    assert changes[Place("base_figures", moved)] == {"suppress_below": 6.0}
    assert len(changes) == 39 + 1
    assert all(values == {"suppress_below": 6.0} for values in changes.values())
    after = load_texts(all_changed(texts_of(FOLDER), changes), METHODS)
    assert [said(rule)[1] for rule in rules.rules_of(rules.counted(after))] == ["6", "", "10", ""]


def test_what_goes_is_struck_out_of_the_file(figures):
    found = rules.rules_of(figures)
    (code,) = found[3].figures
    found[3].figures.clear()  # no longer rounded: it follows the common rule
    changes = rules.changes(figures, found)
    assert changes == {Place("base_figures", code): {"protect": "hide", "suppress_below": 5.0, "base": None}}
    assert proposed(all_changed(texts_of(FOLDER), changes), texts_of(FOLDER), METHODS).base_figures[code].base is None


def test_a_base_figure_follows_one_rule(figures):
    found = rules.rules_of(figures)
    found[2].figures.append(found[1].figures[0])
    found[0].typed["suppress_below"] = "fünf"
    wrong = rules.unreadable(found)
    assert set(wrong) == {(0, "suppress_below"), (2, rules.APPLIES)}


@pytest.mark.parametrize(
    ("typed", "name", "says"),
    [
        ({"protect": "round", "suppress_below": ""}, "protect", "Zum Runden fehlt, worauf."),
        ({"protect": "round", "base": "5"}, "suppress_below", "wird gerundet"),
        ({"base": "5"}, "protect", "„Gerundet auf Vielfache von“ gilt nur beim Runden."),
        ({"suppress_below": "0"}, "suppress_below", "zu klein"),
    ],
)
def test_a_fault_of_many_base_figures_stands_once_at_the_rule_that_made_it(figures, typed, name, says):
    found = rules.rules_of(figures)
    found[0] = replace(found[0], typed=found[0].typed | typed)
    texts = texts_of(FOLDER)
    with pytest.raises(CatalogueError) as caught:
        proposed(all_changed(texts, rules.changes(figures, found)), texts, METHODS)
    wrong, others = rules.at_rules(figures, found, caught.value.faults)
    assert list(wrong) == [(0, name)]
    assert says in wrong[0, name]
    assert not set(wrong[0, name]) & {"_"}
    assert others == []
