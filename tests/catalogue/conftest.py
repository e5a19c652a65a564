"""A small, complete catalogue folder that each test spoils in its own way."""

from collections.abc import Callable
from pathlib import Path

import pytest

CITY = """\
name: Musterstadt
area_code: "05999"
comparison_areas: [land]
sample: true
"""
UNITS = """\
units:
  - {code: Anzahl, title: Anzahl}
  - {code: Stunden, title: Stunden, symbol: Std.}
  - {code: Prozent, title: Prozent, symbol: "%", decimals: 1, percentage: true}
  - {code: je Stelle, title: Stunden je Kind, ratio: true}
"""
DIMENSIONS = """\
dimensions:
  - code: herkunft
    title: Staatsangehörigkeit
    complete: true
    members:
      - {code: deutsch, title: Deutsche, synonyms: [deutsche]}
      - {code: auslaendisch, title: Ausländerinnen und Ausländer}
  - code: geschlecht
    title: Geschlecht
    members:
      - {code: weiblich, title: weiblich}
      - {code: maennlich, title: männlich}
  - code: gebiet
    title: Gebiet
    members:
      - {code: land, title: Land}
"""
REPORTERS = """\
reporters:
  - {code: FB 51, name: "Kinder, Jugend und Familie"}
  - {code: AWO, name: Arbeiterwohlfahrt, kind: provider}
"""
FIELD = """\
field: B
title: Erziehung und Bildung
lead: FB 51
guiding_goals:
  - code: B-1
    title: Kinder besuchen früh eine Kita.
    sub_goals:
      - {code: B-1.1, title: Die Betreuungsquote steigt.}
base_figures:
  - code: kinder_u3
    title: Kinder unter 3 Jahren
    unit: Anzahl
    kind: stock
    reference: "03-01"
    department: FB 51
    dimensions: [herkunft, geschlecht, gebiet]
  - code: betreut_u3
    title: Betreute Kinder unter 3 Jahren
    unit: Anzahl
    kind: stock
    reporters: [FB 51, AWO]
    dimensions: [herkunft, geschlecht, gebiet]
    breakdowns: [[], [herkunft], [herkunft, geschlecht], [gebiet]]
    suppress_below: 5
  - code: stunden
    title: Betreuungsstunden
    unit: Stunden
    frequency: quarterly
    department: AWO
indicators:
  - code: B-01
    title: Betreuungsquote
    goal: B-1.1
    kind: outcome
    formula: 100 * betreut_u3 / kinder_u3
    unit: Prozent
    direction: up
    breakdowns: [herkunft]
    compare: [land]
    definition: Anteil der betreuten Kinder an allen Kindern.
    source: Eigene Fortschreibung
    baseline: {period: 2019, value: 24.0}
    targets: [{period: 2024, value: 30.0}, {period: 2028, value: 36.0}]
    breaks: [{period: 2022, note: Neue Abgrenzung}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"city": CITY, "units": UNITS, "dimensions": DIMENSIONS, "reporters": REPORTERS, "b_bildung": FIELD}
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Callable[..., Path]:
    """change(old, new, file="b_bildung") replaces a text that must be there."""

    def changed(old: str, new: str, file: str = "b_bildung") -> Path:
        path = folder / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return changed
