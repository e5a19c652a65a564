"""The comparison of cities as figures: places, quartiles, statuses, and who is not compared for what reason."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles

from indicators import german
from indicators.attainment import Status
from indicators.catalogue.schema import Unit
from indicators.figures import SCALE, Cell, Figure, cities, framed
from indicators.figures.cities import BAND, Course, Middle, Row
from indicators.figures.status import titled
from indicators.library import Entry, Library
from indicators.model import Breakdown, Measurement
from indicators.moments import local_day
from indicators.periods import Period
from indicators.ring.comparing import City, Shown, Standing

ENOUGH = 4
"""Cities that make quartiles."""


@dataclass(frozen=True)
class Topic:
    """What is compared: a shared indicator in one group. `own` is the viewer's member, `moment` is looked from."""

    entry: Entry
    group: str
    unit: Unit
    own: str
    moment: datetime

    @property
    def decimals(self) -> int:
        return self.entry.indicator.decimals

    @property
    def title(self) -> str:
        return self.entry.indicator.title

    @property
    def about(self) -> str:
        return self.unit.title if self.group == "Insgesamt" else f"{self.group}, {self.unit.title}"


def group_title(library: Library, breakdown: Breakdown) -> str:
    """In the shared words; a code that is shared no more stands for itself."""
    titles = {code: {one.code: one.title for one in axis.members} for code, axis in library.dimensions.items()}
    return ", ".join(titles.get(axis, {}).get(member, member) for axis, member in breakdown.members) or "Insgesamt"


def periods(found: Sequence[City]) -> list[Period]:
    """Those for which some city shows a value, the latest first."""
    return sorted({p.period for one in found for p in one.points if p.value is not None}, reverse=True)


def beside_each_other(topic: Topic, found: Sequence[City], period: Period) -> Figure:
    """The cities in one period."""
    values = _values(found, period)
    rows = [_row(one, period, values, topic) for one in found]
    with_value = [row for row in rows if isinstance(row.content, float)]
    ordered = sorted(with_value, key=_by_value)
    ordered += sorted((row for row in rows if not isinstance(row.content, float)), key=lambda row: row.name)
    about = _about(topic, "städte", f"{topic.title}: Städte im Vergleich", found, f"{topic.about}, {period.label}")
    return cities.distribution(about, ordered, middle(values), topic.unit.symbol, topic.decimals)


def _by_value(row: Row) -> tuple[float, str]:
    return -float(row.content) if isinstance(row.content, float) else 0.0, row.name


def over_time(topic: Topic, found: Sequence[City]) -> Figure:
    """The viewer's city beside median and quartiles."""
    by_period: dict[Period, list[float]] = defaultdict(list)
    for one in found:
        for point in one.points:
            if point.value is not None:
                by_period[point.period].append(point.value)
    middles = {period: middle(values) for period, values in sorted(by_period.items())}
    lines = {
        "Median der Städte": lambda one: one.median,
        BAND[0]: lambda one: one.lower,
        BAND[1]: lambda one: one.upper,
    }
    courses = [Course(name, _points(middles, part)) for name, part in lines.items()]
    mine = next((one for one in found if one.member == topic.own), None)
    own = Course(mine.name, mine.points) if mine else None
    about = _about(topic, "verlauf", f"{topic.title}: im Verlauf", found, topic.about)
    return cities.course(
        about, own, [one for one in courses if one.points], [topic.about], topic.unit.symbol, topic.decimals
    )


def _points(middles: Mapping[Period, Middle | None], part: Callable[[Middle], float | None]) -> tuple[Measurement, ...]:
    known = ((period, part(one)) for period, one in middles.items() if one)
    return tuple(Measurement(period, value) for period, value in known if value is not None)


def middle(values: Sequence[float]) -> Middle | None:
    """Median and quartiles; two cities have no middle."""
    if len(values) < 3:
        return None
    if len(values) < ENOUGH:
        return Middle(median(values))
    lower, central, upper = quantiles(values, n=4, method="inclusive")
    return Middle(central, lower, upper)


def _values(found: Sequence[City], period: Period) -> list[float]:
    points = (point for one in found for point in one.points if point.period == period)
    return [point.value for point in points if point.value is not None]


def _row(one: City, period: Period, values: Sequence[float], topic: Topic) -> Row:
    own = one.member == topic.own
    if one.shown is not Shown.COMPARED:
        return Row(one.name, None, remark=one.shown.word, own=own)
    point = next((found for found in one.points if found.period == period), None)
    status = titled(one.status) if one.status else ""
    if point is None:
        last = f", zuletzt {one.latest.period.label}" if one.latest else ""
        return Row(one.name, None, status=status, remark=f"für {period.label} nichts beigetragen{last}", own=own)
    if point.value is None:
        said = point.sign.meaning if point.sign else ""
        return Row(one.name, point.sign, status=status, remark=said, own=own)
    return Row(one.name, point.value, place(values, point.value), status, _given(one, own), own)


