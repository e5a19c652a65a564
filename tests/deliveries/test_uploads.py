"""The table of uploads: each gets its answer, nothing is stored, and every attempt is kept."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from indicators.deliveries.staging import stage
from indicators.ledger.commits import Upload, record_upload
from indicators.store import Store
from tests.workbooks.uploads import UPLOADS, Tried

NOW = datetime(2026, 2, 1, 9, 30)


@pytest.fixture(scope="module")
def history(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(shutil.copy(filled_database, tmp_path_factory.mktemp("uploads") / "monitoring.duckdb"))
    yield store
    store.close()


LARGE = (6, 11, 12)
"""Cases whose files are large: a second and more each."""


@pytest.mark.parametrize(
    "tried",
    [pytest.param(tried, marks=[pytest.mark.slow] if tried.number in LARGE else []) for tried in UPLOADS],
    ids=str,
)
def test_the_answer(tried: Tried, history, small_city):
    before = history.data_version
    upload = Upload(tried.name, tried.bytes, "A. Muster")
    staged = stage(history, small_city, upload, NOW)
    record_upload(history, upload, NOW, staged.outcome)

    assert staged.blocked is tried.blocked, staged.findings
    answers = [f"{f.message} {f.remedy} {f.found}" for f in staged.findings if f.rule == tried.rule]
    assert any(tried.words in answer for answer in answers) or not tried.rule, staged.findings
    if not tried.rule:
        assert staged.findings == ()
        assert {o.value for o in staged.reading.rows} >= {300.0, 140.0}
    assert history.data_version == before
    assert kept(history) == (upload.content, upload.sha256, tried.name, "A. Muster", NOW, staged.outcome)


def kept(store: Store) -> tuple:
    """The last attempt as it stands in the store."""
    (row,) = store.rows(
        "select content, sha256, file_name, uploaded_by, uploaded_at, outcome "
        "from upload join file using (sha256) order by id desc limit 1"
    )
    assert hashlib.sha256(bytes(row[0])).hexdigest() == row[1]
    return bytes(row[0]), *row[1:]


def test_every_case_that_a_file_can_show_has_one():
    """42 to 44 are about two people, a kill and a full disk: no file shows them."""
    assert {tried.number for tried in UPLOADS} == set(range(1, 47)) - {42, 43, 44}
