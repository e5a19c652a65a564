"""Several people at once: the first wins, the second hears of it, and no one waits for a stranger's file."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from indicators.datasets import FIGURES
from indicators.datasets.preview import Change
from indicators.deliveries.staging import Staged, confirm, stage
from indicators.ledger import archive
from indicators.ledger.commits import DeliveryError, Receipt, Upload
from indicators.model import Breakdown
from indicators.workbooks import workbook
from tests.conftest import filled_template

pytestmark = pytest.mark.slow

NOW = datetime(2026, 2, 1)


def staged(store, city, person: str, value: float) -> Staged:
    content = filled_template(city, 2025, kita_kinder=value, kinder=value + 260)
    return stage(store, city, Upload(f"{person}.xlsx", content, person), NOW)


def test_the_second_of_two_gets_the_difference_and_never_a_mixture(store, small_city):
    first, second = staged(store, small_city, "A", 140), staged(store, small_city, "B", 145)
    confirm(store, small_city, first, NOW, dict.fromkeys(first.to_explain, "geprüft"))
    with pytest.raises(DeliveryError, match="Inzwischen ist eine andere Lieferung"):
        confirm(store, small_city, second, NOW, dict.fromkeys(second.to_explain, "geprüft"))
    again = staged(store, small_city, "B", 145)
    changed = {(row.before.value, row.after.value) for row in again.preview.rows if row.change is Change.CHANGED}
    assert changed == {(140.0, 145.0), (400.0, 405.0)}


@pytest.mark.parametrize("round_", range(5))
def test_two_confirm_at_the_same_moment(store, small_city, round_):
    deliveries = [staged(store, small_city, person, 140 + place) for place, person in enumerate("ABCD")]
    start = threading.Barrier(len(deliveries))

    def press(delivery: Staged) -> Receipt | DeliveryError:
        start.wait()
        try:
            return confirm(store, small_city, delivery, NOW, dict.fromkeys(delivery.to_explain, "geprüft"))
        except DeliveryError as error:
            return error

    with ThreadPoolExecutor(len(deliveries)) as people:
        answers = list(people.map(press, deliveries))
    won = [place for place, answer in enumerate(answers) if isinstance(answer, Receipt)]
    assert len(won) == 1, answers
    valid = FIGURES.valid(store, deliveries[0].reading.covers)
    totals = {k.base_figure: v.content.value for k, v in valid.items() if k.breakdown == Breakdown()}
    assert totals == {"kita_kinder": 140.0 + won[0], "kinder": 400.0 + won[0]}


def test_twenty_uploads_queue_for_two_children_while_others_read(store, small_city, monkeypatch):
    running, most = 0, 0
    counting = threading.Lock()
    ask = workbook.subprocess.run

    def counted(*arguments, **options):
        nonlocal running, most
        with counting:
            running += 1
            most = max(most, running)
        try:
            return ask(*arguments, **options)
        finally:
            with counting:
                running -= 1

    monkeypatch.setattr(workbook.subprocess, "run", counted)
    contents = [filled_template(small_city, 2025, kita_kinder=140.0 + place) for place in range(20)]
    waits = []
    with ThreadPoolExecutor(20) as people:
        answers = [
            people.submit(stage, store, small_city, Upload(f"{place}.xlsx", content, "Test"), NOW)
            for place, content in enumerate(contents)
        ]
        while not all(answer.done() for answer in answers):
            begun = time.monotonic()
            archive.history(store)  # what another session's page asks for
            waits.append(time.monotonic() - begun)
            time.sleep(0.05)
    assert all(answer.result().reading for answer in answers)
    assert most <= 2
    assert max(waits) < 1


def test_the_same_file_from_two_people_is_one_delivery(store, small_city):
    content = filled_template(small_city, 2025)
    first = stage(store, small_city, Upload("a.xlsx", content, "A"), NOW)
    second = stage(store, small_city, Upload("b.xlsx", content, "B"), NOW)
    confirm(store, small_city, first, NOW, {})
    with pytest.raises(DeliveryError):
        confirm(store, small_city, second, NOW + timedelta(minutes=1), {})
    later = stage(store, small_city, Upload("b.xlsx", content, "B"), NOW)
    assert [finding.rule for finding in later.findings] == ["already-delivered"]
    assert "von A" in later.findings[0].message
