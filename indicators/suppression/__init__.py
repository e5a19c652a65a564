"""Small numbers: what must be hidden from everyone but the integration office, decided for all figures together.

values = base_values(store, catalogue, moment)
hidden = hidden_values(values, catalogue)
known = apply(observations.series(...), hidden, catalogue)
"""

from indicators.suppression.hidden import (
    NOTHING_HIDDEN,
    Hidden,
    HiddenValue,
    apply,
    base_values,
    gives_away,
    hidden_values,
)

__all__ = ["NOTHING_HIDDEN", "Hidden", "HiddenValue", "apply", "base_values", "gives_away", "hidden_values"]
