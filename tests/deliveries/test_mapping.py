"""Labels to meanings: exact, by synonym, suggested, confirmed, and what drifts."""

from types import SimpleNamespace

import pytest

from indicators.deliveries.crosstab import tabulate
from indicators.deliveries.mapping import (
    NOTHING,
    TOTAL,
    Layout,
    Meaning,
    MeaningKind,
    confirm,
    drift,
    fingerprint,
    propose,
    to_observations,
    vocabulary,
)
from indicators.deliveries.workbook import Cell, Sheet
from indicators.model import Breakdown, Sign
from indicators.periods import Period

WOMEN = Meaning(MeaningKind.MEMBER, "weiblich", "geschlecht")
MEN = Meaning(MeaningKind.MEMBER, "maennlich", "geschlecht")
CENTRE = Meaning(MeaningKind.MEMBER, "mitte", "stadtteil")
NORTH = Meaning(MeaningKind.MEMBER, "nord", "stadtteil")


def member(code, title, *synonyms):
    return SimpleNamespace(code=code, title=title, synonyms=synonyms)


CATALOGUE = SimpleNamespace(
    base_figures={"kinder_u3": SimpleNamespace(code="kinder_u3", title="Kinder unter 3 Jahren")},
    dimensions={
        "geschlecht": SimpleNamespace(
            code="geschlecht",
            title="Geschlecht",
            members=(member("weiblich", "weiblich", "Frauen", "Mädchen"), member("maennlich", "männlich", "Männer")),
        ),
        "stadtteil": SimpleNamespace(
            code="stadtteil", title="Stadtteil", members=(member("mitte", "Mitte"), member("nord", "Nord"))
        ),
        "lage": SimpleNamespace(code="lage", title="Lage", members=(member("n", "Nord"),)),
    },
)


def sheet(*rows):
    cells = {
        (down, right): Cell(down, right, float(value) if isinstance(value, int) else value)
        for down, row in enumerate(rows, 1)
        for right, value in enumerate(row, 1)
        if value is not None
    }
    return Sheet("Tabelle", cells)


def table(*rows):
    (found,) = tabulate(sheet(("Stadtteil", "Jahr", "Frauen", "Männer"), *rows))
    return found


DECIDED = {"Mitte": CENTRE, "Nord": NORTH, "Frauen": WOMEN, "Männer": MEN}
FIRST = (("Mitte", 2019, 10, "-"), ("Nord", 2019, 30, "(4,5)"))


@pytest.mark.parametrize(
    ("label", "meaning"),
    [("Frauen", WOMEN), ("MÄDCHEN", WOMEN), ("Insgesamt", TOTAL), ("davon", NOTHING), ("Stadtteil", NOTHING),
     ("Kinder unter 3 Jahren", Meaning(MeaningKind.FIGURE, "kinder_u3"))],
)  # fmt: skip
def test_titles_and_synonyms_are_exact(label, meaning):
    assert propose(label, vocabulary(CATALOGUE)).meaning == meaning


def test_two_meanings_are_asked_and_a_confirmation_settles_them():
    asked = propose("Nord", vocabulary(CATALOGUE))
    assert asked.meaning is None
    assert {meaning.dimension for meaning, _, _ in asked.suggestions} == {"stadtteil", "lage"}
    assert propose("Nord", vocabulary(CATALOGUE, {"Nord": NORTH})).meaning == NORTH


def test_near_texts_are_suggestions_and_never_meanings():
    proposal = propose("Kinder unter drei Jahren", vocabulary(CATALOGUE))
    assert proposal.meaning is None
    assert proposal.suggestions[0][0] == Meaning(MeaningKind.FIGURE, "kinder_u3")


def test_the_fingerprint_survives_a_new_year_and_footnotes_but_not_a_new_column():
    first = table(*FIRST)
    assert fingerprint(first) == fingerprint(table(*FIRST, ("Mitte", 2020, 11, 12)))
    (renamed,) = tabulate(sheet(("Stadtteil", "Jahr 1)", "Frauen2)", "Männer"), *FIRST))
    assert fingerprint(renamed) == fingerprint(first)
    (wider,) = tabulate(sheet(("Stadtteil", "Jahr", "Frauen", "Männer", "divers"), ("Mitte", 2019, 1, 2, 3)))
    assert fingerprint(wider) != fingerprint(first)


def test_cells_become_observations_with_signs_and_places():
    first = table(*FIRST)
    observations, findings = to_observations(first, confirm(first, DECIDED, "kinder_u3"), "FB 51")
    assert findings == []
    by_place = {observation.place.cell: observation for observation in observations}
    assert by_place["C2"].value == 10
    assert by_place["C2"].breakdown == Breakdown.of(geschlecht="weiblich", stadtteil="mitte")
    assert by_place["C2"].period == Period.of_year(2019)
    assert (by_place["D2"].value, by_place["D2"].sign) == (None, Sign.NOTHING)
    assert (by_place["D3"].value, by_place["D3"].sign) == (4.5, Sign.LIMITED)


def test_a_renamed_label_is_drift_and_an_error_not_a_new_series():
    layout = confirm(table(*FIRST), DECIDED, "kinder_u3")
    later = table(("Mitte", 2020, 11, 12), ("Nordstadt", 2020, 13, 14))
    assert (drift(layout, later).new, drift(layout, later).gone) == (("Nordstadt",), ("Nord",))
    observations, findings = to_observations(later, layout, "FB 51")
    assert [observation.place.cell for observation in observations] == ["C2", "D2"]
    assert [finding.rule for finding in findings] == ["unknown-label"]


def test_doubtful_cells_wait_for_a_person():
    doubtful = table(("Mitte", 2019, "1.234", 12), ("Nord", 2019, 30, 40))
    layout = confirm(doubtful, DECIDED, "kinder_u3")
    observations, findings = to_observations(doubtful, layout, "FB 51")
    assert len(observations) == 3
    assert [finding.rule for finding in findings] == ["doubt"]
    assert len(to_observations(doubtful, layout, "FB 51", ["C2"])[0]) == 4


def test_without_a_figure_nothing_is_taken_over():
    first = table(*FIRST)
    observations, findings = to_observations(first, confirm(first, DECIDED), "FB 51")
    assert observations == []
    assert {finding.rule for finding in findings} == {"no-figure"}


def test_layouts_are_stored_as_json():
    layout = confirm(table(*FIRST), DECIDED, "kinder_u3")
    assert Layout.from_json(layout.to_json()) == layout
