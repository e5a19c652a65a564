"""What stands in a cell becomes a field's content, or is said to be none: what is wrong, and what to do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.amounts import AmountError, amounts, doubled, written
from indicators.datasets.listed.fields import NO, YES, Field, FieldKind
from indicators.foreign_text import legible
from indicators.periods import Period, PeriodError, PeriodKind
from indicators.templates.hidden_map import text_of
from indicators.workbooks.numbers import read_number
from indicators.workbooks.workbook import Cell

NEAR = 70
"""From this likeness (of 100) on a word is offered as the one that was meant."""
MISTYPED = 85
"""Words of a choice are few and short: what is less like one of them is another word."""
MOST_LISTED = 12
_YES = {YES, "j", "x", "true", "wahr", "yes"}
_NO = {NO, "n", "false", "falsch", "no"}


@dataclass(frozen=True)
class Wrong:
    """Why a cell holds no content of its field."""

    rule: str
    message: str
    remedy: str
    found: str = ""


def value_of(one: Field, cell: Cell | None, catalogue: Catalogue) -> str | float | Wrong:
    """The field's content; an empty text where there is none."""
    if cell is not None and (cell.error or cell.uncalculated):
        message = f"„{one.title}“ enthält einen Fehlerwert oder eine Formel ohne Ergebnis."
        return Wrong("no-value", message, "Bitte den Wert selbst eintragen.", cell.error or "Formel")
    read = _READERS.get(one.kind)
    if one.is_number:
        return _number(one, cell)
    text = german.day(cell.value) if cell is not None and isinstance(cell.value, date) else text_of(cell)
    if len(text) > one.longest:
        message = f"„{one.title}“ hat {len(text)} Zeichen; möglich sind {one.longest}."
        return Wrong("too-long", message, "Bitte kürzer fassen.", text[:40])
    if not text or read is None:
        return legible(text, one.longest)
    return read(one, text, cell, catalogue)


def _number(one: Field, cell: Cell | None) -> str | float | Wrong:
    number = read_number(_plain(cell) if one.kind is FieldKind.MONEY or one.persons else cell)
    if number.is_blank:
        return ""
    if number.value is None or number.doubt or number.problem:
        said = number.doubt or number.problem or "Ein Zeichen steht für keine."
        return Wrong(
            "not-a-number", f"„{one.title}“ ist eine Zahl: {said}", "Bitte eine Zahl eintragen.", text_of(cell)
        )
    if number.value < 0 and (one.kind is FieldKind.MONEY or one.persons):
        return Wrong("below-zero", f"„{one.title}“ ist kleiner als null.", "Bitte die Zahl prüfen.", text_of(cell))
    if one.persons and not number.value.is_integer():
        message = f"„{one.title}“ zählt Menschen und hat keine Nachkommastellen."
        return Wrong("not-whole", message, "Bitte eine ganze Zahl eintragen.", text_of(cell))
    return number.value


def _plain(cell: Cell | None) -> Cell | None:
    """Money and people typed as text: without the currency, and a dot before three digits can only be a thousand."""
    if cell is None or not isinstance(cell.value, str):
        return cell
    text = re.sub(r"(?i)\s*(€|euro|eur)\s*", "", cell.value.strip()).removesuffix(",-").removesuffix(",--")
    whole = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
    return Cell(cell.row, cell.column, whole, cell.style)


def _day(one: Field, text: str, cell: Cell | None, catalogue: Catalogue) -> str | Wrong:
    """A day; a month or a year stands for its first day, or its last where the field ends something."""
    if cell is not None and isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    try:
        return german.parse_day(text).isoformat()
    except german.DayError:
        pass
    try:
        period = Period.parse(text)
    except PeriodError:
        period = None
    if period is None or period.kind in (PeriodKind.KITA_YEAR, PeriodKind.WINTER_TERM):
        message = f"„{one.title}“ ist ein Tag, und „{legible(text, 40)}“ ist keiner."
        return Wrong("not-a-day", message, "Bitte so schreiben: 14.11.2026. Auch Monat (11/2026) oder Jahr geht.", text)
    return (period.end if one.ends else period.start).isoformat()


def _yes_or_no(one: Field, text: str, cell: Cell | None, catalogue: Catalogue) -> str | Wrong:
    said = text.casefold()
    if said in _YES | _NO:
        return YES if said in _YES else NO
    return Wrong(
        "unknown-word", f"„{one.title}“ ist ja oder nein, nicht „{legible(text, 40)}“.", "ja oder nein eintragen.", text
    )


