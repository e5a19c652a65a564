"""Offers and cases on the map: how many for so many people of each district, never how many there are. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from indicators import german
from indicators.boards.district_maps import SmallMap, bounded_dimension, is_rate
from indicators.boards.exported import about
from indicators.boards.offers import ANY, Choice, chosen
from indicators.boards.proofs import Served, cases_of
from indicators.catalogue import Catalogue, Indicator
from indicators.catalogue.lasting import followed_by
from indicators.catalogue.schema import FigureKind, Member
from indicators.figures import Figure
from indicators.figures.district_map import SAME_CLASSES, District, DistrictMap, Mapped, in_words, map_of, small
from indicators.figures.map_classes import classes, classes_above
from indicators.figures.words import source
from indicators.knowledge.offers import Offer, on_day
from indicators.knowledge.snapshot import Snapshot
from indicators.maps.boundaries import Boundaries, in_force
from indicators.model import Measurement, Sign
from indicators.periods import Period

OFFERS_FOR, CASES_FOR = 10_000, 1_000
DECIMALS = 2
NO_PEOPLE = (
    "Für die Karte fehlt noch etwas: Grenzen der Gebiete („Katalog ändern“, „Karten“) und eine Kennzahl, die als "
    "Anzahl sagt, wie viele Menschen in jedem Gebiet leben."
)
NOT_THEN = "Für diesen Tag ist nicht bekannt, wie viele Menschen in den Gebieten leben, oder es fehlen die Grenzen."
NO_OFFER = "kein Angebot bekannt"
TOPICS_NOTE = f"Je dunkler, desto mehr Angebote je 10.000 Menschen, überall gleich. Weiß und umrandet: {NO_OFFER}."
Counts = Mapping[str, Measurement]
"""By member how many there are; a district that is not in it has no number."""


@dataclass(frozen=True)
class What:
    """What is counted for how many people; `nothing` is the word where none of it is a finding, `asked` says of which
    of them it is."""

    key: str
    title: str
    per: int
    nothing: str = ""
    asked: str = ""


@dataclass(frozen=True)
class People:
    """How many people live where: an indicator that is a plain stock, as the viewer sees it."""

    snapshot: Snapshot
    indicator: Indicator
    dimension: str
    boundaries: tuple[Boundaries, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self._members)

    @property
    def _members(self) -> tuple[Member, ...]:
        return self.snapshot.catalogue.dimensions[self.dimension].members

    def served(self, member: str, named: Sequence[str]) -> bool:
        """Whether what is for the named districts is for this one: also under the name that it had or got."""
        heirs = {one for code in named for one in followed_by(self._members, code)}
        return member in named or member in heirs or any(one in followed_by(self._members, member) for one in named)

    def alone(self, named: Sequence[str], day: date) -> str | None:
        """The one district of the day that all of it is for; None where it cannot be told apart."""
        there = [one for one in self.codes if self.snapshot.catalogue.has_member(self.dimension, one, Period.on(day))]
        found = [one for one in there if self.served(one, named)]
        return found[0] if len(found) == 1 else None

    def at(self, code: str, day: date) -> Measurement | None:
        """The last number that is known for the day."""
        group = self.indicator.headline.with_(self.dimension, code)
        points = self.snapshot.find(self.indicator.code, group).points
        return next((point for point in reversed(points) if point.period.end <= day), None)

    def drawn(self, counts: Counts, day: date, per: int) -> DistrictMap | None:
        """Rates of the day; None where nobody knows the boundaries or the people of then."""
        bounds, period = in_force(self.boundaries, self.dimension, day), Period.on(day)
        if bounds is None:
            return None
        catalogue = self.snapshot.catalogue
        found = tuple(
            District(one.code, one.title, self._rate(counts, one.code, day, per), bounds.shapes.get(one.code))
            for one in self._members
            if catalogue.has_member(self.dimension, one.code, period)
        )
        return DistrictMap(period, found, bounds) if any(one.value is not None for one in found) else None

    def _rate(self, counts: Counts, code: str, day: date, per: int) -> Measurement | None:
        count, people = counts.get(code), self.at(code, day)
        if count is None or people is None:
            return None
        if count.value is None or people.value is None:
            return replace(count, value=None, sign=(count if count.value is None else people).sign or Sign.UNKNOWN)
        if people.value == 0:
            return replace(count, value=None, sign=Sign.BLOCKED)
        return replace(count, value=per * count.value / people.value, sign=count.sign or people.sign)


def people(snapshot: Snapshot, boundaries: Sequence[Boundaries]) -> list[People]:
    """What a rate can be of: every indicator that is nothing but a stock of people, by bounded districts."""
    catalogue, found = snapshot.catalogue, []
    for one in catalogue.kept_up:
        dimension = bounded_dimension(catalogue, one, boundaries)
        if dimension and _is_stock(catalogue, one):
            found.append(People(snapshot, one, dimension, tuple(boundaries)))
    return found


def _is_stock(catalogue: Catalogue, indicator: Indicator) -> bool:
    names = indicator.expression.names
    plain = len(names) == 1 and str(indicator.expression).strip() == names[0] and not is_rate(catalogue, indicator)
    return plain and catalogue.base_figure(names[0]).kind is FigureKind.STOCK


def offers_map(
    found: Sequence[Offer], of: People, days: Sequence[date], day: date, wanted: Choice = ANY
) -> Figure | None:
    """Offers that there are on the day and that are asked for, for 10,000 people; one in two districts counts in both.
    Which district is asked for does not matter: a map of one would call all others gaps."""
    asked = chosen(found, replace(wanted, district=""))
    every = {one: _offered(on_day(asked, one), of, one) for one in days}
    without = sum(not one.codes("districts") for one in on_day(asked, day))
    note = "Ein Angebot in mehreren Gebieten zählt in jedem."
    note += f" {german.counted(without, 'Angebot', 'Angebote')} ohne Gebiet: auf keiner Karte." if without else ""
    words = replace(wanted, district="").words(of.snapshot.catalogue)
    what = What("angebote-karte", "Angebote", OFFERS_FOR, NO_OFFER, words)
    drawn = _drawn(every, of, what)
    return _figure(what, of, drawn, day, note)


def topic_maps(found: Sequence[Offer], of: People, day: date, wanted: Choice = ANY) -> list[SmallMap]:
    """Of each topic a small map of the day, all with the same classes: what is missing where. None for one topic."""
    there = chosen(on_day(found, day), replace(wanted, district=""))
    topics = sorted({one.topic for one in there}, key=str.casefold)
    counts = {topic: _offered([one for one in there if one.topic == topic], of, day) for topic in topics}
    what = What("angebote-thema", "Angebote", OFFERS_FOR, NO_OFFER)
    maps = {topic: of.drawn(own, day, what.per) for topic, own in counts.items()}
    shown = {topic: one for topic, one in maps.items() if one}
    if len(topics) < 2 or len(shown) < len(topics):
        return []
    mapped = _mapped(what, of, list(shown.values()), day, "")
    return [
        SmallMap(topic, small(own, one), in_words(own, one))
        for topic, one in shown.items()
        for own in [replace(mapped, title=f"{mapped.title}, Thema {topic}")]
    ]


def _offered(found: Sequence[Offer], of: People, day: date) -> Counts:
    period = Period.on(day)
    named = [one.codes("districts") for one in found]
    return {code: Measurement(period, float(sum(of.served(code, one) for one in named))) for code in of.codes}


def cases_map(found: Sequence[Served], of: People, days: Sequence[date], day: date) -> Figure | None:
    """Cases of the day's year, for 1,000 people; of agreements that are for one district alone."""
    every = {one: _cases(found, of, one) for one in days}
    of_year = [one for one in found if one.proof.period.end.year == day.year]
    alone = [one for one in of_year if of.alone(one.agreement.codes("districts"), day)]
    note = (
        f"Fälle aus {german.counted(len(alone), 'Nachweis', 'Nachweisen')} von {len(of_year)} des Jahres {day.year}: "
        "nur Vereinbarungen, die für ein Gebiet allein gelten. In Klammern: Weitere Fälle sind geheim zu halten oder "
        "nicht angegeben."
    )
    what = What("faelle-karte", "Fälle", CASES_FOR)
    return _figure(what, of, _drawn(every, of, what), day, note)


