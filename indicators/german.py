"""Numbers, dates and lists as German readers write them, in and out."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import NumberPattern, parse_decimal, parse_pattern

from indicators.errors import MonitoringError
from indicators.model import Measurement, Sign

BERLIN = ZoneInfo("Europe/Berlin")
GERMAN = Locale("de")
MOST_TYPED = 6
NARROW = "\u202f"
NO_BREAK = "\u00a0"
# Reads well and is spoken as “minus”, but st.metric and many programs that read numbers take it for text.
TRUE_MINUS = "\u2212"

_PRINTED_SIGNS = {Sign.NOTHING: "–", Sign.LATER: "…", Sign.SECRET: "."}
_TYPED_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+)(?:,[0-9]+)?")
_TYPED_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")


class DayError(MonitoringError):
    """A typed text that is no day in the German form."""


class NumberError(MonitoringError):
    """A typed text that is no number in the German form."""


def rounded(value: float, decimals: int) -> float:
    """Rounded half away from zero, as German offices round: 0.25 becomes 0.3; never minus zero."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)) + 0.0


def difference(value: float, other: float, decimals: int) -> float:
    """value - other as a reader finds it who subtracts the two as they are shown."""
    return rounded(rounded(value, decimals) - rounded(other, decimals), decimals)


def number(value: float, decimals: int, *, minus: str = "-") -> str:
    """„1.234,5“; the minus is the ASCII one unless another is asked for."""
    text = _pattern(decimals).apply(rounded(value, decimals), GERMAN)
    return text if minus == "-" else text.replace("-", minus)


def typed(value: float, decimals: int) -> str:
    """A number as one would type it: with so many decimals, and more where it has more; „1234,56“."""
    digits = next((more for more in range(decimals, MOST_TYPED) if rounded(value, more) == value), MOST_TYPED)
    return number(value, digits).replace(".", "")


def signed(value: float, decimals: int, *, minus: str = "-") -> str:
    """A change with its sign: „+1,2“, „-0,3“, „±0,0“."""
    change = rounded(value, decimals)
    prefix = "+" if change > 0 else "±" if change == 0 else ""
    return prefix + number(change, decimals, minus=minus)


def with_unit(value: float, decimals: int, symbol: str, *, minus: str = "-") -> str:
    """The number and its unit's symbol, kept on one line: „36,0 %“. An empty symbol adds nothing."""
    text = number(value, decimals, minus=minus)
    return f"{text}{NO_BREAK}{symbol}" if symbol else text


def sign(mark: Sign) -> str:
    """A sign as German tables print it: „–“ for nothing, „…“ for later, else as it is stored."""
    return _PRINTED_SIGNS.get(mark, str(mark.value))


def content(cell: "float | Sign | str | None", decimals: int) -> str:
    """What a table cell shows; empty for None, because nothing is known to be missing there."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, Sign):
        return sign(cell)
    return cell if isinstance(cell, str) else number(cell, decimals, minus=TRUE_MINUS)


def measured(point: Measurement, decimals: int) -> str:
    """A measurement with its sign: „12,5“, „(12,5)“ where it is of limited reliability, „.“ where it is secret."""
    text = content(point.content, decimals)
    return f"({text})" if point.value is not None and point.sign is Sign.LIMITED else text


def day(date_: date) -> str:
    """„14.11.2026“."""
    return f"{date_:%d.%m.%Y}"


def moment(instant: datetime) -> str:
    """„14.11.2026, 09:30 Uhr“ in German time; a moment without time zone is UTC, as the store keeps it."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return f"{aware.astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"


def counted(count: int, one: str, many: str) -> str:
    """„1 Wert“, „2.345 Werte“, „0 Werte“."""
    return f"{number(count, 0)} {one if count == 1 else many}"


def enumeration(items: Sequence[str], last: str = "und") -> str:
    """„A, B und C“."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def parse_number(text: str) -> float:
    """A number as people type it into a field: „1.234,5“, „1 234,5“, „-3“.

    Raises NumberError for all else, and for „1.234“, which some read as 1234 and others as 1,234.
    """
    typed = " ".join(text.replace(TRUE_MINUS, "-").split())
    if _TWO_READINGS.fullmatch(typed):
        whole = typed.replace(".", "")
        raise NumberError(
            f"„{typed}“ lässt sich auf zwei Arten lesen. Bitte schreiben Sie {whole} oder {typed.replace('.', ',')}."
        )
    if not _TYPED_NUMBER.fullmatch(typed):
        raise NumberError(f"„{typed}“ ist keine Zahl. Bitte schreiben Sie sie so: 1.234,5 oder 1234,5.")
    return float(parse_decimal(typed.replace(" ", ".").removeprefix("+"), locale="de", strict=True))


def parse_day(text: str) -> date:
    """A day as people type it into a field: „14.11.2026“. Raises DayError."""
    found = _TYPED_DAY.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise DayError(f"„{text.strip()}“ ist kein Tag. Bitte schreiben Sie ihn so: 14.11.2026.")


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals > 0 else ""))
