"""Braunschweig: public yearly figures in workbooks of our own. `data/samples/plan.csv` lists what happens when."""

import csv
from datetime import datetime
from pathlib import Path

from indicators.catalogue import Catalogue
from indicators.samples.delivering import Step
from indicators.settings import PROJECT

FOLDER = PROJECT / "data" / "samples"


def plan(catalogue: Catalogue | None = None, folder: Path = FOLDER) -> list[Step]:
    """The steps in order of time."""
    with (folder / "plan.csv").open(encoding="utf-8", newline="") as lines:
        return sorted(map(_step, csv.DictReader(lines, delimiter=";")), key=lambda step: step.at)


def _step(row: dict[str, str]) -> Step:
    workbook = FOLDER / "workbooks" / row["file"]
    at = datetime.fromisoformat(row["at"])
    return Step(at, row["action"], row["file"], row["by"], row["reason"], lambda catalogue: workbook.read_bytes())
