"""Workbooks to tidy CSV files, one by one or a folder in parallel: what `tabulate` on the command line does."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import MonitoringError
from indicators.periods import Period, PeriodKind
from indicators.tables import not_read
from indicators.tables.crosstab import Table, TableCell
from indicators.tables.interpreted import Wanted, read_interpreted
from indicators.workbooks.gate import WorkbookRejected
from indicators.workbooks.numbers import Convention
from indicators.workbooks.workbook import Sheet

COLUMNS = ("sheet", "cell", "value", "sign", "period", "unit", "labels", "doubts")
SUFFIXES = (".xlsx", ".xlsm", ".ods")
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one workbook: CSV files with their number of cells, or the reason why there are none.

    `lost` says which numbers of the sheets that were read stand in none of them.
    """

    workbook: Path
    written: tuple[tuple[Path, int], ...] = ()
    problem: str = ""
    lost: tuple[str, ...] = ()


def tabulate_file(
    path: Path, sheet_name: str | None = None, convention: Convention = Convention.CLASSIC
) -> list[tuple[Sheet, tuple[Table, ...]]]:
    """Every sheet (or the one named) with its tables; sheets without a table are left out.

    Raises WorkbookRejected for a file that is not read, MonitoringError for a name that no sheet has.
    """
    return [(sheet, tables) for sheet, tables in _sheets(path, sheet_name, convention) if tables]


def _sheets(path: Path, sheet_name: str | None, convention: Convention) -> list[tuple[Sheet, tuple[Table, ...]]]:
    read = read_interpreted(path.read_bytes(), path.name, Wanted(sheet_name, convention))
    if sheet_name is not None and read.workbook.sheet(sheet_name) is None:
        names = ", ".join(f"„{sheet.name}“" for sheet in read.workbook.sheets)
        raise MonitoringError(f"Ein Blatt „{sheet_name}“ gibt es nicht. Vorhanden sind: {names}.")
    return [(read.workbook.sheets[number], tables) for number, tables in sorted(read.by_sheet.items())]


def _lost(sheets: list[tuple[Sheet, tuple[Table, ...]]]) -> Iterator[str]:
    """What stands in no CSV file, in the words of the upload page."""
    for _, tables in sheets:
        yield from (finding.message for table in tables for finding in not_read.beside(table))
    known = {sheet.name for sheet, tables in sheets if tables}
    yield from (finding.message for finding in not_read.without_table([sheet for sheet, _ in sheets], known))


def csv_name(workbook: str, sheet: str) -> str:
    """`<workbook>__<sheet>.csv`, without blanks at the sheet name's ends and without characters no file may have."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", f"{workbook}__{sheet.strip()}") + ".csv"


def write_csv(path: Path, sheet: Sheet, tables: tuple[Table, ...]) -> int:
    """One line per cell; returns how many. Texts that a spreadsheet would run as formulas get an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        lines = [_line(sheet, cell) for table in tables for cell in table.cells]
        writer.writerows(lines)
    return len(lines)


def _line(sheet: Sheet, cell: TableCell) -> tuple[str, ...]:
    return (
        _harmless(sheet.name),
        cell.address,
        "" if cell.value is None else repr(cell.value).removesuffix(".0"),
        cell.sign.value if cell.sign else "",
        period_text(cell.period),
        _harmless(cell.unit),
        json.dumps(cell.labels, ensure_ascii=False),
        _harmless(" | ".join(doubt.text for doubt in cell.doubts)),
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "@", "\t", "\r") else text


def period_text(period: Period | None) -> str:
    """`2019`, `2019-06`, `2019-12-31`, `2019/20`: terms and Kita years are written as their two years."""
    if period is None:
        return ""
    if period.kind in (PeriodKind.KITA_YEAR, PeriodKind.WINTER_TERM):
        return str(Period.school_year(period.year))
    return str(period)


def tabulate_to(path: Path, out: Path, sheet_name: str | None = None) -> Result:
    """One workbook to CSV files in `out`. A rejection is a result, not an error: a folder goes on."""
    try:
        sheets = _sheets(path, sheet_name, Convention.CLASSIC)
    except WorkbookRejected as rejection:
        return Result(path, problem=str(rejection))
    except MonitoringError as error:
        return Result(path, problem=str(error))
    written = []
    for sheet, tables in sheets:
        if not tables:
            continue
        target = out / csv_name(path.name, sheet.name)
        written.append((target, write_csv(target, sheet, tables)))
    return Result(path, tuple(written), "" if written else "Keine Tabelle gefunden.", tuple(_lost(sheets)))


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, without Excel's lock files."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.name.startswith("~$")
    )


def tabulate_folder(
    folder: Path, out: Path, workers: int = WORKERS, told: Callable[[Result], None] = lambda _: None
) -> Iterator[Result]:
    """Every workbook of a folder in parallel processes, in the order in which they are done."""
    with ProcessPoolExecutor(workers) as pool:
        for done in as_completed([pool.submit(tabulate_to, path, out) for path in workbooks_in(folder)]):
            result = done.result()
            told(result)
            yield result
