"""The sample's workbooks hold the published figures, and nothing else."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.catalogue import Catalogue, load
from indicators.errors import MonitoringError
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.samples.workbooks import STAGED, Key, Value, read_figures, sample_workbooks, staged_workbooks
from indicators.templates.template import file_name, slots_of

PROJECT = Path(__file__).parents[2]
FIGURES = PROJECT / "data" / "samples" / "figures"
WORKBOOKS = PROJECT / "data" / "samples" / "workbooks"
SOURCE = PROJECT / ".." / "shared" / "real-data"

AREAS = {
    "niedersachsen": "Niedersachsen",
    "hannover": "dav. Hannover, Lhst.",
    "oldenburg": "Oldenburg (Oldb), Stadt",
    "osnabrueck": "Osnabrück, Stadt",
    "wolfsburg": "Wolfsburg, Stadt",
    "salzgitter": "Salzgitter, Stadt",
    "goettingen": "Göttingen",
    None: "Braunschweig, Stadt",
}
NATIONALITIES = {"auslaendisch": "Ausländerinnen und Ausländer", "deutsch": "Deutsche", None: "Insgesamt"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(PROJECT / "indicators" / "definitions")


@pytest.fixture(scope="module")
def figures() -> dict[Period, dict[Key, Value]]:
    return read_figures(FIGURES)


def cells(content: bytes) -> Iterator[tuple[Key, object]]:
    book = load_workbook(io.BytesIO(content))
    for slot in slots_of(book):
        if (value := book[slot.sheet][slot.cell].value) is not None:
            yield (slot.base_figure, slot.breakdown), value


def shipped(year: int, reporter: str) -> dict[Key, object]:
    return dict(cells((WORKBOOKS / file_name(Period.of_year(year), reporter)).read_bytes()))


@pytest.mark.slow
def test_the_workbooks_that_ship_hold_exactly_the_figures(
    catalogue: Catalogue, figures: dict[Period, dict[Key, Value]]
) -> None:
    found: dict[Period, dict[Key, object]] = {}
    for period in figures:
        for reporter in catalogue.reporters:
            path = WORKBOOKS / file_name(period, reporter)
            if path.exists():
                found.setdefault(period, {}).update(cells(path.read_bytes()))
    assert found == figures


def test_twenty_years_of_the_main_series(figures: dict[Period, dict[Key, Value]]) -> None:
    years = [period.year for period in sorted(figures)]
    assert years == list(range(2005, 2025))
    population = ("auslaendische_bevoelkerung", Breakdown())
    assert (figures[Period.of_year(2005)][population], figures[Period.of_year(2024)][population]) == (20275, 36380)


def test_at_least_fourteen_indicators_have_a_real_series(
    catalogue: Catalogue, figures: dict[Period, dict[Key, Value]]
) -> None:
    given = {code for values in figures.values() for code, _ in values}
    real = [i.code for i in catalogue.indicators.values() if set(i.expression.names) <= given]
    assert len(real) == 23
    assert len(catalogue.indicators) - len(real) >= 16  # and the others wait for their first delivery


def test_the_staged_mistakes_differ_from_the_true_workbooks(catalogue: Catalogue) -> None:
    mistakes = list(staged_workbooks(catalogue, FIGURES))
    assert len(mistakes) == len(STAGED) == 2
    assert all((WORKBOOKS / workbook.name).exists() for workbook in mistakes)
    first, wrong_year = (dict(cells(workbook.content)) for workbook in mistakes)
    right = shipped(2022, "FB 32")
    assert {key: (first[key], right[key]) for key in right if first[key] != right[key]} == {
        ("einbuergerungen", Breakdown()): (631, 613)
    }
    assert wrong_year == shipped(2023, "FB 51")


def test_made_anew_they_are_the_same_workbooks(catalogue: Catalogue) -> None:
    first = next(sample_workbooks(catalogue, FIGURES))
    again = next(sample_workbooks(catalogue, FIGURES))
    assert first == again
    assert (first.name, dict(cells(first.content))) == ("2005_Ref-0120.xlsx", shipped(2005, "Ref. 0120"))


def test_a_figure_given_twice_is_refused(tmp_path: Path) -> None:
    line = "kinder;2024;;1;\n"
    (tmp_path / "a.csv").write_text("# Quelle\nbase_figure;period;breakdown;value;sign\n" + line + line)
    with pytest.raises(MonitoringError, match="steht doppelt"):
        read_figures(tmp_path)


def test_signs_are_read_as_signs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("# Quelle\nbase_figure;period;breakdown;value;sign\nkinder;2024;;;.\n")
    assert read_figures(tmp_path) == {Period.of_year(2024): {("kinder", Breakdown()): Sign.UNKNOWN}}


def published(indicator: str, **wanted: str) -> dict[tuple[str, str, str], float]:
    """(year, area, nationality) → value as the office published it; areas by name, see decision 0202."""
    path = SOURCE / f"indicator_{indicator}.csv"
    if not path.exists():
        pytest.skip("the published figures are not on this machine (../shared/real-data)")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if all(row[name] == value for name, value in wanted.items())]
    return {
        (row["Year"], row["Gebietseinheit"], row.get("Nationalität", "Insgesamt")): float(row["Value"])
        for row in rows
        if row["Value"]
    }


U3 = "Kinder im Alter von unter 3 Jahren mit ausländischer Herkunft mindestens eines Elternteils"
UE3 = "Kinder im Alter von 3 bis unter 6 Jahren mit ausländischer Herkunft mindestens eines Elternteils"
ORIGIN = "ausländische Herkunft mindestens eines Elternteils"
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "auslaendische_bevoelkerung": ("1-2-1", {}),
    "auslaenderanteil_gemeldet": ("1-2-2", {}),
    "einbuergerungen": ("2-3-1", {}),
    "kita_herkunft": ("3-1-2", {"Kinderbetreuung": ORIGIN}),
    "kita_u3_herkunft": ("3-1-3", {"Kinderbetreuung": U3, "Units": "Anzahl"}),
    "kita_u3_anteil": ("3-1-3", {"Kinderbetreuung": U3, "Units": "%"}),
    "kita_ue3_anteil": ("3-1-3", {"Kinderbetreuung": UE3, "Units": "%"}),
    "schueler8_alle": ("4-1-1", {"Schulgliederung": "Insgesamt", "Units": "Anzahl"}),
    "schueler8_gymnasium": ("4-1-1", {"Schulgliederung": "Gymnasium", "Units": "Anzahl"}),
    "schueler8_hauptschule": ("4-1-1", {"Schulgliederung": "Hauptschule", "Units": "Anzahl"}),
    "schueler8_foerderschule": ("4-1-1", {"Schulgliederung": "Förderschule", "Units": "Anzahl"}),
    "abgaenge_ohne_abschluss": ("4-1-4", {"Units": "Prozent"}),
    "svb_auslaender": ("5-2-1", {"Geschlecht": "Insgesamt", "Units": "Anzahl"}),
    "svb_auslaenderinnen": ("5-2-1", {"Geschlecht": "Frauen", "Units": "Anzahl"}),
    "mindestsicherung_personen": ("6-2-1", {"Units": "Anzahl"}),
    "mindestsicherung_quote": ("6-2-1", {"Units": "Quote"}),
    "mindestsicherung_quote_unter_18": ("6-2-2", {"Altersgruppe": "im Alter bis unter 18 Jahren"}),
    "mindestsicherung_quote_18_unter_65": ("6-2-2", {"Altersgruppe": "im Alter von 18 bis unter 65 Jahren"}),
    "mindestsicherung_quote_ab_65": ("6-2-2", {"Altersgruppe": "im Alter von 65 Jahren und älter"}),
}


@pytest.mark.parametrize("figure", CASES)
def test_carried_over_as_published(figures: dict[Period, dict[Key, Value]], figure: str) -> None:
    office = published(CASES[figure][0], **CASES[figure][1])
    ours = {
        (str(period), AREAS[breakdown.get("gebiet")], NATIONALITIES[breakdown.get("herkunft")]): value
        for period, values in figures.items()
        for (code, breakdown), value in values.items()
        if code == figure
    }
    areas = set(AREAS.values())
    assert ours == {key: value for key, value in office.items() if key[1] in areas}


@pytest.mark.parametrize(
    ("indicator", "source", "wanted"),
    [("H-01", "2-3-3", {}), ("C-03", "5-2-1", {"Geschlecht": "Frauen", "Units": "Prozent"})],
)
def test_our_formula_gives_the_published_rate(
    catalogue: Catalogue,
    figures: dict[Period, dict[Key, Value]],
    indicator: str,
    source: str,
    wanted: dict[str, str],
) -> None:
    """The office's own rates from the same counts: naturalisations per 100 foreigners, women among employed."""
    expression = catalogue.indicator(indicator).expression
    compared = 0
    for (year, area, _), rate in published(source, **wanted).items():
        if area == "Braunschweig, Stadt":
            values = figures[Period.parse(year)]
            counts = {name: float(values[name, Breakdown()]) for name in expression.names}  # type: ignore[arg-type]
            assert expression.evaluate(counts) == pytest.approx(rate, abs=0.01), year
            compared += 1
    assert compared >= 14
