"""Two states of the data, or two catalogues, give no more away than one: through the store, as pages see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indicators import boards
from indicators.boards.dossier import sections
from indicators.catalogue import Catalogue
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.knowledge import meetings, snapshot
from indicators.knowledge.meeting_records import take_over
from indicators.knowledge.provenance import origins
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import commits, versions
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Measurement, Series, Sign, Slice
from indicators.periods import Period
from indicators.store import Store
from indicators.suppression import NOTHING_HIDDEN, Hidden, HiddenValue, apply
from tests.conftest import observed
from tests.suppression.catalogues import catalogue, figure, indicator

DAY = datetime(2026, 1, 10)
YEAR = Period.of_year(2025)
ALL = "AWO, DRK, Caritas"
Deliver = Callable[..., int]


@pytest.fixture
def deliver(store: Store) -> Deliver:
    """One delivery of a reporter: values by (base figure, breakdown) for 2025; its number."""

    def commit(used: Catalogue, reporter: str, day: int, values: dict[tuple[str, str], float | str]) -> int:
        rows = tuple(observed((code, reporter, "2025", group, value)) for (code, group), value in values.items())
        slices = tuple(dict.fromkeys(row.slice for row in rows))
        reading = Reading("figures", reporter, None, rows, slices)
        upload = Upload("handgemacht.xlsx", repr((reporter, day, values)).encode(), "Test")
        at = DAY + timedelta(days=day)
        return commits.commit(store, used, upload, reading, valid_deliveries(store, slices), at).number

    return commit


def seen_on(store: Store, used: Catalogue, day: float) -> Snapshot:
    return snapshot.take(store, used, DAY + timedelta(days=day), suppressed=True)


def value(seen: Snapshot, code: str = "C-01", **group: str) -> object:
    point = seen.find(code, Breakdown.of(**group)).latest
    return point.content if point else None


def counted(below: int | None = 5, reporters: str = ALL, code: str = "faelle") -> Catalogue:
    return catalogue(
        [figure(code, reporters=reporters, below=below, more=", dimensions: [geschlecht]")],
        [indicator("C-01", code, more=", breakdowns: [geschlecht], decimals: 0")],
    )


def by_sex(*numbers: float, code: str = "faelle") -> dict[tuple[str, str], float | str]:
    return {
        (code, ""): sum(numbers),
        **{(code, f"geschlecht={sex}"): number for sex, number in zip("wmd", numbers, strict=True)},
    }


TOTAL = ("faelle", "")


def test_who_joins_a_sum_is_not_counted_by_subtraction(store, deliver):
    """40 before DRK joined and 42 since: „Neu seit“ would say that DRK counts two."""
    used = counted()
    deliver(used, "AWO", 1, {TOTAL: 40})
    deliver(used, "DRK", 2, {TOTAL: 2})
    before, after = (seen_on(store, used, day) for day in (1.5, 3))
    assert Sign.SECRET in (value(before), value(after))
    assert not [row for row in boards.changes(before, after) if "40" in row.before and "42" in row.after]


def test_of_three_one_joins_and_one_is_withdrawn(store, deliver):
    """60, 90 and 92; then 62: DRK's 30 may be known, Caritas' two may not."""
    used = counted()
    deliver(used, "AWO", 1, {TOTAL: 60})
    drk = deliver(used, "DRK", 2, {TOTAL: 30})
    deliver(used, "Caritas", 3, {TOTAL: 2})
    commits.withdraw(store, drk, DAY + timedelta(days=4), "Test", "falsch")
    values = [value(seen_on(store, used, day + 0.5)) for day in (1, 2, 3, 4)]
    assert all(content is Sign.SECRET for content in values)  # one key: hidden in one state, hidden in all


def test_who_joins_with_many_is_seen(store, deliver):
    used = counted()
    deliver(used, "AWO", 1, {TOTAL: 40})
    deliver(used, "DRK", 2, {TOTAL: 30})
    assert [value(seen_on(store, used, day)) for day in (1.5, 3)] == [40.0, 70.0]


def test_a_raised_threshold_holds_for_old_states_too(store, deliver):
    old, new = counted(below=3, reporters="AWO"), counted(below=5, reporters="AWO")
    deliver(old, "AWO", 1, {TOTAL: 4})
    assert value(seen_on(store, old, 1.5)) == 4.0
    versions.register(store, new, DAY + timedelta(days=5))
    assert value(seen_on(store, old, 1.5)) is Sign.SECRET
    assert value(seen_on(store, new, 6)) is Sign.SECRET


def test_a_lowered_threshold_holds_too(store, deliver):
    old, new = counted(below=5, reporters="AWO"), counted(below=3, reporters="AWO")
    deliver(old, "AWO", 1, {TOTAL: 4})
    versions.register(store, new, DAY + timedelta(days=5))
    assert value(seen_on(store, old, 1.5)) == 4.0


def test_one_view_does_not_show_what_the_other_hides_beside_a_small_number(store, deliver):
    """53 - 20 - 30 = 3. With another headline the second number that is hidden would be another one."""
    old = counted(reporters="AWO")
    new = catalogue(
        [figure("faelle", reporters="AWO", more=", dimensions: [geschlecht]")],
        [
            indicator("C-01", "faelle", more=", breakdowns: [geschlecht], headline: {geschlecht: w}, decimals: 0"),
            indicator("C-02", "faelle", more=", headline: {geschlecht: m}, decimals: 0"),
        ],
    )
    deliver(old, "AWO", 1, by_sex(20, 30, 3))
    versions.register(store, new, DAY + timedelta(days=5))
    groups: list[dict[str, str]] = [{}, *({"geschlecht": sex} for sex in "wmd")]
    views = [
        [value(seen_on(store, used, day), **group) is Sign.SECRET for group in groups]
        for used, day in ((old, 1.5), (new, 6))
    ]
    assert views[0] == views[1]
    assert sum(views[0]) == 2 and views[0][-1]


def test_a_figure_that_only_an_old_catalogue_shows_counts(store, deliver):
    """The old catalogue showed how many were left; the new one shows only the two figures."""
    figures = [figure("alle", below=None, reporters="AWO"), figure("einige", reporters="AWO")]
    single = [indicator("C-01", "alle", more=", decimals: 0"), indicator("C-02", "einige", more=", decimals: 0")]
    old = catalogue(figures, [*single, indicator("C-03", "alle - einige", more=", decimals: 0")])
    new = catalogue(figures, single)
    deliver(old, "AWO", 1, {("alle", ""): 40, ("einige", ""): 38})
    versions.register(store, new, DAY + timedelta(days=5))
    assert value(seen_on(store, old, 1.5), "C-03") is Sign.SECRET
    assert Sign.SECRET in (value(seen_on(store, new, 6), "C-01"), value(seen_on(store, new, 6), "C-02"))


def renamed() -> tuple[Catalogue, Catalogue]:
    made = []
    for code in ("faelle_alt", "faelle"):
        more = ", breakdowns: [geschlecht], headline: {geschlecht: d}, decimals: 0, method: direction"
        made.append(
            catalogue(
                [figure(code, reporters="AWO", more=", dimensions: [geschlecht]", below=None if "alt" in code else 5)],
                [indicator("C-01", code, more=more)],
                city="name: Kleinzahlstadt\nmeetings: [2026-01-12, 2026-01-20]\n",
            )
        )
    return made[0], made[1]


def test_status_in_the_meetings_keeps_the_old_code_s_number(store, deliver):
    """The base figure got a new code, and a threshold with it: the old one's 3 stays hidden at every meeting."""
    old, new = renamed()
    deliver(old, "AWO", 1, by_sex(20, 30, 3, code="faelle_alt"))
    versions.register(store, new, DAY + timedelta(days=5))
    deliver(new, "AWO", 6, by_sex(20, 30, 3))
    known = {used.version: used for used in (old, new)}
    take_over(store, new.city.meetings, DAY)
    seen = seen_on(store, new, 20)
    for hidden, told in ((seen.hidden, False), (NOTHING_HIDDEN, True)):
        history = meetings.past_statuses(store, new, "C-01", DAY + timedelta(days=20), known.__getitem__, hidden)
        shown = [figure for part in sections(store, seen, new.indicator("C-01"), history) for figure in part.figures]
        assert told is any(cell == 3 for part in shown for row in part.frame.to_numpy().tolist() for cell in row)
    assert value(seen_on(store, old, 1.5), geschlecht="d") is Sign.SECRET
    keys = {(v.base_figure, v.breakdown.code) for v in seen.hidden.values}
    assert {group for code, group in keys if code == "faelle"} == {g for code, g in keys if code == "faelle_alt"}


