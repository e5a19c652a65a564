"""Every code of a finding stands in the register, and the register holds none that nothing raises."""

import ast
import re
from pathlib import Path

import pytest

from indicators.finding_codes import CODES, SECTIONS
from indicators.model import Finding, Severity
from indicators.tables.decisions import Asks

PROJECT = Path(__file__).parents[1]
MAKES = {"Finding", "_error", "_hint", "_marked", "rejected", "wrong", "Wrong"}
"""What makes a finding of a code, its first argument."""


def calls() -> list[ast.Call]:
    files = [file for file in (PROJECT / "indicators").rglob("*.py") if file.name != "finding_codes.py"]
    return [node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]


def words() -> set[str]:
    """All texts in the code that could be one."""
    files = [file for file in (PROJECT / "indicators").rglob("*.py") if file.name != "finding_codes.py"]
    found = (node for file in files for node in ast.walk(ast.parse(file.read_text())))
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_code_that_is_written_into_the_code_is_registered():
    written = {
        call.args[0].value
        for call in calls()
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in MAKES
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and re.fullmatch(r"[a-z][a-z-]+", call.args[0].value)
    }
    assert len(written) > 90
    assert written - set(CODES) == set()
    assert {f"open-{asked.value}" for asked in Asks} <= set(CODES)


def test_every_registered_code_is_raised_somewhere_and_stands_in_one_section():
    composed = {f"open-{asked.value}" for asked in Asks}
    assert set(CODES) - words() - composed == set()
    assert sum(map(len, SECTIONS.values())) == len(CODES)


def test_each_says_what_it_means_and_what_to_do():
    for code, said in CODES.items():
        assert said.words.endswith(".") and said.remedy.endswith("."), code
        assert len(said.words) < 120, code


def test_a_code_that_nobody_knows_cannot_be_raised():
    with pytest.raises(ValueError, match="keiner-kennt-ihn"):
        Finding("keiner-kennt-ihn", Severity.HINT, "Etwas ist.")


def test_the_reference_lists_them_all():
    page = (PROJECT / "docs" / "nachschlagen.md").read_text(encoding="utf-8")
    assert [code for code, said in CODES.items() if f"| `{code}` | {said.words} |" not in page] == []
