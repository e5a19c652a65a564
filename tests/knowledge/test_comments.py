"""Remarks of people: known from when they were written, gone from when they are withdrawn, never beside a secret."""

from dataclasses import replace
from datetime import datetime

import pytest

from indicators import boards
from indicators.boards import commented, dossier, slide_board
from indicators.exports import FORMATS
from indicators.knowledge import snapshot
from indicators.knowledge.comments import About, Comment, CommentError, comments, withdraw, write
from indicators.knowledge.revised import was_revised
from indicators.knowledge.slides import Slide, SlideKind
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.reports.compose import compose
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from indicators.store import audit

AT, LATER, TODAY = datetime(2026, 2, 1, 9), datetime(2026, 2, 3, 9), datetime(2026, 2, 10)
YEAR = Period.of_year(2024)
TEXT = "Zwei neue Kitas im Sommer eröffnet."


@pytest.fixture
def delivered(deliver, store):
    for year, count in ((2023, 120.0), (2024, 140.0)):
        rows = [("kita_kinder", "FB 51", str(year), "", count), ("kinder", "FB 51", str(year), "", 400.0)]
        deliver(*rows, at=datetime(year + 1, 1, 20))
    return store


def on_course(text: str = TEXT, **more: object) -> Comment:
    return Comment(**({"number": 0, "about": About.COURSE, "indicator": "B-01", "text": text, "period": YEAR} | more))


def taken(store, city, moment: datetime = TODAY, *, suppressed: bool = True):
    return snapshot.take(store, city, moment, suppressed=suppressed)


def test_a_remark_is_known_from_when_it_was_written(delivered, small_city):
    write(delivered, small_city, on_course("  Zwei neue Kitas\n im Sommer eröffnet. "), "Kim", AT)
    [found] = comments(delivered, TODAY)
    assert (found.text, found.by, found.at, found.period) == (TEXT, "Kim", AT, YEAR)
    assert comments(delivered, datetime(2026, 1, 31)) == ()
    assert taken(delivered, small_city, datetime(2026, 1, 31)).comments == {}
    assert [one.text for one in taken(delivered, small_city).comments["B-01"]] == [TEXT]


def test_what_is_withdrawn_is_gone_from_then_on_and_what_must_not_be_from_every_state(delivered, small_city):
    first = write(delivered, small_city, on_course(), "Kim", AT)
    second = write(delivered, small_city, on_course("Familie Muster ist weggezogen."), "Kim", AT)
    with pytest.raises(CommentError, match="Grund"):
        withdraw(delivered, first, "Kim", LATER, "")
    withdraw(delivered, first, "Kim", LATER, "überholt")
    withdraw(delivered, second, "Pat", LATER, "nennt einen Namen", everywhere=True)
    assert comments(delivered, TODAY) == ()
    assert [one.text for one in comments(delivered, datetime(2026, 2, 2))] == [TEXT]
    with pytest.raises(CommentError, match="schon zurückgenommen"):
        withdraw(delivered, first, "Kim", LATER, "noch einmal")
    told = audit.changes(delivered).query("source == 'comment'")
    assert sorted(told["action"]) == ["comment", "comment", "withdraw-comment", "withdraw-comment"]
    assert "Muster" not in " ".join(told["later"]) and TEXT in " ".join(told["later"])


def test_the_key_of_what_is_kept_changes_with_every_remark(delivered, small_city):
    before = taken(delivered, small_city).key
    number = write(delivered, small_city, on_course(), "Kim", AT)
    between = taken(delivered, small_city).key
    withdraw(delivered, number, "Kim", LATER, "überholt")
    assert len({before, between, taken(delivered, small_city).key}) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Bitte die Bemerkung schreiben"),
        ("  \n ", "Bitte die Bemerkung schreiben"),
        ("x" * 501, "höchstens 500 Zeichen"),
        ("links\u202erechts", "Steuerzeichen"),
        ("Siehe https://example.org", "keine Adressen"),
        ("siehe WWW.example.org", "keine Adressen"),
        ("Nur 3 Kinder kamen dazu.", "keine Zahlen nennen"),
    ],
)
def test_what_must_not_stand_there_is_refused(delivered, small_city, text, said):
    """B-01 rests on a base figure with a threshold."""
    with pytest.raises(CommentError, match=said):
        write(delivered, small_city, on_course(text), "Kim", AT)
    assert comments(delivered, TODAY) == ()


def test_years_may_be_named_and_where_nothing_is_protected_numbers_too(delivered, small_city):
    write(delivered, small_city, on_course("Seit dem 1. Quartal 2024 und dem 01.08.2024 neu."), "Kim", AT)
    write(delivered, small_city, Comment(0, About.INDICATOR, "B-05", "Zwei von 3 Ämtern."), "Kim", AT)
    with pytest.raises(CommentError, match="steht schon da"):
        write(delivered, small_city, Comment(0, About.INDICATOR, "B-05", "Zwei von  3 Ämtern."), "Pat", AT)


