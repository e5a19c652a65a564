"""What a change of the definitions does: what differs, which statuses change, which values lose their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators import german
from indicators.attainment import Status
from indicators.boards import definition_terms as terms
from indicators.boards.definition_terms import said
from indicators.catalogue import Approach, BaseFigure, Catalogue
from indicators.knowledge.snapshot import Snapshot
from indicators.knowledge.unclaimed import Lost, lost
from indicators.store import Store
from indicators.suppression import HiddenValue

NEW, GONE = "neu", "entfällt"


@dataclass(frozen=True)
class Difference:
    """One field of one definition that differs; `term` is empty where the whole is new or gone."""

    kind: str
    code: str
    title: str
    term: str
    before: str
    after: str

    @property
    def where(self) -> str:
        return f"{self.kind} {self.code}: {self.title}" if self.code else f"{self.kind} {self.title}"

    def __str__(self) -> str:
        term = f", {self.term}" if self.term else ""
        return f"{self.where}{term}: {self.before or '–'} → {self.after}"


@dataclass(frozen=True)
class StatusChange:
    """An indicator's status today, before and after the change."""

    code: str
    title: str
    before: Status
    after: Status


@dataclass(frozen=True)
class ValueChange:
    """An indicator's latest value, before and after the change."""

    code: str
    title: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class HiddenChange:
    """How many numbers of a base figure are hidden from everyone but the office, before and after the change."""

    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Effects:
    """All that a person is told before the change is made. `cautions` are whole sentences."""

    differences: tuple[Difference, ...]
    statuses: tuple[StatusChange, ...]
    values: tuple[ValueChange, ...]
    hidden: tuple[HiddenChange, ...]
    cautions: tuple[str, ...]


Entities = Mapping[tuple[str, str], tuple[str, object]]
"""(kind, code) → title and model."""


def differences(before: Catalogue, after: Catalogue) -> tuple[Difference, ...]:
    """Everything that the two say differently, in the order of the later one's definitions."""
    earlier, later = _entities(before), _entities(after)
    found: list[Difference] = []
    for (kind, code), (title, model) in later.items():
        if (kind, code) not in earlier:
            found.append(Difference(kind, _shown_code(kind, code), title, "", "", NEW))
            continue
        found += _fields(kind, code, earlier[kind, code], (title, model), before, after)
    gone = ((key, title) for key, (title, _) in earlier.items() if key not in later)
    found += [Difference(kind, _shown_code(kind, code), title, "", title, GONE) for (kind, code), title in gone]
    return tuple(found)


def effects(store: Store, before: Snapshot, after: Snapshot) -> Effects:
    """What differs between two sets of definitions, on the same data at the same moment."""
    shared = [code for code in after.catalogue.indicators if code in before.catalogue.indicators]
    return Effects(
        differences(_with_targets(before.catalogue), _with_targets(after.catalogue)),
        tuple(_statuses(before, after, shared)),
        tuple(_values(before, after, shared)),
        tuple(_hidden_changes(before, after)),
        (*_lost(store, before.catalogue, after.catalogue), *_protection(before, after), *_templates(before, after)),
    )


def _with_targets(known: Catalogue) -> Catalogue:
    """With all goals that ever were or will be, and the targets that are in force."""
    written = known.whole.indicators
    places = {code: {"goal": one.goal, "field": one.field} for code, one in written.items()}
    asked = {code: one.model_copy(update=places[code]) for code, one in known.indicators.items()}
    return replace(known.whole, indicators=asked)


def _fields(
    kind: str, code: str, earlier: tuple[str, object], later: tuple[str, object], before: Catalogue, after: Catalogue
) -> Iterator[Difference]:
    old, new = earlier[1], later[1]
    for name, term in _TERMS[kind].items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Difference(
                kind, _shown_code(kind, code), later[0], term, said(was, name, before), said(now, name, after)
            )
    if kind == "Kennzahl" and getattr(old, "formula") == getattr(new, "formula"):  # noqa: B009 - of any entity
        words = [one.formula_in_words(one.indicator(code)) for one in (before, after)]
        if words[0] != words[1]:
            yield Difference(kind, code, later[0], "Formel", words[0], words[1])


def _shown_code(kind: str, code: str) -> str:
    """Members and dimensions are known by their names."""
    return "" if kind in ("Ausprägung", "Merkmal", "Einheit") else code


_TERMS: Mapping[str, Mapping[str, str]] = {
    "Stadt": terms.CITY,
    "Handlungsfeld": terms.FIELD,
    "Ziel": terms.PART,
    "Handlungsansatz": terms.PART,
    "Kennzahl": terms.INDICATOR,
    "Grundzahl": terms.BASE_FIGURE,
    "Meldende Stelle": terms.REPORTER,
    "Abgeleitete Grundzahl": terms.DERIVED,
    "Merkmal": {name: term for name, term in terms.DIMENSION.items() if name != "members"},
    "Ausprägung": terms.MEMBER,
    "Einheit": terms.UNIT,
}


