"""Each of the five cities goes through its own cycle, from its paper to the end, with the steps that its paper has.

What committees decide and what is agreed is invented here: the set-ups hold nothing of it.
"""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import docx
import pytest

from indicators.attainment import METHODS
from indicators.boards.measure_way import next_step, steps
from indicators.catalogue import Catalogue, lint, load
from indicators.datasets import AGREEMENTS, CONSULTATIONS, INTERVIEWS, MEASURES
from indicators.datasets.listed.standing import Standing
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.knowledge.agreements import Goal, goals
from indicators.knowledge.bodies import bodies
from indicators.knowledge.consultations import Consultation, consultations, due, of_measure
from indicators.knowledge.interviews import interviews
from indicators.knowledge.measures import Measure, measures
from indicators.knowledge.meeting_records import meetings
from indicators.moments import local_day
from indicators.papers import measure_paper, paper_word, talk_word
from indicators.papers.forms import forms
from indicators.papers.talk import talk
from indicators.reports import packed
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind, Report
from indicators.reports.wishes import Wish
from indicators.samples import SAMPLES
from indicators.samples.papers import PAPERS
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store

Rows = Mapping[str, str | float]


@dataclass
class City:
    """A set-up and its day, which goes on with what people enter."""

    store: Store
    catalogue: Catalogue
    at: datetime

    @property
    def unit(self) -> str:
        return next(iter(self.catalogue.reporters))

    def enter(self, on: date, data_set: Standing, name: str = "", **said: str | float) -> None:
        """As the forms of the pages do it; `name` is that of an entry that is there."""
        self.at = max(self.at + timedelta(minutes=1), datetime.combine(on, time(10)))
        now = data_set.states(self.store)[name][-1] if name else None
        typed = {**dict((now.content if now else None) or ()), **said}
        basis = now.delivery if now else None
        staged = edit(self.store, self.catalogue, data_set, self.unit, typed, basis, "Test", self.at)
        assert not staged.blocked, staged.findings
        confirm(self.store, self.catalogue, staged, self.at, dict.fromkeys(staged.to_explain, "beschlossen"))

    def measure(self, number: str) -> Measure:
        return next(one for one in measures(self.store, self.at, None) if one.text("number") == number)

    def stations(self, number: str) -> list[Consultation]:
        found = consultations(self.store, self.at, all_of_them=True)
        return of_measure(found, self.measure(number).name)

    def goal(self) -> Goal:
        [found] = list(goals(self.store, self.at, None))
        return found

    def goes_through_committees(self, number: str, final: str) -> None:
        """One outcome after the other, on the day of each; before each the committee waits, afterwards none does."""
        waiting = self.stations(number)
        for one in waiting:
            assert one.on is not None
            if one.on >= local_day(self.at):
                told = next_step(self.measure(number), self.stations(number), one.on)
                assert one.committee in told, (one.committee, told)
            outcome = "zur Kenntnis genommen" if one.text("role") == "zur Kenntnis" else "unverändert beschlossen"
            last = one is waiting[-1]
            self.enter(one.on, CONSULTATIONS, one.name, outcome=final if last else outcome)
        assert due(self.stations(number), local_day(self.at)) == []

    def stands(self, day: date, number: str, status: str) -> None:
        self.enter(day, MEASURES, self.measure(number).name, status=status)
        assert self.measure(number).status == status

    def paper(self, number: str, form: str) -> str:
        """The city's paper about a measure, as text."""
        one, shape = self.measure(number), forms()[form]
        known = snapshot.take(self.store, self.catalogue, self.at, suppressed=True)
        draft = measure_paper.proposed(known, one, self.stations(number), one.name, form, local_day(self.at))
        made = measure_paper.of_measure_paper(known, one, draft, shape, local_day(self.at))
        return said(paper_word.render(made))

    def report(self, kind: Kind) -> Report:
        known = snapshot.take(self.store, self.catalogue, self.at, suppressed=True)
        made = make(self.store, known, Wish(kind), local_day(self.at))
        assert FORMATS["html"].render(made) and packed.unpack(packed.pack(made)).title == kind.word
        return made


