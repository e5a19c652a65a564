"""Small files of boundaries as cities hand them out, written here: four squares that share their borders."""

import io
import json
import struct
import zipfile
from itertools import pairwise

SQUARES = {"101": ("Nord/Ost", 1, 1), "102": ("Süd", 0, 0), "103": ("Süd-Ost", 1, 0), "104": ("Nord", 0, 1)}
"""By key the name, and how many squares east and north."""
Ring = list[tuple[float, float]]
UTM = 'PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["GCS_ETRS_1989"]]'


def square(column: float, row: float, side: float = 2000, left: float = 350_000, low: float = 5_640_000) -> Ring:
    """Clockwise, closed, with points between the corners."""
    x, y = left + column * side, low + row * side
    corners = [(x, y), (x, y + side), (x + side, y + side), (x + side, y)]
    ring: Ring = []
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        ring += [(ax + (bx - ax) * part / 4, ay + (by - ay) * part / 4) for part in range(4)]
    return [*ring, ring[0]]


def degrees(column: float, row: float) -> Ring:
    return square(column, row, 0.02, 6.95, 50.93)


BOW = [(350_000.0, 5_640_000.0), (352_000.0, 5_642_000.0), (352_000.0, 5_640_000.0), (350_000.0, 5_642_000.0),
       (350_000.0, 5_640_000.0)]  # fmt: skip
"""A square whose border crosses itself."""


def features(shape=square, squares=SQUARES, **more: Ring):
    rings = {key: more.get(f"s{key}") or shape(column, row) for key, (_, column, row) in squares.items()}
    return [
        {
            "type": "Feature",
            "properties": {"OBJECTID": number, "STT_NR": key, "STT_NAME": squares[key][0]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, (key, ring) in enumerate(rings.items(), 1)
    ]


def geojson(found=None, encoding: str = "utf-8", **more) -> bytes:
    whole = {"type": "FeatureCollection", "features": features() if found is None else found, **more}
    return json.dumps(whole, ensure_ascii=False).encode(encoding)


def topojson(quantised: bool = True) -> bytes:
    """Each square an arc of its own; the second one is walked backwards."""
    arcs, geometries = [], []
    for number, (key, (name, column, row)) in enumerate(SQUARES.items()):
        ring = square(column, row)
        if number == 1:
            ring = ring[::-1]
        if quantised:
            whole = [(round((x - 350_000) / 10), round((y - 5_640_000) / 10)) for x, y in ring]
            arc = [whole[0], *((bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole))]
        else:
            arc = ring
        arcs.append([list(point) for point in arc])
        turn = ~number if number == 1 else number
        geometries.append({"type": "Polygon", "arcs": [[turn]], "properties": {"nr": int(key), "name": name}})
    found = {"type": "Topology", "objects": {"stadtteile": {"type": "GeometryCollection", "geometries": geometries}}}
    if quantised:
        found["transform"] = {"scale": [10, 10], "translate": [350_000, 5_640_000]}
    return json.dumps(found | {"arcs": arcs}).encode()


def shp(rings: list[list[Ring]], kind: int = 5) -> bytes:
    """Polygons (5), with heights (15: the record is longer), or anything else by its number."""
    records = b""
    for number, own in enumerate(rings, 1):
        points = [point for ring in own for point in ring]
        starts, at = [], 0
        for ring in own:
            starts.append(at)
            at += len(ring)
        body = struct.pack("<i4d2i", kind, 0, 0, 0, 0, len(own), len(points))
        body += struct.pack(f"<{len(own)}i", *starts) + b"".join(struct.pack("<2d", *point) for point in points)
        if kind == 15:
            body += struct.pack(f"<2d{len(points)}d", 0, 0, *([7.0] * len(points)))
        records += struct.pack(">ii", number, len(body) // 2) + body
    return (
        struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(records)) // 2)
        + struct.pack("<2i8d", 1000, kind, *[0.0] * 8)
        + records
    )


def dbf(rows: list[tuple[str, str]], encoding: str = "latin-1", driver: int = 0) -> bytes:
    """A number and a name; a row whose number begins with * is marked as deleted."""
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name, kind, length, 0)
        for name, kind, length in ((b"NR", b"N", 6), (b"NAME", b"C", 20))
    )
    head = (
        struct.pack("<B3BIHH", 3, 126, 1, 1, len(rows), 32 + len(fields) + 1, 27)
        + bytes(17)
        + bytes([driver])
        + bytes(2)
    )
    body = b"".join(
        (b"*" if number.startswith("*") else b" ")
        + number.strip("*").rjust(6).encode() + name.encode(encoding).ljust(20)
        for number, name in rows
    )  # fmt: skip
    return head + fields + b"\r" + body + b"\x1a"


def zipped(**members: bytes) -> bytes:
    """`grenzen_shp` is „grenzen.shp“."""
    return packed({name.replace("_", "."): content for name, content in members.items()})


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in members.items():
            archive.writestr(name, inner)
    return content.getvalue()


def shapefile(encoding: str = "latin-1", kind: int = 5, prj: str = UTM, **more: bytes) -> bytes:
    rings = [[square(column, row)] for _, column, row in SQUARES.values()]
    rows = [(key, name) for key, (name, _, _) in SQUARES.items()]
    return zipped(st_shp=shp(rings, kind), st_dbf=dbf(rows, encoding), st_prj=prj.encode(), **more)
