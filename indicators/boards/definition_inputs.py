"""How a definition is typed: each field's value as text, number or choice, and back as it stands in the file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from indicators import german
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
    as_period,
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
from indicators.catalogue import Catalogue

Choices = Callable[[Catalogue], Mapping[str, str]]
"""Code → title of what can be picked."""


__all__ = ["AXES_JOINED", "Input", "InputError", "Kind", "Typed"]


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
    parts: tuple["Input", ...] = ()
    """What each entry of a list of targets consists of."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Code → word of what is picked as a part of something; in one line it is written as this word."""

    @property
    def narrow(self) -> bool:
        """Whether two of them fit side by side."""
        return self.kind in NARROW

    @property
    def nothing(self) -> Typed:
        """What stands in the field while nothing was typed."""
        return False if self.kind is Kind.FLAG else None if self.kind in (Kind.PICK, Kind.GROUP, Kind.GAP) else ""

    def shown(self, value: object) -> Typed:
        """What the form begins with."""
        if self.kind is Kind.RULES:
            return joined(self, (_parts_of(self, rule) for rule in value)) if isinstance(value, tuple) else ""
        return _SHOWN.get(self.kind, as_text)(value)

    def written(self, typed: Typed) -> object:
        """What is to stand in the file; None where the field is to go. Raises InputError."""
        if self.kind is Kind.FLAG:
            return bool(typed)
        if not typed and self.kind is Kind.PICK and not self.optional:
            raise InputError("Bitte wählen Sie etwas aus.")
        if not typed:
            return None if self.optional else ([] if self.kind is Kind.MANY else "")
        if self.kind is Kind.RULES:
            return [_written_parts(self, one) for one in blocks(self, typed)]
        return _WRITTEN.get(self.kind, as_typed)(typed)


Block = dict[str, Typed]
"""What is typed of one entry, by the name of its part."""
BETWEEN_PARTS, BETWEEN_POINTS = " | ", "; "


def joined(one: Input, found: Iterable[Block]) -> str:
    """Entries as lines: each part that says something by its label, codes as their words."""
    lines = ([_said(part, block[part.name]) for part in one.parts if block.get(part.name)] for block in found)
    return "\n".join(BETWEEN_PARTS.join(line) for line in lines if line)


def blocks(one: Input, typed: Typed) -> list[Block]:
    """The entries of such lines. Raises InputError."""
    return [_block(one, line) for line in read_lines(typed)]


def about_parts(parts: Iterable[Input]) -> str:
    """What may stand in such a line."""
    return (
        "Je Zeile ein Ziel, seine Angaben durch | getrennt: Titel: Abstand schließen | Ausgangswert: 2020: 12,0 | "
        f"Ziele: 2030: 5,0. Möglich sind: {', '.join(part.label for part in parts)}."
    )


def _said(part: Input, typed: Typed) -> str:
    text = "ja" if typed is True else str(typed)
    text = part.words.get(text, text).replace(BETWEEN_PARTS.strip(), "/")
    return f"{part.label}: {BETWEEN_POINTS.join(text.splitlines())}"


def _block(one: Input, line: str) -> Block:
    labels = {part.label.casefold(): part for part in one.parts}
    found: Block = {}
    for text in line.split(BETWEEN_PARTS.strip()):
        label, colon, value = text.strip().partition(":")
        part = labels.get(label.strip().casefold())
        if part is None or not colon:
            raise InputError(f"„{text.strip()}“ ist keine Angabe eines Ziels. {about_parts(one.parts)}")
        found[part.name] = _typed_part(part, value.strip())
    return found


def _typed_part(part: Input, text: str) -> Typed:
    if part.kind is Kind.FLAG:
        return text.casefold() == "ja"
    if part.kind is Kind.POINTS:
        return "\n".join(point.strip() for point in text.split(BETWEEN_POINTS.strip()))
    codes = {word.casefold(): code for code, word in part.words.items()} | {code: code for code in part.words}
    if not codes or not text:
        return text
    if text.casefold() not in codes:
        known = german.enumeration([f"„{word}“" for word in part.words.values()], "oder")
        raise InputError(f"„{text}“ kennt „{part.label}“ nicht. Möglich ist {known}.")
    return codes[text.casefold()]


def _parts_of(one: Input, rule: Any) -> Block:
    return {part.name: part.shown(getattr(rule, part.name)) for part in one.parts if part.name in rule.model_fields_set}


def _written_parts(one: Input, block: Block) -> object:
    return {part.name: part.written(block[part.name]) for part in one.parts if block.get(part.name)}


_SHOWN: Mapping[Kind, Callable[[object], Typed]] = {
    Kind.PICK: as_picked,
    Kind.NUMBER: as_number,
    Kind.MANY: as_list,
    Kind.FLAG: bool,
    Kind.LINES: as_lines,
    Kind.PERIOD: as_period,
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
}


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
}
