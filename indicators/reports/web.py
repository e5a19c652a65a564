"""The report as one static page for a city's web site: no scripts, nothing from elsewhere, accessible."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from indicators import german
from indicators.exports.texts import printable
from indicators.reports import drawing, names
from indicators.reports.fixed_texts import NO_RANKING
from indicators.reports.report import Exhibit, Report

LABEL = "Webseite (HTML ohne Skripte)"
SUFFIX = ".html"
MIME = "text/html; charset=utf-8"

HERE = Path(__file__).parent
_CLIP = re.compile(r"\bclip(?=\d)")


def render(report: Report) -> bytes:
    """The same report gives the same bytes."""
    drawing.prepare(one.figure for one in report.exhibits if one.chart)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            ranking=NO_RANKING,
            day=german.day(report.day),
            contents=list(_contents(report)),
        )
    )
    return printable(page).encode()


@cache
def _environment() -> Environment:
    found = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    found.globals |= {"drawn": drawn, "heading": names.heading, "cells": cells, "day_of": german.day}
    return found


def drawn(exhibit: Exhibit) -> Markup:
    """The chart inside the page; names within one drawing must not meet those of another."""
    text = drawing.svg(exhibit.figure)
    own = _CLIP.sub(f"abb{exhibit.chart}-clip", text)
    return Markup(own.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))


def cells(exhibit: Exhibit) -> list[list[str]]:
    return exhibit.figure.rows


def _contents(report: Report) -> Iterator[tuple[str, str]]:
    """Anchor and title of each part."""
    if report.front or report.overview:
        yield "auf-einen-blick", "Auf einen Blick"
    for chapter in report.chapters:
        yield f"feld-{chapter.code}", f"{chapter.code} {chapter.title}"
    for number, section in enumerate(report.sections, start=1):
        yield f"teil-{number}", section.heading
    if report.measures:
        yield "naechste-schritte", "Nächste Schritte"
    yield "methode", "Methode, Zeichen und Quellen"
