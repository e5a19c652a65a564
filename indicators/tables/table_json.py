"""Tables as the child process hands them over: plain JSON, in which what many cells share stands once."""

from collections.abc import Iterable
from typing import Any

from indicators.model import Sign
from indicators.periods import Period
from indicators.tables.crosstab import Area, Role, Table, TableCell
from indicators.tables.crosstab.doubts import Code, Doubt

Raw = dict[str, Any]

FURTHER = TableCell._fields[11:]  # plain texts that a cell has behind its doubts


class _Pool:
    """Values by number, each kept once."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def to_json(tables: Iterable[Table]) -> list[Raw]:
    return [_table(table) for table in tables]


def _table(table: Table) -> Raw:
    texts, doubts = _Pool(), _Pool()  # labels, keys and footnotes are tuples of texts
    cells = [
        [
            cell.row,
            cell.column,
            cell.value,
            cell.sign.value if cell.sign else "",
            cell.period.key if cell.period else 0,
            cell.unit,
            texts.number(cell.labels),
            texts.number(cell.codes),
            texts.number(cell.footnotes),
            cell.flags,
            doubts.number(cell.doubts),
            *(getattr(cell, name) for name in FURTHER),
        ]
        for cell in table.cells
    ]
    return {
        "sheet": table.sheet,
        "title": table.title,
        "areas": [area_to_json(area) for area in table.areas],
        "cells": cells,
        "texts": list(texts.numbers),
        "doubts": [_doubts(found) for found in doubts.numbers],
        "heads": table.heads,
        "stub_heads": table.stub_heads,
        "table_doubts": _doubts(table.doubts),
    }


def _doubts(doubts: Iterable[Doubt]) -> list[list[str]]:
    return [[doubt.code.value, doubt.about, doubt.text] for doubt in doubts]


def area_to_json(area: Area) -> list[Any]:
    return [area.role.value, area.top, area.left, area.bottom, area.right]


def area_of(raw: list[Any]) -> Area:
    role, *bounds = raw
    return Area(Role(role), *map(int, bounds))


def from_json(raw: Iterable[Raw]) -> tuple[Table, ...]:
    """Raises ValueError, KeyError, TypeError or IndexError for what is no table of ours."""
    return tuple(_of(table) for table in raw)


def _of(raw: Raw) -> Table:
    texts = [tuple(map(str, found)) for found in raw["texts"]]
    doubts = [_doubts_of(found) for found in raw["doubts"]]
    periods: dict[int, Period | None] = {0: None}
    signs: dict[str, Sign | None] = {"": None, **{sign.value: sign for sign in Sign}}
    cells = []
    for row, column, value, sign, period, unit, labels, codes, notes, flags, doubted, *further in raw["cells"]:
        if period not in periods:
            periods[period] = Period.from_key(period)
        cells.append(
            TableCell(
                int(row),
                int(column),
                None if value is None else float(value),
                signs[sign],
                periods[period],
                str(unit),
                texts[labels],
                texts[codes],
                texts[notes],
                str(flags),
                doubts[doubted],
                *map(str, further),
            )
        )
    return Table(
        str(raw["sheet"]),
        tuple(map(str, raw["title"])),
        tuple(map(area_of, raw["areas"])),
        tuple(cells),
        tuple(tuple(map(str, head)) for head in raw["heads"]),
        tuple(map(str, raw["stub_heads"])),
        _doubts_of(raw["table_doubts"]),
    )


def _doubts_of(raw: Iterable[Iterable[str]]) -> tuple[Doubt, ...]:
    return tuple(Doubt(Code(code), str(about), str(text)) for code, about, text in raw)
