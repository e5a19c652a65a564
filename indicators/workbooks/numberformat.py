"""Excel number formats: which are dates, and what a reader of the sheet sees of a number.

Offices put meaning into formats: `[<5]"/"` hides small values, `\\(0.0\\)` marks unreliable ones, a
trailing comma shows thousands, a third section shows zero as a dash.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

# Formats that Excel knows by number only (ECMA-376, part 1, 18.8.30).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|(?P<space>[_*].)|(?P<plain>.)', re.S)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format between semicolons. `literal` is its text without placeholders."""

    condition: tuple[str, float] | None
    literal: str
    has_digits: bool
    thousands: int  # trailing commas: each divides by 1000
    percent: bool
    brackets: bool
    decimals: int


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number appears: `text` stands for it when the format shows no digits (it may be empty)."""

    text: str | None
    value: float
    brackets: bool
    percent: bool
    scaled: bool
    loses_minus: bool
    decimals: int = 0


@lru_cache(maxsize=4096)
def is_date(number_format: str) -> bool:
    """Whether Excel shows a number of this format as a day (formats with only a time of day do not count)."""
    first = _split(number_format)[0] if number_format else ""
    bare = "".join(found["plain"] or "" for found in _TOKEN.finditer(first)).lower().replace("general", "")
    return "y" in bare or "d" in bare or ("m" in bare and not any(sign in bare for sign in "hs:"))


def shown(number: float, number_format: str) -> Shown:
    """What the sheet's reader sees of the number, with the value in the scale that is shown."""
    sections = _sections(number_format)
    index = _pick(sections, number)
    if index is None:
        return Shown(None, number, False, False, False, False)
    section = sections[index]
    if not section.has_digits:
        return Shown(section.literal.strip(), number, False, False, False, False)
    value = number / 1000**section.thousands * (100 if section.percent else 1)
    own_section = number < 0 and (section.condition is not None or index > 0)
    return Shown(
        None,
        float(f"{value:.15g}"),
        section.brackets,
        section.percent,
        section.thousands > 0,
        own_section and "-" not in section.literal and "–" not in section.literal,
        section.decimals,
    )


def _split(number_format: str) -> list[str]:
    parts, current = [], ""
    for found in _TOKEN.finditer(number_format):
        if found["plain"] == ";":
            parts.append(current)
            current = ""
        else:
            current += found[0]
    return [*parts, current]


@lru_cache(maxsize=4096)
def _sections(number_format: str) -> tuple[Section, ...]:
    return tuple(_section(part) for part in _split(number_format))


def _section(part: str) -> Section:
    condition = None
    literal = placeholders = ""
    for found in _TOKEN.finditer(part):
        if found["bracket"] is not None:
            if matched := _CONDITION.fullmatch(found["bracket"].strip()):
                condition = (matched[1], float(matched[2]))
        elif (text := found["quoted"] or found["escaped"]) is not None:
            literal += text
        elif plain := found["plain"]:
            if plain in "0#?.,%@":
                placeholders += plain
            else:
                literal += plain
    general = "general" in literal.lower() or "standard" in literal.lower()
    tail = re.search(r"(,+)[^0#?]*$", placeholders) if re.search(r"[0#?]", placeholders) else None
    after = placeholders.partition(".")[2]
    return Section(
        condition,
        literal,
        general or bool(re.search(r"[0#?@]", placeholders)),
        len(tail[1]) if tail else 0,
        "%" in placeholders,
        "(" in literal and ")" in literal,
        len(re.findall(r"[0#?]", after)),
    )


_COMPARE = {
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
}


def _pick(sections: tuple[Section, ...], number: float) -> int | None:
    """Conditions first, in order; without any, Excel's own order: positive, negative, zero."""
    if any(section.condition for section in sections):
        for index, section in enumerate(sections):
            if section.condition is None:
                return index
            operator, bound = section.condition
            if _COMPARE[operator](number, bound):
                return index
        return None
    count = min(len(sections), 3)
    if number < 0 and count > 1:
        return 1
    return 2 if number == 0 and count > 2 else 0
