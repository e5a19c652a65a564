"""German numbers and the signs of official statistics, as they stand in cells.

Sources: the sign conventions printed in the statistical offices' tables (classic, Lower Saxony's newer
one, Bundesagentur für Arbeit). Nothing is guessed in silence: what can be read in two ways carries a
doubt, what is no number says so.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from indicators.model import Flag, Sign
from indicators.workbooks.numberformat import shown
from indicators.workbooks.workbook import Cell

LARGEST = 1e15  # beyond it a double no longer holds every unit
LARGEST_FRACTION = 1.5  # a share above it is in percent: few quotas pass 150 %, few lie below 1.5 % all together


class Convention(StrEnum):
    """Which office's signs a delivery uses."""

    CLASSIC = "classic"
    NIEDERSACHSEN = "niedersachsen"
    BA = "ba"


class Number(NamedTuple):
    """What a cell says. `problem` is set when it is neither number, sign nor blank; texts are German.

    `sign` LIMITED goes with a value; every other sign stands alone. `percent` tells that the cell itself
    shows a percentage; the value is then in percent (12.5, never 0.125).
    """

    value: float | None = None
    sign: Sign | None = None
    flags: str = ""
    footnotes: tuple[str, ...] = ()
    percent: bool = False
    doubt: str = ""
    problem: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.sign is None and not self.problem

    @property
    def is_number(self) -> bool:
        """A value or a sign."""
        return self.value is not None or self.sign is not None


def clean(text: str) -> str:
    """NFC, every kind of blank as a simple one, none at the ends, no soft hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def read_number(cell: Cell | None, convention: Convention = Convention.CLASSIC) -> Number:
    """A cell's number or sign; blank cells and blank texts give a blank Number."""
    if cell is None:
        return Number()
    if cell.error:
        return Number(problem=f"Fehlerwert {cell.error}")
    if cell.uncalculated:
        return Number(problem="Formel ohne berechnetes Ergebnis; in Excel öffnen und speichern.")
    value = cell.value
    if isinstance(value, bool):
        return Number(problem="Wahrheitswert statt einer Zahl")
    if isinstance(value, (float, int)):
        if cell.style.number_format == "General" and -LARGEST <= value <= LARGEST:
            return Number(_as_excel(float(value)))  # what most cells are
        return _formatted(float(value), cell.style.number_format, convention)
    if isinstance(value, date):
        return Number(problem=f"Datum {value:%d.%m.%Y} statt einer Zahl")
    if isinstance(value, str):
        return parse_number(*_without_raised(value, cell.superscripts), convention=convention)
    return Number()


def _as_excel(value: float) -> float:
    """In the 15 digits that Excel holds and shows: 134.20211, not 134.20210999999998."""
    return value if value.is_integer() else float(f"{value:.15g}")


def _without_raised(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, tuple[str, ...]]:
    """Raised characters are footnote markers, not digits: 12,5 with a raised 1 is not 12,51."""
    raised = tuple(text[first:last].strip(" )") for first, last in spans)
    for first, last in reversed(spans):
        text = text[:first] + text[last:]
    return text, tuple(marker for marker in raised if marker)


def _formatted(value: float, number_format: str, convention: Convention) -> Number:
    seen = shown(value, number_format)
    if abs(value) > LARGEST:
        return Number(problem="Die Zahl ist zu groß, um stimmen zu können.")
    if seen.text is not None:
        return _behind_text(value, seen.text, convention)
    if seen.loses_minus and seen.brackets:
        doubt = f"Gespeichert ist {german(value)}, das Zahlenformat zeigt ({german(-seen.value)})."
        return Number(-seen.value, Sign.LIMITED, percent=seen.percent, doubt=doubt)
    if seen.loses_minus:
        doubt = f"Gespeichert ist {german(value)}, das Zahlenformat zeigt kein Minus."
        return Number(seen.value, percent=seen.percent, doubt=doubt)
    return Number(seen.value, Sign.LIMITED if seen.brackets else None, percent=seen.percent)


def _behind_text(value: float, text: str, convention: Convention) -> Number:
    """A format that shows a text in place of the number: the reader of the sheet saw the text, so it holds."""
    stands_for = parse_number(text, convention=convention)
    if stands_for.sign is not None or stands_for.value is not None:
        return stands_for
    if not text:
        return Number(problem="Das Zahlenformat verbirgt die Zahl.")
    return Number(value, doubt=f"Das Zahlenformat zeigt „{text}“ statt der Zahl.")


def may_be_fractions(values: Iterable[float]) -> bool:
    """Whether numbers under a percentage may be fractions: none beyond 1.5, and not only whole ones."""
    found = [value for value in values if value]
    return bool(found) and all(abs(value) <= LARGEST_FRACTION for value in found) and any(v != int(v) for v in found)


def as_percentage(fraction: float) -> float:
    """0.407 → 40.7, without the tail that binary fractions leave."""
    return round(fraction * 100, 10)


def two_readings(value: float) -> str:
    """„0,407 % oder 40,7 %“."""
    as_read, meant = (german(float(f"{number:.4g}")) for number in (value, as_percentage(value)))
    return f"{as_read} % oder {meant} %"


def german(value: float) -> str:
    """A number in a German message, without grouping."""
    return f"{value:.10g}".replace(".", ",")


