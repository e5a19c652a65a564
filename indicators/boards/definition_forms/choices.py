"""What can be picked in a form: code → words of the screen."""

from collections.abc import Callable, Mapping
from enum import Enum

from indicators.attainment import METHODS
from indicators.boards import definition_terms as terms
from indicators.boards.definition_inputs import Input, Kind
from indicators.catalogue import Catalogue, Gap, GapMode
from indicators.model import Breakdown


def enum(*values: Enum) -> Callable[[Catalogue], Mapping[str, str]]:
    return lambda catalogue: {str(value.value): terms.plain_said(value) for value in values}


def units(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: unit.title for code, unit in catalogue.units.items()}


def goals(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {title}" for code, title in terms.goals(catalogue)}


def approaches(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {title}" for code, title in catalogue.approaches.items()}


def axes(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: axis.title for code, axis in catalogue.dimensions.items()}


def reporters(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {one.name}" for code, one in catalogue.reporters.items()}


def groups(catalogue: Catalogue) -> Mapping[str, str]:
    """The total, and every member of every dimension."""
    return {"": "Insgesamt"} | single_groups(catalogue)


def single_groups(catalogue: Catalogue) -> dict[str, str]:
    """Every member of every dimension."""
    singles = [
        Breakdown.of(**{code: member.code}) for code, axis in catalogue.dimensions.items() for member in axis.members
    ]
    return {one.code: f"{catalogue.dimensions[one.members[0][0]].title}: {catalogue.name_of(one)}" for one in singles}


def figures(catalogue: Catalogue) -> Mapping[str, str]:
    """Those that are delivered, and those that are computed."""
    known = [*catalogue.base_figures, *catalogue.derived]
    return {code: f"{catalogue.figure_name(code)} ({code})" for code in known}


def methods(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: method.title for name, method in METHODS.items()}


MOST_MEMBERS = 8
"""Of a dimension with more members, not every pair is offered."""


def gaps(catalogue: Catalogue) -> Mapping[str, str]:
    """Every two groups whose distance could be an indicator's value."""
    found: dict[str, str] = {}
    for axis in catalogue.dimensions.values():
        names = {None: "Insgesamt"} | {one.code: one.title for one in axis.members}
        pairs = [(a, b) for a in names for b in names if a and a != b] if len(names) <= MOST_MEMBERS + 1 else []
        for mode, how in ((GapMode.DIFFERENCE, "Differenz"), (GapMode.RATIO, "Verhältnis")):
            for a, b in pairs:
                gap = Gap(dimension=axis.code, of=str(a), against=b, mode=mode)
                found[gap.short] = f"{how}: {axis.title}, {names[a]} zu {names[b]}"
    return found


def areas(catalogue: Catalogue) -> Mapping[str, str]:
    """The places that a city may compare itself with."""
    axis = catalogue.dimensions.get(catalogue.comparison)
    return {one.code: one.title for one in axis.members} if axis else {}


def field(of: Mapping[str, str], name: str, kind: Kind, about: str = "", **more: object) -> Input:
    return Input(name, of[name], kind, about, **more)  # type: ignore[arg-type]


def required(of: Mapping[str, str], name: str, kind: Kind, about: str = "", **more: object) -> Input:
    return field(of, name, kind, about, optional=False, **more)
