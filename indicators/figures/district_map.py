"""An indicator by district as a map: one period, or several side by side with the same classes.

Only what is shown elsewhere comes in: values or signs of suppressed series. A district without a number is hatched and
never has the colour of a class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators import german
from indicators.figures import map_forms
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.map_classes import Classes
from indicators.figures.map_svg import small_svg
from indicators.german import TRUE_MINUS
from indicators.maps.boundaries import Boundaries, Rings
from indicators.model import Measurement, Sign
from indicators.periods import Period

HIDDEN, MISSING = "unbekannt oder geheim zu halten", "keine Angabe"
SAME_CLASSES = "Die Klassen sind in allen Jahren dieselben."
NO_SHAPE = "auf der Karte nicht gezeichnet"
MOST_READ_OUT = 6


@dataclass(frozen=True)
class District:
    """A member at a period. `point` is None where nothing is known to be due; `shape` where no boundary is known."""

    code: str
    title: str
    point: Measurement | None
    shape: list[Rings] | None

    @property
    def value(self) -> float | None:
        return self.point.value if self.point else None

    @property
    def hatch(self) -> str:
        """Unknown and secret are hatched alike, as they are printed alike: nobody is told which it is."""
        if self.value is not None:
            return ""
        sign = self.point.sign if self.point else None
        return HIDDEN if self.point and sign in (Sign.SECRET, Sign.UNKNOWN, None) else MISSING


@dataclass(frozen=True)
class DistrictMap:
    """All districts that there are in a period, within the boundaries of that time."""

    period: Period
    districts: tuple[District, ...]
    boundaries: Boundaries


@dataclass(frozen=True)
class Mapped:
    """What is the same on all maps of a rate: what it is, what divides it (`by`), its unit (`symbol` stands behind each
    number), of whom it is where it is shown of a group elsewhere (`group`), its classes and its source."""

    key: str
    title: str
    by: str
    unit: str
    symbol: str
    decimals: int
    classes: Classes
    source: str
    group: str = ""
    note: str = SAME_CLASSES
    metadata: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.title} nach {self.by}"

    @property
    def subtitle(self) -> str:
        unit = f"in {self.unit}"
        return f"{self.group}, {unit}" if self.group else unit

    def text(self, district: District) -> str:
        """„23,4 %“, „(23,4 %)“, „.“; words where there is no number."""
        if district.value is None:
            sign = district.point.sign if district.point else None
            said = district.hatch if district.hatch == HIDDEN or sign is None else sign.meaning
            return f"keine Zahl ({said})"
        text = german.with_unit(district.value, self.decimals, self.symbol, minus=TRUE_MINUS)
        limited = district.point is not None and district.point.sign is Sign.LIMITED
        return f"({text})" if limited else text

    def class_of(self, district: District) -> str:
        if district.value is None:
            return ""
        if self.nothing(district):
            return self.classes.nothing
        return self.classes.words[self.classes.of(german.rounded(district.value, self.decimals))]

    def nothing(self, district: District) -> bool:
        """Whether there is none of it at all, where the map has a word for that: a little is not nothing."""
        return bool(self.classes.nothing) and district.value == 0

    def said(self, district: District) -> str:
        """„Nordstadt: 23,4 %, Klasse 20 bis unter 25 %“."""
        own = self.class_of(district)
        return f"{district.title}: {self.text(district)}" + (f", Klasse {own}" if own else "")


def map_of(mapped: Mapped, drawn: DistrictMap, height: int = 0) -> Figure:
    """The map of a period with its table; on a slide, `height` pixels high and with its key beside it."""
    shown = [one for one in drawn.districts if one.shape is not None]
    return Figure(
        f"{mapped.key}-karte-{drawn.period}",
        f"{mapped.heading}, {drawn.period.label}",
        _frame(mapped, drawn),
        subtitle=mapped.subtitle,
        note=_note(mapped, [drawn]),
        source=_source(mapped, [drawn]),
        alt=in_words(mapped, drawn),
        spec=map_forms.single(_rows(mapped, shown), _shapes([drawn]), mapped.classes, in_words(mapped, drawn),
                              names=len(shown) <= map_forms.NAMED_UP_TO, height=height),
        decimals={"Wert": mapped.decimals},
        units={"Wert": mapped.symbol},
        limited=frozenset(
            (row, "Wert") for row, one in enumerate(drawn.districts)
            if one.point and one.point.value is not None and one.point.sign is Sign.LIMITED
        ),
        metadata=mapped.metadata,
        pictured=True,
    )  # fmt: skip


def maps_of(mapped: Mapped, drawn: Sequence[DistrictMap]) -> Figure:
    """Small maps of several periods, oldest first: boundaries once, classes the same, a column for each period."""
    titles = {one.code: one.title for each in drawn for one in each.districts}
    known = [{one.code: one for one in each.districts} for each in drawn]
    columns: dict[str, list[Cell]] = {mapped.by: list(titles.values())}
    for each, own in zip(drawn, known, strict=True):
        columns[each.period.label] = [_cell(mapped, own[code]) if code in own else None for code in titles]
    limited = frozenset(
        (row, each.period.label)
        for each, own in zip(drawn, known, strict=True)
        for row, code in enumerate(titles)
        if code in own and (point := own[code].point) and point.value is not None and point.sign is Sign.LIMITED
    )
    spans = f"{drawn[0].period.label} bis {drawn[-1].period.label}"
    alt = f"{len(drawn)} Karten mit denselben Klassen: {mapped.heading}, {spans}."
    panels = [
        (each.period.label, each.boundaries.number, _rows(mapped, [d for d in each.districts if d.shape is not None]),
         in_words(mapped, each))
        for each in drawn
    ]  # fmt: skip
    return Figure(
        f"{mapped.key}-karten",
        f"{mapped.heading}, {spans}",
        framed(columns),
        subtitle=mapped.subtitle,
        note=_note(mapped, drawn),
        source=_source(mapped, drawn),
        alt=alt,
        spec=map_forms.several(panels, _shapes(drawn), mapped.classes, alt),
        decimals=dict.fromkeys([each.period.label for each in drawn], mapped.decimals),
        units=dict.fromkeys([each.period.label for each in drawn], mapped.symbol),
        limited=limited,
        metadata=mapped.metadata,
        pictured=True,
    )


def small(mapped: Mapped, drawn: DistrictMap) -> str:
    """The map as a picture of 240 pixels, without key."""
    shown = [one for one in drawn.districts if one.shape is not None]
    return small_svg(_rows(mapped, shown), _shapes([drawn]), mapped.classes, in_words(mapped, drawn))


def in_words(mapped: Mapped, drawn: DistrictMap) -> str:
    """The highest and the lowest value, and who has none."""
    some = (one for one in drawn.districts if one.value is not None and not mapped.nothing(one))
    valued = sorted(some, key=lambda one: one.value or 0.0)
    without = [one.title for one in drawn.districts if one.value is None]
    nothing = [one.title for one in drawn.districts if mapped.nothing(one)]
    said = f"Karte: {mapped.heading}, {drawn.period.label}."
    if len(valued) > 1:
        low, high = valued[0], valued[-1]
        said += f" Am höchsten: {high.title} mit {mapped.text(high)}; am niedrigsten: {low.title} mit "
        said += f"{mapped.text(low)}."
    elif valued:
        said += f" {valued[0].title}: {mapped.text(valued[0])}."
    if nothing:
        said += f" {mapped.classes.nothing[0].upper()}{mapped.classes.nothing[1:]}: {_first(nothing)}."
    if without:
        said += f" Ohne Zahl und schraffiert: {_first(without)}."
    return said


def _first(titles: Sequence[str]) -> str:
    more = len(titles) - MOST_READ_OUT
    return ", ".join(titles[:MOST_READ_OUT]) + (f" und {more} weitere" if more > 0 else "")


def _frame(mapped: Mapped, drawn: DistrictMap):  # type: ignore[no-untyped-def]
    return framed(
        {
            mapped.by: [one.title for one in drawn.districts],
            "Wert": [_cell(mapped, one) for one in drawn.districts],
            "Klasse": [_class_cell(mapped, one) for one in drawn.districts],
        }
    )


def _class_cell(mapped: Mapped, one: District) -> str:
    own = mapped.class_of(one) or f"schraffiert: {one.hatch}"
    return own if one.shape is not None else f"{mapped.class_of(one) or one.hatch}; {NO_SHAPE}"


def _cell(mapped: Mapped, one: District) -> Cell:
    if one.value is not None:
        return german.rounded(one.value, mapped.decimals)
    return one.point.content if one.point else None


def _note(mapped: Mapped, drawn: Sequence[DistrictMap]) -> str:
    absent = dict.fromkeys(one.title for each in drawn for one in each.districts if one.shape is None)
    said = mapped.note
    if len({each.boundaries.number for each in drawn}) > 1:
        said += " Der Zuschnitt der Gebiete hat sich geändert; jede Karte zeigt den ihrer Zeit."
    if absent:
        said += f" A{NO_SHAPE[1:]}, weil keine Grenze bekannt ist: {', '.join(absent)}."
    return said


def _source(mapped: Mapped, drawn: Sequence[DistrictMap]) -> str:
    lines = dict.fromkeys(each.boundaries.source for each in drawn)
    return f"{mapped.source} · Grenzen: {'; '.join(lines)}"


def _rows(mapped: Mapped, shown: Sequence[District]) -> list[dict[str, str]]:
    return [
        {
            "code": one.code,
            "name": one.title,
            "text": mapped.text(one),
            "class": mapped.class_of(one),
            "hatch": one.hatch,
            "said": mapped.said(one),
        }
        for one in shown
    ]


def _shapes(drawn: Sequence[DistrictMap]) -> list[map_forms.Drawn]:
    """Each shape once, with the ways in which it is hatched on any of the maps."""
    found: dict[tuple[int, str], map_forms.Drawn] = {}
    for each in drawn:
        for one in each.districts:
            if one.shape is not None:
                key = (each.boundaries.number, one.code)
                known = found.get(key) or map_forms.Drawn(*key, one.shape, frozenset())
                found[key] = replace(known, hatches=known.hatches | ({one.hatch} - {""}))
    return list(found.values())
