"""The way back: from an indicator's value to the cells of the workbooks that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from indicators.catalogue import Catalogue, Indicator
from indicators.deliveries import archive
from indicators.model import Breakdown, Measurement, Place, Slice
from indicators.observations import counts_for
from indicators.periods import Period
from indicators.store import Store


@dataclass(frozen=True)
class Origin:
    """One observation behind a value: what was delivered, by whom, in which delivery, sheet and cell."""

    base_figure: str
    reporter: str
    measurement: Measurement
    place: Place


def origins(
    store: Store,
    catalogue: Catalogue,
    indicator: Indicator,
    breakdown: Breakdown,
    period: Period,
    moment: datetime,
) -> Sequence[Origin]:
    """The observations that the indicator's value in this breakdown and period is computed from."""
    wanted = [
        Slice(code, reporter, Period.from_key(key))
        for name in indicator.expression.names
        for code in (name, *catalogue.base_figure(name).formerly)
        for (reporter, key) in store.rows(
            "select distinct reporter, period from slice where base_figure = $code", {"code": code}
        )
        for counted in counts_for(catalogue.base_figure(name), Period.from_key(key), indicator.frequency.kind)
        if counted.into == period.key
    ]
    kept = archive.valid_observations(store, wanted, moment)
    return [
        Origin(catalogue.current_code(key.base_figure), key.reporter, found.measurement, found.place)
        for key, found in sorted(kept.items())
        if key.breakdown == breakdown
    ]
