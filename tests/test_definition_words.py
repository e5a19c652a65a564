"""What is wrong in the catalogue is told on the screen in German: no field, value or method by its code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.attainment import METHODS
from indicators.boards.definition_forms import FORMS
from indicators.boards.definition_forms.at_fields import on_screen
from indicators.boards.definition_inputs import Input, InputError, Kind
from indicators.catalogue import Fault, Frequency, GapMode, IndicatorKind, RuleDefinition
from indicators.catalogue.schema import BaseFigure, Protection
from indicators.periods import Period
from indicators.targets import Direction

ROOM = Path(__file__).parents[1] / "indicators" / "catalogue"
CODES = {
    *BaseFigure.model_fields,
    *RuleDefinition.model_fields,
    *METHODS,
    *(str(one.value) for values in (Direction, Frequency, GapMode, IndicatorKind, Protection) for one in values),
    "follows", "valid_from", "valid_to", "breaks", "goal",
}  # fmt: skip


def sentences() -> Iterator[str]:
    """Every sentence in German that the checks of the catalogue can say, or a part of it between two values."""
    for file in ROOM.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
                yield from (
                    part.strip() for part in node.value.split("→") if re.search(r"[a-zäöü]{3,} [a-zäöü(]", part)
                )


def test_every_sentence_of_the_checks_has_no_code_on_the_screen():
    found = set(sentences())
    assert len(found) > 150
    for sentence in found:
        for fault in (Fault("x.yaml", 3, "base_figures.kinder.kind", "", sentence), *_as_message(sentence)):
            words = re.sub(r"„[^“]*“", "", on_screen(fault))
            assert not CODES & set(re.findall(r"[a-z_]+", words)), f"{sentence} => {on_screen(fault)}"


def _as_message(sentence: str) -> Iterator[Fault]:
    """Where it does not give an example of a line of a file, it may be the message itself."""
    if not re.search(r"[a-z_]{3,}: |\btrue\b|\[", sentence):
        yield Fault("x.yaml", 3, "indicators.B-01.targets", sentence)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Die Methode linear_path braucht einen Ausgangswert.", "„Linearer Zielpfad“"),
        ("als Richtung gilt aber „down“.", "„soll sinken“"),
        ("Ein Stichtag passt nur zu einem Bestand (kind: stock).", "Ein Stichtag passt nur zu einem Bestand."),
        ("Die Grundzahl „kinder_u3“ ist nicht definiert.", "„kinder_u3“"),
    ],
)
def test_codes_of_the_files_become_words(message, said):
    assert said in on_screen(Fault("a.yaml", 1, "indicators.B-01.method", message))


RULES = next(one for one in FORMS["kennzahl"].inputs if one.kind is Kind.RULES)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("direction", [None, *Direction])
def test_further_targets_are_written_and_read_in_words(method, direction):
    given = {"title": "Kurz"} | ({"direction": direction} if direction else {})
    rule = RuleDefinition(method=method, **given)
    shown = str(RULES.shown((rule,)))
    assert METHODS[method].title in shown
    assert not CODES - {"title"} & set(re.findall(r"[a-z_]+", shown.replace("Titel", "")))
    [written] = RULES.written(shown)
    assert RuleDefinition(**written) == rule


def test_codes_of_an_older_workbook_are_still_read_and_unknown_words_are_told_with_what_there_is():
    [written] = RULES.written("Titel: Kurz | Verfahren: linear_path | Richtung: down")
    assert written == {"title": "Kurz", "method": "linear_path", "direction": "down"}
    with pytest.raises(InputError, match=r"Möglich ist .*„Linearer Zielpfad“"):
        RULES.written("Verfahren: geradeaus")


def test_nobody_has_to_type_a_code_that_the_form_does_not_offer_as_words():
    """A field whose values are fixed by the program is picked, in forms and as a part of something."""
    fixed = {"method", "direction", "kind", "frequency", "cumulative", "protect", "role", "base"}

    def every(inputs: tuple[Input, ...]) -> Iterator[Input]:
        for one in inputs:
            yield from (one, *every(one.parts))

    asked = [one for form in FORMS.values() for one in every(form.inputs) if one.name in fixed]
    assert len(asked) > 8
    assert all(one.kind is Kind.PICK and one.choices for one in asked)


def test_days_are_shown_as_they_are_written_in_german():
    [ends] = [one for one in FORMS["stelle"].inputs if one.name == "valid_to"]
    shown = ends.shown(Period.parse("2025-12-31"))
    assert shown == "31.12.2025"
    assert ends.written(shown) == "2025-12-31"
    assert ends.shown(Period.parse("2026-Q3")) == "2026-Q3"
    assert ends.shown(None) == ""
