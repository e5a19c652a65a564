"""The short form of `make torture`."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.every_write import STRACE
from tests.torture import _wrong


@pytest.mark.slow
def test_sixty_kills_lose_nothing_that_was_acknowledged_and_leave_nothing_half_there():
    """A process of its own, because it forks: DuckDB's threads must not be running in it."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture", "--rounds", "60"],
        capture_output=True, text=True, check=False, timeout=600, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    print(ran.stdout)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "60 kills" in ran.stdout
    assert "0 lost, changed or half there" in ran.stdout


@pytest.mark.slow
@pytest.mark.skipif(STRACE is None, reason="strace is not installed: sudo apt-get install -y strace")
def test_a_start_outlives_a_kill_at_each_of_its_first_writes():
    """`make torture` kills at all of them, and at all writes of deliveries and backups."""
    command = [sys.executable, "-m", "tests.every_write", "--job", "start", "--most", "6"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("6 kills") == 2, ran.stdout
    assert "0 lost, changed or half there" in ran.stdout


@pytest.mark.parametrize(
    "harm",
    [
        "delete from event where delivery = 3",
        "delete from observation where coverage = 1 and series = 1",
        "delete from delivery where id = 2",
        "delete from file where sha256 = (select sha256 from delivery where id = 5)",
        "update file set content = 'other'::blob",
        "delete from coverage where delivery = 4",
        "insert into event from event limit 1",
    ],
)
def test_the_examination_sees_harm(filled_database, tmp_path, harm):
    database = tmp_path / "monitoring.duckdb"
    shutil.copy(filled_database, database)
    with duckdb.connect(str(database)) as connection:
        acknowledged = [["commit", *row] for row in connection.execute(ACKNOWLEDGED).fetchall()]
        connection.execute(harm)
    assert list(_wrong(database, [list(fact) for fact in acknowledged], "import"))


def test_the_examination_is_content_with_what_is_whole(filled_database, tmp_path):
    database = tmp_path / "monitoring.duckdb"
    shutil.copy(filled_database, database)
    with duckdb.connect(str(database)) as connection:
        acknowledged = [["commit", *row] for row in connection.execute(ACKNOWLEDGED).fetchall()]
    assert list(_wrong(database, acknowledged, "import")) == []


ACKNOWLEDGED = (
    "select delivery.id, sha256, count(*), sum(value) from delivery join coverage on delivery = delivery.id "
    "join observation on coverage = coverage.id group by all"
)
