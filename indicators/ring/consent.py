"""What a city lets the others see of an indicator: rows that are only added, the latest counts, also of the past."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from indicators.moments import FOREVER
from indicators.ring.place import By, Presence, Ring, RingError, act

APPEND = (
    "insert into ring_consent select coalesce(max(id), 0) + 1, $member, $indicator, $level, $at, $who, $reason "
    "from ring_consent"
)
OWN = "select indicator, level from ring_consents($moment) where member = $member"


class Level(StrEnum):
    """The value is stored."""

    NONE = "none"
    VALUES = "values"
    STATUS = "status"

    @property
    def word(self) -> str:
        return {
            "none": "nicht zeigen (Einwilligung zurückziehen)",
            "values": "Werte zeigen",
            "status": "Werte und Status zeigen",
        }[self]


def give(ring: Ring, presence: Presence, indicators: Iterable[str], level: Level, by: By) -> None:
    """Gives, changes or withdraws the consent for shared indicators. What is withdrawn is on no screen from then on.

    Raises RingError without a reason, or where there is nothing to withdraw.
    """
    codes, held = list(indicators), consents(ring)
    if level is Level.NONE and not any(held.get(code, Level.NONE) is not Level.NONE for code in codes):
        raise RingError("Für diese Kennzahl gibt es keine Einwilligung, die sich zurückziehen ließe.")
    rows = [(APPEND, {"indicator": code, "level": level.value}) for code in codes]
    act(ring, presence, by, rows, indicators=codes)


def consents(ring: Ring) -> Mapping[str, Level]:
    """The member's own, by shared indicator."""
    found = ring.store.rows(OWN, {"moment": FOREVER, "member": ring.member})
    return {code: Level(level) for code, level in found}
