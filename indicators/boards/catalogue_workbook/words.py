"""One field of a definition as the text of a cell, and back: codes as the words of the screen where these are clear."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from indicators import german
from indicators.boards.definition_inputs import AXES_JOINED, Input, InputError, Kind, Typed
from indicators.catalogue import Catalogue
from indicators.workbooks.cells import Cell

YES, NO = "ja", "nein"
TOTAL = "Insgesamt"
BETWEEN = "; "
CODED = (Kind.PICK, Kind.MANY, Kind.GROUP, Kind.AXES, Kind.GAP)
SPLIT = (Kind.MANY, Kind.AXES)


def cell_text(one: Input, value: object, catalogue: Catalogue) -> str:
    """What stands in the cell for a field's value."""
    shown = one.shown(value)
    if one.kind is Kind.FLAG:
        return YES if shown else NO
    words = _words(one, catalogue)
    if isinstance(shown, list):
        return BETWEEN.join(AXES_JOINED.join(words.get(part, part) for part in _parts(one, code)) for code in shown)
    return words.get(str(shown), str(shown)) if one.kind in CODED and shown is not None else str(shown or "")


def typed(one: Input, text: str, catalogue: Catalogue) -> Typed:
    """The text as it would have been typed into the form. Raises InputError for words that nobody knows."""
    if one.kind is Kind.FLAG:
        if text.casefold() not in (YES, NO, "", "x"):
            raise InputError(f"„{text}“ ist weder ja noch nein. Bitte ja oder nein schreiben.")
        return text.casefold() in (YES, "x")
    if one.kind not in CODED:
        return text
    words, choices = _words(one, catalogue), one.choices(catalogue) if one.choices else {}
    codes = {word.casefold(): code for code, word in words.items()} | {code.casefold(): code for code in choices}
    possible = [words.get(code, code) for code in choices]
    if one.kind in SPLIT:
        found = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
        return [AXES_JOINED.join(_code(one, axis, codes, possible) for axis in _parts(one, part)) for part in found]
    return _code(one, text, codes, possible) if text else None


def _code(one: Input, word: str, codes: Mapping[str, str], possible: Sequence[str]) -> str:
    found = codes.get(word.strip().casefold())
    if found is None:
        known = german.enumeration([f"„{name}“" for name in possible[:8]])
        raise InputError(f"„{word}“ kennt „{one.label}“ nicht. Möglich ist zum Beispiel {known}.")
    return found


def _parts(one: Input, text: str) -> list[str]:
    return [part.strip() for part in text.split(AXES_JOINED.strip())] if one.kind is Kind.AXES else [text]


def _words(one: Input, catalogue: Catalogue) -> Mapping[str, str]:
    """The word of each code; the code itself where a word stands for several, or holds the code anyway."""
    choices = dict(one.choices(catalogue)) if one.choices else {}
    if one.kind is Kind.AXES:
        choices = {"": TOTAL} | choices
    said = [word.casefold() for word in choices.values()]
    return {
        code: word
        for code, word in choices.items()
        if said.count(word.casefold()) == 1 and (not code or code not in word)
    }


def text_of(cell: Cell | None, one: Input | None = None) -> str:
    """A cell's content as a person would have typed it: Excel makes numbers and days of what looks like them."""
    value = cell.value if cell else None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float | int):
        return str(int(value)) if value == int(value) else german.number(value, len(f"{value:.10g}".partition(".")[2]))
    if value is None or isinstance(value, str):
        return normal(value or "")
    if one is not None and one.kind is Kind.DAY:
        return f"{value:%d.%m.}"
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def normal(text: str) -> str:
    """Without what spreadsheets add or take at ends of lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("_x000D_", "").split("\n")).strip()
