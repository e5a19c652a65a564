"""A published file held against the catalogue: what counts the same becomes comparison values, all else is told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue
from indicators.datasets.elsewhere import ELSEWHERE
from indicators.datasets.listed.entries import Entry
from indicators.datasets.reading import Reading
from indicators.elsewhere.places import OWN, UNKNOWN, PlaceError, Places
from indicators.elsewhere.published import Published, Value
from indicators.elsewhere.terms import Terms, of_figure
from indicators.foreign_text import legible
from indicators.model import Breakdown, Finding, Place, Severity
from indicators.periods import Period, PeriodKind

Ours = Mapping[str, Sequence[Terms]]
"""By code of a base figure the lines of it that speak of the file."""
Taken = tuple[str, Breakdown, str, Period]
NAMED = 6
COMPARE = "Vorher Definition, Bezugsgruppe und Stichtag vergleichen."


@dataclass
class _Sorted:
    """The values of a file: `taken` by base figure, its group, area and period; what is left out, by why."""

    taken: dict[Taken, Value] = field(default_factory=dict)
    doubled: list[Value] = field(default_factory=list)
    two_places: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    contradicting: list[Value] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    other_days: dict[str, Value] = field(default_factory=dict)
    other_units: dict[str, Value] = field(default_factory=dict)


def reading_of(published: Published, catalogue: Catalogue, file_name: str) -> Reading:
    """The comparison values of the file, with what is wrong or left out as findings."""
    every = {code: list(of_figure(figure, published, catalogue)) for code, figure in catalogue.base_figures.items()}
    ours = {code: terms for code, terms in every.items() if terms}
    found = _sorted(published, catalogue, ours)
    table = next(iter(published.tables), "")
    source = legible(", ".join(filter(None, (published.source, table, published.title))), 200)
    rows = []
    for (code, group, area, period), value in sorted(found.taken.items(), key=_in_order):
        content: dict[str, str | float] = {"figure": code, "area": area, "period": str(period)}
        content |= {"group": group.code} if group.members else {}
        content |= {
            "value": float(value.value or 0.0),
            "source": source,
            "file": f"{legible(file_name, 120)}, {value.place.cell}",
        }
        key = ELSEWHERE.key_for(catalogue.base_figures[code].reporters[0], period, ELSEWHERE.form.name_of(content))
        rows.append(Entry(key, tuple(content.items()), value.place))
    covers = tuple(dict.fromkeys(row.slice for row in rows))
    reporter = rows[0].key.reporter if rows else ""
    findings = (*published.findings, *_told(published, catalogue, ours, found))
    return Reading(ELSEWHERE.code, reporter, None, tuple(rows), covers, findings)


def _in_order(taken: tuple[Taken, Value]) -> tuple[str, str, str, int]:
    (code, group, area, period), _ = taken
    return code, group.code, area, period.key


def _sorted(published: Published, catalogue: Catalogue, ours: Ours) -> _Sorted:
    found, places = _Sorted(), Places(catalogue)
    for value in published.values:
        figures = dict.fromkeys((code, one.group) for code, terms in ours.items() for one in terms if one.means(value))
        if not figures:
            found.left["other"] += 1
            continue
        try:
            area = places.of(value)
        except PlaceError:
            found.contradicting.append(value)
            continue
        if area is UNKNOWN or area == OWN:
            found.left["unknown" if area is UNKNOWN else "own"] += 1
            continue
        for code, group in figures:
            _put(found, catalogue, (catalogue.base_figures[code], group), area, value)
    return found


def _put(found: _Sorted, catalogue: Catalogue, counted: tuple[BaseFigure, Breakdown], area: str, value: Value) -> None:
    figure, group = counted
    period = _period(figure, value)
    if not _same_unit(catalogue, figure, value.measure.unit):
        found.other_units.setdefault(figure.code, value)
        found.left["unit"] += 1
    elif period is None:
        found.other_days.setdefault(figure.code, value)
    elif value.value is None:
        found.left["sign"] += 1
    elif (before := found.taken.setdefault((figure.code, group, area, period), value)).keys != value.keys:
        found.two_places.setdefault(area, (before, value))
    elif before.value != value.value:
        found.doubled.append(value)


def _same_unit(catalogue: Catalogue, figure: BaseFigure, unit: str) -> bool:
    """A file that names no unit is taken as counting single things, or percent where the base figure is one."""
    said = unit.casefold()
    if not said:
        return True
    is_share = "%" in said or "prozent" in said
    in_thousands = "tsd" in said or "1000" in said.replace(".", "").replace(" ", "") or "mill" in said
    return is_share == catalogue.unit_of(figure).percentage and not in_thousands


def _period(figure: BaseFigure, value: Value) -> Period | None:
    """The base figure's own period; None where the file is of another day or length."""
    period = value.period
    if period.kind is PeriodKind.DATE and not figure.frequency.covers(period):
        day = f"{period.end:%m-%d}"
        whole = Period.of_year(period.year)
        return whole if day == (str(figure.reference) if figure.reference else "12-31") else None
    return period if figure.frequency.covers(period) else None


