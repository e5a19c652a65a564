"""What is said of target agreements: which goals are chosen, as a list, one of them with its history, rates. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indicators import german
from indicators.boards import fields
from indicators.boards import measures as board
from indicators.catalogue import Catalogue, Indicator
from indicators.datasets import AGREEMENTS
from indicators.datasets.agreements import ATTAINED, MISSED, OUTCOMES, PARTLY, REVIEW
from indicators.figures import forms
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.theme import Look
from indicators.knowledge.agreements import AGREED_STATE, DRAFT, DUE, OPEN, Goal
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Measurement, Sign
from indicators.moments import end_of_day, local_day
from indicators.names import named

SIGNS = {ATTAINED: "✓", PARTLY: "◑", MISSED: "✕", AGREED_STATE: "▶", DUE: "!", DRAFT: "○", OPEN: "○"}
STATES = (DRAFT, AGREED_STATE, DUE, *OUTCOMES)
TINTS = {ATTAINED: ("#00513c", "#bfe3d5"), PARTLY: ("#5f3a00", "#f6dfae"), MISSED: ("#7c0f1c", "#f1c3c8"),
         OPEN: ("#3d3d3d", "#e3e3e3")}  # fmt: skip
"""Ink and tint of each outcome; the sign in the bar tells them apart without colour."""
BY = {"reporter": "Stelle", "field": "Handlungsfeld"}
IDENTITY = ("year", "number", "title")
BAR = 34
RECENT = 365
"""So many days after its review a goal still belongs into a report."""


@dataclass(frozen=True)
class Choice:
    """Which goals are looked at; what is empty asks for nothing."""

    reporter: str = ""
    year: str = ""
    state: str = ""


def chosen(found: Iterable[Goal], wanted: Choice, today: date) -> list[Goal]:
    return [
        one
        for one in found
        if wanted.reporter in ("", one.reporter)
        and wanted.year in ("", one.year)
        and wanted.state in ("", one.stands(today))
    ]


def titled(state: str) -> str:
    return f"{SIGNS[state]} {state}"


def called(one: Goal, catalogue: Catalogue) -> str:
    """„2026, Sozialplanung, Nr. 2: Mehr Kurse“."""
    return f"{one.year}, {catalogue.reporter_name(one.reporter)}, Nr. {one.text('number')}: {one.title}"


def indicator_value(one: Goal, known: Snapshot) -> str:
    """„34,2 % (2025)“: what the goal's indicator had reached of its period, or last before it, by what was known."""
    code = known.catalogue.current_indicator(one.text("indicator"))
    indicator = known.catalogue.indicators.get(code)
    if indicator is None:
        return ""
    points = [point for point in known.headline(code).points if point.period.end <= one.target_period.end]
    if not points:
        return "kein Wert"
    last = max(points, key=lambda point: point.period.end)
    return f"{measured(last, indicator, known.catalogue)} ({last.period.label})"


def reached(found: Iterable[Goal], known: Snapshot, then: Callable[[datetime], Snapshot]) -> dict[str, str]:
    """By name what the indicator of each reviewed goal had reached, as known on the day of its review; `then` is what
    was known at an earlier moment than `known`, seen by the same eyes."""
    days = {one.name: (one, day) for one in found if one.outcome and (day := one.day("reviewed_on"))}
    moments = {day: end_of_day(day) for one, day in days.values() if one.text("indicator")}
    seen = {day: known if moment >= known.moment else then(moment) for day, moment in moments.items()}
    values = {name: indicator_value(one, seen[day]) for name, (one, day) in days.items() if day in seen}
    return {name: text for name, text in values.items() if text}


def measured(point: Measurement, indicator: Indicator, catalogue: Catalogue) -> str:
    """„34,2 %“, or the sign that stands there."""
    if point.value is None:
        return german.measured(point, indicator.decimals)
    return german.with_unit(point.value, indicator.decimals, catalogue.unit_of(indicator).symbol)


