"""The sample that is full: every field has values, quarters pass, and what happens in a real year has happened."""

import zipfile
import zlib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators import boards
from indicators.attainment import METHODS, Status
from indicators.boards.concept import named_approaches
from indicators.boards.concept_change import changes
from indicators.catalogue import Catalogue, FigureKind, Frequency, lint
from indicators.exports import FORMATS, INVENTED, marked
from indicators.installation import Installation
from indicators.knowledge.agreements import goals
from indicators.knowledge.consultations import consultations, due
from indicators.knowledge.interviews import AHEAD, HELD, interviews
from indicators.knowledge.measures import measures
from indicators.knowledge.releases import released
from indicators.knowledge.snapshot import Snapshot
from indicators.knowledge.unclaimed import not_counted, unclaimed
from indicators.ledger import archive, duties
from indicators.ledger.duties import State
from indicators.model import Breakdown, Sign
from indicators.moments import end_of_day
from indicators.periods import Period, PeriodKind
from indicators.settings import SAMPLE_DEFINITIONS, Settings
from indicators.targets import Point
from tests.suppression.attacker import Attacker, disclosures
from tests.suppression.one_state import base_values, hidden_values

pytestmark = pytest.mark.slow
TODAY = datetime(2026, 11, 29, 12)
SCALE = {
    Status.REACHED,
    Status.ON_TRACK,
    Status.SLIGHTLY_BEHIND,
    Status.CLEARLY_BEHIND,
    Status.WRONG_DIRECTION,
    Status.NOT_JUDGED,
}


