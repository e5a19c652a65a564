"""What there is where: topic by district as a matrix, its gaps and parallels, who bundles what, and what opens when a
funder leaves. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from indicators import german
from indicators.boards import fields
from indicators.boards.funding import called
from indicators.catalogue import Catalogue
from indicators.datasets import OFFERS
from indicators.datasets.listed.fields import CodesOf, districts
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.funding import Agreement
from indicators.knowledge.offers import Offer
from indicators.periods import Period

NONE, NOWHERE = "–", "ohne Gebiet"
BY = {"districts": "Gebiet", "languages": "Sprache", "target_groups": "Zielgruppe"}


@dataclass(frozen=True)
class Choice:
    """Which offers are looked at; what is empty asks for nothing."""

    topic: str = ""
    district: str = ""
    language: str = ""
    target_group: str = ""

    def words(self, catalogue: Catalogue) -> str:
        """What is asked for, as files say it too: „Thema: Beratung, Sprache: Arabisch“."""
        place = title_of(catalogue, self.district) if self.district else ""
        asked = {"Thema": self.topic, "Gebiet": place, "Sprache": self.language, "Zielgruppe": self.target_group}
        return ", ".join(f"{term}: {said}" for term, said in asked.items() if said)


ANY = Choice()


def chosen(found: Iterable[Offer], wanted: Choice) -> list[Offer]:
    return [
        one
        for one in found
        if wanted.topic in ("", one.topic)
        and (not wanted.district or wanted.district in one.codes("districts"))
        and (not wanted.language or wanted.language.casefold() in held_by(one, "languages"))
        and (not wanted.target_group or wanted.target_group.casefold() in held_by(one, "target_groups"))
    ]


def named(found: Iterable[Offer], by: str) -> list[str]:
    """The languages or target groups of offers. „Deutsch“ and „deutsch“ are one, called as most call it."""
    said = Counter(name for one in found for name in _said(one, by))
    called: dict[str, str] = {}
    for name in sorted(said, key=lambda one: (-said[one], one)):
        called.setdefault(name.casefold(), name)
    return sorted(called.values(), key=str.casefold)


def _said(one: Offer, by: str) -> tuple[str, ...]:
    return one.languages if by == "languages" else one.target_groups


def columns_of(found: Sequence[Offer], by: str, catalogue: Catalogue, today: date) -> dict[str, str]:
    """What can stand over a column, with its title: every district that there is today, else what the offers name."""
    if by == "districts":
        used = {code for one in found for code in one.codes("districts")}
        titles = CodesOf.DISTRICT.titles(catalogue)
        valid = valid_districts(catalogue, today)
        everywhere = {} if all(one.codes("districts") for one in found) else {"": NOWHERE}
        return {code: title for code, title in titles.items() if code in valid or code in used} | everywhere
    return {name.casefold(): name for name in named(found, by)}


def valid_districts(catalogue: Catalogue, today: date) -> set[str]:
    """Those that are not divided or merged by the day."""
    return {
        member.code
        for dimension in districts(catalogue)
        for member in dimension.members
        if (member.valid_from is None or member.valid_from.start <= today)
        and (member.valid_to is None or member.valid_to.end >= today)
    }


def held_by(one: Offer, by: str) -> tuple[str, ...]:
    if by == "districts":
        return one.codes("districts") or ("",)
    return tuple(name.casefold() for name in _said(one, by))


def title_of(catalogue: Catalogue, code: str) -> str:
    return fields.title_of(catalogue, OFFERS.field("districts"), code) if code else NOWHERE


def matrix_figure(
    found: Sequence[Offer], by: str, catalogue: Catalogue, today: date, moment: datetime | None, topics: Sequence[str],
    wanted: Choice = ANY,
) -> Figure:  # fmt: skip
    """How many offers of each topic there are in each district (or language, or for each group), and of how many
    providers; the note names what there is nowhere. `wanted` says of which offers it is."""
    over = columns_of(found, by, catalogue, today)
    cells = {
        (topic, code): [one for one in found if one.topic == topic and code in held_by(one, by)]
        for topic in topics
        for code in over
    }
    columns: dict[str, list[Cell]] = {"Thema": list(topics)}
    columns |= {title: [_cell(cells[topic, code]) for topic in topics] for code, title in over.items()}
    stand = f"Stand {german.day(today)}: {german.counted(len(found), 'Angebot', 'Angebote')}"
    gaps = [f"{topic}: {german.enumeration(left)}" for topic in topics
            if (left := [title for code, title in over.items() if code and not cells[topic, code]])]  # fmt: skip
    return Figure(
        "angebote-matrix",
        f"Angebote nach Thema und {BY[by]}",
        framed(columns),
        subtitle=" · ".join(part for part in (stand, wanted.words(catalogue)) if part),
        note=f"Zahl der Angebote; in Klammern die Zahl der Träger, wo es mehrere sind. {NONE}: kein Angebot bekannt. "
        + (f"Lücken – {'; '.join(gaps)}." if gaps else "Keine Lücke."),
        moment=moment,
    )


def _cell(found: Sequence[Offer]) -> str:
    providers = len({one.reporter for one in found})
    return f"{len(found)} ({providers})" if providers > 1 else str(len(found)) if found else NONE


def parallels_figure(found: Sequence[Offer], catalogue: Catalogue, moment: datetime | None) -> Figure:
    """Offers of different providers of one topic, district, language and group: to be looked at, not to be closed."""
    rows = []
    for one, other in combinations(found, 2):
        places = [code for code in held_by(one, "districts") if code in held_by(other, "districts")]
        if one.topic == other.topic and one.reporter != other.reporter and places:
            shared = [_common(one.languages, other.languages), _common(one.target_groups, other.target_groups)]
            if None not in shared:
                titles = [title_of(catalogue, code) for code in places]
                named = _named(one, catalogue), _named(other, catalogue)
                rows.append((one.topic, "; ".join(titles), *map(str, shared), *named))
    heads = ("Thema", "Gebiet", "Sprachen", "Zielgruppen", "Angebot", "und")
    return Figure(
        "angebote-parallel",
        "Was es nebeneinander gibt",
        framed({head: [row[place] for row in rows] for place, head in enumerate(heads)}),
        note="Gleiches Thema und Gebiet, gemeinsame Sprache und Zielgruppe, verschiedene Träger. Ob zwei Angebote "
        "eines zu viel sind, sagt die Liste nicht.",
        moment=moment,
    )


def _common(one: Sequence[str], other: Sequence[str]) -> str | None:
    """What both have; „ohne Angabe“ where one says nothing, None where they have nothing in common."""
    if not one or not other:
        return "ohne Angabe"
    plain = {name.casefold() for name in other}
    return "; ".join(name for name in one if name.casefold() in plain) or None


def _named(one: Offer, catalogue: Catalogue) -> str:
    return f"{one.title} ({catalogue.reporter_name(one.reporter)})"


def bundles_figure(found: Sequence[Offer], catalogue: Catalogue, moment: datetime | None) -> Figure:
    """Where several topics are under one roof: of one provider at one place."""
    groups: dict[tuple[str, str], list[Offer]] = {}
    for one in found:
        place = one.text("place") or "; ".join(title_of(catalogue, code) for code in held_by(one, "districts"))
        groups.setdefault((one.reporter, place), []).append(one)
    rows = sorted((catalogue.reporter_name(reporter), place, sorted({one.topic for one in part}), len(part))
                  for (reporter, place), part in groups.items() if len({one.topic for one in part}) > 1)  # fmt: skip
    columns: dict[str, list[Cell]] = {
        "Träger": [row[0] for row in rows],
        "Ort": [row[1] for row in rows],
        "Themen aus einer Hand": ["; ".join(row[2]) for row in rows],
        "Angebote": [float(row[3]) for row in rows],
    }
    return Figure("angebote-gebuendelt", "Wer was bündelt", framed(columns), decimals={"Angebote": 0}, moment=moment)


def funder_names(agreements: Iterable[Agreement], period: Period, today: date) -> list[str]:
    found = {part.name for one in agreements if one.runs_in(period, today) for part in one.funders(period, today) or ()}
    return sorted(found, key=str.casefold)


def leaving_figure(
    funder: str, agreements: Sequence[Agreement], found: Sequence[Offer], catalogue: Catalogue, today: date,
    moment: datetime | None,
) -> Figure:  # fmt: skip
    """What is missing when a funder leaves: how much, of which agreement, and in which districts nobody else has it."""
    period = Period.of_year(today.year)
    rows = []
    for one in agreements:
        parts = (one.funders(period, today) or ()) if one.runs_in(period, today) else ()
        given = sum(part.value for part in parts if part.name == funder)
        if given:
            own = [offer for offer in found if offer.text("agreement") == one.name]
            share = 100 * given / sum(part.value for part in parts)
            rows.append(
                (called(one), given, share, "; ".join(offer.title for offer in own), _alone(own, found, catalogue))
            )
    columns: dict[str, list[Cell]] = {
        "Vereinbarung": [row[0] for row in rows],
        "es fehlen": [row[1] for row in rows],
        "Anteil an allem": [row[2] for row in rows],
        "Angebote": [row[3] for row in rows],
        "dort gibt es das Thema sonst nicht": [row[4] for row in rows],
    }
    whole = sum(row[1] for row in rows)
    return Figure(
        "foerderer-faellt-weg",
        f"Wenn „{funder}“ wegfällt",
        framed(columns),
        subtitle=f"{german.with_unit(whole, 2, 'Euro')} im Jahr {today.year}",
        note="Beträge in Euro, Anteile in Prozent. Vereinbarungen, deren Zuwendung nicht bekannt ist, fehlen hier.",
        decimals={"es fehlen": 2, "Anteil an allem": 1},
        units={"es fehlen": "Euro", "Anteil an allem": "%"},
        moment=moment,
    )


def _alone(own: Sequence[Offer], found: Sequence[Offer], catalogue: Catalogue) -> str:
    """Topic and districts that no other agreement's offer has."""
    names = {one.name for one in own}
    others = {(one.topic, code) for one in found if one.name not in names for code in held_by(one, "districts")}
    mine = dict.fromkeys((one.topic, code) for one in own for code in held_by(one, "districts"))
    left = [pair for pair in mine if pair not in others]
    return "; ".join(f"{topic}: {title_of(catalogue, code)}" for topic, code in left)


def list_figure(found: Sequence[Offer], catalogue: Catalogue, today: date, moment: datetime | None) -> Figure:
    """All fields of the offers, one row each."""
    columns: dict[str, list[Cell]] = {
        "Träger": [catalogue.reporter_name(one.reporter) for one in found],
        "heute": ["ja" if one.there(today) else "nein" for one in found],
    }
    columns |= fields.columns(OFFERS.fields, found, catalogue)
    return Figure("angebote", "Angebote", framed(columns), moment=moment)
