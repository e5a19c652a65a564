"""A form for one kind of definition: its fields, and from what is typed to what is to be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indicators.boards.definition_inputs import Input, InputError, Typed
from indicators.catalogue import Catalogue
from indicators.catalogue.concept import goal_codes
from indicators.catalogue.editing import BELOW, Place, plain

Model = object


@dataclass(frozen=True)
class Group:
    """Fields that belong together under one heading."""

    title: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Form:
    """One kind of definition: `section` is where they stand, `sheet` its name in the workbook, `entries` gives place,
    name and model of each."""

    word: str
    sheet: str
    section: str
    groups: tuple[Group, ...]
    entries: Callable[[Catalogue], Mapping[Place, tuple[str, Model]]]
    renames: bool = False
    copies: bool = True
    blank: Callable[[], Model] | None = None
    """What a new one begins with; None where there is none from scratch."""
    coded: bool = True
    """Whether its definitions have codes; the city has none."""
    owned: bool = False
    """Whether a new one belongs to a field, a goal or a dimension, which is asked."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(one for group in self.groups for one in group.inputs)


def written(form: Form, model: Model, typed: Mapping[str, Typed]) -> tuple[dict[str, object], dict[str, str]]:
    """What was typed otherwise than it stands in the model, as the file has it; and what cannot be read, by field."""
    values: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for one in form.inputs:
        if one.name not in typed or typed[one.name] == one.shown(getattr(model, one.name)):
            continue
        try:
            values[one.name] = one.written(typed[one.name])
        except InputError as error:
            wrong[one.name] = str(error)
    return values, wrong


def written_anew(form: Form, typed: Mapping[str, Typed]) -> tuple[dict[str, object], dict[str, str]]:
    """Everything that a new definition says, and what cannot be read, by field."""
    assert form.blank is not None
    values, wrong = written(form, form.blank(), typed)
    for one in form.inputs:
        if not one.optional and one.name not in values and one.name not in wrong:
            try:
                values[one.name] = one.written(typed[one.name])
            except InputError as error:
                wrong[one.name] = str(error)
    return values, wrong


def owners(form: Form, catalogue: Catalogue) -> Mapping[str, str]:
    """To what a new definition of this kind may belong, where that has to be asked: fields, goals or dimensions."""
    if not form.owned:
        return {}
    if form.section == "dimensions":
        return {code: axis.title for code, axis in catalogue.dimensions.items()}
    fields = {one.code: f"{one.code} {one.title}" for one in catalogue.fields}
    guiding = {goal.code: f"{goal.code} {goal.title}" for field in catalogue.fields for goal in field.guiding_goals}
    if form.section == "approaches":
        return guiding
    # a goal of a field is a Leitziel, one of a Leitziel a Teilziel
    return fields | guiding if form.section == "guiding_goals" else fields


def new_place(form: Form, code: str, owner: str, catalogue: Catalogue) -> Place:
    """Where a new definition stands that belongs to `owner`: a goal may lie below a field or a guiding goal."""
    if not form.owned or not owner:
        return Place(form.section, code)
    if form.section == "guiding_goals" and owner not in {one.code for one in catalogue.fields}:
        return Place("sub_goals", code, owner)
    return Place(form.section, code, owner if form.section in BELOW else "")


def owner_of(place: Place, catalogue: Catalogue, figures: Mapping[str, str]) -> str:
    """The field, goal or dimension that a definition belongs to; of base figures the files say it (`owners_in`)."""
    above = catalogue.concept.above.get(place.code) if place.section == "guiding_goals" else ""
    return place.within or above or figures.get(place.code) or field_of_goal(catalogue, place.code)


def owners_in(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Base figure → the field in whose file it stands."""
    documents = [plain(text) for name, text in texts.items() if "field:" in text]
    return {
        str(one["code"]): str(document["field"])
        for document in documents
        for one in (*(document.get("base_figures") or ()), *(document.get("derived_figures") or ()))
    }


def field_of_goal(catalogue: Catalogue, goal: str) -> str:
    """The code of the field that a goal belongs to; empty for none."""
    found = (one.code for one in catalogue.fields if goal in goal_codes(one))
    return next(found, "")
