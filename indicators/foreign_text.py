"""Text that strangers wrote (file names, sheet names, cells, reasons), made fit to be shown and to name a file.

What is stored stays raw; these functions stand between the store and a reader's eyes. Escaping for HTML or
Markdown is the screen's own business.
"""

import re
import unicodedata

LONGEST_SHOWN = 300
LONGEST_REASON = 500
LONGEST_REMARK = 500
WORKBOOKS = (".xlsx", ".ods")
MOST_MARKS = 3  # combining marks on one letter; real spellings need two

_NUMBER = re.compile(r"\d+")
_HARMLESS = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\b(?:19|20)\d{2}(?:/\d{2,4})?\b|\b[1-4]\. (?:Quartal|Halbjahr)"
)
_LINK = re.compile(r"://|\bwww\.|\bmailto:", re.IGNORECASE)
_PLAIN = re.compile("[\t\n\r\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff]*")
"""Letters and signs of German texts that stay what they are, whatever stands beside them."""
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def legible(text: str, limit: int = LONGEST_SHOWN) -> str:
    """One harmless line: line breaks are blanks, and what is longer than `limit` ends in „…“."""
    line = harmless(re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]", " ", text[: 4 * limit]))
    return line if len(line) <= limit and len(text) <= 4 * limit else line[: limit - 1] + "…"


def harmless(text: str) -> str:
    """Without anything that acts instead of being seen.

    Control characters and marks that turn the direction of writing become „�“, combining marks beyond a few
    on one letter are left out; tabs and line breaks stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    shown: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            continue
        unseen = letter in _BIDI or category in ("Cc", "Cs", "Co", "Cn")
        shown.append("\ufffd" if unseen and letter not in "\t\n\r" else letter)
    return "".join(shown)


def acts(text: str) -> bool:
    """Whether a text holds characters that cannot be seen and change how the rest is seen or read."""
    return any(letter in _BIDI or (unicodedata.category(letter) == "Cc" and letter not in "\t\n\r") for letter in text)


def remark_problem(text: str, *, protected: bool) -> str:
    """Why a text cannot be a remark, on a protected value where it is one; empty where nothing stands against it."""
    if not text.strip():
        return "Bitte die Bemerkung schreiben."
    if len(text) > LONGEST_REMARK or acts(text):
        return f"Eine Bemerkung hat höchstens {LONGEST_REMARK} Zeichen und keine Steuerzeichen."
    if _LINK.search(text):
        return "Bitte keine Adressen von Webseiten: Die Bemerkung steht auch auf Papier."
    if protected and names_numbers(text):
        return (
            "Hinter dieser Kennzahl stehen kleine oder geschützte Zahlen. Bitte keine Zahlen nennen; Jahre, Tage und "
            "Quartale dürfen stehen bleiben."
        )
    return ""


def names_numbers(text: str) -> bool:
    """Whether a text holds numbers other than days, years and quarters."""
    return bool(_NUMBER.search(_HARMLESS.sub("", text)))


def download_name(name: str, suffixes: tuple[str, ...] = (".xlsx",)) -> str:
    """A name for handing a workbook back: no path, no mark-up, at most 100 letters, and with one of the suffixes.

    A file that came as .xlsm or .exe is never offered as a program; where its suffix is none of them, the first is.
    """
    found = next((one for one in WORKBOOKS if name.lower().endswith(one)), suffixes[0])
    stem = legible(name.replace("\\", "/").rpartition("/")[2])
    stem = stem[: -len(found)] if stem.lower().endswith(found) else stem
    suffix = found if found in suffixes else suffixes[0]
    plain = re.sub(r"[^\w.,()+ -]+", "_", " ".join(stem.split())).strip(" ._")
    return f"{plain[:100].replace('..', '.') or 'Arbeitsmappe'}{suffix}"
