"""Foreign texts made safe for files: no control characters, no formulas."""

import re

# What XML 1.0 cannot hold, delete, and lone surrogates; tabs and line breaks may stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# Programs read a cell that begins with one of these as a formula; the full-width forms too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Unless all of it is a negative number, perhaps with its unit: that computes nothing.
_NUMBER = re.compile(
    r"-(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?(?:[ \u00a0\u202f](?:%|€|[A-Za-zÄÖÜäöüß. ]+))?"
)
EXCEL_LONGEST = 32_767
CUT = " … [gekürzt]"


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def fitting(text: str, longest: int = EXCEL_LONGEST) -> str:
    """Cut where Excel's cell ends, and said to be cut; xlsxwriter would drop the text in silence.

    The length counts UTF-16 units, as Excel does.
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - len(CUT))].decode("utf-16-le", "ignore") + CUT


def harmless(text: str) -> str:
    """A text for CSV: with an apostrophe before what a spreadsheet would compute; a number stays as it is."""
    clean = printable(text)
    if _NUMBER.fullmatch(clean):
        return clean
    dangerous = clean.startswith(_FORMULA_STARTS) or clean.lstrip().startswith(_FORMULA_STARTS)
    return f"'{clean}" if dangerous else clean
