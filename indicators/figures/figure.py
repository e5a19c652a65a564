"""The Figure: the only thing that pages show and exporters write."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Figure:
    """A chart, a table, or both, ready to be shown: suppressed, titled, with its source.

    `frame` holds what the chart shows, one row per line of the table, with German column titles;
    each cell is a float (in the unit of its column), a `Sign`, or a text. `decimals` gives the
    decimals of a column's numbers, `units` their unit; columns without an entry hold texts.
    `spec` is a complete Vega-Lite specification with its data inside, None where the table is
    the figure. `alt` says in one or two sentences what the chart shows. `metadata` are pairs for
    the exports' metadata sheet: definition, formula, deliveries, moment.
    """

    key: str
    title: str
    frame: pd.DataFrame
    subtitle: str = ""
    note: str = ""
    source: str = ""
    alt: str = ""
    spec: dict[str, Any] | None = None
    decimals: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    metadata: tuple[tuple[str, str], ...] = ()
