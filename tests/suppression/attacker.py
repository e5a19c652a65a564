"""A reader who wants to know: two linear programmes a number, from what is shown and what everybody knows of tables.

Built from the catalogue and the shown numbers alone, apart from the product's own equations. He knows that parts add
up, that quarters make the year, that counts since January do not fall, that a numerator that nowhere exceeds its
denominator is part of it, that hidden numbers of figures whose zeros are shown are not zero, and every indicator
value that is still shown, to the decimals it is shown with.

As an insider he is a reporter besides: he knows his own part of every number and that the others' parts are not
negative, and wants to know what these are. He knows as well what is left of a denominator when those whom he counted
himself are taken away; that is not kept from him.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from indicators.catalogue import Catalogue
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.suppression import Hidden
from indicators.suppression.contributions import added
from tests.suppression.one_state import UNKNOWN, Contributions

Cell = tuple[str, str, int]
LINE = dict[Cell, float]
AGES = "ages "
"""What the codes of sections of the line of ages begin with; no table shows them."""

SPANS = {"alter": {"unter_18": (0, 18), "bis_27": (18, 27), "bis_65": (27, 65), "ab_65": (65, 99)},
         "jung": {"unter_15": (0, 15), "ab_15_unter_21": (15, 21), "unter_21": (0, 21)}}  # fmt: skip


@dataclass
class Attacker:
    """`told` are the numbers shown; `limits` are rows low <= sum <= high over all cells."""

    catalogue: Catalogue
    truth: dict[Cell, float]
    told: dict[Cell, float]
    limits: list[tuple[float, LINE, float]] = field(default_factory=list)
    parts: dict[Cell, dict[str, float]] = field(default_factory=dict)
    insider: str = ""
    between: list[tuple[LINE, float, float]] = field(default_factory=list)
    _programmes: dict[tuple[Cell, ...], dict[str, Any]] = field(default_factory=dict)
    _tables: dict[tuple[Cell, ...], list[np.ndarray]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        values: pd.DataFrame,
        hidden: Hidden,
        catalogue: Catalogue,
        contributed: Contributions = UNKNOWN,
        insider: str = "",
    ) -> "Attacker":
        rows = values.dropna(subset=["number"])
        truth = {
            (figure, breakdown, int(period)): number
            for figure, breakdown, period, number in zip(
                rows["base_figure"], rows["breakdown"], rows["period"], rows["number"], strict=True
            )
            if catalogue.unit_of(catalogue.base_figure(figure)).adds_up
        }
        attacker = cls(catalogue, truth, {cell: n for cell, n in truth.items() if cell not in hidden.keys})
        attacker.insider = insider
        attacker.parts = {cell: dict(contributed.of(*cell, number)) for cell, number in truth.items() if insider}
        attacker._learn_tables()
        attacker._learn_years(hidden)
        attacker._learn_growth()
        attacker._learn_shares(hidden)
        attacker._learn_schools()
        attacker._learn_ages()
        attacker._learn_own()
        return attacker

    def sensitive(self) -> Iterator[tuple[str, LINE, float]]:
        """Everything that must not be known too exactly: (what, its sum of cells, the threshold)."""
        for cell in self.truth:
            if self._is_own(cell):
                continue
            if cell not in self.told and (threshold := self._threshold(cell[0])):
                yield f"hidden {cell}", {cell: 1.0}, threshold
            for number in {self.truth[cell], self.truth[cell] - self._own(cell)}:
                if cell in self.told and 0 < number < self._threshold(cell[0]):
                    yield f"shown {cell}", {cell: 1.0}, self._threshold(cell[0])
        for low, line, high in self.limits:
            if any(cell[1].startswith(AGES) for cell in line):
                continue
            threshold = max(self._threshold(cell[0]) for cell in line)
            away = [cell for cell, sign in line.items() if sign < 0]
            if high == low or not sum(self.truth[cell] for cell in away) or all(map(self._is_own, away)):
                continue
            own = sum(sign * self._own(cell) for cell, sign in line.items())
            if any(0 < number < threshold for number in (self._value(line), self._value(line) - max(own, 0.0))):
                yield f"difference {line}", line, threshold
        for line, number, own in self.between:
            threshold = self._threshold(next(iter(line))[0])
            if number != own and (0 < number < threshold or 0 < number - own < threshold):
                yield f"ages {line}", line, threshold

    def _own(self, cell: Cell) -> float:
        return self.parts.get(cell, {}).get(self.insider, 0.0)

    def _is_own(self, cell: Cell) -> bool:
        """Whether he delivered all of it."""
        return self.parts.get(cell, {}).keys() == {self.insider}

    def _learn_own(self) -> None:
        """His own numbers, and that the others' parts are parts of each other too."""
        self.told.update({cell: number for cell, number in self.truth.items() if self._is_own(cell)})
        for place, (low, line, high) in enumerate(self.limits):
            own = sum(sign * self._own(cell) for cell, sign in line.items())
            if any(cell[1].startswith(AGES) for cell in line):
                continue
            if low < high and low < own <= self._value(line):
                self.limits[place] = (own, line, high)

    def interval(self, line: LINE, enough: float = float("inf")) -> tuple[float, float]:
        """Between which numbers a sum of cells must lie; of an interval wider than `enough` perhaps only a part.

        Each solution is a table that everything shown allows. Where two known ones lie far enough apart, none more is
        looked for.
        """
        known = sum(sign * self.told[cell] for cell, sign in line.items() if cell in self.told)
        cells = self._near(line)
        if not cells:
            return known, known
        aim = np.array([line.get(cell, 0.0) for cell in cells])
        rest = self._programmes[cells] = self._programmes.get(cells) or self._programme(cells)
        tables = self._tables.setdefault(cells, [])
        found = [float(aim @ table) for table in tables]
        if found and max(found) - min(found) > enough:
            return min(found) + known, max(found) + known
        bounds = []
        for factor in (1, -1):
            solved = linprog(factor * aim, **rest)
            assert solved.status in (0, 3), (solved.message, line)
            if solved.status == 0:
                tables.append(solved.x)
            bounds.append(factor * (solved.fun if solved.status == 0 else -float("inf")))
        return bounds[0] + known, bounds[1] + known

    def exactly(self, line: LINE) -> tuple[float, float] | None:
        """The same where equations alone say it, without a programme; None where they do not."""
        cells = self._near(line)
        if not self._tables.get(cells):
            return None  # whether the equations contradict each other shows in a programme
        equations = np.array(self._programmes[cells]["A_eq"])
        aim = np.array([line.get(cell, 0.0) for cell in cells])
        weights = aim @ np.linalg.pinv(equations)
        if np.abs(weights @ equations - aim).max() > 1e-9:
            return None
        value = round(float(weights @ self._programmes[cells]["b_eq"]), 6)
        return value, value

    def _programme(self, cells: tuple[Cell, ...]) -> dict[str, Any]:
        """What is known of cells that have to do with each other, as scipy wants it."""
        number = {cell: place for place, cell in enumerate(cells)}
        rows, highs, equal, values = [], [], [], []
        for low, limit, high in self.limits:
            if not limit.keys() & number.keys():
                continue
            row = [0.0] * len(cells)
            known = 0.0
            for cell, sign in limit.items():
                if cell in number:
                    row[number[cell]] = sign
                else:
                    known += sign * self.told[cell]
            if low == high:
                equal.append(row)
                values.append(high - known)
                continue
            for factor, bound in ((1, high), (-1, -low)):
                if abs(bound) < float("inf"):
                    rows.append([factor * entry for entry in row])
                    highs.append(bound - factor * known)
        return {
            "A_ub": rows or None, "b_ub": highs or None, "A_eq": equal or None, "b_eq": values or None,
            "bounds": [(self._lowest(cell), None) for cell in cells],
        }  # fmt: skip

    def _near(self, line: LINE) -> tuple[Cell, ...]:
        """The hidden cells that have to do with the sum."""
        near = {cell for cell in line if cell not in self.told}
        waiting = list(near)
        while waiting:
            cell = waiting.pop()
            for _, limit, _ in self._limits_of.get(cell, ()):
                more = {other for other in limit if other not in self.told} - near
                near |= more
                waiting += more
        return tuple(sorted(near))

    @property
    def _limits_of(self) -> dict[Cell, list[tuple[float, LINE, float]]]:
        if "_by_cell" not in self.__dict__:
            by_cell: dict[Cell, list[tuple[float, LINE, float]]] = {}
            for limit in self.limits:
                for cell in limit[1]:
                    by_cell.setdefault(cell, []).append(limit)
            self.__dict__["_by_cell"] = by_cell
        return self.__dict__["_by_cell"]

    def _threshold(self, figure: str) -> float:
        return self.catalogue.base_figure(figure).suppress_below or 0

    def _lowest(self, cell: Cell) -> float:
        figure = self.catalogue.base_figure(cell[0])
        if cell[1].startswith(AGES):
            return 0.0
        lowest = 1.0 if figure.show_zero and self.truth.get(cell, 1.0) >= 1 else 0.0
        return max(lowest, self._own(cell)) if self._own(cell) <= self.truth[cell] else lowest

    def _value(self, line: LINE) -> float:
        return sum(sign * self.truth[cell] for cell, sign in line.items())

    def _learn_tables(self) -> None:
        for figure, period in sorted({(cell[0], cell[2]) for cell in self.truth}):
            table = [cell for cell in self.truth if (cell[0], cell[2]) == (figure, period)]
            parents = {(b.without(d), d) for _, code, _ in table for b in [Breakdown.parse(code)] for d, _ in b.members}
            for parent, dimension in sorted(parents):
                self._learn_sum((figure, parent.code, period), parent, dimension)

    def _learn_sum(self, parent: Cell, breakdown: Breakdown, dimension: str) -> None:
        known = self.catalogue.dimensions[dimension]
        areas = set(self.catalogue.city.comparison_areas)
        cells = {
            member: (parent[0], breakdown.with_(dimension, member.code).code, parent[2])
            for member in known.members
            if member.code not in areas
        }
        parts = [cell for member, cell in cells.items() if member.sums_to_total and cell in self.truth]
        if parent not in self.truth or not parts:
            return
        whole = known.complete and len(parts) == sum(member.sums_to_total for member in cells)
        line = {parent: 1.0, **dict.fromkeys(parts, -1.0)}
        left = self._value(line)
        if whole:
            self.limits.append((left, line, left))
        elif left >= 0:
            self.limits.append((0.0, line, float("inf")))
        for member, cell in cells.items():
            if not member.sums_to_total and cell in self.truth:
                for above in (parent, *parts):
                    if self.truth[above] >= self.truth[cell]:
                        self.limits.append((0.0, {above: 1.0, cell: -1.0}, float("inf")))

    def _learn_years(self, hidden: Hidden) -> None:
        for figure in self.catalogue.base_figures.values():
            if figure.kind != "flow" or figure.frequency != "quarterly":
                continue
            for code in {cell[1] for cell in self.truth if cell[0] == figure.code}:
                for year in {Period.from_key(cell[2]).year for cell in self.truth if cell[0] == figure.code}:
                    quarters = [(figure.code, code, Period.quarter(year, n).key) for n in (1, 2, 3, 4)]
                    if not all(cell in self.truth for cell in quarters):
                        continue
                    total = (figure.code, code, Period.of_year(year).key)
                    self.truth[total] = sum(self.truth[cell] for cell in quarters)
                    self.parts[total] = added((self.parts.get(cell, {}), 1) for cell in quarters)
                    if total not in hidden.keys:
                        self.told[total] = self.truth[total]
                    self.limits.append((0.0, {total: 1.0, **dict.fromkeys(quarters, -1.0)}, 0.0))

    def _learn_growth(self) -> None:
        for figure, code, period in list(self.truth):
            own = Period.from_key(period)
            before = (figure, code, own.previous.key)
            if self.catalogue.base_figure(figure).kind == "cumulative" and own.part > 1 and before in self.truth:
                line = {(figure, code, period): 1.0, before: -1.0}
                if self._value(line) >= 0:
                    self.limits.append((0.0, line, float("inf")))

    def _learn_shares(self, hidden: Hidden) -> None:
        """Shares in percent of one base figure in another, in the indicator's own periods."""
        for indicator in self.catalogue.indicators.values():
            if len(indicator.expression.names) != 2 or indicator.expression.ratio is None:
                continue
            part, whole = indicator.expression.names
            for cell in [cell for cell in self.truth if cell[0] == part]:
                above, below = (self._of(name, cell, indicator.frequency.kind) for name in (part, whole))
                if above != cell or below not in self.truth:
                    continue
                if self.truth[below] >= self.truth[above]:
                    self.limits.append((0.0, {below: 1.0, above: -1.0}, float("inf")))
                if above in self.told and below in self.told:
                    continue
                assert above in hidden.keys or below in hidden.keys

    def _learn_schools(self) -> None:
        """Pupils of both types of school are never more than all pupils; the family of figures says so."""
        for cell in [cell for cell in self.truth if cell[0] == "schueler"]:
            line = {cell: 1.0, **{(code, *cell[1:]): -1.0 for code in ("gymnasium", "gesamtschule")}}
            if line.keys() <= self.truth.keys() and self._value(line) >= 0:
                self.limits.append((0.0, line, float("inf")))

    def _learn_ages(self) -> None:
        """Visitors' age groups, as lengths on the line of ages. What all true numbers leave open is no secret."""
        for period in {cell[2] for cell in self.truth if cell[0] == "besucher"}:
            groups = {
                ("besucher", f"{name}={code}", period): span for name in SPANS for code, span in SPANS[name].items()
            }
            groups = {cell: span for cell, span in groups.items() if cell in self.truth}
            marks = sorted({mark for span in groups.values() for mark in span})
            sections = {("besucher", f"{AGES}{first}-{to}", period): (first, to) for first, to in pairwise(marks)}
            lines = [
                (0.0, {cell: -1.0, **{one: 1.0 for one, (at, _) in sections.items() if first <= at < to}}, 0.0)
                for cell, (first, to) in groups.items()
            ]
            if all(map(self._is_own, groups)):
                continue
            own = {cell: self._own(cell) for cell in groups}
            knows_all, knows_own = (Attacker(self.catalogue, n, dict(n), lines) for n in (self.truth, own))
            floors: list[tuple[float, LINE, float]] = []
            with suppress(AssertionError):  # groups that contradict each other tell nothing
                for first, to in combinations(marks, 2):
                    between = {one: 1.0 for one, (at, _) in sections.items() if first <= at < to}
                    low, high = knows_all.exactly(between) or knows_all.interval(between, enough=1e-6)
                    if high - low < 1e-6:
                        mine = knows_own.interval(between)[0] if self.insider else 0.0
                        self.between.append((between, low, mine))
                        floors.append((mine, between, float("inf")))
                self.limits += [*lines, *floors]

    def _of(self, figure: str, cell: Cell, kind: int) -> Cell:
        """The cell of a figure that counts in the year that another figure's cell ends."""
        found = self.catalogue.base_figure(figure)
        wanted = kind if found.kind == "flow" else int(found.frequency.kind)
        return figure, cell[1], cell[2] // 10 * 10 + wanted


def disclosures(
    values: pd.DataFrame,
    hidden: Hidden,
    catalogue: Catalogue,
    contributed: Contributions = UNKNOWN,
    insiders: Iterable[str] = ("",),
) -> Iterable[str]:
    """Every number that someone knows to within its threshold, in words; empty where all are safe.

    "" stands for a reader, every other insider for a reporter.
    """
    for insider in insiders:
        attacker = Attacker.of(values, hidden, catalogue, contributed, insider)
        for what, line, threshold in attacker.sensitive():
            low, high = attacker.interval(line, enough=threshold)
            if not high - low > threshold:
                yield f"{insider} {what}: {low:g} to {high:g}, threshold {threshold:g}"
