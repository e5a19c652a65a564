"""Reading real tables: the golden truths cell by cell, and the office's own tidy results as a witness."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from indicators.tables.crosstab import TableCell
from indicators.tables.tabulating import period_text, tabulate_file, tabulate_folder, workbooks_in
from tests.deliveries.metamorphic.scoring import scorer

SHARED = Path(__file__).parents[2] / "../shared"
GOLDEN, REAL = SHARED / "golden", SHARED / "real-tables"
golden = pytest.mark.skipif(not GOLDEN.exists(), reason="../shared/golden fehlt: keine Wahrheiten zum Vergleich")
real = pytest.mark.skipif(not REAL.exists(), reason="../shared/real-tables fehlt: keine echten Tabellen")


def score(output: Path, target: Path) -> dict:
    scorer().main([str(GOLDEN / "truth"), str(output), "--quiet", "--json", str(target)])
    return json.loads(target.read_text())


@golden
@pytest.mark.slow
def test_golden_truths(tmp_path):
    list(tabulate_folder(GOLDEN / "workbooks", tmp_path))
    scored = score(tmp_path, tmp_path / "score.json")
    total = scored["total"]
    assert total["right"] >= 0.995 * total["cells"]
    assert scored["macro"] >= 0.99
    assert total["false_pos"] <= 0.001 * total["cells"]
    assert total["right_unit"] >= 0.99 * total["cells"]
    assert total["bracket"] == total["bracket_n"]
    assert total["hidden_leak"] == 0
    assert _silent_errors(tmp_path) == []


def _silent_errors(output: Path) -> list[str]:
    """Cells that the scorer calls wrong and that carry no doubt."""
    silent = []
    for path in sorted((GOLDEN / "truth").glob("*.json")):
        rows = scorer().load_rows(str(output / f"{path.stem}.csv"))
        doubted = {row["cell"] for row in rows if row["doubts"]}
        _, errors = scorer().score_sheet(json.loads(path.read_text(encoding="utf-8")), rows)
        silent += [f"{path.stem} {error[0]}" for error in errors if error[0] not in doubted and error[1] != "missing"]
    return silent


def cells_of(path: Path) -> list[TableCell]:
    return [cell for _, tables in tabulate_file(path) for table in tables for cell in table.cells]


def witness(path: Path) -> list[tuple[str, float]]:
    """The office's rows as (year, value); signs and empty values are left out."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["Year"].strip()[:4], row["Value"].replace(",", ".")) for row in csv.DictReader(stream)]
    return [(year, float(value)) for year, value in rows if value.strip("-").replace(".", "", 1).isdigit()]


def agreement(path: Path) -> tuple[int, int]:
    """How many of the office's values stand in our cells of the same year, each of ours used once."""
    ours = Counter(
        (period_text(cell.period)[:4], _rounded(cell.value)) for cell in cells_of(path) if cell.value is not None
    )
    office = witness(REAL / "expected" / f"{path.stem}.csv")
    theirs = Counter((year, _rounded(value)) for year, value in office)
    return sum((ours & theirs).values()), len(office)


def _rounded(value: float) -> float:
    """To three digits behind the point: the office's files hold rounded and unrounded values."""
    return round(value, 3)


@real
@pytest.mark.slow
def test_agreement_with_the_office_s_own_results():
    counts = {path.stem: agreement(path) for release in ("2022", "2023") for path in workbooks_in(REAL / release)}
    found, wanted = sum(found for found, _ in counts.values()), sum(wanted for _, wanted in counts.values())
    assert wanted > 10_000
    assert found / wanted >= 0.99, {stem: f"{a}/{b}" for stem, (a, b) in counts.items() if a < 0.98 * b}


def identities(path: Path) -> dict[tuple, tuple[float | None, str]]:
    """Each cell of a period by its key (or row label), its column head, period and unit: value and row label."""
    return {
        (cell.codes or cell.labels[:1], cell.labels[1:], period_text(cell.period), cell.unit): (
            cell.value,
            cell.labels[0],
        )
        for cell in cells_of(path)
        if cell.period
    }


@real
@pytest.mark.parametrize(
    ("table", "renamed"),
    [
        ("2-3-1", {("Hannover Region", "Region Hannover"), ("Emden Stadt", "Emden, Stadt")}),
        ("5-3-4", set()),
    ],
)
def test_the_next_release_brings_the_new_year_and_renamed_labels_but_no_revision(table, renamed):
    """The workbooks revise nothing; the 45 revised values of 5-3-4 are mistakes in the office's own tidy file of 2022.

    2-3-1 renames places whose official key stays the same: by the key their series go on.
    """
    before = identities(REAL / "2022" / f"2022_{table}.xlsx")
    after = identities(REAL / "2023" / f"2023_{table}.xlsx")
    both = before.keys() & after.keys()
    assert {period for _, _, period, _ in after.keys() - before.keys()} == {"2022"}
    assert before.keys() <= after.keys()
    assert [key for key in both if before[key][0] != after[key][0]] == []
    assert {(before[key][1], after[key][1]) for key in both if before[key][1] != after[key][1]} >= renamed
