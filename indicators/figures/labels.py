"""Direct labels that stand beside their lines without covering one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

LINE_HEIGHT = 16.0
WIDEST = 26
CHARACTER_WIDTH, BOLD_WIDTH, CHART_WIDTH = 6.4, 7.0, 700.0
# What is left between axis and names where the whole chart is just wide enough for labels within it (forms.ROOMY).
NARROW_PLOT = 400.0
PLOTS = (NARROW_PLOT, CHART_WIDTH, 1.5 * CHART_WIDTH)
SAMPLES, OUTSIDE = 10, 1000
Align = Literal["left", "right"]
Course = list[tuple[float, float]]  # a stroke as (time, pixels from the top)


@dataclass(frozen=True, slots=True, order=True)
class Style:
    """How a label stands beside its place: on its right or left, how far away, and whether `inside` the chart."""

    bold: bool
    align: Align
    gap: int
    inside: bool = False


NAMED = Style(True, "left", 9)
COMPARED = Style(False, "left", 9)
AFTER = Style(False, "left", 0, inside=True)
BEFORE = Style(False, "right", 0, inside=True)


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place: `at` in years, `middle` in pixels from the top, after `spread` where it fits;
    `line` is the name of the line that it belongs to, `short` the text in a chart too narrow for names: it
    stands on the middle line, so that it has its place."""

    text: str
    colour: str
    at: float
    middle: float
    style: Style = NAMED
    line: str = ""
    short: str = ""

    @property
    def height(self) -> float:
        return LINE_HEIGHT * (self.text.count("\n") + 1)

    @property
    def first_line(self) -> float:
        """The middle of the first line: Vega aligns a text of several lines by it."""
        return self.middle - (self.height - LINE_HEIGHT) / 2


def wrapped(name: str, value: str) -> str:
    """„Name: Wert“, broken into lines of readable length at its blanks; name and value stay complete."""
    lines = [""]
    for word in f"{name}: {value}".split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= WIDEST or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def spread(labels: Sequence[Label], height: float) -> list[Label]:
    """The labels moved apart vertically, in their order from the top, as little as it takes.

    Labels that overlap become a block that keeps the mean of their wishes, the least squares
    answer to „no overlap“ (pool adjacent violators). The blocks stay inside the chart if they fit.
    """
    order = sorted(labels, key=lambda label: (label.middle, label.text))
    blocks: list[list[Label]] = []
    for label in order:
        blocks.append([label])
        while len(blocks) > 1 and _bottom(blocks[-2], height) > _top(blocks[-1], height):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [placed for block in blocks for placed in _placed(block, height)]


def _size(block: Sequence[Label]) -> float:
    return sum(label.height for label in block)


def _top(block: Sequence[Label], height: float) -> float:
    offset, wishes = 0.0, []
    for label in block:
        wishes.append(label.middle - label.height / 2 - offset)
        offset += label.height
    wish = sum(wishes) / len(wishes)
    return min(max(wish, -LINE_HEIGHT / 2), max(height + LINE_HEIGHT / 2 - offset, 0.0))


def _bottom(block: Sequence[Label], height: float) -> float:
    return _top(block, height) + _size(block) - 1e-9


def _placed(block: Sequence[Label], height: float) -> list[Label]:
    top, placed = _top(block, height), []
    for label in block:
        placed.append(replace(label, middle=top + label.height / 2))
        top += label.height
    return placed


def clearest(
    candidates: Sequence[Label],
    courses: Sequence[Course],
    times: tuple[float, float],
    plots: Sequence[float] = (CHART_WIDTH,),
) -> Label:
    """The candidate that the fewest strokes run through in plots of these widths; the first of equals. Those that
    leave the chart come last."""
    return min(candidates, key=lambda label: sum(crossings(label, courses, times, plot) for plot in plots))


def free(candidates: Sequence[Label], courses: Sequence[Course], times: tuple[float, float]) -> Label | None:
    """A candidate that nothing runs through, in a wide chart as in a narrow one; None where there is none."""
    if not candidates:
        return None
    best = clearest(candidates, courses, times, PLOTS)
    return None if any(crossings(best, courses, times, plot) for plot in PLOTS) else best


def outlines(label: Label, span: float) -> list[Course]:
    """The place that a label takes up, as strokes that others keep off: one a line."""
    low, high = _extent(label, span, NARROW_PLOT)
    lines = range(label.text.count("\n") + 1)
    return [[(at, label.first_line + LINE_HEIGHT * line) for at in (low, high)] for line in lines]


def _extent(label: Label, span: float, plot: float = CHART_WIDTH) -> tuple[float, float]:
    """From when to when a label reaches in a plot of that width."""
    character = BOLD_WIDTH if label.style.bold else CHARACTER_WIDTH
    width = max(map(len, label.text.split("\n"))) * character / plot * span
    return (label.at - width, label.at) if label.style.align == "right" else (label.at, label.at + width)


def crossings(label: Label, courses: Sequence[Course], times: tuple[float, float], plot: float = CHART_WIDTH) -> int:
    """How often strokes run through a label; very often where it leaves the chart."""
    reach = 0.25 * LINE_HEIGHT + label.height / 2
    low, high = _extent(label, times[1] - times[0], plot)
    hits = OUTSIDE if low < times[0] or high > times[1] else 0
    for course in courses:
        for before, after in pairwise(course):
            hits += sum(abs(pixel - label.middle) < reach for pixel in _within(before, after, low, high))
    return hits


def _within(before: tuple[float, float], after: tuple[float, float], low: float, high: float) -> list[float]:
    """A stroke's pixels at evenly spaced times of an interval, as far as it runs there."""
    begin, end = max(low, before[0]), min(high, after[0])
    if begin > end:
        return []
    length = after[0] - before[0]
    if not length:
        return [before[1]]
    shares = [(begin + (end - begin) * step / SAMPLES - before[0]) / length for step in range(SAMPLES + 1)]
    return [before[1] + share * (after[1] - before[1]) for share in shares]
