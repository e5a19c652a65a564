"""What was decided about an own workbook and not taken over: kept word for word, until the file is."""

from datetime import datetime

from indicators.ledger import drafts
from indicators.ledger.commits import Upload
from indicators.ledger.drafts import Draft
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.tables.crosstab import Area, Role
from indicators.tables.decisions import Choices, YearRule
from indicators.tables.meanings import LEAVE_OUT, THOUSANDS, Kind, Meaning
from tests.deliveries.own_workbooks import FIRST, cross_table
from tests.deliveries.test_own_tables import accepted, decided

MARCH, APRIL, MAY = datetime(2026, 3, 1, 12), datetime(2026, 4, 1, 12), datetime(2026, 5, 1, 12)
EVERYTHING = Draft(
    "FB 51",
    {
        "Kinder!A3": Choices(
            False,
            "kinder",
            {"a": LEAVE_OUT, "b": Meaning(Kind.MEMBER, breakdown=Breakdown.parse("herkunft=deutsch"))},
            {"Tsd.": THOUSANDS},
            {"hidden:Zeile 5": False},
            Period.parse("2025-Q3"),
            list(YearRule)[-1],
            {"x": Period.of_year(2024)},
            {"k. A.": Sign.SECRET, "–": None},
        )
    },
    {"Kinder": (Area(Role.DATA, 4, 2, 6, 3),)},
)


def upload(content: bytes = b"a", by: str = "Kim") -> Upload:
    return Upload("kinder.xlsx", content, by)


def test_every_decision_comes_back_as_it_was(store):
    drafts.keep(store, upload(), Draft("AWO"), MARCH)
    drafts.keep(store, upload(), EVERYTHING, APRIL)
    assert drafts.kept(store, upload()) == EVERYTHING


def test_it_belongs_to_one_person_and_one_file(store):
    drafts.keep(store, upload(), EVERYTHING, MARCH)
    assert drafts.kept(store, upload(b"b")) is None
    assert drafts.kept(store, upload(by="Alex")) is None


def test_what_was_taken_over_is_no_draft_any_more(store, small_city):
    staged = decided(store, small_city, cross_table(FIRST))
    drafts.keep(store, staged.upload, EVERYTHING, MARCH)
    accepted(store, small_city, staged, APRIL)
    assert drafts.kept(store, staged.upload) is None
    drafts.keep(store, staged.upload, Draft("FB 51"), MAY)
    assert drafts.kept(store, staged.upload) == Draft("FB 51")
