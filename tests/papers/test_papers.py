"""Papers for committees: every block of each city's form in its order, filled from the decision or the report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from openxml_audit import FileFormat, OpenXmlValidator

from indicators.boards import dossier
from indicators.knowledge.paper_drafts import Draft, PaperError, Part, Station, keep, last_of_all, latest
from indicators.papers import paper, paper_word
from indicators.papers.forms import Form, forms
from indicators.reports.compose import compose
from indicators.reports.markdown import plain
from indicators.reports.report import Kind, Written
from indicators.reports.wishes import Wish
from indicators.store import Store
from tests.libreoffice import as_pdf
from tests.papers.conftest import NOW
from tests.papers.test_meeting_files import text_of
from tests.reports.test_numbers import in_charts

DAY = date(2026, 2, 10)
STATIONS = (
    Station("Sozialausschuss", date(2026, 3, 4), True, Part.NOTICE),
    Station("Verwaltungsvorstand", None, False, Part.PRELIMINARY),
    Station("Rat", date(2026, 4, 1), True, Part.DECISION),
)
HEAD = ["Betreff", "Nummer", "Beratungsfolge"]
BLOCKS = {
    "neutral": [*HEAD, "Beschlussvorschlag", "Begründung", "Finanzielle Auswirkungen"],
    "leverkusen": [
        *HEAD, "Beschlussvorschlag", "Begründung", "A)", "Finanzstelle", "Produkt", "Produktgruppe",
        "B) Auswirkungen im laufenden Jahr und in den Folgejahren",
        "C) Veränderungen in der Bilanz oder Ergebnisrechnung", "D) Besonderheiten",
        "E) Beteiligung", "Stufe 1: Information", "Stufe 2: Konsultation", "Stufe 3: Kooperation",
        "F) Nachhaltigkeit", "Klima betroffen", "nachhaltig", "kurz- bis mittelfristig", "langfristig",
    ],
    "luebeck": [
        *HEAD, "Beschlussvorschlag", "Verfahren", "Beteiligte Bereiche und Projektgruppen",
        "Beteiligung von Kindern und Jugendlichen gemäß § 47 f GO", "Begründung", "Die Maßnahme ist",
        "vorgeschrieben durch", "Finanzielle Auswirkungen", "ja (Anlage)", "Begründung",
    ],
    "bielefeld": [
        *HEAD, "Betroffene Produktgruppen", "Auswirkungen auf den Haushalt", "Vorangegangene Behandlung", "Gremium",
        "Datum", "Tagesordnungspunkt", "Drucksachennummer", "Beschlussvorschlag",
        "Begründung (über drei Seiten: mit Zusammenfassung)",
    ],
    "braunschweig": [*HEAD, "Beschlussvorschlag", "Begründung", "Finanzielle Auswirkungen"],
    "landau": [*HEAD, "Beschlussvorschlag", "Begründung", "Finanzielle Auswirkungen"],
}  # fmt: skip
"""As PAPERS.md and DOMAIN.md name them."""
PARTS = {
    "leverkusen": ["zur Kenntnis", "Beratung", "Entscheidung"],
    "luebeck": ["zur Kenntnisnahme", "zur Senatsberatung", "Entscheidung"],
}


@pytest.fixture(scope="module")
def decision(deck):
    return next(one for one in deck.decided if one.wording == "Zwei Gruppen mehr")


@pytest.fixture(scope="module")
def draft(deck, decision) -> Draft:
    begun = paper.proposed_by_decision(deck, decision, "beschluss:5", "neutral")
    return replace(begun, number="2026/17", stations=STATIONS, effects="12.000 Euro\nim Jahr")


def written(deck, decision, draft: Draft, form: Form, folder: Path) -> Path:
    made = paper.of_decision(deck, decision, draft, form, DAY)
    path = folder / paper_word.file_name(made)
    path.write_bytes(paper_word.render(made))
    return path


def in_order(text: str, wanted: Sequence[str]) -> list[str]:
    """Those that do not stand in the text after the ones before them."""
    at, missing = 0, []
    for one in wanted:
        found = text.find(one, at)
        missing += [one] if found < 0 else []
        at = max(at, found + len(one))
    return missing


def test_there_is_a_form_for_each_of_the_five_cities_and_a_neutral_one():
    assert list(forms()) == ["neutral", "bielefeld", "braunschweig", "landau", "leverkusen", "luebeck"]
    assert set(BLOCKS) == set(forms())


@pytest.mark.parametrize("code", BLOCKS)
def test_every_block_is_there_in_order_and_filled_from_the_decision(deck, decision, draft, code, tmp_path):
    form = forms()[code]
    path = written(deck, decision, draft, form, tmp_path)
    text = text_of(path)
    assert in_order(text, BLOCKS[code]) == []
    assert text.startswith(
        f"Musterstadt\n{form.kind}\nDatum: 10.02.2026\nBetreff: Betreuungsquote: Zwei Gruppen mehr\n"
    )
    assert "Nummer: 2026/17\n" in text
    assert "Steuerungsgruppe am 04.02.2026, beschlossen: „Zwei Gruppen mehr“. Zuständig: FB 51. Bis 30.06.2026." in text
    assert dossier.finding(deck.known, deck.known.catalogue.indicator("B-01")) in text
    assert "Seit der letzten Sitzung: Neu gefährdet" in text
    assert "12.000 Euro\nim Jahr" in text
    document = docx.Document(str(path))
    words = PARTS.get(code, ["zur Kenntnis", "Vorberatung", "Entscheidung"])
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["Gremium", "Datum", "Öffentlichkeit", "Zuständigkeit", "Ergebnis und Abstimmung"],
        ["Sozialausschuss", "04.03.2026", "öffentlich", words[0], ""],
        ["Verwaltungsvorstand", "bitte ergänzen", "nichtöffentlich", words[1], ""],
        ["Rat", "01.04.2026", "öffentlich", words[2], ""],
    ]
    [course] = document.tables[1:]
    assert course.rows[-1].cells[0].text == "2030"  # the target
    assert ["2025", "25,8"] in [[cell.text for cell in row.cells][:2] for row in course.rows]
    assert len(list(in_charts(path.read_bytes()))) == 1
    assert found_valid(path)


def found_valid(path: Path) -> bool:
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(path)
    assert found.is_valid, [str(error) for error in found.errors][:5]
    return True


@pytest.mark.parametrize("code", BLOCKS)
def test_what_nobody_can_know_stands_as_a_field_that_is_seen(deck, decision, code, tmp_path):
    """An empty paper asks for everything, in yellow."""
    path = written(deck, decision, Draft("beschluss:5", code), forms()[code], tmp_path)
    document = docx.Document(str(path))
    runs = [run for line in document.paragraphs for run in line.runs]
    for run in runs:
        asks = "bitte ergänzen" in run.text or "☐" in run.text
        assert asks == (run.font.highlight_color == WD_COLOR_INDEX.YELLOW), run.text
    form = forms()[code]
    asked = sum(block.filling is None and len(block.fields) for block in form.blocks)
    asked += sum(bool(choice.reason) for block in form.blocks for choice in block.choices)
    alone = [run.text for run in runs if run.text == "bitte ergänzen"]
    assert len(alone) == asked + 4  # subject, number, proposal, financial effects
    assert [cell.text for cell in document.tables[0].rows[1].cells][:2] == ["bitte ergänzen"] * 2
    ticks = sum(len(choice.answers) for block in form.blocks for choice in block.choices)
    assert sum(run.text.count("☐") for run in runs) == ticks


def test_a_decision_about_a_field_brings_its_table_and_the_indicators_that_are_asked_for(deck, tmp_path):
    about_field = next(one for one in deck.decided if one.slide == "feld-B")
    begun = paper.proposed_by_decision(deck, about_field, "beschluss:6", "neutral")
    assert (begun.subject, begun.shown) == ("Bildung: Ein Bericht über das Feld", ())
    path = written(deck, about_field, replace(begun, shown=("B-01", "Z-99")), forms()["neutral"], tmp_path)
    tables = docx.Document(str(path)).tables
    assert [len(table.rows) for table in tables[1:]] == [6, len(tables[2].rows)]
    assert "B-02 Kursplätze im Jahr" in text_of(path)
    assert "Z-99" not in text_of(path)
    assert "Tabelle 1" in text_of(path) and "Tabelle 2" in text_of(path)


def test_a_decision_whose_slide_is_gone_still_makes_a_paper(deck, decision, tmp_path):
    alone = replace(decision, slide="kennzahl-Z-99")
    begun = paper.proposed_by_decision(deck, alone, "beschluss:5", "neutral")
    assert begun.subject == "Zwei Gruppen mehr"
    assert "Zwei Gruppen mehr" in text_of(written(deck, alone, begun, forms()["neutral"], tmp_path))


def test_no_byte_depends_on_a_hidden_number(met, deck, decision, draft):
    """D-01 is hidden in 2025: 3 and 2 children make the same paper, 20 another."""
    shown = replace(draft, shown=("D-01", "B-01"))
    form = forms()["neutral"]
    papers = [
        paper_word.render(paper.of_decision(found, decision, shown, form, DAY)) for found in (deck, met(2.0), met(20.0))
    ]
    assert papers[0] == papers[1] != papers[2]


def test_true_values_make_no_paper(deck, decision, draft):
    known = replace(deck.known, suppressed=False)
    with pytest.raises(ValueError, match="steering group"):
        paper.of_decision(replace(deck, known=known), decision, draft, forms()["neutral"], DAY)


def test_a_report_makes_a_paper_with_its_own_figures(deck, tmp_path):
    front = (Written("Vorwort", plain("Guten Tag.")), Written("Zusammenfassung", plain("Kurz gesagt: besser.")))
    report = replace(compose(deck.known, Wish(Kind.FULL), DAY, {}, {}), number=3, front=front)
    begun = paper.proposed_by_report(report, "bericht:3", "leverkusen")
    assert begun.proposal == "Der Integrationsbericht Nr. 3 wird zur Kenntnis genommen."
    made = paper.of_report(report, replace(begun, shown=("B-01",)), forms()["leverkusen"], DAY)
    path = tmp_path / paper_word.file_name(made)
    path.write_bytes(paper_word.render(made))
    text = text_of(path)
    assert path.name.startswith("vorlage-integrationsbericht-nr-3-")
    assert "Integrationsbericht Nr. 3 vom 10.02.2026" in text
    assert "Stand der Ziele nach Handlungsfeldern" in text and "25,8" in text
    assert "Kurz gesagt: besser." in text and "Guten Tag" not in text
    assert in_order(text, BLOCKS["leverkusen"]) == []
    assert len(list(in_charts(path.read_bytes()))) == 1
    assert found_valid(path)
    few = replace(report, codes=("B-01",))
    assert paper.proposed_by_report(few, "bericht:3", "neutral").shown == ("B-01",)


def test_drafts_are_kept_and_the_last_form_is_remembered(store):
    assert latest(store, "beschluss:5") is None and last_of_all(store) is None
    first = Draft("beschluss:5", "luebeck", "Betreff", "17", STATIONS, "Text", "keine", ("B-01",))
    keep(store, first, "Kim", datetime(2026, 2, 10))
    keep(store, Draft("bericht:2", "neutral"), "Kim", datetime(2026, 2, 11))
    assert latest(store, "beschluss:5") == first
    keep(store, replace(first, form="landau"), "Kim", datetime(2026, 2, 12))
    keep(store, replace(first, form="landau"), "Kim", datetime(2026, 2, 13))  # nothing has changed
    assert store.value("select count(*) from paper_draft") == 3
    last = last_of_all(store)
    assert last and last.form == "landau"
    assert last_of_all(store, "luebeck") == first
    assert last_of_all(store, "bielefeld") is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"subject": "x" * 301}, "Betreff: höchstens 300 Zeichen, es sind 301."),
        ({"proposal": "x" * 8001}, "Beschlussvorschlag"),
        ({"stations": (Station("x" * 121),)}, "Der Name eines Gremiums"),
        ({"stations": (Station("Rat"),) * 31}, "höchstens 30 Stationen"),
        ({"shown": tuple(f"B-{number}" for number in range(13))}, "höchstens 12 Kennzahlen"),
    ],
)
def test_what_is_too_long_is_told_and_not_kept(store: Store, changed, said):
    with pytest.raises(PaperError, match=said):
        keep(store, replace(Draft("beschluss:5", "neutral"), **changed), "Kim", NOW)
    assert latest(store, "beschluss:5") is None


@pytest.mark.slow
def test_libreoffice_opens_each_form(deck, decision, draft, tmp_path):
    files = []
    for code, form in forms().items():
        (tmp_path / code).mkdir()
        made = written(deck, decision, draft, form, tmp_path / code)
        files.append(made.rename(tmp_path / f"{code}.docx"))
    assert all(one.exists() for one in as_pdf(tmp_path, *files))
