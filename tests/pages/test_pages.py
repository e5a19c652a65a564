"""Every page through dashboard.py on a real store, as a clerk sees it."""

import re
from datetime import datetime
from html import unescape

import pytest

from indicators.ui.navigation import PAGES
from tests.conftest import filled_template


def texts(app):
    """All that stands on the page, tables included."""
    parts = [
        element.value
        for kind in ("title", "header", "subheader", "markdown", "caption", "text")
        for element in app.get(kind)
    ]
    parts += [element.proto.body for element in app.get("html")]
    parts += [element.value for kind in ("error", "warning", "success", "info") for element in app.get(kind)]
    return "\n".join(str(part) for part in parts)


def to_copy(app):
    """The texts that stand ready to be copied, letter by letter."""
    found = re.findall(r"<pre><code>(.*?)</code></pre>", texts(app), re.DOTALL)
    return [unescape(text) for text in found]


def opened(app, page, **parameters):
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)
    return app


@pytest.mark.parametrize("page", [entry.file for entry in PAGES])
def test_every_page_opens(app, page):
    app.run()
    assert opened(app, page).title


def test_the_overview_counts_statuses_and_links_on(app):
    app.run()
    shown = texts(app)
    assert "leicht hinter dem Pfad" in shown
    assert "field?stand=heute&amp;feld=B&amp;status=" in shown
    assert "Lieferung 6" in shown


def test_an_empty_store_says_what_to_do_next(home, app):
    (home / "data" / "monitoring.duckdb").unlink()
    app.run()
    assert "Es ist noch nichts geliefert" in texts(app)


def test_an_indicator_states_its_finding_with_the_real_numbers(app):
    shown = texts(opened(app, "indicator", kennzahl="B-01"))
    # 2024: 130 of 400 children; path from 20 (2020) to 40 (2030): 28 in 2024
    assert "32,5" in shown
    assert "28,0" in shown
    assert "100 × „Betreute Kinder“ ÷ „Kinder“" in shown
    assert "FB51_2024.xlsx" in shown


def test_a_page_as_of_an_earlier_day_shows_what_was_known_then(app):
    shown = texts(opened(app, "indicator", kennzahl="B-01", stand="2023-06-30"))
    assert "2022" in shown
    assert "27,5" in shown  # 110 of 400
    assert "32,5" not in shown


def test_broken_definitions_are_shown_with_file_and_line(home, app):
    (home / "definitions" / "units.yaml").write_text("units: [{code: Personen}]\n", encoding="utf-8")
    app.run()
    shown = texts(app)
    assert "Der Katalog enthält Fehler" in shown
    assert "units.yaml" in shown


