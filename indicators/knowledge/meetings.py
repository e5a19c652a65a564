"""What a status was at each meeting: as known then, by the definitions of then."""

from collections.abc import Callable
from datetime import datetime

from indicators import observations
from indicators.attainment.history import Then, status_history
from indicators.catalogue import Catalogue
from indicators.knowledge.agreed import in_force
from indicators.knowledge.agreements import wanted_at
from indicators.knowledge.meeting_records import meetings
from indicators.knowledge.snapshot import Snapshot, judged_series
from indicators.ledger import versions
from indicators.store import Store
from indicators.suppression import Hidden, apply
from indicators.suppression.rounding import rounded

SHOWN_MEETINGS = 12


def past_statuses(
    store: Store,
    catalogue: Catalogue,
    code: str,
    until: datetime,
    definitions: Callable[[str], Catalogue],
    hidden: Hidden,
) -> tuple[Then, ...]:
    """The indicator's first status at the last meetings before the moment, oldest first.

    `definitions` gives the catalogue of a version; meetings at which the indicator was not yet defined are left out.
    What is `hidden` now was, for those who must not see it, hidden at every meeting.
    """
    known = []
    moments = sorted({meeting.moment for meeting in meetings(store) if meeting.moment <= until})
    for moment in moments[-SHOWN_MEETINGS:]:
        version = versions.hash_at(store, moment)
        then = definitions(version or catalogue.version)
        then = in_force(then, wanted_at(store, then, moment))
        indicator = then.indicators.get(code)
        if indicator is None or not indicator.rules:
            continue
        then, rounded_ones = rounded(store, then, (code,), moment, hidden.rounding)
        series = apply({**observations.series(store, then, (code,), moment), **rounded_ones}, hidden, then)
        snapshot = Snapshot(then, moment, 0, series, {}, suppressed=True, hidden=hidden)
        judged = judged_series(snapshot, indicator, indicator.rule_definitions[0])
        known.append((moment, [(point.period, point.content) for point in judged.points], indicator.rules[0]))
    return status_history(known)
