"""What earlier runs of the benchmark found: a regression shows where each part alone still keeps its goal."""

import csv
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.bench.measuring import Ratio

FILE = Path(__file__).with_name("history.csv")
COLUMNS = ("day", "commit", "what", "ratio")
NOTABLE = 1.25
"""Ratios of two runs differ by a fifth on a machine that does other things as well."""


def last(file: Path = FILE) -> dict[str, float]:
    """The latest ratio of each comparison, by its name."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["what"]: float(row["ratio"]) for row in csv.DictReader(lines)}


def keep(ratios: Sequence[Ratio], day: date, commit: str, file: Path = FILE) -> None:
    """Appends a run."""
    new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerows((day.isoformat(), commit, ratio.name, f"{ratio.value:.3f}") for ratio in ratios)


def worse(ratios: Sequence[Ratio], before: Mapping[str, float]) -> list[str]:
    """One line for each comparison that is clearly worse than in the run before."""
    found = []
    for ratio in ratios:
        if (was := before.get(ratio.name)) is None:
            continue
        loss = was / ratio.value if ratio.least is not None else ratio.value / was
        if loss > NOTABLE:
            found.append(f"{ratio.name}: {ratio.value:.2f} x, {was:.2f} x in the run before")
    return found


def head() -> str:
    """The commit that is measured."""
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
