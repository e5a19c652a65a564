"""Which base values nobody but the integration office sees, and what becomes of the indicators made of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from indicators.catalogue import Catalogue, Indicator
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.observations import counts_alone
from indicators.periods import Period
from indicators.suppression.cells import Key
from indicators.suppression.equations import Relations
from indicators.suppression.history import Definitions, Version
from indicators.suppression.protection import Hiding


@dataclass(frozen=True, slots=True)
class HiddenValue:
    """One base value that is hidden, with its true number: for the integration office only.

    `small` says that it is too small itself, `betrayed` that it is so without the part of one of its reporters, who
    would subtract its own; else it is hidden because another could be computed from it.
    `safe` is False where no way was found to keep a reader from narrowing it down.
    """

    base_figure: str
    breakdown: Breakdown
    period: Period
    value: float
    small: bool
    safe: bool = True
    betrayed: bool = False

    @property
    def reason(self) -> str:
        """In German, for the office's list."""
        if self.small:
            return "Die Zahl ist zu klein."
        if self.betrayed:
            return "Eine Stelle könnte ihre eigene Zahl abziehen; was bleibt, ist zu klein."
        return "Aus ihr ließe sich eine zu kleine Zahl errechnen."


@dataclass(frozen=True)
class Hidden:
    """What is hidden. Periods made of shorter ones (a year of four quarters) are listed as their own.

    `rounding` says by base figure what its numbers are shown as a multiple of; of these none is hidden.
    """

    values: tuple[HiddenValue, ...] = ()
    rounding: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset((v.base_figure, v.breakdown.code, v.period.key) for v in self.values)

    @cached_property
    def ends(self) -> frozenset[Key]:
        """The keys with the last day of the period alone, whatever its length."""
        return frozenset((figure, breakdown, period // 10) for figure, breakdown, period in self.keys)

    @property
    def unsafe(self) -> tuple[HiddenValue, ...]:
        return tuple(value for value in self.values if not value.safe)

    def hides(self, base_figure: str, breakdown: Breakdown, period: Period) -> bool:
        return (base_figure, breakdown.code, period.key) in self.keys


NOTHING_HIDDEN = Hidden()


def decided(definitions: Definitions, versions: Iterable[Version]) -> Hidden:
    """Decides for all numbers together that were ever known, in whatever state and under whatever catalogue."""
    counts = (version for version in versions if definitions.home(version.figure) in definitions.countable)
    relations = Relations(definitions, (replace(one, figure=definitions.home(one.figure)) for one in counts))
    relations.find_sensitive()
    hiding = Hiding(relations.network)
    hiding.protect()
    return Hidden(tuple(_listed(definitions, relations, hiding)), definitions.rounding)


def _listed(definitions: Definitions, relations: Relations, hiding: Hiding) -> Iterator[HiddenValue]:
    """Each place of a table once, with the number that it held last, under every code that the figure ever had."""
    cells, network = relations.cells, relations.network
    for key in sorted({cells.keys[cell] for cell in hiding.hidden}):
        versions = set(cells.of_key[key])
        figure, breakdown, period = key
        small = bool(versions & (network.sensitive - cells.betrayed))
        betrayed = not small and bool(versions & cells.betrayed)
        safe = not versions & hiding.unprotected
        for code in definitions.codes(figure):
            yield HiddenValue(
                code,
                Breakdown.parse(breakdown),
                Period.from_key(period),
                network.value[cells.of_key[key][-1]],
                small,
                safe,
                betrayed,
            )


def apply(
    known: Mapping[str, tuple[Series, ...]], hidden: Hidden, catalogue: Catalogue
) -> dict[str, tuple[Series, ...]]:
    """The series as readers see them: a point that would give a hidden value away holds the sign for secret instead.
    One that cannot be computed does so too: a quotient without a denominator tells that this is zero.

    Flags and delivery stay. Series of indicators without hidden base values are the very same objects.
    """
    concerned = {value.base_figure for value in hidden.values}
    return {
        code: tuple(_suppressed(one, catalogue.indicator(code), hidden, catalogue) for one in series)
        if concerned & set(catalogue.indicator(code).expression.names)
        else series
        for code, series in known.items()
    }


def _suppressed(series: Series, indicator: Indicator, hidden: Hidden, catalogue: Catalogue) -> Series:
    points = tuple(
        replace(point, value=None, sign=Sign.SECRET)
        if (point.value is not None or point.sign is Sign.BLOCKED)
        and gives_away(indicator, series.breakdown, point, hidden, catalogue)
        else point
        for point in series.points
    )
    return series if points == series.points else replace(series, points=points)


def gives_away(
    indicator: Indicator, breakdown: Breakdown, point: Measurement, hidden: Hidden, catalogue: Catalogue
) -> bool:
    """Whether a value of the indicator rests on a hidden base value: in its own period, in that period's last part,
    or, of a count since January that is taken for the single period, in the last part of the period before."""
    own = point.period
    for name in indicator.expression.names:
        figure = catalogue.base_figure(name)
        if figure.kind == "flow":
            if (name, breakdown.code, own.key) in hidden.keys:
                return True
            continue
        before = counts_alone(indicator, figure) and own.part > 1
        if any((name, breakdown.code, at.key // 10) in hidden.ends for at in (own, *([own.previous] * before))):
            return True
    return False
