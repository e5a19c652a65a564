"""What was done beside the ledger: backups, restored backups, and whatever else has no table of its own.

Deliveries, withdrawals, uploads, definitions, layouts, roles and releases stand in append-only tables already; the view
`audit_log` reads them together with this one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from indicators.store.database import Store

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


def everything(store: Store) -> pd.DataFrame:
    """One row per change of whatever kind, newest first; the columns of the view audit_log."""
    return store.query("select * from audit_log order by happened_at desc, source, number desc")