def said(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def tables(report: Report) -> str:
    """All that stands in the tables of a report."""
    return "\n".join(one.figure.frame.to_csv(sep=";") for one in report.exhibits)


@pytest.fixture
def city(paper_sample: Callable[[str], Path]):
    opened = []

    def begun(name: str) -> City:
        store = Store(paper_sample(name))
        opened.append(store)
        folder = SAMPLE_DEFINITIONS[name]
        return City(store, load(folder, methods=METHODS), datetime.combine(PAPERS[name].day, time(12)))

    yield begun
    for store in opened:
        store.close()


@pytest.mark.parametrize("name", PAPERS)
def test_a_set_up_says_its_paper_and_no_outcome_figure_or_cost_beside_it(city, name):
    found = city(name)
    folder = SAMPLE_DEFINITIONS[name].parent
    assert not lint(folder / "definitions", methods=METHODS)
    assert "nichts ist dazuerfunden" in (folder / "README.md").read_text(encoding="utf-8")
    assert SAMPLES[name].title.startswith(PAPERS[name].city)
    assert not found.catalogue.indicators and not found.catalogue.base_figures and not found.catalogue.goals
    told = measures(found.store, found.at, None)
    assert told and not any(one.values.get(code) for one in told for code in ("cost_once", "cost_yearly", "posts"))
    every = consultations(found.store, found.at, all_of_them=True)
    assert every and not any(one.outcome or one.values.get("votes_for") for one in every)
    assert {one.measure for one in every} == {one.name for one in told}
    assert not goals(found.store, found.at, None) and not interviews(found.store, found.at)
    groups = {body.name for body in bodies(found.store)}
    assert {one.committee for one in every} <= groups


PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAPERS)
def test_every_day_of_a_set_up_stands_in_the_papers(name):
    """The days of each city are those of its paper, and none is left out of its sequence of consultations."""
    papers = PROJECT.parent / "shared" / "PAPERS.md"
    if not papers.exists():
        pytest.skip("PAPERS.md liegt nicht neben dem Projekt.")
    city = PAPERS[name].city.split()[0]
    [part] = re.findall(rf"^## {city}.*?(?=^## |\Z)", papers.read_text(encoding="utf-8"), re.S | re.M)
    short = set(re.findall(r"\b\d\d\.\d\d\.(?=\d{4}|\D|$)", part))
    texts = [path.read_text(encoding="utf-8") for path in SAMPLE_DEFINITIONS[name].parent.glob("*.csv")]
    days = {day for text in texts for day in re.findall(r"\b(\d\d\.\d\d\.)\d{4}", text)}
    invented = days - short - {"31.03."}  # the end of „the first quarter of 2018“
    assert days and not invented


def test_leverkusen_adopts_the_concept_and_controls_it(city):
    found = city("leverkusen")
    assert sorted(one.code for one in found.catalogue.fields) == sorted("SVABCDEFGH")
    assert [one.committee for one in found.stations("1")][-1] == "Rat der Stadt"
    told = found.paper("1", "leverkusen")
    for text in ("2017/1900", "Rat der Stadt", "18.12.2017", "Beratung", "F) Nachhaltigkeit", "Stufe 3: Kooperation"):
        assert text in told, text
    found.goes_through_committees("1", "unverändert beschlossen")
    assert "ist fortzuschreiben" in next_step(found.measure("1"), found.stations("1"), date(2017, 12, 19))
    found.stands(date(2017, 12, 19), "1", "beschlossen")
    found.goes_through_committees("2", "geändert beschlossen")
    found.stands(date(2018, 1, 8), "2", "in Umsetzung")
    for kind in (Kind.CONTROLLING, Kind.EXPERT):
        made = found.report(kind)
        assert "in Umsetzung" in tables(made) and "Umsetzung und offene Entscheidungen" in [
            one.heading for one in made.sections
        ]


def test_luebeck_takes_note_and_is_told_after_two_years(city):
    found = city("luebeck")
    steering = bodies(found.store)[0]
    assert (steering.name, steering.rhythm) == ("Steuerungsgruppe Integration", "dreimal im Jahr")
    first, *others = found.stations("4")
    assert (first.committee, first.public, {one.public for one in others}) == ("Senat", False, {True})
    told = found.paper("4", "luebeck")
    for text in ("Bürgerschaft", "27.11.2014", "zur Senatsberatung", "§ 47 f GO", "Steuerungsgruppe erweitern"):
        assert text in told, text
    found.goes_through_committees("4", "zur Kenntnis genommen")
    open_ones = consultations(found.store, found.at, all_of_them=False)
    assert next(one.closed for one in of_measure(open_ones, found.measure("4").name))
    found.stands(date(2015, 2, 2), "4", "in Umsetzung")
    found.stands(date(2016, 9, 1), "4", "umgesetzt")
    made = found.report(Kind.TWO_YEARLY)
    headings = [one.heading for one in made.sections]
    assert "Was sich in zwei Jahren geändert hat" in headings
    assert "Steuerungsgruppe erweitern" in tables(made) and "umgesetzt" in tables(made)
    assert "zur Senatsberatung" not in tables(made)


