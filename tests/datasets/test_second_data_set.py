"""A data set of a test's own, a list of named things with two fields, takes the whole way beside the figures.

It is registered in this test alone: no other room has a line for it.
"""

import io
from datetime import datetime

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from indicators.__main__ import main
from indicators.boards.listing import listing
from indicators.datasets import DATA_SETS, FIGURES
from indicators.datasets.listed import Field, FieldKind, Listed
from indicators.datasets.preview import Change
from indicators.deliveries.handing_out import template_for
from indicators.deliveries.staging import confirm, keeping_the_rest, stage
from indicators.exports import FORMATS
from indicators.ledger import archive, commits, duties
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Severity, Slice
from indicators.observations import series
from indicators.periods import Period
from indicators.ui import session
from tests.pages.test_pages import opened, texts

COURSES = Listed(
    "kinder",  # a base figure has the same code, and neither may take the other's rows
    "Sprachkurse",
    (Field("ort", "Ort", required=True), Field("plaetze", "Plätze", FieldKind.NUMBER)),
)
YEAR = Period.of_year(2024)
SLICE = COURSES.slice_of("FB 51", YEAR)
FIRST = datetime(2025, 1, 20)
SECOND = datetime(2025, 2, 20)
THIRD = datetime(2025, 3, 20)

OLD = [("Deutsch A1", "Mitte", 20), ("Deutsch B1", "Nord", 12.0), ("=Alpha & „Co“", "Süd", None)]
NEW = [("Deutsch A1", "Mitte", 25), ("Deutsch B1", "Nord", 12), ("Deutsch B2", "West", 8)]


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(DATA_SETS, COURSES.code, COURSES)


def written(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(store, catalogue, rows, period=YEAR) -> Upload:
    """The list's template with these rows in place of whatever stood there."""
    book = load_workbook(io.BytesIO(template_for(store, catalogue, "FB 51", period, COURSES.code)))
    sheet = book["Liste"]
    for row in range(6, 6 + max(len(rows), 10)):
        given = rows[row - 6] if row - 6 < len(rows) else (None, None, None)
        for column, content in enumerate(given, start=1):
            cell = sheet.cell(row, column)
            cell.value = content
            if isinstance(content, str):
                cell.data_type = "s"
    return Upload("kurse.xlsx", written(book), "Test")


def delivered(store, catalogue, rows, at):
    staged = stage(store, catalogue, filled(store, catalogue, rows), at)
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))


def names(store, moment=archive.FOREVER):
    kept = COURSES.valid(store, [SLICE], moment)
    return {key.name: dict(found.content) for key, found in kept.items()}


def shown(preview, change):
    return [row.key.name for row in preview.rows if row.change is change]


def test_a_template_is_filled_read_and_stored(store, small_city):
    staged = stage(store, small_city, filled(store, small_city, OLD), FIRST)
    assert (staged.findings, staged.corrections) == ((), ())
    assert staged.reading.covers == (SLICE,)
    assert shown(staged.preview, Change.NEW) == sorted(name for name, _, _ in OLD)
    receipt = confirm(store, small_city, staged, FIRST, {})
    assert receipt.rows == 3
    assert names(store) == {
        "Deutsch A1": {"ort": "Mitte", "plaetze": 20.0},
        "Deutsch B1": {"ort": "Nord", "plaetze": 12.0},
        "=Alpha & „Co“": {"ort": "Süd"},
    }
    assert {str(one.place) for one in COURSES.valid(store, [SLICE]).values()} == {
        "Blatt „Liste“ A6",
        "Blatt „Liste“ A7",
        "Blatt „Liste“ A8",
    }


def test_the_same_template_is_the_same_bytes_and_shows_the_year_before(store, small_city):
    delivered(store, small_city, OLD, FIRST)
    nxt = template_for(store, small_city, "FB 51", YEAR.next, COURSES.code)
    assert nxt == template_for(store, small_city, "FB 51", YEAR.next, COURSES.code)
    sheet = load_workbook(io.BytesIO(nxt))["Liste"]
    assert [[cell.value for cell in row] for row in sheet["A5:E7"]] == [
        ["Bezeichnung", "Ort", "Plätze", "zuletzt: Ort", "zuletzt: Plätze"],
        ["=Alpha & „Co“", None, None, "Süd", None],
        ["Deutsch A1", None, None, "Mitte", "20"],
    ]
    assert sheet["A6"].data_type == "s"


