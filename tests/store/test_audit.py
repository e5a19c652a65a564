"""The audit: every kind of change with who, when, before and after."""

import re
from datetime import datetime, timedelta

import pytest

from indicators import names
from indicators.access import Assignment, Role, assign
from indicators.exports import FORMATS
from indicators.figures.audit import WORDS
from indicators.figures.audit import audit as audit_figure
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.periods import Period
from indicators.reminders import record
from indicators.reminders.record import HandedOut, Mail, MailState, Way
from indicators.store import audit
from indicators.store.audit import Action, Change

AT = datetime(2026, 3, 1, 9)


def changes(store) -> list[tuple[str, str, str, str]]:
    """Action, subject, before, after; oldest first."""
    found = audit.changes(store)
    return [(row.action, row.subject, row.earlier, row.later) for row in found.iloc[::-1].itertuples()]


def ledger_changes(store) -> list[tuple[str, str, str]]:
    return [(action, *held) for action, _, *held in changes(store) if action in ("commit", "withdraw", "restore")]


def test_before_and_after_are_the_deliveries_that_hold(store, deliver):
    """Two slices; the second delivery replaces one of them."""
    quarter = ("kinder", "FB 51", "2025", "", 1.0)
    deliver(quarter, ("kinder", "FB 51", "2024", "", 2.0), at=datetime(2026, 1, 1))
    deliver((*quarter[:4], 3.0), at=datetime(2026, 1, 2))
    commits.withdraw(store, 1, datetime(2026, 1, 3), "Kim", "falsch")
    commits.withdraw(store, 2, datetime(2026, 1, 4), "Kim", "auch falsch")
    commits.restore(store, 1, datetime(2026, 1, 5), "Kim", "doch richtig")
    assert ledger_changes(store) == [
        ("commit", "", "1"),
        ("commit", "1", "2"),
        ("withdraw", "1, 2", "2"),  # 2024 holds nothing any more, 2025 still the second
        ("withdraw", "2", ""),
        ("restore", "", "1"),
    ]


def test_the_reason_and_the_person_stand_there(store, deliver):
    deliver(("kinder", "FB 51", "2025", "", 1.0), at=AT)
    commits.withdraw(store, 1, AT, "Kim", "Zahlendreher")
    found = audit.changes(store)
    row = found[found["action"] == "withdraw"].iloc[0]
    assert (row.who, row.reason, row.happened_at.to_pydatetime()) == ("Kim", "Zahlendreher", AT)


def test_every_attempt_is_there_with_what_became_of_it(store):
    commits.record_upload(store, Upload("a.xlsx", b"x", "Kim"), AT, "abgewiesen: leer")
    assert changes(store) == [("upload", "a.xlsx", "", "abgewiesen: leer")]


def test_definitions_name_the_files_that_changed(store):
    with store.transaction() as cursor:
        for number, files in ((1, {"b.yaml": "1", "city.yaml": "x"}), (2, {"b.yaml": "2", "city.yaml": "x"})):
            cursor.execute(
                "insert into catalogue_version values ($number, $hash, $at, $files::json)",
                {"number": number, "hash": f"h{number}", "at": AT, "files": str(files).replace("'", '"')},
            )
    assert changes(store) == [("definitions", "b.yaml, city.yaml", "", "h1"), ("definitions", "b.yaml", "h1", "h2")]


def test_roles_show_what_they_were(store):
    assign(store, "kim", Assignment(frozenset({Role.READER}), frozenset()), "Chef", AT)
    assign(store, "kim", Assignment(frozenset({Role.REPORTER}), frozenset({"FB 51"})), "Chef", AT)
    assert changes(store) == [("role", "kim", "", "reader "), ("role", "kim", "reader ", "reporter FB 51")]


@pytest.mark.parametrize("action", Action)
def test_what_has_no_table_of_its_own_is_recorded(store, action):
    audit.record(store, Change(action, "Kim", AT, "subject", "before", "after"))
    assert changes(store) == [(action.value, "subject", "before", "after")]
    assert WORDS[action.value]


def test_it_is_exported_in_every_format_for_tables(store, deliver):
    deliver(("kinder", "FB 51", "2025", "", 1.0), at=AT)
    figure = audit_figure(audit.changes(store), AT)
    made = {name: form.render([figure]) for name, form in FORMATS.items() if form.suits([figure])}
    assert "Lieferung übernommen".encode() in made["csv"]
    assert "xlsx" in made


def test_foreign_text_is_no_formula_in_the_export(store):
    commits.record_upload(store, Upload("=HYPERLINK(1).xlsx", b"x", "Kim"), AT, "abgewiesen")
    assert b";=HYPERLINK" not in FORMATS["csv"].render([audit_figure(audit.changes(store), AT)])


NOT_TOLD = {
    "decision_draft": "work that is not done yet; what becomes of it is a delivery",
}


def test_whatever_somebody_does_is_told(store):
    """Every table that says who is in the audit, by itself or through the view that words it."""
    tables = [name for (name,) in store.rows("select table_name from duckdb_columns() where column_name = 'who'")]
    views = dict(store.rows("select view_name, sql from duckdb_views()"))
    asked = views["audit_log"] + views["meeting_told"] + views["erasure_told"]
    told = {name for name in tables if re.search(rf"\b{name}\b", asked)}
    assert set(tables) - set(views) - told == set(NOT_TOLD)


def test_letters_are_told_with_address_and_by_function_after_the_time(store):
    record.hand_out(
        store, HandedOut("FB 51", Period.parse("2025"), "2025_FB-51.xlsx", Way.MAIL, "x@y.example", AT, "Kim")
    )
    mail = record.begin(store, Mail(0, "late", ("a",), "FB 51", "x@y.example", "Zahlen fehlen"), "Kim", AT)
    record.end(store, mail, MailState.SENT, "Kim", AT)
    told = [("Kim", "E-Mail gesendet", "FB 51: Zahlen fehlen", "x@y.example", "")]
    told += [("Kim", "Vorlage ausgegeben", "FB 51, 2025_FB-51.xlsx", "x@y.example", "per E-Mail")]
    columns = ["Wer", "Was", "Woran", "Nachher", "Grund"]

    def shown() -> list[tuple[str, ...]]:
        frame = audit_figure(audit.changes(store), AT).frame
        return sorted(tuple(row) for row in frame[columns].itertuples(index=False))

    assert shown() == told
    try:
        names.hold(names.Rule(AT + timedelta(days=1), lambda: {"kim": "Stabsstelle Integration"}))
        assert {(row[0], row[3]) for row in shown()} == {("Stabsstelle Integration", names.NOBODY_KNOWN)}
        assert {row[2].split(",")[0].split(":")[0] for row in shown()} == {"FB 51"}
    finally:
        names.hold(None)
