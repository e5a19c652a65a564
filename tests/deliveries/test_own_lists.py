"""A city's own table of measures comes in: columns are matched by name, the rest is asked once and remembered."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from indicators.datasets import DATA_SETS, MEASURES
from indicators.datasets.listed import Field, FieldKind, Listed
from indicators.deliveries.staging import confirm, stage, stage_list
from indicators.ledger.commits import Upload
from indicators.model import Severity
from indicators.tables.own_lists import SKIP, Decisions

FIRST, SECOND = datetime(2025, 2, 1), datetime(2026, 2, 1)
HEAD = [
    "Lfd. Nr.",
    "Maßnahme",
    "Umsetzungsstand",
    "Fachbereich",
    "Kosten",
    "Bemerkung",
    "Laufzeit bis",
    "Wen erreichen wir?",
]
ROWS = [
    [1, "Sprachcafé", "läuft", "Fachbereich Kinder", 12500, "intern", date(2026, 12, 31), "Mütter"],
    [2, "Beratung", "umgesetzt", "AWO Kreisverband", "4.000 €", None, "2025", "Familien"],
    ["Übergreifend", None, None, None, None, None, None, None],
    [3, "=Wegweiser", "läuft", "FB 51", None, None, None, None],
]
ANSWERS = Decisions(
    columns={"bemerkung": SKIP, "wen erreichen wir?": "target_group"},
    words={"status": {"läuft": "in Umsetzung"}},
    units={"awo kreisverband": "AWO"},
    reporter="FB 51",
)


def own(rows=ROWS, head=HEAD, title="Maßnahmenkatalog 2016", name="katalog.xlsx") -> Upload:
    book = Workbook()
    sheet = book.active
    sheet.title = "Tabelle1"
    sheet.append([title])
    sheet.append([])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return Upload(name, out.getvalue(), "Test")


def answered(store, catalogue, staged, decisions, at=FIRST):
    return stage_list(store, catalogue, staged.upload, staged.lists.own, at, None, decisions)


def test_what_no_name_explains_is_asked_with_what_is_probably_meant(store, small_city):
    staged = stage(store, small_city, own(), FIRST)
    assert staged.is_open and staged.blocked and staged.reading is None
    asked = {question.about: question for question in staged.lists.questions}
    assert set(asked) == {"bemerkung", "wen erreichen wir?"}
    assert "Spalte H „Wen erreichen wir?“, zum Beispiel „Mütter“" in asked["wen erreichen wir?"].shown
    assert "cost_yearly" not in asked["bemerkung"].options  # „Kosten“ has it already
    again = answered(store, small_city, staged, replace(Decisions(), columns=ANSWERS.columns))
    by_kind = {question.kind: question for question in again.lists.questions}
    assert set(by_kind) == {"words", "units", "reporter"}
    assert (by_kind["words"].shown, by_kind["units"].shown) == (
        "„läuft“ in „Status“ heißt",
        "Zuständig „AWO Kreisverband“ ist",
    )
    assert by_kind["words"].meant == "in Umsetzung"
    assert store.value("select count(*) from delivery") == 0


def test_it_is_taken_over_and_next_year_nothing_is_asked(store, small_city):
    staged = answered(store, small_city, stage(store, small_city, own(), FIRST), ANSWERS)
    assert not staged.blocked, staged.findings
    assert ["Nicht gelesen" in one.message and "Zeile 6" in one.message for one in staged.findings] == [True]
    confirm(store, small_city, staged, FIRST, dict.fromkeys(staged.to_explain, "geprüft"))
    now = {subject: (said[-1].key.reporter, dict(said[-1].content)) for subject, said in MEASURES.states(store).items()}
    assert now == {
        "Nr. 1": ("FB 51", {"number": "1", "title": "Sprachcafé", "status": "in Umsetzung", "cost_yearly": 12500.0,
                            "end": "2026-12-31", "target_group": "Mütter"}),
        "Nr. 2": ("AWO", {"number": "2", "title": "Beratung", "status": "umgesetzt", "cost_yearly": 4000.0,
                          "end": "2025-12-31", "target_group": "Familien"}),
        "Nr. 3": ("FB 51", {"number": "3", "title": "=Wegweiser", "status": "in Umsetzung"}),
    }  # fmt: skip
    later = [[*ROWS[0][:2], "umgesetzt", *ROWS[0][3:]], *ROWS[1:]]
    staged = stage(store, small_city, own(later), SECOND)
    assert not staged.is_open and not staged.blocked
    assert [row.key.name for row in staged.preview.rows] == ["Nr. 1"]  # the others are as they were
    confirm(store, small_city, staged, SECOND, {})
    assert [dict(said.content)["status"] for said in MEASURES.states(store)["Nr. 1"]] == ["in Umsetzung", "umgesetzt"]


def test_a_new_word_is_asked_again_and_a_wrong_cell_is_named(store, small_city):
    staged = answered(store, small_city, stage(store, small_city, own(), FIRST), ANSWERS)
    confirm(store, small_city, staged, FIRST, dict.fromkeys(staged.to_explain, "geprüft"))
    changed = [[*ROWS[0][:2], "ruht", *ROWS[0][3:6], "bald", "Mütter"]]
    staged = stage(store, small_city, own(changed), SECOND)
    [question] = staged.lists.questions
    assert question.shown == "„ruht“ in „Status“ heißt"
    said = Decisions(words={"status": {"ruht": "zurückgestellt"}})
    staged = answered(store, small_city, staged, said, SECOND)
    [wrong] = [one for one in staged.findings if one.severity is Severity.ERROR]
    assert (wrong.rule, wrong.place.cell) == ("not-a-day", "G4")


def test_a_list_without_status_is_asked_what_holds_for_all(store, small_city):
    head, rows = ["Nr.", "Titel", "Beschreibung", "Priorität"], [["A 1", "Kurs", "für Eltern", "hoch"]]
    staged = stage(store, small_city, own(rows, head), FIRST)
    assert {question.kind for question in staged.lists.questions} == {"defaults", "reporter"}
    staged = answered(store, small_city, staged, Decisions(defaults={"status": "Idee"}, reporter="AWO", year=2023))
    confirm(store, small_city, staged, FIRST, {})
    [said] = MEASURES.states(store)["Nr. A 1"]
    assert (dict(said.content)["status"], said.key.reporter, str(said.key.period)) == ("Idee", "AWO", "2023")


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["Jahr", "Kinder", "Betreute Kinder"], [[2023, 400, 120], [2024, 410, 130]]),
        (["Stadtteil", "2023", "2024"], [["Mitte", 1, 2]]),
        (["Bezeichnung", "Anzahl 2023", "Anzahl 2024"], [["Kinder", 400, 410]]),
        (["Titel", "Betrag", "Menge", "Preis"], [["Stühle", 1, 2, 3]]),
    ],
)
def test_a_table_of_figures_is_no_list(store, small_city, head, rows):
    assert stage(store, small_city, own(rows, head), FIRST).lists is None


def test_any_list_of_ours_is_found_by_its_own_fields(store, small_city, monkeypatch):
    courses = Listed(
        "kurse",
        "Sprachkurse",
        (Field("ort", "Ort", required=True), Field("plaetze", "Plätze", FieldKind.NUMBER)),
        "Kurs",
    )
    monkeypatch.setitem(DATA_SETS, courses.code, courses)
    staged = stage(store, small_city, own([["Deutsch A1", "Mitte", 20]], ["Kurs", "Ort", "Plätze"]), FIRST)
    staged = answered(store, small_city, staged, Decisions(reporter="FB 51"))
    confirm(store, small_city, staged, FIRST, {})
    [(key, kept)] = courses.valid(store, [courses.slice_of("FB 51", staged.reading.period)]).items()
    assert (key.name, dict(kept.content)) == ("Deutsch A1", {"ort": "Mitte", "plaetze": 20.0})
