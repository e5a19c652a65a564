"""What is said of funding agreements: which are chosen, as a list, what runs out when, and sums that say what they
leave out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.boards import fields
from indicators.boards.measures import NOWHERE, folded
from indicators.catalogue import Catalogue
from indicators.datasets import FUNDING
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.funding import AHEAD, ENDING, OVER, RUNNING, TERMINATED, Agreement, ending
from indicators.moments import local_day
from indicators.names import named
from indicators.periods import Period

SIGNS = {AHEAD: "○", RUNNING: "▶", ENDING: "!", TERMINATED: "✕", OVER: "●"}
BY = {"topic": "Thema", "reporter": "Träger", "field": "Handlungsfeld", "districts": "Gebiet", "funder": "Förderer"}
MONEY = "Beträge in Euro: bewilligte Zuwendungen, sonst nach der Anpassungsregel gerechnete."


@dataclass(frozen=True)
class Choice:
    """Which agreements are looked at; what is empty asks for nothing."""

    reporter: str = ""
    topic: str = ""
    district: str = ""
    state: str = ""
    word: str = ""


def titled(state: str) -> str:
    return f"{SIGNS[state]} {state}"


def called(one: Agreement) -> str:
    """„AWO · Nr. 12: Migrationsberatung“."""
    return f"{one.name}: {one.subject}"


def topic(one: Agreement) -> str:
    return one.text("topic") or NOWHERE


def chosen(found: Iterable[Agreement], wanted: Choice, catalogue: Catalogue, today: date) -> list[Agreement]:
    words = [folded(word) for word in wanted.word.split()]
    return [
        one
        for one in found
        if wanted.reporter in ("", one.reporter)
        and wanted.topic in ("", topic(one))
        and (not wanted.district or wanted.district in one.codes("districts"))
        and wanted.state in ("", one.stands(today))
        and (not words or _holds(one, words, catalogue))
    ]


def _holds(one: Agreement, words: Sequence[str], catalogue: Catalogue) -> bool:
    texts = [one.name, catalogue.reporter_name(one.reporter)]
    texts += [text for field in FUNDING.fields if (text := fields.said(field, one, catalogue))]
    whole = folded(" ".join(texts))
    return all(word in whole for word in words)


def list_figure(
    found: Sequence[Agreement], catalogue: Catalogue, period: Period, today: date, moment: datetime | None
) -> Figure:
    """All fields of the chosen agreements, one row each, with the year's money."""
    paid = [one.subsidy(period, today) if one.runs_in(period, today) else None for one in found]
    columns: dict[str, list[Cell]] = {
        "Vereinbarung": [one.name for one in found],
        "Träger": [catalogue.reporter_name(one.reporter) for one in found],
        "Stand": [one.stands(today) for one in found],
        f"Zuwendung {period.label} bewilligt": [of.granted if of else None for of in paid],
        f"Zuwendung {period.label} gerechnet": [of.computed if of else None for of in paid],
        "Alle Förderer zusammen": [
            one.total(period, today) if of else None for one, of in zip(found, paid, strict=True)
        ],
        "Neu verhandeln bis": [_day(one.negotiate_by(today)) for one in found],
    }
    columns |= fields.columns(FUNDING.fields, found, catalogue)
    columns |= {
        "Fortgesetzt durch": ["; ".join(one.renewed_by) for one in found],
        "Letzte Änderung": [german.day(local_day(one.at)) for one in found],
        "Lieferung": [str(one.delivery) for one in found],
    }
    money = [name for name in columns if name.startswith("Zuwendung") or name == "Alle Förderer zusammen"]
    return Figure(
        "foerderung",
        "Leistungs- und Finanzierungsvereinbarungen",
        framed(columns),
        subtitle=german.counted(len(found), "Vereinbarung", "Vereinbarungen"),
        note=MONEY,
        decimals={field.title: field.decimals for field in FUNDING.fields if field.is_number} | dict.fromkeys(money, 2),
        own_decimals=fields.places(FUNDING.fields, found),
        units=dict.fromkeys(money, "Euro"),
        moment=moment,
    )


def _day(day: date | None) -> str:
    return german.day(day) if day else ""