def test_braunschweig_speaks_with_departments_agrees_and_reviews_after_twelve_months(city):
    found = city("braunschweig-2017")
    [meeting] = meetings(found.store)
    assert (meeting.held_on, meeting.body.rhythm) == (date(2017, 4, 24), "halbjährlich")
    found.goes_through_committees("3", "zur Kenntnis genommen")
    found.enter(date(2017, 11, 7), INTERVIEWS, day="07.11.2017", measures="2; 3", found="Der Katalog liegt vor.",
                changes="Eine Maßnahme entfällt.")  # fmt: skip
    found.enter(date(2017, 11, 8), MEASURES, found.measure("2").name, status="umgesetzt", current="ja",
                current_on="07.11.2017", current_why="geprüft")  # fmt: skip
    quo = found.report(Kind.STATUS_QUO)
    assert "Erstgespräche und Prüfung der Maßnahmen" in [one.heading for one in quo.sections]
    assert "Eine Maßnahme entfällt." in tables(quo)
    found.enter(date(2018, 2, 1), AGREEMENTS, year="2018", number="1", title="Bericht",
                text="Der Sachstandsbericht liegt dem Ausschuss vor.", measures="4",
                agreed_on="01.02.2018")  # fmt: skip
    goal = found.goal()
    assert goal.measures == (found.measure("4").name,) and goal.review_due == date(2019, 2, 1)
    found.stands(date(2018, 3, 20), "4", "umgesetzt")
    form = talk(snapshot.take(found.store, found.catalogue, datetime(2019, 2, 4), suppressed=True),
                goals(found.store, found.at, None), {}, measures(found.store, found.at, None), found.unit, 2019,
                date(2019, 2, 4))  # fmt: skip
    assert "Der Sachstandsbericht liegt dem Ausschuss vor." in said(talk_word.render(form))
    found.enter(date(2019, 2, 4), AGREEMENTS, goal.name, reviewed_on="04.02.2019", outcome="erreicht",
                reason="Er lag im März vor.", consequence="fallen lassen")  # fmt: skip
    assert (found.goal().outcome == "erreicht" and found.goal().review_due is None) or found.goal().outcome
    again = found.report(Kind.STATUS_QUO)
    assert "erreicht" in tables(again) and "Zielvereinbarungen" in [one.heading for one in again.sections]
    assert "Sachstandsbericht" in found.paper("4", "braunschweig")


def test_landaus_recommendation_is_assessed_proposed_decided_and_done(city):
    found = city("landau")
    found.enter(date(2011, 11, 24), MEASURES, concept="Integrationskonzept", number="3", title="Ein offener Treff",
                status="empfohlen", origin="Arbeitsgruppe")  # fmt: skip
    for month, status in ((1, "bewertet"), (2, "vorgeschlagen")):
        found.stands(date(2012, month, 10), "3", status)
    for number, (committee, role, day) in enumerate(
        (("Hauptausschuss", "Vorberatung", "06.03.2012"), ("Stadtrat", "Entscheidung", "20.03.2012")), 1
    ):
        found.enter(date(2012, 2, 20), CONSULTATIONS, measure="3", station=str(number), committee=committee, day=day,
                    public="ja", role=role, budget="kostet nichts")  # fmt: skip
    told = found.paper("3", "landau")
    for text in ("Stadtrat", "20.03.2012", "Vorberatung", "Entscheidung", "kostet nichts"):
        assert text in told, text
    found.goes_through_committees("3", "unverändert beschlossen")
    for day, status in (
        (date(2012, 4, 1), "beschlossen"),
        (date(2012, 5, 1), "in Umsetzung"),
        (date(2013, 1, 7), "umgesetzt"),
    ):
        found.stands(day, "3", status)
    assert all(step.reached for step in steps(found.measure("3")))
    assert [step.day for step in steps(found.measure("3"))] == sorted(step.day for step in steps(found.measure("3")))
    found.goes_through_committees("1", "unverändert beschlossen")
    assert found.measure("1").text("decisions")


def test_bielefelds_prolonged_agreements_end_and_the_proposals_are_reported_in_time(city):
    found = city("bielefeld")
    prolonged, report = found.measure("1"), found.measure("4")
    assert (prolonged.day("end"), report.day("end")) == (date(2013, 12, 31), date(2012, 6, 30))
    assert "zwei Enthaltungen" in prolonged.text("decisions")
    found.goes_through_committees("4", "zur Kenntnis genommen")
    found.stands(date(2012, 1, 9), "4", "in Umsetzung")
    assert not found.measure("4").late(date(2012, 6, 30)) and found.measure("4").late(date(2012, 7, 1))
    told = found.paper("4", "bielefeld")
    for text in ("Betroffene Produktgruppen", "Auswirkungen auf den Haushalt", "Bericht mit konkreten Vorschlägen"):
        assert text in told, text
    found.stands(date(2012, 6, 20), "4", "umgesetzt")
    assert not found.measure("4").late(date(2012, 7, 1))
    made = found.report(Kind.STATUS_QUO)
    assert "Bericht mit konkreten Vorschlägen" in tables(made)
    assert found.measure("1").late(date(2014, 1, 1))
