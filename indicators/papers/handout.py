"""A meeting as one value: its slides, minutes and decisions, which every file of the meeting writes and nothing beside.

It holds what the wall shows, so no file can show another number.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators import boards, german
from indicators.boards import dossier, meeting_board, slide_board
from indicators.boards.slide_board import Content
from indicators.exports.marking import INVENTED, marked
from indicators.figures import Figure, framed
from indicators.figures.status import titled
from indicators.knowledge.decisions import Decision, DecisionState
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.slides import CYCLE, Slide, SlideKind
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.papers.deck import PAPER_MAP, Deck, heading
from indicators.reports.imprint import Imprint
from indicators.reports.report import Exhibit

WALL_WIDTH, WALL_HEIGHT = 490, 202
"""Of a chart on the wall: its letters are large where it fills most of a slide."""
PAPER_HEIGHT = 285
"""On paper nothing stands under it but what is to be decided."""
OWN = ["Beschluss", "Zuständig", "Bis", "Stand", "Anmerkung"]
SUFFICES = ["Beschluss", "Zuständig", "Bis", "Stand"]
STILL_OPEN = (DecisionState.AGREED, DecisionState.POSTPONED)


@dataclass(frozen=True)
class Page:
    """A slide: `status` and `sentence` say the finding, `shown` is chart, map or table, `more` so many rows of which
    do not fit; `told` is what a map shows in words: what it is, and what is said; `minutes` is what somebody typed. A
    slide that is gone from the meeting has minutes alone."""

    key: str
    kind: SlideKind
    title: str
    status: str = ""
    sentence: str = ""
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    shown: Exhibit | None = None
    more: int = 0
    remark: str = ""
    decisions: tuple[Decision, ...] = ()
    minutes: str = ""


@dataclass(frozen=True)
class Handout:
    """`day` is the day of the file, by which decisions are due; `known` (UTC) as of when the figures are known: files
    carry it as their date. `decided` and `waiting` are the tables of decisions, None where there are none."""

    meeting: Meeting
    city: str
    note: str
    state: str
    day: date
    known: datetime
    pages: tuple[Page, ...]
    decided: Figure | None
    waiting: Figure | None
    settled: tuple[Decision, ...]
    about: tuple[tuple[str, str], ...]
    word_template: bytes = b""

    @property
    def title(self) -> str:
        return self.meeting.title or f"Sitzung {self.meeting.name}"

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return tuple(page.shown for page in self.pages if page.shown)

    @property
    def imprint(self) -> Imprint:
        said = f"{self.title}, {self.meeting.name}" if self.meeting.title else self.title
        return Imprint(said, self.city, self.state, self.word_template)


def handout(found: Deck, now: datetime, word_template: bytes = b"") -> Handout:
    """Only what the steering group sees may come in: a deck with true values is a bug."""
    if not found.known.suppressed:
        raise ValueError("a meeting's files are made of what the steering group sees")
    city, day = found.known.catalogue.city, local_day(now)
    pages = tuple(_page(found, slide) for slide in found.slides)
    gone = tuple(
        Page(key, SlideKind.TITLE, f"Frühere Folie {key.partition('-')[2] or key}", minutes=text)
        for key, text in found.minutes.items()
        if text.strip() and key not in found.keys
    )
    still = [one for one in found.waiting if one.state in STILL_OPEN]
    return Handout(
        meeting=found.meeting,
        city=city.name,
        note=(" ".join(city.note.split()) or city.caution) if city.caution else "",
        state=f"Stand der Daten: {german.moment(min(found.meeting.moment, now))}",
        day=day,
        known=found.known.since or found.known.moment,
        pages=_numbered((*pages, *gone)),
        decided=_listed(found, found.decided, day, "Beschlüsse dieser Sitzung") if found.decided else None,
        waiting=_listed(found, still, day, "Noch offene Beschlüsse aus früheren Sitzungen") if still else None,
        settled=tuple(one for one in found.waiting if one.state not in STILL_OPEN),
        about=boards.about(found.known),
        word_template=word_template,
    )


def _page(found: Deck, slide: Slide) -> Page:
    page = Page(
        slide.key,
        slide.kind,
        heading(found, slide),
        remark=slide.remark,
        decisions=tuple(found.decisions_of(slide)),
        minutes=found.minutes.get(slide.key, ""),
    )
    if slide.kind in (SlideKind.TITLE, SlideKind.OPEN_DECISIONS, SlideKind.DECISIONS):
        return page
    if slide.kind in CYCLE:
        return replace(page, shown=_marked(found.known, found.tables[slide.kind], table=1))
    if slide.kind is SlideKind.MAP:
        drawn = found.map_of(slide)
        return replace(page, told=drawn.lines, shown=_marked(found.known, drawn.figure(PAPER_MAP), chart=1))
    content = slide_board.content(found.known, slide, found.changed)
    said = replace(page, status=titled(content.status), changed=content.changed, missing=content.missing)
    if slide.kind is not SlideKind.INDICATOR:
        return replace(said, shown=_marked(found.known, rows_figure(slide, content), table=1), more=content.more)
    indicator = found.known.catalogue.indicator(slide.code)
    figure = boards.trend_figure(found.known, indicator, [indicator.headline], height=PAPER_HEIGHT)
    shown = _marked(found.known, figure, chart=1) if figure.is_drawn else None
    return replace(said, sentence=dossier.finding(found.known, indicator), shown=shown)


def rows_figure(slide: Slide, content: Content) -> Figure:
    """The indicators of a field or goal as the slide lists them."""
    return Figure(
        key=slide.key,
        title=content.title,
        frame=framed(
            {
                "Kennzahl": [f"{line.code} {line.title}" for line in content.lines],
                "Letzter Wert": [line.value for line in content.lines],
                "Zeitraum": [line.period for line in content.lines],
                "Status": [titled(line.status) for line in content.lines],
            }
        ),
    )


def _marked(known: Snapshot, figure: Figure, chart: int = 0, table: int = 0) -> Exhibit:
    """Invented figures say so; a column of its own would crowd the paper."""
    [shown] = marked([figure], INVENTED if known.catalogue.city.invented else None, rows=False)
    return Exhibit(shown, chart, table)


def _numbered(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """With the running numbers of charts and tables."""
    charts = tables = 0
    found = []
    for page in pages:
        shown = page.shown
        if shown:
            charts, tables = charts + bool(shown.chart), tables + bool(shown.table)
            shown = replace(shown, chart=charts if shown.chart else 0, table=tables if shown.table else 0)
        found.append(replace(page, shown=shown))
    return tuple(found)


def _listed(found: Deck, decisions: "tuple[Decision, ...] | list[Decision]", day: date, title: str) -> Figure:
    """The decisions as a table; remarks only where there are some, and the meeting where it is not this one."""
    whole = meeting_board.decisions_figure(decisions, found.held, day)
    columns = OWN if any(one.note for one in decisions) else SUFFICES
    columns = columns if all(one.meeting == found.meeting.number for one in decisions) else [*columns, "Sitzung"]
    return replace(whole, title=title, frame=whole.frame[columns])
