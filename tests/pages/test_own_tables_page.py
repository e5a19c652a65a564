"""A department's own table on the screen: asked once, confirmed, stored; next year without a question."""

from datetime import datetime

import pytest

from tests.deliveries.own_workbooks import FIRST, NEXT, as_ods, bare_numbers, cross_table
from tests.pages.test_pages import opened, texts

pytestmark = pytest.mark.slow

YEARS = (2025, 2026, 2027)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2028, 2, 1, 9))


def upload(app, content, name="kinder.xlsx"):
    opened(app, "deliver")
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)
    return texts(app)


def box(app, label):
    return next(one for one in app.selectbox if label in one.label)


def press(app, label):
    next(one for one in app.button if label in one.label).click().run()
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)


def choose(app, label, option):
    found = box(app, label)
    found.select_index(found.options.index(option)).run()
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)


def confirm(app):
    for one in [one for one in app.text_input if one.label.startswith("Grund zu")]:
        one.input("geprüft").run()
    press(app, "Übernehmen")
    assert "Gespeichert als Lieferung" in texts(app)


def assign_first(app, rows=FIRST, name="kinder.xlsx"):
    content = cross_table(rows, YEARS[:2])
    upload(app, as_ods(content) if name.endswith(".ods") else content, name)
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    assert box(app, "Grundzahl der ganzen Tabelle").value.base_figure == "kinder"
    assert "0 Werte werden übernommen" in texts(app)  # a suggestion is no answer
    confirm_figure(app)


def confirm_figure(app):
    next(one for one in app.button if one.key.endswith("-figure-yes")).click().run()


def test_an_unknown_table_is_shown_with_its_regions_and_asked_about(app):
    shown = upload(app, cross_table(FIRST, YEARS[:2]))
    assert "Eigene Tabellen, noch nicht zugeordnet" in shown
    assert 'class="labels"' in shown
    assert "<i>B</i>Ausländische" in shown
    assert "<i>T</i>Kinder nach Staatsangehörigkeit" in shown
    assert not [one for one in app.button if one.label == "Übernehmen"]


def test_after_the_last_answer_it_is_previewed_and_stored(app):
    assign_first(app)
    shown = texts(app)
    assert "6 Werte werden übernommen, 0 warten" in shown
    assert "6 neu, 0 geändert, 0 entfällt, 0 unverändert" in shown
    confirm(app)


def test_an_unknown_label_waits_until_it_is_decided(app):
    assign_first(app, {**FIRST, "Zwillinge": (7, 8)})
    assert "6 Werte werden übernommen, 2 warten" in texts(app)
    assert "Eine Frage ist noch offen" in texts(app)
    press(app, "Offene nicht übernehmen")
    assert "6 Werte werden übernommen, 0 warten, 2 werden ausgelassen" in texts(app)
    confirm(app)


def test_a_suggestion_counts_only_once_it_is_confirmed(app):
    assign_first(app, {("Ausländischen" if k == "Ausländische" else k): v for k, v in FIRST.items()})
    assert "Vorschläge, bitte bestätigen" in texts(app)
    assert box(app, "Ausländischen").value.breakdown.code == "herkunft=auslaendisch"
    assert "4 Werte werden übernommen, 2 warten" in texts(app)
    next(one for one in app.button if "-yes-" in one.key).click().run()
    assert "6 Werte werden übernommen, 0 warten" in texts(app)


def test_the_next_year_runs_through_and_a_missing_row_is_told(app):
    assign_first(app)
    confirm(app)
    shown = upload(app, cross_table(NEXT, YEARS), "kinder_neu.xlsx")
    assert "noch offen" not in shown
    assert "3 neu, 2 geändert, 0 entfällt, 4 unverändert" in shown
    confirm(app)
    fewer = {label: values for label, values in NEXT.items() if label != "Deutsche"}
    shown = upload(app, cross_table(fewer, YEARS), "kinder_lücke.xlsx")
    assert "Die Beschriftung „Deutsche“ (Deutsche) kommt in der Tabelle nicht mehr vor." in shown
    assert "3 entfällt" in shown


