"""The map of an indicator on a slide: composed by the office, the same in the meeting, in its files and years later,
and never with a number that others may not know."""

from datetime import date, datetime

import pptx
import pymupdf
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from indicators.boards import slide_board
from indicators.knowledge import boundaries, snapshot
from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, decisions, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting, meetings
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.papers import deck as decks
from indicators.papers import paper
from indicators.papers.formats import FILES
from indicators.papers.forms import NEUTRAL, forms
from indicators.papers.handout import handout
from tests.maps.conftest import bring, known, small_city, told
from tests.maps.files import geojson
from tests.maps.installation import UNTIL_2022
from tests.papers.test_meeting_files import text_of

__all__ = ["bring", "known", "small_city", "told"]

AT, NOW = datetime(2026, 2, 1), datetime(2026, 2, 10)
MAP = Slide(SlideKind.MAP, "B-01", "Der Süden holt auf.")


@pytest.fixture
def met(store, small_city, known):
    """The deck of a meeting on a day, with the map and the chart of the same indicator."""
    known()

    def held(day: date, *composed: Slide, suppressed: bool = True, settled: datetime | None = None) -> decks.Deck:
        found = {one.held_on: one for one in meetings(store)}
        if day not in found:
            number = keep_meeting(store, Meeting(0, bodies(store)[0], day, settled=settled), "Kim", AT)
            keep_plan(store, number, composed or [MAP, Slide(SlideKind.INDICATOR, "B-01")], "Kim", AT)
            found = {one.held_on: one for one in meetings(store)}
        then = snapshot.take(store, small_city, found[day].moment, suppressed=suppressed)
        return decks.deck(store, meetings(store), found[day], then, lambda now, before: None)

    return held


def test_a_map_is_a_slide_of_its_own_beside_the_chart(met):
    deck = met(date(2026, 2, 4))
    assert deck.keys == ["titel", "karte-B-01", "kennzahl-B-01"]
    drawn, figure = deck.map_of(MAP), deck.map_of(MAP).figure(decks.WALL_MAP)
    assert decks.heading(deck, MAP) == drawn.title
    assert drawn.title.replace("\xa0", " ") == (
        "Betreuungsquote nach Stadtteil: von 30,0 % (Nord) bis 55,9 % (Süden), 2024"
    )
    assert [(term, said.replace("\xa0", " ")) for term, said in drawn.lines] == [
        ("Karte", "B-01 Betreuungsquote, 2024, in Prozent"),
        ("Stadt insgesamt", "46,4 %"),
        ("Alle Werte", "Süden 55,9 %; Nord/Ost 50,0 %; Nord 30,0 %"),
    ]
    assert figure.spec["height"] == decks.WALL_MAP
    assert figure.spec["layer"][0]["encoding"]["fill"]["legend"]["orient"] == "right"


def test_what_can_be_composed_are_maps_that_there_are(small_city):
    found = slide_board.choices(small_city, ["B-01"])
    assert [key for key in found if key.startswith("karte")] == ["karte-B-01"]
    assert not [key for key in slide_board.choices(small_city) if key.startswith("karte")]
    assert slide_board.title_of(small_city, found["karte-B-01"]) == "B-01 Betreuungsquote auf der Karte"


def test_a_count_or_an_indicator_without_districts_makes_no_slide(met):
    deck = met(date(2026, 2, 4), *(Slide(SlideKind.MAP, code) for code in ("B-02", "B-05", "Z-99")))
    assert deck.keys == ["titel"]


