"""What stands on the slides of a meeting: texts that are ready to be shown, made of a snapshot and its changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indicators import boards, german
from indicators.attainment import Status
from indicators.boards.change import Change, Kind
from indicators.boards.since_meeting import Since
from indicators.catalogue import Catalogue, Indicator
from indicators.catalogue.concept import goal_codes
from indicators.knowledge.slides import CYCLE, OF_INDICATOR, Slide, SlideKind
from indicators.knowledge.snapshot import Snapshot

MOST_PROPOSED = 12
MOST_LINES = 7
"""Rows that the table of a field or goal holds without a scroll bar."""
LONGEST_TITLE = 110
"""Letters in the two lines of a title."""
LINE = 62
"""Letters in one of the five lines beside the minutes."""
LONGEST_COMMENT = 76
"""Letters in two lines beside the chart; the notes have all of it."""
WORTH_A_SLIDE = (Kind.AT_RISK, Kind.WORSE, Kind.REACHED, Kind.BETTER, Kind.REVISED)


@dataclass(frozen=True)
class Line:
    """An indicator in the table of a field or goal."""

    code: str
    title: str
    value: str
    period: str
    status: Status


@dataclass(frozen=True)
class Content:
    """`title` says the finding. `changed` and `missing` are sentences, `lines` the table of a field or goal, of which
    `more` do not fit; `status` is the indicator's, or the worst of the lines; `comment` is what somebody says of the
    latest value, or of the indicator, and `origin` which decision the target comes from. Both are short: the slide has
    no more room."""

    title: str
    status: Status
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    more: int = 0
    comment: str = ""
    origin: str = ""


def proposal(found: Since) -> tuple[Slide, ...]:
    """An indicator a slide, what is at risk first; nothing for what was only delivered as expected."""
    ordered = sorted(
        (change for change in found.changes if change.kind in WORTH_A_SLIDE),
        key=lambda change: WORTH_A_SLIDE.index(change.kind),
    )
    codes = list(dict.fromkeys(change.indicator.code for change in ordered))
    return tuple(Slide(SlideKind.INDICATOR, code) for code in codes[:MOST_PROPOSED])


def sequence(
    composed: Sequence[Slide],
    catalogue: Catalogue,
    *,
    waiting: bool,
    decided: bool,
    cycle: Collection[SlideKind] = (),
    maps: Collection[str] = (),
    consulting: bool = False,
) -> tuple[Slide, ...]:
    """All slides in order: title, decisions that wait, what the body has to decide, what was composed and is still
    defined, decisions of today. `cycle` are the tables of the steering cycle that have something in them, `maps` the
    indicators that there is a map of."""

    def there(one: Slide) -> bool:
        if one.kind in CYCLE:
            return one.kind in cycle
        return one.code in maps if one.kind is SlideKind.MAP else bool(title_of(catalogue, one))

    first = [Slide(SlideKind.TITLE)] + ([Slide(SlideKind.OPEN_DECISIONS)] if waiting else [])
    shown = [one for one in composed if there(one)]
    own = Slide(SlideKind.CONSULTATIONS)
    if consulting and own.key not in {one.key for one in shown}:
        first.append(own)
    last = [Slide(SlideKind.DECISIONS)] if decided else []
    return (*first, *shown, *last)


def title_of(catalogue: Catalogue, slide: Slide) -> str:
    """What a slide is about; empty for what these definitions do not know."""
    if slide.kind in CYCLE:
        return CYCLE[slide.kind]
    if slide.kind in OF_INDICATOR:
        one = catalogue.indicators.get(slide.code)
        place = " auf der Karte" if slide.kind is SlideKind.MAP else ""
        return f"{one.code} {one.title}{place}" if one else ""
    if slide.kind is SlideKind.FIELD:
        return next((f"{field.code} {field.title}" for field in catalogue.fields if field.code == slide.code), "")
    known = any(slide.code in goal_codes(field) for field in catalogue.fields)
    return f"{slide.code} {catalogue.goal_title(slide.code)}" if known else ""


def choices(catalogue: Catalogue, maps: Collection[str] = ()) -> dict[str, Slide]:
    """All that can be composed, by key: fields, their goals, their indicators, the maps that there are of these, tables
    of the steering cycle."""
    found: list[Slide] = [Slide(kind) for kind in CYCLE]
    for field in catalogue.fields:
        found.append(Slide(SlideKind.FIELD, field.code))
        found += [Slide(SlideKind.GOAL, code) for code in goal_codes(field)]
        own = [one.code for one in catalogue.indicators_of(field.code)]
        found += [Slide(SlideKind.INDICATOR, code) for code in own]
        found += [Slide(SlideKind.MAP, code) for code in own if code in maps]
    return {slide.key: slide for slide in found}


def content(snapshot: Snapshot, slide: Slide, found: Since | None) -> Content:
    """What a composed slide says."""
    if slide.kind is SlideKind.INDICATOR:
        return _indicator(snapshot, slide.code, found)
    field = slide.kind is SlideKind.FIELD
    codes = [slide.code] if field else _below(snapshot.catalogue, slide.code)
    indicators = [one for one in snapshot.catalogue.kept_up if (one.field if field else one.goal) in codes]
    rows = [boards.indicator_row(snapshot, one) for one in indicators]
    rows.sort(key=lambda row: -row.status.severity)
    lines = tuple(
        Line(row.indicator.code, row.indicator.title, row.value or "noch keine Lieferung", row.period, row.status)
        for row in rows
    )
    behind = sum(line.status.severity >= Status.SLIGHTLY_BEHIND.severity for line in lines)
    judged = sum(line.status.severity >= 0 for line in lines)
    name = title_of(snapshot.catalogue, slide).partition(" ")[2].rstrip(".")
    said = f"{behind} von {judged} bewerteten Kennzahlen hinter dem Ziel" if judged else "noch keine Bewertung"
    return Content(
        titled(name, said),
        rows[0].status if rows else Status.NOT_JUDGED,
        _sentences(found, [one.code for one in indicators], with_code=True)[:3],
        (),
        lines[:MOST_LINES],
        len(lines[MOST_LINES:]),
    )


def _indicator(snapshot: Snapshot, code: str, found: Since | None) -> Content:
    indicator = snapshot.catalogue.indicator(code)
    row = boards.indicator_row(snapshot, indicator)
    verdict = row.status.word if row.status is not Status.NOT_JUDGED else "ohne Bewertung"
    said = f"{row.value} ({row.period}), {verdict}" if row.value else "noch keine Lieferung"
    changes = found.about(code) if found else []
    return Content(
        titled(indicator.title, said),
        row.status,
        _sentences(found, [code], with_code=False),
        tuple(change.remark for change in changes if change.kind is Kind.MISSING),
        comment=shortened(_comment(snapshot, indicator), LONGEST_COMMENT),
        origin=_origin(snapshot, indicator),
    )


def _origin(snapshot: Snapshot, indicator: Indicator) -> str:
    first = snapshot.judgements[indicator.code][:1]
    agreed = first[0].rule.agreed if first else None
    return f"Ziel vom {german.day(agreed.on)}, {agreed.source}" if agreed else ""


def _comment(snapshot: Snapshot, indicator: Indicator) -> str:
    """The newest remark on the latest value that the slide shows, else on the indicator."""
    latest = snapshot.headline(indicator.code).latest
    own = [one for one in snapshot.comments.get(indicator.code, ()) if one.period is None or
           (latest and (one.breakdown, one.period) == (indicator.headline, latest.period))]  # fmt: skip
    newest = max(own, key=lambda one: (one.period is not None, one.number), default=None)
    return newest.text if newest else ""


def titled(name: str, said: str) -> str:
    """„Name: Befund“ in the two lines that a title has: a long name is cut, never the finding."""
    return f"{shortened(name, max(20, LONGEST_TITLE - len(said)))}: {said}"


def shortened(text: str, most: int) -> str:
    """The text, or as many whole words of it as there is room for, and „…“."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[: most - 1]} …"


