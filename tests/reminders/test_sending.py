"""E-mails through a real server on loopback: with the template, with TLS, refused, silent, back again, never twice."""

import io
import socket
import time
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from aiosmtpd.smtp import AuthResult

from indicators.reminders import record
from indicators.reminders.letters import LetterError, LetterKind, Wording, keep, wordings
from indicators.reminders.post import MailError
from indicators.reminders.record import MailState, Way, handed_out, mails
from indicators.reminders.sending import letters, remind, send
from indicators.store import Store, StoreError
from indicators.store.backups.backup_requests import Attendant, ask_for, socket_of
from indicators.templates.template import template_slots
from tests.reminders.conftest import Server, settings_for

LATE = datetime(2026, 6, 1, 9)
ADDRESSES = {"FB 51": "kinder@stadt.example", "AWO": "awo@stadt.example"}


@pytest.fixture
def city(small_city):
    known = {code: replace_address(one, ADDRESSES.get(code, "")) for code, one in small_city.reporters.items()}
    return replace(small_city, reporters=known)


def replace_address(reporter, address):
    return reporter.model_copy(update={"email": address})


def went(store, city, server, at=LATE, **more):
    settings = settings_for(server, **more)
    return send(store, city, settings, letters(store, city, settings, at), "Kim", at)


def test_the_letter_arrives_with_the_template_that_it_asks_for(store, city, server):
    outcomes = went(store, city, server)
    assert {one.letter.recipient for one in outcomes if one.sent} == set(ADDRESSES.values())
    mail = next(one for one in server.box.got if one["To"] == ADDRESSES["FB 51"])
    text = mail.get_body().get_content()
    assert "Fachbereich Kinder" in text and "{" not in text
    [attached] = list(mail.iter_attachments())
    assert attached.get_filename() in text
    assert template_slots(attached.get_payload(decode=True))
    assert openpyxl.load_workbook(io.BytesIO(attached.get_payload(decode=True))).sheetnames[0] == "Anleitung"


def test_who_got_what_when_is_on_record(store, city, server):
    went(store, city, server)
    found = [one for one in handed_out(store) if one.reporter == "FB 51"]
    assert {(one.way, one.recipient, one.at, one.by) for one in found} == {(Way.MAIL, ADDRESSES["FB 51"], LATE, "Kim")}
    assert {one.state for one in mails(store)} == {MailState.SENT}


def test_nobody_gets_the_same_twice_also_not_after_a_restart_or_from_two_at_once(store, city, server):
    settings = settings_for(server)
    chosen = letters(store, city, settings, LATE)
    send(store, city, settings, chosen, "Kim", LATE)
    count = len(server.box.got)
    assert count and not any(one.sent for one in send(store, city, settings, chosen, "Pat", LATE))
    assert [one for one in letters(store, city, settings, LATE) if one.recipient] == []
    assert len(server.box.got) == count


def test_a_letter_without_an_address_is_told_and_not_sent(store, city, server):
    outcomes = went(store, city, server)
    without = [one for one in outcomes if one.letter.reporter == "DRK"]
    assert without and {(one.sent, one.note) for one in without} == {(False, "keine E-Mail-Adresse im Katalog")}


def test_one_that_is_refused_stops_no_other_and_goes_out_when_it_is_taken(store, city, server):
    server.box.refused = {ADDRESSES["FB 51"]: "550 5.1.1 unbekannt"}
    outcomes = went(store, city, server)
    refused = [one for one in outcomes if one.letter.recipient == ADDRESSES["FB 51"]]
    assert refused and all(one.sent is False and "550 5.1.1 unbekannt" in one.note for one in refused)
    assert ADDRESSES["AWO"] in server.box.recipients
    assert [one for one in handed_out(store) if one.reporter == "FB 51"] == []
    server.box.refused = {}
    again = went(store, city, server)
    assert {one.letter.recipient for one in again if one.sent} == {ADDRESSES["FB 51"]}


def test_a_server_that_is_away_is_asked_once_and_gets_all_when_it_is_back(store, city, server):
    server.stop()
    outcomes = went(store, city, server)
    tried = [one for one in outcomes if one.letter.recipient]
    assert len(tried) == 1 and not tried[0].sent and "ist nicht zu erreichen" in tried[0].note
    server.start()
    assert {one.letter.recipient for one in went(store, city, server) if one.sent} == set(ADDRESSES.values())


