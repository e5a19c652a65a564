"""What is valid beside a delivery: the values that its own are compared with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.figures import kept
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.model import Breakdown, Finding, Severity, Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store

NumberKey = tuple[str, str, Breakdown, Period]
"""Base figure, reporter, breakdown and period."""


def earlier(store: Store, catalogue: Catalogue, reading: Reading) -> dict[NumberKey, float]:
    """The reporter's own valid values: of the periods around, and of the base figures beside the delivered ones."""
    beside = {
        Slice(name, piece.reporter, piece.period)
        for piece in reading.covers
        for indicator in catalogue.indicators_from(piece.subject)
        for name in indicator.expression.names
    }
    around = {
        Slice(piece.subject, piece.reporter, period)
        for piece in reading.covers
        for period in (piece.period.year_before, piece.period.previous, piece.period.next)
    }
    own = set(reading.covers)
    inherited = _inherited(store, catalogue, around - own)
    return {**inherited, **numbers(store, (beside | around) - own)}


def _inherited(store: Store, catalogue: Catalogue, around: set[Slice]) -> dict[NumberKey, float]:
    """What is stored for the same count under another name, as if it were the reporter's own.

    Whose numbers these are must be said (`follows`): whoever alone is named today need not know those of others.
    """
    heirs = _other_names(store, catalogue, around)
    others = {
        piece: [one for one in found if one.reporter in {piece.reporter, *catalogue.followed_by(piece.reporter)}]
        for piece, found in heirs.items()
    }
    owners = {source: piece for piece, sources in others.items() for source in sources}
    return {
        (owners[source].subject, owners[source].reporter, breakdown, period): number
        for (figure, reporter, breakdown, period), number in numbers(store, owners).items()
        if (source := Slice(figure, reporter, period)) in owners
    }


def _other_names(store: Store, catalogue: Catalogue, pieces: Iterable[Slice]) -> dict[Slice, list[Slice]]:
    """For each slice those of the same count: under a code that the base figure had, by who was there before.

    Of a base figure that one reporter delivers, all that anyone ever delivered is its past.
    """
    wanted = [piece for piece in pieces if piece.subject in catalogue.base_figures]
    codes = {piece.subject: _codes(catalogue, piece.subject) for piece in wanted}
    stored = kept.who_delivered(store, {code for found in codes.values() for code in found})
    names: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for piece in wanted:
        own = piece.subject, piece.reporter
        if own not in names:
            before = {piece.reporter, *catalogue.followed_by(piece.reporter)}
            alone = catalogue.base_figure(piece.subject).reporters == (piece.reporter,)
            names[own] = [
                (code, reporter)
                for code, reporter in stored
                if code in codes[piece.subject] and (alone or reporter in before) and (code, reporter) != own
            ]
    return {
        piece: [Slice(code, reporter, piece.period) for code, reporter in names[piece.subject, piece.reporter]]
        for piece in wanted
    }


def _codes(catalogue: Catalogue, code: str) -> tuple[str, ...]:
    return code, *catalogue.base_figure(code).formerly


def overlaps(store: Store, catalogue: Catalogue, reading: Reading) -> Iterator[Finding]:
    """Two have delivered the same count for the same period: only one of them counts, never their sum."""
    others = _other_names(store, catalogue, reading.covers)
    valid = valid_deliveries(store, {one for found in others.values() for one in found})
    told: dict[tuple[str, str, str], list[Slice]] = defaultdict(list)
    for piece, found in others.items():
        for one in found:
            if one in valid:
                told[piece.subject, one.subject, one.reporter].append(one)
    for (figure, code, reporter), slices in told.items():
        periods = german.enumeration([piece.period.short_label for piece in sorted(slices, key=lambda p: p.period)])
        under = f" unter dem Kürzel „{code}“" if code != figure else ""
        yield Finding(
            "overlapping-reporters",
            Severity.WARNING,
            f"„{catalogue.figure_name(figure)}“ hat {catalogue.reporter_name(reporter)} für {periods} schon geliefert"
            f"{under}. Gezählt wird dann nur diese Lieferung, nie beides zusammen.",
            "Bitte prüfen, ob dieselben Zahlen gemeint sind, und das als Grund nennen.",
        )
    heirs = {piece: catalogue.heir_of(piece.reporter) for piece in reading.covers}
    theirs = {Slice(p.subject, heir, p.period) for p, heir in heirs.items() if heir != p.reporter}
    for piece in sorted(valid_deliveries(store, theirs), key=lambda p: (p.subject, p.period)):
        yield Finding(
            "overlapping-reporters",
            Severity.ERROR,
            f"„{catalogue.figure_name(piece.subject)}“ hat für {piece.period.label} schon "
            f"{catalogue.reporter_name(piece.reporter)} geliefert, die diese Zahlen weiterführt.",
            "Bitte klären, wer für diesen Zeitraum meldet; die andere Lieferung wird zurückgezogen.",
        )


def numbers(store: Store, slices: Iterable[Slice]) -> dict[NumberKey, float]:
    """Valid numbers of the slices; a sign is no number."""
    return {
        (key.base_figure, key.reporter, key.breakdown, key.period): one.content.value
        for key, one in kept.valid(store, slices, FOREVER).items()
        if one.content.value is not None
    }
