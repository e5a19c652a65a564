"""What was confirmed about own lists, kept for the next one. Rows are only added."""

import json
from datetime import datetime

from indicators.store import Store
from indicators.store.outages import outlasting_restarts
from indicators.tables.own_lists import Decisions, together

APPEND = "insert into list_layout select coalesce(max(id), 0) + 1, $data_set, $decisions, $at, $who from list_layout"


def known(store: Store, data_set: str) -> Decisions:
    """All that was ever confirmed for lists of this kind, the latest first."""
    found = Decisions()
    rows = store.rows(
        "select decisions from list_layout where data_set = $data_set order by id", {"data_set": data_set}
    )
    for (text,) in rows:
        found = together(found, _of_json(text))
    return found


@outlasting_restarts
def keep(store: Store, data_set: str, decisions: Decisions, at: datetime, by: str) -> None:
    """Adds what is new."""
    text = _to_json(decisions)
    if text == _to_json(known(store, data_set)):
        return
    with store.transaction() as cursor:
        cursor.execute(APPEND, {"data_set": data_set, "decisions": text, "at": at, "who": by})


def _to_json(decisions: Decisions) -> str:
    """Without the year, which is another one next time."""
    kept = {
        "columns": dict(decisions.columns),
        "words": {code: dict(words) for code, words in decisions.words.items()},
        "units": dict(decisions.units),
        "defaults": dict(decisions.defaults),
        "reporter": decisions.reporter,
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _of_json(text: str) -> Decisions:
    return Decisions(**json.loads(text))
