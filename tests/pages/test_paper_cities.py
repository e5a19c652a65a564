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


@pytest.mark.parametrize("home", PAPERS, indirect=True)
def test_every_page_of_a_paper_city_opens_and_its_measures_and_stations_are_there(app, home):
    app.run()
    for entry in PAGES:
        assert opened(app, entry.file).title, entry.file
    shown = texts(opened(app, "measures"))
    assert "vorgeschlagen" in shown or "beschlossen" in shown
