"""Offers and cases for 1,000 people of a district: rates of what is shown, never a count, nothing more."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from indicators.boards import offer_maps
from indicators.boards.proofs import Served
from indicators.knowledge import boundaries
from indicators.knowledge.funding import Agreement
from indicators.knowledge.offers import Offer
from indicators.knowledge.proofs import Proof
from indicators.model import Sign
from tests.maps.installation import NOW

DAY, BEFORE = date(2024, 12, 31), date(2020, 12, 31)
AT = datetime(2024, 1, 2)


def offer(number: int, districts: str, start: str = "2020-01-01", end: str = "") -> Offer:
    values = {"title": f"Treff {number}", "topic": "Begegnung", "districts": districts, "start": start, "end": end}
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
