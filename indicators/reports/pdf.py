"""The report as PDF: accessible (PDF/UA-1), archivable (PDF/A-3a), with the figures' CSV inside, set by typst."""

from pathlib import Path
from typing import Any

from indicators import german
from indicators.exports import csv_machine
from indicators.figures import SCALE, Figure
from indicators.figures.status import COLOURS
from indicators.reports import drawing, names, typesetting
from indicators.reports.columns import widths
from indicators.reports.fixed_texts import NO_RANKING
from indicators.reports.markdown import Block
from indicators.reports.report import Chapter, Entry, Exhibit, Report, Verdict, Written

LABEL = "PDF (barrierefrei)"
SUFFIX = ".pdf"
MIME = "application/pdf"

TEMPLATE = Path(__file__).with_name("report.typ")
MOST_ROWS_ROOMY = 14
DENSE, ROOMY = 2.6, 3.8
NARROW = 0.27
"""Of the width for each column of a table that holds numbers alone: two of them are not pulled over the whole page."""


def render(report: Report) -> bytes:
    """The same report gives the same bytes."""
    return typesetting.compiled(TEMPLATE, _data(report), files(report), report.moment)


def files(report: Report) -> dict[str, bytes]:
    """What the template reads beside the data: drawings, the logo, and the files to attach."""
    drawing.prepare(one.figure for one in report.exhibits if one.chart)
    charts = {f"{exhibit.figure.key}.svg": drawing.svg(exhibit.figure) for exhibit in report.exhibits if exhibit.chart}
    tables = {names.of_exhibit(one, ".csv"): csv_machine.render([one.figure]) for one in report.exhibits}
    logo = {_logo_name(report): report.logo} if report.logo else {}
    return logo | {name: text.encode() for name, text in charts.items()} | tables


def _logo_name(report: Report) -> str:
    """Empty where the city has none; the name's end tells typst what it is."""
    if not report.logo:
        return ""
    return "logo.svg" if report.logo.lstrip().startswith(b"<") else "logo.png"


def _data(report: Report) -> dict[str, Any]:
    exhibits = report.exhibits
    signs = "; ".join(f"{sign} {meaning}" for sign, meaning in report.signs)
    return {
        "heading": f"{report.named} – {report.city}",
        "heading-short": report.named,
        "subtitle": report.subtitle,
        "running": report.named,
        "city": report.city,
        "note": report.note,
        "logo": _logo_name(report),
        "keywords": ["Integration", "Monitoring", report.city],
        "day": [report.day.year, report.day.month, report.day.day],
        "date": german.day(report.day),
        "state": report.state,
        "cover": not report.one_page_each,
        "one-page": report.one_page_each,
        "unnumbered": 0 if report.one_page_each else 1,
        "charts": sum(bool(one.chart) for one in exhibits),
        "tables": sum(bool(one.table) for one in exhibits),
        "attachments": [
            {"name": names.of_exhibit(one, ".csv"), "description": f"Zahlen zu: {one.figure.title}"} for one in exhibits
        ],
        "front": [_written(one) for one in report.front],
        "overview": _table(report.overview),
        "disclaimer": NO_RANKING,
        "sign-line": f"{report.note} Zeichen: {signs}.".strip(),
        "chapters": [_chapter(chapter) for chapter in report.chapters],
        "sections": [
            {"heading": section.heading, "tables": [_table(one) for one in section.exhibits]}
            for section in report.sections
        ],
        "measures": [_written(one) for one in report.measures],
        "method": [_written(one) for one in report.method],
        "statuses": report.statuses,
        "signs": report.signs,
        "sources": report.sources,
        "about": report.about,
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "heading": f"{chapter.code} {chapter.title}",
        "lead": chapter.lead,
        "text": chapter.text,
        "goals": [
            {"code": goal.code, "title": goal.titled, "sub": goal.sub, "text": goal.text} for goal in chapter.goals
        ],
        "overview": _table(chapter.overview),
        "written": [_written(one) for one in chapter.written],
        "entries": [_entry(entry) for entry in chapter.entries],
        "measures": _table(chapter.measures),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "heading": f"{entry.code} {entry.title}",
        "goal": entry.goal,
        "status": badge(entry.verdicts[0].status) if entry.verdicts else None,
        "finding": entry.finding,
        "written": [_written(one) for one in entry.written],
        "chart": _chart(entry.shown),
        "table": _table(entry.shown),
        "map": _chart(entry.map),
        "map-table": _table(entry.map),
        "verdicts": [_verdict(one) for one in entry.verdicts],
        "facts": entry.facts,
        "remarks": [f"{one.by}, {german.day(one.day)}: {one.text}" for one in entry.remarks],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "title": verdict.title,
        "status": badge(verdict.status),
        "sentence": verdict.sentence,
        "chart": _chart(verdict.chart),
        "table": _table(verdict.steps),
    }


def badge(status: str) -> dict[str, str]:
    """The status on its tint; the first character is its symbol."""
    step = next((one for one in SCALE if status[2:].startswith(one.word)), SCALE[-1])
    ink, tint = COLOURS[step]
    return {"text": status, "ink": ink, "tint": tint}


def _chart(exhibit: Exhibit | None) -> dict[str, Any] | None:
    if exhibit is None or not exhibit.chart:
        return None
    figure = exhibit.figure
    return {
        "number": exhibit.chart,
        "file": f"{figure.key}.svg",
        "title": figure.title,
        "subtitle": figure.subtitle,
        "alt": figure.alt,
        "note": figure.note,
        "source": figure.source,
    }


def _table(exhibit: Exhibit | None) -> dict[str, Any] | None:
    if exhibit is None or not exhibit.table:
        return None
    figure = exhibit.figure
    return set_table(figure) | {
        "number": exhibit.table,
        "note": "" if exhibit.chart else figure.note,
        "source": "" if exhibit.chart else figure.source,
    }


def set_table(figure: Figure) -> dict[str, Any]:
    """A table as a template sets it: heads, cells, and how the columns share the width."""
    rows = figure.rows
    return {
        "title": figure.title,
        "columns": [names.heading(figure, column) for column in figure.columns],
        "numeric": [column in figure.decimals for column in figure.columns],
        "widths": widths(figure),
        "share": min(1.0, NARROW * len(figure.columns))
        if all(map(figure.decimals.__contains__, figure.columns[1:]))
        else 1.0,
        "inset": DENSE if len(rows) > MOST_ROWS_ROOMY else ROOMY,
        "rows": [{"cells": row, "strong": row[0] == "Insgesamt"} for row in rows],
    }


def _written(written: Written) -> dict[str, Any]:
    return {
        "heading": written.heading,
        "dated": written.dated,
        "stale": written.stale,
        "blocks": [_block(block) for block in written.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    runs = [[{"text": run.text, "bold": run.bold, "italic": run.italic} for run in item] for item in block.items]
    return {"form": block.form.value, "items": runs}
