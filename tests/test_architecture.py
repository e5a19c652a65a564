"""The house stays as it is drawn: imports point down, pages are short and registered, SQL is where it belongs."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "indicators"

FLOORS = (
    ("model", "targets"),
    ("periods", "moments"),
    ("german", "settings"),
    ("catalogue", "store"),
    ("datasets", "access", "releases"),
    ("deliveries",),
    ("observations", "attainment"),
    ("provenance", "suppression", "unclaimed"),
    ("snapshot",),
    ("figures", "meetings"),
    ("exports", "boards"),
    ("dossier",),
    ("samples",),
    ("commands", "ui"),
    ("__main__",),
)
"""Lowest first; a module imports from its own floor and those below."""

ALLOWED_UPWARD = {("model", "periods"), ("periods", "model"), ("targets", "periods")}


def floor_of(module: str) -> int:
    return next(level for level, names in enumerate(FLOORS) if module in names)


def imported(file: Path) -> set[str]:
    """Names of the modules of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "indicators":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("indicators.")}
    return found


MODULES = sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_down(file):
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imported(file) - {own}:
        assert floor_of(name) <= floor_of(own) or (own, name) in ALLOWED_UPWARD, f"{own} imports {name}"


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
