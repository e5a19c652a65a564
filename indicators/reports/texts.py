"""Texts that the office writes for reports. Rows are only added: each version stays, with who wrote it and when."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indicators import boards, german
from indicators.errors import MonitoringError
from indicators.knowledge.snapshot import Snapshot
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into report_text select coalesce(max(id), 0) + 1, $place, $passage, $markdown, $spoke_of, $at, $who "
    "from report_text"
)
LONGEST = 20_000
REPORT = "bericht"


class Passage(StrEnum):
    """What a text is for; the value is stored."""

    FOREWORD = "vorwort"
    SUMMARY = "zusammenfassung"
    CONTEXT = "einordnung"
    FINDING = "befund"
    JUDGEMENT = "bewertung"
    NEXT_STEPS = "naechste_schritte"

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = {
    Passage.FOREWORD: "Vorwort",
    Passage.SUMMARY: "Zusammenfassung",
    Passage.CONTEXT: "Einordnung",
    Passage.FINDING: "Befund",
    Passage.JUDGEMENT: "Bewertung",
    Passage.NEXT_STEPS: "Nächste Schritte",
}

PASSAGES: Mapping[str, tuple[Passage, ...]] = {
    REPORT: (Passage.FOREWORD, Passage.SUMMARY, Passage.NEXT_STEPS),
    "feld": (Passage.CONTEXT, Passage.NEXT_STEPS),
    "kennzahl": (Passage.FINDING, Passage.JUDGEMENT, Passage.NEXT_STEPS),
}
"""By kind of place, the passages that it has, in the order of the report."""


@dataclass(frozen=True)
class Text:
    """A version of a text. `spoke_of` is what was shown of each indicator when it was written, by code."""

    place: str
    passage: Passage
    markdown: str
    spoke_of: Mapping[str, str]
    at: datetime
    by: str


def of_field(code: str) -> str:
    return f"feld:{code}"


def of_indicator(code: str) -> str:
    return f"kennzahl:{code}"


def passages(place: str) -> tuple[Passage, ...]:
    return PASSAGES[place.partition(":")[0]]


@outlasting_restarts
def write(store: Store, snapshot: Snapshot, place: str, passage: Passage, markdown: str, by: str, at: datetime) -> None:
    """Adds a version; `snapshot` is what the writer saw. Raises MonitoringError for a text that is too long."""
    if len(markdown) > LONGEST:
        raise MonitoringError(f"Der Text ist länger als {german.number(LONGEST, 0)} Zeichen. Bitte kürzen.")
    with store.transaction() as cursor:
        cursor.execute(
            APPEND,
            {
                "place": place,
                "passage": passage.value,
                "markdown": markdown.strip(),
                "spoke_of": json.dumps(spoken_of(snapshot, place), ensure_ascii=False),
                "at": at,
                "who": by,
            },
        )


def versions(store: Store, place: str, passage: Passage) -> Sequence[Text]:
    """All versions, newest first."""
    rows = store.rows(
        "select place, passage, markdown, spoke_of, happened_at, who from report_text "
        "where place = $place and passage = $passage order by id desc",
        {"place": place, "passage": passage.value},
    )
    return [_text(row) for row in rows]


def latest_version(store: Store) -> int:
    """The number of the text written last; 0 where there is none."""
    return int(store.value("select coalesce(max(id), 0) from report_text"))


def valid(store: Store) -> Mapping[tuple[str, Passage], Text]:
    """The texts of now; a passage whose last version is empty has none."""
    rows = store.rows(
        "select place, passage, markdown, spoke_of, happened_at, who from report_text "
        "qualify row_number() over (partition by place, passage order by id desc) = 1"
    )
    found = [_text(row) for row in rows]
    return {(text.place, text.passage): text for text in found if text.markdown}


def spoken_of(snapshot: Snapshot, place: str) -> dict[str, str]:
    """What is shown now of every indicator that a text at this place may speak of: „2024: 32,5 %“."""
    kind, _, code = place.partition(":")
    catalogue = snapshot.catalogue
    if kind == "kennzahl":
        chosen = [catalogue.indicators[code]] if code in catalogue.indicators else []
    else:
        chosen = [one for one in catalogue.indicators.values() if kind == REPORT or one.field == code]
    found = {}
    for indicator in chosen:
        latest = snapshot.headline(indicator.code).latest
        if latest is not None:
            found[indicator.code] = f"{latest.period.label}: {boards.shown(catalogue, indicator, latest)}"
    return found


def stale(text: Text, snapshot: Snapshot) -> str:
    """What has changed since the text was written, in a sentence; empty where nothing has."""
    now = spoken_of(snapshot, text.place)
    changed = [code for code in now if now[code] != text.spoke_of.get(code, "")]
    if not changed:
        return ""
    if text.place.startswith("kennzahl:"):
        before = text.spoke_of.get(changed[0])
        then = f"als galt: {before}" if before else "als noch nichts geliefert war"
        return f"Dieser Text entstand, {then}. Dieser Bericht zeigt: {now[changed[0]]}."
    named = changed[:NAMED] + ([f"{len(changed) - NAMED} weitere"] if len(changed) > NAMED else [])
    return f"Seit dieser Text entstand, hat sich geändert: {german.enumeration(named)}."


NAMED = 5


def _text(row: tuple[object, ...]) -> Text:
    place, passage, markdown, spoke_of, at, by = row
    assert isinstance(at, datetime)
    return Text(str(place), Passage(str(passage)), str(markdown), json.loads(str(spoke_of)), at, str(by))
