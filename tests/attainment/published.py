"""The published verdicts of the German sustainability strategy against ours.

    python -m tests.attainment.published [FOLDER]

FOLDER holds `verdicts.csv` and `series.csv` as ../shared/real-verdicts has them. Prints each verdict that differs and
how many are met; a verdict counts as met where the symbol is the published one, judged by the values up to its year.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.attainment import Assessment, assess
from indicators.targets import Direction, Point, TargetRule

VERDICTS = Path(__file__).parents[2] / "../shared/real-verdicts"


@dataclass(frozen=True, slots=True)
class Compared:
    """One published verdict and our own."""

    series: str
    year: int
    target_year: int | None
    published: str
    assessed: Assessment

    @property
    def ours(self) -> str:
        return self.assessed.status.weather

    @property
    def met(self) -> bool:
        return self.ours == self.published

    def __str__(self) -> str:
        target = f", Ziel {self.target_year}" if self.target_year else ""
        ours = self.ours or (self.assessed.reason.text if self.assessed.reason else "keine Bewertung")
        return f"{self.series}, {self.year}{target}: veröffentlicht {self.published}, berechnet {ours}"


def compared(folder: Path = VERDICTS) -> Iterator[Compared]:
    values: dict[str, list[tuple[int, float | None]]] = defaultdict(list)
    for row in _rows(folder / "series.csv"):
        values[row["series_id"]].append((int(row["year"]), float(row["value"]) if row["value"] else None))
    for row in _rows(folder / "verdicts.csv"):
        year = int(row["latest_year"])
        known_then = [(at, value) for at, value in values[row["series_id"]] if at <= year]
        target_year = int(row["target_year"]) if row["target_year"] else None
        yield Compared(row["series_id"], year, target_year, row["published_verdict"], assess(known_then, _rule(row)))


def _rule(row: dict[str, str]) -> TargetRule:
    """A value and a year; a limit that holds every year; or neither, for a direction alone."""
    direction = Direction(row["direction"])
    limit = row["limit"] or ("" if row["target_year"] else row["target_value"])
    if limit:
        bound = {"low" if direction is Direction.UP else "high": float(limit)}
        return TargetRule("dns_trend", direction, **bound)  # type: ignore[arg-type]
    targets = (Point.of(row["target_year"], float(row["target_value"])),) if row["target_year"] else ()
    return TargetRule("dns_trend", direction, targets=targets)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def main(folder: Path) -> None:
    results = list(compared(folder))
    for result in results:
        if not result.met:
            print(result)
    met = sum(result.met for result in results)
    print(f"{met} von {len(results)} veröffentlichten Bewertungen getroffen ({100 * met / len(results):.1f} %).")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else VERDICTS)
