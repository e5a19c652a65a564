"""What editors know of the definition files is what the models say, and each file tells the editor where it stands."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from indicators.__main__ import main
from indicators.boards.definition_schema import schema
from indicators.catalogue.editing import SCHEMA, SCHEMA_LINE
from indicators.catalogue.first import first_texts
from indicators.settings import SAMPLE_DEFINITIONS
from tests.conftest import SMALL_CITY

FOLDERS = [*SAMPLE_DEFINITIONS.values()]
CITIES = [*FOLDERS, SMALL_CITY, SMALL_CITY.parent / "land", SMALL_CITY.parent / "suppression" / "city"]


def written(value: Any) -> Any:
    """As an editor reads it, which knows no days."""
    if isinstance(value, dict):
        return {str(key): written(one) for key, one in value.items()}
    if isinstance(value, list):
        return [written(one) for one in value]
    return str(value) if isinstance(value, date) else value


def faults(text: str) -> list[str]:
    found = jsonschema.Draft7Validator(schema()).iter_errors(written(YAML(typ="safe").load(text)))
    return [error.message for error in found]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_schema_beside_the_files_is_what_the_models_say(folder: Path):
    assert json.loads((folder / SCHEMA).read_text(encoding="utf-8")) == schema()
    for file in folder.glob("*.yaml"):
        assert file.read_text(encoding="utf-8").startswith(SCHEMA_LINE), file


def test_every_definition_file_fits(tmp_path: Path):
    for folder in CITIES:
        for file in folder.glob("*.yaml"):
            assert faults(file.read_text(encoding="utf-8")) == [], file
    for name, text in first_texts("Neustadt", "", ["Sprache"]).items():
        assert text.startswith(SCHEMA_LINE) and faults(text) == [], name


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("unit: Prozent,", "unitt: Prozent,"), ("direction: up", "direction: hoch"), ("title: Betreute Kinder, ", "")],
)
def test_what_the_models_refuse_the_schema_refuses(right: str, wrong: str):
    text = (SMALL_CITY / "b_bildung.yaml").read_text(encoding="utf-8")
    assert right in text
    assert faults(text.replace(right, wrong, 1)) != []


def test_exported_files_name_it_and_it_lies_beside_them(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    for _ in range(2):  # the second time there is nothing that differs
        done = CliRunner().invoke(main, ["definitions", "export", str(tmp_path / "out")])
        assert done.exit_code == 0, done.output
    for file in (tmp_path / "out").glob("*.yaml"):
        assert file.read_text(encoding="utf-8") == SCHEMA_LINE + (SMALL_CITY / file.name).read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / SCHEMA).read_text(encoding="utf-8")) == schema()
