"""All that the labels of one reporter's tables can mean, and which of it a label does mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from indicators.catalogue import BaseFigure, Catalogue, Dimension, Unit
from indicators.model import Breakdown
from indicators.tables.crosstab import wording
from indicators.tables.meanings import (
    DECORATION,
    TOTAL,
    Assignment,
    Kind,
    Known,
    Meaning,
    Origin,
    Seen,
    key_of,
    without_years,
)
from indicators.tables.opposites import opposed

ENOUGH = 70.0  # below it a suggestion is noise: „Stade“ and „Wolfsburg, Stadt“ are alike to 48

_TOTALS = {
    "insgesamt", "gesamt", "zusammen", "summe", "total", "alle", "gesamtsumme", "stadtinsgesamt", "stadtgesamt",
    "gesamtstadt", "gesamtstädtisch", "stadt",
}  # fmt: skip
_CONNECTORS = {"davon", "darunter", "dar", "nach", "undzwar", "im", "am", "in", "je", "hiervon", "dav"}


@dataclass(frozen=True)
class Vocabulary:
    """All that labels of one reporter's tables can mean, with every way of writing it."""

    catalogue: Catalogue
    reporter: str

    @cached_property
    def figures(self) -> tuple[BaseFigure, ...]:
        return self.catalogue.base_figures_of(self.reporter)

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Those that the reporter's figures are broken down by, in the order of the file."""
        used = {code for figure in self.figures for code in figure.dimensions}
        used |= {axis for figure in self.figures for axes in figure.breakdowns for axis in axes}
        return tuple(found for code, found in self.catalogue.dimensions.items() if code in used)

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """Figures, then members."""
        figures = [Meaning.figure(figure.code) for figure in self.figures]
        members = [Meaning.member(axis.code, member.code) for axis in self.dimensions for member in axis.members]
        return (*figures, *members)

    def breakdowns(self, figure: BaseFigure) -> frozenset[Breakdown]:
        """The combinations that are asked for; worked out once, as every cell asks."""
        if figure.code not in self._breakdowns:
            self._breakdowns[figure.code] = frozenset(self.catalogue.breakdowns_of(figure))
        return self._breakdowns[figure.code]

    @cached_property
    def _breakdowns(self) -> dict[str, frozenset[Breakdown]]:
        return {}

    def title(self, meaning: Meaning) -> str:
        """As a reader sees it; what a kept layout knew and the catalogue no longer does, by its code."""
        if meaning.period is not None:
            alone = meaning.kind is Kind.PERIOD
            return f"Zeitraum {meaning.period.label}" if alone else f"{self._title(meaning)}, {meaning.period.label}"
        return self._title(meaning)

    def _title(self, meaning: Meaning) -> str:
        if meaning.kind is Kind.FIGURE:
            title = self.catalogue.figure_name(meaning.base_figure)
            return f"{title}, {self.catalogue.name_of(meaning.breakdown)}" if meaning.breakdown.members else title
        if meaning.kind is Kind.MEMBER:
            return self.catalogue.name_of(meaning.breakdown)
        return _WORDS[meaning.kind]

    @cached_property
    def _spellings(self) -> dict[str, list[tuple[str, Meaning]]]:
        """Title or code, then synonyms: (spelling, meaning) by rank."""
        first: list[tuple[str, Meaning]] = []
        second: list[tuple[str, Meaning]] = []
        for figure in self.figures:
            first += [(text, Meaning.figure(figure.code)) for text in (figure.title, figure.code)]
        for axis in self.dimensions:
            for member in axis.members:
                meaning = Meaning.member(axis.code, member.code)
                first.append((member.title, meaning))  # a code is no name: „oldenburg“ is not the district
                second += [(text, meaning) for text in member.synonyms]
        return {"exact": first, "synonym": second}

    @cached_property
    def _by_key(self) -> dict[str, dict[str, set[Meaning]]]:
        found: dict[str, dict[str, set[Meaning]]] = {"exact": {}, "synonym": {}}
        for rank, spellings in self._spellings.items():
            for text, meaning in spellings:
                found[rank].setdefault(key_of(text), set()).add(meaning)
        return found

    @cached_property
    def _texts(self) -> list[tuple[str, Meaning]]:
        codes = {figure.code for figure in self.figures}
        return [pair for rank in self._spellings.values() for pair in rank if pair[0] not in codes]

    def exact(self, label: str) -> Meaning | None:
        """By title, code or synonym; the total; plain decoration. None also where two meanings share the name."""
        key = key_of(label)
        for rank in ("exact", "synonym"):
            if found := self._by_key[rank].get(key):
                return next(iter(found)) if len(found) == 1 else None
        if key in _TOTALS or key in self.city_names:
            return TOTAL
        titles = {key_of(axis.title) for axis in self.dimensions}
        if not key or key in _CONNECTORS or key in titles or wording.is_unit(label):
            return DECORATION
        return None

    @cached_property
    def city_names(self) -> set[str]:
        """Keys of what the city may be called: „Osnabrück“, „Osnabrück, Stadt“ …"""
        name = re.sub(r"^Stadt |, (?:Landesh|H)?[a-z]*[Ss]tadt$", "", self.catalogue.city.name)
        return {key_of(text) for text in (name, f"Stadt {name}", f"{name}, Stadt", f"Kreisfreie Stadt {name}")}

    def suggestion(self, label: str) -> tuple[Meaning, float] | None:
        """The most alike name of a figure or member, with its score up to 100; None where nothing is alike."""
        names = [text for text, _ in self._texts]
        best = _most_alike(label, names, ENOUGH)
        return (self._texts[best[0]][1], best[1]) if best else None

    def figure_for(self, lines: Iterable[str]) -> Meaning | None:
        """The base figure that the lines above a table seem to speak of."""
        scored = [
            (fuzz.token_set_ratio(figure.title, line, processor=default_process), figure.code)
            for figure in self.figures
            for line in lines
            if not opposed(figure.title, line)
        ]
        best = max(scored, default=(0.0, ""))
        return Meaning.figure(best[1]) if best[0] >= ENOUGH else None

    def named_in(self, lines: Iterable[str]) -> Meaning | None:
        """The base figure whose whole title the lines say; of several the one that says most („Betreute Kinder“)."""
        said = [_words(line) for line in lines]
        named = [figure for figure in self.figures if any(_words(figure.title) <= words for words in said)]
        most = max(named, key=lambda figure: len(_words(figure.title)), default=None)
        return Meaning.figure(most.code) if most else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _most_alike(text: str, names: list[str], enough: float) -> tuple[int, float] | None:
    """Index and score; the order of words and their case do not count. What says the opposite is not alike."""
    alike = process.extract(
        text, names, scorer=fuzz.token_sort_ratio, processor=default_process, score_cutoff=enough, limit=20
    )
    best = next((one for one in alike if not opposed(text, one[0])), None)
    return (best[2], float(best[1])) if best else None


