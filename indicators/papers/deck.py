"""A meeting with all that its slides are made of: what the wall shows and what the files hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from indicators import german
from indicators.boards import meeting_board, slide_board
from indicators.boards.district_maps import Atlas, atlas
from indicators.boards.map_slide import Maps, MapSlide, map_slide
from indicators.boards.since_meeting import Since
from indicators.knowledge import decisions as kept_decisions
from indicators.knowledge.boundaries import boundaries
from indicators.knowledge.decisions import Decision
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.minutes import minutes as kept_minutes
from indicators.knowledge.slides import CYCLE, Slide, SlideKind, plan
from indicators.knowledge.snapshot import Snapshot
from indicators.papers.deck_tables import Tables, on_the_table, tables
from indicators.store import Store

WALL_MAP, PAPER_MAP = 226, 270
"""Heights of a map on the wall, where it is enlarged, and on paper."""


@dataclass(frozen=True)
class Deck:
    """`known` is what the meeting looks at; `compared` and `changed` are None where no meeting was before it.
    `waiting` are decisions of earlier meetings, `decided` its own; `minutes` by the key of a slide; `held` are all
    meetings that there are, `tables` those of the steering cycle, `maps` those that were composed."""

    meeting: Meeting
    known: Snapshot
    compared: datetime | None
    changed: Since | None
    composed: tuple[Slide, ...]
    slides: tuple[Slide, ...]
    waiting: tuple[Decision, ...]
    decided: tuple[Decision, ...]
    minutes: Mapping[str, str]
    held: tuple[Meeting, ...] = ()
    tables: Tables = field(default_factory=dict)
    maps: Maps = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [slide.key for slide in self.slides]

    def map_of(self, slide: Slide) -> MapSlide:
        return map_slide(self.maps[slide.code])

    def decisions_of(self, slide: Slide) -> list[Decision]:
        return [one for one in self.decided if one.slide == slide.key]


def deck(
    store: Store,
    held: Sequence[Meeting],
    meeting: Meeting,
    known: Snapshot,
    since: Callable[[Snapshot, datetime], Since],
    cycle: Tables | None = None,
    mapped: Callable[[str], Atlas | None] | None = None,
) -> Deck:
    """`known` is what is known at the meeting's moment, `since` says what changed since an earlier one. `cycle` are the
    tables of the steering cycle, and `mapped` gives the maps of an indicator as everyone but the office may see them;
    both are made here where nobody has kept them."""
    earlier = meeting_board.before(held, meeting)
    compared = meeting.compared or (earlier.moment if earlier else None)
    changed = since(known, compared) if compared else None
    every = kept_decisions.decisions(store)
    before = frozenset(one.number for one in held if one.held_on < meeting.held_on)
    waiting = kept_decisions.from_before(every, before, compared or datetime.min)
    decided = tuple(one for one in every if one.meeting == meeting.number)
    composed = plan(store, meeting.number)
    found = tables(store, meeting, known) if cycle is None else cycle
    maps = _maps(composed, known, mapped or (lambda code: _atlas(store, known, code)))
    slides = slide_board.sequence(
        composed,
        known.catalogue,
        waiting=bool(waiting),
        decided=bool(decided),
        cycle=found,
        maps=maps,
        consulting=on_the_table(found, meeting),
    )
    minutes = kept_minutes(store, meeting.number)
    return Deck(
        meeting, known, compared, changed, composed, slides, waiting, decided, minutes, tuple(held), found, maps
    )


def _maps(composed: Sequence[Slide], known: Snapshot, mapped: Callable[[str], Atlas | None]) -> Maps:
    wanted = [one.code for one in composed if one.kind is SlideKind.MAP and one.code in known.catalogue.indicators]
    found = {code: mapped(code) for code in wanted}
    return {code: one for code, one in found.items() if one and one.periods}


def _atlas(store: Store, known: Snapshot, code: str) -> Atlas | None:
    """Within the boundaries that were here at the meeting's moment: later ones change no meeting of before."""
    return atlas(known, known.catalogue.indicator(code), boundaries(store, known.moment))


def heading(found: Deck, slide: Slide) -> str:
    """What stands above a slide: the finding."""
    if slide.kind in CYCLE:
        return found.tables[slide.kind].title
    if slide.kind is SlideKind.MAP:
        return found.map_of(slide).title
    if slide.kind is SlideKind.TITLE:
        return found.meeting.title or f"Sitzung {found.meeting.name}"
    if slide.kind is SlideKind.OPEN_DECISIONS:
        due = sum(one.is_due(found.meeting.held_on) for one in found.waiting)
        return f"Beschlüsse aus früheren Sitzungen: {due} von {len(found.waiting)} fällig"
    if slide.kind is SlideKind.DECISIONS:
        return f"Was die Sitzung beschließt: {german.counted(len(found.decided), 'Beschluss', 'Beschlüsse')}"
    return slide_board.content(found.known, slide, found.changed).title
