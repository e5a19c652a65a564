"""Which area is which district, what is told of it, and the days for which boundaries hold."""

from datetime import date, datetime

import pytest

from indicators.knowledge import boundaries
from indicators.knowledge.boundaries import BoundaryError
from indicators.maps.boundaries import Span, in_force
from indicators.maps.matching import beside, likeliest, match
from indicators.maps.reading import read_boundaries
from indicators.store import Store
from tests.maps.files import SQUARES, features, geojson
from tests.maps.installation import NEW_SQUARES, NOW, SINCE_2023, UNTIL_2022

ALL = {"s101", "sued", "sued_ost", "nord"}


@pytest.fixture
def stadtteil(small_city):
    return small_city.dimensions["stadtteil"]


def matched(content: bytes, dimension, span: Span = UNTIL_2022, field: str = ""):
    file = read_boundaries(content, "g")
    return match(file, dimension, field or likeliest(file, dimension), span)


def said(found, code: str) -> str:
    return " ".join(one.message for one in found.findings if one.rule == code)


def test_keys_and_names_are_found_in_whatever_column_they_stand(stadtteil):
    for field in ("STT_NR", "STT_NAME"):
        found = matched(geojson(), stadtteil, field=field)
        assert set(found.shapes) == ALL, field
        assert not said(found, "map-strangers") and not said(found, "map-without-shape")
    assert matched(geojson(), stadtteil).field == "STT_NR"


def test_a_key_with_leading_zeros_and_a_name_spelled_otherwise_are_the_same(stadtteil):
    other = {f"0{key}": (name.replace("/", " - ").upper(), column, row) for key, (name, column, row) in SQUARES.items()}
    for field in ("STT_NR", "STT_NAME"):
        assert set(matched(geojson(features(squares=other)), stadtteil, field=field).shapes) == ALL, field


def test_a_name_that_two_members_share_is_given_to_neither(stadtteil):
    twins = stadtteil.model_copy(
        update={
            "members": tuple(one.model_copy(update={"synonyms": (*one.synonyms, "Stadt")}) for one in stadtteil.members)
        }
    )
    file = geojson(features(squares={"101": ("Stadt", 1, 1), "102": ("Süd", 0, 0)}))
    assert set(matched(file, twins, field="STT_NAME").shapes) == {"sued"}


def test_strangers_and_members_without_an_area_are_named(stadtteil):
    some = {"101": ("Nord/Ost", 1, 1), "102": ("Süd", 0, 0), "999": ("Umland", 3, 3)}
    found = matched(geojson(features(squares=some)), stadtteil)
    assert "999" in said(found, "map-strangers")
    assert said(found, "map-without-shape").startswith("Ohne Fläche in der Datei: Süd-Ost; Nord.")
    assert found.usable


def test_a_file_of_another_city_is_refused_with_what_stands_in_it(stadtteil):
    found = matched(geojson(features(squares={"1": ("Mitte", 0, 0), "2": ("West", 1, 0)})), stadtteil)
    assert not found.usable and not found.shapes
    assert "Keine Spalte der Datei nennt ein Gebiet des Merkmals „Stadtteil“" in said(found, "map-no-match")
    picked = matched(geojson(), stadtteil, field="OBJECTID")
    assert "„OBJECTID“" in said(picked, "map-no-match") and "1; 2; 3; 4" in said(picked, "map-no-match")


def test_two_areas_of_one_district_become_one(stadtteil):
    island = [*features(), *features(squares={"102": ("Süd", 3, 0)})]
    found = matched(geojson(island), stadtteil)
    assert said(found, "map-joined") == "Mehrere Flächen wurden zu einem Gebiet verbunden: Süd (2)."
    assert len(found.shapes["sued"]) == 2


def test_a_change_of_the_districts_within_the_time_of_a_map_is_told(stadtteil):
    assert not said(matched(geojson(), stadtteil, UNTIL_2022), "map-recut")
    over = said(matched(geojson(), stadtteil, Span(date(2015, 1, 1))), "map-recut")
    assert "Süd endet am 31.12.2022" in over and "Süden beginnt am 01.01.2023" in over
    found = matched(geojson(features(squares=NEW_SQUARES)), stadtteil, SINCE_2023)
    assert set(found.shapes) == {"s101", "nord", "sueden"} and not said(found, "map-recut")


def test_boundaries_hold_on_their_days_and_the_last_that_came_wins(store, bring):
    bring(geojson(), UNTIL_2022)
    bring(geojson(features(squares=NEW_SQUARES)), SINCE_2023)
    bring(geojson(), Span(date(2020, 1, 1), date(2020, 12, 31)), source="Berichtigt")
    found = boundaries.boundaries(store, NOW)
    numbers = {year: in_force(found, "stadtteil", date(year, 12, 31)) for year in (2014, 2019, 2020, 2022, 2023)}
    assert {year: one and one.number for year, one in numbers.items()} == {
        2014: None,
        2019: 1,
        2020: 3,
        2022: 1,
        2023: 2,
    }
    assert in_force(found, "bezirk", date(2020, 1, 1)) is None
    [hint] = beside(found, "stadtteil", Span(date(2022, 6, 1), date(2022, 7, 1)))
    assert "15.12" not in hint.message and "01.01.2015 bis 31.12.2022" in hint.message
    assert beside(found, "stadtteil", Span(date(2010, 1, 1), date(2014, 12, 31))) == []


def test_what_is_withdrawn_counts_no_more_but_did_then(tmp_path, small_city):
    store = Store(tmp_path / "a.duckdb", now=datetime(2020, 1, 1))
    shapes = matched(geojson(), small_city.dimensions["stadtteil"]).shapes
    file = ("grenzen.geojson", geojson())
    boundaries.keep(store, "stadtteil", UNTIL_2022, shapes, "Stadt", "Meter", file, "Kim", NOW)
    before = boundaries.state(store)
    with pytest.raises(BoundaryError, match="Grund"):
        boundaries.withdraw(store, 1, "Kim", datetime(2026, 1, 11), " ")
    boundaries.withdraw(store, 1, "Kim", datetime(2026, 1, 11), "falscher Zuschnitt")
    assert boundaries.boundaries(store, datetime(2026, 1, 11)) == ()
    assert [one.number for one in boundaries.boundaries(store, NOW)] == [1]
    assert boundaries.state(store) != before
    with pytest.raises(BoundaryError, match="gelten nicht mehr"):
        boundaries.withdraw(store, 1, "Kim", datetime(2026, 1, 12), "noch einmal")
    store.close()
    again = Store(tmp_path / "a.duckdb", now=datetime(2026, 1, 13))
    [one] = boundaries.boundaries(again, NOW)
    assert one.shapes == shapes and boundaries.original(again, 1) == file
    actions = again.rows("select action, reason from audit_log where source like 'boundary%' order by happened_at")
    assert [action for action, _ in actions] == ["boundaries", "withdraw-boundaries"]
    assert actions[1][1] == "falscher Zuschnitt"
    again.close()


def test_boundaries_without_source_or_with_days_the_wrong_way_round_are_not_kept(store, bring):
    with pytest.raises(BoundaryError, match="Quelle"):
        bring(geojson(), UNTIL_2022, source="  ")
    with pytest.raises(BoundaryError, match="vor dem ersten"):
        bring(geojson(), Span(date(2020, 1, 1), date(2019, 1, 1)))
    assert boundaries.boundaries(store, NOW) == ()
