"""The kinds of value that stand in the definitions: codes, periods, points, breakdowns, reference days."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    InstanceOf,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from indicators.catalogue.formula import Formula
from indicators.model import Breakdown
from indicators.periods import Period, PeriodError
from indicators.targets import Point


class Definition(BaseModel):
    """What every part of a definition file is: unchangeable, and without fields that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def _period(value: object) -> Period:
    if isinstance(value, date):
        return Period.on(value)
    try:
        return Period.parse(value)  # type: ignore[arg-type]
    except PeriodError as error:
        raise ValueError(str(error)) from error


def _point(value: Any) -> Point:
    if isinstance(value, Point):
        return value
    if not isinstance(value, dict) or set(value) != {"period", "value"}:
        raise ValueError("Hier gehören Zeitraum und Wert hin. → Schreiben: {period: 2028, value: 36.0}.")
    number = value["value"]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"„{number}“ ist keine Zahl. → Zahlen hier mit Punkt schreiben, zum Beispiel 36.5.")
    return Point(_period(value["period"]), float(number))


def _breakdown(value: Any) -> Breakdown:
    if isinstance(value, Breakdown):
        return value
    if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        raise ValueError("Hier gehört eine Gliederung hin. → Schreiben: {herkunft: auslaendisch}.")
    return Breakdown.of(**value)


def _ages(value: Any) -> tuple[float | None, ...]:
    numbers = tuple(value) if isinstance(value, list | tuple) else (None,)
    first, to = numbers if len(numbers) == 2 else (None, None)
    if numbers and (not _is_age(first) or not (to is None or (_is_age(to) and first < to))):
        message = "Hier gehören zwei Alter hin, von … bis unter …, gefunden: anderes."
        raise ValueError(f"{message} → Schreiben: [0, 18] für unter 18, [65, null] ab 65, [] für kein Alter.")
    return numbers


def _is_age(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 150


def _reference(value: Any) -> str:
    found = re.fullmatch(r"(\d{2})-(\d{2})", str(value))
    try:
        date(2023, int(found[1]), int(found[2]))  # type: ignore[index]
    except (TypeError, ValueError) as error:
        message = f"„{value}“ ist kein Stichtag. → Monat und Tag in Anführungszeichen schreiben: „03-01“ für 1. März."
        raise ValueError(message) from error
    return str(value)


def _codes(value: Any) -> Any:
    """One code may stand without brackets."""
    return [value] if isinstance(value, str) else value


def _formula(text: str) -> str:
    Formula.parse(text)
    return text


class _OneOrMore:
    """Says to editors what `_codes` does."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many, many["items"]]}


_PERIOD = {"type": ["string", "integer"]}
_POINT = {
    "type": "object",
    "properties": {"period": _PERIOD, "value": {"type": "number"}},
    "required": ["period", "value"],
    "additionalProperties": False,
}
_AGES = {"type": "array", "items": {"type": ["number", "null"]}, "maxItems": 2}

Text = Annotated[str, StringConstraints(min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
TreeCode = Annotated[str, StringConstraints(min_length=1, max_length=20)]
PeriodField = Annotated[InstanceOf[Period], BeforeValidator(_period), WithJsonSchema(_PERIOD)]
PointField = Annotated[InstanceOf[Point], BeforeValidator(_point), WithJsonSchema(_POINT)]
BreakdownField = Annotated[
    InstanceOf[Breakdown],
    BeforeValidator(_breakdown),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]
AgesField = Annotated[tuple[float | None, ...], BeforeValidator(_ages), WithJsonSchema(_AGES)]
ReferenceDay = Annotated[
    str, BeforeValidator(_reference), WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"})
]
FormulaText = Annotated[Text, AfterValidator(_formula)]
TextList = Annotated[tuple[Text, ...], BeforeValidator(_codes), _OneOrMore()]
CodeList = Annotated[tuple[Code, ...], BeforeValidator(_codes), _OneOrMore()]
