"""The ring that Musterstadt is in: a state and twelve cities, none of which exists, with numbers around its own.

Contributions are written as they would come from the cities; nothing of them was ever delivered anywhere.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load, load_texts, texts_of
from indicators.catalogue.editing import plain
from indicators.library import library_of
from indicators.library.shelf import ENTRIES
from indicators.model import Sign
from indicators.ring import By, Level, Ring, Shared, give, publish, shared
from indicators.ring.contributing import Cell, Contribution, contribute, hand_in
from indicators.ring.place import Presence
from indicators.samples.courses import chance
from indicators.settings import IN_A_RING, SAMPLE_DEFINITIONS
from indicators.store import Store

CITIES = (
    "Altenmuster", "Bad Muster", "Klein Muster", "Muster am See", "Musterbrück", "Musterburg", "Musterfelde",
    "Musterhafen", "Musterhausen", "Mustertal", "Neumuster", "Obermuster",
)  # fmt: skip
STATE = "Land Musterland"
SHARED = (
    "A-01", "A-02", "B-01", "B-02", "B-03", "B-04", "C-01", "C-03", "C-06", "E-01", "F-01", "H-01", "S-01", "S-04",
)  # fmt: skip
"""Of Musterstadt's own indicators those that the state has too."""
OTHERWISE = {"F-01": ("direction", "maintain")}
"""What the state defines in another way."""
OWN_TARGETS = ("baseline", "targets", "further_rules", "method", "tolerance", "gap", "low", "high", "yearly")
FROM_LIBRARY, LACKING = ("re.yaml", "units.yaml", "dimensions.yaml"), "RE-02"
"""From the library of ready definitions: what the state has, and Musterstadt has not."""
SHOWN = ("A-01", "A-02", "B-01", "B-02", "B-03", "C-01", "C-06", "H-01", "S-01", "S-04")
"""What Musterstadt itself shows; the rest is to be tried out."""
BEGAN = datetime(2026, 9, 7, 8, 15)
KNOWN = datetime(2026, 11, 20, 9)
BY = "Stabsstelle Integration"
REASON = "Beispiel mit erfundenen Städten"


def build(path: Path, own: Store) -> None:
    """Writes the ring into a new file, which gets its name when it is whole; `own` is Musterstadt's store."""
    unfinished = path.with_suffix(".part")
    for leftover in path.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    ring, theirs = Store(unfinished, now=BEGAN), Store(now=BEGAN)
    try:
        known = _published(Ring(ring, theirs, "land", leads=True))
        given = _own(Ring(ring, own, IN_A_RING), known)
        for number, name in enumerate(CITIES):
            _take_part(Ring(ring, theirs, name.lower().replace(" ", "-").replace("ü", "ue")), name, number, given)
        ring.cursor.execute("checkpoint")
    finally:
        ring.close()
        theirs.close()
    unfinished.rename(path)


def _published(land: Ring) -> Shared:
    catalogue, texts = _state()
    publish(land, Presence(STATE, 5), catalogue, texts, By(BY, BEGAN, REASON))
    return shared(land)


def _state() -> tuple[Catalogue, Mapping[str, str]]:
    """Definitions of the state: part of Musterstadt's, one of them another, and one from the library."""
    documents = {name: plain(text) for name, text in texts_of(SAMPLE_DEFINITIONS["musterstadt"]).items()}
    for document in documents.values():
        if "field" in document:
            document["indicators"] = [_defined(one) for one in document["indicators"] if one["code"] in SHARED]
    shelf = library_of(plain((ENTRIES / name).read_text(encoding="utf-8")) for name in FROM_LIBRARY)
    entry = shelf.by_code[LACKING]
    area = documents["h_partizipation.yaml"]
    there = {one["code"] for document in documents.values() for one in document.get("base_figures") or ()}
    lacking = [one.code for one in entry.figures if one.code not in there]
    reporters = [next(iter(documents["reporters.yaml"]["reporters"]))["code"]]
    area["base_figures"] += [{**shelf.raw_figures[code], "reporters": reporters} for code in lacking]
    area["indicators"].append({**entry.raw, "goal": "H-1"})
    units = documents["units.yaml"]["units"]
    units += [raw for code, raw in shelf.raw_units.items() if code == entry.indicator.unit and raw not in units]
    texts = {name: json.dumps(document, ensure_ascii=False, default=str) for name, document in documents.items()}
    return load_texts(texts, METHODS, kept=True), texts


def _defined(raw: Mapping[str, Any]) -> dict[str, Any]:
    field, value = OTHERWISE.get(raw["code"], ("code", raw["code"]))
    return {name: found for name, found in {**raw, field: value}.items() if name not in OWN_TARGETS}


def _own(ring: Ring, known: Shared) -> tuple[Contribution, ...]:
    """What Musterstadt itself gives: its real series in this installation."""
    catalogue = load(SAMPLE_DEFINITIONS["musterstadt"], methods=METHODS)
    presence, by = Presence(catalogue.city.name, catalogue.small_below), By(BY, KNOWN, REASON)
    give(ring, presence, SHOWN[:-2], Level.STATUS, by)
    give(ring, presence, SHOWN[-2:], Level.VALUES, by)
    return contribute(ring, presence, catalogue, known, SHOWN, KNOWN, by)


def _take_part(ring: Ring, name: str, number: int, pattern: Sequence[Contribution]) -> None:
    """Each city leaves out some; one protects too little for the others, and one gave by an earlier definition."""
    mine = [one for place, one in enumerate(pattern) if (place + 2 * number) % 7]
    by = By(BY, BEGAN + timedelta(days=3 * number, hours=number), REASON)
    presence = Presence(name, 3 if name == "Klein Muster" else 5)
    status = [one.indicator for place, one in enumerate(mine) if (place + number) % 3]
    values = [one.indicator for one in mine if one.indicator not in status]
    give(ring, presence, status, Level.STATUS, by)
    give(ring, presence, values, Level.VALUES, by)
    given = [_invented(one, name, show=one.indicator in status) for one in mine]
    if name == "Klein Muster":
        given = [replace(one, threshold=3) for one in given]
    if name == "Musterhafen":
        given[0] = replace(given[0], meaning="nach einer früheren Definition")
    hand_in(ring, presence, given, by.at - timedelta(days=1), by)


def _invented(one: Contribution, name: str, *, show: bool) -> Contribution:
    """Another city's numbers: larger or smaller throughout, on a course of its own, and its last year not there yet."""
    size = 1 + 0.3 * chance(name, one.indicator)
    rule = _rule(one.rule, size) if show and one.rule else None
    return replace(one, cells=tuple(_cell(cell, name, one, size) for cell in one.cells), rule=rule)


def _cell(cell: Cell, name: str, one: Contribution, size: float) -> Cell:
    if cell.value is None:
        return cell if cell.sign != Sign.SECRET else replace(cell, sign=str(Sign.UNKNOWN))
    wave = 1 + 0.04 * chance(name, one.indicator, cell.breakdown, str(cell.period))
    share = isinstance(one.rule, Mapping) and bool(one.rule["percentage"])
    value = round(cell.value * size * wave, 1 if share or cell.value != round(cell.value) else 0)
    return replace(cell, value=min(value, 99.5) if share else value)


def _rule(rule: Mapping[str, Any], size: float) -> dict[str, Any]:
    """The same target in that city's numbers."""
    scaled = {name: rule[name] * size for name in ("baseline_value", "low", "high") if rule[name] is not None}
    return {**rule, **scaled, "goals": [goal * size for goal in rule["goals"]]}
