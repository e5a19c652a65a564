"""That nothing too small is seen in the ring: by thresholds before a city gives, and over cities once it has given."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.catalogue import BaseFigure, Catalogue
from indicators.catalogue.schema import Protection

HERE = Path(__file__).parent
HIDE_OTHERS = (HERE / "hide_others.sql").read_text(encoding="utf-8")
HIDE_BEFORE = (HERE / "hide_before.sql").read_text(encoding="utf-8")


def tightened(catalogue: Catalogue, figures: Iterable[str], threshold: int) -> Catalogue:
    """The same definitions with counts of these base figures hidden below a threshold, at least; none is rounded.

    A figure for which the city has no threshold gets it too: the others may have one for theirs.
    """
    strict = {code: _stricter(catalogue.base_figures[code], threshold) for code in figures if _counts(catalogue, code)}
    return replace(
        catalogue,
        version=f"{catalogue.version}, {threshold}: {' '.join(sorted(strict))}",
        base_figures={**catalogue.base_figures, **strict},
    )


def _counts(catalogue: Catalogue, code: str) -> bool:
    return catalogue.unit_of(catalogue.base_figures[code]).adds_up


def _stricter(figure: BaseFigure, threshold: int) -> BaseFigure:
    below = max(figure.suppress_below or 0, threshold) or None
    return figure.model_copy(update={"suppress_below": below, "protect": Protection.HIDE, "base": None})


def hide_before(cursor: duckdb.DuckDBPyConnection, first: int, at: datetime) -> None:
    """What is secret in the contributions from number `first` on is kept from everybody in earlier ones as well."""
    cursor.execute(HIDE_BEFORE, {"first": first, "at": at})


def hide_others(cursor: duckdb.DuckDBPyConnection, at: datetime, indicators: Sequence[str]) -> None:
    """Where too few cities' numbers are hidden, the state's total would give them away: hides others beside them, in
    these indicators, or in all."""
    cursor.execute(HIDE_OTHERS, {"at": at, "indicators": list(indicators)})
