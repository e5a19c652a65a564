"""What is valid beside a delivery: the values that its own are compared with."""

from collections.abc import Iterable

from indicators.catalogue import Catalogue
from indicators.deliveries import archive
from indicators.deliveries.reading import Reading
from indicators.model import Breakdown, Slice
from indicators.periods import Period
from indicators.store import Store

NumberKey = tuple[str, str, Breakdown, Period]
"""Base figure, reporter, breakdown and period."""


def earlier(store: Store, catalogue: Catalogue, reading: Reading) -> dict[NumberKey, float]:
    """Valid values of the periods around, and of the base figures that ratios set beside the delivered ones."""
    beside = {
        Slice(name, reporter, piece.period)
        for piece in reading.covers
        for indicator in catalogue.indicators_from(piece.base_figure)
        for name in indicator.expression.names
        for reporter in catalogue.base_figure(name).reporters
    }
    around = {
        Slice(piece.base_figure, piece.reporter, period)
        for piece in reading.covers
        for period in (piece.period.year_before, piece.period.previous, piece.period.next)
    }
    own = set(reading.covers)
    inherited = _inherited(store, catalogue, around - own)
    return {**inherited, **numbers(store, (beside | around) - own)}


def _inherited(store: Store, catalogue: Catalogue, around: set[Slice]) -> dict[NumberKey, float]:
    """What others delivered before a reporter was there, as if it were its own: the same count under another name.

    Of a base figure that one reporter delivers, all that was ever delivered is its own past.
    """
    alone = {code: one.reporters[0] for code, one in catalogue.base_figures.items() if len(one.reporters) == 1}
    asked = {piece for piece in around if alone.get(piece.base_figure) == piece.reporter}
    if not asked:
        return {}
    names = sorted({piece.base_figure for piece in asked})
    others = store.rows(
        "select distinct base_figure, reporter from slice where list_contains($names, base_figure)", {"names": names}
    )
    before = [
        Slice(piece.base_figure, reporter, piece.period)
        for piece in asked
        for figure, reporter in others
        if figure == piece.base_figure and reporter != piece.reporter
    ]
    return {
        (figure, alone[figure], breakdown, period): number
        for (figure, _, breakdown, period), number in numbers(store, before).items()
    }


def numbers(store: Store, slices: Iterable[Slice]) -> dict[NumberKey, float]:
    """Valid numbers of the slices; a sign is no number."""
    return {
        (key.base_figure, key.reporter, key.breakdown, key.period): one.measurement.value
        for key, one in archive.valid_observations(store, slices).items()
        if one.measurement.value is not None
    }