def _given(one: City, own: bool) -> str:
    stand = f"Stand {german.day(local_day(one.known_at))}" if one.known_at else ""
    return f"eigene Stadt; {stand}" if own else stand


def place(values: Sequence[float], value: float) -> str:
    """„3 von 12 (Prozentplatz 78)“: from the largest; the percentile is the share of the others that lie below."""
    above, below = sum(other > value for other in values), sum(other < value for other in values)
    rank = f"{above + 1} von {len(values)}"
    if len(values) < 2:
        return rank
    same = len(values) - above - below - 1
    percentile = round(100 * (below + same / 2) / (len(values) - 1))
    return f"{rank} (Prozentplatz {percentile})"


def _about(topic: Topic, key: str, title: str, found: Sequence[City], subtitle: str) -> Figure:
    left_out = Counter(one.shown for one in found if one.shown is not Shown.COMPARED)
    said = "; ".join(f"{german.counted(n, 'Stadt', 'Städte')}: {shown.word}" for shown, n in left_out.items())
    compared = sum(one.shown is Shown.COMPARED for one in found)
    note = f"Verglichen sind {german.counted(compared, 'Stadt', 'Städte')} nach derselben Definition."
    one = topic.entry.indicator
    return Figure(
        f"{key}-{one.code}",
        title,
        framed({"Stadt": []}),
        subtitle=subtitle,
        note=f"{note} Nicht verglichen: {said}." if said else note,
        source=f"Quelle: Beiträge der Städte zum Vergleichsring; {one.source}",
        metadata=(
            ("Kennzahl", f"{one.code} {one.title}"),
            ("Gruppe", topic.group),
            ("Definition", one.definition),
            ("Formel", topic.entry.formula.in_words(lambda code: f"„{_figure_title(topic.entry, code)}“")),
            ("Datenstand", german.moment(topic.moment)),
        ),
        moment=topic.moment,
    )


def _figure_title(entry: Entry, code: str) -> str:
    return next((figure.title for figure in entry.figures if figure.code == code), code)


def status_matrix(
    titles: Mapping[str, str], names: Mapping[str, str], found: Mapping[tuple[str, str], Status], moment: datetime
) -> Figure:
    """One row a shared indicator of which some city shows a status: which cities stand where, of many how many."""
    titles = {code: title for code, title in titles.items() if any(other == code for _, other in found)}
    counts = {code: Counter(status.scale for (_, other), status in found.items() if other == code) for code in titles}
    steps = [step for step in SCALE if any(count[step] for count in counts.values())]
    columns: dict[str, list[Cell]] = {"Kennzahl": [f"{code} {title}" for code, title in titles.items()]}
    columns |= {titled(step): [_named(found, names, code, step) for code in titles] for step in steps}
    return Figure(
        "staedte-status",
        "Status aller Städte",
        framed(columns),
        subtitle="Gemessen an den eigenen Zielen jeder Stadt",
        note="Gezeigt sind Städte, die ihren Status zeigen. Jede Stadt hat eigene Ziele: Der Status sagt, wie weit sie "
        "auf ihrem Weg ist, nicht, wer besser ist.",
        source="Quelle: Beiträge der Städte zum Vergleichsring",
        metadata=(("Datenstand", german.moment(moment)),),
        moment=moment,
    )


MOST_NAMES = 12


def _named(found: Mapping[tuple[str, str], Status], names: Mapping[str, str], code: str, step: Status) -> str:
    here = [names[m] for (m, other), status in found.items() if other == code and status.scale is step and m in names]
    return ", ".join(sorted(here)) if len(here) <= MOST_NAMES else german.counted(len(here), "Stadt", "Städte")


def own_places(titles: Mapping[str, str], units: Mapping[str, Unit], decimals: Mapping[str, int],
               found: Sequence[Standing], moment: datetime) -> Figure:  # fmt: skip
    """Where the viewer's city stands with every indicator that it shows."""
    known = [one for one in found if one.indicator in titles]
    columns: dict[str, list[Cell]] = {
        "Kennzahl": [f"{one.indicator} {titles[one.indicator]}" for one in known],
        "Zeitraum": [one.period.label for one in known],
        "Eigener Wert": [one.value for one in known],
        "Median": [one.median if one.count > 2 else None for one in known],
        "Einheit": [units[one.indicator].symbol or units[one.indicator].title for one in known],
        "Platz": [f"{one.count - one.below - one.same + 1} von {one.count}" for one in known],
    }
    own = {
        (row, column): decimals[one.indicator] for row, one in enumerate(known) for column in ("Eigener Wert", "Median")
    }
    return Figure(
        "eigene-plaetze",
        "Wo die eigene Stadt steht",
        framed(columns),
        subtitle="Im jüngsten eigenen Zeitraum; Platz 1 ist der größte Wert, nicht der beste",
        source="Quelle: Beiträge der Städte zum Vergleichsring",
        decimals={"Eigener Wert": 1, "Median": 1},
        own_decimals=own,
        unit_columns={"Eigener Wert": "Einheit", "Median": "Einheit"},
        metadata=(("Datenstand", german.moment(moment)),),
        moment=moment,
    )
