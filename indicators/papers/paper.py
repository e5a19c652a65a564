"""A paper for committees as one value: what the office typed, and reasons made of what the steering group saw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators import boards, german
from indicators.boards import dossier, slide_board
from indicators.boards.since_meeting import Since
from indicators.exports.marking import INVENTED, marked
from indicators.figures import Figure
from indicators.figures.status import titled
from indicators.knowledge.decisions import Decision
from indicators.knowledge.paper_drafts import Draft
from indicators.knowledge.slides import CYCLE, OF_INDICATOR, Slide, SlideKind
from indicators.knowledge.snapshot import Snapshot
from indicators.papers.deck import Deck
from indicators.papers.forms import Form
from indicators.papers.handout import rows_figure
from indicators.reports.compose import state_of
from indicators.reports.imprint import Imprint
from indicators.reports.markdown import Block
from indicators.reports.report import Entry, Exhibit, Report
from indicators.reports.texts import Passage

LONGEST_SUBJECT = 160


@dataclass(frozen=True)
class Reason:
    """A finding: its sentence with the arithmetic, what changed under it, its chart and table."""

    title: str
    status: str = ""
    sentence: str = ""
    changed: tuple[str, ...] = ()
    shown: Exhibit | None = None


@dataclass(frozen=True)
class Paper:
    """`source` says in a sentence what the paper is made of; `known` (UTC) as of when its figures are known."""

    form: Form
    draft: Draft
    city: str
    state: str
    day: date
    known: datetime
    source: str
    reasons: tuple[Reason, ...]
    note: str = ""
    word_template: bytes = b""

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return tuple(one.shown for one in self.reasons if one.shown)

    @property
    def imprint(self) -> Imprint:
        name = " ".join(part for part in (self.form.kind, self.draft.number) if part)
        return Imprint(f"{name}: {self.draft.subject}", self.city, self.state, self.word_template)


def proposed_by_decision(found: Deck, decision: Decision, origin: str, form: str) -> Draft:
    """What a fresh paper begins with: the decision's wording, about what its slide shows."""
    slide = _slide(found, decision)
    about = slide_board.title_of(found.known.catalogue, slide).partition(" ")[2].rstrip(".") if slide else ""
    subject = slide_board.shortened(f"{about}: {decision.wording}" if about else decision.wording, LONGEST_SUBJECT)
    shown = (slide.code,) if slide and slide.kind in OF_INDICATOR else ()
    return Draft(origin, form, subject, proposal=decision.wording, shown=shown)


def proposed_by_report(report: Report, origin: str, form: str) -> Draft:
    shown = report.codes if len(report.codes) <= FEW else ()
    return Draft(
        origin, form, f"{report.named}: {report.subtitle}", proposal=TAKE_NOTE.format(report.named), shown=shown
    )


FEW = 3
TAKE_NOTE = "Der {} wird zur Kenntnis genommen."


def of_decision(found: Deck, decision: Decision, draft: Draft, form: Form, day: date) -> Paper:
    """With the figures of the meeting, as everyone but the office sees them: a deck with true values is a bug."""
    known = found.known
    if not known.suppressed:
        raise ValueError("a paper is made of what the steering group sees")
    slide = _slide(found, decision)
    reasons = [_listed(found, slide)] if slide and slide.kind is not SlideKind.INDICATOR else []
    reasons += [of_indicator(known, code, found.changed) for code in draft.shown if code in known.catalogue.indicators]
    who = f" Zuständig: {decision.addressee}." if decision.addressee else ""
    due = f" Bis {german.day(decision.due)}." if decision.due else ""
    city = known.catalogue.city
    return Paper(
        form=form,
        draft=draft,
        city=city.name,
        state=state_of(known),
        day=day,
        known=known.since or known.moment,
        source=f"{found.meeting.name}, {decision.state.word}: „{decision.wording.rstrip('.')}“.{who}{due}",
        reasons=numbered(reasons, invented=city.invented),
        note=city.caution,
    )


def of_report(report: Report, draft: Draft, form: Form, day: date) -> Paper:
    """With what stands in the report, frozen as it is."""
    entries = {entry.code: entry for chapter in report.chapters for entry in chapter.entries}
    summary = (one for one in report.front if one.heading == Passage.SUMMARY.word)
    reasons = [Reason(one.heading, sentence=_plain(one.blocks)) for one in summary]
    if report.overview:
        reasons.append(Reason("Stand der Ziele nach Handlungsfeldern", shown=report.overview))
    reasons += [_of_entry(entries[code]) for code in draft.shown if code in entries]
    return Paper(
        form=form,
        draft=draft,
        city=report.city,
        state=report.state,
        day=day,
        known=report.moment,
        source=f"{report.named} vom {german.day(report.day)}, {report.subtitle}.",
        reasons=numbered(reasons, invented=False),  # a report's figures say so themselves
        note=report.note,
    )


def _slide(found: Deck, decision: Decision) -> Slide | None:
    """The slide that the decision belongs to; None where it is gone, or none of a finding."""
    composed = (one for one in found.slides if one.key == decision.slide and one.kind not in CYCLE)
    return next((one for one in composed if slide_board.title_of(found.known.catalogue, one)), None)


def _listed(found: Deck, slide: Slide) -> Reason:
    """What the slide shows: the map, or the indicators of a field or goal."""
    if slide.kind is SlideKind.MAP:
        drawn = found.map_of(slide)
        figure = drawn.figure()
        return Reason(drawn.title, sentence=figure.alt, shown=Exhibit(figure, chart=1, table=1))
    content = slide_board.content(found.known, slide, found.changed)
    more = (f"Und {content.more} weitere, die besser stehen.",) if content.more else ()
    shown = Exhibit(rows_figure(slide, content), table=1)
    return Reason(content.title, titled(content.status), changed=(*content.changed, *more), shown=shown)


def of_indicator(known: Snapshot, code: str, changed: Since | None = None) -> Reason:
    """An indicator as the reason of a paper: its status and sentence, its chart and table."""
    indicator = known.catalogue.indicator(code)
    content = slide_board.content(known, Slide(SlideKind.INDICATOR, code), changed)
    figure = boards.trend_figure(known, indicator, [indicator.headline])
    shown = Exhibit(figure, chart=int(figure.is_drawn), table=int(bool(len(figure.frame))))
    sentence = dossier.finding(known, indicator)
    return Reason(f"{code} {content.title}", titled(content.status), sentence, content.changed, shown)


def _of_entry(entry: Entry) -> Reason:
    shown = replace(entry.shown, table=entry.shown.table or 1) if entry.shown else None
    status = entry.verdicts[0].status if entry.verdicts else ""
    return Reason(f"{entry.code} {entry.title}", status, entry.finding, shown=shown)


def _plain(blocks: Sequence[Block]) -> str:
    return "\n".join("".join(run.text for run in item) for block in blocks for item in block.items)


def numbered(reasons: Sequence[Reason], *, invented: bool) -> tuple[Reason, ...]:
    """With the running numbers of charts and tables within the paper; invented figures say so under each."""
    counts = {"chart": 0, "table": 0}
    found = []
    for reason in reasons:
        if reason.shown:
            for form in counts:
                counts[form] += bool(getattr(reason.shown, form))
            numbers = {form: counts[form] if getattr(reason.shown, form) else 0 for form in counts}
            reason = replace(reason, shown=Exhibit(_said(reason.shown.figure, invented), **numbers))
        found.append(reason)
    return tuple(found)


def _said(figure: Figure, invented: bool) -> Figure:
    [shown] = marked([figure], INVENTED if invented else None, rows=False)
    return shown
