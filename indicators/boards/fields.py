"""The fields of things that go on, as readers see them: one by one, and as the columns of a list. Pure."""

from collections.abc import Iterable, Sequence

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.fields import CodesOf, Field, FieldKind
from indicators.figures.figure import Cell
from indicators.knowledge.holding import Holding
from indicators.model import Sign


def title_of(catalogue: Catalogue, field: Field, code: str) -> str:
    """„B-01 Betreuungsquote“, of a district its name; a code that is no longer defined stands for itself."""
    titles = field.of.titles(catalogue) if field.of else {}
    if field.of is CodesOf.DISTRICT:
        return titles.get(code, code)
    return f"{code} {titles[code]}" if code in titles else code


def said(field: Field, one: Holding, catalogue: Catalogue) -> str:
    """A field as readers see it."""
    value = one.values.get(field.code)
    if value is None:
        return ""
    if isinstance(value, Sign):
        return german.sign(value)
    if field.of is not None:
        return "; ".join(title_of(catalogue, field, code) for code in one.codes(field.code))
    if field.code == "approach":
        named = [part.strip() for part in one.text(field.code).split(";")]
        return "; ".join(f"{part} {catalogue.approaches.get(part, '')}".strip() for part in named)
    return field.text(value)


def filled(fields: Iterable[Field], one: Holding, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Title and text of the fields that are not empty."""
    texts = [(field.title, _with_unit(field, said(field, one, catalogue))) for field in fields]
    return [(title, text) for title, text in texts if text]


def said_with_unit(field: Field, one: Holding) -> str:
    """A field that names nothing of the catalogue, with its unit."""
    value = one.values.get(field.code)
    return "" if value is None or isinstance(value, Sign) else _with_unit(field, field.text(value))


def _with_unit(field: Field, text: str) -> str:
    return f"{text} Euro" if text and field.kind is FieldKind.MONEY else text


def columns(fields: Iterable[Field], found: Sequence[Holding], catalogue: Catalogue) -> dict[str, list[Cell]]:
    """A column a field, a row an entry; numbers are numbers."""
    return {
        field.title: [one.values.get(field.code) if field.is_number else said(field, one, catalogue) for one in found]
        for field in fields
    }


def places(fields: Iterable[Field], found: Sequence[Holding]) -> dict[tuple[int, str], int]:
    """The decimals of each number in such columns: its own."""
    return {
        (row, field.title): field.decimals_of(number)
        for field in fields
        if field.is_number
        for row, one in enumerate(found)
        if (number := one.number(field.code)) is not None
    }
