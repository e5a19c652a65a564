"""Small numbers: what must be hidden from everyone but the integration office, decided for all figures together.

    hidden = hidden_in_every_view(store, catalogue)
    seen = apply(observations.series(store, catalogue, codes, moment), hidden, catalogue)

`hidden_values` decides for one frame of base values, `base_values` reads it as known at a moment.
"""

from indicators.suppression.contributions import Contributions, contributions
from indicators.suppression.hidden import (
    NOTHING_HIDDEN,
    Hidden,
    HiddenValue,
    apply,
    base_values,
    gives_away,
    hidden_values,
)
from indicators.suppression.views import hidden_in_every_view

__all__ = [
    "NOTHING_HIDDEN",
    "Contributions",
    "Hidden",
    "HiddenValue",
    "apply",
    "base_values",
    "contributions",
    "gives_away",
    "hidden_in_every_view",
    "hidden_values",
]