def agreed_facts(one: Goal, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What was agreed, with where it came from."""
    agreed = [field for field in AGREEMENTS.fields if field.code not in (*REVIEW, *IDENTITY)]
    texts = fields.filled(agreed, one, catalogue)
    return [("Stelle", catalogue.reporter_name(one.reporter)), ("Jahr", one.year), *texts]


def review_facts(one: Goal, catalogue: Catalogue, value: str) -> list[tuple[str, str]]:
    """What became of it; `value` is the indicator's."""
    reviewed = [field for field in AGREEMENTS.fields if field.code in REVIEW and field.code != "people"]
    texts = fields.filled(reviewed, one, catalogue)
    own = [("Wert der Kennzahl am Tag der Überprüfung", value)] if value else []
    on = [("Übertragen nach", german.enumeration(list(one.carried_to)))] if one.carried_to else []
    return [*own, *texts, *on]


def list_figure(
    found: Sequence[Goal], catalogue: Catalogue, today: date, values: Mapping[str, str], moment: datetime | None
) -> Figure:
    """All fields of the chosen goals, one row each."""
    columns: dict[str, list[Cell]] = {
        "Ziel": [one.name for one in found],
        "Stelle": [catalogue.reporter_name(one.reporter) for one in found],
        "Stand": [one.stands(today) for one in found],
    }
    columns |= fields.columns(AGREEMENTS.fields, found, catalogue)
    columns |= {
        "Wert der Kennzahl am Tag der Überprüfung": [values.get(one.name, "") for one in found],
        "Übertragen nach": ["; ".join(one.carried_to) for one in found],
        "Überprüfung ab": [german.day(due) if (due := one.review_due) else "" for one in found],
        "Letzte Änderung": [german.day(local_day(one.at)) for one in found],
        "Lieferung": [str(one.delivery) for one in found],
    }
    return Figure(
        "zielvereinbarungen",
        "Zielvereinbarungen",
        framed(columns),
        subtitle=german.counted(len(found), "Ziel", "Ziele"),
        note=secret_note(found, catalogue),
        decimals={field.title: 0 for field in AGREEMENTS.fields if field.is_number},
        own_decimals=fields.places(AGREEMENTS.fields, found),
        moment=moment,
    )


def report_figure(found: Sequence[Goal], catalogue: Catalogue, today: date, values: Mapping[str, str]) -> Figure:
    """The goals that were reviewed within a year or are still to be, as narrow as paper is; what is due first."""
    shown = [one for one in found if not one.outcome or (today - (one.day("reviewed_on") or today)).days <= RECENT]
    shown.sort(key=lambda one: (one.stands(today) != DUE, bool(one.outcome)))
    columns: dict[str, list[Cell]] = {
        "Ziel": [called(one, catalogue) for one in shown],
        "Termin": [german.day(day) if (day := one.day("due")) else "" for one in shown],
        "Stand": [titled(one.stands(today)) for one in shown],
        "Wert": [values.get(one.name, "") or fields.said(AGREEMENTS.field("value"), one, catalogue) for one in shown],
        "Begründung": [one.text("reason") for one in shown],
        "Folge": [one.text("consequence") for one in shown],
    }
    title = "Ziele, die zu überprüfen sind oder in den letzten zwölf Monaten überprüft wurden"
    return Figure("zielvereinbarungen-stand", title, framed(columns), note=secret_note(shown, catalogue))


def secret_note(found: Iterable[Goal], catalogue: Catalogue) -> str:
    if not any(isinstance(one.values.get("value"), Sign) for one in found):
        return ""
    return f"„.“ bei „Erreichter Wert“: weniger als {catalogue.small_below} Personen, nicht angezeigt."


def history_figure(one: Goal, moment: datetime | None, *, who: bool) -> Figure:
    """What was written when, the newest first: each field that changed, with its old text."""
    rows: list[tuple[str, str, str, str, str]] = []
    before: tuple[tuple[str, str | float], ...] = ()
    for said in one.history:
        if said.content is None:
            continue
        lines = AGREEMENTS.differences(before, said.content)
        shown = lines if before else [line for line in lines if line[0] == AGREEMENTS.field("text").title]
        number, day = str(said.delivery), german.day(local_day(said.at))
        rows += [(day, title, "" if not before else old, new, number) for title, old, new in shown]
        before = said.content
    rows = rows[::-1]
    columns: dict[str, list[Cell]] = {
        head: [row[place] for row in rows]
        for place, head in enumerate(("Eingetragen am", "Feld", "Vorher", "Danach", "Lieferung"))
    }
    if who:
        by = {str(said.delivery): named(said.by, said.at) for said in one.history}
        columns["Eingetragen von"] = [by[row[4]] for row in rows]
    return Figure("zielvereinbarung-verlauf", f"Verlauf: {one.title}", framed(columns), moment=moment)


def states(found: Iterable[Goal], today: date) -> dict[str, str]:
    """How each goal stands, by its name."""
    return {one.name: one.stands(today) for one in found}


def moved_figure(
    then: Mapping[str, str], now: Iterable[Goal], catalogue: Catalogue, today: date, moment: datetime | None
) -> Figure | None:
    """The goals that stand otherwise than `then`; None where none does."""
    found = [one for one in now if then.get(one.name) != one.stands(today)]
    if not found:
        return None
    columns: dict[str, list[Cell]] = {
        "Ziel": [called(one, catalogue) for one in found],
        "Stand vorher": [then.get(one.name, "noch nicht eingetragen") for one in found],
        "Stand jetzt": [titled(one.stands(today)) for one in found],
        "Folge": [one.text("consequence") for one in found],
    }
    return Figure("zielvereinbarungen-seit", "Zielvereinbarungen mit neuem Stand", framed(columns), moment=moment)


def rates_figure(found: Sequence[Goal], by: str, catalogue: Catalogue, moment: datetime | None) -> Figure:
    """How many of the agreed goals of each unit or field and year were attained, partly, not, or are open.

    Drafts are none; a goal of two fields counts in both.
    """
    groups: dict[tuple[str, str], list[Goal]] = {}
    for one in found:
        for name in _groups(one, by, catalogue) if one.text("agreed_on") else ():
            groups.setdefault((name, one.year), []).append(one)
    rows = [(f"{name}, {year}", _counts(part)) for (name, year), part in sorted(groups.items())]
    columns: dict[str, list[Cell]] = {f"{BY[by]} und Jahr": [name for name, _ in rows]}
    columns |= {titled(word): [float(counts[word]) for _, counts in rows] for word in TINTS}
    columns["erreicht von überprüften (%)"] = [_rate(counts) for _, counts in rows]
    title = f"Erreichte Ziele nach {BY[by]} und Jahr"
    alt = "; ".join(f"{name}: " + ", ".join(f"{count} {word}" for word, count in counts.items() if count)
                    for name, counts in rows)  # fmt: skip
    return Figure(
        "zielvereinbarungen-quoten",
        title,
        framed(columns),
        subtitle="Zahl der vereinbarten Ziele",
        note="Entwürfe zählen nicht. Die Quote bezieht sich auf überprüfte Ziele; teilweise erreichte zählen darin "
        "nicht als erreicht." + (" Ein Ziel in zwei Handlungsfeldern zählt in beiden." if by == "field" else ""),
        alt=f"{title}: {alt}.",
        spec=_spec(rows, f"{title}: {alt}.") if rows else None,
        decimals=dict.fromkeys((*map(titled, TINTS), "erreicht von überprüften (%)"), 0),
        looks={titled(word): Look(TINTS[word][0], (1, 0), "") for word in TINTS},
        moment=moment,
    )


def _groups(one: Goal, by: str, catalogue: Catalogue) -> list[str]:
    if by == "reporter":
        return [catalogue.reporter_name(one.reporter)]
    field = AGREEMENTS.field("field")
    return [fields.title_of(catalogue, field, code) for code in one.codes("field")] or [board.NOWHERE]


def _counts(found: Sequence[Goal]) -> dict[str, int]:
    return {word: sum((one.outcome or OPEN) == word for one in found) for word in TINTS}


def _rate(counts: Mapping[str, int]) -> float | None:
    reviewed = sum(counts[word] for word in OUTCOMES)
    return 100 * counts[ATTAINED] / reviewed if reviewed else None


def _spec(rows: Sequence[tuple[str, Mapping[str, int]]], alt: str) -> dict[str, Any]:
    """A bar a row, its parts in the order of the outcomes, each with sign and number."""
    parts: dict[str, list[dict[str, Any]]] = {word: [] for word in TINTS}
    for name, counts in rows:
        begin = 0
        for word, count in counts.items():
            if count:
                middle, end = begin + count / 2, begin + count
                parts[word].append({"row": name, "from": begin, "to": end, "middle": middle,
                                    "text": f"{SIGNS[word]} {count}"})  # fmt: skip
                begin = end
    drawn = []
    for word, (ink, tint) in TINTS.items():
        bar, text = (
            forms.filled(forms.cell_rect(tint), parts[word]),
            forms.filled(forms.cell_text(14, True, ink), parts[word]),
        )
        bar["encoding"] = {"x": _across("from"), "x2": {"field": "to"}}
        text["encoding"] = {**text["encoding"], "x": _across("middle")}
        drawn += [bar, text]
    names = [name for name, _ in rows]
    axis = {"title": None, "domain": False, "ticks": False, "labelLimit": 320, "grid": False}
    encoding = {"y": {"field": "row", "type": "nominal", "sort": names, "scale": {"domain": names}, "axis": axis}}
    return forms.layered(drawn, encoding, alt, BAR * len(rows))


def _across(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None}
