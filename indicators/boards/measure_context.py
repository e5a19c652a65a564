"""Measures beside figures, as context: at the indicators that they mean to move, in a report, since a meeting. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from indicators import german
from indicators.boards.measures import NO_CLAIM, SUMMED, secret_note, titled
from indicators.catalogue import ActionField, Catalogue
from indicators.datasets import MEASURES
from indicators.datasets.listed.fields import FieldKind
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure

PLANNED, REACHED = "Personen geplant", "Personen erreicht"


def moving(found: Iterable[Measure], indicator: str, catalogue: Catalogue) -> list[Measure]:
    """The measures that are meant to move an indicator, by any code that it had."""
    return [
        one for one in found if indicator in {catalogue.current_indicator(code) for code in one.codes("indicators")}
    ]


def report_figure(found: Sequence[Measure], field: ActionField, catalogue: Catalogue) -> Figure:
    """The measures of an action field for a report: how each stands, what it costs, whom it reached, what is next."""
    money: dict[str, list[Cell]] = {
        MEASURES.field(code).title: [one.number(code) for one in found] for code in ("cost_once", "cost_yearly")
    }
    planned: list[Cell] = [one.values.get("participants_planned") for one in found]
    columns: dict[str, list[Cell]] = {
        "Maßnahme": [f"{one.text('number')} {one.title}".strip() for one in found],
        "Status": [one.status for one in found],
        **money,
        **({PLANNED: planned} if any(cell is not None for cell in planned) else {}),
        REACHED: [one.values.get("participants") for one in found],
        "Nächste Schritte": [one.text("next_steps") for one in found],
    }
    said = ("Kosten in Euro.", *(_left_out(found, code) for code in SUMMED), secret_note(found, catalogue), NO_CLAIM)
    return Figure(
        f"massnahmen-{field.code}",
        f"Maßnahmen im Handlungsfeld {field.code}",
        framed(columns),
        note=" ".join(filter(None, said)),
        decimals=dict.fromkeys([*money, PLANNED, REACHED], 0),
        own_decimals={
            (row, MEASURES.field(code).title): MEASURES.field(code).decimals_of(number)
            for code in ("cost_once", "cost_yearly")
            for row, one in enumerate(found)
            if (number := one.number(code)) is not None
        },
    )


def _left_out(found: Sequence[Measure], code: str) -> str:
    """„Stellen zusammen 3,50; ohne Angabe: 2 von 5.“; nothing where none of them says anything."""
    numbers = [number for one in found if (number := one.number(code)) is not None]
    if not numbers:
        return ""
    field, total = MEASURES.field(code), sum(numbers)
    unit = " Euro" if field.kind is FieldKind.MONEY else ""
    missing = len(found) - len(numbers)
    rest = f"; ohne Angabe: {missing} von {len(found)}" if missing else ""
    return f"{field.title} zusammen {german.number(total, field.decimals_of(total))}{unit}{rest}."


@dataclass(frozen=True)
class Moved:
    """A measure whose status is another than before; empty where it was not there yet."""

    measure: Measure
    before: str
    after: str


def moved(before: Iterable[Measure], now: Iterable[Measure]) -> list[Moved]:
    """The measures that are new or whose status has changed."""
    known = {one.name: one.status for one in before}
    return [Moved(one, known.get(one.name, ""), one.status) for one in now if known.get(one.name, "") != one.status]


def moved_figure(found: Sequence[Moved], catalogue: Catalogue, moment: datetime | None) -> Figure:
    columns: dict[str, list[Cell]] = {
        "Maßnahme": [one.measure.called for one in found],
        "Status vorher": [one.before or "noch nicht eingetragen" for one in found],
        "Status jetzt": [titled(one.after) for one in found],
        "Sachstand": [one.measure.text("state") for one in found],
        "Zuständig": [catalogue.reporter_name(one.measure.reporter) for one in found],
    }
    return Figure("massnahmen-seit", "Maßnahmen mit neuem Status", framed(columns), moment=moment)
