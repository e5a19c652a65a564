"""Slides of the steering cycle: what the body has to decide comes by itself, agreements are composed; on the wall and
in every file, never with what is not public or with small numbers."""

from datetime import date, datetime

import pytest

from indicators.datasets import AGREEMENTS, CONSULTATIONS, INTERVIEWS, MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.knowledge.bodies import Body, BodyKind, bodies, keep_body
from indicators.knowledge.meeting_records import Meeting, keep_meeting, meetings
from indicators.knowledge.slides import CYCLE, Slide, SlideKind, keep_plan
from indicators.papers import deck as decks
from indicators.papers.formats import FILES
from indicators.papers.handout import handout
from tests.papers.test_meeting_files import text_of

AT, NOW = datetime(2025, 6, 1), datetime(2025, 7, 1)
PARTNER = "Leitung Sachgebiet"
SECRET = "Grundstückskauf Nordstraße"
ABOUT = {"measure": "7", "role": "Entscheidung", "public": "ja"}
GOAL = {"year": "2024", "title": "Mehr Orte", "text": "Drei Orte.", "agreed_on": "12.02.2024", "field": "B"}
REVIEW = {"reviewed_on": "14.02.2025", "outcome": "teilweise erreicht", "value": 3.0, "people": "ja",
          "reason": "Ein Ort fehlt.", "consequence": "fortführen"}  # fmt: skip


@pytest.fixture
def shown(store, small_city):
    def keep(data_set, **values):
        staged = edit(store, small_city, data_set, "FB 51", values, None, "Test", AT)
        assert not staged.blocked, staged.findings
        confirm(store, small_city, staged, AT, dict.fromkeys(staged.to_explain, "geprüft"))

    def deck(body, *composed):
        keep_body(store, Body(0, body, BodyKind.COMMITTEE, 0), "Kim", AT)
        at = next(one for one in bodies(store) if one.name == body)
        number = keep_meeting(store, Meeting(0, at, date(2025, 9, 10)), "Kim", AT)
        keep_plan(store, number, [Slide(kind) for kind in composed], "Kim", AT)
        found = meetings(store)
        [meeting] = [one for one in found if one.number == number]
        known = snapshot.take(store, small_city, meeting.moment, suppressed=True)
        return decks.deck(store, found, meeting, known, lambda now, before: None)

    keep(MEASURES, number="7", title="Sprachcafé", status="vorgeschlagen", field="B")
    put_off = {"outcome": "zurückgestellt", "put_off_to": "10.09.2025", "budget": "eigene Vorlage nötig"}
    keep(CONSULTATIONS, **ABOUT | put_off | {"station": "1", "committee": "Rat", "day": "14.05.2025"})
    closed = {"station": "2", "committee": "Hauptausschuss", "day": "20.10.2025", "public": "nein", "remark": SECRET}
    keep(CONSULTATIONS, **ABOUT | closed | {"budget": "kostet nichts"})
    keep(AGREEMENTS, **GOAL, **REVIEW, number="1")
    keep(AGREEMENTS, **GOAL | {"title": "Noch ein Ort"}, number="2")
    keep(MEASURES, number="8", title="Lotsen", status="in Umsetzung", end="31.12.2024")
    keep(INTERVIEWS, day="20.05.2025", found="Läuft gut.", changes="Ein Termin mehr.", partners=PARTNER)
    keep(INTERVIEWS, day="20.11.2025")
    return deck


def test_what_the_body_has_to_decide_comes_by_itself_with_how_often_it_was_put_off(shown):
    deck = shown("Rat")
    assert deck.keys == ["titel", "beratungen"]
    figure = deck.tables[SlideKind.CONSULTATIONS]
    assert decks.heading(deck, deck.slides[1]) == figure.title
    assert figure.title == "Was Rat entscheiden muss: 1 Beratung, 1 schon zurückgestellt"
    assert figure.rows == [
        ["Nr. 7: Sprachcafé", "10.09.2025", "Entscheidung", "1-mal, zuerst am 14.05.2025", "eigene Vorlage nötig"]
    ]


def test_a_group_that_decides_nothing_itself_is_shown_all_where_that_is_composed(shown):
    assert shown("Steuerungskreis").keys == ["titel"]
    deck = shown("Lenkungskreis", SlideKind.CONSULTATIONS)
    rows = deck.tables[SlideKind.CONSULTATIONS].texts()[["Maßnahme", "Gremium", "Aufgabe", "Haushalt"]]
    assert rows.to_numpy().tolist() == [
        ["Nr. 7: Sprachcafé", "Rat", "Entscheidung", "eigene Vorlage nötig"],
        ["Nr. 7: Sprachcafé", "Hauptausschuss", "nichtöffentlich", ""],
    ]


def test_agreements_are_composed_what_is_to_be_reviewed_first(shown):
    deck = shown("Rat", SlideKind.AGREEMENTS)
    assert deck.keys == ["titel", "beratungen", "zielvereinbarungen"]
    figure = deck.tables[SlideKind.AGREEMENTS]
    assert figure.title == "Zielvereinbarungen: 1 von 2 zu überprüfen"
    assert [row[2:] for row in figure.rows] == [
        ["! Überprüfung fällig", ""], ["◑ teilweise erreicht", "fortführen"],
    ]  # fmt: skip


def test_measures_and_first_interviews_are_composed_with_their_sum_in_the_title(shown):
    deck = shown("Lenkungskreis", SlideKind.MEASURES, SlideKind.INTERVIEWS)
    assert deck.keys == ["titel", "massnahmen", "erstgespraeche"]
    measures = deck.tables[SlideKind.MEASURES]
    assert decks.heading(deck, deck.slides[1]) == measures.title == "2 Maßnahmen, 1 überfällig"
    rows = [row[1:] for row in measures.rows]
    assert rows == [["1", "1 ▶ in Umsetzung", "1"], ["1", "1 ◑ vorgeschlagen", "0"]]
    talks = deck.tables[SlideKind.INTERVIEWS]
    assert talks.title == "Erstgespräche: 1 geführt, 1 geplant"
    assert talks.rows[1][1:] == ["20.05.2025", "Läuft gut.", "Ein Termin mehr."]
    assert PARTNER not in str(talks.rows)


def test_a_composed_slide_of_what_there_is_none_of_is_left_out(store, small_city):
    keep_body(store, Body(0, "Rat", BodyKind.COMMITTEE, 0), "Kim", AT)
    number = keep_meeting(store, Meeting(0, bodies(store)[0], date(2025, 9, 10)), "Kim", AT)
    keep_plan(store, number, [Slide(SlideKind.AGREEMENTS), Slide(SlideKind.FIELD, "B")], "Kim", AT)
    found = meetings(store)
    known = snapshot.take(store, small_city, NOW, suppressed=True)
    deck = decks.deck(store, found, found[0], known, lambda now, before: None)
    assert deck.keys == ["titel", "feld-B"]


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_meeting_has_them_and_nothing_that_is_not_public(shown, name, tmp_path):
    made = handout(shown("Lenkungskreis", *CYCLE), NOW)
    form = FILES[name]
    path = tmp_path / f"file{form.suffix}"
    path.write_bytes(form.render(made))
    said = " ".join(text_of(path).split())
    for text in ("1-mal, zuerst am 14.05.2025", "Noch ein Ort", "nichtöffentlich"):
        assert text in said, text
    assert SECRET not in said
