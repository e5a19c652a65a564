"""What belongs to an indicator beside its chart: arithmetic, outlook, past statuses, origin of the numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indicators import boards, figures, german
from indicators.attainment import Assessment, Status, explain
from indicators.attainment.history import Then
from indicators.boards import commented, wanted
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import Cell, Figure, framed
from indicators.knowledge.agreed_targets import agreed_targets
from indicators.knowledge.agreements import agreement_targets
from indicators.knowledge.provenance import Origin, origins
from indicators.knowledge.snapshot import Judgement, Snapshot
from indicators.ledger import archive
from indicators.ledger.archive import Delivery
from indicators.model import Breakdown, Sign
from indicators.store import Store
from indicators.suppression.rounding import shown_count
from indicators.targets import TargetRule


@dataclass(frozen=True)
class Section:
    """A part of the dossier: its heading, the status that it explains (if it does), and what it shows.

    `chart` stands above the table where the part is about other values than the indicator's own chart.
    """

    heading: str
    figure: Figure
    status: Status | None = None
    chart: Figure | None = None

    @property
    def figures(self) -> list[Figure]:
        return [self.chart, self.figure] if self.chart else [self.figure]


Whose = frozenset[str] | None
"""Codes of reporters; None for all of them."""


def sections(
    store: Store,
    snapshot: Snapshot,
    indicator: Indicator,
    history: Sequence[Then],
    *,
    defined: Catalogue | None = None,
    files_of: Whose = frozenset(),
) -> list[Section]:
    """The parts in the order of the page; those without content are left out.

    The names of files and sheets are shown for the deliveries of `files_of` only. `defined` are the definitions alone,
    which the decisions on targets are told beside.
    """
    found = verdicts(snapshot, indicator)
    found += [Section(figure.title, figure) for figure in _outlook(snapshot, indicator)]
    if history:
        found.append(Section("Status in den Sitzungen", _dated(snapshot, figures.past(history, indicator))))
    if remarks := commented.table(snapshot, indicator):
        found.append(Section(remarks.title, remarks))
    known = sorted(
        (
            *agreement_targets(store, snapshot.catalogue, snapshot.moment),
            *agreed_targets(store, snapshot.moment),
        ),
        key=lambda target: target.on,
    )
    if targets := wanted.history(snapshot, (defined or snapshot.catalogue).indicator(indicator.code), known):
        found.append(Section(targets.title, targets))
    if snapshot.headline(indicator.code).latest:
        found.append(Section("Woher die Zahlen kommen", _origin(store, snapshot, indicator, files_of)))
    return found


def verdicts(snapshot: Snapshot, indicator: Indicator) -> list[Section]:
    """How each of the indicator's statuses comes about, with the gap's chart where a gap is judged."""
    return [
        Section(
            _rule_title(judgement),
            _arithmetic(snapshot, judgement, number),
            judgement.assessment.status,
            gap(snapshot, judgement),
        )
        for number, judgement in enumerate(snapshot.judgements[indicator.code])
    ]


def finding(snapshot: Snapshot, indicator: Indicator, *, origin: bool = True) -> str:
    """What the chart shows, in one sentence with the status; and another on who decided the target, unless left out."""
    latest = snapshot.headline(indicator.code).latest
    if latest is None:
        return "Zu dieser Kennzahl gibt es noch keine Lieferung."
    judgements = snapshot.judgements[indicator.code]
    if not judgements:
        value = boards.shown(snapshot.catalogue, indicator, latest)
        return f"{latest.period.label}: {value}. Die Kennzahl beschreibt die Rahmenbedingungen; ein Ziel gibt es nicht."
    return verdict(snapshot, judgements[0], origin=origin)


def verdict(snapshot: Snapshot, judgement: Judgement, *, origin: bool = True) -> str:
    """One status in a sentence: value, what was to be expected, the status; and who decided the target, if it was."""
    unit, decimals = symbol(snapshot, judgement), judgement.indicator.decimals
    said = explain(
        judgement.assessment,
        lambda value: german.with_unit(value, decimals, unit, minus=german.TRUE_MINUS),
        lambda status: status.said,
    )
    return f"{said} {wanted.origin(judgement.rule)}".rstrip() if origin else said


def symbol(snapshot: Snapshot, judgement: Judgement) -> str:
    """The symbol behind the judged numbers; a gap between percentages is in percentage points."""
    return wanted.symbol(snapshot.catalogue, judgement.indicator, judgement.rule)


def gap(
    snapshot: Snapshot, judgement: Judgement, rule: TargetRule | None = None, assessment: Assessment | None = None
) -> Figure | None:
    """The judged gap as a chart, with another rule where one is tried; None where the rule judges no gap."""
    if judgement.rule.gap is None:
        return None
    used, found = rule or judgement.rule, assessment or judgement.assessment
    title = judgement.definition.title or judgement.indicator.title
    drawn = figures.gap(judgement.series, judgement.indicator, snapshot.catalogue, used, title=title, assessment=found)
    return _dated(snapshot, drawn) if drawn else None


def _rule_title(judgement: Judgement) -> str:
    title = judgement.definition.title or "So kommt der Status zustande"
    example = judgement.indicator.example_target and judgement.rule.target and not judgement.rule.agreed
    return f"{title} (Beispielziel)" if example else title


def _arithmetic(snapshot: Snapshot, judgement: Judgement, number: int) -> Figure:
    """The steps of a status, each with the deliveries that its numbers came with."""
    deliveries = {point.period: point.delivery for point in judgement.series.points if point.delivery}
    figure = figures.arithmetic(judgement.assessment, judgement.indicator, deliveries)
    note = f"{figure.note} {wanted.origin(judgement.rule)}".strip()
    named = replace(figure, key=f"{figure.key}-{number + 1}", title=_rule_title(judgement), note=note)
    return _dated(snapshot, named)


def _outlook(snapshot: Snapshot, indicator: Indicator) -> Iterable[Figure]:
    for judgement in snapshot.judgements[indicator.code][:1]:
        unit = symbol(snapshot, judgement)
        figure = figures.outlook(judgement.assessment, indicator, "Prozentpunkte" if unit == "%" else unit, unit)
        if figure:
            yield _dated(snapshot, figure)


def _origin(store: Store, snapshot: Snapshot, indicator: Indicator, files_of: Whose) -> Figure:
    """The cells that the values in the arithmetic rest on, latest period first."""
    series = snapshot.headline(indicator.code)
    assert series.latest is not None
    assessment = snapshot.assessment(indicator.code)
    used = {period for step in assessment.steps for period in step.periods} if assessment else set()
    found = [
        _seen(snapshot, item, series.breakdown)
        for period in sorted({*used, series.latest.period}, reverse=True)
        for item in origins(store, snapshot.catalogue, indicator, series.breakdown, period, snapshot.moment)
    ]
    numbers = {item.measurement.delivery for item in found if item.measurement.delivery}
    delivered = {number: archive.delivery(store, number) for number in numbers}
    files = [_file(item, delivered.get(item.measurement.delivery or 0), files_of) for item in found]
    bases = [snapshot.catalogue.base_figure(item.base_figure) for item in found]
    decimals = [snapshot.catalogue.unit_of(base).decimals for base in bases]
    return Figure(
        f"{indicator.code}-herkunft",
        "Woher die Zahlen kommen",
        framed(
            {
                "Grundzahl": [base.title for base in bases],
                "Meldende Stelle": [_reporter(snapshot, item) for item in found],
                "Zeitraum": [item.measurement.period.label for item in found],
                "Wert": [_number(item, places) for item, places in zip(found, decimals, strict=True)],
                "Einheit": [snapshot.catalogue.unit_of(base).title for base in bases],
                "Lieferung": [str(item.measurement.delivery) for item in found],
                "Datei": [file for file, _, _ in files],
                "Blatt": [sheet for _, sheet, _ in files],
                "Zelle": [cell for _, _, cell in files],
            }
        ),
        decimals={"Wert": max(decimals, default=0)},
        own_decimals={(row, "Wert"): places for row, places in enumerate(decimals)},
        unit_columns={"Wert": "Einheit"},
        limited=frozenset((row, "Wert") for row, item in enumerate(found) if item.measurement.sign is Sign.LIMITED),
        moment=snapshot.since,
        metadata=boards.about(snapshot),
    )


def _file(item: Origin, delivery: Delivery | None, files_of: Whose) -> tuple[str, str, str]:
    """File, sheet and cell; nothing of the files of others, whose names their senders chose for themselves."""
    if delivery is None or (files_of is not None and not {item.reporter, delivery.reporter} <= files_of):
        return "", "", ""
    return delivery.file_name, item.place.sheet, item.place.cell


def _number(item: Origin, decimals: int) -> Cell:
    content = item.measurement.content
    return german.rounded(content, decimals) if isinstance(content, float | int) else content


def _seen(snapshot: Snapshot, item: Origin, breakdown: Breakdown) -> Origin:
    """With the sign for secret where the viewer must not know the number.

    Only sums over all reporters were judged on what they give away, so one reporter's part of a sum never shows.
    """
    kept = snapshot.hidden.hides(item.base_figure, breakdown, item.measurement.period)
    base, number = snapshot.hidden.rounding.get(item.base_figure), item.measurement.value
    if snapshot.suppressed and item.alone and base and number is not None:
        return replace(item, measurement=replace(item.measurement, value=shown_count(number, base)))
    if not snapshot.suppressed or (item.alone and not kept):
        return item
    return replace(item, measurement=replace(item.measurement, value=None, sign=Sign.SECRET))


def _reporter(snapshot: Snapshot, item: Origin) -> str:
    return snapshot.catalogue.reporter_name(item.reporter)


def _dated(snapshot: Snapshot, figure: Figure) -> Figure:
    return replace(figure, moment=snapshot.since, metadata=boards.about(snapshot))
