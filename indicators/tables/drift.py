"""How a department's table differs from the layout that was confirmed last: renamed, new and missing parts."""

from collections.abc import Iterator

from indicators import german
from indicators.model import Finding, Place, Severity
from indicators.periods import Period
from indicators.tables.decisions import Mapped
from indicators.tables.layouts import Layout, Remembered, fingerprint, title_of
from indicators.tables.meanings import Assignment, Kind, Origin, without_years
from indicators.tables.vocabulary import Vocabulary

UNWANTED = (Kind.LEAVE_OUT, Kind.DECORATION)


def drift(mapped: Mapped, layout: Layout, words: Vocabulary) -> Iterator[Finding]:
    """Nothing for the same layout with another year. Undecided labels are questions already and not told twice."""
    if fingerprint(mapped.table) != layout.fingerprint and title_of(mapped.table) != layout.title:
        yield Finding(
            "other-title",
            Severity.WARNING,
            "Titel der Tabelle oder Name des Blattes sind anders als beim letzten Mal; die Zuordnungen gelten weiter.",
            "Bitte prüfen, ob es dieselbe Tabelle ist, und das als Grund nennen.",
            Place(mapped.table.sheet),
        )
    fresh, gone = list(_new(mapped, layout)), list(_vanished(mapped, layout))
    for one in fresh:
        if one.is_decided and one.meaning is not None:
            yield _appeared(one, gone, mapped, words)
    continued = {one.meaning.without_period for one in fresh if one.is_decided and one.meaning}
    for lost in gone:
        if lost.meaning.kind not in UNWANTED and lost.meaning.without_period not in continued:
            yield _missing(lost, mapped, words)
    yield from _redefined(mapped, layout, words)
    yield from _dropped_periods(mapped, layout)


def _new(mapped: Mapped, layout: Layout) -> Iterator[Assignment]:
    """Labels that the confirmed layout did not have, other years aside."""
    blind = {without_years(one.label) for one in layout.labels.values()}
    for one in mapped.assignments:
        if one.key not in layout.labels and without_years(one.label) not in blind:
            yield one


def _vanished(mapped: Mapped, layout: Layout) -> Iterator[Remembered]:
    present = {one.key for one in mapped.assignments}
    blind = {without_years(one.label) for one in mapped.assignments}
    for key, one in layout.labels.items():
        if key not in present and without_years(one.label) not in blind:
            yield one


def _appeared(one: Assignment, gone: list[Remembered], mapped: Mapped, words: Vocabulary) -> Finding:
    assert one.meaning is not None
    before = next((lost for lost in gone if lost.meaning == one.meaning and lost.meaning.kind not in UNWANTED), None)
    if before is not None:
        message = (
            f"„{before.label}“ heißt jetzt „{one.label}“; die Reihe „{words.title(one.meaning)}“ wird fortgesetzt."
        )
        return Finding("renamed-label", Severity.HINT, message, "", one.place, one.label)
    message = (
        f"Neue Beschriftung „{one.label}“ ({german.counted(one.cells, 'Zelle', 'Zellen')}): {words.title(one.meaning)}."
    )
    return Finding("new-label", Severity.HINT, message, "Bitte in der Vorschau prüfen.", one.place, one.label)


def _missing(lost: Remembered, mapped: Mapped, words: Vocabulary) -> Finding:
    return Finding(
        "vanished-label",
        Severity.WARNING,
        f"Die Beschriftung „{lost.label}“ ({words.title(lost.meaning)}) kommt in der Tabelle nicht mehr vor.",
        "Bitte prüfen, ob Zeilen oder Spalten fehlen oder umbenannt sind. Wenn es stimmt, nennen Sie den Grund.",
        Place(mapped.table.sheet),
        lost.label,
    )


def _redefined(mapped: Mapped, layout: Layout, words: Vocabulary) -> Iterator[Finding]:
    """The catalogue has come to explain a label otherwise."""
    for one in mapped.assignments:
        before = layout.labels.get(one.key)
        if one.origin is Origin.EXACT and before and one.meaning and before.meaning != one.meaning:
            yield Finding(
                "other-meaning",
                Severity.WARNING,
                f"Nach dem Katalog bedeutet „{one.label}“ jetzt „{words.title(one.meaning)}“; beim letzten Mal war es "
                "etwas anderes.",
                "Bitte prüfen und das als Grund nennen, oder die Zuordnung ändern.",
                one.place,
                one.label,
            )


def _dropped_periods(mapped: Mapped, layout: Layout) -> Iterator[Finding]:
    present = {str(cell.period) for cell in mapped.table.cells}
    gone = sorted(Period.parse(text) for text in layout.periods if text not in present)
    if gone and mapped.choices.take:
        names = german.enumeration([period.short_label for period in gone])
        yield Finding(
            "dropped-periods",
            Severity.HINT,
            f"Nicht mehr in der Tabelle: {names}. Die bisherigen Werte dieser Zeiträume bleiben gültig.",
            "",
            Place(mapped.table.sheet),
        )
