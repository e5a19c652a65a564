"""What departments said of their numbers when they delivered them, as far as it may be printed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from indicators.catalogue import Indicator
from indicators.foreign_text import names_numbers
from indicators.knowledge.comments import is_protected
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import archive
from indicators.moments import local_day
from indicators.reports.report import Remark
from indicators.store import Store

Said = Mapping[str, tuple[Remark, ...]]
"""By indicator, newest first."""

MOST = 3


def remarks(store: Store, snapshot: Snapshot, indicators: Sequence[Indicator]) -> Said:
    """The reasons given with the deliveries that the shown values rest on.

    A reason that names numbers is left out where a number of the indicator may be kept from readers: whoever wrote it
    knew the true one, or its own part of a sum. Days and years are no such numbers.
    """
    rests_on = {one.code: _deliveries(snapshot, one) for one in indicators}
    numbers = frozenset().union(*rests_on.values()) if rests_on else frozenset()
    given: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, sheet, reason in archive.reasons_given(store, numbers):
        given[number].append((sheet, reason))
    delivered = {number: archive.delivery(store, number) for number in given}
    found = {}
    for indicator in indicators:
        sheets = {snapshot.catalogue.base_figure(name).sheet for name in indicator.expression.names}
        guarded = is_protected(snapshot.catalogue, indicator)
        own = [
            Remark(
                snapshot.catalogue.reporter_name(delivered[number].reporter),
                local_day(delivered[number].at),
                " ".join(reason.split()),
            )
            for number in sorted(rests_on[indicator.code], reverse=True)
            for sheet, reason in given.get(number, [])
            if sheet in sheets and not (guarded and names_numbers(reason))
        ]
        found[indicator.code] = tuple({(remark.by, remark.text): remark for remark in reversed(own)}.values())[::-1][
            :MOST
        ]
    return found


def _deliveries(snapshot: Snapshot, indicator: Indicator) -> frozenset[int]:
    return frozenset(point.delivery for point in snapshot.headline(indicator.code).points if point.delivery)