_WORDS = {
    Kind.TOTAL: "Insgesamt",
    Kind.DECORATION: "ohne Bedeutung (wird überlesen)",
    Kind.LEAVE_OUT: "nicht übernehmen",
    Kind.PERIOD: "Zeitraum …",
    Kind.THOUSANDS: "in Tausend: mit 1.000 malnehmen",
    Kind.FRACTIONS: "Bruchteile: mit 100 malnehmen",
}


def assign(
    seen: Iterable[Seen],
    words: Vocabulary,
    chosen: Mapping[str, Meaning],
    known: Known,
    title: tuple[str, ...] = (),
) -> tuple[Assignment, ...]:
    """What a person chose now, else confirmed for this layout, else what the catalogue says, else a suggestion."""
    found = [_assigned(one, words, chosen, known) for one in seen]
    named = (Kind.MEMBER, Kind.FIGURE)
    meant = Counter(one.meaning for one in found if one.is_decided and one.meaning and one.meaning.kind in named)
    twice = {meaning for meaning, count in meant.items() if count > 1}
    cities = [one for one in found if one.origin is Origin.EXACT and one.key in words.city_names]
    rivals = {one.key for one in found if one.origin is Origin.EXACT and one.meaning in twice}
    rivals |= {one.key for one in cities} if len(cities) > 1 else set()  # the city, and the district of its name
    found = [
        replace(one, origin=Origin.SUGGESTED, why="mehrere Beschriftungen dieser Tabelle können das bedeuten")
        if one.key in rivals
        else one
        for one in found
    ]
    return tuple(_against_title(found, words, title))


