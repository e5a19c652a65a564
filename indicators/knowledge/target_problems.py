"""What is wrong with a target that somebody wants to enter: told at the field of the form, in words of the screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, Fault, Indicator
from indicators.catalogue.target_check import new_faults
from indicators.knowledge.agreed import AgreedTarget, aims, with_target
from indicators.targets import Direction

LONGEST_PAPER, LONGEST_REMARK = 60, 400
FIRST_YEAR = 1990
BANDED = ("band",)


@dataclass(frozen=True)
class Problem:
    """`field` is the name of the form's field, empty for the target as a whole."""

    field: str
    message: str


def problems(catalogue: Catalogue, target: AgreedTarget, today: date) -> list[Problem]:
    """Everything that stands against a decision; `catalogue` holds the targets in force."""
    indicator = catalogue.indicators.get(target.indicator)
    if indicator is None or target.aim not in aims(indicator):
        return [Problem("", "Dieses Ziel gibt es im Katalog nicht mehr.")]
    found = [*_decision(target, today), *_target(indicator, target)]
    if found:
        return found
    changed = with_target(indicator, target)
    return list(dict.fromkeys(_in_form(fault) for fault in new_faults(catalogue, changed, METHODS)))


def is_band(indicator: Indicator, target: AgreedTarget) -> bool:
    """Whether the target is a range: its method or the indicator's direction says so."""
    own = next((rule for rule in indicator.rule_definitions if rule.title == target.aim), None)
    direction = (own.direction if own else None) or indicator.direction
    return target.wanted.method in BANDED or direction is Direction.BAND


def _decision(target: AgreedTarget, today: date) -> Iterator[Problem]:
    if target.on > today:
        yield Problem("on", "Der Tag des Beschlusses liegt in der Zukunft. Tragen Sie ihn ein, sobald beschlossen ist.")
    if target.on.year < FIRST_YEAR:
        yield Problem("on", f"Der Tag des Beschlusses liegt vor {FIRST_YEAR}. Bitte die Jahreszahl prüfen.")
    if not target.paper.strip():
        yield Problem("paper", "Bitte die Nummer der Vorlage nennen, zum Beispiel 26-0815.")
    if len(target.paper) > LONGEST_PAPER:
        yield Problem("paper", f"Die Nummer der Vorlage ist zu lang: höchstens {LONGEST_PAPER} Zeichen.")
    if len(target.remark) > LONGEST_REMARK:
        yield Problem("remark", f"Die Anmerkung ist zu lang: höchstens {LONGEST_REMARK} Zeichen.")


def _target(indicator: Indicator, target: AgreedTarget) -> Iterator[Problem]:
    wanted = target.wanted
    if is_band(indicator, target):
        return
    if indicator.direction is Direction.NONE and not target.aim:
        yield Problem("", "Für diese Kennzahl ist keine Richtung festgelegt; ein Ziel lässt sich so nicht bewerten.")
    if not wanted.targets:
        yield Problem("value", "Bitte einen Zielwert und das Jahr oder den Zeitraum nennen, bis zu dem er gilt.")
    elif wanted.targets[-1].period.end < target.on:
        yield Problem("until", f"Das Ziel ({wanted.targets[-1].period.label}) liegt vor dem Beschluss.")


_FIELDS = {"targets": "value", "baseline": "baseline", "low": "low", "high": "high", "method": "method"}
_REMEDIES = {
    "value": "Bitte Zielwert und Zwischenziele prüfen.",
    "baseline": "Bitte den Ausgangswert prüfen.",
    "method": "Bitte ein anderes Verfahren wählen.",
}


def _in_form(fault: Fault) -> Problem:
    steps = [step for step in fault.field.split(".") if step]
    if steps[:1] == ["further_rules"]:
        steps = steps[2:]
    field = _FIELDS.get(steps[0], "") if steps else ""
    return Problem(field, f"{_in_words(fault.message)} {_REMEDIES.get(field, '')}".strip())


_POINT = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![.\d])")
_WAYS = {"„up“": "„soll steigen“", "„down“": "„soll sinken“", "unter low": "unter der unteren Grenze",
         "über high": "über der oberen Grenze"}  # fmt: skip


def _in_words(message: str) -> str:
    """A fault of the definition files without their words: names of methods and directions, points in numbers."""
    for name, method in METHODS.items():
        message = re.sub(rf"(?<!\w){name}(?!\w)", f"„{method.title}“", message)
    for code, words in _WAYS.items():
        message = message.replace(code, words)
    return _POINT.sub(r"\1,\2", message)
