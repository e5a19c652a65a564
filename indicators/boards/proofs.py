"""What is said of proofs of use: what is due, planned against reached, and the figures of counselling. Pure.

A sum holds only what is shown to its reader, and says how much it leaves out: so it gives nothing away.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.boards import fields
from indicators.boards.funding import called, groups_of
from indicators.catalogue import Catalogue
from indicators.datasets import PROOFS
from indicators.datasets.listed.amounts import amounts
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.funding import Agreement
from indicators.knowledge.holding import Value
from indicators.knowledge.proofs import COUNTED, Owed, Proof
from indicators.model import Sign
from indicators.moments import local_day

CAVEAT = (
    "Zuwendung je Fall: alle Förderer zusammen, geteilt durch die Fälle. Ein Fall kann ein Gespräch sein oder ein Jahr "
    "Begleitung: Der Betrag taugt nicht, um Träger mit verschiedenen Aufgaben zu vergleichen."
)
FIGURES_BY = {
    "agreement": "Vereinbarung",
    "year": "Jahr",
    "topic": "Thema",
    "reporter": "Träger",
    "districts": "Gebiet",
}


def owed_figure(found: Sequence[Owed], catalogue: Catalogue, moment: datetime | None) -> Figure:
    """Which part of which proof is due when, and how it stands."""
    columns: dict[str, list[Cell]] = {
        "Vereinbarung": [called(one.agreement) for one in found],
        "Träger": [catalogue.reporter_name(one.agreement.reporter) for one in found],
        "Jahr": [one.period.label for one in found],
        "Teil": [one.part for one in found],
        "fällig am": [german.day(one.due) if one.due else "ohne Frist" for one in found],
        "Stand": [one.state for one in found],
    }
    return Figure("nachweise", "Verwendungsnachweise", framed(columns), moment=moment)


def reached_figure(one: Agreement, proof: Proof, before: Proof | None, moment: datetime | None) -> Figure:
    """Planned against reached, with last year's beside it."""
    rows = [*_people(one, proof, before), *_others(one, proof, before)]
    columns: dict[str, list[Cell]] = {
        "Was": [row[0] for row in rows],
        "geplant": [row[1] for row in rows],
        "erreicht": [row[2] for row in rows],
        "Abweichung": [_difference(row[1], row[2]) for row in rows],
        "Vorjahr": [row[3] for row in rows],
    }
    numbers = ("geplant", "erreicht", "Abweichung", "Vorjahr")
    return Figure(
        "nachweis-erreicht",
        f"Geplant und erreicht {proof.period.label}",
        framed(columns),
        subtitle=one.name,
        decimals=dict.fromkeys(numbers, 0),
        own_decimals={(row, "geplant"): 2 for row, line in enumerate(rows) if line[4]}
        | {(row, name): 2 for row, line in enumerate(rows) if line[4] for name in numbers[1:]},
        signed=frozenset((row, "Abweichung") for row in range(len(rows))),
        moment=moment,
    )


Line = tuple[str, Value | None, Value | None, Value | None, bool]


def _people(one: Agreement, proof: Proof, before: Proof | None) -> list[Line]:
    plan = {"cases": one.number("planned_cases"), "first_contacts": one.number("planned_first")}
    plan |= {part.name: part.value for part in amounts(one.text("planned_counts"))}
    shown = {**plan, **proof.counts}
    names = [name for name in shown if plan.get(name) is not None or name in proof.counts]
    titles = {code: PROOFS.field(code).title for code in COUNTED}
    earlier = before.counts if before else {}
    return [
        (titles.get(name, name), plan.get(name), proof.counts.get(name), earlier.get(name), False) for name in names
    ]


def _others(one: Agreement, proof: Proof, before: Proof | None) -> list[Line]:
    lines: list[Line] = []
    for plan, code, head, money in (("planned_other", "other", "", False), ("plan_in", "income", "Einnahmen: ", True),
                                    ("plan_out", "spent", "Ausgaben: ", True)):  # fmt: skip
        if money and code not in proof.values:
            continue
        planned, reached, last = (
            {part.name: part.value for part in amounts(text)}
            for text in (one.text(plan), proof.text(code), before.text(code) if before else "")
        )
        lines += [
            (f"{head}{name}", planned.get(name), reached.get(name), last.get(name), money)
            for name in dict.fromkeys((*planned, *reached))
        ]
    return lines


def _difference(plan: Value | None, reached: Value | None) -> Value | None:
    if isinstance(reached, Sign):
        return reached
    return None if plan is None or reached is None else german.difference(float(reached), float(plan), 2)


def words(proof: Proof, catalogue: Catalogue) -> list[tuple[str, str]]:
    """The report in words and the office's check."""
    numbers = ("agreement", "period", *COUNTED, "counts", "other", "income", "spent")
    shown = [one for one in PROOFS.fields if one.code not in numbers]
    return fields.filled(shown, proof, catalogue)


