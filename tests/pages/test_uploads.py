"""The table of uploads on the page: the answer is seen, nothing is stored, nothing a stranger wrote acts."""

import html
import re
from datetime import datetime
from itertools import groupby

import pytest

from indicators.deliveries.staging import confirm, stage
from indicators.ledger.commits import Upload
from indicators.ui import session
from tests.conftest import filled_template
from tests.pages.test_pages import opened, texts
from tests.workbooks.uploads import UPLOADS

pytestmark = pytest.mark.slow

NUMBERED = [(number, list(same)) for number, same in groupby(UPLOADS, key=lambda tried: tried.number)]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


def read_by_eye(app) -> str:
    """The page's texts without escapes."""
    return re.sub(r"\\(?=[^\w\s])", "", html.unescape(texts(app)))


@pytest.mark.slow
@pytest.mark.parametrize(("number", "tries"), NUMBERED, ids=[f"{number:02d}" for number, _ in NUMBERED])
def test_the_page_answers_and_stores_nothing(app, number, tries):
    opened(app, "deliver")
    before = session.store().data_version
    for tried in tries:
        app.file_uploader[0].upload(tried.name, tried.bytes)
    app.run()

    assert not app.exception
    shown = read_by_eye(app)
    assert "nicht vollständig angezeigt" not in shown
    for tried in tries:
        assert " ".join(tried.words.split()) in shown, tried
    assert shown.count("Nicht übernommen") == sum(tried.blocked for tried in tries)
    assert session.store().data_version == before
    attempts = session.store().rows(
        "select file_name, outcome from upload where uploaded_at >= '2026-02-01' order by id"
    )
    assert [name for name, _ in attempts] == [tried.name for tried in tries]
    assert [outcome.startswith("abgewiesen") for _, outcome in attempts] == [tried.blocked for tried in tries]


HOSTILE = (
    "![x](http://x.example/x.png).xlsx",
    "<img src=http://x.example/y.png onerror=alert(1)>.xlsx",
    "[Klick](javascript:alert(1)) www.x.example a@x.example :material/warning: $x$ :red[y].xlsx",
    "slx\u202e.xlsx",
    "a\u0007\nb.xlsx",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_is_shown_and_does_nothing(app, small_city, name):
    opened(app, "deliver")
    app.file_uploader[0].upload(name, filled_template(small_city, 2025)).run()
    assert not app.exception
    app.button[0].click().run()
    assert not app.exception
    assert_harmless(app)
    assert_harmless(opened(app, "deliveries", nummer="7"))
    assert session.store().value("select file_name from delivery where id = 7") == name


def assert_harmless(app) -> None:
    """In HTML no element comes from outside; in Markdown every mark of a link, image or directive is escaped."""
    markup = "\n".join(element.proto.body for element in app.get("html"))
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "success", "info")
    markdown = "\n".join(element.value for kind in kinds for element in app.get(kind))
    unescaped = re.sub(r"\\[^\w\s]", "", markdown)
    assert not re.search(r"<(img|script)|x\.png[^&<]*>", markup)
    for acting in ("](", "<img", "<script", "www.", "a@x", ":red[", "$x$", "javascript:", "http:"):
        assert acting not in unescaped, acting
    assert not re.search("[\u202e\u0007]", markup + markdown)


def test_a_click_commits_only_what_was_shown(app, small_city):
    """Someone else delivers between preview and click: the first wins, the second sees the difference."""
    opened(app, "deliver")
    app.file_uploader[0].upload("meine.xlsx", filled_template(small_city, 2025)).run()
    other = stage(
        session.store(),
        small_city,
        Upload("ihre.xlsx", filled_template(small_city, 2025, kita_kinder=None), "B"),
        session.now(),
    )
    confirm(session.store(), small_city, other, session.now(), dict.fromkeys(other.to_explain, "geprüft"))

    app.button[0].click().run()
    shown = texts(app)
    assert "Inzwischen ist eine andere Lieferung" in shown
    assert "1 geändert" in shown  # their summed total, our own count
    assert session.store().value("select count(*) from delivery") == 7

    app.button[0].click().run()
    assert "Gespeichert als Lieferung 8" in texts(app)


def test_every_attempt_is_recorded_once(app, small_city):
    """The same bytes again, under another name, and reruns of the page in between."""
    content = filled_template(small_city, 2025, kinder=-5.0)
    opened(app, "deliver")
    for name in ("erst.xlsx", "dann.xlsx", "dann.xlsx"):
        app.file_uploader[0].set_value((name, content, "")).run()
        app.run()
    rows = session.store().rows("select file_name, uploaded_by, outcome from upload where uploaded_at >= '2026-02-01'")
    assert [name for name, _, _ in rows] == ["erst.xlsx", "dann.xlsx", "dann.xlsx"]
    assert len({who for _, who, _ in rows if who}) == 1
    assert all(outcome.startswith("abgewiesen: „Kinder“ kann nicht kleiner als 0 sein") for *_, outcome in rows)
    assert (
        session.store().value("select count(*) from file where sha256 = $sha", {"sha": Upload("", content, "").sha256})
        == 1
    )
