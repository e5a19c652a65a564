"""One state of the data by itself, as a table: what the product decides for it, as if there were no other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from indicators.catalogue import Catalogue
from indicators.observations import duty_table
from indicators.store import Store
from indicators.suppression import Hidden
from indicators.suppression.contributions import Parts
from indicators.suppression.hidden import decided
from indicators.suppression.history import SECRET_SIGNS, Definitions, Version


@dataclass(frozen=True)
class Contributions:
    """`sole` names the reporter of base figures that only one delivers; `parts` holds the numbers of all others,
    by base figure, breakdown code and key of the period."""

    sole: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str, int], Parts] = field(default_factory=dict)

    def of(self, figure: str, breakdown: str, period: int, number: float) -> Parts:
        """Empty where nobody knows who delivered it."""
        if figure in self.sole:
            return {self.sole[figure]: number}
        return self.parts.get((figure, breakdown, period), {})


UNKNOWN = Contributions()


def versions_of(values: pd.DataFrame, contributed: Contributions = UNKNOWN) -> Iterator[Version]:
    """One state alone; `values` as from `base_values`."""
    tables: dict[tuple[str, int], tuple[dict[str, float], dict[str, Parts], set[str]]] = {}
    ordered = values.sort_values(["base_figure", "breakdown", "period"])
    columns = (ordered[name].tolist() for name in ("base_figure", "breakdown", "period", "number", "sign"))
    for figure, breakdown, period, number, sign in zip(*columns, strict=True):
        numbers, parts, secret = tables.setdefault((figure, int(period)), ({}, {}, set()))
        if sign in SECRET_SIGNS:
            secret.add(breakdown)
        if number is not None and not pd.isna(number):
            numbers[breakdown] = float(number)
            parts[breakdown] = contributed.of(figure, breakdown, int(period), float(number))
    for (figure, period), (numbers, parts, secret) in tables.items():
        yield Version(figure, period, numbers, parts, frozenset(secret))


def base_values(store: Store, catalogue: Catalogue, moment: datetime) -> pd.DataFrame:
    """One row per base figure, breakdown and period as known at the moment: number (summed over reporters) or sign."""
    statement = "select base_figure, breakdown, period, number, sign from base_value($moment, 'duty') order by all"
    return store.query(statement, {"moment": moment}, duty=duty_table(catalogue, catalogue.base_figures))


def hidden_values(values: pd.DataFrame, catalogue: Catalogue, contributed: Contributions = UNKNOWN) -> Hidden:
    """Decides for all base values of one state; `values` as from `base_values`, every number that a reader may see.

    What is hidden is so from everyone alike: also from a reporter who knows its own contribution.
    """
    return decided(Definitions([catalogue]), versions_of(values, contributed))
