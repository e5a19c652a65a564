"""What holds of a thing that goes on, with the fields that its list gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators.model import Sign

Value = str | float | Sign


@dataclass(frozen=True)
class Held:
    """`values` by field; a small number of people is a Sign for those it is kept from. `delivery` said so last."""

    name: str
    reporter: str
    values: Mapping[str, Value]
    delivery: int

    def text(self, code: str) -> str:
        """A field of words; empty where there is nothing."""
        value = self.values.get(code)
        return value if isinstance(value, str) and not isinstance(value, Sign) else ""

    def number(self, code: str) -> float | None:
        value = self.values.get(code)
        return float(value) if isinstance(value, int | float) else None

    def codes(self, code: str) -> tuple[str, ...]:
        return tuple(filter(None, (part.strip() for part in self.text(code).split(","))))

    def day(self, code: str) -> date | None:
        text = self.text(code)
        return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Holding(Held):
    """With when it was said, and by whom."""

    at: datetime
    by: str


def kept_back(value: str | float, small_below: int | None) -> Value:
    """A small number of people is a sign for those it is kept from; that there is nobody may be known."""
    small = small_below is not None and isinstance(value, int | float) and 0 < value < small_below
    return Sign.SECRET if small else value
