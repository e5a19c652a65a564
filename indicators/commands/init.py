"""The command that begins an installation of one's own: empty, or with the definitions of a sample."""

import shutil
from pathlib import Path

import click

from indicators.catalogue.editing import CITY, Place, changed
from indicators.samples import SAMPLES
from indicators.settings import PROJECT, SampleName
from indicators.store import Store

SETTINGS_FILE = """\
# Einstellungen dieser Installation. Umgebungsvariablen (MONITORING_…) haben Vorrang.
# local_user = "Stabsstelle Integration"   # Name, der bei Lieferungen steht
# memory_limit = "2GB"                     # Arbeitsspeicher der Datenbank
# host = "stadt.monitoring.land.example"   # nur bei vielen Städten (MONITORING_CITIES): ihr Rechnername
# keep_daily = 14                          # so viele tägliche Sicherungen bleiben; 0: keine
# keep_monthly = 12                        # und so viele Monate lang die letzte des Monats
"""
ASK = ""
"""What stands for the name where `--sample` comes without one."""

NO_SAMPLE = {"sample": None, "meetings": None}
"""What a city of one's own does not take over from a sample's city."""


@click.command()
@click.argument("folder", required=False, metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--sample",
    is_flag=False,
    flag_value=ASK,
    metavar="[NAME]",
    help=f"Mit den Definitionen eines Beispiels beginnen: {', '.join(SAMPLES)}. Ohne NAME wird gefragt.",
)
def init(folder: Path | None, sample: str | None) -> None:
    """Legt eine eigene Installation in FOLDER an: Einstellungen und leere Datenbank, noch ohne Katalog.

    Beim ersten Start fragt die Anwendung mit „Stadt einrichten“ nach Name und Handlungsfeldern.
    """
    if folder is None and sample and sample not in SAMPLES:
        folder, sample = Path(sample), ASK  # `init --sample ORDNER`
    if folder is None:
        raise click.UsageError("Bitte den Ordner nennen, der angelegt werden soll.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"Der Ordner {folder} ist nicht leer. Bitte einen neuen Ordner nennen.")
    begun = None if sample is None else _named(sample)
    folder.mkdir(parents=True, exist_ok=True)
    if begun:
        _copy_definitions(begun, folder / "definitions")
    (folder / "settings.toml").write_text(SETTINGS_FILE, encoding="utf-8")
    Store(folder / "data" / "monitoring.duckdb").close()
    click.echo(f"Angelegt: {folder}" + (f", mit den Definitionen von {SAMPLES[begun].title}" if begun else ""))
    for number, step in enumerate(_steps(folder, copied=begun is not None), 1):
        click.echo(f"{number}. {step}")


def _named(sample: str) -> SampleName:
    """The sample of this name; who named none is asked."""
    if sample == ASK:
        for name, one in SAMPLES.items():
            click.echo(f"{name:<18} {one.title}")
        sample = click.prompt("Welches Beispiel?", default=next(iter(SAMPLES)), show_default=True)
    found = next((name for name in SAMPLES if name == sample), None)
    if found is None:
        raise click.ClickException(f"Das Beispiel „{sample}“ gibt es nicht. Es gibt: {', '.join(SAMPLES)}.")
    return found


def _copy_definitions(sample: SampleName, target: Path) -> None:
    """As they stand there, but for what makes the city a sample. That figures are invented stays said: the targets that
    are copied are."""
    shutil.copytree(SAMPLES[sample].definitions, target)
    city = target / "city.yaml"
    texts = {city.name: city.read_text(encoding="utf-8")}
    city.write_text(changed(texts, Place(CITY, CITY), NO_SAMPLE)[city.name], encoding="utf-8")


def _steps(folder: Path, *, copied: bool) -> list[str]:
    start = f"Starten: MONITORING_HOME={folder} make -C {PROJECT} run"
    if not copied:
        return [start, "Im Browser fragt „Stadt einrichten“ nach Name und Handlungsfeldern."]
    return [
        f"Die Definitionen in {folder / 'definitions'} anpassen, zuerst city.yaml.",
        f"Prüfen:  MONITORING_HOME={folder} python -m indicators check",
        start,
    ]
