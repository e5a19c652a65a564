"""What stands in a report, in which order, and what never does."""

from datetime import date

import pytest

from indicators.errors import MonitoringError
from indicators.knowledge import snapshot
from indicators.reports.compose import compose
from indicators.reports.formats import FORMATS
from indicators.reports.markdown import Form, parse
from indicators.reports.remarks import names_numbers
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from indicators.store import Store
from tests.reports.conftest import DAY, NOW, reported


@pytest.fixture(scope="module")
def known(city, catalogue):
    store = Store(city(3.0))
    found = snapshot.take(store, catalogue, NOW, suppressed=True)
    store.close()
    return found


def of(known, *args, **wish):
    return compose(known, Wish(*args, **wish), DAY, {}, {})


def test_true_values_never_become_a_report(city, catalogue):
    store = Store(city(3.0))
    with pytest.raises(ValueError, match="steering group"):
        compose(snapshot.take(store, catalogue, NOW, suppressed=False), Wish(), DAY, {}, {})
    store.close()


def test_an_indicator_brings_all_that_wiesbaden_and_the_lander_print(report):
    entry = report.chapters[0].entries[0]
    assert [term for term, _ in entry.facts] == [
        "Definition", "Formel", "Relevanz", "Abgrenzung", "Methodische Hinweise", "Datenquelle",
    ]  # fmt: skip
    assert "Bruch 2021: Neue Zählung." in dict(entry.facts)["Methodische Hinweise"]
    assert entry.finding.startswith("Keine Bewertung für 2025: Bruch in der Zeitreihe.")
    assert [(one.title, bool(one.chart)) for one in entry.verdicts] == [
        ("", False),
        ("Abstand zu deutschen Kindern", True),
    ]
    assert [one.heading for one in entry.written] == ["Bewertung"]
    assert entry.shown.figure.columns == ["Zeitraum", "Insgesamt", "Ausländische", "Deutsche", "Zielpfad", "Hinweis"]


def test_charts_and_tables_are_numbered_through(report):
    charts = [one.chart for one in report.exhibits if one.chart]
    tables = [one.table for one in report.exhibits if one.table]
    assert charts == list(range(1, len(charts) + 1))
    assert tables == list(range(1, len(tables) + 1))
    assert len(charts) > 1


def test_a_selection_keeps_its_order_across_fields(known):
    found = of(known, indicators=("C-01", "B-02", "B-01"))
    assert [(one.code, [entry.code for entry in one.entries]) for one in found.chapters] == [
        ("C", ["C-01"]), ("B", ["B-02", "B-01"]),
    ]  # fmt: skip
    assert not found.whole
    assert found.codes == ("C-01", "B-02", "B-01")
    assert [one.code for one in of(known, fields=("C",)).chapters] == ["C"]


def test_what_the_catalogue_does_not_know_is_named(known):
    with pytest.raises(MonitoringError, match="X-1 und Y"):
        of(known, fields=("X-1",), indicators=("Y",))


def test_each_kind_has_its_own_parts(known):
    full, controlling, sheets, status_quo, expert, two_yearly = (of(known, kind) for kind in Kind)
    assert full.chapters[0].entries[0].facts
    assert not controlling.chapters[0].entries[0].facts
    assert controlling.chapters[0].entries[0].verdicts[0].steps
    assert [chapter.entries for chapter in sheets.chapters] == [(), ()]
    assert not any(one.chart for one in status_quo.exhibits)
    assert status_quo.chapters[0].entries[0].finding == full.chapters[0].entries[0].finding
    assert expert.chapters[0].entries == () and expert.chapters[0].overview
    assert any(one.chart for one in two_yearly.exhibits) and two_yearly.chapters[0].entries[0].shown.table


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", FORMATS)
def test_each_kind_can_be_written_in_each_format(known, kind, name):
    assert len(FORMATS[name].render(of(known, kind))) > 1000


def test_a_field_sheet_is_one_page(known):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(FORMATS["pdf"].render(of(known, Kind.SHEETS)))) as pdf:
        assert len(pdf.pages) == 1 + 2  # at a glance, and a page a field


def test_remarks_with_numbers_are_kept_where_small_numbers_are(report):
    """„12 Kinder sind weg“ was said of day care, which has a threshold."""
    assert report.chapters[0].entries[0].remarks == ()


def test_days_and_years_are_no_numbers():
    assert not names_numbers("Seit 2024 neu gezählt, Stand 1.3. und 31.12.2023, im 2. Quartal, Schuljahr 2023/24")
    assert names_numbers("3 statt 4")
    assert names_numbers("eine Quote von 12,5 %")


def test_markdown_is_paragraphs_lists_bold_and_italic_and_nothing_else():
    found = parse("Ein **fetter** Satz.\n\n- a\n- b\n\n1. c\n\n<script>x</script> ![](http://x.example/y) # nein")
    assert [block.form for block in found] == [Form.PARAGRAPH, Form.BULLETS, Form.NUMBERS, Form.PARAGRAPH]
    assert [run.text for run in found[0].items[0] if run.bold] == ["fetter"]
    assert found[3].items[0][0].text == "<script>x</script> ![](http://x.example/y) # nein"


def test_texts_of_others_run_nowhere(city, catalogue):
    page = FORMATS["html"].render(reported(city(3.0), catalogue)).decode()
    assert "Das Feld &lt;b&gt;Bildung&lt;/b&gt;." in page
    assert "Plätze &amp; &lt;Kurse&gt;." in page


def test_the_date_of_the_cover_is_given(known):
    assert of(known).day == date(2026, 2, 1)


def test_each_sign_is_explained_once(report):
    signs = dict(report.signs)
    assert len(signs) == len(report.signs)
    assert signs["."] == "unbekannt oder geheim zu halten"
    assert signs["–"] == "genau nichts vorhanden"
