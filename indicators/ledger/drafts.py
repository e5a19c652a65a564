"""What a person has decided about an own workbook and not taken over yet: kept, so that a restart loses none of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from indicators.ledger.commits import Upload
from indicators.store import Store
from indicators.store.outages import outlasting_restarts
from indicators.tables.choices_json import choices_of, choices_to_json
from indicators.tables.crosstab import Area
from indicators.tables.decisions import Choices
from indicators.tables.table_json import area_of, area_to_json


@dataclass(frozen=True)
class Draft:
    """Who delivers (None: not said yet), the decisions by table, and the ranges marked by hand by sheet."""

    reporter: str | None = None
    choices: Mapping[str, Choices] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)


@outlasting_restarts
def keep(store: Store, upload: Upload, draft: Draft, at: datetime) -> None:
    """Adds a row; the bytes of the file are kept with its attempt."""
    decisions = {
        "reporter": draft.reporter,
        "choices": {mark: choices_to_json(choices) for mark, choices in draft.choices.items()},
        "corrections": {name: [area_to_json(area) for area in areas] for name, areas in draft.corrections.items()},
    }
    with store.transaction() as cursor:
        cursor.execute(
            "insert into decision_draft select coalesce(max(id), 0) + 1, $sha, $who, $at, $decisions "
            "from decision_draft",
            {
                "sha": upload.sha256,
                "who": upload.by,
                "at": at,
                "decisions": json.dumps(decisions, ensure_ascii=False),
            },
        )


def kept(store: Store, upload: Upload) -> Draft | None:
    """What the person had decided about this very file since it was taken over last; None where nothing."""
    rows = store.rows(
        "select decisions from decision_draft as draft where sha256 = $sha and who = $who and not exists ("
        "from delivery where delivery.sha256 = draft.sha256 and committed_at >= draft.happened_at"
        ") order by id desc limit 1",
        {"sha": upload.sha256, "who": upload.by},
    )
    if not rows:
        return None
    raw = json.loads(rows[0][0])
    return Draft(
        raw["reporter"],
        {mark: choices_of(choices) for mark, choices in raw["choices"].items()},
        {name: tuple(map(area_of, areas)) for name, areas in raw["corrections"].items()},
    )
