"""Speed as ratios within one run: `python -m tests.bench`. Ends with 1 where a target is missed."""

import sys
from datetime import date

import click

from tests.bench import (
    attain,
    cities,
    commit,
    funding,
    history,
    measures,
    meeting,
    opening,
    pages,
    reading,
    reports,
    ring,
    sizes,
)
from tests.bench.city import TEN_MILLION
from tests.bench.measuring import Ratio, printed
from tests.bench.mixed import soak

PARTS = {
    "reading": reading.measure,
    "commit": commit.measure,
    "attainment": attain.measure,
    "meeting": meeting.measure,
    "measures": measures.measure,
    "funding": funding.measure,
    "pages": pages.measure,
    "opening": opening.measure,
    "sizes": sizes.measure,
    "reports": reports.measure,
    "cities": cities.measure,
    "ring": ring.measure,
}


@click.command()
@click.option("--large", is_flag=True, help="Attainment over ten million observations as well; does not gate.")
@click.option("--report", is_flag=True, help="End with 0 whatever the ratios are.")
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Only some of the parts.")
@click.option("--keep", is_flag=True, help="Append what was found to history.csv, which the next run compares with.")
@click.option("--soak", "seconds", type=float, is_flag=False, flag_value=60, help="Only the soak, this long.")
def main(large: bool, report: bool, only: tuple[str, ...], keep: bool, seconds: float | None) -> None:
    if seconds is not None:
        lines, well = soak(seconds)
        click.echo("\n".join(lines))
        sys.exit(not well)
    ratios: list[Ratio] = []
    for name in only or PARTS:
        click.echo(f"{name} …", err=True)
        ratios += PARTS[name]()
    if large:
        click.echo("ten million …", err=True)
        ratios += [ratio.ungated() for ratio in attain.measure(TEN_MILLION, rounds=5)]
    click.echo(printed(ratios))
    click.echo("Reads: best round of each side; commit: median; pages: best round.")
    for line in history.worse(ratios, history.last()):
        click.echo(f"Worse than before: {line}")
    if keep:
        history.keep(ratios, date.today(), history.head())
    if not report and not all(ratio.ok for ratio in ratios):
        sys.exit(1)


if __name__ == "__main__":
    main()
