"""Where the action fields stand: how many indicators have which status."""

from collections.abc import Mapping, Sequence
from typing import Any

from indicators import german
from indicators.attainment import Status
from indicators.figures import forms
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.theme import INK, Look

SCALE = (
    Status.REACHED,
    Status.ON_TRACK,
    Status.SLIGHTLY_BEHIND,
    Status.CLEARLY_BEHIND,
    Status.WRONG_DIRECTION,
    Status.NOT_JUDGED,
)
# Ink on its tint: each pair has a contrast of at least 7 to 1; the symbols tell the statuses apart without it.
COLOURS = {
    Status.REACHED: ("#00513c", "#d9efe7"),
    Status.ON_TRACK: ("#004b75", "#dcecf6"),
    Status.SLIGHTLY_BEHIND: ("#5f3a00", "#fbeccb"),
    Status.CLEARLY_BEHIND: ("#7a3000", "#fbdfcf"),
    Status.WRONG_DIRECTION: ("#7c0f1c", "#f7d5d8"),
    Status.NOT_JUDGED: ("#3d3d3d", "#ededed"),
}
ROW_HEIGHT = 40
HEAD_WIDTH = 12
HEAD_LINE = 16


def titled(status: Status) -> str:
    """The common symbol and word: „▲ auf Kurs“, „▼ gegenläufig (Gewitter)“."""
    return f"{status.scale.symbol} {status.said}"


def counted(statuses: Sequence[Status]) -> dict[Status, int]:
    """How many indicators stand where, on the common scale of all methods."""
    return {step: sum(status.scale is step for status in statuses) for step in SCALE}


def status_matrix(rows: Sequence[tuple[str, Sequence[Status]]]) -> Figure:
    """One row an action field (its title and its indicators' statuses), one column a status, a sum row below."""
    counts = [(title, counted(statuses)) for title, statuses in rows]
    sums = {step: sum(count[step] for _, count in counts) for step in SCALE}
    columns: dict[str, list[Cell]] = {"Handlungsfeld": [*(title for title, _ in counts), "Insgesamt"]}
    for step in SCALE:
        columns[titled(step)] = [*(float(count[step]) for _, count in counts), float(sums[step])]
    alt_text = _alt(sums, len(rows))
    return Figure(
        key="status",
        title="Stand der Ziele nach Handlungsfeldern",
        frame=framed(columns),
        subtitle="Zahl der Kennzahlen",
        alt=alt_text,
        spec=_spec(counts, alt_text) if counts else None,
        decimals={titled(step): 0 for step in SCALE},
        looks={titled(step): Look(COLOURS[step][0], (1, 0), "") for step in SCALE},
    )


def _alt(sums: Mapping[Status, int], fields: int) -> str:
    total = sum(sums.values())
    parts = [f"{count} {step.word}" for step, count in sums.items() if count]
    stand = german.enumeration(parts) if parts else "keine Kennzahl"
    return (
        f"Übersicht von {german.counted(total, 'Kennzahl', 'Kennzahlen')} in "
        f"{german.counted(fields, 'Handlungsfeld', 'Handlungsfeldern')}: {stand}."
    )


def _spec(counts: Sequence[tuple[str, Mapping[Status, int]]], alt_text: str) -> dict[str, Any]:
    drawn = []
    for step in SCALE:
        ink, tint = COLOURS[step]
        filled = [row for row in _cells(counts, step) if row["text"]]
        empty = [{**row, "text": "·"} for row in _cells(counts, step) if not row["text"]]
        drawn.append(forms.filled(forms.cell_rect(tint), filled))
        drawn.append(forms.filled(forms.cell_rect("#fafafa"), empty))
        drawn.append(forms.filled(forms.cell_text(15, True, ink), filled))
        drawn.append(forms.filled(forms.cell_text(13, False, "#767676"), empty))
    fields, heads = [title for title, _ in counts], [_head(step) for step in SCALE]
    axis = {"title": None, "domain": False, "ticks": False, "labelLimit": 320, "grid": False}
    encoding = {
        "y": {"field": "field", "type": "nominal", "sort": fields, "scale": {"domain": fields}, "axis": axis},
        "x": {
            "field": "status", "type": "nominal", "sort": heads, "scale": {"domain": heads},
            "axis": {**axis, "orient": "top", "labelAngle": 0, "labelColor": INK, "labelLineHeight": HEAD_LINE,
                     "labelBaseline": "top", "labelPadding": HEAD_LINE * max(head.count("|") + 1 for head in heads) + 4,
                     "labelExpr": "split(datum.label, '|')"},
        },
    }  # fmt: skip
    return forms.layered(drawn, encoding, alt_text, ROW_HEIGHT * len(counts))


def _cells(counts: Sequence[tuple[str, Mapping[Status, int]]], step: Status) -> list[dict[str, str]]:
    """The symbol stands with every number, so that no cell depends on its column's head or colour."""
    return [
        {"field": title, "status": _head(step), "text": f"{step.symbol} {count[step]}" if count[step] else ""}
        for title, count in counts
    ]


def _head(step: Status) -> str:
    """Symbol and word in short lines, for the narrow heads of the columns."""
    lines = [step.symbol]
    for word in step.word.split():
        longer = f"{lines[-1]} {word}"
        if len(lines) > 1 and len(longer) <= HEAD_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return "|".join(lines)
