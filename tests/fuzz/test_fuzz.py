"""200 broken workbooks: each gets an answer, the server lives, and no cell is lost in silence."""

import time

import pytest

from indicators.workbooks.workbook import read_workbook
from tests.fuzz.__main__ import report, trials
from tests.fuzz.seeds import seeds
from tests.fuzz.trial import _lost, broken_workbook

COUNT = 200


@pytest.mark.slow
def test_broken_workbooks_get_an_answer():
    begun = time.monotonic()
    done = list(trials(COUNT, seed=1, processes=2))
    said = report(done, time.monotonic() - begun)
    print(said)
    assert len(done) == COUNT
    assert not [trial for trial in done if trial.failure], said
    outcomes = {trial.outcome.partition(":")[0] for trial in done}
    assert {"rejected", "error", "read"} <= outcomes, said  # the changes are neither all fatal nor all harmless
    assert sum(trial.compared for trial in done) > COUNT / 4, said


def test_the_same_seed_breaks_the_same_way():
    assert broken_workbook(7) == broken_workbook(7)
    assert broken_workbook(7) != broken_workbook(8)


@pytest.mark.parametrize("number", range(len(seeds())))
def test_good_workbooks_are_read_alike_by_both_readers(number):
    content = seeds()[number]
    assert _lost(content, read_workbook(content, "gut.xlsx")) == ""


def test_a_lost_cell_would_be_seen():
    content, other = seeds()[0], seeds()[5]
    assert "missing" in (_lost(other, read_workbook(content, "gut.xlsx")) or "")
