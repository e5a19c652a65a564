"""What an office keeps beside its deliveries: meetings, measures, agreements, a target, remarks, maps, a report.

All of it speaks of the city's indicators, so that pages show their numbers in every place that has one.
"""

from datetime import date, datetime, timedelta

from indicators.catalogue import Catalogue
from indicators.catalogue.indicator import RuleDefinition
from indicators.datasets import AGREEMENTS, CONSULTATIONS, MEASURES
from indicators.knowledge import boundaries, comments
from indicators.knowledge.agreed_targets import AgreedTarget, keep_target
from indicators.knowledge.bodies import bodies
from indicators.knowledge.comments import About, Comment
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.minutes import write_minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.maps.boundaries import Span
from indicators.periods import Period
from indicators.samples.measures import bring
from indicators.samples.steering import freeze
from indicators.store import Store
from indicators.targets import Point
from tests.maps.files import square

MEASURE, GOAL = "Konzept · Nr. 1", "2025 · Nr."
UNIT, BY = "FB 50", "Stabsstelle"


def furnish(store: Store, catalogue: Catalogue, at: datetime, people: int) -> None:
    """`people` took part in the measure: few, so that nobody but the office and the unit may know how many."""
    codes = tuple(catalogue.indicators)
    _meeting(store, codes, at)
    _lists(store, catalogue, codes, at, people)
    _target(store, catalogue, codes[0], at)
    _remarks(store, catalogue, codes, at)
    _boundaries(store, catalogue, at)
    freeze(store, catalogue, at, BY, kind="gesamt")


def _meeting(store: Store, codes: tuple[str, ...], at: datetime) -> None:
    group = bodies(store)[0]
    for days in (200, 60):
        held = (at - timedelta(days=days)).date()
        number = keep_meeting(store, Meeting(0, group, held, f"Sitzung vor {days} Tagen"), BY, at)
    of_indicators = (Slide(SlideKind.INDICATOR, code, "besprochen") for code in codes)
    slides = (Slide(SlideKind.FIELD, "C"), Slide(SlideKind.GOAL, "C-1.1"), *of_indicators)
    keep_plan(store, number, slides, BY, at)
    decision = Decision(0, number, slides[-1].key, "Weiter beobachten.", "FB 50", at.date(), DecisionState.AGREED)
    keep_decision(store, decision, BY, at)
    write_minutes(store, number, slides[-1].key, "Einstimmig.", BY, at)


def _lists(store: Store, catalogue: Catalogue, codes: tuple[str, ...], at: datetime, people: int) -> None:
    named = {"concept": "Konzept", "number": "1", "title": "Beratung ausbauen", "field": "C", "goal": "C-1.1"}
    counted = {"participants_planned": str(people), "participants": str(people), "indicators": "; ".join(codes)}
    measure = named | counted | {"start": "2025-02-01", "status": "in Umsetzung"}
    bring(store, catalogue, MEASURES, UNIT, [measure], "Maßnahmen.xlsx", at, BY)
    told = {
        "year": "2025", "agreed_on": "2025-02-01", "text": "Mehr Beratung.", "reviewed_on": "2026-02-01",
        "outcome": "teilweise erreicht", "reason": "Es fehlten Räume.", "consequence": "fortführen",
    }  # fmt: skip
    goals = [
        told | {"number": str(place), "title": f"Ziel {place}", "indicator": code}
        for place, code in enumerate(codes, start=1)
    ]
    goals.append(told | {"number": "90", "title": "Beratene Personen", "people": "ja", "value": str(people)})
    bring(store, catalogue, AGREEMENTS, UNIT, goals, "Zielvereinbarungen.xlsx", at, BY)
    station = {"measure": MEASURE, "station": "1", "committee": "Rat", "day": "2026-12-01", "public": "ja"}
    station["role"] = "Entscheidung"
    bring(store, catalogue, CONSULTATIONS, UNIT, [station], "Beratungen.xlsx", at, BY)


def _target(store: Store, catalogue: Catalogue, code: str, at: datetime) -> None:
    yearly = catalogue.indicator(code).frequency == "yearly"
    wanted = RuleDefinition(method="threshold", targets=(Point.of("2027" if yearly else "2027-Q4", 12.0),))
    group = bodies(store)[0]
    agreed = AgreedTarget(0, code, "", wanted, date(2026, 1, 5), group.number, group.name, "26-001", "")
    keep_target(store, catalogue, agreed, BY, at)


def _remarks(store: Store, catalogue: Catalogue, codes: tuple[str, ...], at: datetime) -> None:
    for code in codes:
        comments.write(store, catalogue, Comment(0, About.INDICATOR, code, "Wird weiter beobachtet."), BY, at)
        last = Period.of_year(2025) if catalogue.indicator(code).frequency == "yearly" else Period.quarter(2025, 4)
        comments.write(store, catalogue, Comment(0, About.COURSE, code, "Es gab mehr Termine.", period=last), BY, at)


def _boundaries(store: Store, catalogue: Catalogue, at: datetime) -> None:
    """A map for each dimension: squares side by side, one of which is every member's."""
    for code, dimension in catalogue.dimensions.items():
        shapes = {member.code: [[square(place, 0)]] for place, member in enumerate(dimension.members)}
        file = (f"{code}.geojson", b"{}")
        boundaries.keep(store, code, Span(date(2020, 1, 1)), shapes, "Karte der Stadt", "UTM 32", file, BY, at)
