"""The map of an indicator: classes, hatchings, words, re-cut districts; and nothing that is kept from a viewer."""

import json
from datetime import date, datetime
from itertools import pairwise

import pytest
import vl_convert

from indicators.boards.district_maps import atlas
from indicators.exports import FORMATS
from indicators.figures.map_classes import COLOURS, classes
from indicators.knowledge import boundaries, snapshot
from indicators.maps.boundaries import Span
from indicators.periods import Period
from tests.maps.files import SQUARES, features, geojson
from tests.maps.installation import NOW

FORMER, BETWEEN, LATEST = (Period.of_year(year) for year in (2020, 2022, 2024))
SECRET = "3,8"  # 3 of 80 children


@pytest.fixture
def maps(store, known, small_city):
    def of(code: str = "B-01", *, suppressed: bool = True):
        return atlas(known(suppressed=suppressed), small_city.indicator(code), boundaries.boundaries(store, NOW))

    return of


def rows(spec: dict) -> dict[str, dict[str, str]]:
    """What is looked up for each district."""
    layer = spec["layer"][0]
    [found] = [step["from"]["data"]["values"] for step in layer["transform"] if "lookup" in step]
    return {row["name"]: row for row in found}


def test_classes_are_few_round_and_the_same_for_every_period(maps):
    found = maps()
    specs = [found.map(period).spec for period in (FORMER, BETWEEN, LATEST)]
    scales = [spec["layer"][0]["encoding"]["fill"]["scale"] for spec in specs]
    assert scales[0] == scales[1] == scales[2]
    assert 3 <= len(scales[0]["domain"]) <= 5
    small = found.maps(found.small_periods(LATEST)).spec
    assert {json.dumps(panel["layer"][0]["encoding"]["fill"]["scale"]) for panel in small["concat"]} == {
        json.dumps(scales[0])
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([12.0, 14.0, 17.0, 21.0, 24.0, 28.0, 33.0, 39.0],
         ("unter 15 %", "15 bis unter 25 %", "25 bis unter 35 %", "35 % und mehr")),
        ([5.0, 5.0, 5.0], ("alle Werte gleich",)),
        ([], ("alle Werte gleich",)),
        ([0.0, 10.0], ("unter 10 %", "10 % und mehr")),
        ([-4.0, -2.0, 1.0, 3.0], ("unter −2 %", "−2 bis unter 1 %", "1 bis unter 3 %", "3 % und mehr")),
    ],
)  # fmt: skip
def test_limits_of_classes(values, words):
    assert tuple(one.replace("\xa0", " ") for one in classes(values, 1, "%").words) == words


def test_a_value_is_in_the_class_of_the_number_that_is_shown():
    found = classes([12.0, 14.0, 17.0, 21.0, 24.0, 28.0, 33.0, 39.0], 1, "%")
    assert found.of(14.9) == 0 and found.of(15.0) == 1


def test_colours_get_darker_step_by_step_also_in_grey():
    def lightness(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 116 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3) - 16

    steps = [lightness(one) for one in COLOURS]
    assert all(light - dark > 10 for light, dark in pairwise(steps)), steps
    assert steps[0] < 95


def test_a_district_without_a_number_is_hatched_in_every_form_and_its_value_is_nowhere(maps):
    figure = maps().map(FORMER)
    row = rows(figure.spec)["Süd"]
    assert (row["class"], row["hatch"]) == ("", "unbekannt oder geheim zu halten")
    assert "Süd: keine Zahl" in row["said"]
    hatched = [one for one in figure.spec["data"]["values"] if one["kind"] == row["hatch"]]
    assert "sued" in {one["code"] for one in hatched} and all(one["geometry"]["coordinates"] for one in hatched)
    table = figure.texts().set_index("Stadtteil")
    assert table.loc["Süd", "Wert"] == "."
    assert table.loc["Süd", "Klasse"] == "schraffiert: unbekannt oder geheim zu halten"
    assert "Süd" in figure.alt.split("schraffiert: ")[1]
    svg = vl_convert.vegalite_to_svg(json.dumps(figure.spec | {"width": 500}))
    assert "unbekannt oder geheim zu halten" in svg
    for written in (json.dumps(figure.spec), svg, figure.frame.to_csv(), figure.alt, figure.note):
        assert SECRET not in written and "3.75" not in written
    files = {name: one.render([figure]) for name, one in FORMATS.items() if one.suits([figure])}
    assert set(files) == {"xlsx", "csv", "csv-machine", "png", "svg"}
    assert not [name for name, content in files.items() if b"3,8" in content or b"3.75" in content]