def history_figure(one: Proof, moment: datetime | None) -> Figure:
    """What was handed in when, and what changed."""
    rows: list[tuple[str, str, str, str]] = []
    before: tuple[tuple[str, str | float], ...] | None = None
    for said in one.history:
        if said.content is not None:
            lines = PROOFS.differences(before, said.content) if before is not None else [("eingereicht", "", "")]
            rows += [(german.day(local_day(said.at)), title, old, str(said.delivery)) for title, old, _ in lines]
            before = said.content
    heads = ("Eingetragen am", "Feld", "Vorher", "Lieferung")
    columns: dict[str, list[Cell]] = {head: [row[place] for row in rows[::-1]] for place, head in enumerate(heads)}
    return Figure("nachweis-verlauf", f"Verlauf: {one.name}", framed(columns), moment=moment)


@dataclass(frozen=True)
class Served:
    """A proof with its agreement, and what all funders gave in its year."""

    agreement: Agreement
    proof: Proof
    total: float | None


def served(found: Iterable[Agreement], known: Iterable[Proof], today: date) -> list[Served]:
    by_name = {one.name: one for one in found}
    pairs = [(by_name[one.agreement], one) for one in known if one.agreement in by_name]
    return [Served(agreement, proof, agreement.total(proof.period, today)) for agreement, proof in pairs]


def counselling_figure(
    found: Sequence[Served], by: str, year: str, catalogue: Catalogue, moment: datetime | None
) -> Figure:
    """Cases, first contacts, per full-time post and subsidy per case, by agreement, year, topic, provider, district."""
    chosen = [one for one in found if by == "year" or year in ("", one.proof.period.label)]
    groups: dict[str, list[Served]] = {}
    for one in chosen:
        for name in _groups(one, by, catalogue):
            groups.setdefault(name, []).append(one)
    rows = [*sorted(groups.items()), ("Insgesamt", chosen)] if by != "year" else sorted(groups.items())
    cases = [_sum(part, "cases") for _, part in rows]
    first = [_sum(part, "first_contacts") for _, part in rows]
    columns: dict[str, list[Cell]] = {
        FIGURES_BY[by]: [name for name, _ in rows],
        "Fälle": cases,
        "Erstkontakte": first,
        "Fälle je Stelle": [_ratio(part, cases_of, posts_of) for _, part in rows],
        "Zuwendung je Fall": [_ratio(part, total_of, cases_of) for _, part in rows],
        "nicht enthalten": [_left(part) for _, part in rows],
    }
    double = " Eine Vereinbarung in zwei Gebieten zählt in beiden, ganz." if by == "districts" else ""
    return Figure(
        "beratungszahlen",
        f"Fälle und Zuwendung nach {FIGURES_BY[by]}" + (f", {year}" if year and by != "year" else ""),
        framed(columns),
        note=f"{CAVEAT}{double} „.“: weniger als {catalogue.small_below} Personen, oder daraus zu errechnen; solche "
        "Zahlen sind in keiner Summe enthalten.",
        decimals={"Fälle": 0, "Erstkontakte": 0, "Fälle je Stelle": 1, "Zuwendung je Fall": 2},
        units={"Zuwendung je Fall": "Euro"},
        moment=moment,
    )


def _groups(one: Served, by: str, catalogue: Catalogue) -> list[str]:
    if by == "year":
        return [one.proof.period.label]
    if by == "agreement":
        return [f"{called(one.agreement)} ({one.proof.period.label})"]
    return groups_of(one.agreement, by, catalogue)


def _sum(part: Sequence[Served], code: str) -> Cell:
    """Of what is shown; a sign where all of it is kept back, None where nobody has said anything."""
    said = [value for one in part if (value := one.proof.counts.get(code)) is not None]
    shown = [float(value) for value in said if isinstance(value, int | float)]
    return sum(shown) if shown else Sign.SECRET if said else None


def _ratio(
    part: Sequence[Served], over: Callable[[Served], Value | None], under: Callable[[Served], Value | None]
) -> Cell:
    """The sum of the one over that of the other, of those of which both are shown."""
    pairs = [(over(one), under(one)) for one in part]
    both = [(float(a), float(b)) for a, b in pairs if isinstance(a, int | float) and isinstance(b, int | float)]
    whole = sum(b for _, b in both)
    if whole:
        return sum(a for a, _ in both) / whole
    return Sign.SECRET if any(isinstance(value, Sign) for pair in pairs for value in pair) else None


def cases_of(one: Served) -> Value | None:
    return one.proof.counts.get("cases")


def posts_of(one: Served) -> Value | None:
    return one.agreement.posts


def total_of(one: Served) -> Value | None:
    return one.total


def _left(part: Sequence[Served]) -> str:
    """„Fälle 2 von 7, Stellen 1 von 7“: how many proofs a row's numbers leave out."""
    lacks = {
        "Fälle": sum(not isinstance(one.proof.counts.get("cases"), int | float) for one in part),
        "Erstkontakte": sum(not isinstance(one.proof.counts.get("first_contacts"), int | float) for one in part),
        "Stellen": sum(one.agreement.posts is None for one in part),
        "Beträge": sum(one.total is None for one in part),
    }
    return ", ".join(f"{name} {count} von {len(part)}" for name, count in lacks.items() if count) or "nichts"
