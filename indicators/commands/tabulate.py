"""The command that writes departments' own tables as tidy CSV files."""

import sys
from pathlib import Path

import click

from indicators import german
from indicators.errors import MonitoringError
from indicators.tables.tabulating import Result, tabulate_folder, tabulate_to, workbooks_in


@click.command()
@click.argument("workbook", type=click.Path(exists=True, path_type=Path))
@click.option("--sheet", "sheet_name", help="Nur dieses Blatt lesen.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Zielordner.")
def tabulate(workbook: Path, sheet_name: str | None, out: Path) -> None:
    """Schreibt die Tabellen einer Arbeitsmappe (oder aller eines Ordners) als CSV, eine Datei je Blatt.

    Zahlen, die zu keiner Tabelle gehören, werden genannt, nie verschwiegen.

    Rückgabewert 0, wenn mindestens eine Tabelle gefunden wurde, sonst 1.
    """
    out.mkdir(parents=True, exist_ok=True)
    if workbook.is_dir():
        if sheet_name is not None:
            raise MonitoringError("--sheet gilt nur für eine einzelne Arbeitsmappe.")
        results = _folder(workbook, out)
    else:
        results = [tabulate_to(workbook, out, sheet_name)]
    for result in results:
        _tell(result)
    sys.exit(0 if any(result.written for result in results) else 1)


def _folder(folder: Path, out: Path) -> list[Result]:
    count = len(workbooks_in(folder))
    with click.progressbar(tabulate_folder(folder, out), length=count, label="Arbeitsmappen", file=sys.stderr) as done:
        return sorted(done, key=lambda result: result.workbook)


def _tell(result: Result) -> None:
    for path, cells in result.written:
        click.echo(f"{path}: {german.counted(cells, 'Wert', 'Werte')}")
    for message in result.lost:
        click.echo(f"{result.workbook.name}: {message}", err=True)
    if result.problem:
        click.echo(f"{result.workbook.name}: {result.problem}", err=True)
