"""What was done beside the ledger: backups, restored backups, and whatever else has no table of its own.

Deliveries, withdrawals, uploads, definitions, layouts, roles and releases stand in append-only tables already; the view
`audit_log` reads them together with this one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from indicators.store.database import Store
from indicators.store.outages import outlasting_restarts

APPEND = "insert into audit select coalesce(max(id), 0) + 1, $at, $who, $action, $subject, $earlier, $later from audit"


class Action(StrEnum):
    """What happened; the value is stored."""

    BACKUP = "backup"
    RESTORE_BACKUP = "restore-backup"
    MOVE = "move"


@dataclass(frozen=True)
class Change:
    """Who did what to what; `earlier` and `later` say in words what held before and afterwards."""

    action: Action
    who: str
    at: datetime
    subject: str
    earlier: str = ""
    later: str = ""


@outlasting_restarts
def record(store: Store, change: Change) -> None:
    """Appends to the audit table. Raises StoreError when not saved."""
    with store.transaction() as cursor:
        cursor.execute(
            APPEND,
            {
                "at": change.at,
                "who": change.who,
                "action": change.action.value,
                "subject": change.subject,
                "earlier": change.earlier,
                "later": change.later,
            },
        )


NEWEST_FIRST = "from audit_log where $action = '' or action = $action order by happened_at desc, source, number desc"


def changes(store: Store, action: str = "", count: int | None = None, skip: int = 0) -> pd.DataFrame:
    """One row per change of whatever kind, newest first, or of the kind that is asked for; the columns of audit_log."""
    return store.query(
        f"select * {NEWEST_FIRST} limit $count offset $skip", {"action": action, "count": count, "skip": skip}
    )


def counts(store: Store) -> dict[str, int]:
    """How many changes of each kind there are."""
    return dict(store.rows("select action, count(*) from audit_log group by action"))
