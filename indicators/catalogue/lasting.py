"""What begins and ends, and what goes on under another code."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from indicators.catalogue.fields import Definition, PeriodField, Text, TextList
from indicators.periods import Period


class Lasting(Definition):
    """What begins and ends: `follows` names the codes that it takes over from on `valid_from`.

    It counts for a period that ends in its time. Who is followed ends the day before, unless `valid_to` says when.
    """

    code: Text
    follows: TextList = ()
    valid_from: PeriodField | None = None
    valid_to: PeriodField | None = None

    def valid_in(self, period: Period) -> bool:
        begun = self.valid_from is None or self.valid_from.start <= period.end
        return begun and (self.valid_to is None or period.end <= self.valid_to.end)


def is_there(all_of_them: Sequence[Lasting], code: str, period: Period) -> bool:
    own = next((one for one in all_of_them if one.code == code), None)
    last = last_day(all_of_them, code)
    return own is not None and own.valid_in(period) and (last is None or period.end <= last)


def last_day(all_of_them: Sequence[Lasting], code: str) -> date | None:
    """Its own last day, else the one before others follow it; None where it goes on."""
    own = next((one for one in all_of_them if one.code == code), None)
    if own is not None and own.valid_to is not None:
        return own.valid_to.end
    heirs = [one for one in all_of_them if code in one.follows and one.valid_from is not None]
    begins = [heir.valid_from.start for heir in heirs if heir.valid_from is not None]
    return min(begins) - timedelta(days=1) if begins else None


def followed_by(all_of_them: Iterable[Lasting], code: str) -> tuple[str, ...]:
    """The codes that it took over from, and those that they had taken over from."""
    by_code = {one.code: one for one in all_of_them}
    found: list[str] = []
    waiting = [code]
    while waiting:
        known = by_code.get(waiting.pop())
        for earlier in known.follows if known else ():
            if earlier not in found and earlier != code:
                found.append(earlier)
                waiting.append(earlier)
    return tuple(found)
