"""Charts as they are printed: 16 cm wide, with type of 8 to 9 points. Each is drawn once for all formats."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import vl_convert

from indicators.figures import Figure
from indicators.figures.theme import FONT_SIZE

log = logging.getLogger(__name__)

PRINTED_CM = 16.0
POINTS = 8.6
"""Size of the type in print; the chart is drawn as many pixels wide as make its FONT_SIZE come out like this."""
WIDTH = round(PRINTED_CM / 2.54 * 72 * FONT_SIZE / POINTS)

SHARED_FROM = 16
"""So many charts are worth the start of a second process; threads do not help, vl-convert draws one at a time."""
CHILD = Path(__file__).with_name("drawing_child.py")
CHILD_SECONDS = 300
MOST_KEPT = 512

_CLIP = re.compile(r"(?<=clip)\d+")
_KEPT: dict[str, str] = {}
"""Drawings by their specification."""


def fitted(figure: Figure, width: int = WIDTH) -> dict[str, Any]:
    """The chart's specification in its printed width, names at the edge included."""
    spec = deepcopy(figure.spec or {})
    spec["width"] = width
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def svg(figure: Figure, width: int = WIDTH) -> str:
    """The chart alone: title, note and source stand in the text around it. The same figure gives the same text.

    Drawn narrower than WIDTH, its letters come out larger."""
    spec = json.dumps(fitted(figure, width))
    return _KEPT.get(spec) or _keep(spec, str(vl_convert.vegalite_to_svg(spec)))


def prepare(figures: Iterable[Figure]) -> None:
    """Draws those that are not drawn yet; where there are many, a second process draws every other one."""
    specs = dict.fromkeys(json.dumps(fitted(figure)) for figure in figures)
    waiting = [spec for spec in specs if spec not in _KEPT]
    if len(waiting) < SHARED_FROM:
        return
    own, others = waiting[::2], waiting[1::2]
    with ThreadPoolExecutor(1) as helper:
        elsewhere = helper.submit(_drawn_elsewhere, others)
        for spec in own:
            _keep(spec, str(vl_convert.vegalite_to_svg(spec)))
        for spec, drawing in zip(others, elsewhere.result(), strict=False):
            _keep(spec, drawing)


def forget() -> None:
    """Nothing is drawn yet."""
    _KEPT.clear()


def _drawn_elsewhere(specs: Sequence[str]) -> list[str]:
    """Empty where the other process fails: then each is drawn here when it is asked for."""
    try:
        ran = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input="\n".join(specs),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=CHILD_SECONDS,
            check=True,
        )
        return [str(json.loads(line)) for line in ran.stdout.splitlines()]
    except (OSError, subprocess.SubprocessError, ValueError):
        log.exception("charts are drawn one after another")
        return []


def _keep(spec: str, drawing: str) -> str:
    """Vega counts its clip paths on through the process: here they begin at nought."""
    numbers: dict[str, str] = {}
    text = _CLIP.sub(lambda found: numbers.setdefault(found[0], str(len(numbers))), drawing)
    while len(_KEPT) >= MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[spec] = text
    return text