def _entities(catalogue: Catalogue) -> Entities:
    found: dict[tuple[str, str], tuple[str, object]] = {("Stadt", ""): (catalogue.city.name, catalogue.city)}
    for field in catalogue.fields:
        found["Handlungsfeld", field.code] = field.title, field
        for part in field.parts:
            found["Handlungsansatz" if isinstance(part, Approach) else "Ziel", part.code] = part.title, part
    found |= {("Kennzahl", code): (one.title, one) for code, one in catalogue.indicators.items()}
    found |= {("Grundzahl", code): (one.title, one) for code, one in catalogue.base_figures.items()}
    found |= {("Abgeleitete Grundzahl", code): (one.title, one) for code, one in catalogue.derived.items()}
    found |= {("Meldende Stelle", code): (one.name, one) for code, one in catalogue.reporters.items()}
    for code, axis in catalogue.dimensions.items():
        found["Merkmal", code] = axis.title, axis
        found |= {("Ausprägung", f"{code}={one.code}"): (f"{axis.title}: {one.title}", one) for one in axis.members}
    return found | {("Einheit", code): (one.title, one) for code, one in catalogue.units.items()}


def _statuses(before: Snapshot, after: Snapshot, shared: Sequence[str]) -> Iterator[StatusChange]:
    for code in shared:
        was, now = before.status(code), after.status(code)
        if was != now:
            yield StatusChange(code, after.catalogue.indicator(code).title, was, now)


def _values(before: Snapshot, after: Snapshot, shared: Sequence[str]) -> Iterator[ValueChange]:
    for code in shared:
        was, now = _latest(before, code), _latest(after, code)
        if was != now:
            yield ValueChange(code, after.catalogue.indicator(code).title, now[0] or was[0], was[1], now[1])


def _latest(known: Snapshot, code: str) -> tuple[str, str]:
    """Period and value that the overview shows; empty without values."""
    indicator, point = known.catalogue.indicator(code), known.headline(code).latest
    if point is None:
        return "", "kein Wert"
    symbol = known.catalogue.unit_of(indicator).symbol
    shown = german.measured(point, indicator.decimals)
    return point.period.short_label, f"{shown} {symbol}".rstrip()


def _lost(store: Store, before: Catalogue, after: Catalogue) -> Iterator[str]:
    """Stored values that lose their place by this change."""
    known: dict[Lost, int] = dict(lost(store, before))
    for what, values in lost(store, after):
        if (more := values - known.get(what, 0)) > 0:
            count = german.counted(more, "gespeicherter Wert verliert", "gespeicherte Werte verlieren")
            yield f"{count} den Platz: {what.sentence} {what.on_screen}"


def _hidden_changes(before: Snapshot, after: Snapshot) -> Iterator[HiddenChange]:
    was, now = ([_place(value) for value in known.hidden.values] for known in (before, after))
    for code in dict.fromkeys(place[0] for place in (*now, *was)):
        counts = [sum(place[0] == code for place in set(found)) for found in (was, now)]
        if counts[0] != counts[1]:
            yield HiddenChange(after.catalogue.figure_name(code), *counts)


def _protection(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What is hidden from everyone but the office afterwards, in all states that there ever were, and what no more."""
    was = {_place(value): value for value in before.hidden.values}
    now = {_place(value): value for value in after.hidden.values}
    more = [value for place, value in now.items() if place not in was]
    less = [value for place, value in was.items() if place not in now]
    if more:
        yield f"{_hidden_count(more, after)} für alle außer der Stabsstelle gesperrt, auch in früheren Ständen."
    if less:
        yield (
            f"{_hidden_count(less, before)} für alle sichtbar, auch in früheren Ständen. Bitte prüfen Sie, ob das so "
            "gewollt ist: Was einmal gezeigt wurde, lässt sich nicht zurückholen."
        )
    unsafe = {_place(value) for value in after.hidden.unsafe} - {_place(value) for value in before.hidden.unsafe}
    if unsafe:
        count = german.counted(len(unsafe), "gesperrte Zahl ließe", "gesperrte Zahlen ließen")
        yield f"{count} sich trotzdem eingrenzen."
    if dict(before.hidden.rounding) != dict(after.hidden.rounding):
        changed = set(before.hidden.rounding.items()) ^ set(after.hidden.rounding.items())
        names = sorted({after.catalogue.figure_name(code) for code, _ in changed})
        yield f"Für andere anders gerundet wird: {german.enumeration([f'„{name}“' for name in names])}."


def _place(value: HiddenValue) -> tuple[str, str, int]:
    return value.base_figure, value.breakdown.code, value.period.key


def _hidden_count(values: Sequence[HiddenValue], known: Snapshot) -> str:
    names = dict.fromkeys(known.catalogue.figure_name(value.base_figure) for value in values)
    count = german.counted(len(values), "Zahl wird", "Zahlen werden")
    return f"{count} ({german.enumeration([f'„{name}“' for name in names])})"


def _templates(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Whose templates, handed out by now, ask for something else than will be wanted."""
    old, new = before.catalogue, after.catalogue
    concerned: dict[str, list[str]] = {}
    for code, figure in old.base_figures.items():
        later = new.base_figures.get(new.current_code(code))
        if later is None or _asked(old, figure) != _asked(new, later):
            for reporter in figure.reporters:
                concerned.setdefault(reporter, []).append(figure.title)
    for reporter, titles in concerned.items():
        names = german.enumeration([f"„{title}“" for title in titles])
        yield (
            f"Ausgegebene Vorlagen von {old.reporter_name(reporter)} fragen {names} noch so ab wie bisher. Geben Sie "
            "sie neu aus; was in alten Vorlagen nicht mehr passt, meldet die Prüfung."
        )


def _asked(catalogue: Catalogue, figure: BaseFigure) -> tuple[object, ...]:
    wanted = [(one, catalogue.name_of(one)) for one in catalogue.breakdowns_of(figure)]
    return figure.unit, figure.frequency, figure.reporters, figure.sheet, wanted
