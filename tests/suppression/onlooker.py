"""Somebody who has seen every page in every state, and reckons with every number on them.

His list is his own: every number that some page shows in some state under the catalogue that was in force then, as a
signed sum of what single reporters counted ("atoms"). Two linear programmes a number that must not be known say between
which bounds it lies. He knows that members add up, which age lies in which group, that counts do not fall below zero or
since January, that those in care are children, that zeros are shown, that a merged district is those that it was made
of, and which numbers stayed the same. As a reporter he knows his own atoms besides, and those of whom he took over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from indicators.catalogue import BaseFigure, Catalogue, Cumulative, Indicator
from indicators.model import Breakdown, Measurement
from indicators.periods import Period
from indicators.suppression import Hidden, gives_away
from indicators.suppression.rounding import shown_count
from tests.suppression.stories import DISTRICTS, GROUPS, REPORTERS, SEXES, YEAR, Event, Slice, Story, home

Atom = tuple[str, str, str, int, float]
"""Base figure (by today's code), reporter, breakdown, period, number."""

Line = dict[Atom, float]
SINGLE, EPSILON = "geschlecht=", 1e-6


@dataclass(frozen=True)
class View:
    """A state of the data under a catalogue: the sums that are known in it, as atoms by (code, breakdown, period)."""

    catalogue: Catalogue
    sums: Mapping[tuple[str, str, int], Line]


def views(story: Story) -> Iterator[View]:
    """What was known after every step."""
    says: dict[Slice, dict[int, Mapping[str, float]]] = defaultdict(dict)
    standing: set[int] = set()
    catalogue = story.catalogues[0]
    for step in story.steps:
        if isinstance(step, Catalogue):
            catalogue = step
        else:
            for place, counts in step.says.items():
                says[place][step.delivery] = counts
            (standing.discard if step.kind == "withdraw" else standing.add)(step.delivery)
        if says:
            yield View(catalogue, dict(_sums(catalogue, says, standing)))


def _sums(
    catalogue: Catalogue, says: Mapping[Slice, Mapping[int, Mapping[str, float]]], standing: set[int]
) -> Iterator[tuple[tuple[str, str, int], Line]]:
    """Of each base figure, as this catalogue has it, the sums that are complete."""
    stored: dict[str, dict[tuple[str, int], tuple[int, Mapping[str, float]]]] = defaultdict(dict)
    for (code, reporter, period), by_delivery in says.items():
        last = max((number for number in by_delivery if number in standing), default=None)
        if last is not None:
            stored[code][reporter, period] = last, by_delivery[last]
    for figure in catalogue.base_figures.values():
        valid = _under_one_code([stored[code] for code in figure.formerly], stored[figure.code])
        for period in sorted({period for _, period in valid}):
            if _lacks_one(catalogue, figure, valid, period):
                continue
            there = {who: counts for (who, at), (_, counts) in valid.items() if at == period}
            parts = _counting(catalogue, figure, there)
            for breakdown in {group for counts in parts.values() for group in counts}:
                atoms = {
                    (home(figure.code), who, breakdown, period, counts[breakdown]): 1.0
                    for who, counts in sorted(parts.items())
                    if breakdown in counts
                }
                yield (figure.code, breakdown, period), atoms


Said = dict[tuple[str, int], tuple[int, Mapping[str, float]]]
"""By reporter and period the number of the delivery and what it said."""


def _under_one_code(earlier: list[Said], now: Said) -> Said:
    """What a reporter said under the code of now, else what it said last under one of before."""
    found: Said = {}
    for said in earlier:
        for key, one in said.items():
            if key not in found or one[0] > found[key][0]:
                found[key] = one
    return {**found, **now}


def _lacks_one(catalogue: Catalogue, figure: BaseFigure, valid: Said, period: int) -> bool:
    """Whether one who is named, has begun and not ended owes its number, and no heir among them gave it."""
    there = {who for who, at in valid if at == period and who in figure.reporters}
    for who in figure.reporters if there else ():
        begun = min((at for one, at in valid if one == who), default=period + 1)
        last = catalogue.last_day(who)
        goes_on = last is None or Period.from_key(period).end <= last
        if begun <= period and goes_on and who not in there and not _heirs(catalogue, figure, who) & there:
            return True
    return False


def _heirs(catalogue: Catalogue, figure: BaseFigure, who: str) -> set[str]:
    return {heir for heir in figure.reporters if who in catalogue.followed_by(heir)}


def _counting(
    catalogue: Catalogue, figure: BaseFigure, there: Mapping[str, Mapping[str, float]]
) -> Mapping[str, Mapping[str, float]]:
    """The one who is named alone stands for everyone, an heir for its forerunner; two are never summed."""
    only = figure.reporters
    if len(only) == 1 and only[0] in there:
        there = {only[0]: there[only[0]]}
    return {who: counts for who, counts in there.items() if not _heirs(catalogue, figure, who) & there.keys()}


def is_difference(indicator: Indicator) -> bool:
    """kinder - kita, the only formula here that divides nothing and has two base figures."""
    return len(indicator.expression.names) == 2 and not indicator.expression.divides


def number_of(line: Line) -> float:
    return sum(factor * atom[4] for atom, factor in line.items())


def minus(first: Line, second: Line) -> Line:
    found = dict(first)
    for atom, factor in second.items():
        found[atom] = found.get(atom, 0.0) - factor
    return {atom: factor for atom, factor in found.items() if factor}


@dataclass
class Onlooker:
    """`known` are rows low <= line <= high."""

    story: Story
    hidden: Hidden
    known: list[tuple[float, Line, float]] = field(default_factory=list)
    secrets: dict[tuple[tuple[Atom, float], ...], tuple[str, float, tuple[Atom, ...]]] = field(default_factory=dict)
    shown: set[tuple[object, ...]] = field(default_factory=set)
    rounded: list[tuple[tuple[str, str, int], Line]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known_to = {who: self.knowing(who) for who in ("", *REPORTERS)}
        self.thresholds: dict[str, float] = defaultdict(float)
        for catalogue in self.story.catalogues:  # the last word on each counts
            own = {home(code): figure.suppress_below or 0 for code, figure in catalogue.base_figures.items()}
            self.thresholds.update(own)
        self.changes: dict[tuple[str, str, int], set[frozenset[Atom]]] = defaultdict(set)
        seen: set[tuple[object, ...]] = set()
        for view in views(self.story):
            for key, line in view.sums.items():
                self._see_sum(key, line)
            for indicator in view.catalogue.indicators.values():
                self._see_indicator(view, indicator)
            state = (view.catalogue.version, frozenset((key, *line) for key, line in view.sums.items()))
            if state not in seen:
                seen.add(state)
                self._learn(view)
        self._learn_tables()
        self._learn_districts()
        self._compare_states()

    def knowing(self, insider: str) -> frozenset[str]:
        """Whose numbers somebody knows: its own, and those of whom it ever took over."""
        return frozenset({insider, *(old for one in self.story.catalogues for old in one.followed_by(insider))})

    def _know(self, low: float, line: Line, high: float) -> None:
        if line:
            self.known.append((low, line, high))

    def _keep_secret(self, what: str, line: Line, threshold: float, counted: Iterable[Atom] = ()) -> None:
        if line and threshold:
            self.secrets.setdefault(tuple(sorted(line.items())), (what, threshold, tuple(counted)))

    def _see_sum(self, key: tuple[str, str, int], line: Line) -> None:
        """What base figures say, where it is not hidden; pages show no more than that."""
        code, breakdown, period = key
        self.changes[home(code), breakdown, period].add(frozenset(line))
        if ("sum", key, *line) in self.shown:
            return
        self.shown.add(("sum", key, *line))
        number, threshold = number_of(line), self.thresholds[home(code)]
        if code in self.hidden.rounding:
            self._see_rounded(key, line)
        elif key not in self.hidden.keys:
            self._know(number, line, number)
            self._keep_secret_if_small(f"shown {key}", line, threshold)
        else:
            self._know(1.0 if number >= 1 else 0.0, line, np.inf)
            self._keep_secret(f"hidden {key}", line, threshold)

    def _see_rounded(self, key: tuple[str, str, int], line: Line) -> None:
        """A count that is shown as a multiple of the base: which numbers of persons are rounded to it."""
        base = self.hidden.rounding[key[0]]
        number = number_of(line)
        shown, down, up = shown_count(number, base), base // 2, (base - 1) // 2
        low, high = (shown - down, shown + up) if number >= 0 else (shown - up, shown + down)
        self._know(low, line, high)
        self.rounded.append((key, line))

    def _keep_secret_if_small(self, what: str, line: Line, threshold: float, counted: Iterable[Atom] = ()) -> None:
        """Small for a reader, or for somebody who takes away his own."""
        number = number_of(line)
        rests = {number} | {number - self._own(line, who) for who in REPORTERS}
        if any(0 < rest < threshold for rest in rests):
            self._keep_secret(what, line, threshold, counted)

    def _own(self, line: Line, who: str) -> float:
        return number_of({atom: factor for atom, factor in line.items() if atom[1] in self._known_to[who]})

    def _see_indicator(self, view: View, indicator: Indicator) -> None:
        """Every value of the indicator that pages show, as an equation over atoms."""
        for breakdown, period in self.points(view, indicator):
            parts = {n: self.counted(view, indicator, n, breakdown, period) for n in indicator.expression.names}
            if any(part is None for part in parts.values()):
                continue
            lines = {name: line for name, line in parts.items() if line is not None}
            if rounded := [name for name in lines if name in self.hidden.rounding]:
                for name in rounded:
                    if ("part", name, breakdown, period, *lines[name]) not in self.shown:
                        self.shown.add(("part", name, breakdown, period, *lines[name]))
                        self._see_rounded((name, breakdown, period.key), lines[name])
                continue
            self._keep_formed(indicator, lines, (indicator.formula, breakdown, str(period)))
            value = indicator.expression.evaluate({name: number_of(line) for name, line in lines.items()})
            point = Measurement(period, value)
            group = Breakdown.parse(breakdown)
            if value is None or gives_away(indicator, group, point, self.hidden, view.catalogue):
                continue
            key = (indicator.formula, breakdown, period, value, *(atom for line in lines.values() for atom in line))
            if key not in self.shown:
                self.shown.add(key)
                self._know_value(indicator, lines, value)

    def points(self, view: View, indicator: Indicator) -> Iterator[tuple[str, Period]]:
        ends = {Period.from_key(period) for code, _, period in view.sums if code in indicator.expression.names}
        periods = {Period.of_year(p.year) for p in ends} if indicator.frequency.parts_per_year == 1 else ends
        groups = {group for code, group, _ in view.sums if code in indicator.expression.names}
        return ((group, period) for group in sorted(groups) for period in sorted(periods))

    def counted(self, view: View, indicator: Indicator, name: str, breakdown: str, period: Period) -> Line | None:
        """What stands for a base figure in a formula; None where it is not known."""
        figure = view.catalogue.base_figure(name)
        quarterly = figure.frequency.parts_per_year > 1
        if not quarterly:
            return view.sums.get((name, breakdown, period.key))
        if period.part == 0:
            quarters = [Period.quarter(period.year, part) for part in ((1, 2, 3, 4) if figure.kind == "flow" else (4,))]
            lines = [view.sums.get((name, breakdown, quarter.key)) for quarter in quarters]
            if None in lines:
                return None
            year = {atom: 1.0 for line in lines if line for atom in line}
            self._see_year(name, breakdown, period, year, figure.kind == "flow")
            return year
        own = view.sums.get((name, breakdown, period.key))
        if figure.kind == "flow" or period.part == 1 or indicator.cumulative is Cumulative.SINCE_JANUARY:
            return own
        before = view.sums.get((name, breakdown, period.previous.key))
        return minus(own, before) if own is not None and before is not None else None

    def _see_year(self, code: str, breakdown: str, period: Period, line: Line, made: bool) -> None:
        key = (code, breakdown, period.key)
        if not made or ("sum", key, *line) in self.shown:
            return
        self.shown.add(("sum", key, *line))
        if code in self.hidden.rounding:
            return
        if key not in self.hidden.keys:
            self._know(number_of(line), line, number_of(line))
            self._keep_secret_if_small(f"shown {key}", line, self.thresholds[home(code)])
        else:
            self._keep_secret(f"hidden {key}", line, self.thresholds[home(code)])

    def _keep_formed(self, indicator: Indicator, lines: Mapping[str, Line], what: object) -> None:
        """Persons that the formula speaks of and nobody delivered."""
        threshold = max(self.thresholds[home(name)] for name in lines)
        for name, line in lines.items():
            self._keep_secret_if_small(f"part {name} {what}", line, self.thresholds[home(name)])
        if len(lines) == 2:
            names = list(lines)
            ratio = [name for name in names if home(name) != "kinder"] if "kinder" in map(home, names) else names[:1]
            above, below = lines[ratio[0]], next(lines[name] for name in names if name != ratio[0])
            left = minus(below, above)
            if number_of(above) and number_of(left) > 0:
                self._keep_secret_if_small(f"left {what}", left, threshold, above)
            elif number_of(above) and is_difference(indicator):
                turned = {atom: -factor for atom, factor in left.items()}
                self._keep_secret_if_small(f"left {what}", turned, threshold, above)

    def _know_value(self, indicator: Indicator, lines: Mapping[str, Line], value: float) -> None:
        """An equation where the value is one of sums: v = (a + b x) / (c + d x) for each base figure x."""
        names = list(lines)
        numbers = {name: number_of(line) for name, line in lines.items()}
        if len(names) == 1:
            self._know(numbers[names[0]], lines[names[0]], numbers[names[0]])
        elif is_difference(indicator):
            line = minus(lines[names[0]], lines[names[-1]])
            self._know(number_of(line), line, number_of(line))
        elif all(numbers.values()):  # all other formulas tell the ratio of the two
            first, second = numbers.values()
            line = minus(
                {atom: factor / first for atom, factor in lines[names[0]].items()},
                {atom: factor / second for atom, factor in lines[names[1]].items()},
            )
            self._know(0.0, line, 0.0)

    def _learn(self, view: View) -> None:
        """What everybody knows of base figures that were known at the same time."""
        children_of = {key[1:]: line for key, line in view.sums.items() if home(key[0]) == "kinder"}
        for (code, breakdown, period), line in view.sums.items():
            if home(code) == "faelle" and Period.from_key(period).part > 1:
                before = view.sums.get((code, breakdown, Period.from_key(period).previous.key))
                if before is not None and number_of(minus(line, before)) >= 0:
                    growth = minus(line, before)
                    self._know(0.0, growth, np.inf)
                    self._keep_secret_if_small(f"growth {breakdown} {period}", growth, self.thresholds["faelle"])
            if home(code) == "kita":
                children = children_of.get((breakdown, period))
                if children is not None and number_of(minus(children, line)) >= 0:
                    self._know(0.0, minus(children, line), np.inf)

    def _learn_tables(self) -> None:
        """Members add up for each reporter by itself; ages lie in each other."""
        tables: dict[tuple[str, str, int, int], dict[str, Atom]] = defaultdict(dict)
        for step in self.story.steps:
            for (code, who, period), counts in step.says.items() if isinstance(step, Event) else ():
                for breakdown, number in counts.items():
                    atom = (home(code), who, breakdown, period, number)
                    tables[home(code), who, period, id(counts)][breakdown] = atom
        for (code, *_), table in tables.items():
            self._know(0.0, dict.fromkeys(table.values(), 1.0), np.inf)
            members = [table.get(f"{SINGLE}{sex}") for sex in SEXES]
            if "" in table and None not in members:
                line = {table[""]: 1.0, **{atom: -1.0 for atom in members if atom}}
                self._know(number_of(line), line, number_of(line))
            if code == "wohnen":
                self._learn_places(table)
            if code == "besucher":
                self._learn_ages({g: table[f"wer={g}"] for g in GROUPS if f"wer={g}" in table}, table[""])

    def _learn_places(self, table: Mapping[str, Atom]) -> None:
        """What districts leave of the total, which is nothing where they are all there and make it up."""
        places = [atom for group, atom in table.items() if group]
        line = {table[""]: 1.0, **dict.fromkeys(places, -1.0)}
        merged = {"gebiet=mitte", "gebiet=west"} <= table.keys()
        whole = merged or all(f"gebiet={place}" in table for place in DISTRICTS)
        if whole and self.story.catalogues[0].dimensions["gebiet"].complete:
            self._know(number_of(line), line, number_of(line))
        elif number_of(line) >= 0:
            self._know(0.0, line, np.inf)
            self._keep_secret_if_small("beside districts", line, self.thresholds["wohnen"])

    def _learn_districts(self) -> None:
        """Mitte is Nord and Süd together, in whatever state each was known."""
        lists = {
            place: sorted(map(sorted, self.changes.get(("wohnen", f"gebiet={place}", YEAR.key), ())))
            for place in ("mitte", "nord", "sued")
        }
        for atoms in product(lists["mitte"], lists["nord"], lists["sued"]):
            whole, *parts = (dict.fromkeys(those, 1.0) for those in atoms)
            line = minus(minus(whole, parts[0]), parts[1])
            if number_of(line) == 0:
                self._know(0.0, line, 0.0)
        for place, other in (("nord", "sued"), ("sued", "nord")):
            for atoms in product(lists["mitte"], lists[place] if not lists[other] else ()):
                whole, part = (dict.fromkeys(those, 1.0) for those in atoms)
                if number_of(minus(whole, part)) >= 0:
                    self._know(0.0, minus(whole, part), np.inf)
                    self._keep_secret_if_small(f"mitte - {place}", minus(whole, part), self.thresholds["wohnen"])

    def _learn_ages(self, groups: Mapping[str, Atom], total: Atom) -> None:
        for one, other in combinations(groups, 2):
            (a, b), (c, d) = GROUPS[one], GROUPS[other]
            b, d = (np.inf if end is None else end for end in (b, d))
            for inner, outer, within in ((one, other, c <= a and b <= d), (other, one, a <= c and d <= b)):
                if within:
                    line = {groups[outer]: 1.0, groups[inner]: -1.0}
                    self._know(0.0, line, np.inf)
                    if a == c or b == d:
                        self._keep_secret_if_small(f"ages {outer} - {inner}", line, self.thresholds["besucher"])
        apart = [code for code in ("u18", "bis65", "plus") if code in groups]
        line = {total: 1.0, **{groups[code]: -1.0 for code in apart}}
        if len(apart) == 3:
            self._know(number_of(line), line, number_of(line))
        elif apart:
            self._know(0.0, line, np.inf)

    def _compare_states(self) -> None:
        """Who came or went between two states of a sum."""
        for (code, breakdown, period), versions in self.changes.items():
            for one, other in combinations(versions, 2):
                for less, more in ((one, other), (other, one)):
                    if less < more:
                        came = dict.fromkeys(sorted(more - less), 1.0)
                        what = f"came {code} {breakdown} {period}"
                        self._keep_secret_if_small(what, came, self.thresholds[code])

    def intervals(self, below: float = np.inf) -> Iterator[tuple[tuple[str, str, int], float, int, int]]:
        """Every count that is shown rounded in some state and view: where, the true one, between which it must lie."""
        solver = Solver(self.known)
        for key, line in self.rounded:
            if 0 < (number := number_of(line)) < below:
                low, high = solver.interval(line, np.inf)
                yield key, number, ceil(low - EPSILON), floor(high + EPSILON)

    def learned(self, insider: str = "") -> Iterator[str]:
        """Every secret that the onlooker knows to within its threshold, in words."""
        knowing = self.knowing(insider)
        solver = Solver(self.known, knowing)
        for items, (what, threshold, counted) in self.secrets.items():
            line = dict(items)
            own = [atom for atom in line if atom[1] in knowing]
            if len(own) == len(line) or (counted and all(atom[1] in knowing for atom in counted)):
                continue
            number = number_of(line)
            rest = number - self._own(line, insider) if insider else number
            if not what.startswith("hidden") and not (0 < number < threshold or 0 < rest < threshold):
                continue
            low, high = solver.interval(line, threshold)
            if not high - low > threshold + EPSILON:
                yield f"{insider or 'reader'}: {what} = {number:g} lies between {low:g} and {high:g} ({threshold:g})"


class Solver:
    """Bounds of sums under what is known; solutions found for one are kept for the others."""

    def __init__(self, known: Iterable[tuple[float, Line, float]], knowing: Collection[str] = ()) -> None:
        rows = list(known)
        self.atoms = {atom: place for place, atom in enumerate(sorted({atom for _, line, _ in rows for atom in line}))}
        equal: list[tuple[Line, float]] = []
        above: list[tuple[Line, float]] = []
        for low, line, high in rows:
            if low == high:
                equal.append((line, low))
                continue
            above.append(({atom: -factor for atom, factor in line.items()}, -low))
            if high < np.inf:
                above.append((line, high))
        self.bounds = [(atom[4], atom[4]) if atom[1] in knowing else (0.0, None) for atom in self.atoms]
        self.rest: dict[str, Any] = {
            "A_eq": self._matrix(equal), "b_eq": [bound for _, bound in equal],
            "A_ub": self._matrix(above) if above else None, "b_ub": [bound for _, bound in above] or None,
            "bounds": self.bounds,
        }  # fmt: skip
        self.tables: list[np.ndarray] = [np.array([atom[4] for atom in self.atoms])]

    def _matrix(self, rows: list[tuple[Line, float]]) -> Any:
        found = [(r, self.atoms[atom], factor) for r, (line, _) in enumerate(rows) for atom, factor in line.items()]
        where = ([one[0] for one in found], [one[1] for one in found])
        return coo_array(([one[2] for one in found], where), shape=(len(rows), len(self.atoms))).tocsr()

    def interval(self, line: Line, enough: float) -> tuple[float, float]:
        """Of an interval wider than `enough` perhaps only a part."""
        aim = np.zeros(len(self.atoms))
        for atom, factor in line.items():
            aim[self.atoms[atom]] = factor
        found = [float(aim @ table) for table in self.tables]
        for factor in (1, -1):
            if max(found) - min(found) > enough + EPSILON:
                break
            solved = linprog(factor * aim, **self.rest)
            if solved.status == 0:
                self.tables.append(solved.x)
                found.append(factor * solved.fun)
            else:
                assert solved.status in (3, 4), (solved.message, line)
                found.append(-factor * np.inf if solved.status == 3 else number_of(line))
        return min(found), max(found)