def _told(published: Published, catalogue: Catalogue, ours: Ours, found: _Sorted) -> Iterator[Finding]:
    if not ours or found.left["other"] == len(published.values):
        yield _unknown(published)
        return
    for code, value in found.other_units.items():
        if not any(figure == code for figure, *_ in found.taken):
            yield _other_unit(catalogue, code, value)
    for code, value in found.other_days.items():
        yield _other_day(catalogue, code, value)
    if found.contradicting:
        yield _contradicts(found.contradicting)
    for area, both in found.two_places.items():
        yield _two_places(catalogue, area, both)
    for value in found.doubled[:NAMED]:
        message = f"„{value.names[0]}“, {value.period.label}: Die Datei nennt zwei verschiedene Werte."
        yield Finding("duplicate", Severity.ERROR, message, "Bitte die Datei bei der Quelle neu holen.", value.place)
    if said := _left(found.left):
        yield Finding("published-left-out", Severity.HINT, said, "Zu tun ist nichts, wenn das so gewollt ist.")
    if not found.taken and not found.other_units and not found.other_days:
        yield _no_place(catalogue)


def _unknown(published: Published) -> Finding:
    """No base figure counts this, or none that is said to: with what the file has, ready to be copied."""
    table = next(iter(published.tables), published.title)
    kinds = dict.fromkeys(_named(value) for value in published.values)
    named = "; ".join(list(kinds)[:NAMED]) + ("; …" if len(kinds) > NAMED else "")
    message = f"Zu „{legible(table, 80)}“ zählt keine Grundzahl dasselbe."
    return Finding(
        "published-other-definition",
        Severity.ERROR,
        f"{message} Übernommen wird nur, was genauso zählt wie bei uns. In der Datei steht: {legible(named, 400)}.",
        "Unter „Katalog ändern“ bei der Grundzahl „Veröffentlicht als“ eintragen, zum Beispiel: "
        f"{legible(' · '.join((table, next(iter(kinds), ''))), 200)}. {COMPARE}",
    )


def _named(value: Value) -> str:
    """As it is written under „Veröffentlicht als“."""
    measure = next((name for name in value.measure.names if name), "")
    restricted = (f"{variable} = {name}" if variable else name for variable, name in value.attributes)
    return " · ".join(filter(None, (measure, *restricted)))


def _other_unit(catalogue: Catalogue, code: str, value: Value) -> Finding:
    ours, theirs = catalogue.unit_of(catalogue.base_figures[code]).title, legible(value.measure.unit, 40)
    return Finding(
        "published-other-unit",
        Severity.ERROR,
        f"„{catalogue.figure_name(code)}“ steht bei uns in {ours}, in der Datei in „{theirs}“.",
        "Bitte die Tabelle mit derselben Einheit holen.",
        value.place,
        value.measure.unit,
    )


def _other_day(catalogue: Catalogue, code: str, value: Value) -> Finding:
    figure = catalogue.base_figures[code]
    month, _, day = (figure.reference or "").partition("-")
    reference = f"den {day}.{month}." if day else f"{figure.frequency.word}e Zeiträume"
    return Finding(
        "published-other-day",
        Severity.ERROR,
        f"„{catalogue.figure_name(code)}“ gilt bei uns für {reference}, in der Datei steht {value.period.label}. "
        "Das ist nicht vergleichbar.",
        "Bitte die Tabelle mit demselben Stichtag oder Zeitraum holen.",
        value.place,
        value.period.label,
    )


def _contradicts(values: list[Value]) -> Finding:
    first = values[0]
    said = german.counted(len(values), "Wert passt", "Werte passen")
    return Finding(
        "published-place-contradicts",
        Severity.ERROR,
        f"Bei {said} der amtliche Schlüssel nicht zum Namen, zuerst „{first.names[0]}“ mit {', '.join(first.keys)}.",
        "Bitte die Datei bei der Quelle neu holen oder Schlüssel und Namen im Katalog prüfen (andere Schreibweisen).",
        first.place,
        first.names[0],
    )


def _two_places(catalogue: Catalogue, area: str, both: tuple[Value, Value]) -> Finding:
    """A city and the district around it often share a name."""
    first, second = (f"„{value.names[-1]}“ ({', '.join(value.keys)})" for value in both)
    title = catalogue.dimensions[catalogue.comparison].member(area).title
    return Finding(
        "published-two-places",
        Severity.ERROR,
        f"Mit „{title}“ können in der Datei zwei Orte gemeint sein: {first} und {second}.",
        f"Unter „Katalog ändern“ bei „{title}“ den amtlichen Schlüssel des richtigen Ortes als andere Schreibweise "
        "eintragen; dann zählt der Schlüssel.",
        both[1].place,
        title,
    )


def _left(left: Counter[str]) -> str:
    parts = [
        german.counted(left["unknown"], "Wert eines anderen Ortes", "Werte anderer Orte") if left["unknown"] else "",
        german.counted(left["own"], "Wert der eigenen Stadt", "Werte der eigenen Stadt") if left["own"] else "",
        german.counted(left["other"], "Wert anderer Abgrenzung", "Werte anderer Abgrenzung") if left["other"] else "",
        german.counted(left["unit"], "Wert anderer Einheit", "Werte anderer Einheit") if left["unit"] else "",
        german.counted(left["sign"], "Zeichen ohne Wert", "Zeichen ohne Wert") if left["sign"] else "",
    ]
    named = [part for part in parts if part]
    return f"Nicht übernommen: {german.enumeration(named)}." if named else ""


def _no_place(catalogue: Catalogue) -> Finding:
    return Finding(
        "published-no-place",
        Severity.ERROR,
        "In der Datei steht keines der Vergleichsgebiete des Katalogs.",
        "Unter „Katalog ändern“ beim Merkmal der Vergleichsgebiete den amtlichen Schlüssel oder den Namen, wie er in "
        "der Datei steht, als andere Schreibweise eintragen.",
        Place(),
    )