def _against_title(found: list[Assignment], words: Vocabulary, title: tuple[str, ...]) -> Iterator[Assignment]:
    """„Kinder“ under the title „Betreute Kinder“ may be short for it: then a person says which of the two it is.

    Not where the other figure has a label of its own.
    """
    named = words.named_in(title)
    says_more = _words(words.title(named)) if named else set()
    has_label = any(one.is_decided and one.meaning and one.meaning.without_period == named for one in found)
    for one in found:
        short = one.origin is Origin.EXACT and one.meaning and one.meaning.kind is Kind.FIGURE
        if named and not has_label and short and _words(one.label) < says_more:
            why = f"der Titel nennt „{words.title(named)}“; bitte wählen, welche der beiden Grundzahlen gemeint ist"
            yield replace(one, origin=Origin.SUGGESTED, why=why, contested=True)
        else:
            yield one


def _assigned(one: Seen, words: Vocabulary, chosen: Mapping[str, Meaning], known: Known) -> Assignment:
    key = key_of(one.label)
    meaning, origin, why = _decided(one.label, key, words, chosen, known)
    if meaning is None:
        meaning, why = _suggested(one, key, words, known)
        origin = Origin.SUGGESTED if meaning else Origin.OPEN
    return Assignment(one.label, key, meaning, origin, one.cells, one.place, one.codes, why)


def _decided(
    label: str, key: str, words: Vocabulary, chosen: Mapping[str, Meaning], known: Known
) -> tuple[Meaning | None, Origin, str]:
    if key in chosen:
        return chosen[key], Origin.CHOSEN, ""
    if key in known.here:
        return known.here[key], Origin.KNOWN, "wie beim letzten Mal"
    if key in known.again:
        return None, Origin.OPEN, ""
    if exact := words.exact(label):
        return exact, Origin.EXACT, ""
    blind = known.blind.get(without_years(label))
    if blind and blind.kind in (Kind.LEAVE_OUT, Kind.DECORATION):
        return blind, Origin.KNOWN, "wie beim letzten Mal, mit anderem Jahr"
    other = known.elsewhere.get(key)
    if other and other.kind in (Kind.MEMBER, Kind.TOTAL) and other.period is None:
        return other, Origin.KNOWN, "wie in einer anderen Tabelle dieser Stelle"
    return None, Origin.OPEN, ""


def _suggested(one: Seen, key: str, words: Vocabulary, known: Known) -> tuple[Meaning | None, str]:
    if again := known.again.get(key):
        return again, "beim letzten Mal galt der Zeitraum davor; die Beschriftung nennt ihn nicht selbst"
    if one.codes in known.renamed and not opposed(one.label, known.renamed[one.codes][0]):
        before, meaning = known.renamed[one.codes]
        return (
            meaning.following,
            f"vermutlich umbenannt: hieß „{before}“, der Schlüssel {', '.join(one.codes)} ist derselbe",
        )
    if alike := _most_alike(one.label, list(known.vanished), ENOUGH):
        before = list(known.vanished)[alike[0]]
        return known.vanished[before].following, f"vermutlich umbenannt: „{before}“ kommt nicht mehr vor"
    if key in known.elsewhere:
        return known.elsewhere[key], "so in einer anderen Tabelle dieser Stelle"
    if found := words.suggestion(one.label):
        return found[0], f"ähnlich zu {round(found[1])} %"
    return None, ""


_COUNTS = {"anzahl", "personen", "fälle", "abs", "absolut", "anz", "number", "inpersonen", "köpfe"}
_PERCENT = {"prozent", "%", "inprozent", "in%", "vh"}


def unit_fits(text: str, unit: Unit) -> bool:
    """Whether a table's unit is the catalogue's; a table without a unit contradicts nobody."""
    key = key_of(text)
    if not key or key in {key_of(name) for name in (unit.code, unit.title, unit.symbol)}:
        return True
    return (key in _COUNTS and unit.adds_up) or (key in _PERCENT and unit.percentage)


def counts_thousands(text: str, unit: Unit) -> bool:
    return unit.adds_up and bool(re.search(r"1[ .\u202f\xa0]?000(?!\d)|\btsd|tausend", text, re.IGNORECASE))
