"""What is due, late or to review, from every source; and the same as a calendar."""

import io
import zipfile
from datetime import date, datetime

import pytest
from icalendar import Calendar

from indicators.knowledge.bodies import Body, BodyKind, keep_body
from indicators.knowledge.decisions import Decision, DecisionState, decisions, keep_decision
from indicators.ledger import commits
from indicators.ledger.duties import State, duties
from indicators.periods import Period
from indicators.reminders.calendar import calendar
from indicators.reminders.record import Way, handed_out
from indicators.reminders.requests import fetched, package, requests
from indicators.reminders.tasks import Kind, Stage, tasks
from tests.datasets.test_funding import agreed

NOW = datetime(2026, 2, 20, 9)
TODAY = date(2026, 2, 20)


def of(found, kind):
    return [task for task in found if task.kind is kind]


def test_a_delivery_is_there_until_it_has_come_and_again_when_it_is_withdrawn(deliver, store, small_city):
    def owed():
        found = of(tasks(store, small_city, NOW), Kind.DELIVERY)
        return [task for task in found if task.key == "delivery/FB 51/2025"]

    [task] = owed()
    assert (task.title, task.due, task.stage(TODAY)) == ("Zahlen für 2025", date(2026, 1, 30), Stage.LATE)
    rows = [(code, "FB 51", "2025", "", 100.0) for code in task.duty.base_figures]
    receipt = deliver(*rows, at=datetime(2026, 2, 1))
    assert owed() == []
    commits.withdraw(store, receipt.number, datetime(2026, 2, 2), "Kim", "falsch")
    assert [one.duty.state for one in owed()] == [State.WITHDRAWN]


def test_the_stages_change_on_their_days(store, small_city):
    [task] = [one for one in tasks(store, small_city, NOW) if one.key == "delivery/FB 51/2025"]
    days = [date(2026, 1, 16), date(2026, 1, 29), task.due, date(2026, 1, 31)]
    assert task.due == date(2026, 1, 30)
    assert [task.stage(day) for day in days] == [Stage.SOON, Stage.SOON, Stage.SOON, Stage.LATE]
    assert task.stage(date(2026, 1, 15)) is Stage.COMING


def test_a_decision_is_there_while_it_waits(store, small_city):
    said = Decision(0, 1, "B-01", "Plätze schaffen", "FB 51", date(2026, 2, 1), DecisionState.AGREED)
    number = keep_decision(store, said, "Kim", datetime(2026, 1, 1))
    [task] = of(tasks(store, small_city, NOW), Kind.DECISION)
    assert (task.due, task.note, task.stage(TODAY)) == (date(2026, 2, 1), "zuständig: FB 51", Stage.LATE)
    [known] = decisions(store)
    done = Decision(number, 1, "B-01", known.wording, "FB 51", known.due, DecisionState.DONE)
    keep_decision(store, done, "Kim", datetime(2026, 2, 2))
    assert of(tasks(store, small_city, NOW), Kind.DECISION) == []


def test_the_calendar_is_read_by_others_and_knows_its_entries_again(store, small_city):
    found = tasks(store, small_city, NOW)
    first, second = (Calendar.from_ical(calendar(found, "Musterstadt", at)) for at in (NOW, datetime(2026, 3, 1)))
    events = list(first.walk("VEVENT"))
    assert len(events) == len(found) > 2
    assert [str(one["uid"]) for one in events] == [str(one["uid"]) for one in second.walk("VEVENT")]
    assert len({str(one["uid"]) for one in events}) == len(events)
    assert [one["dtstart"].dt for one in events] == [task.due for task in found]
    assert all(one.walk("VALARM") for one in events)


def test_a_line_break_in_a_title_makes_no_line_of_the_calendar(store, small_city):
    keep_decision(
        store,
        Decision(0, 1, "B-01", "Plätze\nBEGIN:VEVENT, mehr; davon", "", date(2026, 3, 1), DecisionState.AGREED),
        "Kim",
        datetime(2026, 1, 1),
    )
    found = of(tasks(store, small_city, NOW), Kind.DECISION)
    [event] = Calendar.from_ical(calendar(found, "M", NOW)).walk("VEVENT")
    assert "BEGIN:VEVENT, mehr; davon" in str(event["summary"])


def test_a_body_that_has_not_met_for_too_long_is_told(store, small_city):
    assert of(tasks(store, small_city, NOW), Kind.MEETING) == []
    keep_body(store, Body(0, "Beirat", BodyKind.STEERING, 3), "Kim", datetime(2026, 1, 1))
    assert of(tasks(store, small_city, NOW), Kind.MEETING) == []  # it has never met


def test_the_package_holds_template_and_letter_of_everyone_who_owes_and_is_on_record(store, small_city):

    owed = duties(store, small_city, NOW)
    quarter = Period.quarter(2025, 4)
    wanted = requests(store, small_city, owed, quarter, TODAY)
    with zipfile.ZipFile(io.BytesIO(package(store, small_city, wanted, "Kim", NOW))) as archive:
        names = set(archive.namelist())
        letter = archive.read("Vorlage_AWO_2025-Q4_Anschreiben.txt").decode()
    assert {f"Vorlage_{code}_2025-Q4.xlsx" for code in ("AWO", "DRK")} <= names and len(names) == 2 * len(wanted)
    assert "Vorlage_AWO_2025-Q4.xlsx" in letter and "Kursplätze" in letter and "14.01.2026" in letter
    got = handed_out(store, quarter)
    assert {(one.reporter, one.way, one.by) for one in got} == {(one.duty.reporter, Way.ZIP, "Kim") for one in wanted}
    assert all(one.got for one in requests(store, small_city, owed, quarter, TODAY))


def test_one_that_is_fetched_is_on_record(store, small_city):
    assert fetched(store, small_city, "AWO", Period.quarter(2025, 4), "Vorlage.xlsx", "Pat", NOW)
    [one] = handed_out(store)
    assert (one.reporter, one.way, one.file_name, one.by, one.at) == ("AWO", Way.DOWNLOAD, "Vorlage.xlsx", "Pat", NOW)


@pytest.mark.parametrize("moment", [datetime(2020, 1, 1), datetime(2035, 1, 1)])
def test_at_any_moment_the_keys_are_unique(store, small_city, moment):
    keys = [task.key for task in tasks(store, small_city, moment)]
    assert len(keys) == len(set(keys))


def test_what_must_be_negotiated_and_what_a_provider_owes(store, small_city):
    agreed(store, small_city)
    found = tasks(store, small_city, NOW)
    [task] = of(found, Kind.FUNDING)
    assert (task.due, task.reporter, task.note) == (date(2026, 3, 31), "", "endet am 31.12.2026")
    assert task.title == "Neu verhandeln: AWO · Nr. 12: Migrationsberatung"
    late, coming = of(found, Kind.PROOF)
    assert (late.due, late.stage(TODAY), late.reporter) == (date(2025, 3, 31), Stage.LATE, "AWO")
    assert (coming.due, coming.title) == (
        date(2026, 3, 31), "Verwendungsnachweis 2025: AWO · Nr. 12: Migrationsberatung"
    )  # fmt: skip
    assert coming.note == "es fehlt: Sachbericht"
