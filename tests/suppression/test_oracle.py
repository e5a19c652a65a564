"""The upload as an oracle: what comes back says nothing of what another reporter delivered."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

import pytest

from indicators import boards
from indicators.deliveries.staging import Staged, confirm, stage
from indicators.knowledge import snapshot
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import build_template, fill_template
from tests.suppression.catalogues import catalogue, figure, indicator

YEAR = Period.of_year(2025)
NOW = datetime(2026, 1, 20)
CITY = catalogue(
    [
        figure("kinder", reporters="FB 50", below=None),
        figure("kita", reporters="AWO"),
        figure("krippe", reporters="AWO, DRK"),
    ],
    [
        indicator("C-01", "100 * kita / kinder", unit="Prozent"),
        indicator("C-02", "100 * kita / krippe", unit="Prozent"),
        indicator("C-03", "100 * krippe / kinder", unit="Prozent"),
    ],
)


@cache
def workbook(reporter: str, **values: float) -> bytes:
    blank = build_template(CITY, reporter, YEAR)
    return fill_template(blank, {(code, Breakdown()): value for code, value in values.items()})


def upload(store: Store, reporter: str, number: int, **values: float) -> Staged:
    content = workbook(reporter, **values)
    return stage(store, CITY, Upload(f"{reporter}_{number}.xlsx", content, "Test"), NOW, reporter)


@cache
def told(kinder: float, krippe: float) -> list[tuple[object, ...]]:
    return list(answers(kinder, krippe))


def answers(kinder: float, krippe: float) -> Iterator[tuple[object, ...]]:
    """What AWO is told of ten uploads while the others have delivered these numbers."""
    store = Store(now=datetime(2020, 1, 1))
    for reporter, values in (("FB 50", {"kinder": kinder}), ("DRK", {"krippe": krippe})):
        staged = upload(store, reporter, 0, **values)
        confirm(store, CITY, staged, NOW, dict.fromkeys(staged.to_explain, "geprüft"))
    for tried in range(10):
        staged = upload(store, "AWO", tried, kita=10.0 * tried, krippe=5.0 * tried)
        yield staged.findings, staged.preview, staged.blocked, staged.outcome
    staged = upload(store, "AWO", 99, kita=90, krippe=20)
    receipt = confirm(store, CITY, staged, NOW, dict.fromkeys(staged.to_explain, "geprüft"))
    kept = store.rows("select rule, message from accepted_finding where delivery = $d", {"d": receipt.number})
    yield str(receipt), kept
    store.close()


@pytest.mark.parametrize(("kinder", "krippe"), [(20, 3), (85, 60), (1, 0)])
def test_ten_uploads_tell_nothing_of_the_others_numbers(kinder, krippe):
    assert told(kinder, krippe) == told(40, 4)


def test_the_office_sees_after_the_delivery_what_does_not_fit():
    store = Store(now=datetime(2020, 1, 1))
    for reporter, values in (("FB 50", {"kinder": 40.0}), ("DRK", {"krippe": 30.0}), ("AWO", {"kita": 50.0})):
        staged = upload(store, reporter, 0, **{"krippe": 0.0, **values} if reporter == "AWO" else values)
        confirm(store, CITY, staged, NOW, dict.fromkeys(staged.to_explain, "geprüft"))
    office, others = (snapshot.take(store, CITY, datetime(2026, 2, 1), suppressed=sup) for sup in (False, True))
    assert [text.partition(",")[0] for text in boards.contradictions(office)] == ["C-01 C-01", "C-02 C-02"]
    assert "125,0" in boards.contradictions(office)[0]
    assert boards.contradictions(others) == []
    store.close()
