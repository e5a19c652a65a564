"""Templates for what the store holds: with the last valid values beside the input cells."""

from indicators import german
from indicators.catalogue import Catalogue
from indicators.ledger import archive
from indicators.model import Slice
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import LastValues, build_template, build_zip, figures_for


def template_for(store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
    """The workbook that a reporter fills for a period."""
    return build_template(catalogue, reporter, period, last_values(store, catalogue, reporter, period))


def templates_for_all(store: Store, catalogue: Catalogue, period: Period) -> bytes:
    """A zip with the workbook of every reporter that delivers for such a period."""
    wanted = [code for code in catalogue.reporters if figures_for(catalogue, code, period)]
    return build_zip(catalogue, period, {code: last_values(store, catalogue, code, period) for code in wanted})


def last_values(store: Store, catalogue: Catalogue, reporter: str, period: Period) -> LastValues:
    """The values of the period before, as texts with their signs; empty where there are none."""
    figures = figures_for(catalogue, reporter, period)
    kept = archive.valid_observations(store, [Slice(figure.code, reporter, period.previous) for figure in figures])
    return {
        (key.base_figure, key.breakdown): german.measured(
            found.measurement, catalogue.unit_of(catalogue.base_figure(key.base_figure)).decimals
        )
        for key, found in kept.items()
    }