class TestDelivery:
    """Upload, findings, reasons, preview, commit, withdrawal."""

    def upload(self, app, content, name="FB51_2025.xlsx"):
        opened(app, "deliver")
        app.file_uploader[0].upload(name, content).run()
        assert "nicht vollständig angezeigt" not in texts(app)
        return texts(app)

    @pytest.fixture(autouse=True)
    def today(self, monkeypatch):
        monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))

    def test_a_sound_workbook_is_previewed_and_stored_on_confirmation(self, app, small_city):
        shown = self.upload(app, filled_template(small_city, 2025))
        assert "Alles in Ordnung" in shown
        assert "6 neu, 0 geändert, 0 entfällt, 0 unverändert" in shown
        app.button[0].click().run()
        assert "Gespeichert als Lieferung 7" in texts(app)
        assert "35,0" in texts(opened(app, "indicator", kennzahl="B-01"))

    def test_nothing_is_stored_without_confirmation(self, app, small_city):
        self.upload(app, filled_template(small_city, 2025))
        assert "35,0" not in texts(opened(app, "indicator", kennzahl="B-01"))

    def test_errors_name_sheet_cell_and_remedy_and_block(self, app, small_city):
        shown = self.upload(app, filled_template(small_city, 2025, kinder=-5.0))
        assert "Nicht übernommen: 2 Fehler" in shown
        assert re.search(
            r">kinder</td><td [^>]*>B8</td><td [^>]*>-5</td><td [^>]*>„Kinder“ kann nicht kleiner als 0", shown
        )
        assert not app.button

    def test_an_empty_total_is_filled_with_its_parts_and_says_so(self, app, small_city):
        shown = self.upload(app, filled_template(small_city, 2025, kinder=None))
        assert "Summe der Teile" in shown

    def test_a_warning_needs_a_reason(self, app, small_city):
        shown = self.upload(app, filled_template(small_city, 2024, kita_kinder=140.0), "korrigiert.xlsx")
        assert "Die Teile nach Staatsangehörigkeit" in shown
        app.button[0].click().run()
        assert "zu jeder Warnung einen Grund" in texts(app)
        app.text_input[0].input("zehn ohne Angabe").run()
        app.button[0].click().run()
        assert "Gespeichert als Lieferung 7" in texts(app)
        assert "zehn ohne Angabe" in texts(opened(app, "deliveries", nummer="7"))

    def test_the_same_file_again_changes_nothing(self, app, small_city):
        shown = self.upload(app, filled_template(small_city, 2024))
        assert "bereits geliefert: am 20.01.2025" in shown
        assert not app.button

    def test_a_file_that_is_no_workbook(self, app):
        shown = self.upload(app, b"a;b\n1;2\n", "tabelle.xlsx")
        assert "Nicht übernommen" in shown
        assert "CSV" in shown

    def test_a_withdrawn_delivery_gives_way_to_the_state_before(self, app):
        opened(app, "deliveries", nummer="6")
        app.text_input[0].input("falscher Stichtag")
        app.button[0].click().run()
        shown = texts(app)
        assert "Diese Lieferung ist zurückgezogen" in shown
        assert "falscher Stichtag" in shown
        assert "32,5" not in texts(opened(app, "indicator", kennzahl="B-01"))


class TestWhatIf:
    """Another target on the screen, and nothing of it in the store."""

    def test_another_target_gives_another_status_with_its_arithmetic(self, app):
        shown = texts(opened(app, "what_if"))
        assert "Im Berichtszeitraum 2024 beträgt der Wert 32,5" in shown  # opens with a target that can be moved
        assert "leicht hinter dem Pfad" not in shown
        app.text_input(key="trial-ziel-B-01").input("60").run()
        shown = texts(app)
        # path from 20 (2020) to 60 (2030): 36 in 2024; 5 % of 40 are 2, and -3,5 is within three of them
        assert "erwartet waren 36,0" in shown
        assert "leicht hinter dem Pfad" in shown
        assert "20 + (60 - 20) · 4 / 10 Jahre" in shown.replace("−", "-")
        assert "leicht hinter dem Pfad" not in texts(opened(app, "indicator", kennzahl="B-01"))

    def test_a_later_year_moves_the_path(self, app):
        opened(app, "what_if", kennzahl="B-01")
        app.text_input(key="trial-zieljahr-B-01").input("2040").run()
        assert "erwartet waren 24,0" in texts(app)

    def test_what_cannot_be_read_is_told_and_left_as_it_was(self, app):
        opened(app, "what_if", kennzahl="B-01")
        app.text_input(key="trial-ziel-B-01").input("vierzig").run()
        assert not app.exception
        assert "vierzig" in texts(app)
        assert "erwartet waren 28,0" in texts(app)


def test_the_next_indicator_of_the_field_is_one_press_away(app):
    opened(app, "indicator", kennzahl="B-01")
    assert [button.disabled for button in steps(app)] == [True, False]
    steps(app)[1].click().run()
    assert app.title[0].value == "Kursplätze im Jahr"
    assert app.query_params["kennzahl"] in ("B-02", ["B-02"])
    steps(app)[0].click().run()
    assert "32,5" in texts(app)
    opened(app, "indicator", kennzahl="B-05")
    assert [button.disabled for button in steps(app)] == [False, True]


def steps(app):
    return [button for button in app.button if button.label.endswith("Kennzahl des Handlungsfelds")]


def test_definition_and_arithmetic_stand_below_and_bars_beside_the_chart(app):
    shown = texts(opened(app, "indicator", kennzahl="B-01"))
    assert shown.index('class="bars"') < shown.index('class="multiples"') < shown.index("<dt>Definition</dt>")
