"""The forms of cities for papers that go to committees: data in `forms/`, one file a city."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from indicators.knowledge.paper_drafts import Part

FOLDER = Path(__file__).parent / "forms"
NEUTRAL = "neutral"


class Filling(StrEnum):
    """What stands in a block without anybody writing it in Word."""

    SUBJECT = "subject"
    NUMBER = "number"
    CONSULTATIONS = "consultations"
    PROPOSAL = "proposal"
    REASONS = "reasons"
    EFFECTS = "effects"


@dataclass(frozen=True)
class Choice:
    """Something to be ticked: a question (or none) and its answers; `reason` asks for one in words beside."""

    title: str
    answers: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Block:
    """What the form asks for under one heading: what is known (`filling`), what is to be ticked, what is to be
    written (`fields`)."""

    title: str
    filling: Filling | None = None
    choices: tuple[Choice, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """`kind` is what such a paper is called; `parts` what the city calls that which a committee does with it."""

    code: str
    title: str
    kind: str
    parts: Mapping[Part, str]
    blocks: tuple[Block, ...]


@cache
def forms() -> Mapping[str, Form]:
    """By code; the neutral one first."""
    found = [_form(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {one.code: one for one in sorted(found, key=lambda one: (one.code != NEUTRAL, one.title))}


def _form(path: Path) -> Form:
    raw: dict[str, Any] = YAML(typ="safe").load(path)
    parts = {Part(part): str(word) for part, word in raw["parts"].items()}
    return Form(path.stem, raw["title"], raw["kind"], parts, tuple(_block(one) for one in raw["blocks"]))


def _block(raw: dict[str, Any]) -> Block:
    choices = tuple(
        Choice(one.get("title", ""), tuple(one["answers"]), one.get("reason", "")) for one in raw.get("choices", ())
    )
    filling = Filling(raw["filling"]) if "filling" in raw else None
    return Block(raw["title"], filling, choices, tuple(raw.get("fields", ())))
