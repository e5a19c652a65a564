"""A catalogue for departments' own tables."""

import pytest

from indicators.catalogue import Catalogue, load
from tests.conftest import SMALL_CITY


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Catalogue:
    """The small city with synonyms, districts of one name, a school year and a percentage."""
    folder = tmp_path_factory.mktemp("town")
    for file in SMALL_CITY.glob("*.yaml"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "dimensions.yaml").write_text(
        """
dimensions:
  - code: gebiet
    title: Vergleichsgebiet
    members: [{code: land, title: Land}, {code: nord, title: Nord}]
  - code: herkunft
    title: Staatsangehörigkeit
    complete: true
    members:
      - {code: auslaendisch, title: Ausländische, synonyms: [Ausländer, Nichtdeutsche]}
      - {code: deutsch, title: Deutsche}
  - code: lage
    title: Lage
    members: [{code: n, title: Nord}, {code: s, title: Süd}]
""",
        encoding="utf-8",
    )
    text = (folder / "b_bildung.yaml").read_text(encoding="utf-8")
    more = """base_figures:
  - {code: anmeldungen, title: Anmeldungen, unit: Personen, frequency: school_year, department: FB 51,
     dimensions: [gebiet, lage], due_days: 30}
  - {code: quote, title: Quote der Anmeldungen, unit: Prozent, department: FB 51, due_days: 30}
"""
    (folder / "b_bildung.yaml").write_text(text.replace("base_figures:\n", more), encoding="utf-8")
    return load(folder)
