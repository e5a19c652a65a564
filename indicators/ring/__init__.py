"""A ring of cities: what they show each other by consent, compared by definitions that a state shares with them.

A ring is a store of its own; a city's store is read by nobody but the city. Nothing secret enters the ring.

place         the ring of an installation, opened once in the process
shared        the definitions that the state publishes, and in what a city's own differ from them
consent       what a city lets the others see of an indicator
contributing  what it gives: never more than everybody sees at home, nor below anyone's threshold
comparing     what the ring shows of a moment
"""

from indicators.ring.consent import Level, consents, give
from indicators.ring.place import By, Ring, RingError
from indicators.ring.shared import Match, Shared, match, publish, shared

__all__ = ["By", "Level", "Match", "Ring", "RingError", "Shared", "consents", "give", "match", "publish", "shared"]
