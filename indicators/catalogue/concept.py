"""The concept: action fields with their goals, approaches and texts, and what of it holds on a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Self, TypeVar

from indicators import german
from indicators.catalogue.fields import Definition, PeriodField, Text, TreeCode
from indicators.catalogue.indicator import IndicatorEntry
from indicators.catalogue.lasting import Lasting, followed_by, is_there, last_day
from indicators.periods import Period


class Wording(Definition):
    """How a goal or approach read up to the last day of `valid_to`."""

    valid_to: PeriodField
    title: Text
    text: str = ""


class Part(Lasting):
    """Part of the concept: `title` is its wording, `text` what the concept says of it, `earlier` how it read before.

    `word` is what it is called on the screen.
    """

    word: ClassVar[str]
    code: TreeCode
    title: Text
    text: str = ""
    earlier: tuple[Wording, ...] = ()

    def worded_on(self, day: date) -> Self:
        """The same as it read on a day."""
        before = [one for one in self.earlier if day <= one.valid_to.end]
        then = min(before, key=lambda one: one.valid_to.end, default=None)
        return self.model_copy(update={"title": then.title, "text": then.text}) if then else self


P = TypeVar("P", bound=Part)


class Approach(Part):
    """A Handlungsansatz: how a guiding goal is to be reached; measures and indicators can name it."""

    word: ClassVar[str] = "Handlungsansatz"


class SubGoal(Part):
    """A Teilziel."""

    word: ClassVar[str] = "Teilziel"


class GuidingGoal(Part):
    """A Leitziel."""

    word: ClassVar[str] = "Leitziel"
    sub_goals: tuple[SubGoal, ...] = ()
    approaches: tuple[Approach, ...] = ()

    @property
    def below(self) -> tuple[Part, ...]:
        return *self.sub_goals, *self.approaches


class FieldKind(StrEnum):
    FIELD = "field"
    OVERARCHING = "overarching"


class ActionField(Definition):
    """A Handlungsfeld with its goals; `indicators` are looked up in the catalogue."""

    code: TreeCode
    title: Text
    lead: str = ""
    kind: FieldKind = FieldKind.FIELD
    text: str = ""
    guiding_goals: tuple[GuidingGoal, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All goals and approaches, each guiding goal before what lies below it."""
        return tuple(part for guiding in self.guiding_goals for part in (guiding, *guiding.below))


def goal_codes(field: ActionField) -> list[str]:
    """Codes of all guiding goals and sub-goals."""
    below = [goal.code for guiding in field.guiding_goals for goal in guiding.sub_goals]
    return [guiding.code for guiding in field.guiding_goals] + below


@dataclass(frozen=True)
class Concept:
    """The whole concept, with all that has ended and all that is to come; `day` is the one that is looked at, None for
    no day: then everything is there."""

    whole: tuple[ActionField, ...]
    day: date | None = None

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Everything by code, in the order of the files."""
        return {part.code: part for field in self.whole for part in field.parts}

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which something of it begins, ends or reads otherwise than on the day before."""
        days = {part.valid_from.start for part in self.parts.values() if part.valid_from}
        ends = [one.valid_to.end for part in self.parts.values() for one in part.earlier]
        ends += [last for code in self.parts if (last := self._last_day(code))]
        return tuple(sorted(days | {date.fromordinal(end.toordinal() + 1) for end in ends}))

    @cached_property
    def fields(self) -> tuple[ActionField, ...]:
        """The fields with the goals and approaches that are there on the day, as they read then."""
        return tuple(self._field(field) for field in self.whole) if self.day and self._timed else self.whole

    @cached_property
    def shown(self) -> Mapping[str, Part]:
        """What is there on the day, by code."""
        return {part.code: part for field in self.fields for part in field.parts}

    @cached_property
    def above(self) -> Mapping[str, str]:
        """By code of what lies below it the code of the guiding goal."""
        guiding = (goal for field in self.whole for goal in field.guiding_goals)
        return {part.code: goal.code for goal in guiding for part in goal.below}

    def title(self, code: str) -> str:
        """As it read on the day; of what is not there then with the days on which it was. Raises KeyError."""
        part = self.shown.get(code) or self.parts[code]
        if code in self.shown and self.day:
            return part.title
        last, begins = self._last_day(code), part.valid_from
        if last and (self.day is None or last < self.day):
            return f"{part.title} (bis {german.day(last)})"
        later = begins and (self.day is None or begins.start > self.day)
        return f"{part.title} (ab {german.day(begins.start)})" if begins and later else part.title

    def field_of(self, code: str) -> str:
        """The field that a goal or approach belongs to; empty for none."""
        return next((field.code for field in self.whole if any(part.code == code for part in field.parts)), "")

    def forerunners(self, code: str) -> tuple[str, ...]:
        """The codes that it took over from, near and far."""
        return followed_by(self.parts.values(), code)

    def goal_of(self, indicator: IndicatorEntry) -> str:
        """The goal that an indicator belongs to on the day; the one that it names where none goes on from there."""
        if self.day is None:
            return indicator.goal
        day = self.day
        before = [one for one in indicator.earlier_goals if day <= one.valid_to.end]
        named = min(before, key=lambda one: one.valid_to.end).goal if before else indicator.goal
        return self.standing(named)

    def standing(self, code: str) -> str:
        """What stands for a goal on the day: itself, its heirs, or what it takes over from later."""
        if self.day is None:
            return code
        seen, waiting = [code], [code]
        while waiting:
            one = waiting.pop(0)
            if one in self.shown:
                return one
            further = [other for other in self._beside(one) if other not in seen]
            seen += further
            waiting += further
        return code

    def _beside(self, code: str) -> list[str]:
        part = self.parts.get(code)
        if part is None or self.day is None:
            return []
        to_come = part.valid_from is not None and part.valid_from.start > self.day
        found = list(part.follows) if to_come else [one.code for one in self.parts.values() if code in one.follows]
        return found or ([self.above[code]] if code in self.above else [])

    @cached_property
    def _timed(self) -> bool:
        return any(part.valid_from or part.valid_to or part.follows or part.earlier for part in self.parts.values())

    def _last_day(self, code: str) -> date | None:
        return last_day(tuple(self.parts.values()), code)

    def _field(self, field: ActionField) -> ActionField:
        goals = tuple(
            guiding.model_copy(
                update={"sub_goals": self._there(guiding.sub_goals), "approaches": self._there(guiding.approaches)}
            )
            for guiding in self._there(field.guiding_goals)
        )
        return field.model_copy(update={"guiding_goals": goals})

    def _there(self, some: Iterable[P]) -> tuple[P, ...]:
        return tuple(self._on_its_day(some))

    def _on_its_day(self, some: Iterable[P]) -> Iterator[P]:
        assert self.day is not None
        everything, period = tuple(self.parts.values()), Period.on(self.day)
        for part in some:
            if is_there(everything, part.code, period):
                yield part.worded_on(self.day)
