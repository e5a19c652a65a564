"""Texts that are alike and say the opposite: „Nichtdeutsche“ is never suggested as „Deutsche“."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

_NOT = {"nicht", "kein", "keine", "keinen", "keiner", "ohne", "außer", "ausgenommen", "exklusive", "non"}
_SIDES = (
    ("mit", "ohne"), ("inklusive", "exklusive"), ("unter", "über"), ("unter", "ab"), ("mehr", "weniger"),
    ("mindestens", "höchstens"), ("vor", "nach"), ("männlich", "weiblich"), ("männer", "frauen"), ("jungen", "mädchen"),
    ("nord", "süd"), ("ost", "west"), ("erste", "letzte"),
)  # fmt: skip
_BEGINNINGS = (
    ("nicht", ""), ("un", ""), ("in", ""), ("non", ""), ("außer", ""), ("miss", ""), ("aus", "in"), ("aus", "ein"),
    ("ab", "zu"), ("fort", "zu"), ("weg", "zu"), ("unter", "über"), ("nord", "süd"), ("ost", "west"), ("ober", "unter"),
    ("minder", "mehr"), ("höchst", "mindest"), ("männer", "frauen"), ("jungen", "mädchen"),
)  # fmt: skip
_ALIKE = 80.0  # how alike what follows the beginning has to be: „deutschen“ and „deutsche“


@lru_cache(20_000)
def opposed(one: str, other: str) -> bool:
    """Whether one of two texts turns the other around, by a word or by the beginning of a word."""
    ours, theirs = _words(one), _words(other)
    if bool(ours & _NOT) != bool(theirs & _NOT):
        return True
    if any(_sides(ours, theirs, *pair) or _sides(theirs, ours, *pair) for pair in _SIDES):
        return True
    return any(_turned(first, second) or _turned(second, first) for first in ours - theirs for second in theirs - ours)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _sides(ours: frozenset[str], theirs: frozenset[str], left: str, right: str) -> bool:
    return left in ours and right in theirs and left not in theirs and right not in ours


def _turned(word: str, other: str) -> bool:
    for beginning, instead in _BEGINNINGS:
        if not word.startswith(beginning) or not other.startswith(instead):
            continue
        if not instead and other.startswith(beginning):
            continue
        rest, rest_of_other = word[len(beginning) :], other[len(instead) :]
        if min(len(rest), len(rest_of_other)) >= 4 and fuzz.ratio(rest, rest_of_other) >= _ALIKE:
            return True
    return False
