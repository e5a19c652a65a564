"""Nothing that was ever recorded can be changed or removed by the application, but for the bytes of an erased file."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "indicators"
PAGES = PACKAGE.parent / "pages"
SQL = sorted(PACKAGE.rglob("*.sql"))
PYTHON = sorted([*PACKAGE.rglob("*.py"), *PAGES.glob("*.py"), PACKAGE.parent / "dashboard.py"])

CHANGING = re.compile(
    r"\bupdate\s+\w+\s+set\b|\bdelete\s+from\b|\btruncate\s+\w+|\bdrop\s+(table|view|schema|database)\b"
    r"|\binsert\s+or\s+(replace|ignore)\b|\bon\s+conflict\b|\bmerge\s+into\b|\bcreate\s+or\s+replace\s+table\b"
    r"|\balter\s+table\b",
    re.IGNORECASE,
)
# 0002 and 0012 move all rows of tables to new ones with one column more, and let the emptied old ones go. 0031 gives
# remarks two more columns, which are empty for all that were there.
MOVED = {
    "0002_coverage_numbers.sql": {"alter table": 2, "drop table": 2},
    "0012_data_sets.sql": {"alter table": 1, "drop table": 1},
    "0031_templates_and_reminders.sql": {"alter table": 2},
}
ERASING = {"erase_content.sql": {"delete from": 1}}
"""The one exception (decision 0927): bytes of a file whose erasure is on record."""


def found_in(text: str) -> list[str]:
    """The changing statements of a text, comments left out."""
    code = re.sub(r"--[^\n]*", "", text)
    return [" ".join(match[0].lower().split()[:2]) for match in CHANGING.finditer(code)]


@pytest.mark.parametrize("file", SQL, ids=lambda file: file.name)
def test_sql_files_only_add(file):
    found = found_in(file.read_text(encoding="utf-8"))
    assert {statement: found.count(statement) for statement in found} == (MOVED | ERASING).get(file.name, {})


def test_what_is_erased_are_contents_of_files_whose_erasure_is_on_record():
    [erasing] = [file for file in SQL if file.name in ERASING]
    code = re.sub(r"--[^\n]*", "", erasing.read_text(encoding="utf-8"))
    assert " ".join(code.split()) == (
        "delete from file where sha256 in (select sha256 from erasure where id >= $first)"
    )


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: str(file.relative_to(PACKAGE.parent)))
def test_statements_in_python_only_add(file):
    assert found_in(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update observation set value = 1",
        "DELETE  FROM event",
        "drop table audit",
        "insert or replace into file from x",
    ],
)
def test_the_search_finds_what_it_looks_for(statement):
    assert found_in(f"select 1;\n{statement};")


def test_the_search_leaves_comments_alone():
    assert found_in("-- never delete from event\nselect 1") == []
