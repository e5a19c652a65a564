"""What is said of measures: which are chosen, as a list, summed up, grouped, one of them with its history. Pure.

That a measure is meant to move an indicator stands beside it as context; nobody claims that it did.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.boards import fields
from indicators.catalogue import Catalogue
from indicators.datasets import MEASURES
from indicators.datasets.listed.fields import Field
from indicators.datasets.measures import STATUSES
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure
from indicators.model import Sign
from indicators.moments import end_of_day, local_day
from indicators.names import named

NO_CLAIM = "Ein Zusammenhang zwischen Maßnahme und Verlauf wird damit nicht behauptet."
SIGNS = {
    "Idee": "○",
    "empfohlen": "◔",
    "bewertet": "◔",
    "vorgeschlagen": "◑",
    "beschlossen": "◕",
    "in Umsetzung": "▶",
    "umgesetzt": "✓",
    "verstetigt": "●",
    "fortgesetzt": "▶",
    "ständige Aufgabe": "●",
    "zurückgestellt": "‖",
    "entfallen": "✕",
}
SUMMED = ("cost_once", "cost_yearly", "grants", "posts")
UNIT = {"cost_once": "Euro", "cost_yearly": "Euro", "grants": "Euro", "posts": "Stellen"}
NOWHERE = "ohne Angabe"
RUNNING = ("in Umsetzung", "verstetigt", "fortgesetzt", "ständige Aufgabe")
ABOVE, FIRST = ("title", "status"), ("state", "next_steps", "obstacles")
"""Fields that stand in the heading of a measure, and those that people look for."""


@dataclass(frozen=True)
class Choice:
    """Which measures are looked at; what is empty asks for nothing."""

    concept: str = ""
    field: str = ""
    goal: str = ""
    reporter: str = ""
    status: str = ""
    overdue: bool = False
    word: str = ""


def titled(status: str) -> str:
    """The word with its sign before it."""
    return f"{SIGNS[status]} {status}" if status in SIGNS else status


def chosen(found: Iterable[Measure], wanted: Choice, catalogue: Catalogue, today: date) -> list[Measure]:
    words = [folded(word) for word in wanted.word.split()]
    return [
        one
        for one in found
        if wanted.concept in ("", one.text("concept") or NOWHERE)
        and (not wanted.field or wanted.field in one.codes("field"))
        and (not wanted.goal or any(within(code, wanted.goal) for code in one.codes("goal")))
        and wanted.reporter in ("", one.reporter)
        and wanted.status in ("", one.status)
        and (not wanted.overdue or one.overdue(today))
        and (not words or _holds(one, words, catalogue))
    ]


def within(code: str, goal: str) -> bool:
    """A sub-goal lies within its guiding goal: B-1.1 in B-1."""
    return code == goal or code.startswith(f"{goal}.")


def folded(text: str) -> str:
    """As people search: large and small alike, „ä“ found by „ae“ and the other way round, accents left out."""
    plain = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def _holds(one: Measure, words: Sequence[str], catalogue: Catalogue) -> bool:
    named = [fields.title_of(catalogue, field, code) for field in _coded() for code in one.codes(field.code)]
    texts = [one.name, catalogue.reporter_name(one.reporter), *named]
    texts += [text for field in MEASURES.fields if (text := one.text(field.code))]
    whole = folded(" ".join(texts))
    return all(word in whole for word in words)


def _coded() -> list[Field]:
    return [field for field in MEASURES.fields if field.of is not None]


def facts(one: Measure, catalogue: Catalogue) -> list[tuple[str, str]]:
    """All that is known of a measure, field by field, without those that are empty; how it stands comes first."""
    shown = [*map(MEASURES.field, FIRST), *(field for field in MEASURES.fields if field.code not in (*FIRST, *ABOVE))]
    texts = fields.filled(shown, one, catalogue)
    place = sum(bool(fields.said(field, one, catalogue)) for field in shown[: len(FIRST)])
    return [*texts[:place], ("Zuständig", catalogue.reporter_name(one.reporter)), *texts[place:]]


def list_figure(found: Sequence[Measure], catalogue: Catalogue, today: date, moment: datetime | None) -> Figure:
    """All fields of the chosen measures, one row each; numbers are numbers."""
    columns: dict[str, list[Cell]] = {"Maßnahme": [one.name for one in found]}
    columns |= fields.columns(MEASURES.fields, found, catalogue)
    columns |= {
        "Zuständig": [catalogue.reporter_name(one.reporter) for one in found],
        "Überfällig": [one.overdue(today) for one in found],
        "Letzte Änderung": [german.day(local_day(one.at)) for one in found],
        "Lieferung": [str(one.delivery) for one in found],
    }
    return Figure(
        "massnahmen",
        "Maßnahmen",
        framed(columns),
        subtitle=german.counted(len(found), "Maßnahme", "Maßnahmen"),
        note=secret_note(found, catalogue),
        decimals={field.title: field.decimals for field in MEASURES.fields if field.is_number},
        own_decimals=fields.places(MEASURES.fields, found),
        moment=moment,
    )


def secret_note(found: Iterable[Measure], catalogue: Catalogue) -> str:
    """What the sign for small numbers of people means, where it stands."""
    if not any(isinstance(value, Sign) for one in found for value in one.values.values()):
        return ""
    return f"„.“: weniger als {catalogue.small_below} Teilnehmende; die Zahl bleibt bei der Stabsstelle."


def sums_figure(found: Sequence[Measure], moment: datetime | None) -> Figure:
    """Costs, grants and posts together, and how many measures say nothing of them."""
    totals = {code: [number for one in found if (number := one.number(code)) is not None] for code in SUMMED}
    return Figure(
        "massnahmen-summen",
        "Kosten und Stellen",
        framed(
            {
                "Was": [MEASURES.field(code).title for code in SUMMED],
                "Summe": [sum(numbers) if numbers else None for numbers in totals.values()],
                "Einheit": [UNIT[code] for code in SUMMED],
                "ohne Angabe": [f"{len(found) - len(numbers)} von {len(found)}" for numbers in totals.values()],
            }
        ),
        note="Die Summen enthalten nur Maßnahmen, zu denen etwas angegeben ist.",
        decimals={"Summe": 0},
        own_decimals={(row, "Summe"): _places(code, sum(totals[code])) for row, code in enumerate(SUMMED)},
        unit_columns={"Summe": "Einheit"},
        moment=moment,
    )


def _places(code: str, total: float) -> int:
    return MEASURES.field(code).decimals_of(total)


GROUPS = {"field": "Handlungsfeld", "goal": "Ziel", "concept": "Konzept", "reporter": "Zuständig", "status": "Status"}


def grouped_figure(
    found: Sequence[Measure], by: str, catalogue: Catalogue, today: date, moment: datetime | None
) -> Figure:
    """How many measures each group has, how many are under way, done and late, and what they cost a year.

    A measure of two fields counts in both; the last row counts each once.
    """
    rows = list(grouped(found, by, catalogue).items())
    rows.append(("Insgesamt", list(found)))
    counts: Mapping[str, Callable[[Measure], bool]] = {
        "Anzahl": lambda one: True,
        "laufend": lambda one: one.status in RUNNING,
        "umgesetzt": lambda one: one.status == "umgesetzt",
        "überfällig": lambda one: bool(one.overdue(today)),
    }
    columns: dict[str, list[Cell]] = {GROUPS[by]: [name for name, _ in rows]}
    columns |= {title: [float(sum(map(test, part))) for _, part in rows] for title, test in counts.items()}
    left: list[list[str]] = [[] for _ in rows]
    for code in ("cost_yearly", "posts"):
        numbers = [[value for one in part if (value := one.number(code)) is not None] for _, part in rows]
        columns[MEASURES.field(code).title] = [sum(values) if values else None for values in numbers]
        for line, (_, part), values in zip(left, rows, numbers, strict=True):
            line.append(f"{len(part) - len(values)} von {len(part)}")
    columns["ohne Angabe (Kosten; Stellen)"] = ["; ".join(line) for line in left]
    return Figure(
        "massnahmen-gruppen",
        f"Maßnahmen nach {GROUPS[by]}",
        framed(columns),
        note="Eine Maßnahme in zwei Handlungsfeldern zählt in beiden; „Insgesamt“ zählt jede einmal.",
        decimals=dict.fromkeys(counts, 0) | {"Kosten jährlich": 0, "Stellen": 2},
        moment=moment,
    )


def grouped(found: Iterable[Measure], by: str, catalogue: Catalogue) -> dict[str, list[Measure]]:
    """The measures of each group, in the order of the groups; one of two fields is in both."""
    groups: dict[str, list[Measure]] = {}
    for one in found:
        for name in _groups_of(one, by, catalogue):
            groups.setdefault(name, []).append(one)
    order = _order(by, catalogue)
    return {name: groups[name] for name in sorted(groups, key=lambda name: (order.get(name, len(order) - 1), name))}


def _order(by: str, catalogue: Catalogue) -> dict[str, int]:
    """Groups as the catalogue orders them, statuses as measures go through them; „ohne Angabe“ is the last."""
    names: list[str] = []
    if by == "status":
        names = list(STATUSES)
    elif (of := next((field.of for field in MEASURES.fields if field.code == by), None)) is not None:
        names = [f"{code} {title}" for code, title in of.titles(catalogue).items()]
    return {name: place for place, name in enumerate(names)} | {NOWHERE: len(names) + 1}


def _groups_of(one: Measure, by: str, catalogue: Catalogue) -> list[str]:
    if by == "reporter":
        return [catalogue.reporter_name(one.reporter)]
    if by in ("concept", "status"):
        return [one.text(by) or NOWHERE]
    return [fields.title_of(catalogue, MEASURES.field(by), code) for code in one.codes(by)] or [NOWHERE]


def history_figure(one: Measure, catalogue: Catalogue, moment: datetime | None, *, who: bool) -> Figure:
    """Its statuses and states, the newest first; who said so for those who may know."""
    newest = one.history[::-1]
    columns: dict[str, list[Cell]] = {
        "Stand vom": [german.day(past.day) for past in newest],
        "Status": [past.status for past in newest],
        "Sachstand": [past.state for past in newest],
        "Zuständig": [catalogue.reporter_name(past.reporter) for past in newest],
        "Lieferung": [str(past.delivery) for past in newest],
    }
    if who:
        columns["Eingetragen von"] = [named(past.by, end_of_day(past.day)) for past in newest]
    return Figure("massnahme-verlauf", f"Verlauf: {one.title}", framed(columns), moment=moment)
