"""The table of uploads on the command line: message, exit status, nothing stored, every attempt kept."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from indicators.foreign_text import legible
from tests.conftest import filled_template
from tests.workbooks.uploads import UPLOADS

PROJECT = Path(__file__).parents[1]


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "indicators", *arguments],
        cwd=PROJECT,
        env={**os.environ, "MONITORING_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def store_of(home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(home / "data" / "monitoring.duckdb"), read_only=True)


@pytest.mark.slow
def test_all_in_one_call(home, tmp_path):
    folder = tmp_path / "eingang"
    files = []
    for place, tried in enumerate(UPLOADS):
        # a path cannot hold what an upload's name can, so each file has a name of its own
        file = folder / f"{place:02d}" / f"{tried.number:02d}{Path(tried.name).suffix}"
        file.parent.mkdir(parents=True)
        file.write_bytes(tried.bytes)
        files.append(file)
    done = run(home, "deliver", *map(str, files), "--by", "IT")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    answers = sections(done.stdout, len(files))
    for tried, answer in zip(UPLOADS, answers, strict=True):
        assert legible(tried.words) in answer, (str(tried), answer)
        assert ("abgewiesen" in answer or "nicht übernommen" in answer) is tried.blocked, (str(tried), answer)
    with store_of(home) as store:
        assert store.execute("select count(*) from delivery").fetchone() == (6,)
        # a file above the limit is not even read
        kept = store.execute("select count(*) from upload where uploaded_by = 'IT'").fetchone()
        assert kept == (len(UPLOADS) - sum(tried.rule == "too-large" for tried in UPLOADS),)


def sections(output: str, count: int) -> list[str]:
    """What was said of each file: it begins with the file's name at the start of a line."""
    found: list[str] = []
    for line in output.splitlines():
        if not line.startswith(" "):
            found.append("")
        found[-1] += line + "\n"
    assert len(found) == count
    return found


def test_one_bad_file_does_not_stop_the_others(home, tmp_path, small_city):
    bad, good = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    bad.write_bytes(b"a;b")
    good.write_bytes(filled_template(small_city, 2025))
    done = run(home, "deliver", str(bad), str(good), "--commit")
    assert done.returncode == 1
    assert "CSV" in done.stdout
    assert "Übernommen als Lieferung 7" in done.stdout
