"""Charts as a browser draws them: no label on a line, a mark or another label, measured from their boxes."""

import copy

import pytest
import vl_convert

from indicators.attainment import METHODS
from indicators.boards import dossier, trend_figure
from indicators.catalogue import load
from indicators.figures.forms import ROOMY
from indicators.knowledge.snapshot import Snapshot, take
from indicators.moments import end_of_day
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store
from indicators.store.database import utc_now

pytestmark = pytest.mark.slow

WIDTHS = (480, ROOMY, 760, 1100)

TOUCHING = """() => {
  const texts = [...document.querySelectorAll('g.mark-text text')]
    .filter(text => text.textContent.trim() && text.getAttribute('stroke') === null)
    .map(text => ({words: text.textContent, box: text.getBoundingClientRect()}));
  const points = [];
  for (const path of document.querySelectorAll('g.mark-line path, g.mark-symbol path')) {
    const symbol = path.closest('g.mark-symbol') !== null, matrix = path.getScreenCTM();
    const length = path.getTotalLength(), steps = symbol ? 8 : Math.max(2, Math.ceil(length / 3));
    const name = symbol ? 'a mark' : 'a line';
    for (let step = 0; step <= steps; step++) {
      const at = path.getPointAtLength(length * step / steps).matrixTransform(matrix);
      points.push({name, x: at.x, y: at.y});
    }
  }
  const found = [];
  for (const {words, box} of texts) {
    if (words === '×') continue;
    const inner = {left: box.left + 1, right: box.right - 1, top: box.top + 2, bottom: box.bottom - 3};
    const hit = points.find(p => p.x > inner.left && p.x < inner.right && p.y > inner.top && p.y < inner.bottom);
    if (hit) found.push(`„${words}“ lies on ${hit.name}`);
    for (const other of texts) {
      const b = other.box;
      if (other.words !== words && b.left < inner.right && b.right > inner.left && b.top + 2 < inner.bottom
          && b.bottom - 3 > inner.top) found.push(`„${words}“ lies on „${other.words}“`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def sample(sample_database) -> Snapshot:
    store = Store(sample_database)
    yield take(
        store, load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS), end_of_day(utc_now().date()), suppressed=False
    )
    store.close()


@pytest.fixture
def tab(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 600})
    yield page
    page.close()


def touching(tab, spec, width) -> list[str]:
    """What lies on what in a chart of that width; labels that a narrow chart leaves out are left out here too."""
    drawn = copy.deepcopy(spec) | {"width": width}
    for layer in drawn["layer"] if width < ROOMY else ():
        layer["data"]["values"] = [row for row in layer["data"]["values"] if row.get("short") != ""]
    tab.set_content(f"<body style='margin: 40px'>{vl_convert.vegalite_to_svg(drawn)}</body>")
    return tab.evaluate(TOUCHING)


def areas(snapshot, indicator):
    """All comparison areas of the sample, at most eight."""
    found = [series.breakdown for series in snapshot.series[indicator.code] if series.breakdown.get("gebiet")]
    return [own for own in found if own.without("gebiet") == indicator.headline.without("gebiet")][:8]


@pytest.mark.parametrize("code", ["A-01", "B-01", "B-02", "C-01", "D-01"])
def test_no_label_lies_on_a_line_a_mark_or_another_label(tab, sample, code):
    indicator = sample.catalogue.indicator(code)
    groups = [series.breakdown for series in sample.series[code] if not series.breakdown.get("gebiet")][:6]
    views = {
        "alone": trend_figure(sample, indicator, [indicator.headline]),
        "outlook": trend_figure(sample, indicator, [indicator.headline], outlook=True),
        "groups": trend_figure(sample, indicator, groups),
        "areas": trend_figure(sample, indicator, [indicator.headline], areas(sample, indicator)),
    }
    gaps = (dossier.gap(sample, judgement) for judgement in sample.judgements[code])
    views |= {f"gap {number}": gap for number, gap in enumerate(gaps) if gap}
    found = {
        f"{name}, {width}": hits
        for name, figure in views.items()
        for width in WIDTHS
        if figure.spec and (hits := touching(tab, figure.spec, width))
    }
    assert found == {}


def test_a_label_on_a_line_is_found(tab, sample):
    """The measuring itself: the name of the line, put where the line runs."""
    indicator = sample.catalogue.indicator("B-01")
    spec = copy.deepcopy(trend_figure(sample, indicator, [indicator.headline]).spec)
    [stroke] = [layer for layer in spec["layer"] if layer["mark"].get("strokeWidth") == 2.5]
    begin, end = stroke["data"]["values"][-3], stroke["data"]["values"][-1]
    for layer in spec["layer"]:
        for row in layer["data"]["values"]:
            if "short" in row:
                row |= {"t": begin["t"], "v": (begin["v"] + end["v"]) / 2}
    assert any("lies on a line" in hit for hit in touching(tab, spec, 760))
