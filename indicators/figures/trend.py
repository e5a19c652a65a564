"""An indicator over time: its lines, what is wanted of it, and what others reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indicators import german
from indicators.attainment import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import forms, goals, words
from indicators.figures.axes import TimeAxis, ValueAxis, time, time_axis, value_axis
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.goals import Goal
from indicators.figures.labels import Label, spread, wrapped
from indicators.figures.lines import Line, line, remarks
from indicators.figures.theme import CHART_HEIGHT, GREY, look
from indicators.model import Measurement, Series, Sign
from indicators.periods import Period
from indicators.targets import TargetRule

COMPARED_DASHES = ((1, 0), (4, 2), (1, 2), (8, 3), (6, 2, 1, 2))


@dataclass(frozen=True)
class Picture:
    """All that a trend chart is drawn from, with its scales."""

    lines: tuple[Line, ...]
    compared: tuple[Line, ...]
    goal: Goal | None
    breaks: tuple[tuple[Period, str], ...]
    symbol: str
    times: TimeAxis
    values: ValueAxis

    @property
    def every_line(self) -> tuple[Line, ...]:
        return (*self.lines, *self.compared)

    @property
    def newest(self) -> Period:
        return max(point.period for line in self.every_line for point in line.points)


def trend(
    series: Sequence[Series],
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    assessment: Assessment | None = None,
    comparison: Sequence[Series] = (),
    show_target: bool = True,
    rule: TargetRule | None = None,
) -> Figure:
    """The line chart of an indicator with one line a series, comparison areas in grey.

    `rule` is the target to draw, the indicator's first unless a later agreement is given. The
    frame has one row a period and one column a line, beside them the path and the remarks. Values
    are rounded to the indicator's decimals. Series without any point leave the table and no chart.
    """
    picture = _picture(series, comparison, indicator, catalogue, rule if show_target else TargetRule(), show_target)
    headings = {
        "key": indicator.code,
        "title": indicator.title,
        "source": words.source(indicator),
        "metadata": words.definition(indicator, catalogue),
    }
    if picture is None:
        return Figure(
            frame=framed({"Zeitraum": []}), note="Noch keine Lieferung.", alt=f"{indicator.title}: noch keine Werte.", **headings
        )
    unit = catalogue.unit_of(indicator).title
    alt_text = words.trend_alt(picture, indicator.title, unit, assessment)
    table = _table(picture, indicator.decimals)
    return Figure(
        subtitle=words.subtitle(unit, picture),
        note=words.notes(picture, indicator),
        alt=alt_text,
        spec=_spec(picture, alt_text),
        **table,
        **headings,
    )


def _picture(
    series: Sequence[Series],
    comparison: Sequence[Series],
    indicator: Indicator,
    catalogue: Catalogue,
    rule: TargetRule | None,
    show_target: bool,
) -> Picture | None:
    unit = catalogue.unit_of(indicator)
    breaks = () if indicator.chained else tuple((found.period, found.note) for found in indicator.breaks)
    interrupted = [period for period, _ in breaks]
    names = words.names([*series, *comparison], catalogue)
    lines = tuple(
        line(names[place], part, look(place), indicator.decimals, interrupted) for place, part in enumerate(series)
    )
    compared = tuple(
        line(names[len(series) + place], part, look(place), indicator.decimals, interrupted)
        for place, part in enumerate(comparison)
    )
    every = (*lines, *compared)
    periods = sorted({point.period for line in every for point in line.points})
    if not periods:
        return None
    word = "Beispielziel" if indicator.example_target else "Ziel"
    wanted = rule or (indicator.rules[0] if indicator.rules and show_target else None)
    goal = Goal(wanted, indicator.decimals, unit.symbol, word) if wanted else None
    goal = goal if goal and goal.shown else None
    drawn = tuple((period, note) for period, note in breaks if periods[0] < period <= periods[-1])
    begin = [goal.rule.baseline.period] if goal and goal.path() and goal.rule.baseline else []
    start = [period for period in begin if period.kind is periods[0].kind]
    values = [value for line in every for value in line.values] + (goal.values if goal else [])
    return Picture(
        lines,
        compared,
        goal,
        drawn,
        unit.symbol,
        time_axis([*start, *periods], goal.until if goal else None),
        value_axis(values, rate=unit.percentage or unit.ratio),
    )


def _spec(picture: Picture, alt_text: str) -> dict[str, Any]:
    height = float(CHART_HEIGHT)
    drawn: list[dict[str, Any]] = []
    if picture.goal:
        drawn += goals.layers(picture.goal, picture.times.low, picture.times.high)
    drawn += _breaks(picture, height)
    for place, line in enumerate(picture.compared):
        dash = COMPARED_DASHES[place % len(COMPARED_DASHES)]
        drawn += [forms.filled(forms.thin_stroke(dash), _strokes(line))]
        drawn += [forms.filled(forms.thin_marker(), _markers(line, picture.symbol))]
    for place, line in enumerate(picture.lines):
        drawn += [forms.filled(forms.stroke(line.look), _strokes(line))]
        drawn += [forms.filled(forms.marker(line.look), _markers(line, picture.symbol))]
        if line.unvalued:
            drawn += [forms.filled(forms.foot(line.look, height - 8 - 13 * place), _feet(line))]
    drawn += _labels(picture, height)
    return forms.layered(drawn, _encoding(picture), alt_text, height)


def _encoding(picture: Picture) -> dict[str, Any]:
    times, values = picture.times, picture.values
    return {
        "x": {
            "field": "t",
            "type": "quantitative",
            "scale": {"domain": [times.low, times.high], "zero": False, "nice": False},
            "axis": times.axis(),
        },
        "y": {
            "field": "v",
            "type": "quantitative",
            "scale": {"domain": [values.low, values.high], "zero": False, "nice": False},
            "axis": {"values": list(values.ticks), "format": f",.{values.decimals}f", "domain": False, "ticks": False},
            "title": None,
        },
    }


def _strokes(line: Line) -> list[dict[str, Any]]:
    return [
        {"t": time(point.period), "v": point.value, "segment": number}
        for number, run in enumerate(line.segments())
        for point in run
    ]


def _markers(line: Line, symbol: str) -> list[dict[str, Any]]:
    return [
        {
            "t": time(point.period),
            "v": point.value,
            "name": line.name,
            "period": point.period.label,
            "content": german.measured(point, line.decimals) + (f"{german.NO_BREAK}{symbol}" if symbol else ""),
            "remark": ", ".join(remarks(point)) or "–",
        }
        for point in line.valued
    ]


def _feet(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "t": time(point.period),
            "name": line.name,
            "period": point.period.label,
            "content": german.content(point.content, 0),
            "remark": ", ".join(remarks(point)) or Sign.UNKNOWN.meaning,
        }
        for point in line.unvalued
    ]


def _breaks(picture: Picture, height: float) -> list[dict[str, Any]]:
    """A rule half-way before the first period of the new definition; near neighbours' labels stand in two rows."""
    drawn: list[dict[str, Any]] = []
    before, row = float("-inf"), 0
    for period, note in picture.breaks:
        at = (time(period) + time(period.previous)) / 2
        row = 1 - row if at - before < 0.14 * picture.times.span else 0
        before = at
        drawn.append(forms.filled(forms.break_rule(height), [{"t": at, "remark": note}]))
        drawn.append(forms.filled(forms.break_label(row), [{"t": at, "text": f"Bruch {period.short_label}"}]))
    return drawn


