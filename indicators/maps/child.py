"""The child process that opens a file of boundaries: bytes on stdin, JSON on stdout, nothing else touched.

Started by `reading.read_boundaries` as `python -m indicators.maps.child`, under the limits that workbooks have.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from indicators.maps import geojson, shapefile
from indicators.maps.refusing import as_json, damaged, no_boundaries
from indicators.maps.surveying import survey
from indicators.workbooks import limits
from indicators.workbooks.gate import WorkbookRejected

OTHERS = (
    (b"\x00\x00\x27\x0a", "ein einzelnes .shp ohne die Dateien, die dazugehören"),
    (b"SQLite format 3", "GeoPackage (.gpkg)"),
    (b"<", "KML, GML oder anderes XML"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
)


def main() -> int:
    limits.apply()
    content = sys.stdin.buffer.read()
    try:
        answer = read(content)
    except WorkbookRejected as rejection:
        finding = rejection.finding
        answer = {"rejected": [finding.rule, finding.message, finding.remedy, finding.found]}
    sys.stdout.buffer.write(json.dumps(answer, allow_nan=False, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()
    return 0


def read(content: bytes) -> dict[str, Any]:
    """Features, what the file says of its projection, and what is told. Raises WorkbookRejected."""
    if not content.strip():
        raise damaged("Die Datei ist leer.")
    if content.startswith(b"PK"):
        raw = shapefile.read(content)
    else:
        start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
        if not start.startswith((b"{", b"[")):
            called = next((words for begin, words in OTHERS if start.startswith(begin)), "")
            looks = f"; der Inhalt sieht nach „{called}“ aus" if called else ""
            raise no_boundaries(f"Die Datei enthält keine Grenzen, die gelesen werden{looks}.", called)
        raw = geojson.read(content)
    found = survey(raw)
    return {
        "features": [asdict(one) for one in found.features],
        "projection": found.projection,
        "told": [as_json(one) for one in found.told],
    }


if __name__ == "__main__":
    sys.exit(main())
