"""CSV files of statistical offices: GENESIS and Regionaldatenbank (flat files, old and new heads), and the tidy files
of the Länder's monitoring. Each is known by its head; every other CSV file is not ours to guess at."""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import NamedTuple

from indicators import german
from indicators.elsewhere.published import Measure, Published, Value, key_of, restricted
from indicators.foreign_text import legible
from indicators.model import Finding, Place, Severity
from indicators.periods import Period, PeriodError
from indicators.workbooks.gate import MAX_FILE, damaged, too_large
from indicators.workbooks.numbers import Number, parse_number

Row = dict[str, str]
Line = tuple[int, Row]
Read = Callable[[list[str], Iterable[Line], str], Published]
REGIONAL = re.compile(r"DINSG|DG|DLAND\w*|REGBEZ\w*|KREISE?\w*|GEMEIN\w*|STADT\w*")
"""Codes of the variables that are places."""
LONGEST_NAME = 120
LONGEST_CELL = 100_000
"""Letters. Python's own limit is of the whole process, where any library may lift it."""
TIDY = ("Year", "Gebietseinheit", "GeoCode", "Units", "Value")


def read(content: bytes, name: str) -> Published | None:
    """None where it is no file of theirs. Raises WorkbookRejected where it is too large."""
    head = content[:4000].removeprefix(BOM_UTF8).partition(b"\n")[0].decode("cp1252", errors="replace")
    found = next((one for one in FORMS if one[0].match(head)), None)
    if found is None:
        return None
    if len(content) > MAX_FILE:
        raise too_large(len(content))
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=found[1])
    columns = [title.strip() for title in next(rows, [])]
    try:
        return found[2](columns, _lines(columns, rows), legible(name, LONGEST_NAME))
    except csv.Error as error:
        raise damaged() from error


def _lines(columns: Sequence[str], rows: Iterable[list[str]]) -> Iterator[Line]:
    """Raises csv.Error for a cell that no office writes: most often a quotation mark that nothing closes."""
    for number, row in enumerate(rows, start=2):
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise csv.Error(f"line {number} holds a cell of more than {LONGEST_CELL} letters")
        if any(cell.strip() for cell in row):
            yield number, dict(zip(columns, row, strict=False))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class Axis(NamedTuple):
    """A variable of a row with its attribute, by code and by name."""

    variable: str
    title: str
    code: str
    name: str

    @property
    def is_place(self) -> bool:
        return REGIONAL.fullmatch(self.variable) is not None


@dataclass
class _Rows:
    """What has been read so far; `bad` are the lines that say nothing of a time or number that can be known."""

    file: str
    values: list[Value] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)

    def take(self, line: int, time: str, axes: Sequence[Axis], measure: Measure, found: Number | None) -> None:
        period = _time(time)
        if period is None or found is None or found.problem or found.doubt:
            self.bad.append(line)
        elif found.is_number:
            places = [axis for axis in axes if axis.is_place]
            others = restricted((axis.title, axis.name) for axis in axes if not axis.is_place)
            keys = tuple(filter(None, (key_of(axis.code) for axis in places)))
            names = tuple(filter(None, (axis.name for axis in places)))
            at = Place(self.file, f"Zeile {line}")
            self.values.append(Value(keys, names, period, measure, others, found.value, found.sign, at))

    def published(self, tables: tuple[str, ...], title: str, source: str) -> Published:
        return Published(tables, title, source, tuple(self.values), tuple(self._told()))

    def _told(self) -> Iterator[Finding]:
        if self.bad:
            said = f"{german.counted(len(self.bad), 'Zeile ist', 'Zeilen sind')} nicht zu lesen, zuerst Zeile "
            yield Finding(
                "published-not-read",
                Severity.ERROR,
                f"{said}{self.bad[0]}: Zeit oder Zahl ist unklar.",
                "Bitte die Datei noch einmal bei der Quelle holen und unverändert hochladen.",
                Place(self.file, f"Zeile {self.bad[0]}"),
            )