def ending_figure(found: Iterable[Agreement], catalogue: Catalogue, today: date, moment: datetime | None) -> Figure:
    """What runs out when, and what must be negotiated by when, the next first."""
    shown = ending(found, today)
    period = Period.of_year(today.year)
    columns: dict[str, list[Cell]] = {
        "Vereinbarung": [called(one) for one in shown],
        "Träger": [catalogue.reporter_name(one.reporter) for one in shown],
        "Neu verhandeln bis": [_urgent(one.negotiate_by(today), today) for one in shown],
        "Kündigung bis": [_day(one.notice_by(today)) for one in shown],
        "Ende": [_day(one.end(today)) for one in shown],
        "Stand": [titled(one.stands(today)) for one in shown],
        f"Zuwendung {today.year}": [one.subsidy(period, today).counted for one in shown],
    }
    return Figure(
        "foerderung-fristen",
        "Was wann ausläuft",
        framed(columns),
        subtitle=german.counted(len(shown), "Vereinbarung ohne Fortsetzung", "Vereinbarungen ohne Fortsetzung"),
        note="Verlängert sich eine Vereinbarung von selbst, steht das nächste Ende da, zu dem gekündigt werden kann.",
        decimals={f"Zuwendung {today.year}": 2},
        units={f"Zuwendung {today.year}": "Euro"},
        moment=moment,
    )


def _urgent(day: date | None, today: date) -> str:
    return "" if day is None else f"{german.day(day)} (vorbei)" if day < today else german.day(day)


def sums_figure(
    found: Sequence[Agreement], by: str, catalogue: Catalogue, period: Period, today: date, moment: datetime | None
) -> Figure:
    """What the city and all funders give, and posts, by group, with how many agreements say nothing of it.

    An agreement of two fields or districts counts in both; the last row counts each once.
    """
    running = [one for one in found if one.runs_in(period, today)]
    if by == "funder":
        return _by_funder(running, period, today, moment)
    groups: dict[str, list[Agreement]] = {}
    for one in running:
        for name in groups_of(one, by, catalogue):
            groups.setdefault(name, []).append(one)
    rows = [*sorted(groups.items(), key=lambda line: (line[0] == NOWHERE, line[0])), ("Insgesamt", running)]
    columns: dict[str, list[Cell]] = {
        BY[by]: [name for name, _ in rows],
        "Vereinbarungen": [float(len(part)) for _, part in rows],
    }
    left: list[list[str]] = [[] for _ in rows]
    for title, of in (
        ("Zuwendung der Stadt", lambda one: one.subsidy(period, today).counted),
        ("Alle Förderer zusammen", lambda one: one.total(period, today)),
        ("Stellen", lambda one: one.posts),
    ):
        numbers = [[value for one in part if (value := of(one)) is not None] for _, part in rows]
        columns[title] = [sum(values) if values else None for values in numbers]
        for line, (_, part), values in zip(left, rows, numbers, strict=True):
            line.append(f"{len(part) - len(values)} von {len(part)}")
    columns["ohne Angabe (Stadt; alle; Stellen)"] = ["; ".join(line) for line in left]
    double = " Eine Vereinbarung in zwei Gruppen zählt in beiden, ganz; „Insgesamt“ zählt jede einmal."
    return Figure(
        "foerderung-summen",
        f"Förderung {period.label} nach {BY[by]}",
        framed(columns),
        note=MONEY + (double if by in ("field", "districts") else ""),
        decimals={"Vereinbarungen": 0, "Zuwendung der Stadt": 2, "Alle Förderer zusammen": 2, "Stellen": 2},
        units={"Zuwendung der Stadt": "Euro", "Alle Förderer zusammen": "Euro"},
        moment=moment,
    )


def groups_of(one: Agreement, by: str, catalogue: Catalogue) -> list[str]:
    if by == "reporter":
        return [catalogue.reporter_name(one.reporter)]
    if by == "topic":
        return [topic(one)]
    return [fields.title_of(catalogue, FUNDING.field(by), code) for code in one.codes(by)] or [NOWHERE]


