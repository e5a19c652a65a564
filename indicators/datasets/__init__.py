"""What can be delivered: one module a data set, with its rules. All take the same way through `deliveries`."""

from indicators.datasets.figures import FIGURES
from indicators.datasets.rules import Context, DataSet, Rule

DATA_SETS = {data_set.code: data_set for data_set in (FIGURES,)}

__all__ = ["DATA_SETS", "FIGURES", "Context", "DataSet", "Rule"]
