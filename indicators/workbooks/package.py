"""The parts of an .xlsx package beside its sheets: which sheets there are, styles, strings, properties."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from indicators.workbooks.gate import SAVE_AS_XLSX, rejected
from indicators.workbooks.numberformat import BUILT_IN
from indicators.workbooks.xmlparts import TEXT_GRAMMAR, Node, parse, tree

MAX_SHEETS = 500
WITHOUT_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
STRINGS_GRAMMAR = {**TEXT_GRAMMAR, "sst": frozenset(("si",))}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet that the workbook lists. `part` is its member; empty for chart and dialog sheets."""

    name: str
    state: str
    part: str


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[SheetPart, ...]
    uses_1904: bool
    names: dict[str, str]


def unescape(text: str) -> str:
    """`_x000D_` is how OOXML writes characters that XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_tree(archive: zipfile.ZipFile, part: str) -> Node | None:
    """None where the package has no such part."""
    try:
        stream = archive.open(part)
    except KeyError:
        return None
    with stream:
        return tree(stream)


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str, bool]]:
    """Id → (kind, target member, is outside the package) of one part's relations; "" gives the package's own."""
    folder, name = posixpath.split(part)
    root = read_tree(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for relation in (root.first("Relationships") or root).all("Relationship") if root else ():
        target = relation.get("Target")
        member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = relation.get("Type").rpartition("/")[2]
        found[relation.get("Id")] = (kind, member, relation.get("TargetMode") == "External")
    return found


def main_part(archive: zipfile.ZipFile) -> str:
    for kind, member, outside in relations(archive, "").values():
        if kind == "officeDocument" and not outside and member in archive.namelist():
            return member
    raise rejected("no-workbook", "Die Datei enthält keine Arbeitsmappe.", SAVE_AS_XLSX)


def read_book(archive: zipfile.ZipFile, part: str) -> Book:
    """Raises WorkbookRejected for sheets that are not in the file."""
    root = read_tree(archive, part)
    workbook = root.first("workbook") if root else None
    if workbook is None:
        raise rejected("no-workbook", "Die Datei enthält keine Arbeitsmappe.", SAVE_AS_XLSX)
    links = relations(archive, part)
    members = set(archive.namelist())
    listed = workbook.first("sheets")
    entries = listed.children if listed else []
    if not entries or any(entry.name != "sheet" for entry in entries):
        raise rejected("sheet-missing", "Die Liste der Blätter in der Datei ist beschädigt.", SAVE_AS_XLSX)
    if len(entries) > MAX_SHEETS:
        raise rejected("too-many-sheets", f"Die Arbeitsmappe hat {len(entries)} Blätter; erlaubt sind {MAX_SHEETS}.")
    sheets = []
    for entry in entries:
        name = unescape(entry.get("name"))
        kind, member, outside = links.get(entry.get("id"), ("", "", False))
        if outside or member not in members:
            raise rejected("sheet-missing", f"Das Blatt „{name}“ ist in der Datei nicht enthalten.", SAVE_AS_XLSX)
        if kind != "worksheet" and kind not in WITHOUT_CELLS:
            raise rejected("sheet-missing", f"Das Blatt „{name}“ ist von unbekannter Art.", SAVE_AS_XLSX, kind[:40])
        sheets.append(SheetPart(name, entry.get("state", "visible"), member if kind == "worksheet" else ""))
    properties = workbook.first("workbookPr")
    names = workbook.first("definedNames")
    return Book(
        tuple(sheets),
        properties is not None and properties.get("date1904") in ("1", "true"),
        {name.get("name"): name.text for name in names.all("definedName")} if names else {},
    )


Spans = tuple[tuple[int, int], ...]


class _Strings:
    """The shared strings as they are parsed: pieces of each, and which of them are raised."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Spans]] = []
        self.pieces: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.collecting = self.raised = self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.collecting = not self.phonetic
        elif name == "r":
            self.raised = False
        elif name == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
        elif name == "rPh":
            self.phonetic = True
        elif name == "si":
            self.pieces.clear()
            self.spans.clear()
            self.raised = False

    def end(self, name: str) -> None:
        if name == "t":
            self.collecting = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.found.append((unescape("".join(self.pieces)), tuple(self.spans)))

    def text(self, data: str) -> None:
        if self.collecting:
            if self.raised:
                begins = sum(map(len, self.pieces))
                self.spans.append((begins, begins + len(data)))
            self.pieces.append(data)


def read_strings(archive: zipfile.ZipFile, part: str) -> list[tuple[str, Spans]]:
    """The shared strings, each with the spans of its superscript runs."""
    strings = _Strings()
    if part in archive.namelist():
        with archive.open(part) as stream:
            parse(stream, strings.start, strings.end, strings.text, STRINGS_GRAMMAR)
    return strings.found


def read_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """Custom document properties (where our templates keep their id)."""
    root = read_tree(archive, "docProps/custom.xml")
    listed = root.first("Properties") if root else None
    return {
        entry.get("name"): unescape("".join(child.text for child in entry.children)).strip()
        for entry in (listed.all("property") if listed else ())
    }


def read_styles(archive: zipfile.ZipFile, part: str) -> list[dict[str, object]]:
    """What each cell style says: number format, indent, bold, struck, fill colour, borders (letters of t, r, b, l)."""
    root = read_tree(archive, part) if part else None
    sheet = root.first("styleSheet") if root else None
    if sheet is None:
        return [{}]

    def listed(group: str, name: str) -> list[Node]:
        node = sheet.first(group)
        return list(node.all(name)) if node else []

    formats = dict(BUILT_IN)
    for node in listed("numFmts", "numFmt"):
        formats[int(node.get("numFmtId", "0"))] = unescape(node.get("formatCode"))
    bold = [_is_set(node, "b") for node in listed("fonts", "font")]
    struck = [_is_set(node, "strike") for node in listed("fonts", "font")]
    fills = [_fill(node) for node in listed("fills", "fill")]
    borders = [_borders(node) for node in listed("borders", "border")]

    def pick(values: list[Any], node: Node, key: str) -> object:
        index = int(node.get(key, "0"))
        return values[index] if 0 <= index < len(values) else ""

    return [
        {
            "format": formats.get(int(node.get("numFmtId", "0")), "General"),
            "indent": _indent(node),
            "bold": bool(pick(bold, node, "fontId")),
            "struck": bool(pick(struck, node, "fontId")),
            "fill": pick(fills, node, "fillId"),
            "borders": pick(borders, node, "borderId"),
        }
        for node in listed("cellXfs", "xf")
    ] or [{}]


def _is_set(font: Node, name: str) -> bool:
    mark = font.first(name)
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _fill(fill: Node) -> str:
    pattern = fill.first("patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return ""
    colour = pattern.first("fgColor")
    if colour is None:
        return pattern.get("patternType")
    return colour.get("rgb") or f"{colour.get('theme')}/{colour.get('indexed')}{colour.get('tint')}"


def _borders(border: Node) -> str:
    sides = {"top": "t", "right": "r", "bottom": "b", "left": "l", "start": "l", "end": "r"}
    drawn = {sides[node.name] for node in border.children if node.name in sides and node.get("style", "none") != "none"}
    return "".join(letter for letter in "trbl" if letter in drawn)


def _indent(style: Node) -> int:
    alignment = style.first("alignment")
    return int(alignment.get("indent", "0")) if alignment else 0
