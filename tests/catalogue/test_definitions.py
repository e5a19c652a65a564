"""The definitions that ship: what the sample installation promises."""

from collections import Counter
from pathlib import Path

import pytest

from indicators.catalogue import Catalogue, FieldKind, lint, load

DEFINITIONS = Path(__file__).parents[2] / "indicators" / "definitions"
METHODS = {"linear_path", "maintain", "threshold", "band", "direction", "gap", "dns_trend", "eurostat_cagr"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DEFINITIONS)


def test_no_faults() -> None:
    assert lint(DEFINITIONS, METHODS) == []


def test_two_overarching_fields_come_first_then_a_to_h(catalogue: Catalogue) -> None:
    assert [field.code for field in catalogue.fields] == ["S", "V", *"ABCDEFGH"]
    assert [field.kind for field in catalogue.fields].count(FieldKind.OVERARCHING) == 2


def test_every_field_has_three_indicators_and_says_what_changes_before_what_is_done(catalogue: Catalogue) -> None:
    for field in catalogue.fields:
        kinds = [indicator.kind.value for indicator in catalogue.indicators_of(field.code)]
        assert len(kinds) >= 3, field.code
        assert kinds[0] in ("impact", "outcome"), field.code
        assert kinds == sorted(kinds, key=lambda kind: kind == "output"), field.code
    counted = Counter(indicator.kind.value for indicator in catalogue.indicators.values())
    assert counted["impact"] + counted["outcome"] > 2 * counted["output"]


def test_every_sub_goal_is_measured(catalogue: Catalogue) -> None:
    goals = [goal for field in catalogue.fields for guiding in field.guiding_goals for goal in guiding.sub_goals]
    assert [goal.code for goal in goals if not catalogue.indicators_for(goal)] == []


def test_every_base_figure_feeds_an_indicator(catalogue: Catalogue) -> None:
    unused = [code for code in catalogue.base_figures if not catalogue.indicators_from(code)]
    assert unused == []


def test_every_method_is_shown_at_work(catalogue: Catalogue) -> None:
    used = {rule.method for indicator in catalogue.indicators.values() for rule in indicator.rules}
    assert used == METHODS


def test_every_target_value_says_that_it_is_an_example(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        if indicator.targets or indicator.baseline or indicator.low is not None or indicator.further_rules:
            assert indicator.example_target, indicator.code


def test_every_figure_of_the_statistical_office_names_its_source(catalogue: Catalogue) -> None:
    public = [figure for figure in catalogue.base_figures.values() if "gebiet" in figure.dimensions]
    assert len(public) >= 20
    for figure in public:
        assert figure.source.startswith("© Landesamt für Statistik Niedersachsen"), figure.code
        for indicator in catalogue.indicators_from(figure.code):
            assert indicator.source.startswith("© Landesamt für Statistik Niedersachsen"), indicator.code


def test_sheets_of_a_template_have_one_frequency(catalogue: Catalogue) -> None:
    """Figures of one family and reporter that are due together stand on one sheet; others would vanish from it."""
    for reporter in catalogue.reporters:
        for family in {figure.sheet for figure in catalogue.base_figures_of(reporter)}:
            figures = [figure for figure in catalogue.base_figures_of(reporter) if figure.sheet == family]
            assert len({figure.frequency for figure in figures}) == 1, (reporter, family)
