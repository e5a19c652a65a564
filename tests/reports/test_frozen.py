"""A frozen report stays what it is, to the byte; what came later is told; readers get it whole."""

from datetime import datetime, timedelta

import pytest

from indicators.deliveries.staging import confirm, stage
from indicators.errors import MonitoringError
from indicators.knowledge import releases, snapshot
from indicators.knowledge.releases import ReleaseError
from indicators.ledger.commits import Upload
from indicators.reports import frozen, packed, texts
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.reports.texts import Passage
from indicators.reports.wishes import Wish
from indicators.store import Store, audit
from tests.conftest import filled_template
from tests.reports.conftest import DAY, NOW

LATER = NOW + timedelta(days=30)


@pytest.fixture
def own(city) -> Store:
    store = Store(city(3.0))
    yield store
    store.close()


def taken(store, catalogue, at=NOW):
    return snapshot.take(store, catalogue, at, suppressed=True)


def report_of(store, catalogue, at=NOW):
    return make(store, taken(store, catalogue, at), Wish(Kind.FULL), DAY)


def test_what_is_packed_comes_back_whole(report):
    content = packed.pack(report)
    again = packed.unpack(content)
    assert packed.pack(again) == content
    assert again.chapters[0].entries[0].facts == report.chapters[0].entries[0].facts
    for before, after in zip(report.exhibits, again.exhibits, strict=True):
        assert after.figure.texts().equals(before.figure.texts())
        assert after.figure.spec == before.figure.spec


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_packed_is_built_to_the_byte(report, files, name):
    assert FORMATS[name].render(packed.unpack(packed.pack(report))) == files[name].read_bytes()


def test_a_frozen_report_does_not_follow_what_is_delivered_and_written_later(own, catalogue, small_city):
    before = report_of(own, catalogue)
    number = frozen.freeze(own, before, NOW, (7, catalogue.version), "Kim", NOW)
    first = FORMATS["html"].render(frozen.report(own, number))
    corrected = Upload("FB51_2024.xlsx", filled_template(small_city, 2024, kinder=500.0), "Test")
    staged = stage(own, small_city, corrected, LATER)
    confirm(own, small_city, staged, LATER, dict.fromkeys(staged.to_explain, "berichtigt"))
    texts.write(own, taken(own, catalogue, LATER), texts.REPORT, Passage.FOREWORD, "Neu.", "Kim", LATER)
    kept_report = frozen.report(own, number)
    assert FORMATS["html"].render(kept_report) == first
    assert b"Integrationsbericht Nr. 1" in first
    revisions = frozen.revised(kept_report, report_of(own, catalogue, LATER)).frame
    assert list(revisions.columns) == ["Tabelle", "Zeile", "Spalte", "Im Bericht", "Jetzt"]
    assert set(revisions["Zeile"]) == {"2024"}
    assert (revisions["Im Bericht"] != revisions["Jetzt"]).all()


def test_nothing_was_revised_where_nothing_changed(own, catalogue):
    before = report_of(own, catalogue)
    assert frozen.revised(before, report_of(own, catalogue)).frame.empty


def test_a_damaged_report_is_not_handed_out(own, catalogue):
    number = frozen.freeze(own, report_of(own, catalogue), NOW, (7, catalogue.version), "Kim", NOW)
    with own.transaction() as cursor:
        cursor.execute("update report set sha256 = 'x'")
    with pytest.raises(MonitoringError, match="beschädigt"):
        frozen.report(own, number)
    with pytest.raises(MonitoringError, match="Nummer 9"):
        frozen.report(own, 9)


def test_a_report_is_released_with_all_its_indicators_at_once_and_taken_back(own, catalogue):
    number = frozen.freeze(own, report_of(own, catalogue), NOW, (7, catalogue.version), "Kim", NOW)
    with pytest.raises(ReleaseError, match="Grund"):
        frozen.release(own, number, "Kim", LATER, "  ")
    assert frozen.released(own) == {}
    assert releases.released(own) == {}
    frozen.release(own, number, "Kim", LATER, "Beschluss")
    assert frozen.released(own) == {number: "Beschluss"}
    assert set(releases.released(own)) == set(catalogue.indicators)
    assert {one.moment for one in releases.released(own).values()} == {NOW}
    releases.release(own, "B-02", LATER, "Kim", LATER, "Neuer Stand")
    frozen.end_release(own, number, "Kim", LATER, "Vorbei")
    assert set(releases.released(own)) == {"B-02"}
    assert frozen.released(own) == {}
    done = audit.changes(own)["action"].tolist()
    assert {"freeze-report", "release-report", "end-report-release"} <= set(done)


def test_texts_keep_their_versions_and_say_when_they_are_overtaken(own, catalogue, small_city):
    known = taken(own, catalogue)
    place = texts.of_indicator("B-02")
    texts.write(own, known, place, Passage.FINDING, "Erste Fassung", "Kim", NOW)
    texts.write(own, known, place, Passage.FINDING, "Zweite Fassung", "Lou", LATER)
    assert [(one.markdown, one.by) for one in texts.versions(own, place, Passage.FINDING)] == [
        ("Zweite Fassung", "Lou"),
        ("Erste Fassung", "Kim"),
    ]
    text = texts.valid(own)[place, Passage.FINDING]
    assert texts.stale(text, known) == ""
    b01 = texts.of_indicator("B-01")
    texts.write(
        own,
        snapshot.take(own, catalogue, datetime(2024, 6, 1), suppressed=True),
        b01,
        Passage.FINDING,
        "Alt",
        "Kim",
        NOW,
    )
    overtaken = texts.stale(texts.valid(own)[b01, Passage.FINDING], known)
    assert overtaken.startswith("Dieser Text entstand, als galt: 2023: ")
    assert "Dieser Bericht zeigt: 2025: " in overtaken
    written = report_of(own, catalogue).chapters[0].entries[0].written
    assert [(one.heading, one.stale) for one in written] == [("Befund", overtaken)]
    texts.write(own, known, b01, Passage.FINDING, "", "Kim", LATER)
    assert (b01, Passage.FINDING) not in texts.valid(own)


def test_a_text_that_is_too_long_is_refused(own, catalogue):
    with pytest.raises(MonitoringError, match=r"20\.000 Zeichen"):
        texts.write(own, taken(own, catalogue), texts.REPORT, Passage.FOREWORD, "x" * 20_001, "Kim", NOW)
