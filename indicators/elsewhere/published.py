"""A published file as plain values: of which place, of when, of what, and where in the file each stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.model import Finding, Place, Sign
from indicators.periods import Period

TOTALS = frozenset(("", "insgesamt", "gesamt", "zusammen", "total", "alle"))


@dataclass(frozen=True)
class Measure:
    """What is counted, by all names that the file has for it (code, title); `unit` as the file writes it."""

    names: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True)
class Value:
    """One number or sign. `keys` are official codes of the place without the zeros that a municipality has behind
    them, `attributes` by variable what it is restricted to, totals left out."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    period: Period
    measure: Measure
    attributes: tuple[tuple[str, str], ...]
    value: float | None
    sign: Sign | None
    place: Place


@dataclass(frozen=True)
class Published:
    """`tables` are all names of the table or statistic, `source` who published it, `title` what it is about."""

    tables: tuple[str, ...]
    title: str
    source: str
    values: tuple[Value, ...]
    findings: tuple[Finding, ...] = ()


def key_of(code: str) -> str:
    """„K03404“, „03404000“ and „03404“ are the same place, „030“ is a Land; empty where it is no official key.

    >>> key_of("K03101"), key_of("03404000"), key_of("K030"), key_of("DG"), key_of("Insgesamt")
    ('03101', '03404', '03', 'DG', '')
    """
    text = code.strip().upper().removeprefix("K")
    if text in ("DG", "DINSG", "0", "00"):
        return "DG"
    if not re.fullmatch(r"\d{2,9}", text):
        return ""
    if len(text) == 3 and text.endswith("0"):
        return text[:2]
    return text[:5] if len(text) == 8 and text.endswith("000") else text


def plain(text: str) -> str:
    """Names are compared without regard to blanks, case and the kinds of hyphens."""
    return " ".join(re.sub(r"[\u2010-\u2015]", "-", text).split()).casefold()


def is_total(text: str) -> bool:
    return plain(text) in TOTALS


def restricted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Variables and attributes in order, without those that say „all of them“."""
    return tuple(sorted((variable, attribute) for variable, attribute in pairs if not is_total(attribute)))