def test_small_maps_and_their_words_keep_the_same_silence(maps):
    found = maps()
    periods = found.small_periods(LATEST)
    assert periods == (FORMER, BETWEEN, LATEST)
    figure, small = found.maps(periods), found.small(periods)
    assert figure.texts().set_index("Stadtteil").loc["Süd"].tolist() == [".", "37,5", ""]
    assert "Süd" in small[0].alt
    for written in (json.dumps(figure.spec), *(one.svg + one.alt for one in small)):
        assert SECRET not in written and "3.75" not in written


def test_the_office_sees_the_value_that_it_may_see(maps):
    assert maps(suppressed=False).map(FORMER).texts().set_index("Stadtteil").loc["Süd", "Wert"] == SECRET


def test_every_district_is_described_in_words_of_its_own(maps):
    svg = vl_convert.vegalite_to_svg(json.dumps(maps().map(LATEST).spec | {"width": 500}))
    for said in ("Nord/Ost: 50,0", "Nord: 30,0", "Süden: 55,9"):
        assert f'aria-label="{said}' in svg
    assert 'aria-roledescription="Gebiet"' in svg


def test_each_period_has_the_districts_and_the_boundaries_of_its_time(maps):
    found = maps()
    assert set(rows(found.map(BETWEEN).spec)) == {"Nord/Ost", "Süd", "Süd-Ost", "Nord"}
    assert set(rows(found.map(LATEST).spec)) == {"Nord/Ost", "Nord", "Süden"}
    assert "Zuschnitt" in found.maps(found.small_periods(LATEST)).note
    assert "Grenzen: Musterstadt, CC BY 4.0" in found.map(LATEST).source


def test_a_district_without_boundaries_stands_in_the_table_and_is_told(store, small_city, told, bring):
    bring(geojson(features(squares={key: SQUARES[key] for key in ("101", "103", "104")})), Span(date(2015, 1, 1)))
    seen = snapshot.take(store, small_city, datetime(2026, 2, 1), suppressed=True)
    figure = atlas(seen, small_city.indicator("B-01"), boundaries.boundaries(store, NOW)).map(BETWEEN)
    assert "keine Grenze bekannt ist: Süd." in figure.note
    assert "nicht gezeichnet" in figure.texts().set_index("Stadtteil").loc["Süd", "Klasse"]
    assert set(rows(figure.spec)) == {"Nord/Ost", "Süd-Ost", "Nord"}


def test_counts_never_come_onto_the_map_and_it_is_said_why(maps):
    for code in ("B-02", "B-03"):
        found = maps(code)
        assert not found.periods and "nur Anteile und Raten" in found.missing
    assert maps("B-04").periods  # children for each child in day care: no unit says so, the formula does
    assert maps("B-05") is None


def test_without_boundaries_it_is_said_who_brings_them(known, small_city):
    found = atlas(known(), small_city.indicator("B-01"), ())
    assert not found.periods and "noch keine Grenzen" in found.missing


def test_boundaries_of_another_time_are_no_map(store, small_city, told, bring):
    bring(geojson(), Span(date(1990, 1, 1), date(1999, 12, 31)))
    seen = snapshot.take(store, small_city, datetime(2026, 2, 1), suppressed=True)
    found = atlas(seen, small_city.indicator("B-01"), boundaries.boundaries(store, NOW))
    assert not found.periods and "Für die Zeit" in found.missing
