"""What a good folder becomes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from indicators.catalogue import Frequency, GapMode, lint, load
from indicators.catalogue.frequency import coarsest
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

Change = Callable[..., Path]


def test_look_ups(folder: Path) -> None:
    catalogue = load(folder)
    assert catalogue.city.name == "Musterstadt"
    assert catalogue.indicator("B-01").field == "B"
    assert [found.code for found in catalogue.indicators_of("B")] == ["B-01"]
    assert [found.code for found in catalogue.indicators_for("B-1.1")] == ["B-01"]
    assert [found.code for found in catalogue.indicators_from("kinder_u3")] == ["B-01"]
    assert [figure.code for figure in catalogue.base_figures_of("AWO")] == ["betreut_u3", "stunden"]
    assert catalogue.unit_of(catalogue.indicator("B-01")).symbol == "%"
    assert catalogue.goal_title("B-1.1") == "Die Betreuungsquote steigt."
    with pytest.raises(KeyError):
        catalogue.indicator("Z-99")


def test_breakdowns_are_laid_out_in_full(folder: Path) -> None:
    codes = [found.code for found in load(folder).breakdowns_of("betreut_u3")]
    assert codes == [
        "",
        "herkunft=deutsch",
        "herkunft=auslaendisch",
        "geschlecht=weiblich;herkunft=deutsch",
        "geschlecht=maennlich;herkunft=deutsch",
        "geschlecht=weiblich;herkunft=auslaendisch",
        "geschlecht=maennlich;herkunft=auslaendisch",
        "gebiet=land",
    ]


def test_without_breakdowns_total_and_each_dimension(folder: Path) -> None:
    assert load(folder).base_figure("kinder_u3").breakdowns == ((), ("herkunft",), ("geschlecht",), ("gebiet",))


def test_titles_of_breakdowns(folder: Path) -> None:
    catalogue = load(folder)
    assert catalogue.title_of(Breakdown()) == "Insgesamt"
    both = Breakdown.of(geschlecht="weiblich", herkunft="auslaendisch")
    assert catalogue.title_of(both) == "Ausländerinnen und Ausländer, weiblich"
    for unknown in (Breakdown.of(herkunft="mars"), Breakdown.of(mond="mars")):
        with pytest.raises(KeyError):
            catalogue.title_of(unknown)


def test_the_rule_is_ready_for_attainment(folder: Path) -> None:
    assert load(folder).indicator("B-01").rules == (
        TargetRule(
            method="linear_path",
            direction=Direction.UP,
            baseline=Point.of(2019, 24),
            targets=(Point.of(2024, 30), Point.of(2028, 36)),
            breaks=(Period.of_year(2022),),
            percentage=True,
        ),
    )


def test_several_targets_with_methods_of_their_own(change: Change) -> None:
    further = """\
    further_rules:
      - title: Abstand
        method: gap
        direction: down
        targets: [{period: 2028, value: 2}]
        gap: {dimension: herkunft, of: auslaendisch, against: deutsch}
    breaks:"""
    indicator = load(change("    breaks:", further)).indicator("B-01")
    own, gap = indicator.rules
    assert own.method == "linear_path"
    assert (gap.method, gap.direction, gap.gap, gap.percentage) == ("gap", Direction.DOWN, "difference", False)
    written = indicator.rule_definitions[1]
    assert (written.title, written.gap.mode if written.gap else None) == ("Abstand", GapMode.DIFFERENCE)


def test_an_indicator_without_target_is_only_watched(change: Change) -> None:
    change("    baseline: {period: 2019, value: 24.0}\n", "")
    folder = change("    targets: [{period: 2024, value: 30.0}, {period: 2028, value: 36.0}]\n", "")
    indicator = load(folder).indicator("B-01")
    assert (indicator.judged, indicator.rules, indicator.rule_definitions) == (False, (), ())


def test_a_method_alone_is_a_target(change: Change) -> None:
    change("    baseline: {period: 2019, value: 24.0}\n", "")
    folder = change("targets: [{period: 2024, value: 30.0}, {period: 2028, value: 36.0}]", "method: direction")
    assert [rule.method for rule in load(folder).indicator("B-01").rules] == ["direction"]


def test_only_counts_add_up(folder: Path) -> None:
    units = load(folder).units
    assert {code: unit.adds_up for code, unit in units.items()} == {
        "Anzahl": True,
        "Stunden": True,
        "Prozent": False,
        "je Stelle": False,
    }


def test_derived_figures_are_expanded_to_delivered_ones(change: Change) -> None:
    change("formula: 100 * betreut_u3 / kinder_u3", "formula: 100 * betreut_u3 / alle")
    folder = change(
        "indicators:\n",
        "derived_figures:\n  - {code: alle, title: Alle, formula: doppelt - kinder_u3}\n"
        "  - {code: doppelt, title: Doppelt, formula: 2 * kinder_u3}\nindicators:\n",
    )
    expression = load(folder).indicator("B-01").expression
    assert expression.names == ("betreut_u3", "kinder_u3")
    assert expression.evaluate({"betreut_u3": 30, "kinder_u3": 120}) == 25.0


def test_version_follows_content_and_not_line_ends(folder: Path) -> None:
    before = load(folder).version
    assert len(before) == 12
    path = folder / "b_bildung.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).version == before
    path.write_text(path.read_text(encoding="utf-8") + "# ein Hinweis\n", encoding="utf-8")
    assert load(folder).version != before


def test_a_loaded_entry_cannot_be_changed(folder: Path) -> None:
    with pytest.raises(ValidationError):
        load(folder).indicator("B-01").title = "anders"  # type: ignore[misc]


def test_decomposed_umlauts_are_the_same_text(change: Change) -> None:
    folder = change("Ausländerinnen und Ausländer", "Ausla\u0308nderinnen und Ausla\u0308nder", "dimensions")
    assert load(folder).title_of(Breakdown.of(herkunft="auslaendisch")) == "Ausländerinnen und Ausländer"


def test_a_file_saved_by_windows_notepad(folder: Path) -> None:
    path = folder / "b_bildung.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert lint(folder) == []


@pytest.mark.parametrize(
    ("frequency", "day", "period"),
    [
        (Frequency.MONTHLY, date(2026, 9, 30), Period.month(2026, 9)),
        (Frequency.QUARTERLY, date(2026, 9, 30), Period.quarter(2026, 3)),
        (Frequency.QUARTERLY, date(2026, 10, 1), Period.quarter(2026, 4)),
        (Frequency.HALF_YEARLY, date(2026, 6, 30), Period.half(2026, 1)),
        (Frequency.HALF_YEARLY, date(2026, 7, 1), Period.half(2026, 2)),
        (Frequency.YEARLY, date(2026, 12, 31), Period.of_year(2026)),
        (Frequency.SCHOOL_YEAR, date(2026, 7, 31), Period.school_year(2025)),
        (Frequency.SCHOOL_YEAR, date(2026, 8, 1), Period.school_year(2026)),
    ],
)
def test_the_period_of_a_day(frequency: Frequency, day: date, period: Period) -> None:
    found = frequency.period_of(day)
    assert found == period
    assert found.start <= day <= found.end
    assert frequency.covers(found)


def test_the_coarsest_frequency() -> None:
    assert coarsest((Frequency.MONTHLY, Frequency.YEARLY, Frequency.QUARTERLY)) is Frequency.YEARLY
    assert coarsest((Frequency.MONTHLY, Frequency.QUARTERLY)) is Frequency.QUARTERLY
    assert coarsest((Frequency.MONTHLY, Frequency.SCHOOL_YEAR)) is Frequency.SCHOOL_YEAR
    assert coarsest((Frequency.YEARLY, Frequency.SCHOOL_YEAR)) is None