def _choice(one: Field, text: str, cell: Cell | None, catalogue: Catalogue) -> str | Wrong:
    """One of the field's words, however it is spelled in large and small letters."""
    known = {word.casefold(): word for word in one.words}
    if word := known.get(text.casefold()):
        return word
    meant = likely(one, text)
    said = f" Gemeint ist wohl „{meant}“." if meant else ""
    message = f"„{legible(text, 60)}“ ist kein Wort für „{one.title}“.{said}"
    return Wrong("unknown-word", message, f"Möglich sind: {', '.join(one.words)}.", text)


def likely(one: Field, text: str) -> str:
    """The word of a choice that is probably meant; empty where that is anybody's guess."""
    said = {word.casefold(): meant for word, meant in one.likely}
    found = process.extractOne(text, one.choices, scorer=fuzz.ratio, processor=default_process, score_cutoff=MISTYPED)
    return said.get(text.casefold().strip()) or (str(found[0]) if found else "")


def _codes(one: Field, text: str, cell: Cell | None, catalogue: Catalogue) -> str | Wrong:
    """Codes of the catalogue, named by code or title, several of them with a semicolon, a line or a comma between."""
    assert one.of is not None
    titles = one.of.titles(catalogue)
    raw = str(cell.value) if cell is not None and isinstance(cell.value, str) else text
    found: list[str] = []
    for part in (" ".join(one.split()) for one in re.split(r"[;\n]", raw)):
        code = _code(part, titles, catalogue)
        pieces = [part] if code or "," not in part else [piece.strip() for piece in part.split(",")]
        for piece in filter(None, pieces):
            code = _code(piece, titles, catalogue)
            if code is None:
                return _no_code(one, piece, titles, text)
            found.append(code)
    return ", ".join(dict.fromkeys(found))


def _code(text: str, titles: Mapping[str, str], catalogue: Catalogue) -> str | None:
    """By its code (also one that it had), its title, or both together: „B-01 Betreuungsquote“."""
    by_title = {title.casefold(): code for code, title in titles.items()}
    by_code = {code.casefold(): code for code in titles}
    first = text.split(" ", 1)[0].rstrip(":–-").casefold()
    current = catalogue.current_indicator(text)
    return (
        by_code.get(text.casefold())
        or by_title.get(text.casefold())
        or by_code.get(first)
        or (current if current in titles else None)
    )


def _amounts(one: Field, text: str, cell: Cell | None, catalogue: Catalogue) -> str | Wrong:
    """Named numbers, written the one way."""
    raw = str(cell.value) if cell is not None and isinstance(cell.value, str) else text
    example = "Bitte so schreiben: Land: 20.000; Bund: 5.000. Zwischen zweien steht ein Semikolon."
    try:
        found = amounts(raw, decimals=one.decimals > 0)
    except AmountError as error:
        return Wrong("not-an-amount", f"„{one.title}“: {error}", example, text[:80])
    if (twice := doubled(found)) and not one.repeats:
        return Wrong("not-an-amount", f"„{one.title}“ nennt „{legible(twice, 60)}“ zweimal.", example, text[:80])
    if any(part.value < 0 for part in found):
        return Wrong("below-zero", f"„{one.title}“ enthält eine Zahl kleiner als null.", "Bitte die Zahl prüfen.", text)
    if one.persons and not all(part.value.is_integer() and not part.percent for part in found):
        message = f"„{one.title}“ zählt Menschen und hat nur ganze Zahlen."
        return Wrong("not-whole", message, "Bitte ganze Zahlen eintragen.", text[:80])
    return legible(written(found), one.longest)


def _no_code(one: Field, text: str, titles: Mapping[str, str], whole: str) -> Wrong:
    assert one.of is not None
    meant = nearest(text, titles)
    said = f" Gemeint ist wohl {meant} „{titles[meant]}“." if meant else ""
    message = f"„{legible(text, 60)}“ ist im Katalog weder Kürzel noch Titel ({one.of.word}).{said}"
    few = f" Möglich sind: {', '.join(titles)}." if len(titles) <= MOST_LISTED else ""
    return Wrong("unknown-code", message, f"Bitte das Kürzel eintragen; mehrere mit Semikolon trennen.{few}", whole)


def nearest(text: str, titles: Mapping[str, str]) -> str:
    """The code whose own letters or title are most like the text; empty where nothing is."""
    named = {code: f"{code} {title}".strip() for code, title in titles.items()}
    best = process.extractOne(text, named, scorer=fuzz.WRatio, processor=default_process, score_cutoff=NEAR)
    return str(best[2]) if best else ""


_Reader = Callable[[Field, str, Cell | None, Catalogue], str | Wrong]
_READERS: dict[FieldKind, _Reader] = {
    FieldKind.DATE: _day,
    FieldKind.YES_NO: _yes_or_no,
    FieldKind.CHOICE: _choice,
    FieldKind.CODES: _codes,
    FieldKind.AMOUNTS: _amounts,
}
