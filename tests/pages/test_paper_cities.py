"""Cities set up after their paper: no indicator, no figure, and every page opens and says what there is."""

import shutil

import pytest

from indicators.samples.papers import PAPERS
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.ui.navigation import PAGES
from tests.pages.test_pages import opened, texts


@pytest.fixture
def home(request, paper_sample, tmp_path):
    name = request.param
    shutil.copytree(SAMPLE_DEFINITIONS[name], tmp_path / "definitions")
    (tmp_path / "data").mkdir()
    shutil.copy(paper_sample(name), tmp_path / "data" / "monitoring.duckdb")
    return tmp_path


CYCLE = ("concept", "measures", "meetings", "bericht")
"""What every city's cycle needs; all pages open in the one with most fields."""


@pytest.mark.parametrize("home", PAPERS, indirect=True)
def test_the_pages_of_a_paper_city_open_and_its_measures_are_there(app, home):
    app.run()
    everything = len(list((home / "definitions").glob("feld_*"))) > 1
    for file in [entry.file for entry in PAGES] if everything else CYCLE:
        assert opened(app, file).title, file
    shown = texts(opened(app, "measures"))
    assert "vorgeschlagen" in shown or "beschlossen" in shown
    assert "Eingerichtet nach" in shown and "amtlich" not in shown
