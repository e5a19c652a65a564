"""Texts of cross tables: normalised labels, footnote markers, hyphenation, units.

A marker is split off only where it cannot be a number of the text: with a bracket after it, or raised.
"""

import re
import unicodedata
from functools import lru_cache

from indicators.workbooks.numbers import clean

CACHED = 20_000  # tables repeat their texts: most calls are answered from here

_SPACE_HYPHEN = re.compile(r"(?<=[a-zäöüß]{2})- (?=[a-zäöüß]{3})(?!(?:und|oder|bis|bzw\.?|sowie|statt|noch) )")
_MARK = r"\d{1,2}(?:\s?[,;]\s?\d{1,2})*\)"
_LEADING = re.compile(rf"^({_MARK})\s*(?=\D)")
_TRAILING = re.compile(rf"(?<=[^\d\s(,.;\-–])\s*({_MARK})(?=\s|$|[.,;:])|(?<=\s)({_MARK})(?=\s|$)")
_RAISED = re.compile(r"(?<=\S)\s?([¹²³⁴-⁹]{1,2}(?:,\s?[¹²³⁴-⁹]{1,2})*[⁾)]?)(?=\s|$)")
_STARS = re.compile(r"(?<=\w)\s?(\*{1,3}\)?)(?=\s|$)")
_SQUARE = re.compile(r"(?<=\w)\s?(\[\d{1,2}\])(?=\s|$)")
_MARKED = re.compile(r"[)*\]¹²³⁴-⁹]")
"""One of these is in every footnote marker; most labels have none."""


@lru_cache(CACHED)
def label(text: str, superscripts: tuple[tuple[int, int], ...] = ()) -> tuple[str, tuple[str, ...]]:
    """A label as people say it, and its footnote markers."""
    marks: list[str] = []
    for first, last in reversed(superscripts):
        raised = text[first:last]
        if re.fullmatch(r"[\s\d,;)*]+", raised) and not _is_power(text, first, raised):
            if raised.strip() == ")" and (digits := re.search(r"\d{1,2}$", text[:first])):
                first, raised = digits.start(), digits[0]  # only the bracket is raised: the number before it is meant
            marks.append(raised.strip(" )"))
            text = f"{text[:first]} {text[last:]}" if last < len(text) else text[:first]
    joined = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\r", "\n").replace("\xa0", " ")
    joined = _SPACE_HYPHEN.sub("", clean(joined))
    for pattern in (_LEADING, _TRAILING, _RAISED, _STARS, _SQUARE) if _MARKED.search(joined) else ():
        joined = pattern.sub(lambda found: _without(found, marks), joined)
    joined = re.sub(r"\s+([,.;:])", r"\1", " ".join(joined.split()))
    return joined, tuple(mark for mark in marks if mark)


def _without(found: re.Match[str], marks: list[str]) -> str:
    """A blank in the marker's place; what closes a bracket or is a power of a unit is no marker."""
    marker = next(group for group in found.groups() if group)
    before = found.string[: found.start()]
    closes = marker.endswith(")") and before.count("(") > before.count(")")
    if closes or (marker in ("²", "³") and re.search(r"(?:^|[\s(/])[kcdmq]?m$", before)):
        return found[0]
    marks.append(marker.strip(" )⁾[]"))
    return " "


@lru_cache(CACHED)
def is_marker(text: str) -> bool:
    """Nothing but a footnote marker, as print layouts have it in a cell of its own."""
    return bool(re.fullmatch(rf"{_MARK}|\*{{1,3}}\)?|[¹²³⁴-⁹]+⁾?", clean(text)))


def goes_on(first: str, second: str) -> bool:
    """Whether a word broken at the end of one cell ends in the next: „abge-“, „schlos-“."""
    return first.rstrip().endswith("-") and (second[:1].islower() or (first.isupper() and second.isupper()))


@lru_cache(CACHED)
def is_helper(text: str) -> bool:
    """Excel's own names for columns without a head."""
    return bool(re.fullmatch(r"(?:spalte|column)\s?\d+", text, re.IGNORECASE))


def _is_power(text: str, first: int, raised: str) -> bool:
    """m² and km² are units, not footnotes."""
    return raised.strip() in ("2", "3") and bool(re.search(r"(?:^|[\s(/])k?[mq]m?\s?$", text[:first]))


