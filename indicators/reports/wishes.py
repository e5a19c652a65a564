"""What a report is asked to hold, and which chapters that makes."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators import german
from indicators.catalogue import ActionField, Catalogue, Indicator
from indicators.errors import MonitoringError
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.reports.report import Kind, Part


@dataclass(frozen=True)
class Wish:
    """What a report is asked to hold: a kind, and perhaps only some fields or indicators, in the order given.

    Without either it holds all fields of the catalogue."""

    kind: Kind = Kind.FULL
    fields: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


def selected(
    snapshot: Snapshot, wish: Wish, measures: Sequence[Measure] = ()
) -> list[tuple[ActionField, list[Indicator]]]:
    """The chapters in order, each with its indicators; a field has one too where the city does something in it and the
    kind tells of that. Raises MonitoringError where there is nothing to tell."""
    catalogue = snapshot.catalogue
    known = {field.code: field for field in catalogue.fields}
    fields = [code for code in wish.fields if code not in known]
    codes = [code for code in wish.indicators if code not in catalogue.indicators]
    if fields or codes:
        raise MonitoringError(f"Das kennt der Katalog nicht: {german.enumeration([*fields, *codes])}.")
    if wish.indicators:
        chosen = [catalogue.indicator(code) for code in dict.fromkeys(wish.indicators)]
        fields = list(dict.fromkeys(one.field for one in chosen))
        by_field = {code: [one for one in chosen if one.field == code] for code in fields}
    else:
        wanted = tuple(dict.fromkeys(wish.fields)) or tuple(known)
        by_field = {code: list(catalogue.indicators_of(code)) for code in wanted}
    if Part.ONLY_JUDGED in wish.kind.parts:
        by_field = {code: [one for one in chosen if snapshot.judgements[one.code]] for code, chosen in by_field.items()}
    told = measures if Part.MEASURES in wish.kind.parts and not wish.indicators else ()
    busy = {code for one in told for code in one.codes("field")}
    found = [(known[code], chosen) for code, chosen in by_field.items() if chosen or code in busy]
    if not found and (wish.fields or not told):
        raise MonitoringError("In dieser Auswahl ist keine Kennzahl, die der Bericht zeigen könnte.")
    return found


def subtitle(catalogue: Catalogue, wish: Wish) -> str:
    if wish.indicators:
        return "Auswahl: " + german.enumeration(list(dict.fromkeys(wish.indicators)))
    if wish.fields:
        return german.enumeration([f"{code} {catalogue.field(code).title}" for code in dict.fromkeys(wish.fields)])
    return "Stand der Ziele und Kennzahlen in allen Handlungsfeldern"
