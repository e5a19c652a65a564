"""Which area of a file is which district: by the code, title or synonyms of the members, in whatever column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import MultiPolygon, Polygon

from indicators import german
from indicators.catalogue.lasting import last_day
from indicators.catalogue.schema import Dimension, Member
from indicators.maps.boundaries import Boundaries, Shapes, Span
from indicators.maps.reading import Area, BoundaryFile, Polygons
from indicators.model import Finding, Severity

MOST_NAMED = 12
_LEADING = re.compile(r"^[a-z]+(?=\d+$)")


@dataclass(frozen=True)
class Matched:
    """The shapes by member, and what is to be told of them. Without shapes there is an error among the findings."""

    field: str
    shapes: Shapes
    findings: tuple[Finding, ...]

    @cached_property
    def usable(self) -> bool:
        return not any(one.severity is Severity.ERROR for one in self.findings)


def likeliest(file: BoundaryFile, dimension: Dimension) -> str:
    """The column that names most of the members; empty where none names any."""
    codes = {field: len({code for area in file.areas if (code := _code(area, field, _keys(dimension)))})
             for field in file.fields}  # fmt: skip
    best = max(codes, key=lambda field: codes[field], default="")
    return best if codes.get(best) else ""


def match(file: BoundaryFile, dimension: Dimension, field: str, span: Span) -> Matched:
    """The areas as shapes of those members that are there at some day of the span."""
    there = [one for one in dimension.members if _lives(dimension, one, span)]
    keys = {key: code for key, code in _keys(dimension).items() if code in {one.code for one in there}}
    found: dict[str, list[Area]] = {}
    strangers = []
    for area in file.areas:
        code = _code(area, field, keys) if field else ""
        if code:
            found.setdefault(code, []).append(area)
        else:
            strangers.append(area.attributes.get(field, "") or "ohne Namen")
    told = list(file.findings)
    if not found:
        seen = strangers if field else [" ".join(area.attributes.values()) for area in file.areas]
        return Matched(field, {}, (_no_match(dimension, field, seen), *told))
    told += _joined(found, dimension)
    told += _strangers(strangers, dimension)
    told += _missing([one for one in there if one.code not in found], dimension)
    told += _recut(there, dimension, span)
    return Matched(field, {code: _united(areas) for code, areas in found.items()}, tuple(told))


def beside(known: Iterable[Boundaries], dimension: str, span: Span) -> list[Finding]:
    """What holds for the same days already."""
    both = [one for one in known if one.dimension == dimension and one.span.meets(span)]
    if not both:
        return []
    named = "; ".join(f"„{one.file_name}“ ({one.span.words})" for one in both)
    said = f"Für einen Teil dieser Tage gilt schon eine Karte: {named}. Dort gilt künftig die neue."
    remedy = "Nichts, wenn das so gemeint ist; sonst den ersten und den letzten Tag berichtigen."
    return [Finding("map-beside", Severity.HINT, said, remedy)]


def _keys(dimension: Dimension) -> dict[str, str]:
    """What may stand for a member in a file. What would stand for two stands for none."""
    said: dict[str, set[str]] = {}
    for member in dimension.members:
        for text in (member.code, member.title, *member.synonyms):
            for key in _forms(text):
                said.setdefault(key, set()).add(member.code)
    return {key: next(iter(codes)) for key, codes in said.items() if key and len(codes) == 1}


def _forms(text: str) -> tuple[str, ...]:
    """„Altstadt/Süd“ and „Altstadt-Süd“ are one; so are „0101“ and „101“, and the code „s101“, which may not begin
    with a digit, beside the 101 of a file."""
    plain = re.sub(r"[\W_]+", "", text.casefold())
    number = _LEADING.sub("", plain)
    return (plain, number.lstrip("0")) if number.isdigit() else (plain,)


def _code(area: Area, field: str, keys: dict[str, str]) -> str:
    return next((keys[key] for key in _forms(area.attributes.get(field, "")) if key in keys), "")


def _lives(dimension: Dimension, member: Member, span: Span) -> bool:
    last = last_day(dimension.members, member.code)
    begun = member.valid_from is None or span.end is None or member.valid_from.start <= span.end
    return begun and (last is None or last >= span.begin)


def _united(areas: Sequence[Area]) -> Polygons:
    if len(areas) == 1:
        return areas[0].polygons
    parts = [Polygon(rings[0], rings[1:]) for area in areas for rings in area.polygons]
    whole = shapely.union_all([shapely.make_valid(part) for part in parts])
    polygons = whole.geoms if isinstance(whole, MultiPolygon) else [whole] if isinstance(whole, Polygon) else []
    return [[shapely.get_coordinates(ring).tolist() for ring in (one.exterior, *one.interiors)] for one in polygons]


def _no_match(dimension: Dimension, field: str, strangers: Sequence[str]) -> Finding:
    said = f"Die Spalte „{field}“ der Datei nennt kein" if field else "Keine Spalte der Datei nennt ein"
    return Finding(
        "map-no-match",
        Severity.ERROR,
        f"{said} Gebiet des Merkmals „{dimension.title}“. In der Datei steht zum Beispiel: {_named(strangers)}.",
        "Eine andere Spalte wählen, oder im Katalog Namen und Schlüssel der Datei als Synonyme der Ausprägungen "
        "eintragen.",
    )


def _joined(found: dict[str, list[Area]], dimension: Dimension) -> list[Finding]:
    several = [f"{dimension.member(code).title} ({len(areas)})" for code, areas in found.items() if len(areas) > 1]
    said = f"Mehrere Flächen wurden zu einem Gebiet verbunden: {_named(several)}."
    return [Finding("map-joined", Severity.HINT, said, "In der Vorschau ansehen.")] if several else []


def _strangers(names: Sequence[str], dimension: Dimension) -> list[Finding]:
    if not names:
        return []
    said = f"Zu {german.counted(len(names), 'Fläche', 'Flächen')} gibt es bei „{dimension.title}“ keine Ausprägung, "
    return [
        Finding(
            "map-strangers",
            Severity.WARNING,
            f"{said}sie fehlen deshalb auf der Karte: {_named(names)}.",
            "Ist eines davon ein Gebiet des Katalogs, dort den Namen der Datei als Synonym eintragen.",
        )
    ]


def _missing(members: Sequence[Member], dimension: Dimension) -> list[Finding]:
    if not members:
        return []
    said = f"Ohne Fläche in der Datei: {_named([one.title for one in members])}."
    return [
        Finding(
            "map-without-shape",
            Severity.WARNING,
            f"{said} Ihre Zahlen stehen nur in der Tabelle neben der Karte.",
            "Eine Datei mit allen Gebieten hochladen, oder den Namen der Datei als Synonym eintragen.",
        )
    ]


def _recut(members: Sequence[Member], dimension: Dimension, span: Span) -> list[Finding]:
    """The shapes cannot be right on both sides of a day on which districts begin or end."""
    ends = {one.title: last for one in members if (last := last_day(dimension.members, one.code)) is not None}
    inside = [
        f"{title} endet am {german.day(last)}"
        for title, last in ends.items()
        if last >= span.begin and (span.end is None or last < span.end)
    ]
    inside += [
        f"{one.title} beginnt am {german.day(one.valid_from.start)}"
        for one in members
        if one.valid_from is not None and one.valid_from.start > span.begin
    ]
    if not inside:
        return []
    return [
        Finding(
            "map-recut",
            Severity.WARNING,
            f"In der Zeit, für die diese Karte gelten soll ({span.words}), ändert sich der Zuschnitt: "
            f"{_named(inside)}.",
            "Für jeden Zuschnitt eine eigene Karte hochladen, mit dem ersten und dem letzten Tag, an dem er gilt.",
        )
    ]


def _named(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - MOST_NAMED
    return "; ".join(every[:MOST_NAMED]) + (f" und {more} weitere" if more > 0 else "")
