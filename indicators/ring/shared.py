"""The shared definitions: published by the state from its own catalogue, held by each city under codes of its own."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import duckdb

from indicators.catalogue import BaseFigure, Catalogue, Formula
from indicators.catalogue.editing import plain
from indicators.catalogue.indicator import Cumulative
from indicators.catalogue.schema import Unit
from indicators.library import Entry, Library, in_words_of, library_of
from indicators.moments import FOREVER
from indicators.ring.place import By, Presence, Ring, RingError, act

APPEND = "insert into ring_definitions select $number, $hash, $files, $at, $who, $reason"
LAST = "select coalesce(max(number), 0) from ring_definitions"
PUBLISHED = (
    "select number, files, happened_at from ring_definitions where happened_at <= $moment order by number desc limit 1"
)
SAME_NUMBER = "select count(*) from ring_definitions where number = $number"
HASH = "select hash from ring_definitions order by number desc limit 1"
CODES = "select code, indicator from ring_codes($moment)"
ADD_INDICATOR = "insert into ring_indicator values ($definitions, $code, $indicator, $meaning, $additive)"
FILE = "gemeinsam.json"
INDICATOR = (
    "code", "title", "goal", "kind", "unit", "decimals", "direction", "cumulative", "breakdowns", "headline",
    "definition", "relevance", "delimitation", "method_notes", "source", "formerly",
)  # fmt: skip
FIGURE = (
    "code", "title", "unit", "kind", "frequency", "reference", "dimensions", "breakdowns", "suppress_below",
    "show_zero", "family", "due_days", "rounded_to", "definition", "source", "published", "formerly",
)  # fmt: skip
"""What of an entry is shared: nothing of the state's own targets, reporters and people."""
WHOEVER = "LAND"
"""In place of who reports: each city says so itself when it takes an entry over."""


@dataclass(frozen=True)
class Shared:
    """One version of the shared definitions; `number` 0 before there is one. `codes` are those that indicators go by in
    the ring, by every code that they have or had."""

    number: int
    since: datetime
    library: Library
    codes: Mapping[str, str]

    def entry(self, code: str) -> Entry:
        """By the code that it goes by in the ring. Raises KeyError."""
        return self._by_ring_code[code]

    @cached_property
    def _by_ring_code(self) -> Mapping[str, Entry]:
        return {self.codes.get(entry.code, entry.code): entry for entry in self.library.entries}

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes in the ring, in the order of the definitions."""
        return tuple(self._by_ring_code)

    def unit(self, code: str) -> Unit:
        return _unit(self.library, self.entry(code))


@dataclass(frozen=True)
class Match:
    """A city's own indicator beside a shared one: its code, empty for none, and in what the two differ."""

    own: str
    differences: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return bool(self.own) and not self.differences


def shared(ring: Ring, moment: datetime | None = None) -> Shared:
    """What was shared at the moment, None meaning now; empty before anything was."""
    at = FOREVER if moment is None else moment
    found = ring.store.rows(PUBLISHED, {"moment": at})
    number, files, since = found[0] if found else (0, "{}", datetime.min)
    documents = [json.loads(text) for text in json.loads(files).values()]
    parts = [part for document in documents for part in document]
    return Shared(int(number), since, library_of(parts), dict(ring.store.rows(CODES, {"moment": at})))


def publish(ring: Ring, presence: Presence, catalogue: Catalogue, texts: Mapping[str, str], by: By) -> int:
    """Makes the state's catalogue the shared definitions; the number of the version.

    Raises RingError where this is not the state, nothing is new, or no reason is given.
    """
    if not ring.leads:
        raise RingError("Gemeinsame Definitionen veröffentlicht nur das Land dieses Rings.")
    parts = _parts(catalogue, texts)
    files = json.dumps({FILE: json.dumps(parts, ensure_ascii=False, default=str)}, ensure_ascii=False)
    digest = hashlib.sha256(files.encode()).hexdigest()[:12]
    number = int(ring.store.value(LAST)) + 1
    if ring.store.value(HASH) == digest:
        if ring.presence == presence:
            raise RingError("Diese Definitionen sind schon veröffentlicht.")
        act(ring, presence, by, ())
        return number - 1
    rows = list(_indicator_rows(library_of(parts), number))

    def beside(cursor: duckdb.DuckDBPyConnection) -> None:
        if cursor.execute(SAME_NUMBER, {"number": number}).fetchall() != [(1,)]:
            raise RingError("Inzwischen wurde schon eine Fassung veröffentlicht. Bitte sehen Sie sie sich erst an.")
        for row in rows:
            cursor.execute(ADD_INDICATOR, row)

    act(ring, presence, by, [(APPEND, {"number": number, "hash": digest, "files": files})], beside)
    return number


def match(catalogue: Catalogue, library: Library, entry: Entry) -> Match:
    """The city's own indicator that comes nearest to a shared one, under whatever code and title."""
    formula = in_words_of(catalogue, entry)
    codes = {catalogue.current_indicator(code) for code in (entry.code, *entry.indicator.formerly)}
    near = [
        Match(code, tuple(_differences(catalogue, library, entry, formula, code)))
        for code, one in catalogue.indicators.items()
        if one.expression == formula or code in codes
    ]
    return min(near, key=lambda found: (len(found.differences), found.own not in codes), default=Match(""))


