"""A shapefile in a zip: .shp (ESRI Shapefile Technical Description, 1998), .dbf, .prj and .cpg; nothing is unpacked to
the disk."""

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from indicators.maps import geojson
from indicators.maps.raw import Attributes, Feature, Raw, Ring, text_of
from indicators.maps.refusing import MAX_MEMBERS, MAX_UNPACKED, damaged, no_boundaries, too_large
from indicators.model import Finding, Severity

POLYGONS = {5, 15, 25}
NOTHING = 0
CODE_PAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x13: "cp932", 0x4F: "utf-8"}
INCOMPLETE = "Das Shapefile ist unvollständig oder beschädigt."


def read(content: bytes) -> Raw:
    """Raises WorkbookRejected."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
            return _read(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise damaged("Die ZIP-Datei ist beschädigt, unvollständig übertragen oder mit Kennwort geschützt.") from error
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(INCOMPLETE) from error


def _parts(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    """Names of the members by their ending. Directories and what a Mac adds are no parts."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise too_large(f"Die ZIP-Datei besteht aus {len(members)} Teilen; erlaubt sind {MAX_MEMBERS}.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise too_large(f"Die ZIP-Datei ist entpackt {unpacked >> 20} MB groß; erlaubt sind {MAX_UNPACKED >> 20} MB.")
    found: dict[str, list[str]] = {}
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if ".." in path.parts or path.is_absolute() or ":" in member.filename:
            raise damaged("Die ZIP-Datei enthält unzulässige Pfade.")
        if not member.is_dir() and "__MACOSX" not in path.parts:
            found.setdefault(path.suffix.lower(), []).append(member.filename)
    return found


def _read(archive: zipfile.ZipFile, parts: dict[str, list[str]]) -> Raw:
    shapes, plain = parts.get(".shp", []), [*parts.get(".geojson", []), *parts.get(".json", []),
                                            *parts.get(".topojson", [])]  # fmt: skip
    if len(shapes) + len(plain) > 1:
        names = ", ".join(f"„{PurePosixPath(name).name}“" for name in (*shapes, *plain))
        raise no_boundaries(f"Die ZIP-Datei enthält mehrere Karten: {names}. Es darf nur eine sein.")
    if plain:
        return geojson.read(archive.read(plain[0]))
    if not shapes:
        raise no_boundaries("Die ZIP-Datei enthält kein Shapefile (.shp) und kein GeoJSON.")
    stem = shapes[0][: -len(".shp")].casefold()
    beside = {
        ending: archive.read(name)
        for ending, names in parts.items()
        for name in names
        if name[: -len(ending) or None].casefold() == stem and ending in (".dbf", ".prj", ".cpg")
    }
    if ".dbf" not in beside:
        raise no_boundaries("Zum Shapefile fehlt die Datei .dbf mit den Namen oder Schlüsseln der Gebiete.")
    rings = list(_records(archive.read(shapes[0])))
    rows, told = _table(beside[".dbf"], beside.get(".cpg", b""))
    if len(rows) != len(rings):
        raise damaged(f"Das Shapefile hat {len(rings)} Umrisse, seine Tabelle (.dbf) aber {len(rows)} Zeilen.")
    # A table marks rows as deleted, and programs leave their shapes in place.
    pairs = [(row, own) for row, own in zip(rows, rings, strict=True) if row is not None]
    return Raw([Feature(row, [], own) for row, own in pairs], _projection(beside.get(".prj", b"")), told)


def _records(content: bytes) -> Iterator[list[Ring]]:
    """The rings of each record, which has none where its shape is empty."""
    if len(content) < 100 or struct.unpack(">i", content[:4])[0] != 9994:
        raise damaged(INCOMPLETE)
    at = 100
    while at + 8 <= len(content):
        words = struct.unpack(">ii", content[at : at + 8])[1]
        record = content[at + 8 : at + 8 + 2 * words]
        if words < 2 or len(record) < 2 * words:
            raise damaged(INCOMPLETE)
        kind = struct.unpack("<i", record[:4])[0]
        if kind not in POLYGONS and kind != NOTHING:
            raise no_boundaries("Das Shapefile enthält Punkte oder Linien statt Flächen.")
        yield _rings(record) if kind in POLYGONS else []
        at += 8 + 2 * words


def _rings(record: bytes) -> list[Ring]:
    parts, points = struct.unpack("<ii", record[36:44])
    if parts < 0 or points < 0 or 44 + 4 * parts + 16 * points > len(record):
        raise damaged(INCOMPLETE)
    starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
    numbers = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points])
    if not all(map(math.isfinite, numbers)) or starts != sorted(starts) or starts[0] < 0:
        raise damaged(INCOMPLETE)
    every = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [every[begin:end] for begin, end in pairwise(starts)]


def _table(content: bytes, code_page: bytes) -> tuple[list[Attributes | None], list[Finding]]:
    """The rows of the .dbf, None for one that is marked as deleted."""
    count, head, width = struct.unpack("<IHH", content[4:12])
    if width < 1 or head + count * width > len(content) + 1:
        raise damaged("Die Tabelle des Shapefiles (.dbf) ist unvollständig oder beschädigt.")
    fields, at = [], 32
    while at < head - 1 and content[at] != 0x0D:
        name = content[at : at + 11].split(b"\0")[0].decode("latin-1").strip()
        fields.append((name, chr(content[at + 11]), content[at + 16]))
        at += 32
    rows = [content[head + width * number : head + width * (number + 1)] for number in range(count)]
    encoding, told = _encoding(rows, code_page, content[29])
    return [None if row[:1] == b"*" else _row(row, fields, encoding) for row in rows], told


def _row(row: bytes, fields: list[tuple[str, str, int]], encoding: str) -> Attributes:
    at, found = 1, {}
    for name, kind, length in fields:
        text = row[at : at + length].decode(encoding, "replace").strip(" \0")
        if kind in "NF" and re.fullmatch(r"[+-]?\d+\.0*", text):
            text = text.split(".")[0]
        found[name] = text_of(text)
        at += length
    return found


def _encoding(rows: list[bytes], code_page: bytes, driver: int) -> tuple[str, list[Finding]]:
    """What the .cpg says, else the table itself; where neither does, UTF-8 if all of it is, else Windows."""
    said = code_page.decode("ascii", "replace").strip().lower().replace("ansi ", "cp").replace("iso-8859", "iso8859")
    said = {"65001": "utf-8", "88591": "latin-1", "1252": "cp1252"}.get(said, said)
    try:
        if said:
            b"".join(rows).decode(said)
            return said, []
    except (LookupError, UnicodeDecodeError):
        pass
    whole = b"".join(rows)
    if whole.isascii():
        return "ascii", []
    try:
        whole.decode("utf-8")
        return "utf-8", []
    except UnicodeDecodeError:
        guessed = CODE_PAGES.get(driver, "cp1252")
        guessed = guessed if guessed != "utf-8" else "cp1252"
    text = f"Die Tabelle des Shapefiles sagt nicht, wie Umlaute geschrieben sind; gelesen wurden sie als {guessed}."
    return guessed, [Finding("map-encoding", Severity.HINT, text, "Die Namen in der Vorschau ansehen.")]


def _projection(content: bytes) -> str:
    """The name in a .prj: PROJCS["ETRS_1989_UTM_Zone_32N",…]."""
    found = re.match(r'\s*\w+\["([^"]{1,80})"', content.decode("utf-8", "replace"))
    return found[1] if found else ""