def test_nobody_reads_a_remark_on_a_value_that_is_kept_from_them(deliver, store, small_city):
    group = Breakdown.of(herkunft="auslaendisch")
    rows = [("kita_kinder", "FB 51", "2024", code, count) for code, count in
            (("", 140.0), ("herkunft=auslaendisch", 3.0), ("herkunft=deutsch", 137.0))]  # fmt: skip
    rows += [("kinder", "FB 51", "2024", code, count) for code, count in
             (("", 400.0), ("herkunft=auslaendisch", 100.0), ("herkunft=deutsch", 300.0))]  # fmt: skip
    deliver(*rows, at=datetime(2025, 1, 20))
    write(store, small_city, on_course(breakdown=group, about=About.VALUE), "Kim", AT)
    office, others = taken(store, small_city, suppressed=False), taken(store, small_city)
    assert others.find("B-01", group).points[0].value is None
    assert [one.breakdown for one in office.comments["B-01"]] == [group]
    assert others.comments == {}


def test_it_stands_at_the_point_in_tooltip_note_and_table(delivered, small_city):
    write(delivered, small_city, on_course(), "Kim", AT)
    write(delivered, small_city, Comment(0, About.INDICATOR, "B-01", "Zählung umgestellt."), "Pat", AT)
    known = taken(delivered, small_city)
    figure = boards.trend_figure(known, known.catalogue.indicator("B-01"), [Breakdown()])
    said = f"{TEXT} (Kim, 01.02.2026)"
    assert f"(1) 2024: {said}." in figure.note and "Bemerkung: Zählung umgestellt. (Pat, 01.02.2026)." in figure.note
    rows = {row["Zeitraum"]: row["Hinweis"] for row in figure.texts().to_dict("records")}
    assert (rows["2023"], rows["2024"]) == ("", said)
    drawn = [row for layer in figure.spec["layer"] for row in layer.get("data", {}).get("values", [])]
    assert [row["text"] for row in drawn if row.get("content") == "Bemerkung" and row["remark"] == said] == ["1", "1"]
    assert [row["remark"] for row in drawn if row.get("period") == "2024" and "35" in str(row["content"])] == [said]
    for name, export_format in FORMATS.items():
        if export_format.suits([figure]):
            assert len(export_format.render([figure])) > 100, name


def test_a_remark_on_a_group_that_is_not_drawn_stays_in_the_list(delivered, small_city):
    write(delivered, small_city, on_course(breakdown=Breakdown.of(herkunft="deutsch")), "Kim", AT)
    known = taken(delivered, small_city, suppressed=False)
    indicator = known.catalogue.indicator("B-01")
    assert TEXT not in boards.trend_figure(known, indicator, [Breakdown()]).note
    [row] = commented.table(known, indicator).texts().to_dict("records")
    assert (row["Bemerkung"], row["Gruppe"], row["Zeitraum"]) == (TEXT, "Deutsche", "2024")
    part = next(one for one in dossier.sections(delivered, known, indicator, []) if one.heading == "Bemerkungen")
    assert part.figure.key == "B-01-bemerkungen"


def test_on_a_value_that_has_changed_since_it_says_so_and_a_revision_must_be_one(delivered, deliver, small_city):
    def numbered(about: About, known) -> Comment:
        return on_course(about=about, delivery=known.headline("B-01").at(YEAR).delivery)

    known = taken(delivered, small_city, AT)
    assert not was_revised(delivered, known, numbered(About.REVISION, known))
    write(delivered, small_city, numbered(About.VALUE, known), "Kim", AT)
    deliver(("kita_kinder", "FB 51", "2024", "", 150.0), ("kinder", "FB 51", "2024", "", 400.0), at=LATER)
    now = taken(delivered, small_city)
    assert was_revised(delivered, now, numbered(About.REVISION, now))
    write(delivered, small_city, replace(numbered(About.REVISION, now), text="Nachmeldung."), "Kim", TODAY)
    told = [commented.said(now, one) for one in comments(delivered, TODAY)]
    assert told == [f"{TEXT} (Kim, 01.02.2026, zu einem früheren Wert)", "Nachmeldung. (Kim, 10.02.2026)"]


def test_slide_and_report_tell_it(delivered, small_city):
    write(delivered, small_city, on_course(), "Kim", AT)
    known = taken(delivered, small_city)
    slide = slide_board.content(known, Slide(SlideKind.INDICATOR, "B-01"), None)
    assert slide.comment == TEXT
    entries = {
        kind: next(
            entry
            for chapter in compose(known, Wish(kind), TODAY.date(), {}, {}).chapters
            for entry in chapter.entries
            if entry.code == "B-01"
        )
        for kind in (Kind.FULL, Kind.STATUS_QUO)
    }
    assert TEXT in entries[Kind.FULL].shown.figure.note and entries[Kind.FULL].remarks == ()
    assert [one.text for one in entries[Kind.STATUS_QUO].remarks] == [f"2024: {TEXT}"]
