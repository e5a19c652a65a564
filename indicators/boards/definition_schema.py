"""What may stand in the definition files, as JSON schema for editors: made of the models that check them, with the
words of the screen beside the fields."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind, models_json_schema

from indicators.boards import definition_terms as terms
from indicators.catalogue.concept import ActionField, GuidingGoal, SubGoal
from indicators.catalogue.indicator import IndicatorEntry
from indicators.catalogue.schema import (
    BaseFigure,
    City,
    DerivedFigure,
    Dimension,
    Member,
    Reporter,
    Unit,
)

Json = dict[str, Any]
_LISTS: Mapping[str, type[BaseModel]] = {"units": Unit, "dimensions": Dimension, "reporters": Reporter}
_OF_A_FIELD: Mapping[str, type[BaseModel]] = {
    "base_figures": BaseFigure,
    "derived_figures": DerivedFigure,
    "indicators": IndicatorEntry,
}
_GOAL = {"title": "Titel", "sub_goals": "Teilziele"}
_WORDS: Mapping[type[BaseModel], Mapping[str, str]] = {
    City: terms.CITY,
    Unit: terms.UNIT,
    Dimension: {**terms.DIMENSION, "members": "Ausprägungen"},
    Member: terms.MEMBER,
    Reporter: terms.REPORTER,
    ActionField: {**terms.FIELD, "guiding_goals": "Leitziele"},
    GuidingGoal: _GOAL,
    SubGoal: _GOAL,
    BaseFigure: terms.BASE_FIGURE,
    DerivedFigure: {"title": "Titel", "formula": "Formel"},
    IndicatorEntry: terms.INDICATOR,
}


class _Quiet(GenerateJsonSchema):
    """A default that JSON cannot say is left out."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012 (pydantic wants a set)


def schema() -> Json:
    """One for all files: an editor tells by the first fields which of them it is."""
    models: list[type[BaseModel]] = [*_WORDS]
    _, whole = models_json_schema(
        [(model, "validation") for model in models], schema_generator=_Quiet, ref_template="#/$defs/{model}"
    )
    parts: Json = {name: _plain(part) for name, part in whole["$defs"].items()}
    for model, words in _WORDS.items():
        properties = parts[model.__name__]["properties"]
        for name, word in {"code": "Kürzel", **words}.items():
            if name in properties:
                properties[name] = {"title": word, **properties[name]}
    parts["IndicatorEntry"]["properties"]["headline"]["default"] = {}
    for name in ("Breakdown", "Period", "PeriodKind", "Point"):  # they are written in another way
        del parts[name]
    figure = parts["BaseFigure"]
    figure["properties"]["department"] = figure["properties"]["reporters"]
    figure["required"].remove("reporters")
    figure["anyOf"] = [{"required": ["reporters"]}, {"required": ["department"]}]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Definitionen des Integrationsmonitorings",
        "anyOf": [{"$ref": "#/$defs/City"}, *map(_list_of, _LISTS), _field_file(parts["ActionField"])],
        "$defs": parts,
    }


def _plain(part: Any) -> Any:
    """Without what pydantic adds of its own: titles made of names, and sentences for those who write code."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    named = "properties" in part or "enum" in part or "type" in part or "$ref" in part or "anyOf" in part
    left = {key: one for key, one in part.items() if not (named and key in ("title", "description"))}
    return {key: _fields(one) if key == "properties" else _plain(one) for key, one in left.items()}


def _fields(properties: Json) -> Json:
    """By their names, one of which is „title“ itself."""
    return {name: _plain(one) for name, one in properties.items()}


def _entries(model: type[BaseModel]) -> Json:
    return {"anyOf": [{"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}, {"type": "null"}]}


def _list_of(section: str) -> Json:
    content = {section: _entries(_LISTS[section])}
    return {"type": "object", "properties": content, "required": [section], "additionalProperties": False}


def _field_file(head: Json) -> Json:
    """The head of a field, whose code is called „field“ there, with what belongs to it."""
    properties = {"field" if name == "code" else name: part for name, part in head["properties"].items()}
    properties |= {section: _entries(model) for section, model in _OF_A_FIELD.items()}
    required = ["field" if name == "code" else name for name in head["required"]]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
