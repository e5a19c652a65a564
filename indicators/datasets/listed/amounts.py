"""Several named numbers in one field: „Land: 20.000; Bund (MBE): 30 %“. Read here, and written the one way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators import german
from indicators.errors import MonitoringError

SEPARATOR = "; "
KEPT = 20_000
"""So many texts are kept as read: a page reads those of all agreements many times."""
_NUMBER = r"(?P<number>-?\d[\d.,]*)\s*(?P<unit>%|€|Euro|EUR)?"
_COLON = re.compile(rf"(?P<name>.*\S)\s*:\s*{_NUMBER}", re.I)
_PLAIN = re.compile(rf"(?P<name>.*?[^\s\d:.,-])\s+{_NUMBER}", re.I)
"""Without a colon a name does not end with a number: nobody could say which of the two is the amount."""
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")


class AmountError(MonitoringError):
    """A part that names no number."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A named number; `percent` says that it is a share of the whole."""

    name: str
    value: float
    percent: bool = False

    @property
    def text(self) -> str:
        """„Bund (MBE): 30 %“."""
        places = max(0, -Decimal(str(self.value)).normalize().as_tuple().exponent)  # type: ignore[operator]
        return f"{self.name}: {german.number(self.value, places)}{' %' if self.percent else ''}"


@lru_cache(maxsize=KEPT)
def amounts(text: str, *, decimals: bool = False) -> tuple[Amount, ...]:
    """All that a text names, in its order. Raises AmountError.

    A dot before three digits is a thousand, but of numbers with `decimals` („1.500“ posts) it has two readings.
    """
    parts = [part for part in (" ".join(one.split()) for one in re.split(r"[;\n]", text)) if part]
    return tuple(_amount(part, decimals) for part in parts)


def _amount(part: str, decimals: bool) -> Amount:
    found = _COLON.fullmatch(part) or _PLAIN.fullmatch(part)
    if found is None:
        raise AmountError(f"„{part[:60]}“ ist kein Name mit einer Zahl.")
    number = found["number"]
    if not decimals and _THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    try:
        return Amount(found["name"].strip(), german.parse_number(number), found["unit"] == "%")
    except german.NumberError as error:
        raise AmountError(str(error)) from error


def written(found: Iterable[Amount]) -> str:
    return SEPARATOR.join(one.text for one in found)


def doubled(found: Iterable[Amount]) -> str:
    """A name that stands twice, however it is written; empty for none."""
    seen: set[str] = set()
    for one in found:
        if (plain := one.name.casefold()) in seen:
            return one.name
        seen.add(plain)
    return ""
