"""Progress control: how the measures of the fields stand, and what is still to be decided. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indicators import german
from indicators.boards.measure_way import due_figure
from indicators.boards.measures import NOWHERE, titled
from indicators.catalogue import ActionField
from indicators.datasets.measures import STATUSES
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.agreements import DRAFT, DUE, Goal
from indicators.knowledge.consultations import Consultation, due
from indicators.knowledge.decisions import Decision, DecisionState
from indicators.knowledge.measures import Measure

WAITING = (DecisionState.PROPOSED, DecisionState.AGREED, DecisionState.POSTPONED)


def figures(
    measures: Sequence[Measure],
    consulted: Sequence[Consultation],
    decided: Sequence[Decision],
    fields: Sequence[ActionField],
    today: date,
    *,
    whole: bool = False,
) -> list[Figure]:
    """Measures of the fields by status, consultations of them that are due, decisions of meetings that are open;
    what there is none of is left out. Measures without a field belong to the `whole`."""
    codes = {field.code for field in fields}
    own = [one for one in measures if codes & set(one.codes("field")) or (whole and not one.codes("field"))]
    titles = {one.name: one.title for one in own}
    waiting = [one for one in due(consulted, today) if one.station.measure in titles]
    found = [by_status(own, fields, today)] if own else []
    found += [due_figure(waiting, titles, today, None)] if waiting else []
    open_ones = [one for one in decided if one.state in WAITING]
    return [*found, *([open_decisions(open_ones, today)] if open_ones else [])]


def by_status(found: Sequence[Measure], fields: Sequence[ActionField], today: date) -> Figure:
    """One row a field: its measures by status in words, and how many are overdue. A measure of two fields counts in
    both; the last row counts each once."""
    rows = [
        (f"{field.code} {field.title}", [one for one in found if field.code in one.codes("field")]) for field in fields
    ]
    rows.append((NOWHERE, [one for one in found if not one.codes("field")]))
    rows = [(name, own) for name, own in rows if own] + [("Insgesamt", list(found))]
    columns: dict[str, list[Cell]] = {
        "Handlungsfeld": [name for name, _ in rows],
        "Maßnahmen": [float(len(own)) for _, own in rows],
        "davon nach Status": [_counted(own) for _, own in rows],
        "überfällig": [float(sum(bool(one.overdue(today)) for one in own)) for _, own in rows],
    }
    note = "Eine Maßnahme in zwei Handlungsfeldern zählt in beiden; „Insgesamt“ zählt jede einmal."
    counts = {"Maßnahmen": 0, "überfällig": 0}
    return Figure("massnahmen-status", "Maßnahmen nach Status", framed(columns), note=note, decimals=counts)


def status_slide(found: Sequence[Measure], fields: Sequence[ActionField], today: date) -> Figure:
    """The same with its sum in the title, as a wall shows few rows: the fields with the most overdue measures first."""
    whole = by_status(found, fields, today)
    rows = whole.frame.iloc[:-1].sort_values("überfällig", ascending=False, kind="stable").reset_index(drop=True)
    note = "Eine Maßnahme in zwei Handlungsfeldern zählt in beiden." if rows["Maßnahmen"].sum() > len(found) else ""
    return replace(whole, key="massnahmen-folie", title=of_measures(found, today), frame=rows, note=note)


def of_measures(found: Sequence[Measure], today: date) -> str:
    """„24 Maßnahmen, 3 überfällig“; empty where there is none."""
    late = sum(bool(one.overdue(today)) for one in found)
    return f"{german.counted(len(found), 'Maßnahme', 'Maßnahmen')}, {late or 'keine'} überfällig" if found else ""


def of_goals(found: Sequence[Goal], today: date) -> str:
    """„7 vereinbarte Ziele, 2 zu überprüfen“: of those that are agreed, not of drafts."""
    agreed = [one for one in found if one.stands(today) != DRAFT]
    waiting = sum(one.stands(today) == DUE for one in agreed)
    said = german.counted(len(agreed), "vereinbartes Ziel", "vereinbarte Ziele")
    return f"{said}, {waiting or 'keines'} zu überprüfen" if agreed else ""


def _counted(own: Sequence[Measure]) -> str:
    """„3 ▶ in Umsetzung, 1 ✓ umgesetzt“, in the order in which measures go through them."""
    counts = Counter(one.status for one in own)
    return ", ".join(f"{counts[word]} {titled(word)}" for word in STATUSES if counts[word])


def open_decisions(found: Sequence[Decision], today: date) -> Figure:
    """What meetings have proposed, agreed or put off and nobody has done yet; what is due first."""
    ordered = sorted(found, key=lambda one: (not one.is_due(today), one.due or date.max))
    columns: dict[str, list[Cell]] = {
        "Beschluss": [one.wording for one in ordered],
        "Zuständig": [one.addressee for one in ordered],
        "Bis": [german.day(one.due) if one.due else "" for one in ordered],
        "Stand": [one.followed(today) for one in ordered],
        "Anmerkung": [one.note for one in ordered],
    }
    return Figure("beschluesse-offen", "Offene Beschlüsse der Gremien", framed(columns))