def _by_funder(running: Sequence[Agreement], period: Period, today: date, moment: datetime | None) -> Figure:
    """What each funder gives to how many agreements."""
    given: dict[str, list[float]] = {}
    unknown = 0
    for one in running:
        parts = one.funders(period, today)
        unknown += parts is None
        for part in parts or ():
            given.setdefault(part.name, []).append(part.value)
    whole = sum(map(sum, given.values()))
    columns: dict[str, list[Cell]] = {
        "Förderer": list(given),
        "Vereinbarungen": [float(len(values)) for values in given.values()],
        "Betrag": [sum(values) for values in given.values()],
        "Anteil": [100 * sum(values) / whole if whole else None for values in given.values()],
    }
    return Figure(
        "foerderung-foerderer",
        f"Förderung {period.label} nach Förderer",
        framed(columns),
        note=f"{MONEY} Ohne Angabe: {unknown} von {len(running)}; sie fehlen in den Summen.",
        decimals={"Vereinbarungen": 0, "Betrag": 2, "Anteil": 1},
        units={"Betrag": "Euro", "Anteil": "%"},
        moment=moment,
    )


def facts(one: Agreement, catalogue: Catalogue, today: date) -> list[tuple[str, str]]:
    """All that is known of it, and what follows from it."""
    end, negotiate = one.end(today), one.negotiate_by(today)
    follows = [
        ("Träger", catalogue.reporter_name(one.reporter)),
        ("Stand", titled(one.stands(today))),
        ("Endet nach heutigem Stand", _day(end)),
        ("Neu verhandeln bis", _urgent(negotiate, today)),
        ("Kündigung möglich bis", _day(one.notice_by(today))),
        ("Stellen zusammen", german.number(one.posts, 2) if one.posts is not None else ""),
        ("Fortgesetzt durch", german.enumeration(list(one.renewed_by))),
    ]
    return [*((title, text) for title, text in follows if text), *fields.filled(FUNDING.fields, one, catalogue)]


def years_figure(one: Agreement, today: date, moment: datetime | None) -> Figure:
    """The subsidy of each year of the term: computed, granted, and with all funders."""
    end = one.end(today)
    last = max(one.start.year, min(end.year if end else today.year + 1, today.year + 3))
    periods = [Period.of_year(year) for year in range(one.start.year, last + 1)]
    paid = [one.subsidy(period, today) for period in periods]
    columns: dict[str, list[Cell]] = {
        "Jahr": [period.label for period in periods],
        "nach der Regel gerechnet": [of.computed for of in paid],
        "bewilligt": [of.granted for of in paid],
        "Unterschied": [_less(of.granted, of.computed) for of in paid],
        "alle Förderer zusammen": [one.total(period, today) for period in periods],
        "was fehlt": [of.why for of in paid],
    }
    money = ("nach der Regel gerechnet", "bewilligt", "Unterschied", "alle Förderer zusammen")
    return Figure(
        "foerderung-jahre",
        "Zuwendung je Jahr",
        framed(columns),
        subtitle=one.name,
        note="In Euro. Gerechnet: Tarifanteil und Sachanteil, je mal ihrer Anpassung gegen das Basisjahr; von "
        "angebrochenen Jahren die Monate der Laufzeit.",
        decimals=dict.fromkeys(money, 2),
        units=dict.fromkeys(money, "Euro"),
        signed=frozenset((row, "Unterschied") for row in range(len(periods))),
        moment=moment,
    )


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else german.difference(one, other, 2)


def history_figure(one: Agreement, moment: datetime | None, *, who: bool) -> Figure:
    """Its versions, the newest first: each field that changed, with what stood there before."""
    rows: list[tuple[str, str, str, str, str]] = []
    before: tuple[tuple[str, str | float], ...] = ()
    for said in one.history:
        if said.content is not None:
            number, day = str(said.delivery), german.day(local_day(said.at))
            first = [("eingetragen", "", str(dict(said.content)["subject"]))]
            lines = FUNDING.differences(before, said.content) if before else first
            rows += [(day, title, old, new, number) for title, old, new in lines]
            before = said.content
    heads = ("Eingetragen am", "Feld", "Vorher", "Danach", "Lieferung")
    columns: dict[str, list[Cell]] = {head: [row[place] for row in rows[::-1]] for place, head in enumerate(heads)}
    if who:
        by: Mapping[str, str] = {str(said.delivery): named(said.by, said.at) for said in one.history}
        columns["Eingetragen von"] = [by[row[4]] for row in rows[::-1]]
    return Figure("foerderung-verlauf", f"Fassungen: {one.name}", framed(columns), moment=moment)
