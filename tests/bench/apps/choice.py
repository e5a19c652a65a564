"""Which charts both apps show."""

from indicators.catalogue import Indicator
from indicators.knowledge.snapshot import Snapshot

NUMBER = 8


def longest(known: Snapshot) -> list[Indicator]:
    """The indicators with the most figures."""
    codes = sorted(known.delivered, key=lambda code: (-len(known.headline(code).points), code))
    return [known.catalogue.indicator(code) for code in codes[:NUMBER]]
