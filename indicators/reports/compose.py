"""From what the steering group sees at a moment to the Report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators import boards, german
from indicators.boards import concept_change, dossier, exported, measure_context, progress, wanted
from indicators.boards.concept_change import State
from indicators.catalogue import ActionField, Approach, GuidingGoal, Indicator
from indicators.errors import MonitoringError
from indicators.exports.marking import INVENTED, marked
from indicators.figures import SCALE, Figure
from indicators.figures.status import titled
from indicators.figures.words import rounding_note
from indicators.knowledge.comments import Comment
from indicators.knowledge.consultations import Consultation
from indicators.knowledge.decisions import Decision
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Breakdown, Sign
from indicators.moments import local_day
from indicators.reports import texts
from indicators.reports.fixed_texts import METHOD, SCALE_MEANINGS
from indicators.reports.markdown import parse
from indicators.reports.remarks import Said
from indicators.reports.report import Chapter, Entry, Exhibit, Goal, Kind, Part, Remark, Report, Verdict, Written
from indicators.reports.texts import Passage, Text

MOST_LINES = 4
"""So many groups are told apart in one chart of 16 cm; with more of them the headline stands alone."""
OVERVIEW_COLUMNS = ("Kennzahl", exported.VALUE, "Einheit", "Zeitraum", exported.CHANGE, "Status")

Texts = Mapping[tuple[str, Passage], Text]


@dataclass(frozen=True)
class Wish:
    """What a report is asked to hold: a kind, and perhaps only some fields or indicators, in the order given.

    Without either it holds all fields of the catalogue."""

    kind: Kind = Kind.FULL
    fields: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


def compose(
    snapshot: Snapshot,
    wish: Wish,
    day: date,
    written: Texts,
    said: Said,
    measures: Sequence[Measure] = (),
    consulted: Sequence[Consultation] = (),
    decided: Sequence[Decision] = (),
    earlier: State | None = None,
) -> Report:
    """Raises MonitoringError for a code that is not defined or an empty selection.

    `said` are remarks of departments, `measures` are as everyone but the office sees them, `consulted` without
    what is not public, `decided` what meetings have decided, `earlier` what the concept is compared with. Only what
    the steering group sees may come in: a snapshot with true values is a bug.
    """
    if not snapshot.suppressed:
        raise ValueError("a report is made of what the steering group sees")
    composer = _Composer(snapshot, wish, written, said, tuple(measures), tuple(consulted), tuple(decided), earlier)
    selection = composer.selection()
    chapters = tuple(composer.chapter(field, chosen) for field, chosen in selection)
    catalogue = snapshot.catalogue
    shown = [indicator for _, chosen in selection for indicator in chosen]
    report = Report(
        kind=wish.kind,
        title=wish.kind.word,
        subtitle=composer.subtitle(),
        city=catalogue.city.name,
        note=(" ".join(catalogue.city.note.split()) or catalogue.city.caution) if catalogue.city.caution else "",
        day=day,
        moment=snapshot.since or snapshot.moment,
        state=state_of(snapshot),
        number=0,
        overview=composer.overview(chapters),
        front=composer.texts(texts.REPORT, until=Passage.SUMMARY),
        chapters=chapters,
        method=tuple(Written(heading, tuple(b for text in found for b in parse(text))) for heading, found in METHOD),
        statuses=tuple((titled(step), SCALE_MEANINGS[step]) for step in SCALE),
        signs=_signs(),
        sources=tuple(dict.fromkeys(indicator.source for indicator in shown)),
        about=boards.about(snapshot),
        measures=composer.texts(texts.REPORT, only=Passage.NEXT_STEPS),
        concept=composer.concept([field for field, _ in selection]),
        progress=composer.progress([field for field, _ in selection], day),
        whole=not (wish.fields or wish.indicators),
        codes=tuple(indicator.code for indicator in shown),
    )
    return numbered(report)


def numbered(report: Report) -> Report:
    """The same with the running numbers of charts and tables, in the order in which every format shows them."""
    counts = {"chart": 0, "table": 0}

    def number(exhibit: Exhibit | None) -> Exhibit | None:
        if exhibit is None:
            return None
        for form in counts:
            counts[form] += bool(getattr(exhibit, form))
        return replace(
            exhibit,
            chart=counts["chart"] if exhibit.chart else 0,
            table=counts["table"] if exhibit.table else 0,
        )

    def of(entry: Entry) -> Entry:
        shown = number(entry.shown)
        verdicts = tuple(replace(one, chart=number(one.chart), steps=number(one.steps)) for one in entry.verdicts)
        return replace(entry, shown=shown, verdicts=verdicts)

    def of_chapter(chapter: Chapter) -> Chapter:
        overview, entries = number(chapter.overview), tuple(of(entry) for entry in chapter.entries)
        return replace(chapter, overview=overview, entries=entries, measures=number(chapter.measures))

    overview = number(report.overview)
    chapters = tuple(of_chapter(chapter) for chapter in report.chapters)
    concept = tuple(one for exhibit in report.concept if (one := number(exhibit)))
    progress = tuple(one for exhibit in report.progress if (one := number(exhibit)))
    return replace(report, overview=overview, chapters=chapters, concept=concept, progress=progress)


@dataclass(frozen=True)
class _Composer:
    snapshot: Snapshot
    wish: Wish
    written: Texts
    said: Said
    measures: tuple[Measure, ...] = ()
    consulted: tuple[Consultation, ...] = ()
    decided: tuple[Decision, ...] = ()
    earlier: State | None = None

    @property
    def parts(self) -> frozenset[Part]:
        return self.wish.kind.parts

    def selection(self) -> list[tuple[ActionField, list[Indicator]]]:
        """The chapters in order, each with its indicators."""
        catalogue = self.snapshot.catalogue
        known = {field.code: field for field in catalogue.fields}
        fields = [code for code in self.wish.fields if code not in known]
        codes = [code for code in self.wish.indicators if code not in catalogue.indicators]
        if fields or codes:
            raise MonitoringError(f"Das kennt der Katalog nicht: {german.enumeration([*fields, *codes])}.")
        if self.wish.indicators:
            chosen = [catalogue.indicator(code) for code in dict.fromkeys(self.wish.indicators)]
            by_field = {code: [one for one in chosen if one.field == code] for code in _in_order(chosen)}
        else:
            wanted = tuple(dict.fromkeys(self.wish.fields)) or tuple(known)
            by_field = {code: list(catalogue.indicators_of(code)) for code in wanted}
        found = [(known[code], [one for one in chosen if self._wanted(one)]) for code, chosen in by_field.items()]
        found = [(field, chosen) for field, chosen in found if chosen]
        if not found:
            raise MonitoringError("In dieser Auswahl ist keine Kennzahl, die der Bericht zeigen könnte.")
        return found

    def _wanted(self, indicator: Indicator) -> bool:
        return Part.ONLY_JUDGED not in self.parts or bool(self.snapshot.judgements[indicator.code])

    def subtitle(self) -> str:
        catalogue = self.snapshot.catalogue
        if self.wish.indicators:
            return "Auswahl: " + german.enumeration(list(dict.fromkeys(self.wish.indicators)))
        if self.wish.fields:
            return german.enumeration(
                [f"{code} {catalogue.field(code).title}" for code in dict.fromkeys(self.wish.fields)]
            )
        return "Stand der Ziele und Kennzahlen in allen Handlungsfeldern"

    def overview(self, chapters: Sequence[Chapter]) -> Exhibit | None:
        """Where the fields stand: as a table, which says the same in every format."""
        if len(chapters) < 2:
            return None
        matrix = boards.status_figure(self.snapshot, [self.snapshot.catalogue.field(one.code) for one in chapters])
        return self._exhibit(replace(matrix, spec=None), table=1)

    def chapter(self, field: ActionField, chosen: Sequence[Indicator]) -> Chapter:
        goals = tuple(
            Goal(part.code, part.title, not isinstance(part, GuidingGoal), part.text, isinstance(part, Approach))
            for part in field.parts
        )
        return Chapter(
            code=field.code,
            title=field.title,
            lead=field.lead,
            goals=goals,
            overview=self._exhibit(self._listed(field, chosen), table=1),
            entries=tuple(self.entry(one) for one in chosen) if Part.INDICATORS in self.parts else (),
            written=self.texts(texts.of_field(field.code)),
            measures=self._measures(field),
            text=field.text,
        )

    def _measures(self, field: ActionField) -> Exhibit | None:
        """What the city does in the field; a choice of single indicators asks for none."""
        own = [one for one in self.measures if field.code in one.codes("field")]
        if not own or self.wish.indicators or Part.MEASURES not in self.parts:
            return None
        return self._exhibit(measure_context.report_figure(own, field, self.snapshot.catalogue), table=1)

    def concept(self, fields: Sequence[ActionField]) -> tuple[Exhibit, ...]:
        """What has changed in the fields since the report before; nothing where nothing has."""
        earlier, known = self.earlier, self.snapshot
        if earlier is None or Part.CONCEPT not in self.parts or self.wish.indicators:
            return ()
        now = State(local_day(known.moment), known.catalogue, self.measures)
        codes = {field.code for field in fields} if self.wish.fields else None
        found = concept_change.figures(earlier, now, known.since, codes)
        return tuple(self._exhibit(figure, table=1) for figure in found)

    def progress(self, fields: Sequence[ActionField], day: date) -> tuple[Exhibit, ...]:
        """How the measures stand, and what is still to be decided; a choice of single indicators asks for none."""
        if Part.PROGRESS not in self.parts or self.wish.indicators:
            return ()
        found = progress.figures(self.measures, self.consulted, self.decided, fields, day)
        return tuple(self._exhibit(figure, table=1) for figure in found)

    def _exhibit(self, figure: Figure, chart: int = 0, table: int = 0) -> Exhibit:
        """Invented figures say so under every table and picture; a column of its own would crowd the paper."""
        [shown] = marked([figure], INVENTED if self.snapshot.catalogue.city.invented else None, rows=False)
        return Exhibit(shown, chart, table)

    def _listed(self, field: ActionField, chosen: Sequence[Indicator]) -> Figure:
        """All indicators of the chapter with value, change and status, as narrow as paper is."""
        whole = boards.list_figure(
            self.snapshot, f"feld-{field.code}", f"Kennzahlen im Handlungsfeld {field.code}", tuple(chosen)
        )
        frame = whole.frame[list(OVERVIEW_COLUMNS)].assign(
            Status=[titled(self.snapshot.status(one.code)) for one in chosen]
        )
        return replace(whole, frame=frame, unit_columns={exported.VALUE: "Einheit"}, note=_whole_note(whole.note))

    def entry(self, indicator: Indicator) -> Entry:
        snapshot, catalogue = self.snapshot, self.snapshot.catalogue
        delivered = bool(snapshot.headline(indicator.code).latest)
        judged = delivered and bool(snapshot.judgements[indicator.code])
        return Entry(
            code=indicator.code,
            title=indicator.title,
            goal=f"{indicator.goal} {catalogue.goal_title(indicator.goal)}",
            finding=dossier.finding(snapshot, indicator),
            facts=self._facts(indicator) if Part.FACTS in self.parts else (),
            shown=self._shown(indicator) if delivered else None,
            verdicts=self._verdicts(indicator) if judged else (),
            remarks=self._remarks(indicator) if Part.REMARKS in self.parts else (),
            written=self.texts(texts.of_indicator(indicator.code)),
        )

    def _remarks(self, indicator: Indicator) -> tuple[Remark, ...]:
        """What departments said when they delivered; and what people have remarked, where no chart tells it."""
        said = self.said.get(indicator.code, ())
        if {Part.CHART, Part.TABLE} & self.parts:
            return said
        own = self.snapshot.comments.get(indicator.code, ())
        told = (Remark(one.by, local_day(one.at), _dated(one)) for one in own)
        return (*said, *told)

    def _facts(self, indicator: Indicator) -> tuple[tuple[str, str], ...]:
        catalogue = self.snapshot.catalogue
        rounding = rounding_note(indicator.counts_rounded_to) if indicator.counts_rounded_to else ""
        broken = " ".join(f"Bruch {one.period.label}: {one.note.rstrip('.')}." for one in indicator.breaks)
        notes = " ".join(part for part in (indicator.method_notes, broken, rounding) if part)
        pairs = [
            ("Definition", indicator.definition),
            ("Formel", catalogue.formula_in_words(indicator)),
            ("Beschlossenes Ziel", wanted.fact(catalogue, indicator) if indicator.agreed else ""),
            ("Relevanz", indicator.relevance),
            ("Abgrenzung", indicator.delimitation),
            ("Methodische Hinweise", notes),
            ("Datenquelle", indicator.source),
        ]
        return tuple((term, " ".join(text.split())) for term, text in pairs if text)

    def _shown(self, indicator: Indicator) -> Exhibit | None:
        chart, table = Part.CHART in self.parts, Part.TABLE in self.parts
        if not (chart or table):
            return None
        figure = boards.trend_figure(self.snapshot, indicator, self._groups(indicator))
        return self._exhibit(figure, chart=int(chart and figure.spec is not None), table=int(table))

    def _groups(self, indicator: Indicator) -> list[Breakdown]:
        """The headline first, then the groups of the city itself that were delivered."""
        catalogue = self.snapshot.catalogue
        delivered = {series.breakdown for series in self.snapshot.series[indicator.code] if series.points}
        own = [
            one for one in catalogue.breakdowns_shown(indicator) if one in delivered and not catalogue.is_elsewhere(one)
        ]
        others = [one for one in own if one != indicator.headline]
        return [indicator.headline, *others] if len(others) < MOST_LINES else [indicator.headline]

    def _verdicts(self, indicator: Indicator) -> tuple[Verdict, ...]:
        judgements = self.snapshot.judgements[indicator.code]
        steps, charts = Part.ARITHMETIC in self.parts, Part.CHART in self.parts
        return tuple(
            Verdict(
                part.heading if number else "",
                titled(judgement.assessment.status),
                dossier.verdict(self.snapshot, judgement),
                self._exhibit(_for_readers(part.figure), table=1) if steps else None,
                self._exhibit(part.chart, chart=1) if charts and part.chart and part.chart.spec else None,
            )
            for number, (judgement, part) in enumerate(
                zip(judgements, dossier.verdicts(self.snapshot, indicator), strict=True)
            )
        )

    def texts(self, place: str, until: Passage | None = None, only: Passage | None = None) -> tuple[Written, ...]:
        """What the office wrote for a place, in the order of its passages."""
        order = texts.passages(place)
        wanted = (only,) if only else order[: order.index(until) + 1] if until else order
        found = [self.written[place, passage] for passage in wanted if (place, passage) in self.written]
        return tuple(
            Written(
                text.passage.word,
                parse(text.markdown),
                f"Text vom {german.day(local_day(text.at))}",
                texts.stale(text, self.snapshot),
            )
            for text in found
        )


def _dated(comment: Comment) -> str:
    return f"{comment.period.label}: {comment.text}" if comment.period else comment.text


def _in_order(chosen: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(indicator.field for indicator in chosen))


def _for_readers(figure: Figure) -> Figure:
    """The steps without the numbers of deliveries, which nobody outside can follow."""
    inner = [column for column in figure.columns if column != "Beruht auf Lieferung"]
    return replace(figure, frame=figure.frame[inner])


def _whole_note(note: str) -> str:
    return f"{note} {SMALL_TABLE}".strip()


SMALL_TABLE = "Veränderung gegenüber demselben Zeitraum des Vorjahres, bei Anteilen in Prozentpunkten."


def _signs() -> tuple[tuple[str, str], ...]:
    """Each printed sign once: unknown and secret are printed alike, and nobody is told which it is."""
    found: dict[str, str] = {}
    for sign in Sign:
        found.setdefault(_printed(sign), sign.meaning)
    return tuple(found.items())


def _printed(sign: Sign) -> str:
    return "( )" if sign is Sign.LIMITED else german.sign(sign)


def state_of(snapshot: Snapshot) -> str:
    """Which state of the data, as files name it."""
    if snapshot.since is None:
        return "Es liegen noch keine Daten vor."
    return f"Datenstand {german.moment(snapshot.since)}, Nr. {snapshot.version}"
