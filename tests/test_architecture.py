"""The house stays as it is drawn: imports point down, pages are short and registered, SQL is where it belongs."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "indicators"

MODULES = sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")

MAY_HOLD_SQL = (
    "store",
    "ledger",
    "knowledge",
    "access",
    "suppression",
    "datasets",
    "reminders",
    "ring",
    "observations.py",
    "tables/layouts.py",
    "reports/texts.py",
    "reports/frozen.py",
)
SQL = re.compile(r"\b(?:select\b.+\bfrom|insert into|update \w+ set|delete from|create (?:table|view))\b", re.I | re.S)


def lint(contracts: str, folder: Path, monkeypatch) -> bool:
    """Whether the house in `folder` keeps the contracts of pyproject.toml."""
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", contracts, "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0


def test_imports_point_down(monkeypatch):
    assert lint(str(PROJECT / "pyproject.toml"), PROJECT, monkeypatch)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("figures/trend.py", "from indicators.knowledge import snapshot"),
        ("figures/trend.py", "from indicators.store import Store"),
        ("exports/svg.py", "def later():\n    from indicators.store import Store"),
        ("periods.py", "from indicators import model"),
        ("workbooks/gate.py", "from indicators.tables import signs"),
        ("figures/labels.py", "from indicators.figures import trend"),
        ("store/durability/lock.py", "from indicators.store import database"),
    ],
)
def test_an_arrow_up_is_found(file, line, tmp_path, monkeypatch):
    shutil.copytree(PACKAGE, tmp_path / "indicators", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "indicators" / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    assert not lint(str(PROJECT / "pyproject.toml"), tmp_path, monkeypatch)


def held_sql(file: Path) -> list[str]:
    """Texts of a module that are SQL, its docstrings aside."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in texts if id(node) not in docs and SQL.search(node.value)]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_sql_is_where_it_belongs(file):
    place = file.relative_to(PACKAGE).as_posix()
    if not place.startswith(MAY_HOLD_SQL):
        assert not held_sql(file)


def test_no_room_holds_more_than_its_share_of_the_house():
    sizes = house.rooms()
    largest = max(sizes, key=sizes.__getitem__)
    assert sizes[largest] <= sum(sizes.values()) * house.LARGEST_SHARE / 100, largest


PAGES = sorted((PROJECT / "pages").glob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_picks_asks_and_shows(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert "through_dashboard()" in text
    for foreign in ("altair", "duckdb", "pandas", "select ", ".execute("):
        assert foreign not in text


def test_every_page_is_registered():
    from indicators.ui.navigation import PAGES as registered

    assert {entry.file for entry in registered} == {page.stem for page in PAGES}


def test_only_ui_and_pages_import_streamlit():
    for file in MODULES:
        if file.relative_to(PACKAGE).parts[0] != "ui":
            assert "streamlit" not in file.read_text(encoding="utf-8").replace("streamlit run", "")


def test_sql_files_state_their_grain():
    for file in (PACKAGE / "store").rglob("*.sql"):
        assert "-- Grain: " in file.read_text(encoding="utf-8"), file.name


def test_the_top_level_is_as_agreed():
    allowed = {
        "dashboard.py", "pages", "data", "indicators", "tests", "requirements.txt",
        "README.md", "Makefile", "pyproject.toml", "CHANGELOG.md", "docs",
    }  # fmt: skip
    here = {path.name for path in PROJECT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    assert here <= allowed, here - allowed


MAY_BE_CUT_OFF = {"move"}
"""A copy of everything is begun anew by whoever asked for it."""


def test_whatever_is_saved_outlasts_a_restart_of_the_server():
    """Each change of a store is made by a function that can be asked twice (indicators/store/outages.py)."""
    saving = {}
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and ".transaction()" in ast.unparse(node):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                saving[f"{file.relative_to(PACKAGE)} {node.name}"] = marks == ["outlasting_restarts"]
    assert len(saving) > 30
    assert {name.split()[1] for name, outlasts in saving.items() if not outlasts} == MAY_BE_CUT_OFF
