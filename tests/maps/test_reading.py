"""Files of boundaries as they come: every format gives the same squares, every fault a sentence and what helps."""

import json
import struct

import pytest

from indicators.maps.reading import read_boundaries
from indicators.workbooks.gate import WorkbookRejected
from tests.maps.files import (
    BOW,
    SQUARES,
    dbf,
    degrees,
    features,
    geojson,
    packed,
    shapefile,
    shp,
    square,
    topojson,
    zipped,
)


def told(file, code: str) -> list[str]:
    return [one.message for one in file.findings if one.rule == code]


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(WorkbookRejected) as caught:
        read_boundaries(content, "grenzen")
    assert caught.value.finding.remedy
    return caught.value.finding.rule, caught.value.finding.message


def sizes(file) -> list[tuple[int, int]]:
    """Width and height of each area in metres."""
    found = []
    for area in file.areas:
        points = [point for rings in area.polygons for point in rings[0]]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        found.append((round(max(xs) - min(xs)), round(max(ys) - min(ys))))
    return found


@pytest.mark.parametrize(
    "content",
    [
        geojson(),
        geojson(encoding="utf-8-sig"),
        topojson(),
        topojson(quantised=False),
        shapefile(),
        shapefile(kind=15),
        packed({"daten/stadt.geojson": geojson(), "__MACOSX/._stadt.geojson": b"x"}),
    ],
    ids=["geojson", "bom", "topojson", "topojson-plain", "shapefile", "shapefile-z", "zipped-geojson"],
)
def test_every_format_gives_the_same_squares_with_their_keys_and_names(content):
    file = read_boundaries(content, "grenzen")
    keys = [
        "".join(text for name, text in area.attributes.items() if name.upper().endswith("NR")) for area in file.areas
    ]
    assert keys == list(SQUARES)
    names = [next(text for name, text in area.attributes.items() if "NAME" in name.upper()) for area in file.areas]
    assert names == [name for name, _, _ in SQUARES.values()]
    assert sizes(file) == [(2000, 2000)] * 4


def test_what_stands_between_corners_goes_and_shared_borders_stay_shared():
    file = read_boundaries(geojson(), "grenzen")
    corners = [{tuple(point) for rings in area.polygons for point in rings[0]} for area in file.areas]
    assert all(len(own) == 4 for own in corners)
    assert len(set.union(*corners)) == 9
    assert told(file, "map-simplified") == ["4 Flächen mit 68 Punkten, vereinfacht auf 20."]


def test_the_projection_is_told_and_degrees_become_metres():
    metres = read_boundaries(shapefile(), "grenzen")
    assert "ETRS_1989_UTM_Zone_32N" in told(metres, "map-projection")[0]
    file = read_boundaries(geojson(features(degrees)), "grenzen")
    assert "Grade" in told(file, "map-projection")[0]
    wide, high = sizes(file)[0]
    assert (high, wide) == (pytest.approx(2224, abs=3), pytest.approx(1401, abs=3))  # 0,02° at 50,95° north
    turned = [[(y, x) for x, y in one["geometry"]["coordinates"][0]] for one in features(degrees)]
    swapped = features(degrees)
    for one, ring in zip(swapped, turned, strict=True):
        one["geometry"]["coordinates"] = [ring]
    again = read_boundaries(geojson(swapped), "grenzen")
    assert "getauscht" in told(again, "map-projection")[0]
    assert sizes(again)[0] == (wide, high)


def test_degrees_far_from_here_are_told():
    away = features(lambda column, row: square(column, row, 0.02, -73.9, 40.7))
    assert "nicht in Deutschland" in told(read_boundaries(geojson(away), "grenzen"), "map-elsewhere")[0]


def test_an_invalid_area_is_mended_and_told():
    file = read_boundaries(geojson(features(s102=BOW)), "grenzen")
    assert "„2 102“" in told(file, "map-mended")[0] and "überschneidet sich" in told(file, "map-mended")[0]
    assert all(area.polygons for area in file.areas)


def test_a_hole_stays_a_hole_whichever_way_its_ring_runs():
    inner = [(x, y) for x, y in square(0.25, 0.25, 1000, 350_250, 5_640_250)]
    for hole in (inner, inner[::-1]):
        rings = [[square(0, 0), hole], [square(1, 0)]]
        content = zipped(a_shp=shp(rings), a_dbf=dbf([("1", "A"), ("2", "B")]), a_prj=b"")
        [[outer, found]] = read_boundaries(content, "grenzen").areas[0].polygons
        assert len(outer) == len(found) == 5


