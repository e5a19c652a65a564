"""A measure's way: recommended, assessed, proposed, through the committees, decided, under way, done. Pure.

Also what the committees have to deal with next, and what was put off how often.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.datasets.consultations import DECISION, VOTES
from indicators.datasets.measures import DONE
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.consultations import Consultation, Due, due, of_measure, plain
from indicators.knowledge.measures import Measure

STEPS = ("empfohlen", "bewertet", "vorgeschlagen", "beschlossen", "in Umsetzung", "umgesetzt")
BY = {
    "empfohlen": "Empfehlung der Arbeitsgruppe",
    "bewertet": "Bewertung der Steuerungsgruppe",
    "vorgeschlagen": "Vorschlag an die Gremien",
    "beschlossen": "Beschluss",
    "in Umsetzung": "Umsetzung",
    "umgesetzt": "Abschluss",
}
"""What the step is called by which a measure comes to a status."""
AS_FAR_AS = {
    "Idee": "",
    "verstetigt": "umgesetzt",
    "ständige Aufgabe": "umgesetzt",
    "fortgesetzt": "in Umsetzung",
}
"""How far on the way a measure with another status is; „zurückgestellt“ and „entfallen“ stay where they were."""
FOLLOWS = {
    "": "Eine Arbeitsgruppe empfiehlt sie.",
    "empfohlen": "Die Steuerungsgruppe bewertet die Empfehlung.",
    "bewertet": "Sie wird den Gremien vorgeschlagen.",
    "vorgeschlagen": "Die Beratungsfolge wird eingetragen.",
    "beschlossen": "Die Umsetzung beginnt.",
    "in Umsetzung": "Sie wird umgesetzt.",
}
CLOSED = "nichtöffentlich"
CLOSED_NOTE = "Von nichtöffentlichen Beratungen steht hier nur, dass es sie gibt, wo und wann."
NO_DAY = "noch ohne Termin"


@dataclass(frozen=True)
class Step:
    """A step of the way; `day` is when the measure got there first, None where nobody said so or not yet."""

    word: str
    reached: bool
    day: date | None = None


def steps(one: Measure) -> list[Step]:
    """All steps in order. What lies before the furthest step is done, also where nobody wrote it down."""
    days: dict[str, date] = {}
    for said in one.history:
        days.setdefault(AS_FAR_AS.get(said.status, said.status), said.day)
    furthest = max((STEPS.index(word) for word in days if word in STEPS), default=-1)
    if one.status in (*STEPS, *AS_FAR_AS):
        word = AS_FAR_AS.get(one.status, one.status)
        furthest = STEPS.index(word) if word else -1
    return [
        Step(BY[word], place <= furthest, days.get(word) if place <= furthest else None)
        for place, word in enumerate(STEPS)
    ]


def next_step(one: Measure, found: Iterable[Consultation], today: date) -> str:
    """What comes next, in a sentence; empty where nothing does."""
    own = of_measure(found, one.name)
    if waiting := due(own, today):
        return _waiting(waiting[0], today)
    if one.status in DONE:
        return ""
    if final := next((past for past in reversed(own) if past.outcome and past.text("role") == DECISION), None):
        return _after(one, final)
    if one.status == "zurückgestellt":
        return "Sie ist zurückgestellt; ein neuer Termin ist nicht eingetragen."
    if own and one.status == "vorgeschlagen":
        return "Alle eingetragenen Beratungen sind abgeschlossen; eine Entscheidung ist noch nicht eingetragen."
    return FOLLOWS.get(AS_FAR_AS.get(one.status, one.status), "")


def _waiting(first: Due, today: date) -> str:
    station = first.station
    role = f" ({station.text('role')})" if station.text("role") else ""
    if first.day is None:
        return f"{station.committee}{role}, {NO_DAY}{_often(first)}."
    if first.late(today):
        return f"{station.committee}{role} am {german.day(first.day)}: Das Ergebnis fehlt noch{_often(first)}."
    return f"{station.committee}{role} am {german.day(first.day)}{_often(first)}."


def _often(one: Due) -> str:
    if not one.times:
        return ""
    since = f" seit {german.day(one.since)}" if one.since else ""
    return f", {one.times}-mal zurückgestellt{since}"


def _after(one: Measure, final: Consultation) -> str:
    day = final.on
    said = f"{final.committee}{f' am {german.day(day)}' if day else ''}: {final.outcome}."
    if final.decided and one.status in ("Idee", "empfohlen", "bewertet", "vorgeschlagen", "zurückgestellt"):
        return f"{said} Der Status steht noch auf „{one.status}“ und ist fortzuschreiben."
    if final.decided:
        return f"{said} {FOLLOWS.get(AS_FAR_AS.get(one.status, one.status), '')}".strip()
    return said


def votes(one: Consultation) -> str:
    """„22 Ja, 3 Nein, 1 Enthaltung“; what nobody wrote down is left out."""
    words = {
        "votes_for": ("Ja", "Ja"),
        "votes_against": ("Nein", "Nein"),
        "abstentions": ("Enthaltung", "Enthaltungen"),
    }
    counts = ((code, one.values.get(code)) for code in VOTES)
    said = [german.counted(int(number), *words[code]) for code, number in counts if isinstance(number, float | int)]
    return "; ".join(filter(None, (", ".join(said), one.text("votes_by_group"))))


def outcome(one: Consultation) -> str:
    """What came of it: „zurückgestellt auf 07.12.2026“."""
    if one.closed:
        return CLOSED
    to = one.day("put_off_to")
    return f"{one.outcome} auf {german.day(to)}" if to else one.outcome


def stations_figure(found: Sequence[Consultation], measure: str, moment: datetime | None) -> Figure:
    """A measure's sequence of consultations, in order."""
    own = of_measure(found, measure)
    columns: dict[str, list[Cell]] = {
        "Station": [one.text("station") for one in own],
        "Gremium": [one.committee for one in own],
        "Termin": [german.day(day) if (day := one.on) else NO_DAY for one in own],
        "Öffentlichkeit": ["öffentlich" if one.public else CLOSED for one in own],
        "Aufgabe": [one.text("role") for one in own],
        "Ergebnis": [outcome(one) for one in own],
        "Abstimmung": [votes(one) for one in own],
        "Vorlage": [one.text("paper") for one in own],
        "Haushalt": [one.text("budget") for one in own],
        "Anmerkung": [one.text("remark") for one in own],
    }
    return Figure("massnahme-beratungen", f"Beratungen: {measure}", framed(columns), note=_note(own), moment=moment)


