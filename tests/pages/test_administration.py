"""The administrator's page, and what everybody sees when the store is in trouble."""

from datetime import datetime

import pytest

from indicators.ledger import commits, erasure
from indicators.moments import local_day
from indicators.store import Store
from indicators.store.durability.store_errors import backups_folder, backups_of
from indicators.ui import session
from tests.pages.test_pages import opened, texts, to_copy

pytestmark = pytest.mark.slow


def test_the_page_lists_every_change_with_before_and_after(home, app):
    store = Store(home / "data" / "monitoring.duckdb")
    commits.withdraw(store, 6, datetime(2026, 1, 5, 9), "Kim", "Zahlendreher")
    store.close()
    shown = texts(opened(app, "administration"))
    assert "Lieferung zurückgezogen" in shown
    assert "Zahlendreher" in shown
    assert "keine Lieferung" in shown  # held before: delivery 6; afterwards nothing for 2024
    assert "neue Fassung des Katalogs" in shown


def test_many_changes_are_looked_through_page_by_page_and_by_kind(home, app):
    change_thirty_times(home)
    first = texts(opened(app, "administration"))
    assert "1 bis 25 von" in first and "Grund 29" in first and "Grund 0" not in first
    app.session_state["audit-page-"] = 2
    second = texts(app.run())
    assert "26 bis" in second and "Grund 0" in second and "Grund 29" not in second
    choose(app, "Art der Änderung", "withdraw")
    withdrawn = texts(app)
    assert "Grund 28" in withdrawn and "Grund 29" not in withdrawn and "1 bis 25 von" not in withdrawn


def test_the_history_of_deliveries_is_looked_through_page_by_page(home, app):
    change_thirty_times(home)
    first = texts(opened(app, "deliveries"))
    assert "1 bis 20 von 36 Einträgen" in first and "Grund 29" in first and "Grund 9" not in first
    app.session_state["history-page"] = 2
    second = texts(app.run())
    assert "Grund 9" in second and "Grund 0" in second and "Grund 29" not in second


def change_thirty_times(home):
    store = Store(home / "data" / "monitoring.duckdb")
    for number in range(30):
        act = commits.withdraw if number % 2 == 0 else commits.restore
        act(store, 6, datetime(2026, 1, 5, 9, number), "Kim", f"Grund {number}")
    store.close()


def choose(app, label, value):
    next(one for one in app.selectbox if one.label == label).set_value(value).run()
    assert not app.exception


def test_a_backup_by_hand_is_made_checked_listed_and_audited(home, app):
    opened(app, "administration")
    assert "Es gibt noch keine Sicherung" in texts(app)
    button(app, "Jetzt sichern").click().run()
    assert not app.exception
    files = backups_of(home / "data" / "monitoring.duckdb")
    assert len(files) == 1
    assert files[0].name in texts(app)
    assert "Sicherung erstellt" in texts(app)
    button(app, "Prüfen, was sie bringt").click().run()
    assert "Die Sicherung ist unbeschädigt" in texts(app)
    assert to_copy(app)[0] == f"python -m indicators restore-backup {files[0]}"


def test_the_first_visit_of_the_day_makes_the_backup_of_the_day(home, app, monkeypatch):
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "14")
    app.run()
    session.daily_backups().wait(60)
    day = local_day(session.now()).isoformat()
    assert [file.name for file in backups_of(home / "data" / "monitoring.duckdb")] == [f"monitoring-{day}.duckdb"]


@pytest.mark.parametrize(
    "harm", [lambda content: b"", lambda content: content[: len(content) // 2], lambda content: bytes(500_000)]
)
def test_a_damaged_database_is_a_message_with_the_way_back(home, app, harm):
    database = home / "data" / "monitoring.duckdb"
    backups_folder(database).mkdir()
    backup = backups_folder(database) / "monitoring-2026-11-19.duckdb"
    backup.write_bytes(database.read_bytes())
    database.write_bytes(harm(database.read_bytes()))
    app.run()
    shown = texts(app)
    assert not app.exception
    assert "Die Datenbank ist nicht verfügbar" in shown
    assert "restore\\-backup" in shown or "restore-backup" in shown
    assert backup.name.removesuffix(".duckdb") in shown
    assert "Traceback" not in shown
    database.write_bytes(backup.read_bytes())  # what the command does; the page then works without a restart
    app.run()
    assert "Die Datenbank ist nicht verfügbar" not in texts(app)


def test_a_full_disk_is_told_on_every_page_and_only_as_long_as_it_lasts(app, monkeypatch):
    opened(app, "overview")
    room = session.store()._room
    monkeypatch.setattr("indicators.store.durability.disk_space.LOOK_AGAIN", 0.0)
    enough, room.least = room.least, 1 << 60
    for page in ("overview", "deliveries", "administration"):
        assert "Zurzeit kann nichts gespeichert werden" in texts(opened(app, page))
    room.least = enough
    assert "Zurzeit kann nichts gespeichert werden" not in texts(opened(app, "overview"))


def test_the_content_of_a_file_is_erased_with_a_reason_and_what_is_left_is_said(home, app, monkeypatch):
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "14")
    opened(app, "administration")
    session.daily_backups().wait(60)
    sha = session.store().value("select sha256 from delivery where id = 3")
    app.selectbox(key="erase-file").select(sha).run()
    button(app, "In welchen Sicherungen liegt sie?").click().run()
    day = local_day(session.now()).isoformat()
    assert f"monitoring-{day}.duckdb" in to_copy(app)[-1]
    button(app, "Inhalt auf Dauer löschen").click().run()
    assert "Bitte nennen Sie den Grund" in texts(app)
    field(app, "Grund").input("Spalte mit Namen")
    button(app, "Inhalt auf Dauer löschen").click().run()
    shown = texts(app)
    assert not app.exception
    assert "Der Inhalt der Datei ist gelöscht." in shown and "Inhalt einer Datei gelöscht" in shown
    assert f"monitoring-{day}.duckdb" in to_copy(app)[-1]  # the copy of this morning holds it still
    assert not session.store().value("select 1 from file where sha256 = $sha", {"sha": sha})
    app.query_params["nummer"] = "3"
    shown = texts(opened(app, "deliveries"))
    assert "gelöscht" in shown and "Spalte mit Namen" in shown and "Die übernommenen Werte gelten weiter" in shown
    assert "Originaldatei herunterladen" not in [one.label for one in app.get("download_button")]


def test_files_that_nobody_took_over_go_with_the_work_of_the_day(home, app):
    store = Store(home / "data" / "monitoring.duckdb")
    commits.record_upload(store, commits.Upload("alt.xlsx", b"alt", "Kim"), datetime(2026, 1, 5), "abgewiesen")
    store.close()
    app.run()
    session.daily_backups().wait(60)
    assert [one.file_name for one in erasure.erasures(session.store())] == ["alt.xlsx"]
    assert "nicht übernommene Datei gelöscht" in texts(opened(app, "administration"))


def field(app, label):
    return next(found for found in app.text_input if found.label == label)


def button(app, label):
    return next(found for found in app.button if found.label == label)