def test_where_the_server_falls_silent_after_the_text_a_person_decides(store, city, server):
    server.box.silent = True
    [first, *_] = [one for one in went(store, city, server, smtp_timeout=0.4) if one.letter.recipient]
    assert first.sent is None
    unclear = next(one for one in mails(store) if one.state is MailState.UNCLEAR)
    server.box.silent = False
    went(store, city, server)
    assert unclear.about not in [one.about for one in mails(store) if one.state is MailState.SENT]
    with pytest.raises(record.RecordError, match="Grund"):
        record.let_go_again(store, unclear.number, "Kim", LATE, " ")
    record.let_go_again(store, unclear.number, "Kim", LATE, "nicht angekommen, angerufen")
    assert [one.letter.about for one in went(store, city, server) if one.sent] == [unclear.about]
    with pytest.raises(record.RecordError, match="schon entschieden"):
        record.let_go_again(store, unclear.number, "Kim", LATE, "noch einmal")


def test_one_that_a_stopped_process_left_behind_is_not_repeated(store, city, server):
    settings = settings_for(server)
    first = next(one for one in letters(store, city, settings, LATE) if one.recipient)
    begun = record.Mail(0, first.kind.value, first.about, first.reporter, first.recipient, first.text.subject)
    assert record.begin(store, begun, "Kim", LATE) == 1
    went(store, city, server)
    [left] = [one for one in mails(store) if one.about == first.about]
    assert left.state.is_open and first.about not in [one.about for one in letters(store, city, settings, LATE)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_with_the_citys_own_certificate(store, city, certificate, secured, security):
    how = {"ssl_context": secured} if security == "tls" else {"tls_context": secured, "require_starttls": True}
    found = Server(**how)
    found.start()
    try:
        said = went(store, city, found, smtp_security=security, smtp_ca_file=certificate[0])
        assert {one.letter.recipient for one in said if one.sent} == set(ADDRESSES.values())
    finally:
        found.stop()


def test_a_certificate_that_nobody_vouches_for_gets_nothing(store, city, secured):
    found = Server(tls_context=secured, require_starttls=True)
    found.start()
    try:
        [first, *_] = [one for one in went(store, city, found, smtp_security="starttls") if one.letter.recipient]
        assert first.sent is False and "verschlüsselte Verbindung" in first.note
        assert found.box.got == []
    finally:
        found.stop()


def test_a_server_without_encryption_gets_nothing_where_it_is_demanded(store, city, server):
    [first, *_] = [one for one in went(store, city, server, smtp_security="starttls") if one.letter.recipient]
    assert first.sent is False and server.box.got == []


def test_without_a_server_nothing_is_tried(store, city):
    with pytest.raises(MailError, match="kein Mailserver eingerichtet"):
        went(store, city, Server(), smtp_host="")
    assert mails(store) == ()


def test_the_request_comes_first_then_a_reminder_before_the_day_and_one_after_it(store, city, server):
    quarter = [
        next(
            one.kind
            for one in letters(store, city, settings_for(server), at)
            if "2025-Q4" in one.about[0] and one.reporter == "AWO"
        )
        for at in (datetime(2026, 1, 1, 12), datetime(2026, 1, 10, 9), datetime(2026, 1, 15, 9))
    ]
    assert quarter == [LetterKind.SOON, LetterKind.SOON, LetterKind.LATE]
    year = next(
        one
        for one in letters(store, city, settings_for(server), datetime(2026, 1, 2))
        if one.reporter == "FB 51" and one.about[0].endswith("/2025")
    )
    assert year.kind is LetterKind.REQUEST


def test_what_came_is_asked_for_no_more_and_what_is_missing_of_it_alone(deliver, store, city, server):
    deliver(("kita_kinder", "FB 51", "2025", "", 100.0), at=datetime(2026, 1, 5))
    [one] = [one for one in letters(store, city, settings_for(server), LATE) if one.about[0].endswith("FB 51/2025")]
    assert "- Kinder\n" in one.text.body and "Kita" not in one.text.body.partition("Es fehlt:")[2]
    deliver(("kinder", "FB 51", "2025", "", 400.0), at=datetime(2026, 1, 6))
    assert [
        one for one in letters(store, city, settings_for(server), LATE) if one.about[0].endswith("FB 51/2025")
    ] == []


def test_the_office_writes_its_own_words_and_can_go_back(store, city, server):
    usual = wordings(store)[LetterKind.LATE]
    keep(store, LetterKind.LATE, Wording("Bitte: {zeitraum}", "Liebe Leute von {stelle}, {unbekannt"), "Kim", LATE)
    [first, *_] = [one for one in letters(store, city, settings_for(server), LATE) if one.reporter == "FB 51"]
    assert (
        first.text.subject.startswith("Bitte: ") and "Liebe Leute von Fachbereich Kinder, {unbekannt" in first.text.body
    )
    with pytest.raises(LetterError, match="gibt es hier nicht"):
        keep(store, LetterKind.LATE, Wording("x", "Hallo {name}"), "Kim", LATE)
    keep(store, LetterKind.LATE, Wording("", ""), "Kim", LATE)
    assert wordings(store)[LetterKind.LATE] == usual


def test_a_name_with_line_breaks_makes_no_head_of_its_own(store, city, server):
    tricked = city.reporters["FB 51"].model_copy(update={"name": "Kinder\nBcc: alle@stadt.example {frist}"})
    city = replace(city, reporters={**city.reporters, "FB 51": tricked})
    keep(store, LetterKind.LATE, Wording("Für {stelle}", "Text"), "Kim", LATE)
    went(store, city, server)
    mail = next(one for one in server.box.got if one["To"] == ADDRESSES["FB 51"])
    assert mail["Bcc"] is None and "{frist}" in mail["Subject"]


def test_the_command_says_what_it_would_send_and_sends_it(store, city, server):
    settings = settings_for(server)
    looked = remind(store, city, settings, "timer", LATE, only_look=True)
    assert server.box.got == [] and any("Fachbereich Kinder <kinder@stadt.example>" in line for line in looked)
    told = remind(store, city, settings, "timer", LATE, only_look=False)
    assert len(told) == len(looked) and any(line.endswith("– gesendet") for line in told)
    rest = remind(store, city, settings, "timer", LATE, only_look=False)
    assert not any("– gesendet" in line for line in rest)


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(store, city):
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        settings = settings_for(Server(port=mute.getsockname()[1]), smtp_host="127.0.0.1", smtp_timeout=0.3)
        outcomes = send(store, city, settings, letters(store, city, settings, LATE), "Kim", LATE)
    [tried] = [one for one in outcomes if one.letter.recipient]
    assert tried.sent is False and "antwortet nicht" in tried.note
    assert [one.state for one in mails(store)] == [MailState.FAILED]


def test_a_server_that_refuses_the_text_has_not_taken_it(store, city, server):
    server.box.after_data = "554 5.7.1 Anlagen sind hier nicht erlaubt"
    tried = [one for one in went(store, city, server) if one.letter.recipient]
    assert tried and all(one.sent is False and "Anlagen sind hier nicht erlaubt" in one.note for one in tried)
    server.box.after_data = ""
    assert all(one.sent for one in went(store, city, server) if one.letter.recipient)


def test_a_wrong_password_is_told_without_the_password(store, city, server):
    def refuses(server, session, envelope, mechanism, data):
        return AuthResult(success=False, handled=False)

    strict = Server(authenticator=refuses, auth_require_tls=False)
    strict.start()
    try:
        said = went(store, city, strict, smtp_user="office", smtp_password="geheim-7")
        [tried] = [one for one in said if one.letter.recipient]
        assert "nimmt Benutzer und Kennwort nicht an" in tried.note and "geheim-7" not in tried.note
    finally:
        strict.stop()


def test_a_running_application_sends_for_the_command(tmp_path, small_city, monkeypatch):
    """One process owns the database: the command asks it, and hears what it says."""
    asked = []
    opened = Store(tmp_path / "data" / "m.duckdb")

    def deed(wanted):
        asked.append(dict(wanted))
        if wanted["look"]:
            return "Nichts zu senden."
        raise MailError("kein Mailserver")

    Attendant(opened, {"remind": deed})
    until = time.monotonic() + 10
    while not socket_of(opened.path).exists() and time.monotonic() < until:
        time.sleep(0.01)
    try:
        assert ask_for(opened.path, "remind", {"who": "Zeitplan", "look": "yes"}) == "Nichts zu senden."
        with pytest.raises(StoreError, match="kein Mailserver"):
            ask_for(opened.path, "remind", {"who": "Zeitplan", "look": ""})
        with pytest.raises(StoreError, match="kennt diesen Befehl nicht"):
            ask_for(opened.path, "other", {"who": "Zeitplan"})
    finally:
        opened.close()
    assert [one["who"] for one in asked] == ["Zeitplan", "Zeitplan"]
