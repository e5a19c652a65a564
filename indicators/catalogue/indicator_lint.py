"""Checks of one indicator against everything around it: formula, units, breakdowns, targets."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from indicators.catalogue.concept import Approach, goal_codes
from indicators.catalogue.derivation import clashes, cycles, expand
from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault, did_you_mean
from indicators.catalogue.formula import Formula
from indicators.catalogue.frequency import coarsest
from indicators.catalogue.indicator import IndicatorEntry
from indicators.catalogue.schema import BaseFigure
from indicators.catalogue.target_lint import target_faults
from indicators.model import Breakdown


def indicator_faults(draft: Draft, entry: Entry[IndicatorEntry], methods: Collection[str] | None) -> Iterator[Fault]:
    """All faults of one indicator; those of the formula's units only when its names are all known."""
    yield from _references(draft, entry)
    formula = Formula.parse(entry.model.formula)
    derived = {code: Formula.parse(found.model.formula) for code, found in draft.derived.items()}
    if cycles(derived):
        return
    formula = formula.expanded(expand(derived))
    unknown = [name for name in formula.names if name not in draft.base_figures]
    for name in unknown:
        if name not in draft.spoilt:
            known = [*draft.base_figures, *derived]
            yield entry.fault("formula", f"Die Grundzahl „{name}“ ist nicht definiert.", did_you_mean(name, known))
    if not formula.names:
        yield entry.fault("formula", "Die Formel enthält keine Grundzahl.", "Mindestens eine Grundzahl verwenden.")
    if not unknown:
        figures = {name: draft.base_figures[name].model for name in formula.names}
        yield from _units(draft, entry, formula, figures)
        yield from _frequencies(entry, figures)
        yield from _breakdowns(draft, entry, figures.values())
    yield from target_faults(draft, entry, methods)


def _references(draft: Draft, entry: Entry[IndicatorEntry]) -> Iterator[Fault]:
    indicator = entry.model
    if indicator.unit not in draft.units and indicator.unit not in draft.spoilt:
        message = f"Die Einheit „{indicator.unit}“ ist nicht definiert."
        yield entry.fault("unit", message, did_you_mean(indicator.unit, draft.units))
    field = draft.fields.get(entry.owner)
    if field is not None:
        goals = goal_codes(field.model)
        if indicator.goal not in goals:
            message = f"Das Ziel „{indicator.goal}“ gibt es im Handlungsfeld {entry.owner} nicht."
            yield entry.fault("goal", message, did_you_mean(indicator.goal, goals))
    yield from _concept(draft, entry)


def _concept(draft: Draft, entry: Entry[IndicatorEntry]) -> Iterator[Fault]:
    """Goals of before and approaches may stand in any field; while one of these has faults, nothing is missed there."""
    if not all(one.owner in draft.fields for one in draft.indicators.values()):
        return
    fields = [found.model for found in draft.fields.values()]
    goals = [code for field in fields for code in goal_codes(field)]
    approaches = [part.code for field in fields for part in field.parts if isinstance(part, Approach)]
    before = list(entry.model.earlier_goals)
    for number, earlier in enumerate(before):
        where = ("earlier_goals", number)
        if earlier.goal not in goals:
            yield entry.fault(where, f"Das Ziel „{earlier.goal}“ gibt es nicht.", did_you_mean(earlier.goal, goals))
        if earlier.valid_to.end in [one.valid_to.end for one in before[:number]]:
            yield entry.fault(where, "Zwei frühere Ziele enden am selben Tag.", "Einen der Tage ändern.")
    for number, code in enumerate(entry.model.approaches):
        if code not in approaches:
            message = f"Den Handlungsansatz „{code}“ gibt es nicht."
            yield entry.fault(("approaches", number), message, did_you_mean(code, approaches))


def _units(
    draft: Draft, entry: Entry[IndicatorEntry], formula: Formula, figures: Mapping[str, BaseFigure]
) -> Iterator[Fault]:
    unit = draft.units.get(entry.model.unit)
    if unit is None:
        return
    for clash in clashes(formula, {name: figure.unit for name, figure in figures.items()}):
        if clash.divided and unit.model.ratio:
            continue
        verb = "geteilt durch" if clash.divided else "und"
        message = f"Verschiedene Einheiten: {clash.left} ({clash.left_unit}) {verb} {clash.right} ({clash.right_unit})."
        remedy = "Gleiche Einheiten verwenden; geteilt werden darf nur bei einer Einheit mit ratio: true („je …“)."
        yield entry.fault("formula", message, remedy)
    if unit.model.percentage:
        yield from _percentage(draft, entry, formula, figures.values())


def _percentage(
    draft: Draft, entry: Entry[IndicatorEntry], formula: Formula, figures: Iterable[BaseFigure]
) -> Iterator[Fault]:
    rates = [figure for figure in figures if figure.unit in draft.units and draft.units[figure.unit].model.percentage]
    if not formula.divides and len(rates) < len(formula.names):
        message = "Eine Prozentzahl braucht einen Nenner."
        yield entry.fault("formula", message, "Schreiben: 100 * Zähler / Nenner.")
    if formula.ratio and not rates and formula.ratio.factor != 100:
        message = f"Für Prozent wird mit 100 malgenommen, hier mit {formula.ratio.factor:g}."
        yield entry.fault("formula", message, "Schreiben: 100 * Zähler / Nenner.")


def _frequencies(entry: Entry[IndicatorEntry], figures: Mapping[str, BaseFigure]) -> Iterator[Fault]:
    found = tuple(figure.frequency for figure in figures.values())
    if found and coarsest(found) is None:
        titles = ", ".join(f"{name} {figure.frequency.word}" for name, figure in figures.items())
        message = f"Kalender-, Schul- und Kita-Jahre lassen sich nicht verrechnen ({titles})."
        yield entry.fault("formula", message, "Grundzahlen mit gleichem Jahresbeginn verwenden.")


def _breakdowns(draft: Draft, entry: Entry[IndicatorEntry], figures: Iterable[BaseFigure]) -> Iterator[Fault]:
    indicator, figures = entry.model, list(figures)
    wanted: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = [
        *((("breakdowns", number), (dimension,)) for number, dimension in enumerate(indicator.breakdowns)),
        (("headline",), tuple(dimension for dimension, _ in indicator.headline.members)),
        (("compare",), (draft.comparison,) if indicator.compare else ()),
    ]
    for path, axes in wanted:
        for axis in axes:
            lacking = [figure.code for figure in figures if axis not in figure.dimensions]
            if axis not in draft.dimensions:
                message = f"Das Merkmal „{axis}“ ist nicht definiert."
                yield entry.fault(path, message, did_you_mean(axis, draft.dimensions))
            elif lacking:
                message = f"Nach „{axis}“ wird nicht geliefert: {', '.join(lacking)}."
                yield entry.fault(path, message, f"Bei diesen Grundzahlen unter dimensions ergänzen: {axis}.")
    yield from unknown_members(draft, entry, ("headline",), indicator.headline)
    for number, area in enumerate(indicator.compare):
        yield from unknown_members(draft, entry, ("compare", number), Breakdown.of(**{draft.comparison: area}))


def unknown_members(
    draft: Draft, entry: Entry[IndicatorEntry], path: tuple[str | int, ...], breakdown: Breakdown
) -> Iterator[Fault]:
    for dimension, code in breakdown.members:
        found = draft.dimensions.get(dimension)
        members = [member.code for member in found.model.members] if found else []
        if found and code not in members:
            message = f"„{code}“ ist keine Ausprägung des Merkmals „{dimension}“."
            yield entry.fault(path, message, did_you_mean(code, members))
