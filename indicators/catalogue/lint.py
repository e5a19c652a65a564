"""What the single entries cannot know: references, dates and units that must fit together."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from indicators.catalogue.concept import ActionField, Part
from indicators.catalogue.derivation import cycles
from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault, did_you_mean
from indicators.catalogue.formula import Formula
from indicators.catalogue.indicator_lint import indicator_faults
from indicators.catalogue.lasting import Lasting
from indicators.catalogue.published import group_of
from indicators.catalogue.schema import BaseFigure, Dimension, FigureKind

_SHEET = re.compile(r"[^\[\]:*?/\\']{1,31}")
_RESERVED = ("anleitung", "_vorlage", "history", "verlauf")


def semantic_faults(draft: Draft, methods: Collection[str] | None) -> Iterator[Fault]:
    """Faults between entries that are each valid by themselves."""
    yield from _city(draft)
    yield from _one_comparison(draft)
    for reporter in draft.reporters.values():
        yield from _lasting(reporter, (), reporter.model)
    yield from _renamed(draft)
    for dimension in draft.dimensions.values():
        for number, member in enumerate(dimension.model.members):
            yield from _lasting(dimension, ("members", number), member)
        yield from _twice(dimension, "members", (member.code for member in dimension.model.members))
    yield from _goals(draft)
    for figure in draft.base_figures.values():
        yield from _base_figure(draft, figure)
    yield from _sheets(draft)
    yield from _derived(draft)
    for indicator in draft.indicators.values():
        yield from indicator_faults(draft, indicator, methods)


def _lasting(entry: Entry[Any], path: tuple[str | int, ...], one: Lasting) -> Iterator[Fault]:
    if one.valid_from and one.valid_to and one.valid_to.end < one.valid_from.start:
        yield entry.fault((*path, "valid_to"), "Das Ende liegt vor dem Beginn.", "valid_from und valid_to prüfen.")
    if one.follows and one.valid_from is None:
        message = "Wer etwas fortführt (follows), braucht einen Beginn."
        yield entry.fault((*path, "follows"), message, "Bitte ergänzen: valid_from: 2025-07-01")
    if one.code in one.follows:
        yield entry.fault((*path, "follows"), "Niemand folgt auf sich selbst.", "Das eigene Kürzel streichen.")


def _renamed(draft: Draft) -> Iterator[Fault]:
    """A code of before is nobody's code now, and was only one's."""
    kinds: tuple[Mapping[str, Entry[Any]], ...] = (draft.base_figures, draft.indicators)
    for kind in kinds:
        owners: dict[str, str] = {}
        for code, entry in kind.items():
            for old in entry.model.formerly:
                if old in kind or owners.setdefault(old, code) != code:
                    message = f"Das frühere Kürzel „{old}“ gehört schon zu „{old if old in kind else owners[old]}“."
                    yield entry.fault("formerly", message, "Das Kürzel nur bei einem Eintrag nennen.")


def _one_comparison(draft: Draft) -> Iterator[Fault]:
    """Other places stand in one dimension: a breakdown speaks of one place."""
    comparing = [entry for entry in draft.dimensions.values() if entry.model.compares]
    for entry in comparing[1:]:
        message = f"Vergleichsgebiete stehen schon im Merkmal „{comparing[0].model.code}“."
        yield entry.fault("role", message, "Alle Orte in einem Merkmal führen, oder die Rolle streichen.")


def _city(draft: Draft) -> Iterator[Fault]:
    if draft.city is None:
        return
    places = draft.comparison
    areas = draft.dimensions.get(places)
    known = [member.code for member in areas.model.members] if areas else []
    for number, area in enumerate(draft.city.model.comparison_areas):
        if area not in known and places not in draft.spoilt:
            message = f"Das Vergleichsgebiet „{area}“ ist keine Ausprägung des Merkmals „{places}“."
            yield draft.city.fault(("comparison_areas", number), message, did_you_mean(area, known))


def _twice(entry: Entry[Dimension], section: str, codes: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            yield entry.fault((section, number, "code"), f"Das Kürzel „{code}“ steht doppelt.", "Eines davon ändern.")
        seen.add(code)


def _goals(draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()
    for field in draft.fields.values():
        for path, part in concept_paths(field):
            if part.code in seen:
                kind = "Den Handlungsansatz" if part.word == "Handlungsansatz" else "Das Ziel"
                yield field.fault((*path, "code"), f"{kind} „{part.code}“ gibt es schon.", "Ein anderes Kürzel wählen.")
            seen.add(part.code)
            yield from _lasting(field, path, part)
            yield from _wordings(field, path, part)


def _wordings(field: Entry[ActionField], path: tuple[str | int, ...], part: Part) -> Iterator[Fault]:
    """Each wording of before had a time of its own within that of the goal."""
    for number, one in enumerate(part.earlier):
        where, last = (*path, "earlier", number, "valid_to"), one.valid_to.end
        if last in [before.valid_to.end for before in part.earlier[:number]]:
            yield field.fault(where, "Zwei frühere Fassungen enden am selben Tag.", "Einen der Tage ändern.")
        if part.valid_from and last < part.valid_from.start:
            message = "Diese Fassung endet, bevor das Ziel beginnt."
            yield field.fault(where, message, "Den Tag oder valid_from des Ziels ändern.")
        if part.valid_to and last >= part.valid_to.end:
            message = "Diese Fassung gilt bis zum Ende des Ziels; die heutige gälte nie."
            yield field.fault(where, message, "Den Tag oder valid_to des Ziels ändern.")


def concept_paths(field: Entry[ActionField]) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    """Where each goal and approach stands, and what it is."""
    for number, guiding in enumerate(field.model.guiding_goals):
        path: tuple[str | int, ...] = ("guiding_goals", number)
        yield path, guiding
        yield from (((*path, "sub_goals", below), goal) for below, goal in enumerate(guiding.sub_goals))
        yield from (((*path, "approaches", below), one) for below, one in enumerate(guiding.approaches))


def _base_figure(draft: Draft, entry: Entry[BaseFigure]) -> Iterator[Fault]:
    figure = entry.model
    yield from _references(draft, entry)
    for number, axes in enumerate(figure.breakdowns):
        for axis in axes:
            if axis not in figure.dimensions:
                message = f"Das Merkmal „{axis}“ steht nicht unter dimensions."
                yield entry.fault(("breakdowns", number), message, f"Unter dimensions ergänzen: {axis}.")
        if len(set(axes)) < len(axes):
            yield entry.fault(("breakdowns", number), "Ein Merkmal steht doppelt.", "Eines davon streichen.")
    axes_there = {code: one.model for code, one in draft.dimensions.items()}
    for number, line in enumerate(figure.published):
        if group_of(line, figure, axes_there) is None and not draft.spoilt & set(figure.dimensions):
            message = "Die Gruppe steht nicht unter den Merkmalen dieser Grundzahl."
            yield entry.fault(("published", number), message, "Kürzel oder Titel einer Ausprägung nennen.")
    if figure.reference and figure.kind is not FigureKind.STOCK:
        message = "Ein Stichtag passt nur zu einem Bestand (kind: stock)."
        yield entry.fault("reference", message, "kind auf stock setzen oder reference streichen.")
    if not _SHEET.fullmatch(figure.sheet) or figure.sheet.lower() in _RESERVED:
        message = f"„{figure.sheet}“ kann kein Blatt einer Arbeitsmappe heißen."
        remedy = "Höchstens 31 Zeichen, ohne [ ] : * ? / \\ '."
        yield entry.fault("family" if figure.family else "code", message, remedy)


def _references(draft: Draft, entry: Entry[BaseFigure]) -> Iterator[Fault]:
    figure = entry.model
    if figure.unit not in draft.units and figure.unit not in draft.spoilt:
        message = f"Die Einheit „{figure.unit}“ ist nicht definiert."
        yield entry.fault("unit", message, did_you_mean(figure.unit, draft.units))
    for reporter in figure.reporters:
        if reporter not in draft.reporters and reporter not in draft.spoilt:
            message = f"Die meldende Stelle „{reporter}“ ist nicht definiert."
            key = "reporters" if entry.source.part((*entry.path, "reporters")) is not None else "department"
            yield entry.fault(key, message, did_you_mean(reporter, draft.reporters))
    for number, dimension in enumerate(figure.dimensions):
        if dimension not in draft.dimensions and dimension not in draft.spoilt:
            message = f"Das Merkmal „{dimension}“ ist nicht definiert."
            yield entry.fault(("dimensions", number), message, did_you_mean(dimension, draft.dimensions))


def _sheets(draft: Draft) -> Iterator[Fault]:
    """Excel takes „Kita“ and „KITA“ for the same sheet."""
    spelled: dict[str, str] = {}
    for entry in draft.base_figures.values():
        sheet = entry.model.sheet
        if spelled.setdefault(sheet.lower(), sheet) != sheet:
            message = f"„{sheet}“ und „{spelled[sheet.lower()]}“ unterscheiden sich nur in Groß- und Kleinschreibung."
            yield entry.fault("family", message, "Gleich schreiben oder anders benennen.")


def _derived(draft: Draft) -> Iterator[Fault]:
    formulas = {code: Formula.parse(entry.model.formula) for code, entry in draft.derived.items()}
    known = [*draft.base_figures, *formulas]
    for code, formula in formulas.items():
        for name in formula.names:
            if name not in known and name not in draft.spoilt:
                message = f"Die Grundzahl „{name}“ ist nicht definiert."
                yield draft.derived[code].fault("formula", message, did_you_mean(name, known))
    for way in cycles(formulas):
        message = f"Die Formel dreht sich im Kreis: {' → '.join((*way, way[0]))}."
        yield draft.derived[way[0]].fault("formula", message, "Eine der Formeln aus gelieferten Grundzahlen bilden.")
