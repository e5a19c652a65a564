"""The city's rules for small numbers across its base figures: the one that most follow, and the exceptions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.boards.definition_forms.at_fields import at_fields, on_screen
from indicators.boards.definition_forms.base_figure_form import BASE_FIGURE, PROTECTION
from indicators.boards.definition_inputs import InputError, Typed
from indicators.catalogue import BaseFigure, Catalogue, Fault
from indicators.catalogue.editing import Place

APPLIES = "figures"
"""The field of an exception that says for which base figures it holds."""

Figures = Mapping[str, BaseFigure]


@dataclass
class Rule:
    """What is typed of one rule; `figures` are those that it holds for, of the common rule none is named."""

    typed: dict[str, Typed]
    figures: list[str] = field(default_factory=list)


Rules = Sequence[Rule]
"""The common rule first, then the exceptions."""


def counted(catalogue: Catalogue) -> Figures:
    """Those whose numbers can be small: of ratios that come ready no rule does anything."""
    return {code: one for code, one in catalogue.base_figures.items() if catalogue.units[one.unit].adds_up}


def rules_of(figures: Figures) -> list[Rule]:
    """The rules as they stand, the one with most base figures first; none without base figures."""
    by_rule: dict[tuple[Typed, ...], list[str]] = {}
    for code, one in figures.items():
        by_rule.setdefault(tuple(shown(one).values()), []).append(code)
    ordered = Counter({rule: len(codes) for rule, codes in by_rule.items()}).most_common()
    found = [Rule(dict(zip(_NAMES, rule, strict=True)), by_rule[rule]) for rule, _ in ordered]
    return [Rule(found[0].typed), *found[1:]] if found else []


def shown(figure: BaseFigure) -> dict[str, Typed]:
    """The rule of one base figure, as its fields show it."""
    return {one.name: one.shown(getattr(figure, one.name)) for one in PROTECTION}


def rule_for(code: str, rules: Rules) -> int:
    """The number of the rule that a base figure follows."""
    return next((number for number, rule in enumerate(rules) if code in rule.figures), 0)


Changes = Mapping[Place, Mapping[str, object]]
"""What is to be written, by base figure."""

Wrong = dict[tuple[int, str], str]
"""(rule, field) → what is wrong there."""


def unreadable(rules: Rules) -> Wrong:
    """What cannot be read, and base figures that are named twice."""
    wrong: Wrong = {}
    taken: set[str] = set()
    for number, rule in enumerate(rules):
        for one in PROTECTION:
            try:
                one.written(rule.typed[one.name])
            except InputError as error:
                wrong[number, one.name] = str(error)
        if taken & set(rule.figures):
            wrong[number, APPLIES] = "Eine Grundzahl steht schon in einer anderen Ausnahme. Bitte nur in einer nennen."
        taken |= set(rule.figures)
    return wrong


def changes(figures: Figures, rules: Rules) -> Changes:
    """What is to be written, by base figure: only what its rule says otherwise than `figures` do. Raises InputError."""
    found: dict[Place, dict[str, object]] = {}
    for code, figure in figures.items():
        typed, stands = rules[rule_for(code, rules)].typed, shown(figure)
        values = {one.name: one.written(typed[one.name]) for one in PROTECTION if typed[one.name] != stands[one.name]}
        if values:
            found[_place(code)] = values
    return found


def at_rules(codes: Iterable[str], rules: Rules, faults: Sequence[Fault]) -> tuple[Wrong, list[str]]:
    """The faults at the fields of the rule that made them, each once; and those that concern something else."""
    wrong: dict[tuple[int, str], list[str]] = {}
    left = list(faults)
    for code in codes:
        place = _place(code)
        for fault in [one for one in left if _concerns(one, place)]:
            own, _ = at_fields(BASE_FIGURE, place, [fault])
            name, text = next(iter(own.items()), ("protect", on_screen(fault)))
            said = wrong.setdefault((rule_for(code, rules), name), [])
            said += [text] if text not in said else []
            left.remove(fault)
    _, others = at_fields(BASE_FIGURE, Place("base_figures", ""), left)
    return {where: " ".join(said) for where, said in wrong.items()}, list(dict.fromkeys(others))


def _concerns(fault: Fault, place: Place) -> bool:
    """Whether it is about how this base figure is protected; one that names no field of it is about several of them."""
    head, _, name = fault.field.partition(f"{place.label}.")
    return fault.field == place.label or (not head and name in _NAMES)


def _place(code: str) -> Place:
    return Place("base_figures", code)


_NAMES = tuple(one.name for one in PROTECTION)
