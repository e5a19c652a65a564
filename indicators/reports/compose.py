"""From what the steering group sees at a moment to the Report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators import boards, german
from indicators.boards import dossier, exported, measure_context, wanted
from indicators.boards.district_maps import atlas
from indicators.catalogue import ActionField, Approach, GuidingGoal, Indicator
from indicators.exports.marking import INVENTED, marked
from indicators.figures import SCALE, Figure
from indicators.figures.status import titled
from indicators.figures.words import rounding_note
from indicators.knowledge.comments import Comment
from indicators.knowledge.snapshot import Snapshot
from indicators.maps.boundaries import Boundaries
from indicators.model import Breakdown, Sign
from indicators.moments import local_day
from indicators.names import named
from indicators.reports import texts
from indicators.reports.cycle import Cycle, Tables
from indicators.reports.fixed_texts import METHOD, SCALE_MEANINGS
from indicators.reports.markdown import parse
from indicators.reports.numbering import numbered
from indicators.reports.remarks import Said
from indicators.reports.report import Chapter, Entry, Exhibit, Goal, Part, Remark, Report, Section, Verdict, Written
from indicators.reports.texts import Passage, Text
from indicators.reports.wishes import Wish, selected, subtitle

MOST_LINES = 4
"""So many groups are told apart in one chart of 16 cm; with more of them the headline stands alone."""
OVERVIEW_COLUMNS = ("Kennzahl", exported.VALUE, "Einheit", "Zeitraum", exported.CHANGE, "Status")

Texts = Mapping[tuple[str, Passage], Text]


def compose(
    snapshot: Snapshot,
    wish: Wish,
    day: date,
    written: Texts,
    said: Said,
    found: Cycle | None = None,
    boundaries: Sequence[Boundaries] = (),
) -> Report:
    """Raises MonitoringError for a code that is not defined or an empty selection.

    `said` are remarks of departments, `found` is what the steering cycle brings, `boundaries` are those of
    the districts. Only what the steering group sees may
    come in: a snapshot with true values is a bug.
    """
    if not snapshot.suppressed:
        raise ValueError("a report is made of what the steering group sees")
    return numbered(_Composer(snapshot, wish, written, said, found or Cycle(), tuple(boundaries)).report(day))


@dataclass(frozen=True)
class _Composer:
    snapshot: Snapshot
    wish: Wish
    written: Texts
    said: Said
    found: Cycle
    boundaries: tuple[Boundaries, ...] = ()

    @property
    def parts(self) -> frozenset[Part]:
        return self.wish.kind.parts

    def report(self, day: date) -> Report:
        snapshot, wish, city = self.snapshot, self.wish, self.snapshot.catalogue.city
        selection = selected(snapshot, wish, self.found.measures)
        chapters = tuple(self.chapter(field, chosen) for field, chosen in selection)
        shown = [indicator for _, chosen in selection for indicator in chosen]
        tables = Tables(self.found, snapshot, [field for field, _ in selection], day, not wish.fields)
        return Report(
            kind=wish.kind,
            title=wish.kind.word,
            subtitle=subtitle(snapshot.catalogue, wish),
            city=city.name,
            note=(" ".join(city.note.split()) or city.caution) if city.caution else "",
            day=day,
            moment=snapshot.since or snapshot.moment,
            state=state_of(snapshot),
            number=0,
            overview=self.overview(chapters),
            front=self.texts(texts.REPORT, until=Passage.SUMMARY),
            chapters=chapters,
            method=_method(),
            statuses=tuple((titled(step), SCALE_MEANINGS[step]) for step in SCALE),
            signs=_signs(),
            sources=tuple(dict.fromkeys(indicator.source for indicator in shown)),
            about=boards.about(snapshot),
            measures=self.texts(texts.REPORT, only=Passage.NEXT_STEPS),
            progress=self.progress(tables),
            further=self.further(tables),
            whole=not (wish.fields or wish.indicators),
            codes=tuple(indicator.code for indicator in shown),
        )

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
            overview=self._exhibit(self._listed(field, chosen), table=1) if chosen else None,
            entries=tuple(self.entry(one) for one in chosen) if Part.INDICATORS in self.parts else (),
            written=self.texts(texts.of_field(field.code)),
            measures=self._measures(field),
            text=field.text,
        )

    def _measures(self, field: ActionField) -> Exhibit | None:
        """What the city does in the field; a choice of single indicators asks for none."""
        own = [one for one in self.found.measures if field.code in one.codes("field")]
        if not own or self.wish.indicators or Part.MEASURES not in self.parts:
            return None
        return self._exhibit(measure_context.report_figure(own, field, self.snapshot.catalogue), table=1)

    def progress(self, tables: Tables) -> tuple[Exhibit, ...]:
        """How the measures stand, and what is still to be decided; a choice of single indicators asks for none."""
        if Part.PROGRESS not in self.parts or self.wish.indicators:
            return ()
        return tuple(self._exhibit(figure, table=1) for figure in tables.progress())

    def further(self, tables: Tables) -> tuple[Section, ...]:
        """Agreements, first interviews, costs, as the kind asks; a choice of single indicators asks for none."""
        if self.wish.indicators:
            return ()
        return tuple(
            Section(heading, tuple(self._exhibit(figure, table=1) for figure in figures))
            for heading, figures in tables.under(self.parts)
        )

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
            map=self._map(indicator) if delivered else None,
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
        told = (Remark(named(one.by, one.at), local_day(one.at), _dated(one)) for one in own)
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
        return self._exhibit(figure, chart=int(chart and figure.is_drawn), table=int(table))

    def _map(self, indicator: Indicator) -> Exhibit | None:
        """The latest period by district, where the chart has its table too."""
        if not {Part.CHART, Part.TABLE} <= self.parts:
            return None
        found = atlas(self.snapshot, indicator, self.boundaries)
        return self._exhibit(found.map(found.periods[0]), chart=1, table=1) if found and found.periods else None

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
                self._exhibit(part.chart, chart=1) if charts and part.chart and part.chart.is_drawn else None,
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


def _for_readers(figure: Figure) -> Figure:
    """The steps without the numbers of deliveries, which nobody outside can follow."""
    inner = [column for column in figure.columns if column != "Beruht auf Lieferung"]
    return replace(figure, frame=figure.frame[inner])


def _whole_note(note: str) -> str:
    return f"{note} {SMALL_TABLE}".strip()


SMALL_TABLE = "Veränderung gegenüber demselben Zeitraum des Vorjahres, bei Anteilen in Prozentpunkten."


def _method() -> tuple[Written, ...]:
    return tuple(Written(heading, tuple(part for text in found for part in parse(text))) for heading, found in METHOD)


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