@pytest.mark.parametrize(
    ("rows", "rule", "cell", "said"),
    [
        ([("Deutsch A1", None, 20)], "missing", "B6", "„Ort“ fehlt bei „Deutsch A1“."),
        ([("Deutsch A1", "Mitte", "viele")], "not-a-number", "C6", "„Plätze“ ist eine Zahl"),
        ([("Deutsch A1", "Mitte", "-")], "not-a-number", "C6", "Ein Zeichen steht für keine."),
        ([(None, "Mitte", 20)], "missing-name", "A6", "In Zeile 6 fehlt der Name"),
        ([("A" * 401, "Mitte", 20)], "too-long", "A6", "„Bezeichnung“ hat 401 Zeichen"),
        ([("A", "Mitte", 1), ("a", "Mitte", 1)], "duplicate", "A7", "„A“ steht mehrfach da"),
        ([], "no-values", "", "enthält keinen einzigen Eintrag"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(store, small_city, rows, rule, cell, said):
    staged = stage(store, small_city, filled(store, small_city, rows), FIRST)
    [finding] = staged.findings
    assert (finding.rule, finding.severity, finding.place.cell) == (rule, Severity.ERROR, cell)
    assert said in finding.message and finding.remedy
    with pytest.raises(DeliveryError):
        confirm(store, small_city, staged, FIRST, {})
    assert store.value("select count(*) from entry") == 0


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda book: book["Liste"].__setitem__("B5", "Leitung"), "changed-label"),
        (lambda book: book["_vorlage"].__setitem__("B2", "7"), "old-template"),
        (lambda book: book["_vorlage"].__setitem__("D10", "anderes"), "old-template"),
        (lambda book: book["_vorlage"].__setitem__("B3", "AWO"), "broken-template"),
        (lambda book: book["_vorlage"].__setitem__("B4", "irgendwann"), "broken-template"),
        (lambda book: setattr(book["Liste"], "title", "Tabelle1"), "missing-sheet"),
    ],
)
def test_a_changed_template_is_refused(store, small_city, change, rule):
    book = load_workbook(io.BytesIO(filled(store, small_city, OLD).content))
    change(book)
    staged = stage(store, small_city, Upload("kurse.xlsx", written(book), "Test"), FIRST)
    assert staged.blocked
    assert rule in [finding.rule for finding in staged.findings]


def test_rows_below_the_formatted_ones_are_read_too(store, small_city):
    many = [(f"Kurs {number:03d}", "Mitte", number) for number in range(120)]
    delivered(store, small_city, many, FIRST)
    assert len(names(store)) == 120


def test_a_second_delivery_says_what_changes_and_asks_for_reasons(store, small_city):
    delivered(store, small_city, OLD, FIRST)
    staged = stage(store, small_city, filled(store, small_city, NEW), SECOND)
    assert {change: shown(staged.preview, change) for change in Change} == {
        Change.NEW: ["Deutsch B2"],
        Change.CHANGED: ["Deutsch A1"],
        Change.VANISHED: ["=Alpha & „Co“"],
        Change.UNCHANGED: ["Deutsch B1"],
    }
    assert [finding.message for finding in staged.corrections] == [
        "„Sprachkurse“ (Fachbereich Kinder): 1 gespeicherter Eintrag ändert sich: "
        "Deutsch A1, 2024: Ort: Mitte, Plätze: 25 statt Ort: Mitte, Plätze: 20.",
        "„Sprachkurse“ (Fachbereich Kinder): 1 gespeicherter Eintrag entfällt: =Alpha & „Co“, 2024: Ort: Süd.",
    ]
    with pytest.raises(DeliveryError, match="Grund"):
        confirm(store, small_city, staged, SECOND, {})
    receipt = confirm(store, small_city, staged, SECOND, dict.fromkeys(staged.to_explain, "neues Angebot"))
    assert set(names(store)) == {"Deutsch A1", "Deutsch B1", "Deutsch B2"}
    assert list(archive.accepted_findings(store, receipt.number)["reason"]) == ["neues Angebot"] * 2


def test_the_rest_can_be_kept(store, small_city):
    first = delivered(store, small_city, OLD, FIRST)
    staged = keeping_the_rest(
        store, small_city, stage(store, small_city, filled(store, small_city, NEW), SECOND), SECOND
    )
    assert staged.preview.count(Change.VANISHED) == 0
    confirm(store, small_city, staged, SECOND, dict.fromkeys(staged.to_explain, "mehr"))
    assert len(names(store)) == 4
    places = {key.name: kept.place.sheet for key, kept in COURSES.valid(store, [SLICE]).items()}
    assert places["=Alpha & „Co“"] == f"aus Lieferung {first.number}: Liste"


