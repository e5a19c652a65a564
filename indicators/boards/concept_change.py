"""What has changed between two states of the concept: goals, approaches, indicators and measures, in words. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators import german
from indicators.boards.concept import named_approaches
from indicators.boards.measures import titled
from indicators.catalogue import Catalogue, Indicator, Part
from indicators.catalogue.lasting import last_day
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure

CONCEPT, MEASURES = "konzept-geaendert", "konzept-massnahmen"
"""Keys of the figures."""
FIELD, INDICATOR, MEASURE = "Handlungsfeld", "Kennzahl", "Maßnahme"
GOES_ON = "Die Zeitreihe läuft weiter."
ENDS = ("umgesetzt", "entfallen")
"""A measure that has become a standing task is done, and has not ended."""


class Act(StrEnum):
    """What has happened; the value is the word on the screen."""

    NEW = "neu"
    REPLACED = "ersetzt"
    REWORDED = "neuer Wortlaut"
    TEXT = "neuer Text"
    MOVED = "anders zugeordnet"
    ENDED = "beendet"


@dataclass(frozen=True)
class ConceptChange:
    """`field` is the code of the field that it belongs to now, or did; `kind` is its German word."""

    field: str
    kind: str
    code: str
    act: Act
    before: str
    after: str
    remark: str = ""


@dataclass(frozen=True)
class State:
    """The concept and the measures of a day."""

    day: date
    catalogue: Catalogue
    measures: Sequence[Measure]


def changes(before: Catalogue, after: Catalogue) -> tuple[ConceptChange, ...]:
    """Everything that the two concepts, each on its day, say differently: field by field, goals before indicators."""
    found = [*_fields(before, after), *_parts(before, after), *_indicators(before, after)]
    return _in_order(found, before, after)


def measure_changes(before: State, after: State) -> tuple[ConceptChange, ...]:
    """Measures that are new, done or gone, and those that serve another goal or approach than before."""
    then = {one.name: one for one in before.measures}
    now = {one.name: one for one in after.measures}
    told = (_measure(before.catalogue, then.get(name), after.catalogue, one) for name, one in now.items())
    found = [change for change in told if change]
    gone = [one for name, one in then.items() if name not in now]
    found += [_of_measure(one, Act.ENDED, one.title, "nicht mehr im Katalog der Maßnahmen") for one in gone]
    return _in_order(found, before.catalogue, after.catalogue)


def figures(
    before: State, after: State, moment: datetime | None, fields: Collection[str] | None = None
) -> list[Figure]:
    """What has changed in the concept and among the measures, of some fields or all; nothing where nothing has."""
    days = f"vom {german.day(before.day)} bis zum {german.day(after.day)}"
    told = (
        (CONCEPT, f"Änderungen am Konzept {days}", changes(before.catalogue, after.catalogue)),
        (MEASURES, f"Maßnahmen, neu, beendet oder anders zugeordnet {days}", measure_changes(before, after)),
    )
    chosen = [
        (key, title, [one for one in found if fields is None or one.field in fields]) for key, title, found in told
    ]
    return [changes_figure(found, after.catalogue, key, title, moment) for key, title, found in chosen if found]


def changes_figure(
    found: Sequence[ConceptChange], catalogue: Catalogue, key: str, title: str, moment: datetime | None
) -> Figure:
    """One row a change, with the text of before beside that of now."""
    fields = {field.code: f"{field.code} {field.title}" for field in catalogue.fields}
    columns: dict[str, list[Cell]] = {
        "Handlungsfeld": [fields.get(one.field, one.field) for one in found],
        "Was": [f"{one.kind} {one.code}".strip() for one in found],
        "Änderung": [one.act.value for one in found],
        "bisher": [one.before for one in found],
        "jetzt": [one.after for one in found],
        "Anmerkung": [one.remark for one in found],
    }
    return Figure(key, title, framed(columns), moment=moment)


def _in_order(found: Iterable[ConceptChange], before: Catalogue, after: Catalogue) -> tuple[ConceptChange, ...]:
    codes = dict.fromkeys([*(field.code for field in after.fields), *(field.code for field in before.fields)])
    order = {code: place for place, code in enumerate(codes)}
    return tuple(sorted(found, key=lambda change: order.get(change.field, len(order))))


def _fields(before: Catalogue, after: Catalogue) -> Iterator[ConceptChange]:
    then = {field.code: field for field in before.fields}
    now = {field.code: field for field in after.fields}
    for code, field in now.items():
        old = then.get(code)
        if old is None:
            yield ConceptChange(code, FIELD, code, Act.NEW, "", field.title)
            continue
        if old.title != field.title:
            yield ConceptChange(code, FIELD, code, Act.REWORDED, old.title, field.title)
        if old.text != field.text:
            yield ConceptChange(code, FIELD, code, Act.TEXT, old.text, field.text)
    gone = (field for code, field in then.items() if code not in now)
    yield from (ConceptChange(field.code, FIELD, field.code, Act.ENDED, field.title, "") for field in gone)


def _parts(before: Catalogue, after: Catalogue) -> Iterator[ConceptChange]:
    then, now = before.concept.shown, after.concept.shown
    replaced: set[str] = set()
    for code, part in now.items():
        if code in then:
            yield from _differences(before, after, then[code], part)
            continue
        earlier = [one for one in after.concept.forerunners(code) if one in then]
        ended = [one for one in earlier if one not in now]
        replaced.update(ended)
        remark = f"führt fort: {german.enumeration(earlier)}" if earlier and not ended else ""
        texts = "; ".join(f"{one} {then[one].title}" for one in ended)
        act = Act.REPLACED if ended else Act.NEW
        yield ConceptChange(after.concept.field_of(code), part.word, code, act, texts, part.title, remark)
    for code, part in then.items():
        if code not in now and code not in replaced:
            field = before.concept.field_of(code)
            yield ConceptChange(field, part.word, code, Act.ENDED, part.title, "", _until(after, code))


def _until(after: Catalogue, code: str) -> str:
    day = last_day(tuple(after.concept.parts.values()), code) if code in after.concept.parts else None
    return f"galt bis {german.day(day)}" if day else ""


def _differences(before: Catalogue, after: Catalogue, old: Part, new: Part) -> Iterator[ConceptChange]:
    code, field = new.code, after.concept.field_of(new.code)
    if old.title != new.title:
        yield ConceptChange(field, new.word, code, Act.REWORDED, old.title, new.title)
    if old.text != new.text:
        yield ConceptChange(field, new.word, code, Act.TEXT, old.text, new.text)
    places = [_place(one, code) for one in (before, after)]
    if places[0] != places[1]:
        yield ConceptChange(field, new.word, code, Act.MOVED, places[0], places[1])


def _place(catalogue: Catalogue, code: str) -> str:
    """What a goal or approach lies below."""
    concept = catalogue.concept
    guiding = concept.above.get(code, "")
    return f"{guiding} {concept.parts[guiding].title}" if guiding else f"Handlungsfeld {concept.field_of(code)}"


def _indicators(before: Catalogue, after: Catalogue) -> Iterator[ConceptChange]:
    then = {after.current_indicator(one.code): one for one in before.kept_up}
    now = {one.code: one for one in after.kept_up}
    for code, one in now.items():
        old = then.get(code)
        if old is None:
            yield _of_indicator(one, Act.NEW, "", one.title, f"zu {_goal(after, one.goal)}")
        elif old.goal != one.goal:
            goals = _goal(before, old.goal), _goal(after, one.goal)
            yield _of_indicator(one, Act.MOVED, *goals, f"{one.title}. {GOES_ON}")
    for code, one in then.items():
        if code not in now:
            remark = "wird nicht mehr geführt" if code in after.indicators else ""
            yield _of_indicator(one, Act.ENDED, one.title, "", remark)


def _of_indicator(one: Indicator, act: Act, before: str, after: str, remark: str) -> ConceptChange:
    return ConceptChange(one.field, INDICATOR, one.code, act, before, after, remark)


def _goal(catalogue: Catalogue, code: str) -> str:
    return f"{code} {catalogue.goals.get(code, '')}".strip()


def _measure(before: Catalogue, old: Measure | None, after: Catalogue, new: Measure) -> ConceptChange | None:
    if old is None:
        return _of_measure(new, Act.NEW, "", titled(new.status))
    if new.status in ENDS and old.status not in ENDS:
        return _of_measure(new, Act.ENDED, titled(old.status), titled(new.status))
    codes = _serving(before, old), _serving(after, new)
    if codes[0] == codes[1]:
        return None
    return _of_measure(new, Act.MOVED, _named(before, codes[0]), _named(after, codes[1]))


def _serving(catalogue: Catalogue, one: Measure) -> list[str]:
    """The goals and approaches that a measure names."""
    return list(dict.fromkeys([*one.codes("goal"), *named_approaches(one, catalogue)]))


def _named(catalogue: Catalogue, codes: Sequence[str]) -> str:
    titles: Mapping[str, str] = {**catalogue.goals, **catalogue.approaches}
    return "; ".join(f"{code} {titles.get(code, '')}".strip() for code in codes)


def _of_measure(one: Measure, act: Act, before: str, after: str) -> ConceptChange:
    field = next(iter(one.codes("field")), "")
    return ConceptChange(field, MEASURE, one.name, act, before, after, one.title if one.title != one.name else "")
