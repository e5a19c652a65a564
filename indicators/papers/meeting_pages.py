"""A meeting's slides as PDF: a landscape page a slide, accessible (PDF/UA-1) and archivable (PDF/A-3a)."""

from pathlib import Path
from typing import Any

from indicators import german
from indicators.exports import csv_machine
from indicators.knowledge.slides import SlideKind
from indicators.papers import spoken
from indicators.papers.handout import WALL_WIDTH, Handout, Page
from indicators.reports import drawing, names, typesetting
from indicators.reports.pdf import badge, set_table

LABEL = "Folien (PDF)"
NAME = "folien"
SUFFIX = ".pdf"
MIME = "application/pdf"

TEMPLATE = Path(__file__).with_name("meeting.typ")


def render(found: Handout) -> bytes:
    """The same meeting gives the same bytes."""
    exhibits = found.exhibits
    drawn = {f"{one.figure.key}.svg": drawing.svg(one.figure, WALL_WIDTH).encode() for one in exhibits if one.chart}
    tables = {names.of_exhibit(one, ".csv"): csv_machine.render([one.figure]) for one in exhibits}
    return typesetting.compiled(TEMPLATE, _data(found), drawn | tables, found.known)


def _data(found: Handout) -> dict[str, Any]:
    day = found.meeting.held_on
    return {
        "heading": f"{found.title} – {found.meeting.name}",
        "city": found.city,
        "keywords": ["Sitzung", found.meeting.body.name, found.city],
        "day": [day.year, day.month, day.day],
        "title": found.title,
        "opening": [found.city, f"{found.meeting.body.name}, {german.day(day)}"],
        "agenda": list(found.meeting.agenda),
        "state": found.state,
        "note": found.note,
        "foot": spoken.foot(found),
        "attachments": [
            {"name": names.of_exhibit(one, ".csv"), "description": f"Zahlen zu: {one.figure.title}"}
            for one in found.exhibits
        ],
        "slides": [_slide(found, page) for page in found.pages if _is_shown(page)],
    }


def _is_shown(page: Page) -> bool:
    return page.kind is not SlideKind.TITLE or page.key == SlideKind.TITLE.value


def _slide(found: Handout, page: Page) -> dict[str, Any]:
    decisions = {SlideKind.OPEN_DECISIONS: found.waiting, SlideKind.DECISIONS: found.decided}.get(page.kind)
    listed = page.shown.figure if page.shown and page.shown.table else decisions
    settled = found.settled if page.kind is SlideKind.OPEN_DECISIONS else ()
    done = [("Seit der letzten Sitzung erledigt", spoken.worded(one)) for one in settled]
    more = [("", f"Und {page.more} weitere, die besser stehen.")] if page.more else []
    chart = page.shown.figure if page.shown and page.shown.chart else None
    return {
        "kind": page.kind.value,
        "heading": page.title,
        "status": badge(page.status) if page.status else None,
        "beside": [*more, *spoken.beside(page)],
        "below": [*spoken.below(page, found), *done],
        "chart": {"file": f"{chart.key}.svg", "alt": chart.alt, "source": chart.source} if chart else None,
        "table": set_table(listed) if listed is not None else None,
    }