@lru_cache(CACHED)
def key(text: str) -> str:
    """Two labels with the same key are the same label: case, blanks, punctuation and hyphens aside."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w%€‰]", "", normal)


_UNITS = {
    "anzahl", "prozent", "%", "inprozent", "in%", "1000", "in1000", "tausend", "tsd", "intsd", "intausend", "100000",
    "mio", "millionen", "inmillionen", "personen", "fälle", "euro", "ineuro", "eur", "€", "in€", "prozentpunkte",
    "inprozentpunkten", "prozentpunkt", "%punkte", "m2", "qm", "inm2", "inqm", "km2", "qkm", "inkm2", "inqkm", "ha",
    "vh", "promille", "‰", "1000personen", "1000€", "mioeuro", "mio€",
    "anzahlin1000", "1000euro", "teur", "anz", "number", "€m2", "eurom2", "inpersonen", "abs", "absolut",
}  # fmt: skip
_NOUNS = (
    r"[A-ZÄÖÜ][\w*:/-]*(?: (?:(?:und|oder|bzw\.|der|des|von|im|in|mit|ohne|unter|ab|über|bis) )*[A-ZÄÖÜ][\w*:/-]*)*"
)
_THOUSAND = rf"1[ .]?000(?: {_NOUNS})?"
_WITHIN = re.compile(
    rf"\bin\s+(Prozentpunkten|Prozent|%|v\.?\s?H\.?|{_THOUSAND}|Tsd\.?|Tausend|Euro|€|qkm|km²|m²|qm)(?=\W|$)"
    rf"|\b(je (?:100[ .]000(?: {_NOUNS})?|{_THOUSAND}|100 {_NOUNS}|qkm|km²|m²|qm|Einwohner\w*|Person|Kopf))(?=\W|$)"
    r"|\((Prozent|%|Anzahl|Euro|€|in %|Tsd\.)\)|(%)"
)


@lru_cache(CACHED)
def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit of measure."""
    return bool(text) and key(label(text)[0]) in _UNITS


_TOTALS = re.compile(
    r"(?:stadt |land )?(?:insgesamt|gesamt|zusammen|summe|total|gesamtsumme|alle|jahr(?:essumme)?)\b.{0,20}",
    re.IGNORECASE,
)


@lru_cache(CACHED)
def is_total(text: str) -> bool:
    """Whether a label stands for the sum of its neighbours."""
    return bool(_TOTALS.fullmatch(clean(text)) or re.fullmatch(r".{0,40}\b(?:insgesamt|zusammen)", clean(text), re.I))


@lru_cache(CACHED)
def is_counted(text: str) -> bool:
    """Units that name what they count: „Fälle“ as the only head of a column is its label too."""
    return key(text) in ("fälle", "personen")


_NO_ANSWER = re.compile(
    r"k\.?\s?a\.?|k\.\s?w\.|n\.?\s?v\.?|n\.?\s?b\.?|n\.?\s?a\.?|keine (?:angaben?|daten|werte?|meldung)"
    r"|(?:liegt|lag|liegen|lagen)(?: noch)? nicht vor.*|entf(?:ällt|allen|\.)|fehlt|fehlende? .{0,20}|folgt.*"
    r"|(?:noch )?nicht (?:erhoben|verfügbar|erfasst|bekannt|möglich|gemeldet|ermittelt|belegt).*"
    r"|unbekannt|geheim.*|gesperrt|[\[(]?[a-z][\])]?|[<≤]\s?\d+|weniger als \d+|unter \d+|-{2,3}|\?+",
    re.IGNORECASE,
)


@lru_cache(CACHED)
def is_no_answer(text: str) -> bool:
    """Words that stand where a number was expected: „liegt nicht vor“, „k. A.“, „<5“, „[c]“."""
    return bool(_NO_ANSWER.fullmatch(clean(text)))


@lru_cache(CACHED)
def unit_within(text: str) -> str:
    """The unit that a longer text names (`Anteil in Prozent`); empty for none or for more than one."""
    found = {next(group for group in match.groups() if group) for match in _WITHIN.finditer(text)}
    found = {re.sub("Prozentpunkten", "Prozentpunkte", unit) for unit in found}
    if len(found) > 1:  # „Wohnfläche je Person in m²“ is measured in m²
        found = {unit for unit in found if not unit.startswith("je ")}
    return found.pop() if len(found) == 1 else ""
