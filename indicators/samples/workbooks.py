"""The sample's workbooks: our own templates, filled with the public figures in data/samples/figures.

    python -m indicators.samples.workbooks

writes data/samples/workbooks anew after definitions or figures have changed; same input, same bytes.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators import german
from indicators.catalogue import Catalogue, load
from indicators.errors import MonitoringError
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.templates.template import build_template, figures_for, file_name, fill_template

_PROJECT = Path(__file__).parents[2]
SAMPLES = _PROJECT / "data" / "samples"
DEFINITIONS = _PROJECT / "indicators" / "definitions"

Key = tuple[str, Breakdown]
Value = float | Sign


@dataclass(frozen=True)
class SampleWorkbook:
    """One filled template. `name` is its file under data/samples/workbooks."""

    period: Period
    reporter: str
    content: bytes
    name: str


@dataclass(frozen=True)
class Staging:
    """A workbook that the sample's history needs beside the true ones: what to change and how to call the file.

    `values` replace true ones; `figures_of` takes the figures of another period instead.
    """

    period: Period
    reporter: str
    suffix: str
    values: Mapping[Key, Value] | None = None
    figures_of: Period | None = None


# Made up on purpose, so that history, correction and withdrawal have something to show.
STAGED = (
    Staging(Period.of_year(2022), "FB 32", "erste-Fassung", values={("einbuergerungen", Breakdown()): 631.0}),
    Staging(Period.of_year(2024), "FB 51", "falsches-Jahr", figures_of=Period.of_year(2023)),
)


def read_figures(folder: Path) -> dict[Period, dict[Key, Value]]:
    """All figures of the CSV files (base_figure;period;breakdown;value;sign; comment lines begin with #)."""
    figures: dict[Period, dict[Key, Value]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"):
                key = (row["base_figure"], Breakdown.parse(row["breakdown"]))
                there = figures.setdefault(Period.parse(row["period"]), {})
                if key in there:
                    raise MonitoringError(f"{path.name}: {key[0]} {row['period']} {key[1].code} steht doppelt.")
                there[key] = Sign(row["sign"]) if row["sign"] else float(row["value"])
    return figures


def sample_workbooks(catalogue: Catalogue, folder: Path) -> Iterator[SampleWorkbook]:
    """The filled workbook of every reporter and period that `folder` has figures for, in order of time."""
    figures = read_figures(folder)
    for period in sorted(figures):
        for reporter in catalogue.reporters:
            if content := _filled(catalogue, reporter, period, figures, figures[period]):
                yield SampleWorkbook(period, reporter, content, file_name(period, reporter))


def staged_workbooks(catalogue: Catalogue, folder: Path) -> Iterator[SampleWorkbook]:
    """The workbooks with a mistake, for the correction and the withdrawal in the sample's history."""
    figures = read_figures(folder)
    for staging in STAGED:
        values = {**figures[staging.figures_of or staging.period], **(staging.values or {})}
        content = _filled(catalogue, staging.reporter, staging.period, figures, values)
        name = file_name(staging.period, staging.reporter).replace(".xlsx", f"_{staging.suffix}.xlsx")
        yield SampleWorkbook(staging.period, staging.reporter, content, name)


def _filled(
    catalogue: Catalogue,
    reporter: str,
    period: Period,
    figures: Mapping[Period, Mapping[Key, Value]],
    values: Mapping[Key, Value],
) -> bytes:
    """The template with the values that are the reporter's own; empty where there are none."""
    own = {figure.code for figure in figures_for(catalogue, reporter, period)}
    mine = {key: value for key, value in values.items() if key[0] in own}
    if not mine:
        return b""
    before = figures.get(period.previous, {})
    last = {
        key: german.content(value, catalogue.unit_of(catalogue.base_figure(key[0])).decimals)
        for key, value in before.items()
        if key[0] in own
    }
    return fill_template(build_template(catalogue, reporter, period, last), mine)


def write(folder: Path = SAMPLES) -> int:
    """Writes all workbooks and returns how many; files of ours that are no longer made are removed."""
    catalogue = load(DEFINITIONS)
    target = folder / "workbooks"
    target.mkdir(exist_ok=True)
    written = set()
    for make in (sample_workbooks, staged_workbooks):
        for workbook in make(catalogue, folder / "figures"):
            (target / workbook.name).write_bytes(workbook.content)
            written.add(workbook.name)
    for stale in {path.name for path in target.glob("*.xlsx")} - written:
        (target / stale).unlink()
    return len(written)


if __name__ == "__main__":
    print(f"{write()} Arbeitsmappen geschrieben.")
