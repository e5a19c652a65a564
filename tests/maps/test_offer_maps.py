"""Offers and cases for 1,000 people of a district: rates of what is shown, never a count, nothing more."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
import vl_convert

from indicators.boards import offer_maps, offers
from indicators.boards.offers import Choice
from indicators.boards.proofs import Served
from indicators.knowledge import boundaries
from indicators.knowledge.funding import Agreement
from indicators.knowledge.offers import Offer
from indicators.knowledge.proofs import Proof
from indicators.model import Sign
from tests.maps.installation import NOW

DAY, BEFORE = date(2024, 12, 31), date(2020, 12, 31)
AT = datetime(2024, 1, 2)


def offer(number: int, districts: str, start: str = "2020-01-01", end: str = "", **said: str) -> Offer:
    values = {"title": f"Treff {number}", "topic": "Begegnung", "districts": districts, "start": start, "end": end}
    values |= said
    return Offer(str(number), "FB 51", {key: text for key, text in values.items() if text}, 1, AT, "Kim")


def served(districts: str, cases, year: int = 2024) -> Served:
    agreement = Agreement(districts, "FB 51", {"districts": districts}, 1, AT, "Kim", (), {})
    values = {"agreement": districts, "period": str(year)}
    counts = {} if cases is None else {"cases": cases}
    return Served(agreement, Proof("p", "FB 51", values, 1, AT, "Kim", counts, (), frozenset()), None)


@pytest.fixture
def people(store, known):
    def of(*, suppressed: bool = True):
        [found] = [
            one
            for one in offer_maps.people(known(suppressed=suppressed), boundaries.boundaries(store, NOW))
            if one.indicator.code == "B-02"
        ]
        return found

    return of


def values(figure) -> dict[str, str]:
    return dict(zip(figure.texts()["Stadtteil"], figure.texts()["Wert"], strict=True))


def test_only_plain_stocks_are_what_a_rate_can_be_of(store, known):
    found = offer_maps.people(known(), boundaries.boundaries(store, NOW))
    assert [one.indicator.code for one in found] == ["B-02"]  # neither rates nor thousands
    assert offer_maps.people(known(), ()) == []


def test_offers_for_a_thousand_people_also_where_the_districts_were_cut_anew(people):
    found = [offer(1, "s101"), offer(2, "s101, nord"), offer(3, "sueden"), offer(4, "nord", end="2023-06-30")]
    figure = offer_maps.offers_map(found, people(), (DAY, BEFORE), DAY)
    assert values(figure) == {"Nord/Ost": "400,00", "Nord": "277,78", "Süden": "105,26"}  # 2 of 50, 1 of 36, 1 of 95
    before = values(offer_maps.offers_map(found, people(suppressed=False), (DAY, BEFORE), BEFORE))
    assert before["Nord/Ost"] == "500,00" and before["Nord"] == "666,67"  # 2 of 40, 2 of 30
    assert before["Süd-Ost"] == "166,67"  # what is for the new district was for the one before
    old = values(offer_maps.offers_map([offer(1, "sued")], people(), (DAY,), DAY))
    assert old == {"Nord/Ost": "0,00", "Nord": "0,00", "Süden": "105,26"}
    assert "zählt in jedem" in figure.note and "Betreute Kinder" in figure.title


def classes_of(figure) -> dict[str, str]:
    return dict(zip(figure.texts()["Stadtteil"], figure.texts()["Klasse"], strict=True))


def test_the_map_asks_what_the_matrix_asks_and_says_gaps_and_what_was_asked(people, small_city):
    found = [
        offer(1, "s101", languages="Deutsch; Arabisch", target_groups="Familien"),
        offer(2, "sueden", languages="Arabisch", target_groups="Jugendliche", topic="Beratung"),
        offer(3, "nord", languages="Deutsch"),
        offer(4, "", languages="Arabisch"),
    ]
    for wanted, there in (
        (Choice(language="Arabisch"), {"Nord/Ost", "Süden"}),
        (Choice(target_group="familien"), {"Nord/Ost"}),
        (Choice(topic="Beratung"), {"Süden"}),
        (Choice(language="arabisch", topic="Begegnung"), {"Nord/Ost"}),
        (Choice(), {"Nord/Ost", "Nord", "Süden"}),
        (Choice(district="nord"), {"Nord/Ost", "Nord", "Süden"}),  # a map of one district calls the others gaps
    ):
        figure = offer_maps.offers_map(found, people(), (DAY,), DAY, wanted)
        gaps = {name for name, own in classes_of(figure).items() if own == offer_maps.NO_OFFER}
        assert gaps == {"Nord/Ost", "Nord", "Süden"} - there, wanted
        for name in gaps:
            assert f"{name}: 0,00, Klasse kein Angebot bekannt" in str(figure.spec)
        assert ("Kein Angebot bekannt: " in figure.alt) == bool(gaps)
        assert figure.subtitle.startswith(replace(wanted, district="").words(small_city))
        matrix = offers.matrix_figure(offers.chosen(found, wanted), "districts", small_city, DAY, None, [], wanted)
        assert matrix.subtitle.endswith(wanted.words(small_city))
    assert "1 Angebot ohne Gebiet: auf keiner Karte." in figure.note
    assert Choice("Beratung", "nord", "Arabisch", "Familien").words(small_city) == (
        "Thema: Beratung, Gebiet: Nord, Sprache: Arabisch, Zielgruppe: Familien"
    )


def test_nothing_is_white_and_outlined_and_no_step_of_the_scale(people):
    figure = offer_maps.offers_map([offer(1, "s101"), offer(2, "nord")], people(), (DAY,), DAY)
    fill = figure.spec["layer"][0]["encoding"]["fill"]["scale"]
    assert (fill["domain"][0], fill["range"][0]) == ("kein Angebot bekannt", "#ffffff")
    svg = vl_convert.vegalite_to_svg(json.dumps(figure.spec | {"width": 400}))
    [drawn] = [line for line in svg.split("<") if "Süden: 0,00" in line]
    assert 'fill="#ffffff"' in drawn and 'stroke="#6b6b6b"' in drawn
    assert figure.alt.endswith(
        "Am höchsten: Nord mit 277,78; am niedrigsten: Nord/Ost mit 200,00. Kein Angebot bekannt: Süden."
    )


def test_each_topic_has_a_small_map_with_the_same_classes_and_its_gaps_in_words(people):
    found = [
        offer(1, "s101"),
        offer(2, "sueden, nord", topic="Beratung"),
        offer(3, "s101", topic="Alt", end="2021-01-01"),
    ]
    small = offer_maps.topic_maps(found, people(), DAY)
    assert [one.label for one in small] == ["Begegnung", "Beratung"]
    words = {one.label: one.alt for one in small}
    assert "Kein Angebot bekannt: Nord, Süden." in words["Begegnung"]
    assert "Kein Angebot bekannt: Nord/Ost." in words["Beratung"] and "Thema Beratung" in words["Beratung"]
    assert all(one.svg.count("fill='#ffffff'") == number for one, number in zip(small, (2, 1), strict=True))
    assert offer_maps.topic_maps(found, people(), DAY, Choice(topic="Beratung")) == []
    assert offer_maps.topic_maps(found, people(), date(2012, 1, 1)) == []


def test_people_who_are_kept_secret_give_no_rate(people):
    found = [offer(1, "sued, sued_ost, s101, nord")]
    shown = values(offer_maps.offers_map(found, people(), (BEFORE,), BEFORE))
    assert shown["Süd"] == "."
    figure = offer_maps.offers_map(found, people(), (BEFORE,), BEFORE)
    assert "333,3" not in json.dumps(figure.spec) and "333.3" not in json.dumps(figure.spec)  # 1 of 3
    assert values(offer_maps.offers_map(found, people(suppressed=False), (BEFORE,), BEFORE))["Süd"] == "3.333,33"


def test_cases_count_only_where_one_district_is_meant_and_signs_stay_signs(people):
    found = [served("s101", 20.0), served("s101", Sign.SECRET), served("nord", Sign.SECRET),
             served("sueden, nord", 99.0),
             served("sueden", 19.0), served("sueden", 50.0, 2023)]  # fmt: skip
    figure = offer_maps.cases_map(found, people(), (DAY,), DAY)
    assert values(figure) == {"Nord/Ost": "(400,00)", "Nord": ".", "Süden": "200,00"}
    assert "4 Nachweisen von 5" in figure.note


def test_without_boundaries_or_people_of_the_day_there_is_no_map(people):
    assert offer_maps.offers_map([offer(1, "s101")], people(), (date(2012, 1, 1),), date(2012, 1, 1)) is None
    none = replace(people(), boundaries=())
    assert offer_maps.offers_map([offer(1, "s101")], none, (DAY,), DAY) is None
