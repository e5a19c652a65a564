"""Confirmed layouts of departments' own tables: kept per reporter, recognised by their heads, compared for drift."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz

from indicators.catalogue import Catalogue
from indicators.store import Store
from indicators.store.outages import outlasting_restarts
from indicators.tables.choices_json import choices_of, choices_to_json
from indicators.tables.crosstab import Area, Table
from indicators.tables.crosstab.doubts import is_remembered
from indicators.tables.decisions import Choices, Mapped
from indicators.tables.mapping import labels_of
from indicators.tables.meanings import Known, Meaning, Origin, key_of, names_year, without_years
from indicators.tables.own_periods import without_own_period
from indicators.tables.signs import holds_next_year
from indicators.tables.table_json import area_of, area_to_json

ALIKE = 0.6  # share of common labels from which on a table is the known one with changes


@dataclass(frozen=True)
class Remembered:
    """One label of a confirmed layout. `told` is False for what the catalogue alone explained."""

    label: str
    meaning: Meaning
    codes: tuple[str, ...]
    told: bool


@dataclass(frozen=True)
class Layout:
    """What was confirmed about one table of one reporter; labels by their key. `by_hand` are ranges marked then.

    The periods of `choices` are last time's, `corrected` that the one for the whole table stood against what was read.
    """

    reporter: str
    fingerprint: str
    title: str
    sheet: str
    labels: Mapping[str, Remembered]
    units: Mapping[str, str] = field(default_factory=dict)
    periods: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
    by_hand: tuple[Area, ...] = ()
    corrected: bool = False


def of_now(layout: Layout, catalogue: Catalogue) -> Layout:
    """The layout under the codes of now, and of who has taken over from its reporter."""
    choices = layout.choices
    return replace(
        layout,
        reporter=catalogue.heir_of(layout.reporter),
        labels={key: replace(one, meaning=one.meaning.renamed(catalogue)) for key, one in layout.labels.items()},
        choices=replace(
            choices,
            base_figure=catalogue.current_code(choices.base_figure),
            units={key: meaning.renamed(catalogue) for key, meaning in choices.units.items()},
        ),
    )


def fingerprint(table: Table) -> str:
    """What a layout is known by: its title, column heads and stub heads, years aside."""
    heads = sorted({without_years(" / ".join(head)) for head in table.heads})
    stub = [without_years(text) for text in table.stub_heads]
    said = json.dumps([title_of(table), heads, stub, sorted(_units(table))], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def title_of(table: Table) -> str:
    """The lines above the table and the sheet's name, years aside: what tells tables of one layout apart."""
    return f"{without_years(' '.join(table.title))}|{without_years(table.sheet)}"


def _units(table: Table) -> dict[str, str]:
    return {key_of(cell.unit): cell.unit for cell in table.cells}


def layout_of(mapped: Mapped, reporter: str, by_hand: tuple[Area, ...] = ()) -> Layout:
    """What is to be remembered of a table whose questions are all answered."""
    labels = {
        one.key: Remembered(one.label, one.meaning, one.codes, one.origin is not Origin.EXACT)
        for one in mapped.assignments
        if one.is_decided and one.meaning is not None
    }
    table = mapped.table
    periods = sorted({cell.period for cell in table.cells if cell.period})
    return Layout(
        reporter,
        fingerprint(table),
        title_of(table),
        table.sheet,
        labels,
        _units(table),
        tuple(str(period) for period in periods),
        mapped.choices,
        by_hand,
        _is_corrected(mapped),
    )


def _is_corrected(mapped: Mapped) -> bool:
    """Whether the period that a person typed for the whole table stands against one that was read."""
    typed, meant = mapped.choices.period, without_own_period(mapped.table)
    read = {cell.period for cell in mapped.table.cells if cell.period and cell.address in meant}
    return typed is not None and bool(read - {typed})


@outlasting_restarts
def keep(store: Store, layouts: Iterable[Layout], at: datetime, by: str) -> None:
    """Adds what is new; a layout that is already kept just so is not added again."""
    known = {(found.reporter, found.fingerprint): _stored(found) for found in load(store)}
    fresh = [one for one in layouts if known.get((one.reporter, one.fingerprint)) != _stored(one)]
    if not fresh:
        return
    with store.transaction() as cursor:
        for one in fresh:
            cursor.execute(
                "insert into layout_profile select coalesce(max(id), 0) + 1, $reporter, $fingerprint, $at, $who, "
                "$layout from layout_profile",
                {
                    "reporter": one.reporter,
                    "fingerprint": one.fingerprint,
                    "at": at,
                    "who": by,
                    "layout": json.dumps(_stored(one), ensure_ascii=False),
                },
            )


def load(store: Store, reporter: str | None = None) -> tuple[Layout, ...]:
    """The layouts in force, the latest first; of one reporter or of all."""
    rows = store.rows(
        "select reporter, fingerprint, layout from known_layout where $reporter is null or reporter = $reporter "
        "order by id desc",
        {"reporter": reporter},
    )
    return tuple(_restored(who, mark, json.loads(layout)) for who, mark, layout in rows)