def test_a_table_of_libreoffice_goes_the_same_way_and_its_original_keeps_its_name(app, monkeypatch):
    assign_first(app, name="kinder.ods")
    assert "6 neu, 0 geändert, 0 entfällt, 0 unverändert" in texts(app)
    confirm(app)
    shown = upload(app, as_ods(cross_table(NEXT, YEARS)), "kinder_neu.ods")
    assert "noch offen" not in shown
    assert "3 neu, 2 geändert, 0 entfällt, 4 unverändert" in shown
    confirm(app)
    offered = []
    monkeypatch.setattr("streamlit.download_button", lambda label, *_, **said: offered.append(said["file_name"]))
    opened(app, "deliveries", nummer="8")
    assert "Lieferung-8_kinder_neu.ods" in offered


def test_a_range_set_by_hand_is_read_so(app):
    assign_first(app, {**FIRST, "Kontrolle": (7, 8)})
    next(one for one in app.text_input if one.label == "Bereich").input("a7 bis c7").run()
    choose(app, "Was darin steht", "Anmerkungen")
    press(app, "Bereich festlegen")
    assert "A7:C7: Anmerkungen" in texts(app)
    confirm_figure(app)
    assert "6 Werte werden übernommen, 0 warten, 0 werden ausgelassen" in texts(app)


def test_what_is_no_range_is_said_kindly(app):
    assign_first(app)
    next(one for one in app.text_input if one.label == "Bereich").input("Spalte B").run()
    press(app, "Bereich festlegen")
    assert "Das ist kein Bereich. So geht es: B5:F20" in texts(app)


def test_a_table_that_is_not_wanted_is_left_alone(app):
    assign_first(app)
    next(one for one in app.checkbox if one.label == "Diese Tabelle übernehmen").uncheck().run()
    assert "keine einzige Zahl übernommen" in texts(app)


def test_a_table_that_only_a_person_can_find_is_marked_by_hand(app):
    """Numbers without head and labels: nothing says that this is a table."""
    shown = upload(app, bare_numbers())
    assert "keine Tabelle zu erkennen" in shown
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    assert not [one for one in app.button if one.label == "Übernehmen"]


def test_hidden_rows_are_marked_and_told_before_anything_is_decided(app):
    shown = upload(app, cross_table(FIRST, YEARS[:2], hidden_row=5))
    assert "1 ausgeblendete Zeile mit Inhalt: 5." in shown
    assert '<th scope="row" class="hidden" title="ausgeblendet">5*</th>' in shown


def field(app, label):
    return next(one for one in app.text_input if label in one.label)


def type_in(app, label, text):
    field(app, label).input(text).run()
    assert not app.exception
    assert "nicht vollständig angezeigt" not in texts(app)


def assign(app, content, name="kinder.xlsx"):
    upload(app, content, name)
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    confirm_figure(app)


def test_a_label_is_given_its_period_and_next_time_the_following_one_is_suggested(app):
    upload(app, cross_table(FIRST, ("Vorjahr", "dieses Jahr")))
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    choose(app, "„Vorjahr“", "Zeitraum …")
    type_in(app, "Welcher Zeitraum", "gestern")
    assert "„gestern“ ist kein Berichtszeitraum" in texts(app)
    type_in(app, "Welcher Zeitraum", "2025")
    confirm_figure(app)
    assert "3 Werte werden übernommen, 3 warten" in texts(app)
    choose(app, "„dieses Jahr“", "Zeitraum …")
    [last] = [one for one in app.text_input if "Welcher Zeitraum" in one.label and not one.value]
    last.input("2026").run()
    assert "6 Werte werden übernommen, 0 warten" in texts(app)
    confirm(app)
    shown = upload(app, cross_table({label: (values[1], 500) for label, values in FIRST.items()},
                                    ("Vorjahr", "dieses Jahr")), "neu.xlsx")  # fmt: skip
    assert "2 Fragen sind noch offen" in shown
    assert [one.value for one in app.caption if "Zeitraum 2026; beim letzten Mal" in one.value]
    press(app, "Alle 2 eindeutigen Vorschläge bestätigen")
    assert "6 Werte werden übernommen, 0 warten" in texts(app)