def test_where_the_numbers_come_from_shows_no_part_of_a_sum(store, deliver):
    """The catalogue names AWO alone today, but DRK has delivered: its two are part of the sum all the same."""
    old, new = counted(), counted(reporters="AWO")
    deliver(old, "AWO", 1, {TOTAL: 40})
    deliver(old, "DRK", 2, {TOTAL: 2})
    versions.register(store, new, DAY + timedelta(days=5))
    for used, day in ((old, 1.5), (old, 3), (new, 6)):
        seen = seen_on(store, used, day)
        found = origins(store, used, used.indicator("C-01"), Breakdown(), YEAR, seen.moment)
        assert [item.reporter for item in found] == (["AWO"] if day == 1.5 else ["AWO", "DRK"])
        part = sections(store, seen, used.indicator("C-01"), [])[-1].figure
        assert set(part.frame["Wert"]) == {Sign.SECRET}


def test_a_part_is_not_shown_while_another_is_still_owed(store, deliver):
    """DRK delivered 2024 and owes 2025: the sum is not known, and AWO's part of it is not told."""
    used = counted()
    rows = tuple(observed(("faelle", "DRK", "2024", "", 30.0)) for _ in range(1))
    covers = (Slice("faelle", "DRK", Period.of_year(2024)),)
    reading = Reading("figures", "DRK", None, rows, covers)
    commits.commit(store, used, Upload("drk.xlsx", b"drk", "Test"), reading, {}, DAY)
    deliver(used, "AWO", 1, {TOTAL: 40})
    found = origins(store, used, used.indicator("C-01"), Breakdown(), YEAR, DAY + timedelta(days=2))
    assert [(item.reporter, item.alone) for item in found] == [("AWO", False)]


