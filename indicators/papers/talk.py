"""The form for the talk on a unit's target agreement: what was agreed last, how it stands, and room for what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.boards import agreements as board
from indicators.boards import measures as measure_board
from indicators.boards import wanted
from indicators.boards.agreements import indicator_value
from indicators.figures import Figure, framed
from indicators.figures.status import titled
from indicators.knowledge.agreements import Goal
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.reports.imprint import Imprint

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TalkGoal:
    """A goal as it stands in the form; without `review` it is to be reviewed in the talk. `value` is that of its
    indicator today."""

    title: str
    agreed: Facts
    review: Facts
    value: str


@dataclass(frozen=True)
class Talk:
    """`last` are the goals of the year before, `begun` those that are there for this one."""

    city: str
    unit: str
    year: int
    day: date
    known: datetime
    state: str
    note: str
    last: tuple[TalkGoal, ...]
    begun: tuple[TalkGoal, ...]
    measures: Figure | None
    indicators: Figure | None
    word_template: bytes = b""

    @property
    def imprint(self) -> Imprint:
        return Imprint(f"Zielvereinbarung {self.year}: {self.unit}", self.city, self.state, self.word_template)


def talk(
    known: Snapshot,
    goals: Sequence[Goal],
    values: dict[str, str],
    measures: Sequence[Measure],
    reporter: str,
    year: int,
    day: date,
    word_template: bytes = b"",
) -> Talk:
    """Only what everyone in the talk may see may come in. `values` are those of the indicators of reviewed goals."""
    if not known.suppressed:
        raise ValueError("the form for a talk is made of what the steering group sees")
    catalogue = known.catalogue
    own = [one for one in goals if one.reporter == reporter and one.year in (str(year), str(year - 1))]
    named = {name for one in own for name in one.measures}
    running = [one for one in measures if one.reporter == reporter or one.name in named]
    codes = [code for one in own for code in one.codes("indicator")]
    codes += [code for one in running for code in one.codes("indicators")]
    current = [catalogue.current_indicator(code) for code in codes]
    return Talk(
        city=catalogue.city.name,
        unit=catalogue.reporter_name(reporter),
        year=year,
        day=day,
        known=known.moment,
        state=f"Datenstand {german.moment(known.since)}, Nr. {known.version}" if known.since else "noch keine Daten",
        note=catalogue.city.caution,
        last=tuple(_goal(one, known, values) for one in own if one.year == str(year - 1)),
        begun=tuple(_goal(one, known, values) for one in own if one.year == str(year)),
        measures=_measures(running) if running else None,
        indicators=_indicators(known, [code for code in dict.fromkeys(current) if code in catalogue.indicators]),
        word_template=word_template,
    )


def _goal(one: Goal, known: Snapshot, values: dict[str, str]) -> TalkGoal:
    facts = [pair for pair in board.agreed_facts(one, known.catalogue) if pair[0] not in ("Stelle", "Jahr")]
    review = board.review_facts(one, known.catalogue, values.get(one.name, ""))
    title = f"Ziel {one.text('number')}: {one.title}"
    return TalkGoal(title, tuple(facts), tuple(review) if one.outcome else (), indicator_value(one, known))


def _measures(found: Sequence[Measure]) -> Figure:
    return Figure(
        "massnahmen-der-stelle",
        "Maßnahmen der Stelle",
        framed(
            {
                "Maßnahme": [one.name if one.title in one.name else f"{one.name}: {one.title}" for one in found],
                "Status": [measure_board.titled(one.status) for one in found],
                "Sachstand": [one.text("state") for one in found],
            }
        ),
    )


def _indicators(known: Snapshot, codes: Sequence[str]) -> Figure | None:
    if not codes:
        return None
    found = [known.catalogue.indicator(code) for code in codes]
    latest = [known.headline(code).latest for code in codes]
    rules = [one.rules[0] if one.rules else None for one in found]
    return Figure(
        "kennzahlen-der-stelle",
        "Kennzahlen",
        framed(
            {
                "Kennzahl": [f"{one.code} {one.title}" for one in found],
                "Wert": [
                    board.measured(point, one, known.catalogue) if point else "kein Wert"
                    for one, point in zip(found, latest, strict=True)
                ],
                "Zeitraum": [point.period.label if point else "" for point in latest],
                "Ziel": [wanted.in_words(known.catalogue, one, rule) for one, rule in zip(found, rules, strict=True)],
                "Status": [titled(known.status(code)) for code in codes],
            }
        ),
    )
