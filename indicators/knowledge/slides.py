"""What a meeting is shown: indicators, their maps, fields and goals in order, each with a remark. The latest version
counts."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = "insert into meeting_plan select coalesce(max(id), 0) + 1, $meeting, $slides, $at, $who from meeting_plan"
MOST_SLIDES, LONGEST_REMARK = 60, 400


class SlideError(MonitoringError):
    """Slides that cannot be kept like this."""


class SlideKind(StrEnum):
    """The first, the decisions of before and the last come by themselves; the others are composed. What committees have
    to decide does both: by itself where the body that meets has something to decide."""

    TITLE = "titel"
    OPEN_DECISIONS = "offen"
    INDICATOR = "kennzahl"
    MAP = "karte"
    FIELD = "feld"
    GOAL = "ziel"
    DECISIONS = "beschluesse"
    CONSULTATIONS = "beratungen"
    MEASURES = "massnahmen"
    AGREEMENTS = "zielvereinbarungen"
    INTERVIEWS = "erstgespraeche"


CYCLE = {
    SlideKind.CONSULTATIONS: "Beratungen",
    SlideKind.MEASURES: "Maßnahmen nach Status",
    SlideKind.AGREEMENTS: "Zielvereinbarungen",
    SlideKind.INTERVIEWS: "Erstgespräche",
}
"""Slides that are a table of the steering cycle: each is there once, and so needs no code."""
OF_INDICATOR = (SlideKind.INDICATOR, SlideKind.MAP)
"""Slides about one indicator: its chart, or its map."""


@dataclass(frozen=True)
class Slide:
    """`code` is the indicator's (also of a map), field's or goal's; `remark` what the office wants said."""

    kind: SlideKind
    code: str = ""
    remark: str = ""

    @property
    def key(self) -> str:
        """How links, minutes and decisions name it: it stays when others are put before it."""
        return f"{self.kind.value}-{self.code}" if self.code else self.kind.value


def plan(store: Store, meeting: int) -> tuple[Slide, ...]:
    """What was composed for a meeting; empty where nobody has yet."""
    text = store.value("select slides from current_plan where meeting = $meeting", {"meeting": meeting})
    return tuple(Slide(SlideKind(one["kind"]), one["code"], one["remark"]) for one in json.loads(text or "[]"))


@outlasting_restarts
def keep_plan(store: Store, meeting: int, slides: Sequence[Slide], by: str, at: datetime) -> None:
    """Adds a version, unless nothing has changed. Raises SlideError."""
    if tuple(slides) == plan(store, meeting):
        return
    keys = [slide.key for slide in slides]
    if len(set(keys)) < len(keys):
        raise SlideError("Diese Folie gibt es in der Sitzung schon.")
    if len(slides) > MOST_SLIDES:
        raise SlideError(f"Mehr als {MOST_SLIDES} Folien verträgt keine Sitzung.")
    if any(len(slide.remark) > LONGEST_REMARK for slide in slides):
        raise SlideError(f"Eine Anmerkung hat höchstens {LONGEST_REMARK} Zeichen; sonst passt sie nicht auf die Folie.")
    text = json.dumps([asdict(slide) for slide in slides], ensure_ascii=False)
    with store.transaction() as cursor:
        cursor.execute(APPEND, {"meeting": meeting, "slides": text, "at": at, "who": by})
