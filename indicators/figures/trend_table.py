"""What a trend chart shows, as a table: one row a period, one column a line."""

from dataclasses import replace

from indicators import german
from indicators.figures.axes import time, without_gaps
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.goals import Goal
from indicators.figures.picture import Picture
from indicators.figures.theme import TARGET
from indicators.model import Measurement, Sign
from indicators.periods import Period


def tabulated(figure: Figure, picture: Picture, decimals: int) -> Figure:
    """The figure with its table: the lines, the path's values beside them, and remarks where there are any."""
    periods = _rows(picture)
    numbers: dict[str, list[Cell]] = {}
    limited = set()
    for line in picture.every_line:
        found = {point.period: point for point in line.points}
        numbers[line.name] = [found[period].content if period in found else None for period in periods]
        limited |= {(row, line.name) for row, period in enumerate(periods) if _bracketed(found.get(period))}
    if picture.goal:
        numbers |= _expected(picture.goal, periods)
    leads = {part: part.columns(periods) for part in picture.ahead}
    for columns in leads.values():
        numbers |= columns  # type: ignore[arg-type]
    notes: list[Cell] = [_remark(picture, period) for period in periods]
    titles: dict[str, list[Cell]] = {"Zeitraum": [period.label for period in periods]}
    return replace(
        figure,
        frame=framed({**titles, **numbers, **({"Hinweis": notes} if any(notes) else {})}),
        decimals=dict.fromkeys(numbers, decimals),
        units=dict.fromkeys(numbers, picture.symbol),
        looks={
            **dict.fromkeys(numbers, TARGET),
            **{title: part.look for part, columns in leads.items() for title in columns},
            **{line.name: line.look for line in picture.every_line},
        },
        limited=frozenset(limited),
        periods=periods,
        breaks=tuple(row for row, period in enumerate(periods) if period in dict(picture.breaks)),
    )


def _rows(picture: Picture) -> tuple[Period, ...]:
    """Every period from the first value to the target, so that gaps and the way ahead are seen in the table too."""
    every = without_gaps(picture.periods, max(picture.periods[-1].time, picture.until or 0.0))
    ends = {time(period) for period in every}
    targets = picture.goal.rule.targets if picture.goal else ()
    return tuple(sorted([*every, *(target.period for target in targets if time(target.period) not in ends)]))


def _expected(goal: Goal, periods: tuple[Period, ...]) -> dict[str, list[Cell]]:
    if not goal.path() and goal.level is None:
        return {}
    values = [goal.expected(period) for period in periods]
    shown: list[Cell] = [None if value is None else german.rounded(value, goal.decimals) for value in values]
    return {f"{goal.word}pfad" if goal.path() else f"{goal.word}wert": shown}


def _bracketed(point: Measurement | None) -> bool:
    return point is not None and point.value is not None and point.sign is Sign.LIMITED


def _remark(picture: Picture, period: Period) -> str:
    """All remarks on a period; with several lines each remark names its line."""
    found = [f"Bruch: {note}" for broken, note in picture.breaks if broken == period]
    for line in picture.every_line:
        point = line.at(period)
        said = picture.said_of(line, point) if point else ""
        if said:
            found.append(said if len(picture.every_line) == 1 else f"{line.name}: {said}")
    return "; ".join(found)
