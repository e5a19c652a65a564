"""What many tests start from: a small city, an empty store, and deliveries written by hand."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from indicators.catalogue import Catalogue, load
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.deliveries.staging import confirm, stage
from indicators.ledger import commits
from indicators.ledger.commits import Receipt, Upload
from indicators.model import Breakdown, Observation, Place, Sign, Slice
from indicators.periods import Period
from indicators.samples import SAMPLES
from indicators.settings import SampleName
from indicators.store import Store
from indicators.store.shared.lake import Lake
from indicators.templates.template import build_template, fill_template, template_slots
from indicators.workbooks import workbook
from tests import SMALL_CITY, many_cities, postgres
from tests.children import Forking
from tests.chromium import _window, browser, tab
from tests.postgres import Cluster

__all__ = ["SMALL_CITY", "_window", "browser", "tab"]

hypothesis.settings.register_profile("ours", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("ours")

# Each run of AppTest looks through every installed package for components, which takes longer than most pages.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def _ended(runner: LocalScriptRunner, timeout: float) -> None:
    """AppTest asks a thousand times a second whether the page has ended, and takes the page's own time for it."""
    thread = runner._script_thread
    assert thread
    thread.join(timeout)
    if thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"AppTest script run timed out after {timeout}(s)")


local_script_runner.require_widgets_deltas = _ended

LONGEST = (
    "browser/test_accessible",
    "samples/test_musterstadt",
    "browser/test_screens",
    "oidc/",
    "store/test_torture",
    "suppression/test_audit",
    "browser/test_changing",
    "deliveries/test_metamorphic",
    "fuzz/",
    "browser/",
    "deliveries/test_golden",
    "deliveries/test_gone_codes",
    "store/test_backup",
    "attack/",
    "bench/",
)
"""Files that take long, the longest first: so that at the end no worker waits for another."""


def _turn(item: pytest.Item) -> int:
    name = item.nodeid.removeprefix("tests/")
    return next((turn for turn, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_turn)
    if config.getoption("--store") == "file":
        later = [item for item in items if item.get_closest_marker("at_length")]
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if item not in later]


@pytest.fixture(scope="session", autouse=True)
def children() -> Iterator[None]:
    """Workbooks are opened by forked children; see `tests.children`."""
    forking, own = Forking(), workbook.subprocess
    workbook.subprocess = forking  # type: ignore[assignment]
    yield
    workbook.subprocess = own
    forking.stop()


KINDS_OF_STORE = ("file", "lake")

Row = tuple[str, str, str, str, float | str]
"""Base figure, reporter, period, breakdown code, value or sign."""


@pytest.fixture(scope="session")
def small_city() -> Catalogue:
    return load(SMALL_CITY)


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample Braunschweig, built once for all workers, and copied for each."""
    return _sample(tmp_path_factory, "braunschweig")


@pytest.fixture(scope="session")
def full_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample Musterstadt, likewise."""
    return _sample(tmp_path_factory, "musterstadt")


@pytest.fixture(scope="session")
def paper_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[SampleName], Path]:
    """One of the cities set up after their paper: built once, and a copy for each that asks."""
    return lambda name: _sample(tmp_path_factory, name)


def _sample(tmp_path_factory: pytest.TempPathFactory, city: SampleName) -> Path:
    return _built_once(tmp_path_factory, city, SAMPLES[city].build)