def due_figure(
    waiting: Sequence[Due], titles: Mapping[str, str], today: date, moment: datetime | None, committee: str = ""
) -> Figure:
    """What committees have still to deal with, by day; `titles` of measures by name."""
    found = [one for one in waiting if not committee or plain(one.station.committee) == plain(committee)]
    columns: dict[str, list[Cell]] = {
        "Termin": [german.day(one.day) if one.day else NO_DAY for one in found],
        "Gremium": [one.station.committee for one in found],
        "Maßnahme": [titled(one.station.measure, titles) for one in found],
        "Aufgabe": [one.station.text("role") or CLOSED for one in found],
        "Öffentlichkeit": ["öffentlich" if one.station.public else CLOSED for one in found],
        "Zurückgestellt": [f"{one.times}-mal" if one.times else "" for one in found],
        "Seit": [german.day(one.since) if one.since else "" for one in found],
        "Vorlage": [one.station.text("paper") for one in found],
        "Haushalt": [one.station.text("budget") for one in found],
        "Stand": ["Ergebnis fehlt" if one.late(today) else "steht an" for one in found],
    }
    title = (
        f"Was {committee} als Nächstes entscheiden muss" if committee else "Was die Gremien als Nächstes entscheiden"
    )
    return Figure(
        "beratungen-anstehend", title, framed(columns), note=_note([one.station for one in found]), moment=moment
    )


def titled(name: str, titles: Mapping[str, str]) -> str:
    title = titles.get(name, "")
    return name if not title or title in name else f"{name}: {title}"


def on_the_table(waiting: Sequence[Due], committee: str, day: date) -> list[Due]:
    """What a meeting of a committee on this day has to deal with: what is set for it, is late or has no day."""
    own = (one for one in waiting if plain(one.station.committee) == plain(committee))
    return [one for one in own if one.day is None or one.day <= day]


def next_station(found: Sequence[Consultation], measure: str) -> str:
    """The number of the next station of a measure."""
    used = [one.text("station") for one in of_measure(found, measure)]
    return str(max((int(text) for text in used if text.isdecimal()), default=len(used)) + 1)


def _note(found: Iterable[Consultation]) -> str:
    return CLOSED_NOTE if any(one.closed for one in found) else ""