def _stored(layout: Layout) -> dict[str, Any]:
    """Without what holds for this year's file only."""
    choices = layout.choices
    lasting = replace(
        choices,
        meanings={},  # they stand with the labels
        doubts={key: taken for key, taken in choices.doubts.items() if is_remembered(key)},
        signs={key: sign for key, sign in choices.signs.items() if holds_next_year(key, sign)},
    )
    return choices_to_json(lasting) | {
        "title": layout.title,
        "sheet": layout.sheet,
        "labels": {
            key: {"label": one.label, "meaning": one.meaning.stored, "codes": list(one.codes), "told": one.told}
            for key, one in layout.labels.items()
        },
        "units": dict(layout.units),
        "periods": list(layout.periods),
        "corrected": layout.corrected,
        "by_hand": [area_to_json(area) for area in layout.by_hand],
    }


def _restored(reporter: str, mark: str, raw: Mapping[str, Any]) -> Layout:
    labels = {
        key: Remembered(one["label"], Meaning.restored(one["meaning"]), tuple(one["codes"]), one["told"])
        for key, one in raw["labels"].items()
    }
    return Layout(
        reporter,
        mark,
        raw["title"],
        raw["sheet"],
        labels,
        raw["units"],
        tuple(raw["periods"]),
        choices_of(raw),
        tuple(map(area_of, raw["by_hand"])),
        raw.get("corrected", False),
    )


@dataclass(frozen=True)
class _Look:
    """What a table or a layout is recognised by."""

    fingerprint: str
    title: str
    labels: frozenset[str]
    units: frozenset[str]

    @classmethod
    def of_table(cls, table: Table) -> "_Look":
        labels = frozenset(without_years(seen.label) for seen in labels_of(table))
        return cls(fingerprint(table), title_of(table), labels, frozenset(_units(table)))

    @classmethod
    def of_layout(cls, layout: Layout) -> "_Look":
        labels = frozenset(without_years(one.label) for one in layout.labels.values())
        return cls(layout.fingerprint, layout.title, labels, frozenset(layout.units))

    def likeness(self, other: "_Look") -> float:
        """2 for the very fingerprint; else the share of common labels, less where title or units differ."""
        if self.fingerprint == other.fingerprint:
            return 2.0
        common = len(self.labels & other.labels) / max(1, min(len(self.labels), len(other.labels)))
        title = fuzz.ratio(self.title, other.title) / 100
        return common * (0.5 + 0.5 * title) * (1.0 if self.units == other.units else 0.8)


def recognise(tables: Sequence[Table], layouts: Sequence[Layout]) -> dict[int, Layout]:
    """Which known layout each table (by its index) has: by fingerprint, else the most alike one; each once."""
    ours, theirs = [_Look.of_table(table) for table in tables], [_Look.of_layout(layout) for layout in layouts]
    scored = [
        (look.likeness(known), -number, index) for index, look in enumerate(ours) for number, known in enumerate(theirs)
    ]
    found: dict[int, Layout] = {}
    used: set[int] = set()
    for score, number, index in sorted(scored, reverse=True):
        if score >= ALIKE and index not in found and number not in used:
            found[index] = layouts[-number]
            used.add(number)
    return found


def known_from(table: Table, layout: Layout | None, others: Iterable[Layout], catalogue: Catalogue) -> Known:
    """What earlier confirmations say about a table's labels; meanings that the catalogue lost are left out."""
    elsewhere = {
        key: one.meaning
        for other in reversed(tuple(others))
        for key, one in other.labels.items()
        if one.told and one.meaning.is_defined(catalogue) and _holds(one)
    }
    if layout is None:
        return Known(elsewhere=elsewhere)
    labels = {key: one for key, one in layout.labels.items() if one.meaning.is_defined(catalogue)}
    present = {seen.key for seen in labels_of(table)}
    gone = {key: one for key, one in labels.items() if key not in present}
    return Known(
        here={key: one.meaning for key, one in labels.items() if one.told and _holds(one)},
        blind=_agreed((without_years(one.label), one.meaning) for one in labels.values()),
        renamed={one.codes: (one.label, one.meaning) for one in gone.values() if one.codes},
        elsewhere=elsewhere,
        vanished={one.label: one.meaning for one in gone.values()},
        again={key: one.meaning.following for key, one in labels.items() if not _holds(one)},
        units=frozenset(layout.units),
        figure=layout.choices.base_figure if layout.choices.base_figure in catalogue.base_figures else "",
        period=layout.choices.period,
        corrected=layout.corrected,
        periods=layout.choices.periods,
    )


def _holds(one: Remembered) -> bool:
    """„GJ 24/25 neu“ means the same year for ever; „Vorjahr“ means another one next time."""
    return one.meaning.period is None or names_year(one.label, one.meaning.period)


def _agreed(pairs: Iterable[tuple[str, Meaning]]) -> dict[str, Meaning]:
    """Only keys of which all say the same."""
    said: dict[str, set[Meaning]] = {}
    for key, meaning in pairs:
        said.setdefault(key, set()).add(meaning)
    return {key: next(iter(meanings)) for key, meanings in said.items() if len(meanings) == 1}


def choices_from(table: Table, layout: Layout | None, catalogue: Catalogue) -> Choices:
    """What was decided last time, without its periods: those are suggested (`known_from`) and never taken.

    Under another title, the base figure of the whole table is asked again.
    """
    if layout is None:
        return Choices()
    kept = replace(layout.choices.defined_in(catalogue), period=None, periods={})
    return kept if title_of(table) == layout.title else replace(kept, base_figure="")
