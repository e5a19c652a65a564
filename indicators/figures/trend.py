"""An indicator over time: its lines, what is wanted of it, and what others reach."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from indicators import german
from indicators.attainment import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import forms, goals, words
from indicators.figures.ahead import Ahead
from indicators.figures.axes import ValueAxis, time
from indicators.figures.figure import Figure, framed
from indicators.figures.labels import (
    COMPARED,
    NAMED,
    Course,
    Label,
    spread,
    wrapped,
)
from indicators.figures.lines import Line
from indicators.figures.noted import Noted
from indicators.figures.noted import layers as noted_layers
from indicators.figures.picture import Picture, picture
from indicators.figures.theme import CHART_HEIGHT, GREY
from indicators.figures.trend_table import tabulated
from indicators.model import Series, Sign
from indicators.targets import TargetRule


def trend(
    series: Sequence[Series],
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    assessment: Assessment | None = None,
    comparison: Sequence[Series] = (),
    show_target: bool = True,
    show_outlook: bool = False,
    rule: TargetRule | None = None,
    height: float = CHART_HEIGHT,
    noted: Sequence[Noted] = (),
) -> Figure:
    """The line chart of an indicator with one line a series, comparison areas in grey.

    `rule` is the target to draw: the indicator's first, if the breakdown that it judges is shown, unless a
    later agreement is given. The
    frame has one row a period and one column a line, beside them the path and the remarks. Values
    are rounded to the indicator's decimals. Without a single point there is a note and no chart.
    `show_outlook` adds the range in which the assessment expects the values to come. `noted` are remarks of people.
    """
    figure = Figure(
        indicator.code,
        indicator.title,
        framed({"Zeitraum": []}),
        source=words.source(indicator),
        metadata=words.definition(indicator, catalogue),
    )
    judged = next((place for place, part in enumerate(series) if part.breakdown == indicator.headline), None)
    first = next(iter(indicator.rules), None) if judged is not None else None
    wanted = (rule or first) if show_target else None
    drawn = picture(series, comparison, indicator, catalogue, wanted, noted)
    if drawn is None:
        return replace(figure, note="Noch keine Lieferung.", alt=f"{indicator.title}: noch keine Werte.")
    if assessment and wanted and (rule or judged is not None):
        colour = drawn.lines[judged or 0].look.colour
        drawn = replace(drawn, ahead=_ahead(assessment, indicator.decimals, colour, show_outlook))
    about = [catalogue.unit_of(indicator).title, *words.group([*series, *comparison], catalogue)]
    return finished(figure, drawn, about, assessment, height, rounded_to=indicator.counts_rounded_to)


def _ahead(assessment: Assessment, decimals: int, colour: str, outlook: bool) -> tuple[Ahead, ...]:
    continued = Ahead.continued(assessment, decimals, colour)
    found = assessment.forecast if outlook else None
    forecast = Ahead.forecast(found, decimals, colour) if found else None
    return tuple(part for part in (continued, forecast) if part)


def finished(
    figure: Figure,
    drawn: Picture,
    about: Sequence[str],
    assessment: Assessment | None = None,
    height: float = CHART_HEIGHT,
    rounded_to: int | None = None,
) -> Figure:
    """The figure with table, words and chart of a picture; `height` is that of its plot, in pixels."""
    alt_text = words.trend_alt(drawn, figure.title, about, assessment)
    return replace(
        tabulated(figure, drawn, drawn.decimals),
        subtitle=", ".join([*about, words.span(drawn.periods)]),
        note=words.notes(drawn, rounded_to),
        alt=alt_text,
        spec=_spec(drawn, alt_text, height),
        ends=(drawn.values.low, drawn.values.high),
    )


def _spec(picture: Picture, alt_text: str, height: float) -> dict[str, Any]:
    drawn: list[dict[str, Any]] = []
    if picture.values.low < 0:
        drawn.append(forms.filled(forms.zero(), [{"v": 0.0}]))
    if picture.goal:
        drawn += goals.layers(picture.goal, picture.times.low, picture.times.high)
    drawn += [layer for part in picture.ahead for layer in part.layers()]
    drawn += _breaks(picture, height)
    for line in picture.compared:
        drawn.append(forms.filled(forms.thin_stroke(line.look), _strokes(line)))
        drawn.append(forms.filled(forms.thin_marker(line.look), _markers(line, picture)))
    first_on_top = picture.lines[::-1]
    drawn += [forms.filled(forms.stroke(line.look), _strokes(line)) for line in first_on_top]
    drawn += [forms.filled(forms.marker(line.look), _markers(line, picture)) for line in first_on_top]
    for place, line in enumerate(line for line in picture.lines if line.unvalued):
        drawn.append(forms.filled(forms.foot(line.look, height - 9 - 13 * place), _feet(line, picture)))
    drawn += noted_layers(picture.marks, picture.every_line, picture.values.low)
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
            "axis": _value_ticks(values, picture.symbol),
            "title": None,
        },
    }


def _value_ticks(axis: ValueAxis, symbol: str) -> dict[str, Any]:
    """Short symbols stand at every tick, so that an axis of percentages says so; longer ones only in the subtitle."""
    ticks = {"values": list(axis.ticks), "format": f",.{axis.decimals}f", "domain": False, "ticks": False}
    return {**ticks, "labelExpr": f"datum.label + '{german.NO_BREAK}{symbol}'"} if symbol in ("%", "€") else ticks


def _strokes(line: Line) -> list[dict[str, Any]]:
    return [
        {"t": time(point.period), "v": point.value, "segment": number}
        for number, run in enumerate(line.segments())
        for point in run
    ]


def _markers(line: Line, picture: Picture) -> list[dict[str, Any]]:
    symbol = picture.symbol
    return [
        {
            "t": time(point.period),
            "v": point.value,
            "name": line.name,
            "period": point.period.label,
            "content": german.measured(point, line.decimals) + (f"{german.NO_BREAK}{symbol}" if symbol else ""),
            "remark": picture.said_of(line, point) or "–",
        }
        for point in line.valued
    ]


def _feet(line: Line, picture: Picture) -> list[dict[str, Any]]:
    return [
        {
            "t": time(point.period),
            "name": line.name,
            "period": point.period.label,
            "content": german.content(point.content, 0),
            "remark": picture.said_of(line, point) or Sign.UNKNOWN.meaning,
        }
        for point in line.unvalued
    ]


def _breaks(picture: Picture, height: float) -> list[dict[str, Any]]:
    """A rule half-way before the first period of the new definition; near neighbours' labels stand in several rows."""
    drawn: list[dict[str, Any]] = []
    rows: list[float] = []  # up to where each row is taken
    for period, note in picture.breaks:
        at = (time(period) + time(period.previous)) / 2
        row = next((number for number, taken in enumerate(rows) if taken <= at), len(rows))
        rows[row : row + 1] = [at + BREAK_LABEL / NARROWEST_PLOT * picture.times.span]
        drawn.append(forms.filled(forms.break_rule(height), [{"t": at, "remark": note}]))
        drawn.append(forms.filled(forms.break_label(row), [{"t": at, "text": f"Bruch {period.short_label}"}]))
    return drawn


