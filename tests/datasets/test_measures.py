"""Measures on the whole way: each stands on its own, a small delivery changes one and loses none of the others."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from indicators.boards.listing import listing
from indicators.datasets import MEASURES
from indicators.datasets.measures import STATUSES
from indicators.datasets.preview import Change
from indicators.deliveries.binding import bound_to
from indicators.deliveries.handing_out import template_for
from indicators.deliveries.staging import confirm, stage
from indicators.exports import FORMATS
from indicators.ledger import archive, commits
from indicators.ledger.commits import DeliveryError, Upload
from indicators.model import Severity
from indicators.periods import Period

Y24, Y25 = Period.of_year(2024), Period.of_year(2025)
FIRST, SECOND, THIRD = datetime(2025, 1, 20), datetime(2025, 2, 20), datetime(2025, 3, 20)
LETTERS = {code: letter for letter, code in MEASURES.form.columns}

COURSE = {
    "concept": "IK 2016",
    "number": "1",
    "title": "Deutschkurse",
    "status": "in Umsetzung",
    "cost_yearly": 12500.0,
}
DESK = {"concept": "IK 2016", "number": "2", "title": "Beratung", "status": "beschlossen", "indicators": "B-01"}
FAIR = {"concept": "IK 2008", "title": "Markt der Möglichkeiten", "status": "Idee"}


def book_for(store, catalogue, reporter="FB 51", period=Y24):
    return load_workbook(io.BytesIO(template_for(store, catalogue, reporter, period, MEASURES.code)))


def written(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(book, title):
    sheet, letter = book["Liste"], LETTERS["title"]
    return next(row for row in range(6, sheet.max_row + 1) if sheet[f"{letter}{row}"].value in (title, None))


def put(book, **fields):
    """Types into the row of the title, or the first free one."""
    row = row_of(book, fields["title"])
    for code, content in fields.items():
        cell = book["Liste"][f"{LETTERS[code]}{row}"]
        cell.value = content
        if isinstance(content, str):
            cell.data_type = "s"
    return row


def staged(store, catalogue, *rows, at=FIRST, reporter="FB 51", period=Y24):
    book = book_for(store, catalogue, reporter, period)
    for row in rows:
        put(book, **row)
    return stage(store, catalogue, Upload("massnahmen.xlsx", written(book), "Test"), at)


def delivered(store, catalogue, *rows, at=FIRST, **where):
    found = staged(store, catalogue, *rows, at=at, **where)
    assert not found.blocked, found.findings
    return confirm(store, catalogue, found, at, dict.fromkeys(found.to_explain, "geprüft"))


def now(store, moment=archive.FOREVER):
    return {
        subject: dict(said[-1].content or ())
        for subject, said in MEASURES.states(store, moment).items()
        if said[-1].content
    }


COURSE_NAME, DESK_NAME, FAIR_NAME = "IK 2016 · Nr. 1", "IK 2016 · Nr. 2", "IK 2008 · Markt der Möglichkeiten"


def test_a_template_is_filled_and_each_measure_is_named_by_its_number_or_title(store, small_city):
    receipt = delivered(store, small_city, COURSE, DESK, FAIR)
    assert receipt.rows == 3
    assert now(store) == {COURSE_NAME: COURSE, DESK_NAME: DESK, FAIR_NAME: FAIR}


def test_the_template_shows_what_holds_and_offers_the_words(store, small_city):
    delivered(store, small_city, COURSE | {"start": "01.03.2024", "end": "2026"}, DESK)
    book = book_for(store, small_city, period=Y25)
    sheet = book["Liste"]
    row = {code: sheet[f"{letter}6"].value for code, letter in LETTERS.items()}
    assert (row["title"], row["status"], row["cost_yearly"]) == ("Deutschkurse", "in Umsetzung", 12500)
    assert (row["start"], row["end"]) == (datetime(2024, 3, 1), datetime(2026, 12, 31))
    assert row["beruht_auf"] == 1
    lists = {str(one.sqref).split(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists[f"{LETTERS['status']}6"] == f'"{",".join(STATUSES)}"'
    assert lists[f"{LETTERS['permanent']}6"] == '"ja,nein"'
    assert ("Kennzahl", "B-01") in {(line[0].value, line[1].value) for line in book["Kürzel"].iter_rows()}


def test_one_changed_row_is_a_small_delivery_and_the_others_stay(store, small_city):
    delivered(store, small_city, COURSE, DESK, FAIR)
    found = staged(store, small_city, COURSE | {"status": "umgesetzt"}, at=SECOND)
    assert [row.key.name for row in found.preview.rows] == [COURSE_NAME]
    assert MEASURES.texts(small_city, found.preview.rows[0]) == ("Status: in Umsetzung", "Status: umgesetzt")
    assert found.to_explain == ()  # a state that moves on is no correction
    assert "2 Einträge stehen unverändert" in found.findings[0].message
    confirm(store, small_city, found, SECOND, {})
    assert now(store) == {COURSE_NAME: COURSE | {"status": "umgesetzt"}, DESK_NAME: DESK, FAIR_NAME: FAIR}


def test_a_row_that_is_deleted_from_the_file_stays_as_it_is(store, small_city):
    delivered(store, small_city, COURSE, DESK)
    book = book_for(store, small_city)
    book["Liste"].delete_rows(row_of(book, "Deutschkurse"))
    put(book, title="Beratung", status="in Umsetzung")
    found = stage(store, small_city, Upload("kurz.xlsx", written(book), "Test"), SECOND)
    confirm(store, small_city, found, SECOND, {})
    assert set(now(store)) == {COURSE_NAME, DESK_NAME}


def test_history_withdrawal_and_every_moment(store, small_city):
    delivered(store, small_city, COURSE, DESK)
    second = delivered(store, small_city, COURSE | {"status": "umgesetzt"}, at=SECOND, period=Y25)
    states = MEASURES.states(store)[COURSE_NAME]
    assert [(dict(one.content)["status"], one.at, str(one.key.period)) for one in states] == [
        ("in Umsetzung", FIRST, "2024"),
        ("umgesetzt", SECOND, "2025"),
    ]
    assert now(store, FIRST)[COURSE_NAME]["status"] == "in Umsetzung"
    commits.withdraw(store, second.number, THIRD, "Test", "zu früh")
    assert now(store)[COURSE_NAME]["status"] == "in Umsetzung"
    assert now(store, SECOND)[COURSE_NAME]["status"] == "umgesetzt"
    assert len(MEASURES.states(store)[COURSE_NAME]) == 1


def test_what_is_said_of_an_earlier_year_later_is_history(store, small_city):
    delivered(store, small_city, COURSE | {"status": "umgesetzt"}, at=SECOND, period=Y25)
    delivered(store, small_city, COURSE | {"status": "Idee"}, at=THIRD, period=Y24)
    assert now(store)[COURSE_NAME]["status"] == "umgesetzt"
    assert [dict(one.content)["status"] for one in MEASURES.states(store)[COURSE_NAME]] == ["Idee", "umgesetzt"]


def test_a_correction_needs_a_reason_and_names_the_fields_alone(store, small_city):
    delivered(store, small_city, COURSE)
    found = staged(store, small_city, COURSE | {"cost_yearly": 13000, "target_group": "Mütter"}, at=SECOND)
    [asked] = found.to_explain
    assert asked.message == (
        "„Maßnahmen“ (Fachbereich Kinder): 1 gespeicherter Eintrag ändert sich: IK 2016 · Nr. 1, 2024: "
        "Zielgruppe: Mütter, Kosten jährlich: 13.000 statt Zielgruppe: leer, Kosten jährlich: 12.500."
    )
    with pytest.raises(DeliveryError, match="Grund"):
        confirm(store, small_city, found, SECOND, {})


def test_an_old_file_does_not_undo_what_was_changed_since(store, small_city):
    delivered(store, small_city, COURSE, DESK)
    old = book_for(store, small_city)
    delivered(store, small_city, COURSE | {"status": "umgesetzt"}, at=SECOND)
    put(old, title="Beratung", status="in Umsetzung")
    found = stage(store, small_city, Upload("alt.xlsx", written(old), "Test"), THIRD)
    confirm(store, small_city, found, THIRD, {})
    assert now(store)[COURSE_NAME]["status"] == "umgesetzt"
    assert now(store)[DESK_NAME]["status"] == "in Umsetzung"


def test_two_who_change_the_same_measure_the_second_is_told(store, small_city):
    delivered(store, small_city, COURSE)
    old = book_for(store, small_city)
    delivered(store, small_city, COURSE | {"status": "umgesetzt"}, at=SECOND)
    put(old, title="Deutschkurse", status="zurückgestellt")
    found = stage(store, small_city, Upload("alt.xlsx", written(old), "Test"), THIRD)
    [told] = found.to_explain
    assert told.rule == "overtaken"
    assert "wurde inzwischen geändert (Lieferung 2" in told.message and "Status: umgesetzt" in told.message


@pytest.mark.parametrize(
    ("fields", "rule", "code", "said"),
    [
        ({"status": "in Umsetzug"}, "unknown-word", "status", "Gemeint ist wohl „in Umsetzung“"),
        ({"status": "abgeschlossen"}, "unknown-word", "status", "Gemeint ist wohl „umgesetzt“"),
        ({"status": "grün"}, "unknown-word", "status", "„grün“ ist kein Wort für „Status“."),
        ({"status": None}, "missing", "status", "„Status“ fehlt bei „IK 2016 · Nr. 1“"),
        ({"indicators": "B-1"}, "unknown-code", "indicators", "weder Kürzel noch Titel (Kennzahl)"),
        ({"field": "Bildng"}, "unknown-code", "field", "Gemeint ist wohl B „Bildung“"),
        ({"start": "bald"}, "not-a-day", "start", "„bald“ ist keiner"),
        ({"permanent": "vielleicht"}, "unknown-word", "permanent", "ist ja oder nein"),
        ({"cost_once": "viel"}, "not-a-number", "cost_once", "„Kosten einmalig“ ist eine Zahl"),
        ({"cost_once": -5}, "below-zero", "cost_once", "kleiner als null"),
        ({"participants": 2.5}, "not-whole", "participants", "zählt Menschen"),
        ({"start": "2025", "end": "2024"}, "end-before-start", "title", "endet, bevor es beginnt"),
        ({"current": "nein"}, "no-reason", "title", "die Begründung fehlt"),
        ({"state": "x" * 4001}, "too-long", "state", "hat 4001 Zeichen"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(store, small_city, fields, rule, code, said):
    found = staged(store, small_city, COURSE | fields)
    [finding] = [one for one in found.findings if one.severity is Severity.ERROR]
    assert (finding.rule, finding.place.cell) == (rule, f"{LETTERS[code]}6")
    assert said in finding.message and finding.remedy


@pytest.mark.parametrize(
    ("typed", "code", "kept"),
    [
        ("IN UMSETZUNG", "status", "in Umsetzung"),
        ("Betreuungsquote; B-02 Kinder", "indicators", "B-01, B-02"),
        (True, "permanent", "ja"),
        ("12.500,50 €", "cost_once", 12500.5),
        (date(2026, 3, 1), "end", "2026-03-01"),
        ("03/2026", "end", "2026-03-31"),
        ("2026", "start", "2026-01-01"),
        ("=1+1 „&“ <b>", "partners", "=1+1 „&“ <b>"),
    ],
)
def test_what_people_write_is_understood(store, small_city, typed, code, kept):
    book = book_for(store, small_city)
    put(book, **COURSE | {code: typed})
    found = stage(store, small_city, Upload("so.xlsx", written(book), "Test"), FIRST)
    assert not found.blocked, found.findings
    assert dict(found.reading.rows[0].content)[code] == kept


def test_a_name_that_is_spelled_otherwise_is_the_same_measure(store, small_city):
    delivered(store, small_city, COURSE)
    book = book_for(store, small_city, "FB 51", Y25)
    put(book, **COURSE | {"title": "Deutschkurse", "concept": "ik  2016", "status": "umgesetzt"})
    found = stage(store, small_city, Upload("so.xlsx", written(book), "Test"), SECOND)
    assert [row.key.name for row in found.preview.rows] == [COURSE_NAME]


def test_another_unit_takes_it_over_with_a_reason_and_never_on_its_own(store, small_city):
    delivered(store, small_city, COURSE, DESK)
    found = staged(store, small_city, COURSE, at=SECOND, reporter="AWO", period=Y25)
    assert [finding.rule for finding in found.to_explain] == ["handed-on"]
    assert found.preview.count(Change.VANISHED) == 0
    refused = bound_to(found, ["AWO"], office=False)
    assert "ändert Angaben von FB 51" in refused.findings[0].message and refused.preview is None
    confirm(store, small_city, found, SECOND, dict.fromkeys(found.to_explain, "neue Zuständigkeit"))
    owners = {subject: said[-1].key.reporter for subject, said in MEASURES.states(store).items()}
    assert owners == {COURSE_NAME: "AWO", DESK_NAME: "FB 51"}
    commits.withdraw(store, 2, THIRD, "Test", "doch nicht")
    assert MEASURES.states(store)[COURSE_NAME][-1].key.reporter == "FB 51"


def test_a_unit_says_how_its_own_measures_stand_and_nothing_else(store, small_city):
    delivered(store, small_city, COURSE)
    moved = staged(store, small_city, COURSE | {"status": "umgesetzt", "state": "läuft"}, at=SECOND)
    assert not bound_to(moved, ["FB 51"], office=False).blocked
    dearer = bound_to(staged(store, small_city, COURSE | {"cost_yearly": 1}, at=SECOND), ["FB 51"], office=False)
    assert dearer.blocked and "ändert nur die Stabsstelle „Kosten jährlich“" in dearer.findings[-1].message
    more = bound_to(staged(store, small_city, DESK, at=SECOND), ["FB 51"], office=False)
    assert more.blocked and "Neues trägt die Stabsstelle ein" in more.findings[-1].message
    assert not bound_to(staged(store, small_city, DESK, at=SECOND), ["FB 51"], office=True).blocked


def test_it_leaves_as_a_list_with_numbers_as_numbers_and_no_formulas(store, small_city):
    delivered(store, small_city, COURSE | {"partners": "=2+5"}, DESK)
    valid = {s[-1].key: s[-1] for s in MEASURES.states(store).values()}
    figure = listing(MEASURES, small_city, valid, FIRST)
    cells = {
        c.value: c.data_type for s in load_workbook(io.BytesIO(FORMATS["xlsx"].render([figure]))) for r in s for c in r
    }
    assert cells[12500] == "n" and cells["=2+5"] == "s"
    assert "'=2+5" in FORMATS["csv"].render([figure]).decode("utf-8-sig")


def test_a_measure_twice_in_a_file_is_an_error_also_where_one_of_them_is_as_it_was(store, small_city):
    delivered(store, small_city, COURSE)
    book = book_for(store, small_city)
    sheet = book["Liste"]
    for code, content in (COURSE | {"status": "umgesetzt"}).items():
        sheet[f"{LETTERS[code]}7"].value = content
    found = stage(store, small_city, Upload("doppelt.xlsx", written(book), "Test"), SECOND)
    assert found.blocked and [one.rule for one in found.findings if one.severity is Severity.ERROR] == ["duplicate"]


def test_a_code_that_is_gone_stays_where_nobody_touches_it(store, small_city):
    delivered(store, small_city, COURSE | {"indicators": "B-01; B-02"}, DESK)
    indicators = {code: one for code, one in small_city.indicators.items() if code != "B-02"}
    later = replace(small_city, indicators=indicators)
    found = staged(store, later, COURSE | {"indicators": "B-01, B-02", "status": "umgesetzt"}, at=SECOND, period=Y25)
    assert not found.blocked, found.findings
    confirm(store, later, found, SECOND, {})
    assert now(store)[COURSE_NAME] == COURSE | {"indicators": "B-01, B-02", "status": "umgesetzt"}
    typed = staged(store, later, DESK | {"indicators": "B-02"}, at=THIRD, period=Y25)
    assert [one.rule for one in typed.findings if one.severity is Severity.ERROR] == ["unknown-code"]
