"""Small catalogues written in a test: base figures and indicators as lines of YAML."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from indicators.catalogue import Catalogue, load

FRAME = """field: C
title: Arbeit
guiding_goals:
  - {code: C-1, title: Alle finden Arbeit., sub_goals: [{code: C-1.1, title: Die Vermittlung gelingt.}]}
"""
FILES = {
    "city.yaml": "name: Kleinzahlstadt\n",
    "reporters.yaml": "reporters:\n"
    + "".join(f"  - {{code: {code}, name: {code}}}\n" for code in ("FB 50", "AWO", "DRK", "Caritas")),
    "units.yaml": "units:\n"
    "  - {code: Personen, title: Personen}\n"
    '  - {code: Prozent, title: Prozent, symbol: "%", decimals: 1, percentage: true}\n',
    "dimensions.yaml": """dimensions:
  - code: geschlecht
    title: Geschlecht
    complete: true
    members: [{code: w, title: weiblich}, {code: m, title: männlich}, {code: d, title: divers}]
""",
}


def catalogue(
    base_figures: Iterable[str], indicators: Iterable[str], folder: Path | None = None, **files: str
) -> Catalogue:
    """`files` replaces others by their name without ending."""
    folder = folder or Path(mkdtemp())
    texts = {**FILES, **{f"{name}.yaml": text for name, text in files.items()}}
    lists = {"base_figures": base_figures, "indicators": indicators}
    lines = [line for name, found in lists.items() for line in (f"{name}:", *(f"  - {{{one}}}" for one in found))]
    texts["c_arbeit.yaml"] = FRAME + "\n".join(lines)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def figure(code: str, *, more: str = "", reporters: str = "FB 50", below: int | None = 5, kind: str = "stock") -> str:
    secret = f", suppress_below: {below}" if below else ""
    quarterly = "" if kind == "stock" else ", frequency: quarterly"
    head = f"code: {code}, title: {code}, unit: Personen, kind: {kind}{quarterly}"
    return f"{head}, reporters: [{reporters}]{secret}{more}"


def indicator(code: str, formula: str, *, unit: str = "Personen", more: str = "") -> str:
    return (
        f"code: {code}, title: {code}, goal: C-1.1, kind: output, formula: {formula}, unit: {unit}, direction: up, "
        f"definition: Zahl., source: Zählung{more}"
    )