def _cases(found: Sequence[Served], of: People, day: date) -> Counts:
    """What is shown of it; limited where more of it is kept back, a sign where all of it is."""
    groups: dict[str, list[float | Sign | str | None]] = {}
    for one in found:
        place = of.alone(one.agreement.codes("districts"), day)
        if place and one.proof.period.end.year == day.year:
            groups.setdefault(place, []).append(cases_of(one))
    period, counts = Period.on(day), {}
    for code, said in groups.items():
        shown = [float(value) for value in said if isinstance(value, int | float)]
        limited = Sign.LIMITED if len(shown) < len(said) else None
        secret = Sign.SECRET if any(isinstance(value, Sign) for value in said) else Sign.UNKNOWN
        counts[code] = Measurement(period, sum(shown), limited) if shown else Measurement(period, None, secret)
    return counts


def _drawn(every: Mapping[date, Counts], of: People, what: What) -> dict[date, DistrictMap]:
    """By day the rates of it; a day of which nobody knows them is left out."""
    drawn = {day: of.drawn(counts, day, what.per) for day, counts in every.items()}
    return {day: one for day, one in drawn.items() if one}


def _figure(what: What, of: People, drawn: Mapping[date, DistrictMap], day: date, note: str) -> Figure | None:
    if day not in drawn:
        return None
    mapped = _mapped(what, of, list(drawn.values()), day, note)
    return replace(map_of(mapped, drawn[day]), moment=of.snapshot.since)


def _mapped(what: What, of: People, drawn: Sequence[DistrictMap], day: date, note: str) -> Mapped:
    """With classes of all that is drawn."""
    values = [one.value for each in drawn for one in each.districts if one.value is not None]
    known = {point.period for code in of.codes if (point := of.at(code, day))}
    stand = max(known).label if known else ""
    found = classes_above(values, DECIMALS, "", what.nothing) if what.nothing else classes(values, DECIMALS, "")
    return Mapped(
        what.key,
        f"{what.title} je {german.number(what.per, 0)} ({of.indicator.title})",
        of.snapshot.catalogue.dimensions[of.dimension].title,
        f"{what.title} je {german.number(what.per, 0)} Menschen",
        "",
        DECIMALS,
        found,
        f"Angebote und Nachweise: eigene Listen; {source(of.indicator).removeprefix('Quelle: ')}",
        what.asked,
        note=f"{SAME_CLASSES} Bezogen auf „{of.indicator.title}“, Stand {stand}. {note}",
        metadata=about(of.snapshot),
    )