@pytest.fixture(scope="module")
def city(full_sample: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MONITORING_HOME", raising=False)
        opened = Installation(Settings(sample="musterstadt", database=full_sample))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(city: Installation) -> Snapshot:
    """As the steering group sees it."""
    return city.known(None, TODAY, suppressed=True)


@pytest.fixture(scope="module")
def catalogue(city: Installation) -> Catalogue:
    return city.catalogue()


def test_the_definitions_have_no_fault_and_all_that_is_stored_has_its_place(city, catalogue):
    assert lint(SAMPLE_DEFINITIONS["musterstadt"], methods=METHODS) == []
    assert [*unclaimed(city.store, catalogue), *not_counted(city.store, catalogue)] == []


def test_every_indicator_of_every_field_has_values(known, catalogue):
    assert [field.code for field in catalogue.fields] == ["S", "V", *"ABCDEFGH"]
    assert 40 <= len(catalogue.indicators) <= 60
    for code in catalogue.indicators:
        assert known.headline(code).latest_value, code


def test_quarters_pass_over_three_years_at_departments_and_four_providers(city, known, catalogue):
    quarterly = {
        code: [point.period for point in known.headline(code).points if point.value is not None]
        for code, indicator in catalogue.indicators.items()
        if indicator.frequency.kind is PeriodKind.QUARTER
    }
    assert len(quarterly) >= 15
    for code, periods in quarterly.items():
        assert len(periods) >= 10, code
        assert max(periods) >= Period.quarter(2026, 2), code
    delivered = archive.deliveries(city.store).dropna(subset=["period"])  # own tables are for many periods
    quarters = delivered[[Period.from_key(int(key)).kind is PeriodKind.QUARTER for key in delivered["period"]]]
    who = set(quarters["reporter"])
    assert {"SI", "JC", "FB 33", "FB 50", "FB 51", "SPW", "WVM", "HdB", "BRU", "BRW"} <= who


def test_every_step_of_the_scale_and_every_method_occurs(known, catalogue):
    assert {known.status(code).scale for code in catalogue.indicators} == SCALE
    used = {rule.method for indicator in catalogue.indicators.values() for rule in indicator.rules}
    assert used == set(METHODS)


def test_small_numbers_are_hidden_and_rounded_where_that_is_agreed(known, catalogue):
    signs = {
        code
        for code in catalogue.indicators
        for series in known.series[code]
        for point in series.points
        if point.value is None and point.sign in (Sign.SECRET, Sign.UNKNOWN)
    }
    assert {"F-03", "E-04"} <= signs
    assert all((point.value or 0) % 5 == 0 for point in known.headline("D-02").points)


def test_nothing_that_is_hidden_can_be_worked_out(city, catalogue, monkeypatch):
    """By a reader who sees all that is shown; no year is, of what is counted by the quarter."""
    flows = {figure.code for figure in catalogue.base_figures.values() if figure.kind is FigureKind.FLOW}
    yearly = (one for one in catalogue.indicators.values() if one.frequency.kind is PeriodKind.YEAR)
    quarterly = {code for code in flows if catalogue.base_figure(code).frequency is Frequency.QUARTERLY}
    assert not any(quarterly & set(one.expression.names) for one in yearly)
    monkeypatch.setattr(Attacker, "_learn_years", lambda self, hidden: None)
    for moment in (datetime(2025, 6, 1), TODAY):
        values = base_values(city.store, catalogue, moment)
        hidden = hidden_values(values, catalogue)
        assert len(hidden.values) > 20
        assert list(disclosures(values, hidden, catalogue)) == []


def value(city: Installation, code: str, period: str, day: date) -> float | None:
    series = city.known(end_of_day(day), TODAY, suppressed=False).headline(code)
    point = series.at(Period.parse(period))
    return point.value if point else None


def test_a_correction_changes_what_was_known_before(city):
    before, after = (value(city, "C-02", "2025-Q1", day) for day in (date(2025, 6, 18), date(2025, 11, 19)))
    assert before and after and 1.02 < before / after < 1.04
    [reason] = [
        row[0]
        for row in city.store.rows(
            "select reason from accepted_finding where rule = 'corrected-values' order by delivery"
        )
        if "Geringfügig" in row[0]
    ]
    assert reason == "Geringfügig Beschäftigte waren mitgezählt."


def test_a_withdrawal_stands_in_the_history_and_the_right_numbers_are_valid(city):
    events = archive.history(city.store)
    assert list(events[events["kind"] == "withdraw"]["reporter"]) == ["FB 33"]
    wrong, gone, right = (value(city, "H-02", "2025-Q3", day) for day in (
        date(2025, 10, 31), date(2025, 11, 5), date(2025, 11, 10)))  # fmt: skip
    assert wrong == value(city, "H-02", "2025-Q2", date(2025, 10, 31))
    assert gone is None
    assert right not in (None, wrong)


def test_two_targets_were_decided_and_meetings_of_before_keep_their_status(city, catalogue, known):
    """The stricter one was decided on the day of a meeting and entered two days later: that meeting saw the old one."""
    then = {day: city.known(end_of_day(day), TODAY, suppressed=True) for day in (date(2025, 6, 18), date(2025, 6, 20))}
    seen = [one.judgements["B-01"][0].rule.target for one in then.values()]
    assert seen == [Point.of(2028, 34), Point.of(2030, 40)]
    assert known.judgements["B-01"][0].rule.agreed.paper == "25-1187"
    assert known.judgements["F-02"][0].rule.target == Point.of(2032, 36)
    assert catalogue.indicator("B-01").agreed == {}


def test_a_value_was_typed_and_its_file_says_by_whom(city):
    found = archive.deliveries(city.store)
    [row] = found[found["file_name"] == "Von-Hand_2025_SI_gremien_sitze.xlsx"].itertuples()
    book = load_workbook(BytesIO(archive.original(city.store, int(row.id))[1]))
    said = [cell.value for cells in book["Anleitung"].iter_rows() for cell in cells if cell.value]
    assert "am 18.02.2026, 14:20 Uhr von Stabsstelle Integration" in said


def test_someone_is_late_and_someone_is_missing(city, catalogue):
    found = {(duty.reporter, str(duty.period)): duty.state for duty in duties.duties(city.store, catalogue, TODAY)}
    assert found["HdB", "2026-Q3"] is State.MISSING
    assert found["BRW", "2026-Q3"] is State.LATE
    owed = [key for key, state in found.items() if state in (State.MISSING, State.PARTIAL, State.WITHDRAWN)]
    assert owed == [("HdB", "2026-Q3")]


def test_the_provider_that_took_over_goes_on_where_the_other_ended(known):
    """Two report the courses; from 2025 on the Brückenwerk in the place of the Verein Brücke."""
    points = {str(point.period): point.value for point in known.headline("A-04").points}
    assert points["2024-Q4"] and points["2025-Q1"]
    assert 0.9 < points["2025-Q1"] / points["2024-Q4"] < 1.1


def test_a_target_was_changed_by_a_later_version_of_the_definitions(city):
    then, now = (city.definitions_at(end_of_day(day)) for day in (date(2024, 11, 20), date(2025, 3, 12)))
    assert then.version != now.version == city.catalogue().version
    assert then.indicator("C-03").targets != now.indicator("C-03").targets


def test_own_tables_of_the_statisticians_run_through_without_a_question_the_next_year(city, known):
    listed = archive.deliveries(city.store)
    own = sorted(name for name in listed["file_name"] if name.startswith("Bevölkerung"))
    assert own == ["Bevölkerung_2019-2023.xlsx", "Bevölkerung_2019-2024.xlsx", "Bevölkerung_2019-2025.xlsx"]
    assert len(known.headline("S-01").points) == 7
    assert known.find("S-01", Breakdown.of(stadtteil="hafen_lindenau")).latest_value


def test_meetings_lie_in_the_past_and_ahead_and_readers_find_something(city, catalogue):
    meetings = catalogue.city.meetings
    assert min(meetings) < TODAY.date() < max(meetings)
    assert list(released(city.store)) == ["B-01", "H-01", "S-01"]


def said(content: bytes) -> str:
    """What a reader finds in the file; of a PNG its description."""
    if content.startswith(b"\x89PNG"):
        return content.decode(errors="ignore")
    if not zipfile.is_zipfile(BytesIO(content)):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_file_and_picture_says_that_its_numbers_are_invented(known, catalogue, name):
    plain = [boards.trend_figure(known, catalogue.indicator("C-01"), [Breakdown()])]
    figures = marked(plain, INVENTED)
    assert "rfundene Zahlen" in said(FORMATS[name].render(figures))
    assert "erfundene Zahlen" in figures[0].subtitle  # the picture's own words are drawn, not written
    for figure in boards.figures(known):
        assert "Erfundene Zahlen" in dict(figure.metadata)["Hinweis"]


def test_the_workbooks_that_were_delivered_say_it_too(city):
    contents = [row[0] for row in city.store.rows("select content from file order by sha256 limit 12")]
    assert len({zlib.crc32(content) for content in contents}) == 12
    for content in contents:
        assert "rfundene Zahlen" in said(content)


def test_forty_measures_of_two_concepts_have_three_years_of_history(city, catalogue):
    found = measures(city.store, TODAY, catalogue.small_below)
    assert len(found) == 40
    assert {one.text("concept") for one in found} == {"Integrationskonzept 2023", "Integrationsplan 2014"}
    assert {one.status for one in found} >= {"in Umsetzung", "umgesetzt", "verstetigt", "zurückgestellt", "entfallen"}
    assert sum(len(one.history) >= 3 for one in found) >= 20
    assert sum(bool(one.overdue(TODAY.date())) for one in found) in range(3, 15)
    assert any(Sign.SECRET in one.values.values() for one in found)
    assert {code for one in found for code in one.codes("indicators")} <= set(catalogue.indicators)
    then = {one.name: one.status for one in measures(city.store, datetime(2024, 3, 6), None)}
    assert len(then) == 40 and then != {one.name: one.status for one in found}


def test_measures_go_through_committees_one_was_put_off_twice_and_one_was_dealt_with_behind_closed_doors(city):
    everything, others = (consultations(city.store, TODAY, all_of_them=knows) for knows in (True, False))
    waiting = {one.station.measure[-6:]: one for one in due(everything, TODAY.date()) if one.times}
    assert [(name, one.times, str(one.day)) for name, one in waiting.items()] == [("Nr. 22", 2, "2027-01-20")]
    assert "Honorarsätze" in str(everything) and "Honorarsätze" not in str(others)
    assert [one.committee for one in others if one.closed] == ["Verwaltungsvorstand"]


def test_the_office_has_spoken_with_five_units_about_their_measures_and_will_with_a_sixth(city):
    found = interviews(city.store, TODAY)
    assert [(one.reporter, one.stands(TODAY.date())) for one in found] == [
        ("FB 41", AHEAD), ("WVM", HELD), ("FB 53", HELD), ("FB 50", HELD), ("FB 40", HELD), ("FB 51", HELD),
    ]  # fmt: skip
    named = {name for one in found for name in one.measures}
    assert len(named) == 14 and all(name.startswith("Integrationskonzept 2023 · Nr. ") for name in named)


def test_three_units_have_agreed_on_goals_for_three_years_and_one_feeds_an_indicator(city, catalogue, known):
    found = goals(city.store, TODAY, catalogue.small_below)
    assert {(one.reporter, one.year) for one in found} == {
        (unit, year) for unit in ("FB 40", "FB 50", "FB 51") for year in ("2024", "2025", "2026")
    }
    assert {one.outcome for one in found} == {"", "erreicht", "teilweise erreicht", "nicht erreicht"}
    assert all(one.outcome for one in found if one.year != "2026")
    assert {one.carried_to for one in found} >= {("FB 50 · 2025 · Nr. 3",), ("FB 50 · 2026 · Nr. 3",)}
    rule = known.judgements["F-04"][0].rule
    assert rule.agreed.agreement == "FB 50 · 2026 · Nr. 3"
    passed = (Point.of("2024-Q4", 65), Point.of("2025-Q4", 70))
    assert rule.targets == (*passed, Point.of("2026-Q3", 73), Point.of("2026-Q4", 75))
    before = city.known(end_of_day(date(2025, 2, 26)), TODAY, suppressed=True).judgements["F-04"][0].rule
    assert before.targets == (*passed, Point.of("2026-Q4", 75))


def test_the_concept_went_on_with_a_goal_reworded_one_ended_one_new_and_an_indicator_that_moved(city, known):
    day = date(2025, 11, 19)
    before = city.definitions_at(end_of_day(day)).on(day)
    found = {(one.code, one.act.value): one for one in changes(before, known.catalogue)}
    assert found["D-1.1", "neuer Wortlaut"].before == "Die Zeit in der Unterkunft wird kürzer."
    assert {key[0] for key in found if key[1] in ("neu", "beendet")} == {"G-1.3", "G-2.2"}
    moved = found["G-02", "anders zugeordnet"]
    assert (moved.before[:5], moved.after[:5]) == ("G-2.2", "G-1.3")
    assert min(point.period for point in known.headline("G-02").points) == Period.quarter(2023, 4)
    then = city.known(end_of_day(day), TODAY, suppressed=True).catalogue
    assert then.indicators_for("G-2.2") and not known.catalogue.indicators_for("G-2.2")


def test_measures_name_approaches_of_the_concept(city, catalogue):
    named = {code for one in measures(city.store, TODAY, None) for code in named_approaches(one, catalogue)}
    assert named == {"A-2.a", "B-1.a", "D-1.a", "D-1.b", "D-2.a", "G-1.a"} == set(catalogue.approaches)
