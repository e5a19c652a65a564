"""Breaking good workbooks in small ways, the same ways for the same seed."""

import re
from collections.abc import Callable
from random import Random

from indicators.templates.reproducible import pack
from tests.workbooks.edits import parts

Members = dict[str, bytes]

NASTY = (
    "",
    " ",
    "-1",
    "0",
    "1e400",
    "-1e308",
    "NaN",
    "INF",
    "None",
    "true",
    "65536",
    "1048577",
    "9" * 25,
    "1_000",
    "٣",
    "²",
    "½",
    "A0",
    "B8",
    "XFD1048576",
    "$B$8",
    "ZZZ99",
    "B8:B7",
    "../../etc/passwd",
    "http://x.example/",
    "=1+1",
    "'",
    "\u202e400",
    "4\u0301",
    "x" * 40_000,
    "&lt;b&gt;",
    "_x0000_",
    "_x000D_",
    "e",
    "s",
    "str",
    "inlineStr",
    "b",
    "d",
    "2025",
    "2024-Q9",
    "2025-02-30",
    "kinder",
    "Kinder",
    "herkunft=deutsch",
    "FB 51",
    "AWO",
    "veryHidden",
    "General",
    "0%",
    "dd.mm.yyyy",
    '[<5]"/"',
    "0,,",
)
SNIPPETS = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"<![CDATA[400]]>",
    b"<!-- 400 -->",
    b"<?php 400 ?>",
    b"\x00",
    b"\xff\xfe",
    b"<v>7</v>",
    b'<c r="B8"><v>7</v></c>',
    b'<row r="8"><c r="B8"><v>7</v></c></row>',
    b'<mergeCells><mergeCell ref="B8:B11"/></mergeCells>',
    b"<c><v>7</v></c>",
    b'<cols><col min="1" max="99999999" hidden="1"/></cols>',
    b"<f>B10+B11</f>",
    b"<is><t>x</t></is>",
)

