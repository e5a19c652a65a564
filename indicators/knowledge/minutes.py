"""The minutes of a meeting, slide by slide. Every version is kept: what somebody overwrites is not lost."""

from collections.abc import Mapping
from datetime import datetime

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = "insert into minutes select coalesce(max(id), 0) + 1, $meeting, $slide, $content, $at, $who from minutes"
LONGEST = 4000


class MinutesError(MonitoringError):
    """Minutes that cannot be kept like this."""


def minutes(store: Store, meeting: int) -> Mapping[str, str]:
    """What stands in the minutes, by slide."""
    rows = store.rows("select slide, content from current_minutes where meeting = $meeting", {"meeting": meeting})
    return dict(rows)


@outlasting_restarts
def write_minutes(store: Store, meeting: int, slide: str, content: str, by: str, at: datetime) -> bool:
    """Adds a version; False where it says the same as the last. Raises MinutesError."""
    if len(content) > LONGEST:
        raise MinutesError(
            f"Das Protokoll einer Folie hat höchstens {LONGEST} Zeichen. Der Rest ist nicht gespeichert."
        )
    with store.transaction() as cursor:
        found = cursor.execute(
            "select content from current_minutes where meeting = $meeting and slide = $slide",
            {"meeting": meeting, "slide": slide},
        ).fetchall()
        if (found[0][0] if found else "") == content:
            return False
        cursor.execute(APPEND, {"meeting": meeting, "slide": slide, "content": content, "at": at, "who": by})
    return True
