"""Remarks of people as they are shown beside an indicator: at the points of its chart, and as a table."""

from indicators import boards, german
from indicators.catalogue import Indicator
from indicators.figures import Figure, Noted, framed
from indicators.knowledge.comments import About, Comment
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.names import named

OUTDATED = "zu einem früheren Wert"


def noted(snapshot: Snapshot, indicator: Indicator) -> list[Noted]:
    """The remarks for the chart, each with who wrote it and when."""
    return [Noted(said(snapshot, one), one.breakdown, one.period) for one in snapshot.comments.get(indicator.code, ())]


def said(snapshot: Snapshot, comment: Comment) -> str:
    """„Neue Kita eröffnet. (Kim, 14.11.2026)“."""
    outdated = [OUTDATED] if _outdated(snapshot, comment) else []
    day = german.day(local_day(comment.at))
    marks = [named(comment.by, comment.at), *_delivered(comment), day, *outdated]
    return f"{comment.text} ({', '.join(mark for mark in marks if mark)})"


def table(snapshot: Snapshot, indicator: Indicator) -> Figure | None:
    """All remarks on an indicator, the latest period first; None where there is none."""
    found = sorted(
        snapshot.comments.get(indicator.code, ()),
        key=lambda one: (one.period is None, -(one.period.key if one.period else 0), one.number),
    )
    if not found:
        return None
    catalogue = snapshot.catalogue
    return Figure(
        f"{indicator.code}-bemerkungen",
        "Bemerkungen",
        framed(
            {
                "Zeitraum": [one.period.label if one.period else "alle" for one in found],
                "Gruppe": [catalogue.name_of(one.breakdown) if one.period else "alle" for one in found],
                "Bemerkung": [one.text for one in found],
                "Wozu": [_about(snapshot, one) for one in found],
                "Von": [", ".join((named(one.by, one.at), *_delivered(one))) for one in found],
                "Am": [german.day(local_day(one.at)) for one in found],
            }
        ),
        moment=snapshot.since,
        metadata=boards.about(snapshot),
    )


def _delivered(comment: Comment) -> list[str]:
    """„FB 51, Lieferung 12“ for what stood in a template."""
    return [comment.reporter, f"Lieferung {comment.delivery}"] if comment.base_figure else []


def _about(snapshot: Snapshot, comment: Comment) -> str:
    return f"{comment.about.word}, {OUTDATED}" if _outdated(snapshot, comment) else comment.about.word


def _outdated(snapshot: Snapshot, comment: Comment) -> bool:
    """Whether the value that it speaks of is another one by now; what came with the value goes with it."""
    if comment.base_figure or comment.about not in (About.VALUE, About.REVISION) or comment.period is None:
        return False
    code = snapshot.catalogue.current_indicator(comment.indicator)
    point = snapshot.find(code, comment.breakdown).at(comment.period)
    return point is None or point.delivery != comment.delivery
