"""What is installed is what we chose and what comes with it: pinned with hashes, listed, with its licences."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.markers import Marker

from tests.servers import PROJECT

LISTS = (
    "requirements.txt",
    "tests/requirements.txt",
    "docs/parts/tools.txt",
    "docs/parts/shared.txt",
    "tests/bench/peers.txt",
)
CHOSEN = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = CHOSEN["project"]["dependencies"]
GROUPS = CHOSEN["dependency-groups"]


def name_of(requirement: str) -> str:
    """As package indexes spell it, without extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=; ]", requirement)[0]).lower()


def pinned(file: str) -> dict[str, str]:
    """Name → version of a compiled list, for this Python; each of its entries must bring hashes."""
    found = {}
    for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", (PROJECT / file).read_text(encoding="utf-8"))):
        match = re.match(r"([\w.\[\]-]+)==([^ ]+)", entry)
        assert match, entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{match[1]} has no hash"
        marker = re.search(r";\s*(.+?)\s*\\\n", entry)
        if marker is None or Marker(marker[1]).evaluate():
            found[name_of(match[1])] = match[2]
    return found


@pytest.mark.parametrize("file", LISTS)
def test_every_package_has_a_version_and_hashes_and_comes_from_nowhere_else(file):
    assert pinned(file)
    text = (PROJECT / file).read_text(encoding="utf-8")
    assert not re.search(r"file:|/opt/|/tmp/|--find-links|--(extra-)?index-url|git\+", text)


@pytest.mark.parametrize(
    ("chosen", "file"),
    [
        (RUNTIME, "requirements.txt"),
        (RUNTIME + GROUPS["test"] + GROUPS["shared"], "tests/requirements.txt"),
        (GROUPS["shared"], "docs/parts/shared.txt"),
        (GROUPS["parts"] + GROUPS["pins"], "docs/parts/tools.txt"),
        (GROUPS["peers"], "tests/bench/peers.txt"),
    ],
)
def test_what_we_chose_is_in_its_list(chosen, file):
    found = pinned(file)
    assert {name_of(one): found[name_of(one)] for one in chosen} == {
        name_of(one): one.partition("==")[2] for one in chosen
    }


def test_the_tests_run_on_what_is_shipped():
    shipped, tested = pinned("requirements.txt"), pinned("tests/requirements.txt")
    assert {name: tested.get(name) for name in shipped} == shipped


def test_this_environment_is_the_pinned_one():
    expected = pinned("tests/requirements.txt")
    assert {name: version(name) for name in expected} == expected


def test_the_list_of_parts_and_their_licences_are_of_this_list():
    shipped = pinned("requirements.txt")
    parts = json.loads((PROJECT / "docs/parts/parts.cdx.json").read_text(encoding="utf-8"))
    assert parts["bomFormat"] == "CycloneDX"
    assert {name_of(one["name"]): one["version"] for one in parts["components"]} == shipped
    assert all(one["licenses"] for one in parts["components"])
    table = (PROJECT / "docs/parts/LICENCES.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([\w.-]+) \| (\d\S*) \| ([^|]+) \| [^|]* \| (\w+) \|$", table)
    assert {name_of(name): number for name, number, _, _ in rows} == shipped
    assert all(texts != "none" for *_, texts in rows)
    notices = (PROJECT / "docs/parts/notices.txt").read_text(encoding="utf-8")
    assert all(f"\n{name} {number}: " in f"\n{notices}" for name, number, _, _ in rows)


def test_every_choice_has_its_reason():
    reasons = (PROJECT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8")
    for one in RUNTIME:
        name, _, number = one.partition("==")
        assert f"{name.partition('[')[0]} {number}" in reasons, one


def test_nothing_is_installed_without_its_hash():
    """But the newest DuckDB, which `make test-next` tries in an environment of its own."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    without = [line for line in makefile.splitlines() if "install -q" in line and "--require-hashes" not in line]
    assert [line.strip() for line in without if "apt-get" not in line] == [".cache/next/bin/pip install -q -U duckdb"]
    assert "pip install --require-hashes -r requirements.txt" in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_readme_says_which_licence_there_is():
    readme = Path(PROJECT / "README.md").read_text(encoding="utf-8")
    assert "## Licence" in readme
    assert "not chosen" in readme
    assert "docs/parts/LICENCES.md" in readme
