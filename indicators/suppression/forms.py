"""Numbers of persons that nobody delivered and that formulas form: what a difference leaves, what a share leaves over.

`kinder - kita`, `100 * kita / kinder` and `100 - 100 * kita / kinder` all speak of the children who are not cared for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.catalogue import Catalogue, Indicator
from indicators.catalogue.linear import quotients, whole_numbers
from indicators.observations import counts_alone


@dataclass(frozen=True)
class Form:
    """A signed sum of base figures in the periods of one kind.

    `alone`: counts since January are taken as what came since the period before. `left_over`: nobody writes it down,
    it is what a denominator leaves; where it is less than nothing, the numerator is no part of the denominator.
    """

    kind: int
    terms: tuple[tuple[str, int], ...]
    alone: bool = False
    left_over: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.terms)


def forms(catalogue: Catalogue) -> tuple[Form, ...]:
    """Of every formula, and of every family of numerators that have the same denominator.

    The family matters where its figures make up the denominator together: pupils by type of school.
    """
    found = [form for indicator in catalogue.indicators.values() for form in _of_indicator(catalogue, indicator)]
    return tuple(dict.fromkeys([*found, *_families(catalogue, found)]))


def _of_indicator(catalogue: Catalogue, indicator: Indicator) -> Iterator[Form]:
    figures = catalogue.base_figures
    alone = any(counts_alone(indicator, figures[name]) for name in indicator.expression.names)
    kind = int(indicator.frequency.kind)
    for quotient in quotients(indicator.expression):
        above, below = whole_numbers(quotient.above), whole_numbers(quotient.below)
        written = [(above, False), (below, False)]
        for part in _as_parts(above) if below else ():
            left = {name: below.get(name, 0) - part.get(name, 0) for name in {**below, **part}}
            written.append((left, True))
        for factors, left_over in written:
            terms = tuple((name, factor) for name, factor in factors.items() if factor)
            countable = all(catalogue.unit_of(figures[name]).adds_up for name, _ in terms)
            if countable and (len(terms) > 1 or (terms and alone and figures[terms[0][0]].kind == "cumulative")):
                yield Form(kind, terms, alone, left_over)


def _as_parts(above: Mapping[str, int]) -> list[Mapping[str, int]]:
    """A numerator as a number of persons: which way round a difference is written says nothing."""
    turned = {name: -factor for name, factor in above.items()}
    return [way for way in (above, turned) if any(factor > 0 for factor in way.values())]


def _families(catalogue: Catalogue, single: list[Form]) -> Iterator[Form]:
    members: dict[tuple[str, int, bool, str], list[str]] = {}
    for form in single:
        wholes = [name for name, factor in form.terms if factor > 0]
        parts = [name for name, factor in form.terms if factor < 0]
        if form.left_over and len(wholes) == len(parts) == 1 and (family := catalogue.base_figure(parts[0]).family):
            members.setdefault((wholes[0], form.kind, form.alone, family), []).append(parts[0])
    for (whole, kind, alone, _), found in members.items():
        parts = list(dict.fromkeys(found))
        if len(parts) > 1:
            yield Form(kind, ((whole, 1), *((part, -1) for part in parts)), alone, left_over=True)