def _built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Whichever worker comes first builds the database; each has a copy."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    built = shared / f"{name}.duckdb"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build(built)
    return Path(shutil.copy(built, tmp_path_factory.mktemp(name) / "monitoring.duckdb"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store",
        choices=KINDS_OF_STORE,
        default="file",
        help="which kind of store the fixture `store` gives; with `lake` it needs PostgreSQL",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests with the mark `both_stores` run on each kind of store; where one is asked for, all run on that."""
    if "store" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_stores"):
        metafunc.parametrize("store", KINDS_OF_STORE, indirect=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not postgres.PROGRAMS:
        pytest.skip(postgres.MISSING)
    with postgres.cluster() as running:
        yield running


@pytest.fixture
def lake(cluster: Cluster) -> Lake:
    return cluster.lake()


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    if getattr(request, "param", request.config.getoption("--store")) == "file":
        yield Store(now=datetime(2020, 1, 1))
    else:
        opened = Store(request.getfixturevalue("lake"))
        yield opened
        opened.close()


def observed(row: Row) -> Observation:
    base_figure, reporter, period, breakdown, content = row
    value, sign = (None, Sign(content)) if isinstance(content, str) else (float(content), None)
    return Observation(
        base_figure, reporter, Period.parse(period), Breakdown.parse(breakdown), value, sign, place=Place("Blatt", "B7")
    )


@pytest.fixture
def deliver(store: Store, small_city: Catalogue) -> Callable[..., Receipt]:
    """Commits rows as one delivery; covers the slices of the rows and those given beside them."""

    def commit(*rows: Row, at: datetime, covers: tuple[Slice, ...] = ()) -> Receipt:
        observations = tuple(observed(row) for row in rows)
        slices = tuple(dict.fromkeys([*(o.slice for o in observations), *covers]))
        reading = Reading("figures", observations[0].reporter if observations else "FB 51", None, observations, slices)
        upload = Upload("handgemacht.xlsx", repr((rows, at)).encode(), "Test")
        return commits.commit(store, small_city, upload, reading, valid_deliveries(store, slices), at)

    return commit


def content_of(base_figure: str, breakdown: Breakdown, year: int) -> float:
    """The small city's numbers: 400 children, 100 of them foreign; ever more go to day care."""
    grown = year - 2019
    kita = {"": 80 + 10 * grown, "herkunft=auslaendisch": 10 + 4 * grown, "herkunft=deutsch": 70 + 6 * grown}
    children = {"": 400, "herkunft=auslaendisch": 100, "herkunft=deutsch": 300}
    return float((kita if base_figure == "kita_kinder" else children)[breakdown.code])


def filled_template(catalogue: Catalogue, year: int, **changed: "float | str | None") -> bytes:
    """The department's yearly workbook; `changed` replaces cells by base figure (total), None leaves them empty."""
    blank = build_template(catalogue, "FB 51", Period.of_year(year))
    values: dict[tuple[str, Breakdown], float | Sign] = {}
    for slot in template_slots(blank):
        value: float | str | None = content_of(slot.base_figure, slot.breakdown, year)
        if slot.base_figure in changed and slot.breakdown == Breakdown():
            value = changed[slot.base_figure]
        if value is not None:
            values[slot.base_figure, slot.breakdown] = Sign(value) if isinstance(value, str) else value
    return fill_template(blank, values)


def fill(path: Path, catalogue: Catalogue, years: range) -> None:
    """A database file with a delivery for each year."""
    filled = Store(path, now=datetime(2020, 1, 1))
    for year in years:
        upload = Upload(f"FB51_{year}.xlsx", filled_template(catalogue, year), "Test")
        staged = stage(filled, catalogue, upload, datetime(year + 1, 1, 20))
        confirm(filled, catalogue, staged, datetime(year + 1, 1, 20), dict.fromkeys(staged.to_explain, "geprüft"))
    filled.close()


@pytest.fixture(scope="session")
def filled_database(small_city: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with six deliveries of the small city, 2019 to 2024, made through the real pipeline."""

    return _built_once(tmp_path_factory, "filled", lambda path: fill(path, small_city, range(2019, 2025)))


@pytest.fixture(scope="session")
def built_roof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities that could be taken for each other, built once for all workers: see `tests.many_cities`."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "roof.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "roof").exists():
            many_cities.build(shared / "roof-unfinished").rename(shared / "roof")
    return shared / "roof"


@pytest.fixture
def roof(built_roof: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copytree(built_roof, tmp_path / "staedte"))


@pytest.fixture
def home(filled_database: Path, tmp_path: Path) -> Path:
    """An installation of its own with the small city's definitions and deliveries."""
    shutil.copytree(SMALL_CITY, tmp_path / "definitions")
    (tmp_path / "data").mkdir()
    shutil.copy(filled_database, tmp_path / "data" / "monitoring.duckdb")
    return tmp_path
