"""Offers: what there is where, what stands beside what, what opens when a funder leaves, and the past that they had."""

from datetime import date, datetime

import pytest

from indicators.boards import offers as board
from indicators.catalogue import load
from indicators.datasets import FUNDING, OFFERS
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit
from indicators.knowledge.funding import agreements
from indicators.knowledge.offers import offers, on_day
from indicators.moments import FOREVER
from indicators.samples import SAMPLES
from tests.datasets.test_funding import DESK, LATER, THEN, entered

TODAY = date(2026, 3, 1)
DESK_OFFER = {
    "title": "Offene Beratung",
    "topic": "Beratung",
    "districts": "nordstadt; Altstadt",
    "place": "Haus A",
    "languages": "Arabisch, Deutsch",
    "target_groups": "Familien",
    "agreement": "12",
    "start": "01.01.2024",
}
CLUB = {"title": "Sprachcafé", "topic": "Sprache", "districts": "Nordstadt", "place": "Haus A", "languages": "Deutsch"}
OTHER = {"title": "Beratung am Markt", "topic": "Beratung", "districts": "altstadt", "languages": "deutsch; Ukrainisch"}


@pytest.fixture(scope="module")
def city():
    return load(SAMPLES["musterstadt"].definitions)


@pytest.fixture
def offered(store, city):
    entered(store, city, FUNDING, DESK | {"tariff_index": "", "granted": "2026: 60.000"}, reporter="WVM")
    for reporter, values in (("WVM", DESK_OFFER), ("WVM", CLUB), ("HdB", OTHER)):
        entered(store, city, OFFERS, values, reporter=reporter)
    return store


def test_the_matrix_names_gaps_and_how_many_providers_there_are(offered, city):
    found = on_day(offers(offered, FOREVER), TODAY)
    shown = board.matrix_figure(found, "districts", city, TODAY, None, ["Beratung", "Sprache"])
    rows = shown.texts().set_index("Thema").to_dict("index")
    assert [rows["Beratung"][place] for place in ("Altstadt", "Nordstadt")] == ["2 (2)", "1"]
    assert rows["Sprache"]["Nordstadt"] == "1"
    assert rows["Sprache"]["Altstadt"] == board.NONE and "Hafen" not in rows["Sprache"]  # merged in 2025
    assert "Sprache: Altstadt, Oststadt" in shown.note
    arabic = board.chosen(found, board.Choice(language="Arabisch"))
    assert [one.title for one in arabic] == ["Offene Beratung"]
    by_language = board.matrix_figure(found, "languages", city, TODAY, None, ["Beratung"]).texts()
    assert by_language.columns.tolist()[:3] == ["Thema", "Arabisch", "Deutsch"]
    # spelled in two ways by two providers, one language all the same
    assert by_language.columns.tolist()[3:] == ["Ukrainisch"] and by_language["Deutsch"].tolist() == ["2 (2)"]
    assert len(board.chosen(found, board.Choice(language="Deutsch"))) == 3


def test_parallels_share_topic_district_language_and_group(offered, city):
    found = on_day(offers(offered, FOREVER), TODAY)
    shown = board.parallels_figure(found, city, None).texts()
    assert shown.iloc[0].tolist()[:4] == ["Beratung", "Altstadt", "deutsch", "ohne Angabe"] and len(shown) == 1
    bundles = board.bundles_figure(found, city, None).texts()
    assert bundles[["Ort", "Themen aus einer Hand"]].to_numpy().tolist() == [["Haus A", "Beratung; Sprache"]]


def test_what_opens_when_a_funder_leaves(offered, city):
    found = on_day(offers(offered, FOREVER), TODAY)
    known = agreements(offered, FOREVER)
    # (60,000 + 30,000) / 0.6 × 40 %
    shown = board.leaving_figure("Bund (MBE)", known, found, city, TODAY, None)
    assert shown.texts().iloc[0].tolist() == [
        "WVM · Nr. 12: Migrationsberatung", "60.000,00", "40,0", "Offene Beratung", "Beratung: Nordstadt",
    ]  # fmt: skip
    assert board.leaving_figure("Kreis", known, found, city, TODAY, None).frame.empty


def test_an_offer_that_closed_keeps_its_past(offered, city):
    [name] = [one.name for one in offers(offered, FOREVER) if one.title == "Sprachcafé"]
    basis = OFFERS.states(offered)[name][-1].delivery
    entered(offered, city, OFFERS, CLUB | {"end": "30.06.2025"}, LATER, basis, "WVM")
    every = offers(offered, FOREVER)
    assert "Sprachcafé" in [one.title for one in on_day(every, date(2025, 6, 30))]
    assert "Sprachcafé" not in [one.title for one in on_day(every, TODAY)]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"districts": "Mitte-Ost"}, "unknown-code"),
        ({"topic": ""}, "missing"),
        ({"agreement": "99"}, "unknown-agreement"),
        ({"end": "01.01.2023"}, "end-before-start"),
    ],
)
def test_what_stands_in_the_way(offered, city, wrong, rule):
    staged = edit(offered, city, OFFERS, "WVM", DESK_OFFER | {"title": "Neu"} | wrong, None, "Kim", THEN)
    assert rule in [one.rule for one in staged.findings] and staged.blocked


def test_a_provider_says_when_and_in_which_languages_and_not_what(offered, city):
    basis = OFFERS.states(offered)["WVM · Offene Beratung"][-1].delivery
    own = edit(
        offered, city, OFFERS, "WVM", DESK_OFFER | {"languages": "Deutsch; Dari"}, basis, "Eve", datetime(2025, 5, 1)
    )
    assert not bound_to(own, ["WVM"], office=False).blocked
    other = edit(offered, city, OFFERS, "WVM", DESK_OFFER | {"topic": "Sprache"}, basis, "Eve", datetime(2025, 5, 1))
    assert "reserved" in [one.rule for one in bound_to(other, ["WVM"], office=False).findings]
    foreign = edit(offered, city, OFFERS, "HdB", OTHER | {"agreement": "WVM · Nr. 12"}, None, "Eve", LATER)
    assert "unknown-agreement" in [one.rule for one in foreign.findings]