_DASHES = "-–—−‐‑"
_SIGNS: dict[Convention, dict[str, Sign]] = {
    Convention.CLASSIC: {
        **dict.fromkeys(_DASHES, Sign.NOTHING),
        ".": Sign.UNKNOWN,
        "…": Sign.LATER,
        "...": Sign.LATER,
        "/": Sign.UNRELIABLE,
        "x": Sign.BLOCKED,
        "X": Sign.BLOCKED,
        "*": Sign.SECRET,
        "•": Sign.UNKNOWN,
        "·": Sign.UNKNOWN,
    }
}
_SIGNS[Convention.NIEDERSACHSEN] = {
    **_SIGNS[Convention.CLASSIC],
    "g": Sign.SECRET,
    "u": Sign.UNRELIABLE,
    "t": Sign.LATER,
}
_SIGNS[Convention.BA] = _SIGNS[Convention.CLASSIC]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁾⁽", "0123456789)(")
_RAISED = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s*,\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)[⁾)]?$")
_MARKER = re.compile(r"(?:(?<=[^0-9.,])|(?<=\s))\s*([0-9]{1,2}(?:\s*,\s*[0-9]{1,2})*|\*{1,3})\)$")
MARKED = ")⁾⁰¹²³⁴⁵⁶⁷⁸⁹"
"""One of these ends every text with a marker."""
_GLUED = re.compile(r"([0-9]*[0-9.,][0-9]*)([0-9])\)$")
_FLAG = re.compile(r"\s*(?<=[0-9\s)])([prs])$")
_GERMAN = re.compile(r"[0-9]+(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?")
_GROUPED_ONCE = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_ENGLISH = re.compile(r"[0-9]+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")


@lru_cache(20_000)
def parse_number(raw: str, footnotes: tuple[str, ...] = (), *, convention: Convention = Convention.CLASSIC) -> Number:
    """A text as people type it: `1.234,5`, `12,5 %`, `(18,2)`, `–`, `12,5 1)`, `6,3p`."""
    text = clean(raw)
    if not text:
        return Number(footnotes=footnotes)
    if sign := _SIGNS[convention].get(text):
        doubt = "Das Zeichen „•“ ist nicht allgemein festgelegt." if text in "•·" else ""
        return Number(sign=sign, footnotes=footnotes, doubt=doubt)
    if convention is Convention.NIEDERSACHSEN and text == "k":
        return Number(0.0, footnotes=footnotes)
    text, markers = _split_markers(text)
    if sign := _SIGNS[convention].get(text):
        return Number(sign=sign, footnotes=footnotes + markers)
    flags = ""
    if text.startswith("|") or text.endswith("|"):
        text, flags = text.strip("| "), Flag.BREAK.value
    if found := _FLAG.search(text):
        text, flags = text[: found.start()].strip(), flags + found[1]
    number = _bracketed(text)
    return number._replace(flags=flags if number.is_number else "", footnotes=footnotes + markers)


def _split_markers(text: str) -> tuple[str, tuple[str, ...]]:
    if text[-1] not in MARKED:
        return text, ()
    for pattern in (_RAISED, _MARKER):
        found = pattern.search(text)
        closes_bracket = text.count("(") == text.count(")") and text.endswith(")")
        if found and found.start() > 0 and not closes_bracket:
            markers = re.split(r"\s*,\s*", found[1].translate(_SUPERSCRIPTS))
            return text[: found.start()].strip(), tuple(markers)
    return text, ()


def _bracketed(text: str) -> Number:
    if text.startswith("(") and text.endswith(")"):
        number = _percentage(text[1:-1].strip())
        return number._replace(sign=Sign.LIMITED) if number.value is not None else number
    found = _GLUED.fullmatch(text.lstrip(_DASHES + "+ "))
    if found:
        number = _percentage(text[:-2])
        doubt = f"„{text}“: „{found[2]})“ ist als Fußnote gelesen."
        return number._replace(footnotes=(found[2],), doubt=doubt) if number.value is not None else number
    return _percentage(text)


def _percentage(text: str) -> Number:
    if text.endswith("%"):
        return _signed(text[:-1].strip())._replace(percent=True)
    return _signed(text)


def _signed(text: str) -> Number:
    digits = text.lstrip(_DASHES + "+")
    mark = text[: len(text) - len(digits)]
    if len(mark) > 1 or not digits:
        return _no_number(text)
    number = _digits(digits.strip(), text)
    if number.value is None or not mark:
        return number
    if mark != "+":
        number = number._replace(value=-number.value)
    if digits[0] == " ":
        number = number._replace(doubt=number.doubt or f"„{text}“ kann ein Minus oder ein Zeichen mit einer Zahl sein.")
    return number


def _digits(digits: str, text: str) -> Number:
    if not digits[:1].isdigit():  # most labels
        return _no_number(text)
    if _GROUPED_ONCE.fullmatch(digits):
        return _ambiguous(float(digits.replace(".", "")), text, "Tausenderpunkt oder Dezimalpunkt")
    if _COMMA_GROUP.fullmatch(digits):
        return _ambiguous(float(digits.replace(",", ".")), text, "Dezimalkomma oder Tausenderkomma")
    if re.fullmatch(r"0[0-9]+", digits):
        return _ambiguous(float(digits), text, "Zahl oder Schlüsselnummer mit führender Null")
    if _GERMAN.fullmatch(digits) or _SPACED.fullmatch(digits):
        value = float(digits.replace(" ", "").replace(".", "").replace(",", "."))
        return Number(value) if value <= LARGEST else Number(problem=f"„{text[:40]}“ ist zu groß.")
    if _ENGLISH.fullmatch(digits):
        return _ambiguous(float(digits.replace(",", "")), text, "englische Schreibweise oder Datum")
    return _no_number(text)


def _ambiguous(value: float, text: str, readings: str) -> Number:
    return Number(value, doubt=f"„{text}“ ist mehrdeutig: {readings}?")


def _no_number(text: str) -> Number:
    return Number(problem=f"„{text[:60]}“ ist keine Zahl.")
