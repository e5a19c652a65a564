"""One definition changed in the text of its file: everything else stays as somebody wrote it."""

from difflib import unified_diff

import pytest

from indicators.catalogue import load_texts, texts_of
from indicators.catalogue.editing import EditError, Place, added, changed, copied, renamed, with_field
from indicators.settings import SAMPLE_DEFINITIONS
from tests.conftest import SMALL_CITY

B01 = Place("indicators", "B-01")


@pytest.fixture
def texts() -> dict[str, str]:
    return texts_of(SMALL_CITY)


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    lines = (unified_diff(before.get(name, "").splitlines(), after[name].splitlines(), n=0) for name in after)
    return [line for found in lines for line in list(found)[2:] if line[:1] in "+-"]


@pytest.mark.parametrize("sample", SAMPLE_DEFINITIONS)
def test_one_field_changes_one_entry_of_a_hand_written_file(sample):
    before = texts_of(SAMPLE_DEFINITIONS[sample])
    known = load_texts(before)
    for code in list(known.indicators)[::7]:
        after = changed(before, Place("indicators", code), {"title": f"Neu {code}"})
        expected = {one: (f"Neu {code}" if one == code else was.title) for one, was in known.indicators.items()}
        assert {one: now.title for one, now in load_texts(after).indicators.items()} == expected
        assert {name for name in before if before[name] != after[name]} == {
            name for name in before if f"code: {code}" in before[name] and "indicators:" in before[name]
        }


def test_comments_stay(texts):
    texts["reporters.yaml"] = "# Stand 2026\n" + texts["reporters.yaml"].replace(
        "  - {code: AWO", "  # seit 2019\n  - {code: AWO"
    )
    after = changed(texts, Place("reporters", "DRK"), {"name": "Rotes Kreuz: Kreisverband"})
    assert after["reporters.yaml"].startswith("# Stand 2026\n") and "  # seit 2019\n" in after["reporters.yaml"]
    assert len(differing(texts, after)) == 2


def test_what_is_written_is_read_as_it_was_meant(texts):
    values = {
        "targets": [{"period": "2030", "value": 40}, {"period": "2035", "value": 50.5}],
        "breaks": [{"period": "2024", "note": "Zensus: neue Basis"}],
        "definition": "Zwei Zeilen,\nja: #1",
        "headline": {"herkunft": "auslaendisch"},
    }
    found = load_texts(changed(texts, B01, values)).indicator("B-01")
    assert [(str(point.period), point.value) for point in found.targets] == [("2030", 40.0), ("2035", 50.5)]
    assert (found.breaks[0].note, found.definition) == ("Zensus: neue Basis", "Zwei Zeilen,\nja: #1")
    assert found.headline.code == "herkunft=auslaendisch"


def test_a_field_that_goes_takes_its_default(texts):
    after = changed(texts, B01, {"baseline": None, "targets": None, "method": "direction"})
    assert load_texts(after).indicator("B-01").baseline is None


def test_reporters_stand_under_one_of_their_two_names(texts):
    after = load_texts(changed(texts, Place("base_figures", "kinder"), {"reporters": ["FB 51", "AWO"]}))
    assert after.base_figure("kinder").reporters == ("FB 51", "AWO")


def test_a_copy_stands_behind_its_original_and_remembers_no_codes(texts):
    texts = changed(texts, B01, {"formerly": ["b_alt"]})
    after = load_texts(copied(texts, B01, "B-01a"))
    assert list(after.indicators)[:2] == ["B-01", "B-01a"]
    assert (after.indicator("B-01a").title, after.indicator("B-01a").formerly) == ("Betreuungsquote", ())


def test_another_code_keeps_values_and_formulas(texts):
    after = load_texts(renamed(texts, Place("base_figures", "kinder"), "kinder_alle"))
    assert after.base_figure("kinder_alle").formerly == ("kinder",)
    assert after.indicator("B-01").formula == "100 * kita_kinder / kinder_alle"
    again = load_texts(
        renamed(renamed(texts, Place("base_figures", "kinder"), "k2"), Place("base_figures", "k2"), "k3")
    )
    assert again.base_figure("k3").formerly == ("kinder", "k2")


def test_members_goals_and_fields_are_found_where_they_stand(texts):
    texts = changed(texts, Place("dimensions", "deutsch", "herkunft"), {"title": "Deutsche Staatsangehörige"})
    texts = changed(texts, Place("guiding_goals", "B-1.1"), {"title": "Neu"})
    texts = changed(texts, Place("guiding_goals", "B-1"), {"title": "Leitziel"})
    texts = copied(texts, Place("guiding_goals", "B-1.1"), "B-1.2")
    texts = changed(texts, Place("field", "B"), {"title": "Bildung und Betreuung"})
    after = load_texts(
        with_field(texts, "K", {"title": "Kultur", "guiding_goals": [{"code": "K-1", "title": "Alle machen mit."}]})
    )
    assert after.dimensions["herkunft"].member("deutsch").title == "Deutsche Staatsangehörige"
    assert [after.goal_title(code) for code in ("B-1", "B-1.1", "B-1.2", "K-1")] == [
        "Leitziel", "Neu", "Neu", "Alle machen mit."
    ]  # fmt: skip
    assert {field.code: field.title for field in after.fields} == {"B": "Bildung und Betreuung", "K": "Kultur"}


def test_what_is_gone_is_told(texts):
    with pytest.raises(EditError, match="B-99"):
        changed(texts, Place("indicators", "B-99"), {"title": "x"})


def test_sub_goals_and_approaches_are_added_below_their_guiding_goal(texts):
    texts = added(texts, Place("sub_goals", "B-1.9", "B-1"), "", {"title": "Neu", "valid_from": "2027"})
    texts = added(texts, Place("approaches", "B-1.a", "B-1"), "", {"title": "Lotsinnen"})
    texts = changed(texts, Place("approaches", "B-1.a", "B-1"), {"text": "Sie sprechen Familien an."})
    texts = changed(texts, Place("guiding_goals", "B-1.9"), {"earlier": [{"valid_to": "2027-06-30", "title": "Alt"}]})
    [guiding] = [one for one in load_texts(texts).field("B").guiding_goals if one.code == "B-1"]
    goal, [approach] = guiding.sub_goals[-1], guiding.approaches
    assert (goal.code, goal.title, goal.earlier[0].title) == ("B-1.9", "Neu", "Alt")
    assert (approach.code, approach.title, approach.text) == ("B-1.a", "Lotsinnen", "Sie sprechen Familien an.")
