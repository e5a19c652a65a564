"""Everything that is known at one moment, judged: what the pages of a meeting look at together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from indicators import observations
from indicators.attainment import Assessment, Status, assess, gap_values, worst
from indicators.catalogue import Catalogue, Indicator, RuleDefinition
from indicators.foreign_text import names_numbers
from indicators.knowledge import comments
from indicators.knowledge.agreed import in_force
from indicators.knowledge.agreements import wanted_at
from indicators.knowledge.comments import Comment
from indicators.knowledge.delivered_remarks import beside_indicators
from indicators.knowledge.elsewhere import values, with_elsewhere
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store
from indicators.suppression import Hidden, HiddenValue, apply, gives_away, hidden_in_every_view
from indicators.suppression.rounding import rounded
from indicators.targets import TargetRule

BESIDE = "select (select coalesce(max(id), 0) from agreed_target), (select coalesce(max(id), 0) from comment)"
Key = tuple[int, tuple[int, int], str, datetime, bool]


@dataclass(frozen=True)
class Judgement:
    """One target of an indicator with its status; `series` is what was judged (for gaps the difference or ratio)."""

    indicator: Indicator
    definition: RuleDefinition
    rule: TargetRule
    series: Series
    assessment: Assessment


@dataclass(frozen=True)
class Snapshot:
    """All series and statuses as known at `moment`.

    `version` is the number of the last event until then and `since` its time: the state of the data that is shown.
    `suppressed` says that it is for people from whom `hidden` base values are kept. `stored` is the state of the whole
    store when this was taken: what is hidden follows from all of it, also from what came in after `moment`. For the
    office `rounded` are the series that others see rounded; everybody's statuses are judged by these. The catalogue's
    goals are those of the day of `moment`, its targets those in force then, with what bodies had decided by then;
    `comments` are the remarks of people that this viewer may read, by indicator. `beside` are the last rows of both in
    the store. `elsewhere` are the sources of what is published of other places, by indicator.
    """

    catalogue: Catalogue
    moment: datetime
    version: int
    series: Mapping[str, tuple[Series, ...]]
    judgements: Mapping[str, tuple[Judgement, ...]]
    suppressed: bool
    hidden: Hidden
    since: datetime | None = None
    stored: int = 0
    rounded: Mapping[str, tuple[Series, ...]] = field(default_factory=dict)
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    beside: tuple[int, int] = (0, 0)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> "Key":
        """What everything that is made of this snapshot is kept under."""
        return self.stored, self.beside, self.catalogue.version, self.moment, self.suppressed

    def find(self, code: str, breakdown: Breakdown) -> Series:
        """The series in this breakdown; one without points where nothing was delivered."""
        found = (series for series in self.series[code] if series.breakdown == breakdown)
        return next(found, Series(code, breakdown, ()))

    def judged_by(self, code: str, breakdown: Breakdown) -> Series:
        """The series that statuses are judged by: the one that everybody sees, where numbers are rounded."""
        found = (series for series in self.rounded.get(code, ()) if series.breakdown == breakdown)
        return next(found, self.find(code, breakdown))

    def headline(self, code: str) -> Series:
        """The series that overview and status speak of."""
        return self.find(code, self.catalogue.indicator(code).headline)

    def assessment(self, code: str) -> Assessment | None:
        """The indicator's first status, None where nothing is wanted of it (Rahmenbedingungen)."""
        return self.judgements[code][0].assessment if self.judgements[code] else None

    def status(self, code: str) -> Status:
        """The worst of the indicator's statuses; not judged only where none is."""
        return worst(judgement.assessment.status for judgement in self.judgements[code])

    def kept_from_others(self, code: str) -> list[tuple[Breakdown, Period]]:
        """Where the office sees a value of this indicator that everyone else does not."""
        if self.suppressed:
            return []
        indicator = self.catalogue.indicator(code)
        return [
            (series.breakdown, point.period)
            for series in self.series[code]
            for point in series.points
            if point.value is not None and gives_away(indicator, series.breakdown, point, self.hidden, self.catalogue)
        ]

    @property
    def unprotected(self) -> tuple[HiddenValue, ...]:
        """For the office: values that are hidden, and that someone can narrow down all the same."""
        return () if self.suppressed else self.hidden.unsafe

    @property
    def delivered(self) -> tuple[str, ...]:
        """Codes of the indicators that have at least one value or sign."""
        return tuple(code for code, series in self.series.items() if series)


