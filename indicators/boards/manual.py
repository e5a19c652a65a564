"""The Handbuch, the glossary and the changes as the page „Hilfe“ shows them: chapters, and where words stand in them.

The texts are those of docs/: whoever writes a chapter there has it on the page. A heading of the first level begins a
part, one of the second a chapter, one of the third or below a passage.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.settings import PROJECT

DOCS = PROJECT / "docs"
MANUAL, GLOSSARY = DOCS / "handbuch.md", DOCS / "glossar.md"
PROTECTION, CHANGES = DOCS / "loeschkonzept.md", PROJECT / "CHANGELOG.md"

_HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$", re.MULTILINE)
_SIGNS = re.compile(r"^[-:| ]{3,}$|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`|\[]|^#+ ", re.MULTILINE)
AROUND = 90
"""Letters of an excerpt on either side of what was found."""
FEW = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """The text below one heading, up to the next one."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the second level with everything below it; `part` is the heading of the first above it."""

    key: str
    title: str
    part: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in which all the words stand. `excerpt` is what stands around the first of them."""

    chapter: Chapter
    passage: Passage
    excerpt: str


def key_of(title: str) -> str:
    """How an address names a heading: „Daten prüfen“ is daten-pruefen."""
    plain = title.lower().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    return re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", plain)).strip("-")


def chapters(file: Path) -> tuple[Chapter, ...]:
    """In their order; none where the file is not there, as in an installation without its documents."""
    return tuple(_chapters(file.read_text(encoding="utf-8"))) if file.exists() else ()


def _chapters(text: str) -> Iterator[Chapter]:
    headings = list(_HEADING.finditer(text))
    part = ""
    for place, heading in enumerate(headings):
        if len(heading[1]) == 1:
            part = heading[2]
        if len(heading[1]) != 2:
            continue
        later = [other for other in headings[place + 1 :] if len(other[1]) <= 2]
        whole = text[heading.end() : later[0].start() if later else len(text)].strip()
        yield Chapter(key_of(heading[2]), heading[2], part, whole, tuple(_passages(heading[2], whole)))


def _passages(title: str, text: str) -> Iterator[Passage]:
    begins = [(0, 0, title), *((found.start(), found.end(), found[2]) for found in _HEADING.finditer(text))]
    for (_, start, named), end in zip(begins, [*(begin for begin, _, _ in begins[1:]), len(text)], strict=True):
        yield Passage(key_of(named), named, text[start:end].strip())


def find(texts: Iterable[Chapter], words: str) -> list[Hit]:
    """The passages in which every one of the words begins a word; those with the words in their title first."""
    asked = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words.split()]
    if not asked:
        return []
    ranked: list[tuple[int, int, int, Hit]] = []
    for chapter in texts:
        for passage in chapter.passages:
            text = _SIGNS.sub("", passage.text)
            if not all(word.search(f"{chapter.title} {passage.title} {text}") for word in asked):
                continue
            titled = sum(bool(word.search(passage.title)) for word in asked)
            often = sum(len(word.findall(text)) for word in asked)
            ranked.append((-titled, -often, len(ranked), Hit(chapter, passage, _excerpt(text, asked))))
    return [hit for *_, hit in sorted(ranked, key=lambda one: one[:3])[:FEW]]


def _excerpt(text: str, asked: Sequence[re.Pattern[str]]) -> str:
    whole = " ".join(text.split())
    first = min((found.start() for word in asked if (found := word.search(whole))), default=0)
    start, end = max(0, first - AROUND), min(len(whole), first + AROUND)
    start = whole.find(" ", start) + 1 if start else 0
    end = whole.rfind(" ", start, end) if end < len(whole) else end
    return f"{'… ' if start else ''}{whole[start:end]}{' …' if end < len(whole) else ''}"
