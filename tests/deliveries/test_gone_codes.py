"""A catalogue that has changed: what is stored, remembered or handed out speaks of codes that are gone."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import Catalogue, load
from indicators.deliveries.handing_out import template_for
from indicators.deliveries.staging import confirm, stage, stage_tables
from indicators.errors import MonitoringError
from indicators.knowledge import snapshot
from indicators.ledger import duties
from indicators.ledger.commits import Upload
from indicators.store import Store, StoreError
from indicators.tables.decisions import Choices, table_key
from indicators.tables.own_tables import tables_of
from indicators.workbooks.workbook import read_workbook
from tests.conftest import SMALL_CITY, filled_template
from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table

MARCH, APRIL = datetime(2026, 3, 1, 12), datetime(2026, 4, 1, 12)

Edit = Callable[[str], str]


def without(*starts: str) -> Edit:
    """Leaves out the entries of a flow-style list that begin with one of the codes."""

    def edit(text: str) -> str:
        for start in starts:
            at = text.index(f"  - {{code: {start},")
            end = text.find("\n  - {", at + 1)
            stop = text.find("\nindicators:", at)
            ends = [place for place in (end, stop) if place > 0] or [len(text)]
            text = text[:at] + text[min(ends) + 1 :]
        return text

    return edit


GONE: dict[str, tuple[tuple[str, Edit], ...]] = {
    "base figure": (
        ("b_bildung", without("kinder", "B-01")),
    ),
    "the other base figure": (
        ("b_bildung", without("kita_kinder", "B-01")),
    ),
    "member": (
        ("dimensions", lambda text: text.replace("{code: auslaendisch, title: Ausländische}, ", "")),
    ),
    "member renamed": (
        ("dimensions", lambda text: text.replace("code: auslaendisch", "code: fremd")),
    ),
    "dimension": (
        ("dimensions", lambda text: text[: text.index("  - code: herkunft")]),
        ("b_bildung", lambda text: text.replace("dimensions: [herkunft]", "dimensions: []").replace(
            ", breakdowns: [herkunft]", ""
        )),
    ),
    "reporter renamed": (
        ("reporters", lambda text: text.replace("code: FB 51", "code: FB 55")),
        ("b_bildung", lambda text: text.replace("FB 51", "FB 55")),
    ),
    "indicator": (("b_bildung", without("B-01")),),
}  # fmt: skip


@pytest.fixture(scope="module")
def before(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation with six deliveries and a remembered table, and a template that was handed out."""
    home = tmp_path_factory.mktemp("before")
    shutil.copytree(SMALL_CITY, home / "definitions")
    (home / "data").mkdir()
    shutil.copy(filled_database, home / "data" / "monitoring.duckdb")
    before = load(home / "definitions")
    opened = Store(home / "data" / "monitoring.duckdb")
    content = cross_table(FIRST)
    own = tables_of(read_workbook(content, "kinder.xlsx"))
    decisions = {table_key(table): Choices(base_figure="kinder") for table in own.tables}
    staged = stage_tables(opened, before, Upload("kinder.xlsx", content, "Test"), own, MARCH, "FB 51", decisions)
    confirm(opened, before, staged, MARCH, dict.fromkeys(staged.to_explain, "geprüft"))
    opened.close()
    (home / "old.xlsx").write_bytes(filled_template(before, 2025))
    return home


@pytest.fixture(params=GONE)
def changed(request: pytest.FixtureRequest, before: Path, tmp_path: Path) -> Path:
    """The same with a catalogue that lost something afterwards."""
    home = shutil.copytree(before, tmp_path / "home")
    for name, edit in GONE[request.param]:
        file = home / "definitions" / f"{name}.yaml"
        text = edit(file.read_text(encoding="utf-8"))
        assert text != file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def catalogue(changed: Path) -> Catalogue:
    return load(changed / "definitions")


@pytest.fixture
def database(changed: Path) -> Store:
    return Store(changed / "data" / "monitoring.duckdb")


def upload(content: bytes) -> Upload:
    return Upload("neu.xlsx", content, "Test")


def test_a_template_of_before_gets_an_answer(database: Store, catalogue: Catalogue, changed: Path) -> None:
    staged = stage(database, catalogue, upload((changed / "old.xlsx").read_bytes()), APRIL)
    for finding in staged.findings:
        assert "KeyError" not in finding.message and finding.message
    assert staged.blocked == any(finding.severity == "error" for finding in staged.findings)


@pytest.mark.parametrize("own_reporter", [None, "FB 51"])
def test_a_remembered_table_gets_an_answer(database: Store, catalogue: Catalogue, own_reporter: str | None) -> None:
    content = cross_table(NEXT, (2023, 2024, 2025))
    staged = stage(database, catalogue, upload(content), APRIL, own_reporter)
    assert staged.findings or staged.preview


def test_decisions_made_before_the_change_are_asked_again(database: Store, catalogue: Catalogue) -> None:
    content = cross_table(NEXT, (2023, 2024, 2025))
    own = tables_of(read_workbook(content, "kinder.xlsx"))
    reporter = next(iter(catalogue.reporters))
    decisions = {table_key(table): Choices(base_figure="kinder") for table in own.tables}
    staged = stage_tables(database, catalogue, upload(content), own, APRIL, reporter, decisions)
    if "kinder" not in catalogue.base_figures:
        assert "open-figure" in {finding.rule for finding in staged.findings}


def test_everything_shown_can_be_shown(database: Store, catalogue: Catalogue) -> None:
    for suppressed in (False, True):
        known = snapshot.take(database, catalogue, APRIL, suppressed=suppressed)
        assert set(known.series) == set(catalogue.indicators)
    assert duties.duties(database, catalogue, APRIL)


def test_templates_are_written(database: Store, catalogue: Catalogue) -> None:
    for reporter in catalogue.reporters:
        for period in duties.expected_periods(catalogue, reporter, APRIL.date()):
            assert template_for(database, catalogue, reporter, period)


def test_the_command_line_answers(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITORING_HOME", str(changed))
    (changed / "tabelle.xlsx").write_bytes(cross_table(NEXT, (2023, 2024, 2025)))
    for arguments in (
        ["deliver", str(changed / "old.xlsx")],
        ["deliver", str(changed / "tabelle.xlsx")],
        ["deliver", str(changed / "old.xlsx"), "--commit", "--reason", "geprüft"],
        ["tabulate", str(changed / "tabelle.xlsx"), "--out", str(changed)],
        ["template", "2025", "--reporter", "FB 51", "--out", str(changed / "vorlage.xlsx")],
        ["export", "--out", str(changed / "alles.xlsx")],
        ["check"],
    ):
        assert answered(arguments)


def answered(arguments: list[str]) -> bool:
    """Whether a command ends in an answer. The result is not kept, for it would keep the database open."""
    error = CliRunner().invoke(main, arguments).exception
    return error is None or (isinstance(error, SystemExit | MonitoringError) and not isinstance(error, StoreError))
