"""How people write periods: `Q3 26`, `III/2026`, `1. Hj 2026`, `Jul-Sep 2026`, `22/23`, `01.07. bis 30.09.2024`.

One table of forms serves a cell that is nothing but a period and a line that names one among other words. A form
without a year gives a `Part`, which gets its year from where the table says it. What is no single reporting period
(`1.–3. Quartal 2024`) or no measured one (`Plan 2026`) carries a `hesitation`, to be asked.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from indicators.periods import Period, PeriodError
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.period_forms import DATED, ROMAN, UNDATED, YEAR, Build, Match
from indicators.tables.crosstab.spelled import FIRST_YEAR, LAST_YEAR, SILENT, Part, Spelled
from indicators.tables.crosstab.wording import CACHED
from indicators.workbooks.numbers import clean

_WHOLE = tuple((form.whole, form.build) for form in (*DATED, *UNDATED))
_ANY = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern, _ in _WHOLE), re.IGNORECASE)
"""All forms in one, their groups without names: most labels are none, and asked once instead of 47 times."""
_INLINE = tuple((form.within, form.build) for form in DATED if form.inline)
_INLINE_PARTS = tuple((form.within, form.build) for form in UNDATED if form.inline)

_MARKER = re.compile(r"\s*(?:\d{1,2}(?:,\s?\d{1,2})*\)|[¹²³⁴-⁹]+⁾?|\[\d{1,2}\]|\*+\)?)+$")
_GLUED = re.compile(r"((?:19|20)\d\d)\d\)")  # „20191)“
_PREFIX = re.compile(
    r"^(?:(?:berichts|kalender|erhebungs)?jahr|stichtag|stand am|stand|zum|am|berichtszeitraum|zeitraum|schuljahr|"
    r"berichtsmonat|monat|semester|im|jahresende|jahresdurchschnitt|jd\.?)\b\s*:?\s*",
    re.IGNORECASE,
)
FLAG_WORDS = (
    (
        re.compile(r"\s*[(\[]?\b(?:vorläufige?s?|vorl\.?|p)(?:\s(?:Werte?|Zahl(?:en)?|Ergebnis(?:se)?))?[)\]]?$", re.I),
        "p",
    ),
    (re.compile(r"\s*[(\[]?\b(?:revidiert|berichtigt|korrigiert|rev\.|r)[)\]]?$", re.I), "r"),
    (re.compile(r"\s*[(\[]?\b(?:geschätzt|Schätzung|gesch\.|s)[)\]]?$", re.I), "s"),
)
_GLUED_FLAG = re.compile(r"((?:19|20)\d\d)([prs])$")
_PLANNED = re.compile(
    r"\(?\b(?:plan(?:wert|zahl|ung)?|soll(?:wert)?|ziel(?:wert|zahl)?|prognose(?:wert)?|ansatz|hochrechnung|"
    r"vorausberechnung|erwartet|schätzung\sfür)\b\)?:?",
    re.IGNORECASE,
)


@lru_cache(CACHED)
def read(text: str) -> Spelled:
    """What a whole text says: `20191)`, `Stand: 31.12.2020*`, `2025 (vorläufig)`, `Plan 2026`; else SILENT."""
    bare, flags = flagged(_unmarked(clean(text)))
    found = _bare(bare)
    if found.is_silent and (planned := _PLANNED.search(bare)):
        rest = _bare(_unmarked((bare[: planned.start()] + bare[planned.end() :]).strip(" ,:;()–-")))
        if rest.period is not None:
            said = f"„{clean(text)}“ ist geplant oder erwartet, kein gemessener Wert."
            return replace(rest, hesitation=Doubt(Code.PLANNED, clean(text), said))
    return replace(found, flags=flags) if flags and not found.is_silent else found


def _unmarked(text: str) -> str:
    glued = _GLUED.fullmatch(text)
    return glued[1] if glued else _MARKER.sub("", text)


def flagged(text: str) -> tuple[str, str]:
    """A text without „(vorläufig)“, „2025p“, „2024 r“ at its end, and the flags that these stand for."""
    flags = ""
    for pattern, flag in FLAG_WORDS:
        if (found := pattern.search(text)) and found.start() > 0:
            text, flags = text[: found.start()].rstrip(" ,;"), flags + flag
    if found := _GLUED_FLAG.search(text):
        text, flags = text[: found.start(2)], flags + found[2]
    return text, flags


_LABEL_FLAGS = (
    (re.compile(r"\s*(?:[(\[](?:vorläufige?s?|vorl\.?|p)[)\]]|\b(?:vorläufig|vorl\.))$", re.IGNORECASE), "p"),
    (
        re.compile(r"\s*(?:[(\[](?:revidiert|berichtigt|korrigiert|rev\.|r)[)\]]|\b(?:revidiert|berichtigt))$", re.I),
        "r",
    ),
    (re.compile(r"\s*(?:[(\[](?:geschätzt|Schätzung|gesch\.|s)[)\]]|\bgeschätzt)$", re.IGNORECASE), "s"),
)


@lru_cache(CACHED)
def labelled(text: str) -> tuple[str, str]:
    """The same for a head or label that is no period: „Kinder (vorläufig)“. A bare letter is part of a name there."""
    flags = ""
    for pattern, flag in _LABEL_FLAGS:
        if (found := pattern.search(text)) and found.start() > 0:
            text, flags = text[: found.start()].rstrip(" ,;"), flags + flag
    return text, flags


def _bare(text: str) -> Spelled:
    for stripped in dict.fromkeys((text.strip(" :"), _PREFIX.sub("", _PREFIX.sub("", text)).strip(" :"))):
        found = _whole(stripped)
        if not found.is_silent:
            return found
    return SILENT


def _whole(text: str) -> Spelled:
    if re.fullmatch(r"\d{4}(?:\.0)?", text):
        year = int(text[:4])
        return Spelled(Period.of_year(year)) if FIRST_YEAR <= year <= LAST_YEAR else SILENT
    if not _ANY.fullmatch(text):
        return SILENT
    for pattern, build in _WHOLE:
        if found := pattern.fullmatch(text):
            spelled = _built(build, found)
            if not spelled.is_silent:
                return spelled
    return SILENT


def _built(build: Build, found: Match) -> Spelled:
    try:
        spelled = build(found)
    except PeriodError:
        return SILENT
    usual = spelled.period is None or FIRST_YEAR <= spelled.period.year <= LAST_YEAR
    return spelled if usual else SILENT


def within(line: str, parts: bool = False) -> Iterator[tuple[str, Spelled]]:
    """What a line names among other words, with the text of each; with `parts` what it names without a year.

    What one form has taken no other form sees: „01.07.2024 bis 30.09.2024“ names no single day.
    """
    rest = line
    for pattern, build in (*_INLINE, *_INLINE_PARTS) if parts else _INLINE:
        for found in list(pattern.finditer(rest)):
            spelled = _built(build, found)
            if not spelled.is_silent:
                yield found[0], spelled
                rest = rest.replace(found[0], "\x00", 1)
    years = re.compile(rf"(?<![\w.,/-]){YEAR}(?!\d{{2,}}|[.,]\d)")
    for found in years.finditer(rest):
        yield found[0], Spelled(Period.of_year(int(found["year"])))


_HEADED = ((re.compile(r"quartal|\bq\b|vierteljahr", re.I), 3), (re.compile(r"monat", re.I), 1),
           (re.compile(r"halbjahr|\bhj", re.I), 6))  # fmt: skip


def numbered(text: str, head: str) -> Part | None:
    """3 or III under „Quartal“, 11 under „Monat“, 2 under „Halbjahr“."""
    number = ROMAN.get(text) or (int(text) if text.isdigit() and len(text) <= 2 else 0)
    for pattern, months in _HEADED:
        if pattern.search(head) and 1 <= number <= 12 // months:
            return Part(months * (number - 1) + 1, months * number)
    return None
