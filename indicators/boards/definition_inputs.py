"""How a definition is typed: each field's value as text, number or choice, and back as it stands in the file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.boards.typed_values import (
    AXES_JOINED,
    InputError,
    Typed,
    as_ages,
    as_axes,
    as_breaks,
    as_day,
    as_gap,
    as_group,
    as_lines,
    as_list,
    as_members,
    as_number,
    as_past_goals,
    as_picked,
    as_point,
    as_points,
    as_text,
    as_typed,
    as_versions,
    as_wordings,
    read_ages,
    read_axes,
    read_break,
    read_day,
    read_gap,
    read_group,
    read_lines,
    read_member,
    read_number,
    read_past_goal,
    read_period,
    read_point,
    read_version,
    read_wording,
)
from indicators.catalogue import Catalogue, RuleDefinition

Choices = Callable[[Catalogue], Mapping[str, str]]
"""Code → title of what can be picked."""


__all__ = ["ABOUT_RULES", "AXES_JOINED", "Input", "InputError", "Kind", "Typed"]


class Kind(StrEnum):
    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    PICK = "pick"
    MANY = "many"
    FLAG = "flag"
    LINES = "lines"
    PERIOD = "period"
    POINT = "point"
    POINTS = "points"
    BREAKS = "breaks"
    WORDINGS = "wordings"
    PAST_GOALS = "past goals"
    GROUP = "group"
    AXES = "axes"
    DAY = "day"
    AGES = "ages"
    FORMULA = "formula"
    GAP = "gap"
    RULES = "rules"
    VERSIONS = "versions"
    MEMBERS = "members"


NARROW = {Kind.NUMBER, Kind.PICK, Kind.PERIOD, Kind.POINT, Kind.GROUP, Kind.DAY, Kind.AGES}


@dataclass(frozen=True)
class Input:
    """One field of a form. `optional` fields may be left open; `choices` are there for what is picked."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    choices: Choices | None = None
    optional: bool = True
    anew: bool = False
    """Asked only of a new definition; afterwards it has forms of its own."""

    @property
    def narrow(self) -> bool:
        """Whether two of them fit side by side."""
        return self.kind in NARROW

    def shown(self, value: object) -> Typed:
        """What the form begins with."""
        return _SHOWN.get(self.kind, as_text)(value)

    def written(self, typed: Typed) -> object:
        """What is to stand in the file; None where the field is to go. Raises InputError."""
        if self.kind is Kind.FLAG:
            return bool(typed)
        if not typed and self.kind is Kind.PICK and not self.optional:
            raise InputError("Bitte wählen Sie etwas aus.")
        if not typed:
            return None if self.optional else ([] if self.kind is Kind.MANY else "")
        return _WRITTEN.get(self.kind, as_typed)(typed)


def _rules(value: object) -> Typed:
    return "\n".join(BETWEEN_PARTS.join(_parts_of(rule)) for rule in value) if isinstance(value, tuple) else ""


def _parts_of(rule: RuleDefinition) -> Iterator[str]:
    for one in RULE_PARTS:
        shown = one.shown(getattr(rule, one.name))
        if one.name in rule.model_fields_set and shown:
            yield f"{one.label}: {'ja' if shown is True else str(shown).replace(chr(10), '; ')}"


BETWEEN_PARTS = " | "
_SHOWN: Mapping[Kind, Callable[[object], Typed]] = {
    Kind.PICK: as_picked,
    Kind.NUMBER: as_number,
    Kind.MANY: as_list,
    Kind.FLAG: bool,
    Kind.LINES: as_lines,
    Kind.POINT: as_point,
    Kind.POINTS: as_points,
    Kind.BREAKS: as_breaks,
    Kind.WORDINGS: as_wordings,
    Kind.PAST_GOALS: as_past_goals,
    Kind.GROUP: as_group,
    Kind.AXES: as_axes,
    Kind.DAY: as_day,
    Kind.AGES: as_ages,
    Kind.GAP: as_gap,
    Kind.VERSIONS: as_versions,
    Kind.MEMBERS: as_members,
    Kind.RULES: _rules,
}


RULE_PARTS = (
    Input("title", "Titel", Kind.TEXT),
    Input("method", "Verfahren", Kind.TEXT),
    Input("direction", "Richtung", Kind.TEXT),
    Input("baseline", "Ausgangswert", Kind.POINT),
    Input("targets", "Ziele", Kind.POINTS),
    Input("tolerance", "Toleranz", Kind.NUMBER),
    Input("low", "Untergrenze", Kind.NUMBER),
    Input("high", "Obergrenze", Kind.NUMBER),
    Input("yearly", "jedes Jahr neu", Kind.FLAG),
    Input("below_one_percent", "unter 1 % gemeint", Kind.FLAG),
    Input("breakdown", "Gruppe", Kind.GROUP),
    Input("gap", "Abstand", Kind.GAP),
)
ABOUT_RULES = (
    "Je Zeile ein Ziel, seine Angaben durch | getrennt: Titel: Abstand schließen | Ausgangswert: 2020: 12,0 | "
    "Ziele: 2030: 5,0. Möglich sind: " + ", ".join(one.label for one in RULE_PARTS) + "."
)


def _read_rule(line: str) -> object:
    labels = {one.label.casefold(): one for one in RULE_PARTS}
    found: dict[str, object] = {}
    for part in line.split(BETWEEN_PARTS.strip()):
        label, colon, value = part.strip().partition(":")
        one = labels.get(label.strip().casefold())
        if one is None or not colon:
            raise InputError(f"„{part.strip()}“ ist keine Angabe eines Ziels. {ABOUT_RULES}")
        typed: Typed = value.strip()
        if one.kind is Kind.FLAG:
            typed = value.strip().casefold() == "ja"
        elif one.kind is Kind.POINTS:
            typed = value.strip().replace(";", "\n")
        found[one.name] = one.written(typed)
    return found


_WRITTEN: Mapping[Kind, Callable[[Typed], object]] = {
    Kind.NUMBER: read_number,
    Kind.PERIOD: read_period,
    Kind.POINT: read_point,
    Kind.POINTS: lambda typed: [read_point(line) for line in read_lines(typed)],
    Kind.BREAKS: lambda typed: [read_break(line) for line in read_lines(typed)],
    Kind.WORDINGS: lambda typed: [read_wording(line) for line in read_lines(typed)],
    Kind.PAST_GOALS: lambda typed: [read_past_goal(line) for line in read_lines(typed)],
    Kind.LINES: read_lines,
    Kind.GROUP: read_group,
    Kind.AXES: read_axes,
    Kind.DAY: read_day,
    Kind.AGES: read_ages,
    Kind.GAP: read_gap,
    Kind.VERSIONS: lambda typed: [read_version(line) for line in read_lines(typed)],
    Kind.MEMBERS: lambda typed: [read_member(line) for line in read_lines(typed)],
    Kind.RULES: lambda typed: [_read_rule(line) for line in read_lines(typed)],
}