BREAK_LABEL, NARROWEST_PLOT = 90.0, 260.0
"""The width of „Bruch 2022/23“, and of the plot where the names at the edge leave least for it."""


def _labels(picture: Picture, height: float) -> list[dict[str, Any]]:
    """All that ends is named at the right edge, where nothing runs, with a thin leader where the chart goes on beyond.

    What stands within the chart is named only where that covers nothing; the note says it in any case.
    """
    ends = _ends(picture, height)
    placed = spread([label for label, _ in ends], height)
    leaders = _leaders(picture, placed, {label.text: point for label, point in ends}, height)
    alone = len(picture.every_line) == 1
    inner = []
    if picture.goal and alone:
        taken = [*_courses(picture, height), *leaders]
        inner = goals.inner_labels(picture.goal, taken, picture.values, picture.times, height)
    drawn = [
        forms.filled(forms.leader(label.colour), [{"t": t, "v": picture.values.value(y, height)} for t, y in course])
        for label, course in zip(_led(picture, placed, ends), leaders, strict=True)
    ]
    return [*drawn, *_text([*placed, *inner], picture.values, height)]


End = tuple[Label, tuple[float, float]]
"""A label at the right edge, and where that which it names ends: (time, pixels from the top)."""


def _ends(picture: Picture, height: float) -> list[End]:
    found: list[End] = []
    for line in picture.every_line:
        if line.valued:
            last = line.valued[-1]
            label = _line_label(line, picture, height)
            found.append((label, (time(last.period), picture.values.pixel(last.value or 0.0, height))))
    others = goals.final_label(picture.goal, picture.values, height, picture.times.high) if picture.goal else []
    others += [part.label(picture.amount(part.end[1]), picture.values, height) for part in picture.ahead]
    found += [(replace(label, at=picture.times.high), (label.at, label.middle)) for label in others]
    return found


def _goes_on(picture: Picture, at: float) -> bool:
    """Whether the chart runs on so far beyond a point that its label does not touch it."""
    return picture.times.high - at > 0.02 * picture.times.span


def _led(picture: Picture, placed: Sequence[Label], ends: Sequence[End]) -> list[Label]:
    begin = {label.text: point[0] for label, point in ends}
    return [label for label in placed if _goes_on(picture, begin[label.text])]


def _leaders(
    picture: Picture, placed: Sequence[Label], begin: Mapping[str, tuple[float, float]], height: float
) -> list[Course]:
    return [
        [begin[label.text], (label.at, label.middle)] for label in placed if _goes_on(picture, begin[label.text][0])
    ]


def _courses(picture: Picture, height: float) -> list[Course]:
    """Where the lines run, in pixels; a point alone is a stroke of no length, a break goes from top to bottom."""
    lines: list[Course] = [
        [(time(point.period), picture.values.pixel(point.value or 0.0, height)) for point in (run * 2)[: len(run) + 1]]
        for line in picture.every_line
        for run in line.segments()
    ]
    breaks: list[Course] = [
        [((time(period) + time(period.previous)) / 2, float(pixel)) for pixel in range(0, int(height), 8)]
        for period, _ in picture.breaks
    ]
    return [*(course for part in picture.ahead for course in part.courses(picture.values, height)), *lines, *breaks]


def _line_label(line: Line, picture: Picture, height: float) -> Label:
    """Name and last value, with the period if others go on further."""
    last = line.valued[-1]
    shown = german.measured(last, line.decimals)
    dated = f"{shown} ({last.period.short_label})" if last.period < picture.periods[-1] else shown
    main = line in picture.lines
    mark = picture.values.pixel(last.value or 0.0, height)
    style, colour = (NAMED, line.look.colour) if main else (COMPARED, GREY)
    return Label(wrapped(line.name, dated), colour, picture.times.high, mark, style, line.name, shown)


def _text(labels: Sequence[Label], axis: ValueAxis, height: float) -> list[dict[str, Any]]:
    """Labels of one style make up one layer, with another one below it for their halo."""
    drawn = []
    for style in sorted({label.style for label in labels}):
        rows = [
            {
                "t": label.at,
                "v": axis.value(label.first_line, height),
                "text": label.text,
                "short": label.short,
                "colour": label.colour,
            }
            for label in labels
            if label.style == style
        ]
        drawn += [forms.filled(form, rows) for form in forms.labels(style)]
    return drawn
