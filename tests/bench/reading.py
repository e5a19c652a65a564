"""A filled template of 5,000 rows, read and checked with its errors found, against openpyxl, which only opens it."""

import io
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import Staged, stage
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import build_template
from tests.bench.measuring import Ratio, alternately, best, forgetful, slower
from tests.bench.meeting import CITY

ROWS, ERRORS, PARTS = 5_000, 25, 10
AT = datetime(2026, 1, 20)


def measure(rows: int = ROWS, errors: int = ERRORS, rounds: int = 7) -> list[Ratio]:
    """Ours is the whole way up to the findings, with the child process that opens the file."""
    with TemporaryDirectory() as folder:
        city = definitions(Path(folder), rows // PARTS**2)
        store = forgetful(Store(now=datetime(2020, 1, 1)))
        workbook = filled(city, errors)
        found = staged(store, city, workbook)
        assert sum(1 for one in found.findings if one.rule == "not-a-number") == errors, found.findings[:3]
        ours, other = alternately([lambda: staged(store, city, workbook), lambda: by_openpyxl(workbook, rows)], rounds)
        store.close()
    return [slower(f"{rows:,} rows read, errors found / opened by openpyxl", best(ours), best(other), most=0.35)]


def staged(store: Store, city: Catalogue, workbook: bytes) -> Staged:
    return stage(store, city, Upload("FB1_2025.xlsx", workbook, "bench"), AT)


def by_openpyxl(workbook: bytes, rows: int) -> None:
    """Each cell is looked at, and nothing is said about any."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    seen = sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    assert seen > rows


def filled(city: Catalogue, errors: int) -> bytes:
    """Every cell has a number, but for so many that hold a word."""
    groups = [Breakdown.of(a=f"a{a}", b=f"b{b}") for a in range(PARTS) for b in range(PARTS)]
    values: dict[tuple[str, Breakdown], object] = {
        (code, group): float(place) for code in city.base_figures for place, group in enumerate(groups)
    }
    for key in list(values)[:: len(values) // errors][:errors]:
        values[key] = "siehe Anlage"
    return build_template(city, "FB 1", Period.of_year(2025), values=values)  # type: ignore[arg-type]


def definitions(folder: Path, figures: int) -> Catalogue:
    """Base figures by two traits at once, each with ten values."""
    traits = "".join(
        f"  - code: {code}\n    title: Merkmal {code.upper()}\n    members:\n"
        + "".join(f"      - {{code: {code}{n}, title: Teil {code.upper()}{n}}}\n" for n in range(PARTS))
        for code in "ab"
    )
    counted = "".join(
        f"  - {{code: g{n}, title: Grundzahl {n}, unit: Personen, kind: flow, frequency: yearly, reporters: [FB 1], "
        "dimensions: [a, b], breakdowns: [[a, b]]}\n"
        for n in range(figures)
    )
    files = {
        **CITY,
        "dimensions.yaml": f"dimensions:\n{traits}",
        "a.yaml": f"field: A\ntitle: Feld\nguiding_goals:\n  - {{code: A-1, title: Mehr}}\nbase_figures:\n{counted}",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder, methods=METHODS)
