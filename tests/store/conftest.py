"""A small city's database, to be damaged, copied and put back."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database(filled_database, tmp_path) -> Path:
    path = tmp_path / "data" / "monitoring.duckdb"
    path.parent.mkdir()
    shutil.copy(filled_database, path)
    return path
