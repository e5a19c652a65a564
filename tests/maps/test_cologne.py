"""Cologne's 86 Stadtteile from a real shapefile with its real figures: the proof on a city's own data.

Sources: City of Cologne, CC BY (KoelnAPI/data). Read in place, never copied.
"""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import shapely
import vl_convert

from indicators.attainment import METHODS
from indicators.boards.district_maps import atlas
from indicators.boards.map_slide import map_slide
from indicators.catalogue import Catalogue, load
from indicators.knowledge import boundaries, snapshot
from indicators.maps.boundaries import Span
from indicators.maps.hatching import polygon
from indicators.maps.matching import likeliest, match
from indicators.maps.reading import read_boundaries
from indicators.periods import Period

REAL = Path(__file__).parents[3] / "shared" / "real-data"
pytestmark = pytest.mark.skipif(
    not (REAL / "koeln_stadtteile").is_dir(), reason="../shared/real-data/koeln_stadtteile is not here"
)
FIGURES = {"einwohner": ("005", "10"), "mit_migrationshintergrund": ("030", "10")}
SOURCE = "Stadt Köln, CC BY"
DEFINITIONS = """
field: K
title: Köln
guiding_goals:
  - {code: K-1, title: Bekannt ist wer hier lebt., sub_goals: [{code: K-1.1, title: Anteil.}]}
base_figures:
  - {code: einwohner, title: Einwohner, unit: Personen, kind: stock, department: Amt, dimensions: [stadtteil]}
  - {code: mit_migrationshintergrund, title: Mit Migrationshintergrund, unit: Personen, kind: stock, department: Amt,
     dimensions: [stadtteil], suppress_below: 10}
indicators:
  - {code: K-01, title: Anteil mit Migrationshintergrund, goal: K-1.1, kind: context, unit: Prozent, direction: none,
     formula: 100 * mit_migrationshintergrund / einwohner, breakdowns: [stadtteil], definition: Anteil., source: Köln,
     decimals: 1}
"""


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    with (REAL / "koeln_bevoelkerung.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if (row["tab_id"], row["zei_id"].lstrip("0")) in FIGURES.values()]


@pytest.fixture(scope="module")
def small_city(table, tmp_path_factory) -> Catalogue:
    folder = tmp_path_factory.mktemp("koeln")
    names = {row["raum_id"]: row["raum"] for row in table if row["raum_id"] > "100"}
    members = [{"code": f"s{key}", "title": name, "synonyms": [key]} for key, name in sorted(names.items())]
    dimension = {"code": "stadtteil", "title": "Stadtteil", "role": "district", "complete": True, "members": members}
    (folder / "dimensions.yaml").write_text(json.dumps({"dimensions": [dimension]}), encoding="utf-8")
    (folder / "city.yaml").write_text("name: Köln\n", encoding="utf-8")
    (folder / "reporters.yaml").write_text("reporters: [{code: Amt, name: Amt für Statistik}]\n", encoding="utf-8")
    units = 'units: [{code: Personen, title: Personen}, {code: Prozent, title: Prozent, symbol: "%", percentage: true}]'
    (folder / "units.yaml").write_text(units, encoding="utf-8")
    (folder / "k.yaml").write_text(DEFINITIONS, encoding="utf-8")
    return load(folder, methods=METHODS)


@pytest.fixture(scope="module")
def file():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted((REAL / "koeln_stadtteile").iterdir()):
            archive.write(part, part.name)
    return read_boundaries(content.getvalue(), "koeln.zip")


def test_all_86_are_found_by_key_and_by_name_and_the_invalid_one_is_mended(file, small_city):
    dimension, span = small_city.dimensions["stadtteil"], Span(date(2005, 1, 1))
    for field in ("STT_NR", "STT_NAME"):
        found = match(file, dimension, field, span)
        assert len(found.shapes) == 86, field
        assert not {one.rule for one in found.findings} & {"map-strangers", "map-without-shape", "map-overlap"}
    mended = [one.message for one in file.findings if one.rule == "map-mended"]
    assert len(mended) == 1 and "Marienburg" in mended[0]
    assert "WGS_1984_UTM_Zone_32N" in file.projection
    assert {area.attributes["STT_NAME"] for area in file.areas} >= {"Dellbrück", "Höhenhaus"}
    assert all(shapely.is_valid(polygon(list(shape))) for shape in found.shapes.values())
    city = shapely.union_all([polygon(list(shape)) for shape in found.shapes.values()])
    assert city.area == pytest.approx(405e6, rel=0.01)  # Cologne has 405 km²


def test_the_share_of_migrants_as_maps_of_eight_years(file, small_city, table, store, deliver):
    rows = [
        (
            name,
            "Amt",
            row["jahr"],
            "" if row["raum_id"] == "000" else f"stadtteil=s{row['raum_id']}",
            float(row["zahl"]),
        )
        for name, (own, line) in FIGURES.items()
        for row in table
        if (row["tab_id"], row["zei_id"].lstrip("0")) == (own, line)
        and (row["raum_id"] == "000" or row["raum_id"] > "100")
    ]
    deliver(*rows, at=datetime(2013, 5, 1))
    dimension, span = small_city.dimensions["stadtteil"], Span(date(2005, 1, 1))
    shapes = match(file, dimension, likeliest(file, dimension), span).shapes
    boundaries.keep(store, "stadtteil", span, shapes, SOURCE, "Meter", ("koeln.zip", b"-"), "Kim", datetime(2013, 5, 2))
    known = snapshot.take(store, small_city, datetime(2013, 6, 1), suppressed=True)
    found = atlas(known, small_city.indicator("K-01"), boundaries.boundaries(store, datetime(2013, 6, 1)))
    assert [period.year for period in found.periods] == list(range(2012, 2004, -1))
    figure = found.map(Period.of_year(2010))
    shown = figure.texts().set_index("Stadtteil")
    assert len(shown) == 86 and shown.loc["Altstadt/Süd", "Wert"] == "30,0"  # 8.166 of 27.182
    assert SOURCE in figure.source
    several = found.maps(found.small_periods(Period.of_year(2012)))
    assert len(several.spec["concat"]) == 8
    assert len(json.dumps(figure.spec)) < 300_000 and len(json.dumps(several.spec)) < 500_000
    on_a_slide = map_slide(found)
    told = {term: len(said.split("; ")) for term, said in on_a_slide.lines}
    assert told == {"Karte": 1, "Stadt insgesamt": 1, "Höchste Werte": 3, "Niedrigste Werte": 3}
    assert len(on_a_slide.title) < 130
    drawn = vl_convert.vegalite_to_svg(json.dumps(figure.spec | {"width": 600}))
    assert drawn.count('aria-roledescription="Gebiet"') == 86