def test_a_table_without_a_period_is_asked_once_and_the_next_one_is_suggested(app):
    rows = {label: values[:1] for label, values in FIRST.items()}
    assign(app, cross_table(rows, ("Anzahl",)))
    assert "Eine Frage ist noch offen" in texts(app)
    type_in(app, "nennt keinen Zeitraum", "2025")
    assert "3 Werte werden übernommen, 0 warten" in texts(app)
    assert "Als Zeitraum der Tabelle gilt 2025, von Hand angegeben." in texts(app)
    confirm(app)
    shown = upload(app, cross_table({label: (one[0] + 1,) for label, one in rows.items()}, ("Anzahl",)), "neu.xlsx")
    assert "Eine Frage ist noch offen" in shown
    press(app, "Bestätigen: 2026")
    assert "3 Werte werden übernommen, 0 warten" in texts(app)
    assert "3 neu, 0 geändert" in texts(app)


def test_a_member_is_given_a_period_beside_its_meaning(app):
    assign_first(app)
    choose(app, "Beschriftung", "„Deutsche“: Deutsche")
    type_in(app, "Ihre Werte gelten für", "2024")
    assert "6 Werte werden übernommen, 0 warten" in texts(app)
    type_in(app, "Ihre Werte gelten für", "")
    assert "6 neu, 0 geändert, 0 entfällt, 0 unverändert" in texts(app)


def test_words_are_taken_as_the_sign_that_a_person_says_and_so_again(app):
    rows = {"Ausländische": ("<5", 110), "Deutsche": (300, "k. A."), "Insgesamt": (400, 415)}
    assign_first(app, rows)
    assert "2 Fragen sind noch offen" in texts(app)
    assert box(app, "5“ steht dort").value == "*"
    press(app, "Bestätigen")
    choose(app, "„k. A.“ steht dort", "auslassen")
    assert "5 Werte werden übernommen, 0 warten, 1 wird ausgelassen" in texts(app)
    assert "gilt als „geheim gehalten, weil die Zahl zu klein ist“ (1 Zelle)." in texts(app)
    confirm(app)
    again = {**rows, "Ausländische": ("< 5", 111)}
    assert "noch offen" not in upload(app, cross_table(again, YEARS[:2]), "neu.xlsx")


def test_fractions_are_asked_with_both_readings(app):
    upload(app, cross_table({"Ausländische": (0.407, 0.381)}, YEARS[:2], title="Anteil der Kinder"), "anteil.xlsx")
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    confirm_figure(app)
    asked = box(app, "0,407 kann ein Bruchteil sein")
    assert asked.options[:2] == [
        "Bruchteile, mal 100: 0,407 bedeutet 40,7 %", "schon Prozent, wie gelesen: 0,407 bedeutet 0,407 %",
    ]  # fmt: skip
    assert "0 Werte werden übernommen, 2 warten" in texts(app)
    next(one for one in app.button if "-fraction-" in one.key).click().run()
    assert "2 Werte werden übernommen, 0 warten" in texts(app)
    assert "2 Werte gelten als Bruchteile und werden mal 100 genommen: 0,407 als 40,7 %." in texts(app)
    press(app, "Entscheidungen zu Einheiten und Bruchteilen zurücknehmen")
    assert "0 Werte werden übernommen, 2 warten" in texts(app)


def test_a_hidden_row_waits_for_a_yes(app):
    upload(app, cross_table(FIRST, YEARS[:2], hidden_row=5))
    choose(app, "Meldende Stelle dieser", "Fachbereich Kinder")
    confirm_figure(app)
    assert "4 Werte werden übernommen, 2 warten" in texts(app)
    choose(app, "Die Zeile 5 ist ausgeblendet", "wie gelesen übernehmen")
    assert "6 Werte werden übernommen, 0 warten" in texts(app)
    confirm(app)
    more = {**FIRST, "Deutsche": (300, 306), "Insgesamt": (400, 416)}
    assert "noch offen" not in upload(app, cross_table(more, YEARS[:2], hidden_row=5), "neu.xlsx")