def _labels(picture: Picture, height: float) -> list[dict[str, Any]]:
    axis, goal = picture.values, picture.goal
    own = [label for line in picture.lines for label in _line_label(line, picture, line.look.colour, height)]
    grey = [label for line in picture.compared for label in _line_label(line, picture, GREY, height)]
    wanted = goals.final_label(goal, axis, height, picture.times.high) if goal else []
    placed = spread([*own, *grey, *wanted], height)
    bold = [label for label in placed if label.colour != GREY or label in own]
    drawn = _text(bold, axis, height, forms.labels(bold=True))
    drawn += _text([label for label in placed if label not in bold], axis, height, forms.labels(bold=False))
    inner = goals.inner_labels(goal, axis, height) if goal else []
    return drawn + _text(inner, axis, height, forms.labels(bold=False, dx=0, align="center"))


def _line_label(line: Line, picture: Picture, colour: str, height: float) -> list[Label]:
    """Name and last value at the line's end, with the period if others go on further."""
    if not line.valued:
        return []
    last = line.valued[-1]
    shown = german.measured(last, line.decimals)
    dated = f"{shown} ({last.period.short_label})" if last.period < picture.newest else shown
    wish = picture.values.pixel(last.value or 0.0, height)
    at = time(last.period)
    beside = goals.beside_path(picture.goal, wish, at, picture.times.span, picture.values, height)
    return [Label(wrapped(line.name, dated), colour, at, beside)]


def _text(labels: Sequence[Label], axis: ValueAxis, height: float, styles: list[forms.Form]) -> list[dict[str, Any]]:
    rows = [
        {"t": label.at, "v": axis.value(label.middle, height), "text": label.text, "colour": label.colour}
        for label in labels
    ]
    return [forms.filled(style, rows) for style in styles] if rows else []


def _table(picture: Picture, decimals: int) -> dict[str, Any]:
    """Frame, decimals, units and limited cells: what the chart shows, as a table."""
    goal = picture.goal
    wanted = {point.period for point in goal.rule.targets} if goal else set()
    periods = sorted({point.period for line in picture.every_line for point in line.points} | wanted)
    columns: dict[str, list[Cell]] = {"Zeitraum": [period.label for period in periods]}
    limited = set()
    for line in picture.every_line:
        found = {point.period: point for point in line.points}
        columns[line.name] = [found[period].content if period in found else None for period in periods]
        limited |= {(row, line.name) for row, period in enumerate(periods) if _bracketed(found.get(period))}
    numeric = [line.name for line in picture.every_line]
    if goal and (goal.path() or goal.level is not None):
        expected = [goal.expected(period) for period in periods]
        columns[f"{goal.word}pfad" if goal.path() else goal.word] = [
            None if value is None else german.rounded(value, decimals) for value in expected
        ]
        numeric.append([*columns][-1])
    notes = [_remark(picture, period) for period in periods]
    if any(notes):
        columns["Hinweis"] = list(notes)
    return {
        "frame": framed(columns),
        "decimals": dict.fromkeys(numeric, decimals),
        "units": dict.fromkeys(numeric, picture.symbol),
        "limited": frozenset(limited),
        "periods": tuple(periods),
    }


def _bracketed(point: Measurement | None) -> bool:
    return point is not None and point.value is not None and point.sign is Sign.LIMITED


def _remark(picture: Picture, period: Period) -> str:
    """All remarks on a period; with several lines each remark names its line."""
    found = [f"Bruch: {note}" for broken, note in picture.breaks if broken == period]
    for line in picture.every_line:
        point = line.at(period)
        said = ", ".join(remarks(point)) if point else ""
        if said:
            found.append(said if len(picture.every_line) == 1 else f"{line.name}: {said}")
    return "; ".join(found)
