"""What the reader is not sure of, as values: a code that decisions hang on, what it is about, and the sentence.

A decision is remembered by `Doubt.key`, so a sentence may be worded better without anyone being asked again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.tables.crosstab import wording


class Code(StrEnum):
    """Every doubt that there is. Those of `REMEMBERED` are about the layout and come again with every delivery."""

    HEAD_INHERITED = "head-inherited"
    HEAD_ENDS_EARLY = "head-ends-early"
    HEAD_MISSING = "head-missing"
    COLUMN_NOT_READ = "column-not-read"
    COLUMN_APART = "column-apart"
    HIDDEN = "hidden"
    STRUCK = "struck"
    MERGED_VALUE = "merged-value"
    LABEL_MISSING = "label-missing"
    LABEL_INHERITED = "label-inherited"
    LABEL_IS_DATE = "label-is-date"
    LOOKS_LIKE_HEAD = "looks-like-head"
    SECTION_OR_ROW = "section-or-row"
    PERIOD_ABOVE_ONLY = "period-above-only"
    PERIOD_BELOW_ONLY = "period-below-only"
    PERIOD_OF_SHEET = "period-of-sheet"
    PERIOD_INHERITED = "period-inherited"
    PERIOD_MISSING = "period-missing"
    PERIOD_UNUSUAL = "period-unusual"
    PERIODS_DIFFER = "periods-differ"
    MAY_BE_DAY_OF_MAKING = "may-be-day-of-making"
    COMPARES = "compares"
    PLANNED = "planned"
    NUMBER = "number"
    NO_NUMBER = "no-number"
    FRACTION = "fraction"
    DOUBLED = "doubled"
    BROKEN_COUNTS = "broken-counts"
    COLUMN_NUMBERS = "column-numbers"
    LONELY = "lonely"
    TWO_FIGURES = "two-figures"
    TWO_MEMBERS = "two-members"
    TWO_PERIODS = "two-periods"
    UNKNOWN_BREAKDOWN = "unknown-breakdown"
    PERIOD_TOO_LONG = "period-too-long"
    REFERENCE_DAY = "reference-day"


REMEMBERED = frozenset(
    {
        Code.HEAD_INHERITED, Code.HEAD_ENDS_EARLY, Code.HEAD_MISSING, Code.COLUMN_APART, Code.HIDDEN,
        Code.MERGED_VALUE, Code.LABEL_MISSING, Code.LABEL_INHERITED, Code.SECTION_OR_ROW, Code.PERIOD_ABOVE_ONLY,
        Code.COMPARES, Code.TWO_FIGURES, Code.TWO_MEMBERS, Code.TWO_PERIODS, Code.UNKNOWN_BREAKDOWN, Code.REFERENCE_DAY,
        Code.PERIOD_OF_SHEET, Code.PERIOD_BELOW_ONLY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """One thing to be decided. `about` is the text of the sheet that it speaks of (a head, a label), if any."""

    code: Code
    about: str
    text: str

    @property
    def key(self) -> str:
        """What a decision is kept under: years aside, so that next year's table is not asked again."""
        return key_of(self.code, self.about)

    def __str__(self) -> str:
        return self.text


def key_of(code: Code, about: str = "") -> str:
    return f"{code.value}:{wording.key(re.sub(r'(?:19|20)[0-9]{2}', 'jjjj', about))}"


def is_remembered(key: str) -> bool:
    """Whether a decision holds next year too; one about a single number or a year is new each time."""
    return key.partition(":")[0] in {code.value for code in REMEMBERED}


_SENTENCES = (
    (r"Der Tabellenkopf ist von der Tabelle darüber übernommen\.", Code.HEAD_INHERITED),
    (r"Der Kopf „(.*)“ endet vor dieser Spalte; er gilt hier vermutlich auch\.", Code.HEAD_ENDS_EARLY),
    (r"Die Spalte ist ausgeblendet\.", Code.HIDDEN),
    (r"Der Wert steht in einer über mehrere Zeilen verbundenen Zelle\.", Code.MERGED_VALUE),
    (r"Diese Spalte nennt keinen Zeitraum; .* steht über der Tabelle\.", Code.PERIOD_ABOVE_ONLY),
    (r"Die Gliederung „(.*“ ist bei „.*)“ nicht vorgesehen\.", Code.UNKNOWN_BREAKDOWN),
    (r"Die Beschriftungen nennen verschiedene Grundzahlen: (.*)\.", Code.TWO_FIGURES),
    (r"Die Beschriftungen nennen zwei Ausprägungen von „(.*)“\.", Code.TWO_MEMBERS),
    (r"Der Kopf vergleicht zwei Zeitpunkte; ein eigener Zeitraum ist nicht angegeben\.", Code.COMPARES),
    (r"Der Stichtag (.*) ist nicht der von „.*“ \(.*\)\.", Code.REFERENCE_DAY),
    (r"Die Beschriftung „(.*)“ ist aus der Zeile darüber übernommen\.", Code.LABEL_INHERITED),
    (r"Die Zeile hat keine Beschriftung\.", Code.LABEL_MISSING),
)


def restored(decisions: Mapping[str, bool]) -> dict[str, bool]:
    """Decisions as they were stored: by key since decision 0403, by their sentence before."""
    return {_restored_key(key): taken for key, taken in decisions.items()}


def _restored_key(key: str) -> str:
    for pattern, code in _SENTENCES:
        if found := re.fullmatch(pattern, key):
            return key_of(code, found[1] if found.groups() else "")
    return key
