"""One broken workbook through the pipeline, and what became of it."""

import io
import math
import signal
import time
import traceback
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

import openpyxl

from indicators.catalogue import Catalogue, load
from indicators.deliveries import staging
from indicators.ledger.commits import Upload
from indicators.model import Severity
from indicators.store import Store
from indicators.tables.interpreted import Interpreted, read_interpreted
from indicators.workbooks.annotate import annotate
from indicators.workbooks.cells import Workbook
from indicators.workbooks.package import unescape
from tests.conftest import SMALL_CITY
from tests.deliveries.drawn import lost
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import seeds

NOW = datetime(2026, 2, 1)
MOST_SECONDS = 20.0
ANNOTATED = 20  # every so many trials the findings are written into a copy, too

_city: tuple[Catalogue, Store] | None = None


@dataclass(frozen=True)
class Trial:
    """`outcome` is what the user was told; `failure` is empty or says what must never happen."""

    seed: int
    change: str
    outcome: str
    seconds: float
    compared: bool = False
    failure: str = ""


def broken_workbook(seed: int) -> tuple[str, bytes]:
    random = Random(seed)
    return mutate(random.choice(seeds()), random)


def try_out(seed: int) -> Trial:
    """Stages the broken workbook with this seed. Runs in a worker process; never raises."""
    change, content = broken_workbook(seed)
    begun = time.monotonic()
    try:
        outcome, book, told = _stage(seed, content)
    except Exception:
        return Trial(seed, change, "exception", time.monotonic() - begun, failure=traceback.format_exc(limit=-4))
    seconds = time.monotonic() - begun
    if seconds > MOST_SECONDS:
        return Trial(seed, change, outcome, seconds, failure=f"{seconds:.1f} s")
    lost = _lost(content, book) if book and not told else None
    return Trial(seed, change, outcome, seconds, lost is not None, lost or "")


def _stage(seed: int, content: bytes) -> tuple[str, Workbook | None, bool]:
    """Outcome, the workbook if it could be read, and whether a difference between readers was told."""
    global _city
    _city = _city or (load(SMALL_CITY), Store(now=datetime(2020, 1, 1)))
    catalogue, store = _city
    found: list[Interpreted] = []

    def remembered(data: bytes, name: str) -> Interpreted:
        found.append(read_interpreted(data, name))
        return found[-1]

    staged = staging.stage(store, catalogue, Upload("kaputt.xlsx", content, "Test"), NOW, read=remembered)
    assert staged.findings or staged.reading
    silent = [address for one in found for address in _unsaid(one)]
    assert not silent, f"numbers that are neither read nor told: {silent[:5]}"
    if seed % ANNOTATED == 0 and staged.findings:
        openpyxl.load_workbook(io.BytesIO(annotate(content, staged.findings)))
    told = {"readers-differ", "doubled-cells"} & {finding.rule for finding in staged.findings}
    if not found:
        return f"rejected: {staged.findings[0].rule}", None, False
    errors = [finding.rule for finding in staged.findings if finding.severity is Severity.ERROR]
    if errors:
        return f"error: {errors[0]}", found[0].workbook, bool(told)
    return ("read, with findings" if staged.findings else "read"), found[0].workbook, bool(told)


def _unsaid(one: Interpreted) -> list[str]:
    """Numbers on sheets with tables that no table holds and nobody is told of."""
    return [
        f"{sheet.name} {address}"
        for number, sheet in enumerate(one.workbook.sheets)
        if one.by_sheet.get(number)
        for address in lost(sheet, one.by_sheet[number])
    ]


class _TooSlow(Exception):
    pass


def _lost(content: bytes, book: Workbook) -> str | None:
    """What openpyxl sees and we do not, or see otherwise, though nothing was told; None where it cannot read."""

    def stop(*_: object) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says what it leaves out
            theirs = _cells(content)
    except Exception:
        return None  # it reads less than we do; calamine has compared
    finally:
        signal.alarm(0)
    for name, cells in theirs.items():
        sheet = book.sheet(name)
        for at, value in cells.items():
            ours = sheet.cells.get(at) if sheet else None
            if ours is None:
                return f"{name} {at}: {value!r} is missing"
            if ours.error or ours.uncalculated or ours.value is None:
                continue
            if _differ(ours.value, value):
                return f"{name} {at}: {ours.value!r}, openpyxl has {value!r}"
    return ""


def _cells(content: bytes) -> dict[str, dict[tuple[int, int], object]]:
    other = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = {}
    for sheet in other.worksheets:
        sheet.reset_dimensions()
        found[unescape(sheet.title)] = {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
    return found


def _differ(ours: object, theirs: object) -> bool:
    """Numbers and texts must be the same.

    What either reader takes for a day or a truth is only there or not; „#VALUE!“ is openpyxl's word for a number
    that is no day.
    """
    if any(isinstance(value, bool | date) for value in (ours, theirs)) or theirs == "#VALUE!":
        return False
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return not math.isclose(ours, theirs, rel_tol=1e-12)
    return "".join(str(ours).split()) != "".join(unescape(str(theirs)).split())