def _axes(row: Row, count: int, spelled: Sequence[str]) -> list[Axis]:
    found = ([row.get(f"{at}_{part}", "").strip() for part in spelled] for at in range(1, count + 1))
    return [Axis(variable, title or variable, code, name) for variable, title, code, name in found]


def _flat(columns: list[str], rows: Iterable[Line], name: str) -> Published:
    """A row for each combination; each measure is a column „BEVSTD__Bevölkerung__Anzahl“."""
    measured = {column: _measure(column) for column in columns if "__" in column}
    count = sum(1 for column in columns if re.fullmatch(r"\d+_Merkmal_Code", column))
    found, about = _Rows(name), Row()
    for line, row in rows:
        about = about or row
        axes = _axes(row, count, ("Merkmal_Code", "Merkmal_Label", "Auspraegung_Code", "Auspraegung_Label"))
        for column, measure in measured.items():
            found.take(line, row.get("Zeit", ""), axes, measure, parse_number(row.get(column, "")))
    return _of_genesis(found, about.get("Statistik_Code", ""), about.get("Statistik_Label", ""), name)


def _measure(column: str) -> Measure:
    code, title, *unit = column.split("__")
    return Measure((code, title), unit[0] if unit else "")


def _long(columns: list[str], rows: Iterable[Line], name: str) -> Published:
    """The head of since 2025: each row holds one value, and names its measure."""
    count = sum(1 for column in columns if re.fullmatch(r"\d+_variable_code", column))
    found, about = _Rows(name), Row()
    for line, row in rows:
        about = about or row
        axes = _axes(
            row, count, ("variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label")
        )
        names = (row.get("value_variable_code", ""), row.get("value_variable_label", ""))
        content = parse_number(row.get("value", "") or row.get("value_q", ""))
        found.take(line, row.get("time", ""), axes, Measure(names, row.get("value_unit", "")), content)
    return _of_genesis(found, about.get("statistics_code", ""), about.get("statistics_label", ""), name)


def _of_genesis(found: _Rows, statistic: str, title: str, name: str) -> Published:
    """The file says its statistic only; the table stands in the file's name, where nobody has changed it."""
    table = re.search(r"\d{5}-[\dA-Z-]*\d", name)
    regional = table is not None and table[0].count("-") > 1
    source = "Regionaldatenbank Deutschland" if regional else "GENESIS-Online"
    tables = (table[0] if table else "", statistic.strip())
    return found.published(tuple(dict.fromkeys(filter(None, tables))), title.strip(), source)


def _tidy(columns: list[str], rows: Iterable[Line], name: str) -> Published:
    """„Year, Gebietseinheit, …, Units, GeoCode, Value“: decimal points, the indicator's number in the file's name."""
    found = _Rows(name)
    for line, row in rows:
        place = Axis("KREISE", "Gebietseinheit", row.get("GeoCode", ""), row.get("Gebietseinheit", "").strip())
        others = [Axis("", column, "", row.get(column, "").strip()) for column in columns if column not in TIDY]
        measure = Measure(("Value",), row.get("Units", "").strip())
        found.take(line, row.get("Year", ""), [place, *others], measure, _number(row.get("Value", "")))
    number = re.search(r"\d+(?:-\d+)+", name)
    return found.published(
        (number[0],) if number else (), "Integrationsmonitoring", "Integrationsmonitoring des Landes"
    )


def _number(text: str) -> Number | None:
    """With a decimal point, as programs write; or a sign, or nothing. None for what is neither."""
    try:
        value = float(text)
    except ValueError:
        found = parse_number(text)
        return None if found.problem or found.value is not None else found
    return Number(value) if isfinite(value) else None


def _time(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError:
        return None


FORMS: Sequence[tuple[re.Pattern[str], str, Read]] = (
    (re.compile(r"\"?Statistik_Code\"?;.*Zeit.*Merkmal"), ";", _flat),
    (re.compile(r"\"?statistics_code\"?;.*time.*variable"), ";", _long),
    (re.compile(r"\"?Year\"?,.*Gebietseinheit.*Value"), ",", _tidy),
)
"""What the head of each kind looks like, and what stands between its cells."""
