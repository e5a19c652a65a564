"""What `check` demands so that small numbers can be protected; what was kept earlier is read all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators import observations
from indicators.attainment import METHODS
from indicators.catalogue import lint, load
from indicators.catalogue.ages import suggested_ages
from indicators.catalogue.schema import Dimension, Member
from indicators.commands.catalogue import check
from indicators.figures import words
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.suppression.ages import ages
from tests.suppression.catalogues import catalogue, figure, indicator

SPOKEN = {
    "unter 18 J.": (0, 18),
    "U18": (0, 18),
    "U 6": (0, 6),
    "65 plus": (65, inf),
    "65plus": (65, inf),
    "3- bis unter 6-Jährige": (3, 6),
    "15- bis 17-Jährige": (15, 18),
    "Minderjährige": None,
    "Jahrgang 5": None,
}


@pytest.mark.parametrize(("name", "span"), SPOKEN.items())
@pytest.mark.parametrize("dimension", ["Altersgruppe", "Wer kam"])
def test_names_only_suggest(name, span, dimension):
    member = Member(code="m", title=name)
    assert suggested_ages(Dimension(code="a", title=dimension, members=(member,)), member) == span


@pytest.mark.parametrize(("written", "span"), [([0, 18], (0, 18)), ([65, None], (65, inf)), ([], None)])
def test_what_is_written_counts(written, span):
    member = Member(code="m", title="unter 6 Jahren", ages=written)
    assert ages(Dimension(code="a", title="Altersgruppe", members=(member,)), member) == span


@pytest.mark.parametrize("wrong", [[18], [18, 0], [5, 5], [None, 3], ["0", "18"], 18, [0, 18, 65], [-1, 4], [0, True]])
def test_ages_are_two_ages(wrong):
    with pytest.raises(ValueError, match="zwei Alter"):
        Member(code="m", title="unter 6 Jahren", ages=wrong)


def found(folder: Path) -> list[str]:
    return [f"{fault.field}: {fault.message} {fault.remedy}" for fault in lint(folder, methods=METHODS)]


MEMBERS = "    members: [{{code: a, title: {}}}, {{code: b, title: Sonstige}}]\n"


@pytest.mark.parametrize(
    "name", ["unter 18 J.", "U18", "65 plus", "3- bis unter 6-Jährige", "Minderjährige", "20 Jahre"]
)
def test_ages_are_demanded_where_a_name_speaks_of_them(name):
    text = "dimensions:\n  - code: wer\n    title: Wer\n" + MEMBERS.format(f'"{name}"')
    faults = found(catalogue([figure("faelle")], [indicator("C-01", "faelle")], dimensions=text).folder)
    assert len(faults) == 1 and "ages" in faults[0] and name in faults[0]


def test_ages_are_demanded_of_every_member_of_a_dimension_of_ages_until_they_are_written():
    text = "dimensions:\n  - code: wer\n    title: Altersgruppe\n" + MEMBERS.format("Jugendliche")
    assert len(found(catalogue([figure("faelle")], [indicator("C-01", "faelle")], dimensions=text).folder)) == 2
    said = text.replace("title: Jugendliche", "title: Jugendliche, ages: [14, 18]")
    said = said.replace("title: Sonstige", "title: Sonstige, ages: []")
    assert not found(catalogue([figure("faelle")], [indicator("C-01", "faelle")], dimensions=said).folder)


@pytest.mark.parametrize("name", ["weiblich", "Stadtmitte", "ab 3 Stunden", "alternative Angebote"])
def test_other_names_need_no_ages(name):
    text = "dimensions:\n  - code: wer\n    title: Wer\n" + MEMBERS.format(name)
    assert not found(catalogue([figure("faelle")], [indicator("C-01", "faelle")], dimensions=text).folder)


def test_a_threshold_on_a_percentage_is_told_to_do_nothing():
    rate = "code: quote, title: Quote, unit: Prozent, kind: stock, reporters: [AWO], suppress_below: 5"
    faults = found(catalogue([rate], [indicator("C-01", "quote", unit="Prozent")]).folder)
    assert len(faults) == 1 and "base_figures.quote.suppress_below" in faults[0] and "nichts" in faults[0]
    assert not found(
        catalogue([rate.replace(", suppress_below: 5", "")], [indicator("C-01", "quote", unit="Prozent")]).folder
    )


SINCE = [figure("neu", kind="cumulative"), figure("alle", kind="cumulative"), figure("kurse", kind="flow")]
WAYS = {
    "neu": 1,
    "100 * neu / alle": 1,
    "kurse": 0,
    "neu, frequency: yearly": 0,
    "neu, frequency: half_yearly": 1,
    "neu, cumulative: since_january": 0,
    "neu, cumulative: single_period": 0,
    "100 * neu / kurse, cumulative: since_january": 1,
    "100 * neu / kurse, cumulative: single_period": 0,
    "kurse, cumulative: single_period": 1,
}


@pytest.mark.parametrize(("formula", "count"), WAYS.items())
def test_formulas_over_counts_since_january_say_which_they_mean(formula, count):
    unit = "Prozent" if "/" in formula else "Personen"
    faults = found(catalogue(SINCE, [indicator("C-01", formula, unit=unit)]).folder)
    assert len(faults) == count, faults
    assert all("indicators.C-01" in fault for fault in faults)


def test_a_derived_figure_s_counts_since_january_are_asked_for_too():
    folder = catalogue(SINCE, [indicator("C-01", "kurse")]).folder
    path = folder / "c_arbeit.yaml"
    text = path.read_text(encoding="utf-8").replace("formula: kurse", "formula: doppelt")
    derived = "derived_figures:\n  - {code: doppelt, title: Doppelt, formula: 2 * neu}\n"
    path.write_text(text.replace("indicators:", derived + "indicators:"), encoding="utf-8")
    assert [fault.partition(":")[0] for fault in found(folder)] == ["indicators.C-01.formula"]


def test_the_check_demands_and_reading_does_not():
    """Definitions that were kept before must stay readable; there the single period is meant, as it always was."""
    used = catalogue(SINCE, [indicator("C-01", "neu")])
    told = CliRunner().invoke(check, [str(used.folder)])
    assert told.exit_code == 1 and "since_january" in told.output
    assert observations.counts_alone(load(used.folder).indicator("C-01"), used.base_figure("neu"))


def test_c_04_shows_what_it_defines(store, deliver: Callable[..., object]):
    """40 of 100 since January, 34 of 50 in the quarter alone: the sample's definition speaks of since January."""
    used = load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS)
    numbers = {"2025-Q3": (50.0, 6.0), "2025-Q4": (100.0, 40.0)}
    for day, (quarter, (advised, placed)) in enumerate(numbers.items()):
        rows = [("jugendliche_beraten", advised), ("jugendliche_in_ausbildung", placed)]
        deliver(
            *((code, "FB 51", quarter, "einwanderungsgeschichte=mit", number) for code, number in rows),
            at=datetime(2026, 1, 10) + timedelta(days=day),
        )
    (series,) = observations.series(store, used, ("C-04",), datetime(2026, 2, 1))["C-04"]
    assert [round(point.value or 0, 1) for point in series.points] == [12.0, 40.0]
    assert used.counting_in_words(used.indicator("C-04")) == "Stand seit Jahresbeginn"
    assert not lint(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS)
    assert ("Zählweise", "Stand seit Jahresbeginn") in words.definition(used.indicator("C-04"), used)