def _sentences(found: Since | None, codes: Sequence[str], *, with_code: bool) -> tuple[str, ...]:
    """What changed, a sentence a kind; that something was delivered goes without saying where it made a difference."""
    changes = [change for code in codes for change in (found.about(code) if found else [])]
    changes = [change for change in changes if change.kind is not Kind.MISSING]
    verdicts = {change.indicator.code for change in changes if change.kind is not Kind.DELIVERED}
    told = [c for c in changes if c.kind is not Kind.DELIVERED or c.indicator.code not in verdicts]
    return tuple(_sentence(change, with_code) for change in told)


def _sentence(change: Change, with_code: bool) -> str:
    before = f"{change.shown_before} ({change.period_before})" if change.before else change.shown_before
    after = f"{change.shown_after} ({change.period_after})" if change.after else change.shown_after
    word = (
        f"{change.indicator.code} {change.kind.word}"
        if with_code
        else change.kind.word[0].upper() + change.kind.word[1:]
    )
    return f"{word}: {before} → {after}"


def _below(catalogue: Catalogue, code: str) -> list[str]:
    """The goal and its sub-goals."""
    for field in catalogue.fields:
        for guiding in field.guiding_goals:
            if guiding.code == code:
                return [code, *(goal.code for goal in guiding.sub_goals)]
    return [code]
