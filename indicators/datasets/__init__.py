"""What can be delivered: one module a data set, each of which owns its way. All are taken through `deliveries`."""

from indicators import german
from indicators.datasets.agreements import AGREEMENTS
from indicators.datasets.consultations import CONSULTATIONS
from indicators.datasets.data_set import AnyDataSet, DataSet
from indicators.datasets.elsewhere import ELSEWHERE
from indicators.datasets.figures import FIGURES
from indicators.datasets.funding import FUNDING, INDICES
from indicators.datasets.interviews import INTERVIEWS
from indicators.datasets.listed.standing import Standing
from indicators.datasets.measures import MEASURES
from indicators.datasets.offers import OFFERS
from indicators.datasets.proofs import PROOFS
from indicators.datasets.rules import Context, Rule
from indicators.templates.hidden_map import template_id
from indicators.workbooks.workbook import Workbook

_EVERY = (FIGURES, MEASURES, AGREEMENTS, CONSULTATIONS, INTERVIEWS, FUNDING, INDICES, PROOFS, OFFERS, ELSEWHERE)
DATA_SETS: dict[str, AnyDataSet] = {data_set.code: data_set for data_set in _EVERY}
LISTS = tuple(data_set for data_set in DATA_SETS.values() if isinstance(data_set, Standing))
"""Those whose entries go on, each handed out and edited as it stands."""


def data_set_of(template: Workbook) -> AnyDataSet:
    """Whose template a workbook is, by what it says of itself; one that says nothing known is read as figures."""
    said = template_id(template)
    return next((one for one in DATA_SETS.values() if one.template_id == said), FIGURES)


def counted(data_set: str, rows: int) -> str:
    """„12 Werte“: so many rows in the word of their data set; of one that is gone, as rows."""
    of = DATA_SETS.get(data_set)
    return german.counted(rows, of.one, of.many) if of else german.counted(rows, "Zeile", "Zeilen")


__all__ = [
    "AGREEMENTS",
    "CONSULTATIONS",
    "DATA_SETS",
    "ELSEWHERE",
    "FIGURES",
    "FUNDING",
    "INDICES",
    "INTERVIEWS",
    "LISTS",
    "MEASURES",
    "OFFERS",
    "PROOFS",
    "AnyDataSet",
    "Context",
    "DataSet",
    "Rule",
    "counted",
    "data_set_of",
]