def _differences(catalogue: Catalogue, library: Library, entry: Entry, formula: Formula, code: str) -> Iterator[str]:
    own, wanted = catalogue.indicators[code], entry.indicator
    if own.expression != formula:
        theirs = entry.formula.in_words(lambda name: f"„{_title(entry, name)}“")
        yield f"Formel: bei Ihnen {catalogue.formula_in_words(own)}, im Ring {theirs}"
    mine, shared_unit = catalogue.unit_of(own), _unit(library, entry)
    if (mine.percentage, mine.ratio, mine.symbol) != (shared_unit.percentage, shared_unit.ratio, shared_unit.symbol):
        yield f"Einheit: bei Ihnen {mine.title}, im Ring {shared_unit.title}"
    if own.direction is not wanted.direction:
        yield f"Gewünschte Richtung: bei Ihnen {own.direction.word}, im Ring {wanted.direction.word}"
    if wanted.frequency and own.frequency is not wanted.frequency:
        yield f"Häufigkeit: bei Ihnen {own.frequency.word}, im Ring {wanted.frequency.word}"
    if own.cumulative is not wanted.cumulative:
        yield f"Zählung im Jahr: bei Ihnen {_word(own.cumulative)}, im Ring {_word(wanted.cumulative)}"
    for figure in entry.figures:
        yield from _figure_differences(catalogue, figure)


def _figure_differences(catalogue: Catalogue, figure: BaseFigure) -> Iterator[str]:
    own = catalogue.base_figures.get(catalogue.current_code(figure.code))
    if own is None:
        yield f"Grundzahl „{figure.title}“: gibt es bei Ihnen nicht"
        return
    pairs = {
        "Einheit": (own.unit, figure.unit),
        "Zählweise": (own.kind.word, figure.kind.word),
        "Häufigkeit": (own.frequency.word, figure.frequency.word),
        "Stichtag": (own.reference or "Ende des Zeitraums", figure.reference or "Ende des Zeitraums"),
    }
    for name, (mine, theirs) in pairs.items():
        if mine != theirs:
            yield f"{name} der Grundzahl „{own.title}“: bei Ihnen {mine}, im Ring {theirs}"


def _word(cumulative: Cumulative | None) -> str:
    return cumulative.word if cumulative else "nicht festgelegt"


def _title(entry: Entry, name: str) -> str:
    return next((figure.title for figure in entry.figures if figure.code == name), name)


def _unit(library: Library, entry: Entry) -> Unit:
    return Unit.model_validate(library.raw_units[entry.indicator.unit])


def meaning(library: Library, entry: Entry) -> str:
    """What two contributions must have in common to be compared; the same under another code or title."""
    one, unit, first = entry.indicator, _unit(library, entry), {f.code: _first_code(f) for f in entry.figures}
    formula = entry.formula.expanded({old: Formula.parse(new) for old, new in first.items() if old != new})
    figures = [(first[f.code], f.unit, f.kind, f.frequency, f.reference or "") for f in entry.figures]
    facts = (str(formula), unit.percentage, unit.ratio, unit.symbol, one.direction, one.frequency, one.cumulative)
    return hashlib.sha256(repr((*map(str, facts), sorted(map(str, figures)))).encode()).hexdigest()[:16]


def _first_code(figure: BaseFigure) -> str:
    return figure.formerly[0] if figure.formerly else figure.code


def _indicator_rows(library: Library, number: int) -> Iterator[dict[str, object]]:
    for entry in library.entries:
        one = entry.indicator
        values = {
            "definitions": number,
            "indicator": one.code,
            "meaning": meaning(library, entry),
            "additive": _unit(library, entry).adds_up and not entry.formula.divides,
        }
        for code in dict.fromkeys((one.code, *one.formerly)):
            yield {**values, "code": code}


def _parts(catalogue: Catalogue, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The files as documents with what is shared of them; formulas over what cities deliver."""
    documents = [plain(text) for text in texts.values()]
    parts: list[dict[str, Any]] = []
    for document in documents:
        parts += [{name: document[name]} for name in ("dimensions", "units") if name in document]
        if "field" in document:
            shown = [raw for raw in document.get("indicators") or () if not catalogue.indicators[raw["code"]].retired]
            figures = [{**_only(raw, FIGURE), "reporters": [WHOEVER]} for raw in document.get("base_figures") or ()]
            own = [_indicator(catalogue, raw) for raw in shown]
            area = {"field": document["field"], "title": document["title"]}
            parts.append({**area, "base_figures": figures, "indicators": own})
    return parts


def _indicator(catalogue: Catalogue, raw: Mapping[str, Any]) -> dict[str, Any]:
    one = catalogue.indicators[raw["code"]]
    return {**_only(raw, INDICATOR), "formula": str(one.expression), "frequency": one.frequency.value}


def _only(raw: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: raw[name] for name in names if name in raw}