_TAG = re.compile(rb"<(/?)([A-Za-z:]+)([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:0-9]+)="([^"<>]*)"')
_CONTENT = re.compile(rb"<(v|t|f|vt:lpwstr)([^<>]*)>([^<>]*)</\1>")
_ELEMENT = re.compile(rb"<(c|row|sheet|si|xf|Relationship|Override|mergeCell|property)\b[^<>]*(?:/>|>.*?</\1>)", re.S)


def mutate(content: bytes, random: Random) -> tuple[str, bytes]:
    """One to three changes; their names, and the broken file."""
    if random.random() < 0.15:
        change = random.choice(WHOLE_FILE)
        return change.__name__, change(content, random)
    members = parts(content)
    names = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        change = random.choice(PARTS)
        names.append(change.__name__)
        members = change(members, random)
    return "+".join(sorted(set(names))), pack(members)


def flip_bytes(content: bytes, random: Random) -> bytes:
    broken = bytearray(content)
    for _ in range(random.randint(1, 20)):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


def truncate(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def repeat(content: bytes, random: Random) -> bytes:
    """Two archives in one file."""
    return content + content[random.randrange(len(content)) :]


def wrong_method(content: bytes, random: Random) -> bytes:
    """A header that says another compression, size or flag."""
    broken = bytearray(content)
    at = random.choice([found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04", content)])
    broken[at + random.randint(4, 30)] = random.randrange(256)
    return bytes(broken)


def _in_one_part(
    change: Callable[[bytes, Random], bytes], xml_only: bool = True
) -> Callable[[Members, Random], Members]:
    def apply(members: Members, random: Random) -> Members:
        wanted = [name for name in members if not xml_only or name.endswith((".xml", ".rels"))]
        sheets = [name for name in wanted if "/worksheets/sheet" in name and name.endswith(".xml")]
        name = random.choice(sheets if sheets and random.random() < 0.6 else wanted or list(members))
        return {**members, name: change(members[name], random)}

    apply.__name__ = change.__name__
    return apply


def _replace_match(
    text: bytes, random: Random, pattern: re.Pattern[bytes], new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(text))
    if not found:
        return text
    chosen = random.choice(found)
    return text[: chosen.start()] + new(chosen) + text[chosen.end() :]


def part_bytes(text: bytes, random: Random) -> bytes:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice((random.randbytes(3), b"", b"<", b">", b'"')) + text[at + random.randint(0, 5) :]


def part_end(text: bytes, random: Random) -> bytes:
    return text[: random.randrange(len(text) + 1)]


def tag_renamed(text: bytes, random: Random) -> bytes:
    """An element with another name, both its tags, so that the part stays well-formed."""
    names = sorted({found[2] for found in _TAG.finditer(text)})
    if not names:
        return text
    old, new = (
        random.choice(names),
        random.choice((b"v", b"c", b"row", b"t", b"x", b"f", b"sheetData", random.choice(names))),
    )
    return re.sub(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])", rb"\g<1>" + new, text)


def tag_dropped(text: bytes, random: Random) -> bytes:
    return _replace_match(text, random, _TAG, lambda _: b"")


def element_dropped(text: bytes, random: Random) -> bytes:
    return _replace_match(text, random, _ELEMENT, lambda _: b"")


def element_doubled(text: bytes, random: Random) -> bytes:
    return _replace_match(text, random, _ELEMENT, lambda found: found[0] * random.randint(2, 4))


def element_nested(text: bytes, random: Random) -> bytes:
    """An element inside another of its kind."""
    return _replace_match(text, random, _ELEMENT, lambda found: found[0].replace(b">", b">" + found[0], 1))


def elements_swapped(text: bytes, random: Random) -> bytes:
    found = list(_ELEMENT.finditer(text))
    if len(found) < 2:
        return text
    first, second = sorted(random.sample(found, 2), key=lambda match: match.start())
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


def attribute_changed(text: bytes, random: Random) -> bytes:
    value = random.choice(NASTY).encode().replace(b'"', b"&quot;")
    return _replace_match(text, random, _ATTRIBUTE, lambda found: found[1] + b'="' + value + b'"')


def attribute_dropped(text: bytes, random: Random) -> bytes:
    return _replace_match(text, random, _ATTRIBUTE, lambda _: b"")


def content_changed(text: bytes, random: Random) -> bytes:
    value = random.choice(NASTY).encode()
    return _replace_match(text, random, _CONTENT, lambda m: b"<%s%s>%s</%s>" % (m[1], m[2], value, m[1]))


def snippet_inserted(text: bytes, random: Random) -> bytes:
    return _replace_match(text, random, _TAG, lambda found: found[0] + random.choice(SNIPPETS))


def encoding_changed(text: bytes, random: Random) -> bytes:
    coding = random.choice(("utf-16", "utf-8-sig", "latin-1"))
    return text.decode("utf-8", "replace").encode(coding, "replace")


def part_dropped(members: Members, random: Random) -> Members:
    gone = random.choice(list(members))
    return {name: text for name, text in members.items() if name != gone}


def parts_swapped(members: Members, random: Random) -> Members:
    one, other = random.sample(list(members), 2)
    return {**members, one: members[other], other: members[one]}


def part_renamed(members: Members, random: Random) -> Members:
    old = random.choice(list(members))
    new = random.choice(
        (old.upper(), "../" + old, "/" + old, old + ".bak", "xl/vbaProject.bin", "xl/externalLinks/e1.xml")
    )
    return {new if name == old else name: text for name, text in members.items()}


def part_inflated(members: Members, random: Random) -> Members:
    name = random.choice(list(members))
    return {**members, name: members[name] + b" " * random.choice((10_000, 3_000_000, 30_000_000))}


WHOLE_FILE = (flip_bytes, truncate, repeat, wrong_method)
PARTS = (
    _in_one_part(part_bytes, xml_only=False),
    _in_one_part(part_end),
    _in_one_part(tag_renamed),
    _in_one_part(tag_dropped),
    _in_one_part(element_dropped),
    _in_one_part(element_doubled),
    _in_one_part(element_nested),
    _in_one_part(elements_swapped),
    *[_in_one_part(attribute_changed)] * 3,
    _in_one_part(attribute_dropped),
    *[_in_one_part(content_changed)] * 4,
    _in_one_part(snippet_inserted),
    _in_one_part(encoding_changed),
    part_dropped,
    parts_swapped,
    part_renamed,
    part_inflated,
)
