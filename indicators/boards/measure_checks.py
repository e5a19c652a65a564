"""Whether measures are still current and adequate, as the units say: counted by field, and those that are not. Pure."""

from collections.abc import Sequence

from indicators import german
from indicators.catalogue import ActionField, Catalogue
from indicators.datasets.listed.fields import NO, YES
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure

KINDS = {YES: "noch aktuell", NO: "nicht mehr aktuell", "": "nicht geprüft"}


def checked_figure(found: Sequence[Measure], fields: Sequence[ActionField]) -> Figure:
    """One row a field; a measure of two fields counts in both, the last row counts each once."""
    rows = [(f"{field.code} {field.title}", [one for one in found if field.code in one.codes("field")])
            for field in fields]  # fmt: skip
    rows = [(name, own) for name, own in rows if own] + ([("Insgesamt", list(found))] if found else [])
    counts: dict[str, list[Cell]] = {
        title: [float(sum(one.text("current") == said for one in own)) for _, own in rows]
        for said, title in KINDS.items()
    }
    columns: dict[str, list[Cell]] = {
        "Handlungsfeld": [name for name, _ in rows],
        "Maßnahmen": [float(len(own)) for _, own in rows],
    }
    return Figure(
        "massnahmen-geprueft",
        "Prüfung der Maßnahmen auf Aktualität und Angemessenheit",
        framed(columns | counts),
        note="Eine Maßnahme in zwei Handlungsfeldern zählt in beiden; „Insgesamt“ zählt jede einmal.",
        decimals=dict.fromkeys(("Maßnahmen", *KINDS.values()), 0),
    )


def outdated_figure(found: Sequence[Measure], catalogue: Catalogue) -> Figure:
    """The measures that are no longer current or adequate, with the reason that was given."""
    old = [one for one in found if one.text("current") == NO]
    columns: dict[str, list[Cell]] = {
        "Maßnahme": [f"{one.text('number')} {one.title}".strip() for one in old],
        "Zuständig": [catalogue.reporter_name(one.reporter) for one in old],
        "geprüft am": [german.day(day) if (day := one.day("current_on")) else "" for one in old],
        "Begründung": [one.text("current_why") for one in old],
    }
    return Figure("massnahmen-veraltet", "Nicht mehr aktuelle oder angemessene Maßnahmen", framed(columns))
