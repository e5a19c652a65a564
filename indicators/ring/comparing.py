"""What the ring shows of a moment: the cities beside each other, and how each stands against its own target.

Whose consent holds no more is in none of it, whatever moment is looked at.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from indicators.attainment import Status
from indicators.model import Breakdown, Measurement, Sign
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.ring.place import Ring

HERE = Path(__file__).parent
STANDINGS = (HERE / "standings.sql").read_text(encoding="utf-8")
MEMBERS = (
    "select member, name, leads from ring_current_member "
    "where member in (select member from ring_member where happened_at <= $moment) order by name, member"
)
WITHHELD = (
    "select member, withheld, known_at, happened_at from ring_contributions($moment) where indicator = $indicator"
)
OWN = "select indicator, withheld, known_at, threshold from ring_contributions($moment) where member = $member"
CONSENTED = "select member from ring_consents($moment) where indicator = $indicator and level <> 'none'"
CELLS = (
    "select member, period, value, sign from ring_cells($moment) "
    "where indicator = $indicator and breakdown = $breakdown order by member, period"
)
GROUPS = "select distinct breakdown from ring_cells($moment) where indicator = $indicator"
STATUSES = "select member, indicator, status from ring_statuses($moment, $indicator)"


class Shown(StrEnum):
    """Whether a city is compared, and why not."""

    COMPARED = "compared"
    NO_CONSENT = "consent"
    NOTHING_GIVEN = "nothing"
    OTHER_DEFINITION = "definition"
    HELD_BACK = "threshold"
    NOT_IN_GROUP = "group"

    @property
    def word(self) -> str:
        return {
            "compared": "verglichen",
            "consent": "keine Einwilligung",
            "nothing": "eingewilligt, noch nichts beigetragen",
            "definition": "nach einer früheren gemeinsamen Definition beigetragen, nicht vergleichbar",
            "threshold": "wird noch auf die strengere Grenze umgestellt",
            "group": "für diese Gruppe nichts beigetragen",
        }[self]


@dataclass(frozen=True)
class City:
    """One member in a comparison. `points` are empty unless it is compared; `status` is None where it is not shown.

    `known_at` is the moment of the city's own knowledge that it gave, `given_at` when it did so (UTC).
    """

    member: str
    name: str
    shown: Shown
    points: tuple[Measurement, ...] = ()
    status: Status | None = None
    known_at: datetime | None = None
    given_at: datetime | None = None

    @property
    def latest(self) -> Measurement | None:
        """The last point that holds a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True)
class Standing:
    """Where the city itself stands with one indicator, in the last period of its own: `place` of `count` cities from
    the smallest value on, with the median of them all."""

    indicator: str
    period: Period
    value: float
    count: int
    below: int
    same: int
    median: float


def cities(ring: Ring, indicator: str, breakdown: Breakdown, moment: datetime | None = None) -> tuple[City, ...]:
    """All members with what they show of an indicator in one group, by name; the state where it shows something too."""
    at = moment or FOREVER
    asked = {"moment": at, "indicator": indicator}
    given = {row[0]: row[1:] for row in ring.store.rows(WITHHELD, asked)}
    consented = {member for (member,) in ring.store.rows(CONSENTED, asked)}
    statuses = {member: Status(status) for member, _, status in ring.store.rows(STATUSES, asked)}
    points: dict[str, list[Measurement]] = defaultdict(list)
    for member, period, value, sign in ring.store.rows(CELLS, {**asked, "breakdown": breakdown.code}):
        points[member].append(Measurement(Period.from_key(period), value, Sign(sign) if sign else None))
    found = []
    for member, name, leads in ring.store.rows(MEMBERS, {"moment": at}):
        withheld, known_at, given_at = given.get(member, ("consent", None, None))
        shown = _shown(str(withheld), member in consented, member in given, bool(points[member]))
        if leads and shown is Shown.NO_CONSENT:
            continue  # a state that only shares its definitions is no city
        if shown in (Shown.COMPARED, Shown.NOT_IN_GROUP):
            found.append(City(member, name, shown, tuple(points[member]), statuses.get(member), known_at, given_at))
        else:
            found.append(City(member, name, shown))
    return tuple(found)


def _shown(withheld: str, consented: bool, given: bool, in_group: bool) -> Shown:
    if not consented:
        return Shown.NO_CONSENT
    if not given:
        return Shown.NOTHING_GIVEN
    if withheld:
        return Shown(withheld)
    return Shown.COMPARED if in_group else Shown.NOT_IN_GROUP


def groups(ring: Ring, indicator: str, moment: datetime | None = None) -> list[Breakdown]:
    """The breakdowns in which some city shows the indicator, the total first."""
    found = ring.store.rows(GROUPS, {"moment": moment or FOREVER, "indicator": indicator})
    return sorted(Breakdown.parse(code) for (code,) in found)


def statuses(ring: Ring, moment: datetime | None = None) -> Mapping[tuple[str, str], Status]:
    """The statuses of all cities that show them, by member and indicator: one statement."""
    rows = ring.store.rows(STATUSES, {"moment": moment or FOREVER, "indicator": None})
    return {(member, code): Status(status) for member, code, status in rows}


def members(ring: Ring, moment: datetime | None = None) -> Mapping[str, str]:
    """Names by member, in their order."""
    rows = ring.store.rows(MEMBERS, {"moment": moment or FOREVER})
    return {member: name for member, name, _ in rows}


def standings(ring: Ring, headlines: Mapping[str, Breakdown], moment: datetime | None = None) -> Sequence[Standing]:
    """Of the city itself, for each of these indicators in its headline: where it stands among all."""
    asked = {
        "moment": moment or FOREVER,
        "member": ring.member,
        "indicators": list(headlines),
        "breakdowns": [one.code for one in headlines.values()],
    }
    return [Standing(row[0], Period.from_key(row[1]), *row[2:]) for row in ring.store.rows(STANDINGS, asked)]


def given(ring: Ring) -> Mapping[str, tuple[str, datetime, int]]:
    """The member's own contributions by indicator: what withholds it ('' for nothing), as of when, its threshold."""
    rows = ring.store.rows(OWN, {"moment": FOREVER, "member": ring.member})
    return {code: (withheld, known_at, threshold) for code, withheld, known_at, threshold in rows}
