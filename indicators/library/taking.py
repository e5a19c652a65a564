"""Ready definitions into a city's catalogue: each brings the base figures, units and dimensions that it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators.catalogue import BaseFigure, Catalogue, Dimension, Formula
from indicators.catalogue.concept import goal_codes
from indicators.catalogue.editing import CODE, Addition, EditError, Place, all_added
from indicators.catalogue.schema import Member, Role
from indicators.library.shelf import Entry, Library

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Wanted:
    """One entry that is to be taken: for which goal, who reports what it needs, and another code where its is taken."""

    code: str
    goal: str
    reporter: str
    as_code: str = ""

    @property
    def new_code(self) -> str:
        return self.as_code.strip() or self.code


@dataclass(frozen=True)
class Taken:
    """The files with the entries in them, and what a person should know about how they were fitted in."""

    texts: dict[str, str]
    notes: tuple[str, ...]


def held_as(catalogue: Catalogue, entry: Entry) -> str:
    """The code of the indicator that is this entry, under whatever code and title; empty where it was not taken."""
    own = [(catalogue.base_figures.get(catalogue.current_code(one.code)), one) for one in entry.figures]
    if any(figure is None or _differing(figure, one) for figure, one in own):
        return ""
    formula = in_words_of(catalogue, entry)
    rhythm = entry.indicator.frequency
    same = (
        code
        for code, one in catalogue.indicators.items()
        if one.expression == formula and rhythm in (None, one.frequency)
    )
    return next(same, "")


FACTS = {"unit": "Einheit", "kind": "Zählweise", "frequency": "Häufigkeit", "reference": "Stichtag"}


def _differing(own: BaseFigure, figure: BaseFigure) -> list[str]:
    """In what a base figure of the same code counts something else."""
    return [word for fact, word in FACTS.items() if getattr(own, fact) != getattr(figure, fact)]


def in_words_of(catalogue: Catalogue, entry: Entry) -> Formula:
    """The formula with the codes that the base figures have here."""
    codes = {figure.code: catalogue.current_code(figure.code) for figure in entry.figures}
    return entry.formula.expanded({old: Formula.parse(new) for old, new in codes.items() if old != new})


def take(texts: Texts, catalogue: Catalogue, library: Library, wanted: Sequence[Wanted]) -> Taken:
    """Raises EditError where one is there already, its code is another indicator's, or a base figure of the same code
    counts something else."""
    fitted = _Fitted(library, catalogue)
    for one in wanted:
        fitted.add(one)
    return Taken(all_added(texts, fitted.additions), tuple(dict.fromkeys(fitted.notes)))


@dataclass
class _Fitted:
    """What is to be written; what has been brought along by an earlier entry is there for the next."""

    library: Library
    catalogue: Catalogue
    additions: list[Addition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    brought: set[tuple[str, str]] = field(default_factory=set)

    def add(self, one: Wanted) -> None:
        entry = self.library.by_code[one.code]
        self._refuse_twice(one, entry)
        owner = next((found.code for found in self.catalogue.fields if one.goal in goal_codes(found)), "")
        if not owner:
            raise EditError(f"Das Ziel „{one.goal}“ gibt es nicht. Bitte wählen Sie ein Ziel des Katalogs.")
        for figure in entry.figures:
            self._bring_figure(figure, owner, one.reporter)
        formula = in_words_of(self.catalogue, entry)
        raw = {**entry.raw, "goal": one.goal, "formula": str(formula), "breakdowns": self._breakdowns(entry)}
        self._bring_unit(entry.indicator.unit)
        self._write(Place("indicators", one.new_code), owner, raw)

    def _refuse_twice(self, one: Wanted, entry: Entry) -> None:
        title = entry.indicator.title
        if held := held_as(self.catalogue, entry):
            raise EditError(f"„{title}“ ist schon übernommen, als {held}.")
        owner = self.catalogue.indicators.get(self.catalogue.current_indicator(one.new_code))
        if owner is not None or ("indicators", one.new_code) in self.brought:
            whose = f" für „{owner.title}“" if owner else ""
            raise EditError(f"Das Kürzel {one.new_code} ist schon vergeben{whose}. Bitte nennen Sie ein anderes.")

    def _bring_figure(self, figure: BaseFigure, owner: str, reporter: str) -> None:
        own = self.catalogue.base_figures.get(self.catalogue.current_code(figure.code))
        if own is not None:
            self._compare(own, figure)
        elif ("base_figures", figure.code) not in self.brought:
            self._bring_unit(figure.unit)
            axes = [found for axis in figure.dimensions if (found := self._axis(axis))]
            raw = {**self.library.raw_figures[figure.code], "reporters": [reporter], "dimensions": axes}
            self._write(Place("base_figures", figure.code), owner, raw)

    def _compare(self, own: BaseFigure, figure: BaseFigure) -> None:
        """A base figure that is there already is used, if it counts the same."""
        if differing := _differing(own, figure):
            raise EditError(
                f"Das Kürzel {figure.code} hat in Ihrem Katalog schon die Grundzahl „{own.title}“, und sie zählt etwas "
                f"anderes als „{figure.title}“ ({', '.join(differing)}). Bitte geben Sie Ihrer "
                "Grundzahl zuerst ein anderes Kürzel („Kürzel ändern“)."
            )
        same = own.title == figure.title
        note = "" if same else f" Bei Ihnen heißt sie „{own.title}“; bitte prüfen Sie, ob sie dasselbe zählt."
        self.notes.append(f"Die Grundzahl „{figure.title}“ gibt es schon; sie wird verwendet.{note}")

    def _breakdowns(self, entry: Entry) -> list[str]:
        """Those by which all of its base figures are delivered here."""
        found = []
        for axis in entry.indicator.breakdowns:
            own = self._axis(axis)
            lacking = [figure.title for figure in self._own_figures(entry) if own and own not in figure.dimensions]
            if own and not lacking:
                found.append(own)
            elif lacking:
                axis_title = self.library.dimensions[axis].title
                self.notes.append(f"Nach {axis_title} wird „{lacking[0]}“ bei Ihnen nicht geliefert: ohne diese Linie.")
        return found

    def _own_figures(self, entry: Entry) -> list[BaseFigure]:
        codes = [self.catalogue.current_code(figure.code) for figure in entry.figures]
        return [self.catalogue.base_figures[code] for code in codes if code in self.catalogue.base_figures]

    def _axis(self, code: str) -> str:
        """The city's own dimension for one of the library, brought along where it has none; "" for none at all."""
        wanted = self.library.dimensions[code]
        if own := same_axis(self.catalogue, wanted):
            return own.code
        if ("dimensions", code) in self.brought:
            return code
        if wanted.role is Role.DISTRICT:
            self.notes.append(
                "Nach Stadtteilen wird nicht aufgeteilt: Ihr Katalog hat noch kein Merkmal dafür. Es lässt sich später "
                "ergänzen."
            )
            return ""
        if code in self.catalogue.dimensions:
            own_title = self.catalogue.dimensions[code].title
            self.notes.append(
                f"Nach {wanted.title} wird nicht aufgeteilt: „{own_title}“ hat bei Ihnen andere Ausprägungen."
            )
            return ""
        self._write(Place("dimensions", code), "", self.library.raw_dimensions[code])
        return code

    def _bring_unit(self, code: str) -> None:
        if code not in self.catalogue.units and ("units", code) not in self.brought:
            self._write(Place("units", code), "", self.library.raw_units[code])

    def _write(self, place: Place, owner: str, raw: Mapping[str, Any]) -> None:
        values = {key: value for key, value in raw.items() if key != CODE and value not in ([], "")}
        self.additions.append(Addition(place, owner, values))
        self.brought.add((place.section, place.code))


def same_axis(catalogue: Catalogue, wanted: Dimension) -> Dimension | None:
    """The city's own dimension that divides as one of the library does."""
    return next((axis for axis in catalogue.dimensions.values() if _is_the_same(axis, wanted)), None)


def _is_the_same(own: Dimension, wanted: Dimension) -> bool:
    """Districts are every city's own; anything else must have all the members, and mean the same."""
    if wanted.role is Role.DISTRICT:
        return own.role is Role.DISTRICT
    members = {one.code: one for one in own.members}
    there = all(one.code in members and _same_ages(members[one.code], one) for one in wanted.members)
    return there and own.role in (wanted.role, Role.OTHER)


def _same_ages(own: Member, wanted: Member) -> bool:
    """Unless both say which, the code must do."""
    return not own.ages or not wanted.ages or own.ages == wanted.ages
