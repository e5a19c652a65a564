"""Templates for what the store holds: with the last valid values beside the input cells."""

from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS, FIGURES
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import build_zip, figures_for


def template_for(
    store: Store, catalogue: Catalogue, reporter: str, period: Period, data_set: str = FIGURES.code
) -> bytes:
    """The workbook of a data set that a reporter fills for a period."""
    return DATA_SETS[data_set].template(store, catalogue, reporter, period)


def templates_for_all(store: Store, catalogue: Catalogue, period: Period) -> bytes:
    """A zip with the workbook of every reporter that delivers figures for such a period."""
    wanted = [code for code in catalogue.reporters if figures_for(catalogue, code, period)]
    return build_zip(catalogue, period, {code: FIGURES.last_values(store, catalogue, code, period) for code in wanted})