def test_withdrawing_brings_the_first_back_and_every_moment_keeps_its_list(store, small_city):
    delivered(store, small_city, OLD, FIRST)
    second = delivered(store, small_city, NEW, SECOND)
    commits.withdraw(store, second.number, THIRD, "Test", "falsche Liste")
    old, new = {name for name, _, _ in OLD}, {name for name, _, _ in NEW}
    assert [set(names(store, moment)) for moment in (datetime(2025, 1, 1), FIRST, SECOND, THIRD)] == [
        set(), old, new, old,
    ]  # fmt: skip
    commits.restore(store, second.number, datetime(2025, 4, 1), "Test", "doch richtig")
    assert set(names(store)) == new


def test_another_delivery_in_between_stops_the_commit(store, small_city):
    upload = filled(store, small_city, NEW)
    staged = stage(store, small_city, upload, SECOND)
    delivered(store, small_city, OLD, FIRST)
    with pytest.raises(DeliveryError, match="Inzwischen"):
        confirm(store, small_city, staged, SECOND, {})


def test_the_same_file_again_is_known(store, small_city):
    upload = filled(store, small_city, OLD)
    confirm(store, small_city, stage(store, small_city, upload, FIRST), FIRST, {})
    assert stage(store, small_city, upload, SECOND).is_settled


def test_figures_of_the_same_code_stay_as_they_are(store, small_city, deliver):
    deliver(("kinder", "FB 51", "2024", "", 400), at=FIRST)
    figures = Slice("kinder", "FB 51", YEAR)
    before = FIGURES.valid(store, [figures]), duties.duties(store, small_city, THIRD)
    seen = series(store, small_city, ["B-01"], THIRD)
    delivered(store, small_city, OLD, SECOND)
    assert (FIGURES.valid(store, [figures]), duties.duties(store, small_city, THIRD)) == before
    assert series(store, small_city, ["B-01"], THIRD) == seen
    assert len(names(store)) == 3
    assert store.value("select count(*) from slice_validity") == 1


def test_it_leaves_as_a_figure(store, small_city):
    delivered(store, small_city, OLD, FIRST)
    delivered(store, small_city, NEW, SECOND)
    figure = listing(COURSES, small_city, COURSES.valid(store, [SLICE], FIRST), FIRST)
    assert figure.columns == ["Bezeichnung", "Ort", "Plätze", "Meldende Stelle", "Zeitraum", "Lieferung"]
    table = FORMATS["csv"].render([figure]).decode("utf-8-sig")
    assert "Deutsch A1;Mitte;20;Fachbereich Kinder;2024;1" in table
    assert "Deutsch B2" not in table
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render([figure])))
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert {"Deutsch B1", "Nord", 12, "Fachbereich Kinder"} <= cells


def everything(app) -> str:
    """The page's texts, and the titles of its fields and folds."""
    fields = [one.label for one in (*app.text_input, *app.text_area, *app.expander, *app.checkbox)]
    return "\n".join([texts(app), *fields])


def test_the_page_shows_takes_over_and_takes_back(app, small_city, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))
    opened(app, "deliver")
    upload = filled(session.store(), small_city, OLD)
    app.file_uploader[0].upload(upload.name, upload.content).run()
    said = texts(app)
    assert "Deutsch A1" in said and "Ort: Mitte, Plätze: 20" in said
    assert ">Liste</th>" in said and ">Eintrag</th>" in said
    app.button(key=next(one.key for one in app.button if one.key.startswith("commit-"))).click().run()
    assert not app.exception
    assert "Gespeichert als Lieferung 7" in texts(app) and "3 Einträge" in texts(app)
    again = filled(session.store(), small_city, NEW)
    app.file_uploader[0].upload("zweite.xlsx", again.content).run()
    for said in ("Ort: Mitte, Plätze: 25", "1 unveränderter Eintrag", "1 gespeicherter Eintrag entfällt"):
        assert said in everything(app), said
    assert "3 Einträge, geliefert am" in texts(opened(app, "deliveries", nummer="7"))
    assert not app.exception


def test_the_command_line_takes_it_over(home, tmp_path, small_city, monkeypatch, store):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    file = tmp_path / "kurse.xlsx"
    file.write_bytes(filled(store, small_city, OLD).content)
    done = CliRunner().invoke(main, ["deliver", str(file), "--commit", "--by", "IT"])
    assert done.exit_code == 0, done.output
    assert "Vorschau: 3 neu" in done.output
    assert "Übernommen als Lieferung 7 (3 Einträge" in done.output
    withdrawn = CliRunner().invoke(main, ["withdraw", "7", "--reason", "falsch", "--by", "IT"])
    assert withdrawn.exit_code == 0, withdrawn.output
