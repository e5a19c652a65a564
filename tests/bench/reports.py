"""A report of 60 indicators in all formats within a minute, its PDF within five seconds, its pictures against
vl-convert alone."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import vl_convert

from indicators.figures import trend
from indicators.reports import drawing, pictures
from indicators.reports.formats import FORMATS
from indicators.reports.numbering import numbered
from indicators.reports.report import Chapter, Entry, Exhibit, Goal, Kind, Report, Verdict
from tests.bench.measuring import Ratio
from tests.figures.samples import CATALOGUE, rate, years

INDICATORS, A_CHAPTER, PICTURES = 60, 6, 100
ALL_SECONDS, PDF_SECONDS, PICTURES_RATIO = 60, 5, 0.6
PIXELS = round(drawing.PRINTED_CM / 2.54 * pictures.DOTS_PER_INCH)


def measure(indicators: int = INDICATORS, shown: int = PICTURES) -> list[Ratio]:
    """Each from nothing: no chart is drawn yet."""
    report = large(indicators)
    whole = timed(lambda: [form.render(report) for form in FORMATS.values()])
    pdf = timed(lambda: FORMATS["pdf"].render(report))
    charts = [one for one in large(shown).exhibits if one.chart][:shown]
    ours = on_the_clock(lambda: drawn(charts, report))
    other = on_the_clock(lambda: [serial(one) for one in charts])
    name = f"report of {indicators} indicators"
    return [
        within(f"{name}, all formats", whole, ALL_SECONDS),
        within(f"{name}, PDF", pdf, PDF_SECONDS),
        Ratio(f"{len(charts)} PNG / vl-convert", f"{ours:.1f} s", f"{other:.1f} s", ours / other, PICTURES_RATIO),
    ]


def drawn(charts: list[Exhibit], report: Report) -> list[bytes]:
    drawing.prepare(one.figure for one in charts)
    return pictures.pngs([pictures.framed(one.figure, report) for one in charts])


def within(name: str, seconds: float, most: float) -> Ratio:
    return Ratio(name, f"{seconds:.1f} s", f"{most} s", seconds / most, most=1)


def timed(work: Callable[[], object]) -> float:
    """Seconds on the clock, or of the processors where these are fewer: others may keep the machine busy."""
    drawing.forget()
    wall, used = time.perf_counter(), processors()
    work()
    return min(time.perf_counter() - wall, processors() - used)


def on_the_clock(work: Callable[[], object]) -> float:
    """Seconds: two ways are compared that a busy machine slows alike."""
    drawing.forget()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processors() -> float:
    """Seconds that this process and its children have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def serial(exhibit: Exhibit) -> bytes:
    """The same picture as everybody makes it: one chart after another, 16 cm at 300 dots an inch."""
    return bytes(vl_convert.vegalite_to_png(drawing.fitted(exhibit.figure), scale=PIXELS / drawing.WIDTH))


def large(indicators: int) -> Report:
    """Twenty years an indicator, each course its own."""
    entries = [entry(number) for number in range(indicators)]
    chapters = [
        Chapter(f"F{begin}", "Feld", "FB 1", (Goal("Z", "Ein Ziel"),), None, tuple(entries[begin : begin + A_CHAPTER]))
        for begin in range(0, indicators, A_CHAPTER)
    ]
    return numbered(
        Report(
            kind=Kind.FULL,
            title="Integrationsbericht",
            subtitle="Messung",
            city="Stadt",
            note="",
            day=date(2026, 1, 1),
            moment=datetime(2026, 1, 1),
            state="Datenstand Nr. 1",
            number=0,
            overview=None,
            front=(),
            chapters=tuple(chapters),
            method=(),
            statuses=(),
            signs=(),
            sources=("Quelle",),
            about=(),
        )
    )


def entry(number: int) -> Entry:
    code, title = f"F-{number:03}", f"Kennzahl {number}"
    course = [20 + (number * 7 + year * 3) % 40 / 2 for year in range(20)]
    figure = replace(trend([years(2005, *course)], rate(), CATALOGUE), key=code, title=title)
    said = "Ein Satz, der die Kennzahl erklärt. " * 3
    facts = tuple((term, said) for term in ("Definition", "Relevanz", "Abgrenzung"))
    verdict = Verdict("", "▲ auf Kurs", "")
    return Entry(code, title, "Z Ein Ziel", "Befund.", facts, Exhibit(figure, chart=1, table=1), verdicts=(verdict,))