def test_umlauts_are_read_whatever_the_table_says_of_itself():
    said = [("latin-1", b""), ("utf-8", b""), ("utf-8", b"UTF-8"), ("latin-1", b"1252"), ("latin-1", b"UTF-8"),
            ("latin-1", b"unfug")]  # fmt: skip
    for encoding, cpg in said:
        file = read_boundaries(shapefile(encoding, **({"st_cpg": cpg} if cpg else {})), "grenzen")
        assert file.areas[1].attributes["NAME"] == "Süd", (encoding, cpg)
    assert told(read_boundaries(shapefile("latin-1"), "grenzen"), "map-encoding")
    assert read_boundaries(geojson(encoding="latin-1"), "g").areas[1].attributes["STT_NAME"] == "Süd"


def test_rows_that_are_marked_as_deleted_and_entries_without_an_area_are_left_out():
    rings = [[square(column, row)] for _, column, row in SQUARES.values()]
    rows = [("101", "A"), ("*102", "weg"), ("103", "C"), ("104", "D")]
    file = read_boundaries(zipped(a_shp=shp(rings), a_dbf=dbf(rows)), "grenzen")
    assert [area.attributes["NAME"] for area in file.areas] == ["A", "C", "D"]
    empty = [*features(), {"type": "Feature", "properties": {"name": "Punkt"}, "geometry": None}]
    assert told(read_boundaries(geojson(empty), "grenzen"), "map-no-area")


def test_areas_that_cover_each_other_are_named():
    twice = features(s102=square(0.8, 0))
    assert "„Süd“ und „Süd-Ost“" in told(read_boundaries(geojson(twice), "grenzen"), "map-overlap")[0]


def test_what_is_no_boundary_is_refused_by_its_name():
    assert refused(b"<?xml version='1.0'?><kml/>") == (
        "map-format",
        "Die Datei enthält keine Grenzen, die gelesen werden; der Inhalt sieht nach „KML, GML oder anderes XML“ aus.",
    )
    assert "GeoPackage" in refused(b"SQLite format 3\0")[1]
    assert "einzelnes .shp" in refused(shp([[square(0, 0)]]))[1]
    assert refused(b"  ")[0] == "map-damaged"
    assert refused(b'{"type": "FeatureCollection", "features": [')[0] == "map-damaged"
    assert refused(b"[1, 2]")[0] == "map-format"
    assert refused(b'{"name": "Konto"}')[0] == "map-format"
    assert refused(b"[" * 100_000)[0] == "map-damaged"
    lines = [{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}]
    assert "keine Flächen" in refused(geojson(lines))[1]
    assert refused(geojson([{**features()[0], "geometry": {"type": "Polygon"}}]))[0] == "map-damaged"
    assert (
        refused(
            json.dumps({"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [[9]]}}, "arcs": []}).encode()
        )[0]
        == "map-damaged"
    )
    nan = geojson().replace(b"350000.0", b"NaN", 1)
    assert refused(nan)[0] == "map-damaged"


def test_zips_that_are_not_what_they_should_be_are_refused():
    rings, rows = [[square(0, 0)]], [("1", "A")]
    assert "fehlt die Datei .dbf" in refused(zipped(a_shp=shp(rings)))[1]
    assert "kein Shapefile" in refused(zipped(a_txt=b"x"))[1]
    assert "mehrere Karten" in refused(zipped(a_shp=shp(rings), a_dbf=dbf(rows), b_shp=shp(rings), b_dbf=dbf(rows)))[1]
    assert "Punkte oder Linien" in refused(zipped(a_shp=shp(rings, 3), a_dbf=dbf(rows)))[1]
    assert "2 Zeilen" in refused(zipped(a_shp=shp(rings), a_dbf=dbf([*rows, *rows])))[1]
    assert refused(packed({"../a.shp": shp(rings), "a.dbf": dbf(rows)}))[1].endswith("unzulässige Pfade.")
    assert refused(zipped(a_shp=shp(rings)[:150], a_dbf=dbf(rows)))[0] == "map-damaged"
    assert refused(zipped(a_shp=shp(rings), a_dbf=dbf(rows)[:40]))[0] == "map-damaged"
    assert refused(shapefile()[:-200])[0] == "map-damaged"
    lying = bytearray(shp(rings))
    lying[108 + 40 : 108 + 44] = struct.pack("<i", 2**30)  # says a thousand million points
    assert refused(zipped(a_shp=bytes(lying), a_dbf=dbf(rows)))[0] == "map-damaged"


def test_what_is_too_large_is_refused_before_it_is_unpacked():
    assert refused(packed({"a.shp": b"\0" * (61 << 20), "a.dbf": b""}))[0] == "map-too-large"
    assert refused(packed({f"{number}.txt": b"" for number in range(201)}))[0] == "map-too-large"
    assert refused(b"{" + b" " * (10 << 20))[0] == "map-too-large"
    many = features()[:1] * 2001
    assert "2001 Gebiete" in refused(geojson(many))[1]
