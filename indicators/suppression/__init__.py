"""Small numbers: what must be hidden from everyone but the integration office, decided for all figures together.

hidden = hidden_in_every_view(store, catalogue)
seen = apply(observations.series(store, catalogue, codes, moment), hidden, catalogue)
"""

from indicators.suppression.hidden import (
    NOTHING_HIDDEN,
    Hidden,
    HiddenValue,
    apply,
    gives_away,
)
from indicators.suppression.views import hidden_in_every_view

__all__ = [
    "NOTHING_HIDDEN",
    "Hidden",
    "HiddenValue",
    "apply",
    "gives_away",
    "hidden_in_every_view",
]
