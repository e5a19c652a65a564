"""Saved selections: whose they are, what they may be called, renamed and removed without losing a row."""

from dataclasses import replace
from datetime import datetime

import pytest

from indicators.knowledge.selections import MOST, Selection, SelectionError, keep, remove, selections

AT = datetime(2025, 6, 1)
OWN = Selection(0, "measures", "Überfällige", {"frist": "ueberfaellig", "suche": ""}, "Kim")
SHARED = replace(OWN, name="Für alle", shared=True)


def names(store, viewer="Kim", page="measures"):
    return [one.name for one in selections(store, page, viewer)]


def test_ones_own_are_ones_own_and_shared_ones_are_everybodys(store):
    keep(store, OWN, "Kim", AT)
    keep(store, SHARED, "Kim", AT)
    keep(store, replace(OWN, owner="Robin"), "Robin", AT)
    assert names(store) == ["Überfällige", "Für alle"] and names(store, "Alex") == ["Für alle"]
    assert names(store, page="agreements") == []
    assert selections(store, "measures", "Kim")[0].choices == OWN.choices


def test_it_is_renamed_and_removed_and_every_version_stays(store):
    keep(store, OWN, "Kim", AT)
    [one] = selections(store, "measures", "Kim")
    keep(store, replace(one, name="  Zu  spät "), "Kim", AT)
    assert names(store) == ["Zu spät"]
    remove(store, one, "Kim", AT)
    assert names(store) == []
    assert store.value("select count(*) from saved_selection") == 3
    keep(store, OWN, "Kim", AT)
    assert selections(store, "measures", "Kim")[0].number == 2


@pytest.mark.parametrize(
    ("name", "said"), [("  ", "einen Namen"), ("x" * 61, "zu lang"), ("ÜBERFÄLLIGE", "gibt es schon")]
)
def test_a_name_that_will_not_do(store, name, said):
    keep(store, OWN, "Kim", AT)
    with pytest.raises(SelectionError, match=said):
        keep(store, replace(OWN, name=name), "Kim", AT)


def test_nobody_keeps_more_than_can_be_overlooked(store):
    for number in range(MOST):
        keep(store, replace(OWN, name=str(number)), "Kim", AT)
    with pytest.raises(SelectionError, match="zuerst eine löschen"):
        keep(store, OWN, "Kim", AT)
    keep(store, replace(OWN, owner="Robin"), "Robin", AT)