def test_small_numbers_are_hatched_and_named_without_their_value(met, bring):
    """2020: three children of 80 in the south. Their number is in no word and no picture; true values make no slide."""
    bring(geojson(), UNTIL_2022, at=datetime(2021, 2, 1))
    deck = met(date(2021, 6, 1), settled=datetime(2021, 6, 1))
    drawn, figure = deck.map_of(MAP), deck.map_of(MAP).figure(decks.WALL_MAP)
    lines = dict(drawn.lines)
    assert lines["Ohne Zahl und schraffiert"] == "Süd, Nord"  # with Nord nobody works the other out
    everything = f"{drawn.title} {drawn.lines} {figure}"
    assert "66,7\xa0% (Süd-Ost), 2020" in drawn.title and "3,8" not in everything and "3.75" not in everything
    assert {row["Wert"] for _, row in figure.texts().iterrows() if row["Stadtteil"] in ("Süd", "Nord")} == {"."}
    true = met(date(2021, 6, 1), suppressed=False)
    with pytest.raises(ValueError, match="what the steering group sees"):
        true.map_of(MAP)


def test_what_the_meeting_saw_is_what_its_record_shows(met, store, small_city, deliver, bring):
    """Later numbers, other boundaries and boundaries withdrawn change no meeting of before."""
    before = met(date(2026, 2, 4), settled=AT)
    seen = before.map_of(MAP).figure(decks.PAPER_MAP)
    files = {name: form.render(handout(before, NOW)) for name, form in FILES.items()}
    later = datetime(2026, 3, 1)
    deliver(("kita_kinder", "FB 51", "2024", "stadtteil=nord", 90.0), at=later)
    boundaries.withdraw(store, 2, "Kim", later, "falsche Datei")
    bring(geojson(), UNTIL_2022, at=later, source="Andere Quelle")
    again = met(date(2026, 2, 4))
    assert again.map_of(MAP).figure(decks.PAPER_MAP).fingerprint == seen.fingerprint
    assert {name: form.render(handout(again, NOW)) for name, form in FILES.items()} == files
    now = met(date(2026, 4, 1)).map_of(MAP).figure(decks.PAPER_MAP)
    assert now.title.endswith("2022") and "Andere Quelle" in now.source


def test_before_there_were_boundaries_a_meeting_has_no_map(met):
    assert met(date(2025, 12, 1), settled=datetime(2025, 12, 1)).keys == ["titel", "kennzahl-B-01"]


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_meeting_says_what_the_map_shows(met, name, tmp_path):
    made = handout(met(date(2026, 2, 4)), NOW)
    path = tmp_path / f"file{FILES[name].suffix}"
    path.write_bytes(FILES[name].render(made))
    said = " ".join(text_of(path).replace("\xa0", " ").split())
    for text in ("bis 55,9 % (Süden), 2024", "Nord/Ost 50,0 %; Nord 30,0 %", "Der Süden holt auf."):
        assert text in said, text
    if path.suffix == ".pptx":
        [slide] = [one for one in pptx.Presentation(str(path)).slides if "nach Stadtteil" in one.shapes.title.text]
        [picture] = [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert "Am höchsten: Süden" in picture._element.nvPicPr.cNvPr.get("descr")
        assert "Nord/Ost – 50,0" in slide.notes_slide.notes_text_frame.text
    if path.suffix == ".pdf":
        with pymupdf.open(path) as pdf:
            assert sum(bool(page.get_drawings()) for page in pdf) >= 2
            assert [one for one in pdf.embfile_names() if "karte" in one]


def test_a_paper_of_a_decision_on_the_map_has_the_map(met, store):
    deck = met(date(2026, 2, 4))
    keep_decision(store, Decision(0, deck.meeting.number, MAP.key, "Zwei Gruppen im Norden"), "Kim", AT)
    [decision] = decisions(store)
    draft = paper.proposed_by_decision(deck, decision, "beschluss-1", NEUTRAL)
    assert draft.shown == ("B-01",)
    made = paper.of_decision(deck, decision, draft, forms()[NEUTRAL], date(2026, 2, 10))
    figures = [one.shown.figure for one in made.reasons]
    assert [one.pictured for one in figures] == [True, False]
    assert figures[0].texts()["Wert"].tolist() == ["50,0", "30,0", "55,9"]
