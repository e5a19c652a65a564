"""What `check` demands beside what is needed to read the definitions: words that protect small numbers.

Kept versions of the definitions were written before such a demand and are read all the same.
"""

from collections.abc import Iterator
from math import inf

from indicators.catalogue.ages import speaks_of_ages, suggested_ages
from indicators.catalogue.derivation import cycles, expand
from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault
from indicators.catalogue.formula import Formula
from indicators.catalogue.frequency import Frequency, coarsest
from indicators.catalogue.indicator import Cumulative, IndicatorEntry
from indicators.catalogue.schema import BaseFigure, Dimension, FigureKind


def demands(draft: Draft) -> Iterator[Fault]:
    """What is left unsaid, or said without effect."""
    for dimension in draft.dimensions.values():
        yield from _ages(dimension)
    for figure in draft.base_figures.values():
        yield from _threshold(draft, figure)
    derived = {code: Formula.parse(found.model.formula) for code, found in draft.derived.items()}
    for indicator in () if cycles(derived) else draft.indicators.values():
        names = Formula.parse(indicator.model.formula).expanded(expand(derived)).names
        if all(name in draft.base_figures for name in names):
            yield from _counts_since_january(indicator, [draft.base_figures[name].model for name in names])


def _ages(entry: Entry[Dimension]) -> Iterator[Fault]:
    for number, member in enumerate(entry.model.members):
        if member.ages is not None or not speaks_of_ages(entry.model, member):
            continue
        if span := suggested_ages(entry.model, member):
            to = "null" if span[1] == inf else f"{span[1]:g}"
            remedy = f"Ergänzen, wenn das gemeint ist: ages: [{span[0]:g}, {to}] (von … bis unter …)."
        else:
            remedy = "Ergänzen: ages: [von, bis unter], zum Beispiel [0, 18] oder [65, null]."
        message = f"„{member.title}“ liest sich als Altersgruppe; von welchem bis unter welches Alter, steht nicht da."
        yield entry.fault(("members", number), message, f"{remedy} Ist kein Alter gemeint: ages: [].")


def _threshold(draft: Draft, entry: Entry[BaseFigure]) -> Iterator[Fault]:
    unit = draft.units.get(entry.model.unit)
    if entry.model.rounding_base and unit and not unit.model.adds_up:
        message = f"Gerundet werden Anzahlen; „{unit.model.title}“ ist keine."
        yield entry.fault("protect", message, "protect: round streichen oder Zähler und Nenner liefern lassen.")
    if entry.model.rounding_base and entry.model.suppress_below:
        message = "Diese Grundzahl wird gerundet; ein Schwellenwert bewirkt daneben nichts."
        yield entry.fault("suppress_below", message, "suppress_below streichen oder protect: round.")
    if entry.model.suppress_below and unit and not unit.model.adds_up:
        message = (
            f"Ein Schwellenwert bewirkt bei „{unit.model.title}“ nichts: Hinter einer fertigen Quote stehen Personen, "
            "deren Zahl hier niemand kennt."
        )
        remedy = "Zähler und Nenner als Grundzahlen liefern lassen oder suppress_below streichen."
        yield entry.fault("suppress_below", message, remedy)


def _counts_since_january(entry: Entry[IndicatorEntry], figures: list[BaseFigure]) -> Iterator[Fault]:
    indicator = entry.model
    since = [figure.code for figure in figures if figure.kind is FigureKind.CUMULATIVE]
    frequency = indicator.frequency or coarsest(tuple(figure.frequency for figure in figures)) or Frequency.YEARLY
    if frequency.parts_per_year == 1:
        return  # the count of the whole year is the count since January
    if since and indicator.cumulative is None:
        message = (
            f"Die Formel rechnet {frequency.word} mit Zahlen seit Jahresbeginn ({', '.join(since)}) und sagt nicht, ob "
            "der Stand seit Jahresbeginn oder nur der einzelne Zeitraum gemeint ist."
        )
        remedy = "Ergänzen: cumulative: since_january (seit Jahresbeginn) oder cumulative: single_period."
        yield entry.fault("formula", message, remedy)
    if not since and indicator.cumulative is not None:
        message = "Keine Grundzahl der Formel zählt seit Jahresbeginn."
        yield entry.fault("cumulative", message, "Die Zeile cumulative streichen.")
    flows = [figure.code for figure in figures if figure.kind is FigureKind.FLOW]
    if since and flows and indicator.cumulative is Cumulative.SINCE_JANUARY:
        message = f"{', '.join(flows)} zählt den einzelnen Zeitraum, {', '.join(since)} seit Jahresbeginn."
        remedy = "Mit cumulative: single_period rechnen oder beide gleich liefern lassen."
        yield entry.fault("cumulative", message, remedy)
