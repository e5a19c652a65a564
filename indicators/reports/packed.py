"""A report as bytes and back: everything that it holds, so that it can be built again to the byte."""

import base64
import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import pandas as pd

from indicators.figures import Figure, framed
from indicators.figures.theme import Look
from indicators.model import Sign
from indicators.periods import Period
from indicators.reports import report as parts
from indicators.reports.markdown import Block, Form, Run
from indicators.reports.report import Kind, Report

VALUES = (
    Report, parts.Exhibit, parts.Written, parts.Remark, parts.Verdict, parts.Entry, parts.Goal, parts.Chapter,
    parts.Section, Block, Run, Figure, Look,
)  # fmt: skip
CLASSES = {kind.__name__: kind for kind in VALUES}
WORDS = {"Kind": Kind, "Form": Form, "Sign": Sign}


def pack(report: Report) -> bytes:
    """The same report gives the same bytes."""
    plain = json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(plain.encode(), mtime=0)


def unpack(content: bytes) -> Report:
    """The report that was packed, also by an earlier version of the program: what is new since has its default."""
    found = _whole(json.loads(gzip.decompress(content)))
    assert isinstance(found, Report)
    return found


def _plain(value: Any) -> Any:
    """As JSON; what JSON does not know is {its name: …}."""
    if isinstance(value, Enum):
        return {f"={type(value).__name__}": value.value}
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Period):
        return {"=Period": value.key}
    if isinstance(value, datetime):
        return {"=datetime": value.isoformat()}
    if isinstance(value, date):
        return {"=date": value.isoformat()}
    if isinstance(value, bytes):
        return {"=bytes": base64.b64encode(value).decode()}
    if isinstance(value, pd.DataFrame):
        return {"=frame": [[str(name), [_plain(_cell(cell)) for cell in value[name]]] for name in value.columns]}
    if is_dataclass(value):
        return {f"={type(value).__name__}": {one.name: _plain(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Mapping):
        return {"=map": [[_plain(key), _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, frozenset):
        return {"=set": [_plain(inner) for inner in sorted(value)]}
    if isinstance(value, list):
        return {"=list": [_plain(inner) for inner in value]}
    return [_plain(inner) for inner in value]


def _cell(cell: Any) -> Any:
    return None if cell is pd.NA or cell != cell else cell


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_whole(inner) for inner in value)
    if not isinstance(value, dict):
        return value
    [(tag, inner)] = value.items()
    name = tag.removeprefix("=")
    if name in WORDS:
        return WORDS[name](inner)
    if name in CLASSES:
        known = {one.name for one in fields(CLASSES[name])}
        found = CLASSES[name](**{key: _whole(part) for key, part in inner.items() if key in known})
        return _with_ends(found) if isinstance(found, Figure) else found
    return _READ[name](inner)


def _with_ends(figure: Figure) -> Figure:
    """Reports frozen before November 2026 had the ends of the axis in the screen's specification only."""
    if figure.ends or not figure.spec or not figure.periods:
        return figure
    low, high = figure.spec["encoding"]["y"]["scale"]["domain"]
    return replace(figure, ends=(low, high))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "Period": Period.from_key,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": base64.b64decode,
    "frame": lambda columns: framed({name: [_whole(cell) for cell in cells] for name, cells in columns}),
    "map": lambda pairs: {_whole(key): _whole(inner) for key, inner in pairs},
    "set": lambda found: frozenset(_whole(inner) for inner in found),
    "list": lambda found: [_whole(inner) for inner in found],
}
