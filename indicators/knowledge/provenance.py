"""The way back: from an indicator's value to the cells of the workbooks that it rests on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.catalogue import Catalogue, Indicator
from indicators.datasets import FIGURES
from indicators.model import Breakdown, Measurement, Place, Slice
from indicators.observations import counts_for, overtaken, whole_numbers
from indicators.periods import Period
from indicators.store import Store


@dataclass(frozen=True)
class Origin:
    """One observation behind a value: what was delivered, by whom, in which delivery, sheet and cell.

    `alone` says that it is the base figure's whole number, as everybody knows it: no other reporter has a part in it
    or still owes one.
    """

    base_figure: str
    reporter: str
    measurement: Measurement
    place: Place
    alone: bool = False


def origins(
    store: Store,
    catalogue: Catalogue,
    indicator: Indicator,
    breakdown: Breakdown,
    period: Period,
    moment: datetime,
) -> Sequence[Origin]:
    """The observations that the indicator's value in this breakdown and period is computed from.

    Those who delivered count, not those who are named in the catalogue. What the same one delivered under two codes
    is listed once, as it counts.
    """
    names = indicator.expression.names
    wanted = [
        Slice(code, reporter, Period.from_key(key))
        for name in names
        for code in (name, *catalogue.base_figure(name).formerly)
        for (reporter, key) in store.rows(
            "select distinct reporter, period from figure_slice where base_figure = $code", {"code": code}
        )
        for counted in counts_for(indicator, catalogue.base_figure(name), Period.from_key(key))
        if counted.into == period.key
    ]
    gone = overtaken(store, catalogue, names, moment)
    counting = {_of_now(catalogue, piece) for piece in wanted if piece not in gone}
    wanted = [piece for piece in wanted if piece not in gone or _of_now(catalogue, piece) not in counting]
    kept = FIGURES.valid(store, wanted, moment)
    found = {key: own for key, own in sorted(kept.items()) if key.breakdown == breakdown}
    parts = Counter((catalogue.current_code(key.base_figure), key.period) for key in found)
    whole = whole_numbers(store, catalogue, names, breakdown, moment)
    return [
        Origin(catalogue.current_code(key.base_figure), key.reporter, own.content, own.place, alone)
        for key, own in found.items()
        for at in [(catalogue.current_code(key.base_figure), key.period)]
        for alone in [parts[at] == 1 and at in whole]
    ]


def _of_now(catalogue: Catalogue, piece: Slice) -> Slice:
    """The same under the base figure's code of now."""
    return replace(piece, subject=catalogue.current_code(piece.subject))
