"""One period across groups or areas: the „Vergleich“ beside the trend."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indicators import german
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import forms, words
from indicators.figures.axes import value_axis
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.lines import Line, legend, remarks
from indicators.figures.picture import names
from indicators.figures.theme import INK, LOOKS, Look, compared_look
from indicators.model import Series, Sign
from indicators.periods import Period

BAR_HEIGHT = 38
OWN = LOOKS[0]
OTHERS = compared_look(0)


def bars(
    series: Sequence[Series], indicator: Indicator, catalogue: Catalogue, *, period: Period | None = None
) -> Figure:
    """A bar a series at one period, the latest that any of them reports; areas in grey beside the city.

    Bars always begin at 0. A series without a number shows its sign in place of a bar.
    """
    unit = catalogue.unit_of(indicator)
    lines = [
        Line.of(name, part, OTHERS if catalogue.is_elsewhere(part.breakdown) else OWN, indicator.decimals)
        for name, part in zip(names(series, catalogue), series, strict=True)
    ]
    at = period or max((point.period for line in lines for point in line.points), default=None)
    contents: list[Cell] = []
    for line in lines:
        point = line.at(at) if at else None
        contents.append(point.content if point else None)
    figure = Figure(
        key=f"{indicator.code}-vergleich",
        title=indicator.title,
        frame=framed({"Gliederung": [line.name for line in lines], unit.title: contents}),
        subtitle=", ".join([unit.title, *words.group(series, catalogue), *([at.label] if at else [])]),
        note=f"{legend(lines)}." if legend(lines) else "",
        source=words.source(indicator),
        alt=_alt(lines, contents, indicator, ", ".join([unit.title, *words.group(series, catalogue)]), at),
        decimals={unit.title: indicator.decimals},
        units={unit.title: unit.symbol},
        limited=frozenset((row, unit.title) for row, line in enumerate(lines) if _limited(line, at)),
        metadata=words.definition(indicator, catalogue),
    )
    return _drawn(figure, lines, at, unit.symbol) if at else figure


def _limited(line: Line, at: Period | None) -> bool:
    point = line.at(at) if at else None
    return point is not None and point.value is not None and point.sign is Sign.LIMITED


def _drawn(figure: Figure, lines: Sequence[Line], at: Period, symbol: str) -> Figure:
    rows: list[tuple[Look, dict[str, Any]]] = []
    for line in lines:
        point = line.at(at)
        text = german.measured(point, line.decimals) if point else "keine Angabe"
        shown = f"{text}{german.NO_BREAK}{symbol}" if symbol and point and point.value is not None else text
        row = {
            "bar": line.name, "v": point.value if point else None, "name": line.name, "period": at.label,
            "content": shown, "remark": ", ".join(remarks(point)) if point else "",
            "at": (point.value if point else None) or 0.0, "text": shown, "colour": INK,
        }  # fmt: skip
        rows.append((line.look, row))
    drawn = [
        forms.filled(forms.bar(look), [row for own, row in rows if own is look and row["v"] is not None])
        for look in (OWN, OTHERS)
    ]
    drawn.append(forms.filled(forms.bar_label(), [row for _, row in rows]))
    return replace(figure, spec=forms.layered(drawn, _encoding(rows), figure.alt, BAR_HEIGHT * len(rows)))


def _encoding(rows: Sequence[tuple[Look, dict[str, Any]]]) -> dict[str, Any]:
    values = [row["v"] for _, row in rows if row["v"] is not None]
    axis = value_axis([0.0, *values], rate=False)
    order = [row["bar"] for _, row in rows]
    return {
        "x": {
            "field": "v", "type": "quantitative", "axis": None,
            "scale": {"domain": [axis.low, axis.high], "zero": True, "nice": False},
        },
        "y": {
            "field": "bar", "type": "nominal", "sort": order, "scale": {"domain": order},
            "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 260},
        },
    }  # fmt: skip


def _alt(lines: Sequence[Line], contents: Sequence[Cell], indicator: Indicator, unit: str, at: Period | None) -> str:
    if at is None:
        return f"{indicator.title}: noch keine Werte."
    said = [f"{line.name} {_read_out(content, line.decimals)}" for line, content in zip(lines, contents, strict=True)]
    return f"Balkendiagramm {indicator.title} ({unit}), {at.label}: {'; '.join(said)}."


def _read_out(content: Cell, decimals: int) -> str:
    """Signs are read out by their meaning: a dot says nothing to a listener."""
    return content.meaning if isinstance(content, Sign) else german.content(content, decimals) or "keine Angabe"
