"""The shared definitions: what is published of the state, when a city's own is the same, and in what it differs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from indicators.catalogue import load_texts
from indicators.catalogue.editing import Place, renamed
from indicators.library import Wanted, take
from indicators.model import Breakdown
from indicators.ring import By, RingError, match, publish, shared
from indicators.ring.comparing import Shown, cities
from tests.ring.conftest import BEGAN, SMALL, counted
from tests.ring.test_consent import shown

LATER = BEGAN + timedelta(days=30)


def matched(town, code="C-01"):
    known = shared(town.ring)
    return match(town.catalogue, known.library, known.entry(code))


def republished(land, *replaced, at=LATER):
    changed = land.redefined(**dict(replaced))
    publish(land.ring, land.presence, changed.catalogue, changed.texts, By("Lea", at, "Neue Fassung"))


def test_the_same_is_the_same_under_another_code_and_title(land, town):
    assert matched(town("adorf")).same
    other = town("bdorf", ("code: C-01, title: Teilnehmende an Kursen", "code: C-77, title: Kursbesuche"))
    assert matched(other).own == "C-77" and matched(other).same
    texts = renamed(dict(SMALL), Place("base_figures", "teilnehmende"), "kursbesuche")
    assert match(load_texts(texts), shared(land.ring).library, shared(land.ring).entry("C-01")).same


DIFFERENT = [
    (("formula: teilnehmende", "formula: 2 * teilnehmende"), "Formel: bei Ihnen 2 × „Teilnehmende“, im Ring „Teiln"),
    (("{code: Personen, title: Personen}", "{code: Personen, title: Tausend Personen, symbol: Tsd.}"),
     "Einheit: bei Ihnen Tausend Personen, im Ring Personen"),
    (("direction: up, breakdowns: [herkunft], definition: Alle", "direction: down, breakdowns: [herkunft], "
      "definition: Alle"), "Gewünschte Richtung: bei Ihnen soll sinken, im Ring soll steigen"),
    (("unit: Personen, kind: flow, department: FB 51, dimensions: [herkunft],\n     suppress",
      "unit: Personen, kind: stock, department: FB 51, dimensions: [herkunft],\n     suppress"),
     "Zählweise der Grundzahl „Teilnehmende“: bei Ihnen Bestand am Stichtag, im Ring im Zeitraum"),
    (("dimensions: [herkunft],\n     suppress_below",
      "frequency: quarterly, dimensions: [herkunft],\n     suppress_below"),
     "Häufigkeit: bei Ihnen vierteljährlich, im Ring jährlich"),
]  # fmt: skip


@pytest.mark.parametrize(("replaced", "said"), DIFFERENT)
def test_another_definition_is_refused_and_the_difference_is_named(land, town, replaced, said):
    extra = [('baseline: {period: "2022", value: 10}, targets: [{period: "2032", value: 20}]', "method: direction")]
    a = town("adorf", replaced, *extra)
    found = matched(a)
    assert found.own == "C-01" and any(said in one for one in found.differences), found
    a.consent("C-01")
    with pytest.raises(RingError, match="anders definiert"):
        a.contribute("C-01")
    assert a.ring.store.value("select count(*) from ring_contribution") == 0


def test_two_of_one_formula_are_told_apart_by_their_frequency(land, town):
    a = town("adorf")
    assert [matched(a, code).own for code in ("B-02", "B-03", "B-04", "B-05")] == ["B-02", "B-03", "B-04", "B-05"]


def test_nothing_of_the_state_itself_is_shared(land):
    files = land.ring.store.value("select files from ring_definitions")
    for word in ("FB 51", "AWO", "targets", "baseline", "Fachbereich"):
        assert word not in files


def test_a_city_takes_over_what_it_lacks_and_has_it_then(land, town):
    a = town("adorf")
    bare = {name: text for name, text in a.texts.items() if name != "c_kurse.yaml"}
    known = shared(a.ring)
    assert match(load_texts(bare), known.library, known.entry("C-01")).own == ""
    taken = take(bare, load_texts(bare), known.library, [Wanted("C-01", "B-1.1", "FB 51", "K-9")])
    found = match(load_texts(taken.texts), known.library, known.entry("C-01"))
    assert found.own == "K-9" and found.same


def test_only_the_state_publishes_and_only_what_is_new(land, town):
    a = town("adorf")
    with pytest.raises(RingError, match="nur das Land"):
        publish(a.ring, a.presence, a.catalogue, a.texts, By("Kim", BEGAN, "weil"))
    with pytest.raises(RingError, match="schon veröffentlicht"):
        publish(land.ring, land.presence, land.catalogue, land.texts, By("Lea", BEGAN, "noch einmal"))
    assert shared(land.ring).number == 1


def test_what_was_given_under_another_meaning_is_not_compared_until_it_is_given_anew(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 40, 80))
    republished(land, ("formula: teilnehmende", "formula: 2 * teilnehmende"))
    assert shown(a)["adorf"] is Shown.OTHER_DEFINITION
    assert shown(a, moment=BEGAN)["adorf"] == 120.0
    assert "2 × „Teilnehmende“" in matched(a).differences[0]


def test_a_code_that_the_state_renames_keeps_consent_and_contributions(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 40, 80))
    texts = renamed(dict(land.texts), Place("indicators", "C-01"), "Z-01")
    texts = renamed(texts, Place("base_figures", "teilnehmende"), "besuche")
    publish(land.ring, land.presence, load_texts(texts), texts, By("Lea", LATER, "Neue Kürzel"))
    known = shared(a.ring)
    assert "Z-01" in known.indicators and "C-01" not in known.indicators
    assert shown(a, "Z-01")["adorf"] == 120.0
    assert shown(a, "Z-01", moment=BEGAN)["adorf"] == 120.0
    assert shared(a.ring, BEGAN).entry("Z-01").code == "C-01"


def test_a_code_that_the_city_renames_goes_on(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 40, 80))
    texts = renamed(dict(a.texts), Place("indicators", "C-01"), "K-1")
    again = replace(a, texts=texts, catalogue=load_texts(texts))
    again.contribute("C-01", at=LATER)
    [own] = [one for one in cities(a.ring, "C-01", Breakdown()) if one.member == "adorf"]
    assert own.latest.value == 120.0
    assert a.ring.store.value("select own_code from ring_contribution order by id desc limit 1") == "K-1"
