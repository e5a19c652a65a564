"""Every workbook in tests/workbooks/cases, with the findings that stand beside it; a pair dropped in is a test more."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from indicators.deliveries.staging import stage
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.store import Store

FOLDER = Path(__file__).parents[1] / "workbooks" / "cases"
NOW = datetime(2026, 2, 1)


@pytest.fixture(scope="module")
def history(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small city with its deliveries of 2019 to 2024; staging stores nothing, so all cases share it."""
    store = Store(shutil.copy(filled_database, tmp_path_factory.mktemp("cases") / "monitoring.duckdb"))
    yield store
    store.close()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.xlsx")), ids=lambda file: file.stem)
def test_case(file, history, small_city):
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    staged = stage(history, small_city, Upload(file.name, file.read_bytes(), "Test"), NOW)

    found = sorted((f.rule, f.severity.value, f.place.sheet, f.place.cell) for f in staged.findings)
    assert found == sorted(tuple(f[key] for key in ("rule", "severity", "sheet", "cell")) for f in expected["findings"])
    for wanted in expected["findings"]:
        same = [f for f in staged.findings if (f.rule, f.place.cell) == (wanted["rule"], wanted["cell"])]
        assert any(wanted["words"] in f"{f.message} {f.remedy} {f.found}" for f in same), (wanted, same)
    assert staged.blocked is expected["blocked"]
    for key, content in expected["stored"].items():
        assert stored(staged, key) == content_of(content)


def stored(staged, key):
    """(value, sign, flags) of one observation: `base_figure breakdown`."""
    base_figure, _, breakdown = key.partition(" ")
    (found,) = [
        o for o in staged.reading.rows if (o.base_figure, o.breakdown) == (base_figure, Breakdown.parse(breakdown))
    ]
    return found.value, found.sign and found.sign.value, found.flags


def content_of(content):
    """A number, a sign, or [value, sign, flags]."""
    if isinstance(content, list):
        return tuple(content)
    return (None, content, "") if isinstance(content, str) else (content, None, "")


def test_every_case_has_its_partner():
    assert {f.stem for f in FOLDER.glob("*.xlsx")} == {f.stem for f in FOLDER.glob("*.json")}
