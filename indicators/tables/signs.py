"""Words in the place of numbers: which sign they may stand for. Suggested, never taken unasked."""

import re

from indicators.model import Sign
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.workbooks.numbers import clean

_MEANT = (  # the first that fits; brackets and a closing period are gone by then
    (
        Sign.LATER,
        r"(?:liegt|liegen) noch nicht vor|noch nicht .*|(?:wird |werden )?(?:nach)?(?:folgt|folgen|geliefert)",
    ),
    (Sign.LATER, r"(?:wird |werden )?nachgereicht|in (?:arbeit|bearbeitung)|später|steht noch aus|t|n\. ?n"),
    (
        Sign.SECRET,
        r"(?:<=?|≤|unter|weniger als|kleiner(?: als)?|max\.?) ?(?:[1-9]|10|drei|fünf|zehn)|[1-4] ?[-–] ?[1-9]",
    ),
    (Sign.SECRET, r"[cgs]|geheim(?: ?gehalten)?|gesperrt|datenschutz|anonymisiert|\*{1,3}|#"),
    (Sign.UNRELIABLE, r"u|(?:zu )?unsicher|nicht (?:belastbar|aussagekräftig)|//+"),
    (Sign.BLOCKED, r"[xz]|entfällt|entfallen|trifft nicht zu|nicht (?:zutreffend|sinnvoll)|n\. ?z|xx+"),
    (Sign.NOTHING, r"[-–—−‐‑_]+|kein(?:e|er|en)?(?: fälle?)?|nichts(?: vorhanden)?|null|nicht vorhanden"),
    (Sign.UNKNOWN, r"(?:k|o|n)\. ?a|(?:keine|ohne) angaben?|n/a|na|n\. ?[bv]|unbekannt|(?:liegt|liegen) nicht vor|:"),
    (
        Sign.UNKNOWN,
        r"nicht (?:bekannt|verfügbar|erfasst|erhoben|angegeben|gemeldet|ausgewiesen)|keine (?:daten|meldung)",
    ),
    (Sign.UNKNOWN, r"fehlt|fehlend|\?+|\.\.?|•|·"),
)


def key_of(text: str) -> str:
    """Two texts with one key are one: „< 5“ and „<5“, „K.A.“ and „k. A.“; but never „<5“ and „>5“."""
    return re.sub(r"\s+", "", clean(text)).casefold()


def suggested(text: str) -> Sign | None:
    """The sign that a text usually stands for; None where nobody could know."""
    bare = clean(text).casefold()
    for plain in dict.fromkeys((bare, re.sub(r"^[\[(]\s*|\s*[\])]$", "", bare))):
        for sign, pattern in _MEANT:
            if re.fullmatch(rf"(?:{pattern})\.?", plain):
                return sign
    return None


def may_stand_for_one(doubt: Doubt) -> bool:
    """Whether a cell that is no number holds words of its writer, and neither an error nor a date nor a truth value."""
    text = doubt.about
    if doubt.code is not Code.NO_NUMBER or not text or text in ("True", "False"):
        return False
    return not re.fullmatch(r"#(?:[A-ZÄÖÜ/0?! ]+.*)|\d{4}(?:-[QH]?\d{1,2}){0,2}.*|\d{1,2}\.\d{1,2}\.\d{2,4}", text)


def holds_next_year(key: str, sign: Sign | None) -> bool:
    """A text that is left out is left out again only if it can be no mistyped number."""
    return sign is not None or suggested(key) is not None or not re.search(r"\d", key)