def test_a_single_reporter_s_number_is_shown(store, deliver):
    used = counted()
    deliver(used, "AWO", 1, {TOTAL: 40})
    part = sections(store, seen_on(store, used, 2), used.indicator("C-01"), [])[-1].figure
    assert list(part.frame["Wert"]) == [40]


def test_a_quotient_without_a_denominator_does_not_tell_that_it_is_zero(store, deliver):
    """Of 20 boys all are in day care: whoever sees „x“ beside a hidden number knows that it is the 20."""
    used = catalogue(
        [
            figure("kinder", below=None, reporters="AWO", more=", dimensions: [geschlecht]"),
            figure("kita", reporters="AWO", more=", dimensions: [geschlecht]"),
        ],
        [indicator("C-01", "100 * kita / (kinder - kita)", unit="Prozent", more=", breakdowns: [geschlecht]")],
    )
    deliver(used, "AWO", 1, by_sex(30, 20, 40, code="kinder") | by_sex(3, 20, 20, code="kita"))
    seen = seen_on(store, used, 2)
    hidden = {v.breakdown.code for v in seen.hidden.values if v.base_figure == "kita"}
    assert hidden == {"geschlecht=w", "geschlecht=m"} or hidden == {"geschlecht=w", "geschlecht=d"}
    assert value(seen, geschlecht="w") is Sign.SECRET
    assert (value(seen, geschlecht="m") is Sign.SECRET) is ("geschlecht=m" in hidden)
    series = (Series("C-01", Breakdown.of(geschlecht="m"), (Measurement(YEAR, None, Sign.BLOCKED),)),)
    whole = Hidden((HiddenValue("kita", Breakdown.of(geschlecht="m"), YEAR, 20.0, small=False),))
    (told,) = apply({"C-01": series}, whole, used)["C-01"]
    assert told.points[0].sign is Sign.SECRET
    (open_one,) = apply({"C-01": series}, NOTHING_HIDDEN, used)["C-01"]
    assert open_one.points[0].sign is Sign.BLOCKED