def take(store: Store, catalogue: Catalogue, moment: datetime, *, suppressed: bool) -> Snapshot:
    """Reads and judges all indicators as known at the moment; `suppressed` as everyone but the office may see them.

    >>> known = take(store, catalogue, datetime(2026, 6, 1), suppressed=True)
    >>> known.version, known.headline("B-01").latest.value
    (1, 12.5)
    >>> take(store, catalogue, datetime(2026, 1, 1), suppressed=True).headline("B-01").latest is None
    True
    """
    stored, last = store.data_version, beside(store)
    catalogue = in_force(catalogue.on(local_day(moment)), wanted_at(store, catalogue, moment))
    known = observations.series(store, catalogue, tuple(catalogue.indicators), moment)
    hidden = hidden_in_every_view(store, catalogue)
    told, rounded_ones = rounded(store, catalogue, tuple(catalogue.indicators), moment, hidden.rounding)
    if suppressed:
        known, catalogue = apply({**known, **rounded_ones}, hidden, told), told
        rounded_ones = {}
    known, elsewhere = with_elsewhere(known, catalogue, values(store, catalogue, moment))
    version, since = _last_event(store, moment)
    snapshot = Snapshot(
        catalogue,
        moment,
        version,
        known,
        {},
        suppressed=suppressed,
        hidden=hidden,
        since=since,
        stored=stored,
        rounded=rounded_ones,
        beside=last,
        elsewhere=elsewhere,
    )
    judgements = {code: judged(snapshot, one) for code, one in told.indicators.items()}
    return replace(snapshot, judgements=judgements, comments=_readable(snapshot, comments.comments(store, moment)))


def beside(store: Store) -> tuple[int, int]:
    """The last rows of what is known beside the deliveries: decisions on targets, and remarks."""
    [(decided, said)] = store.rows(BESIDE)
    return int(decided), int(said)


def _readable(snapshot: Snapshot, every: Iterable[Comment]) -> dict[str, tuple[Comment, ...]]:
    """By indicator the remarks that go with what the viewer sees: none on a value that is kept from them."""
    found: dict[str, list[Comment]] = defaultdict(list)
    for one in (put for said in every for put in beside_indicators(snapshot.catalogue, snapshot.series, said)):
        code = snapshot.catalogue.current_indicator(one.indicator)
        indicator = snapshot.catalogue.indicators.get(code)
        if indicator and (not snapshot.suppressed or _goes_with(snapshot, indicator, one)):
            found[code].append(one)
    return {code: tuple(own) for code, own in found.items()}


def _goes_with(snapshot: Snapshot, indicator: Indicator, comment: Comment) -> bool:
    """Whether a remark may be read by everyone. Whoever wrote it may have known what is kept from the reader."""
    if names_numbers(comment.text) and comments.is_protected(snapshot.catalogue, indicator):
        return False
    if comment.period is None:
        return True
    point = snapshot.find(indicator.code, comment.breakdown).at(comment.period)
    return point is not None and point.sign not in (Sign.SECRET, Sign.UNKNOWN)


def with_indicator(snapshot: Snapshot, indicator: Indicator) -> Snapshot:
    """The same knowledge, with other targets for one indicator: how it would be judged."""
    catalogue = replace(snapshot.catalogue, indicators={**snapshot.catalogue.indicators, indicator.code: indicator})
    judgements = {**snapshot.judgements, indicator.code: judged(snapshot, indicator)}
    return replace(snapshot, catalogue=catalogue, judgements=judgements)


def judged(snapshot: Snapshot, indicator: Indicator) -> tuple[Judgement, ...]:
    """All targets of an indicator, which may have others than the snapshot's own, by what the snapshot knows."""
    return tuple(
        _judge(snapshot, indicator, definition, rule)
        for definition, rule in zip(indicator.rule_definitions, indicator.rules, strict=True)
    )


def _judge(snapshot: Snapshot, indicator: Indicator, definition: RuleDefinition, rule: TargetRule) -> Judgement:
    series = judged_series(snapshot, indicator, definition)
    return Judgement(indicator, definition, rule, series, assess(series, rule, decimals=indicator.exact_decimals))


def judged_series(snapshot: Snapshot, indicator: Indicator, definition: RuleDefinition) -> Series:
    """The indicator in the rule's breakdown, or the gap between two of its members."""
    breakdown = definition.breakdown or indicator.headline
    if definition.gap is None:
        return snapshot.judged_by(indicator.code, breakdown)
    gap = definition.gap
    base = breakdown.without(gap.dimension)
    first = snapshot.judged_by(indicator.code, base.with_(gap.dimension, gap.of))
    second = snapshot.judged_by(indicator.code, base.with_(gap.dimension, gap.against) if gap.against else base)
    values = gap_values(
        [(p.period, p.content) for p in first.points], [(p.period, p.content) for p in second.points], gap.mode.value
    )
    deliveries = {p.period: p.delivery for p in (*first.points, *second.points)}
    return Series(indicator.code, first.breakdown, tuple(_point(period, value, deliveries) for period, value in values))


def _point(period: Period, value: object, deliveries: Mapping[Period, int | None]) -> Measurement:
    if isinstance(value, float):
        return Measurement(period, value, delivery=deliveries.get(period))
    return Measurement(period, None, value, delivery=deliveries.get(period))  # type: ignore[arg-type]


def _last_event(store: Store, moment: datetime) -> tuple[int, datetime | None]:
    """Number and time of the last event until the moment; 0 and None before the first."""
    rows = store.rows(
        "select id, happened_at from event where happened_at <= $moment order by id desc limit 1", {"moment": moment}
    )
    return (int(rows[0][0]), rows[0][1]) if rows else (0, None)
