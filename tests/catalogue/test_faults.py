"""Every fault names file, line, field and remedy, and all of them come at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.catalogue import CatalogueError, lint, load

Change = Callable[..., Path]

# what is replaced, by what, in which file → line, field, a part of the message, a part of the remedy
CASES = {
    "unknown name": (
        "100 * betreut_u3 / kinder_u3", "100 * betreut_u3 / kinder_ue3", "b_bildung",
        (35, "indicators.B-01.formula", "„kinder_ue3“ ist nicht definiert", "Meinten Sie „kinder_u3“?"),
    ),
    "division of other unit": (
        "100 * betreut_u3 / kinder_u3", "100 * stunden / kinder_u3", "b_bildung",
        (35, "indicators.B-01.formula", "100 * stunden (Stunden) geteilt durch kinder_u3 (Anzahl)", "ratio: true"),
    ),
    "sum of other unit": (
        "100 * betreut_u3 / kinder_u3", "100 * (betreut_u3 + stunden) / kinder_u3", "b_bildung",
        (35, "indicators.B-01.formula", "betreut_u3 (Anzahl) und stunden (Stunden)", "Gleiche Einheiten"),
    ),
    "percentage without denominator": (
        "100 * betreut_u3 / kinder_u3", "betreut_u3", "b_bildung",
        (35, "indicators.B-01.formula", "braucht einen Nenner", "100 * Zähler / Nenner"),
    ),
    "factor forgotten": (
        "100 * betreut_u3 / kinder_u3", "betreut_u3 / kinder_u3", "b_bildung",
        (35, "indicators.B-01.formula", "mit 100 malgenommen, hier mit 1", "100 * Zähler / Nenner"),
    ),
    "power": (
        "100 * betreut_u3 / kinder_u3", "9 ** betreut_u3", "b_bildung",
        (35, "indicators.B-01.formula", "darf in einer Formel nicht stehen", "Erlaubt sind + - * /"),
    ),
    "call": (
        "100 * betreut_u3 / kinder_u3", "'__import__(\"os\").system(\"id\")'", "b_bildung",
        (35, "indicators.B-01.formula", "darf in einer Formel nicht stehen", "Erlaubt sind + - * /"),
    ),
    "duplicate indicator": (
        "indicators:\n", "indicators:\n  - {code: B-01, title: x, goal: B-1, kind: input, formula: kinder_u3, "
        "unit: Anzahl, direction: up, definition: x, source: x}\n", "b_bildung",
        (32, "indicators.B-01.code", "„B-01“ gibt es schon (b_bildung.yaml, Zeile 31)", "anderes Kürzel"),
    ),
    "target before baseline": (
        "period: 2024, value: 30.0", "period: 2018, value: 30.0", "b_bildung",
        (43, "indicators.B-01.targets.1.period", "2018 liegt vor oder auf dem Ausgangswert (2019)", "zeitlicher Folge"),
    ),
    "target worse than baseline": (
        "direction: up", "direction: down", "b_bildung",
        (43, "indicators.B-01.targets", "schlechter als der Ausgangswert", "direction"),
    ),
    "unknown unit": (
        "unit: Prozent", "unit: Prozente", "b_bildung",
        (36, "indicators.B-01.unit", "„Prozente“ ist nicht definiert", "Meinten Sie „Prozent“?"),
    ),
    "unknown dimension": (
        "dimensions: [herkunft, geschlecht, gebiet]", "dimensions: [herkunfft]", "b_bildung",
        (16, "base_figures.kinder_u3.dimensions.1", "„herkunfft“ ist nicht definiert", "Meinten Sie „herkunft“?"),
    ),
    "unknown department": (
        "department: FB 51", "department: FB51", "b_bildung",
        (15, "base_figures.kinder_u3.department", "„FB51“ ist nicht definiert", "Meinten Sie „FB 51“?"),
    ),
    "unknown goal": (
        "goal: B-1.1", "goal: C-7", "b_bildung",
        (33, "indicators.B-01.goal", "„C-7“ gibt es im Handlungsfeld B nicht", ""),
    ),
    "breakdown that a part lacks": (
        "dimensions: [herkunft, geschlecht, gebiet]", "dimensions: [geschlecht, gebiet]", "b_bildung",
        (38, "indicators.B-01.breakdowns.1", "Nach „herkunft“ wird nicht geliefert: kinder_u3", "dimensions ergänzen"),
    ),
    "unknown comparison area": (
        "compare: [land]", "compare: [lahn]", "b_bildung",
        (39, "indicators.B-01.compare.1", "„lahn“ ist keine Ausprägung", "Meinten Sie „land“?"),
    ),
    "cycle": (
        "indicators:\n",
        "derived_figures:\n  - {code: a, title: A, formula: b + kinder_u3}\n  - {code: b, title: B, formula: 2 * a}\n"
        "indicators:\n", "b_bildung",
        (31, "derived_figures.a.formula", "dreht sich im Kreis: a → b → a", "gelieferten Grundzahlen"),
    ),
    "German decimal comma": (
        "value: 24.0", "value: '24,0'", "b_bildung",
        (42, "indicators.B-01.baseline", "„24,0“ ist keine Zahl", "mit Punkt"),
    ),
    "period that is none": (
        "period: 2019, value", "period: 2019-Q5, value", "b_bildung",
        (42, "indicators.B-01.baseline", "„2019-Q5“ ist kein Berichtszeitraum", ""),
    ),
    "misspelt field": (
        "title: Betreuungsquote", "titel: Betreuungsquote", "b_bildung",
        (32, "indicators.B-01.titel", "nicht bekannt", "Schreibweise"),
    ),
    "missing definition": (
        "    definition: Anteil der betreuten Kinder an allen Kindern.\n", "", "b_bildung",
        (31, "indicators.B-01.definition", "Diese Angabe fehlt", "definition: …"),
    ),
    "number for text": (
        "title: Kinder unter 3 Jahren", "title: 3", "b_bildung",
        (11, "base_figures.kinder_u3.title", "Hier gehört ein Text hin, gefunden: „3“", "Anführungszeichen"),
    ),
    "list for mapping": (
        "baseline: {period: 2019, value: 24.0}", "baseline: [2019, 24.0]", "b_bildung",
        (42, "indicators.B-01.baseline", "Zeitraum und Wert", "{period: 2028, value: 36.0}"),
    ),
    "kind that is none": (
        "kind: outcome", "kind: outcomes", "b_bildung",
        (34, "indicators.B-01.kind", "„outcomes“ ist hier nicht vorgesehen", "impact, outcome, output"),
    ),
    "tab": (
        "    unit: Prozent", "\tunit: Prozent", "b_bildung",
        (36, "", "Tabulator", "Leerzeichen"),
    ),
    "key twice": (
        "    unit: Prozent\n", "    unit: Prozent\n    unit: Anzahl\n", "b_bildung",
        (37, "", "doppelt", "streichen"),
    ),
    "colon in text": (
        "title: Betreuungsquote", "title: Quote: Betreuung", "b_bildung",
        (32, "", "Doppelpunkt", "Anführungszeichen"),
    ),
    "open bracket": (
        "compare: [land]", "compare: [land", "b_bildung",
        (40, "", "Klammer wird nicht geschlossen", "Klammern"),
    ),
    "anchor": (
        "title: Betreuungsquote", "title: &a Betreuungsquote", "b_bildung",
        (32, "", "Verweise", "ausschreiben"),
    ),
    "comma in a short form": (
        "title: Die Betreuungsquote steigt.", "title: Die Quote steigt, und zwar bald.", "b_bildung",
        (8, "guiding_goals.B-1.sub_goals.B-1.1.und zwar bald.", "ist keine Angabe", "Anführungszeichen"),
    ),
    "stock day of a flow": (
        "    kind: stock\n", "    kind: flow\n", "b_bildung",
        (14, "base_figures.kinder_u3.reference", "nur zu einem Bestand", "kind auf stock"),
    ),
    "day that is none": (
        '"03-01"', '"02-30"', "b_bildung",
        (14, "base_figures.kinder_u3.reference", "„02-30“ ist kein Stichtag", "„03-01“ für 1. März"),
    ),
    "sheet name": (
        "    suppress_below: 5", "    family: Kita/Tagespflege", "b_bildung",
        (24, "base_figures.betreut_u3.family", "kein Blatt", "31 Zeichen"),
    ),
    "member twice": (
        "code: maennlich", "code: weiblich", "dimensions",
        (12, "dimensions.geschlecht.members.weiblich.code", "steht doppelt", "ändern"),
    ),
    "city's area": (
        "[land]", "[mond]", "city",
        (3, "comparison_areas.1", "„mond“ ist keine Ausprägung des Merkmals „gebiet“", "ergänzen"),
    ),
    "section misspelt": (
        "units:", "unit:", "units",
        (1, "unit", "„unit“ ist hier nicht bekannt", "units"),
    ),
    "goal without baseline": (
        "    baseline: {period: 2019, value: 24.0}\n", "", "b_bildung",
        (31, "indicators.B-01.baseline", "linear_path braucht einen Ausgangswert", "baseline: …"),
    ),
    "growth rate of a percentage": (
        "direction: up", "direction: up\n    method: eurostat_cagr", "b_bildung",
        (38, "indicators.B-01.method", "passen nicht zu Prozentzahlen", "linear_path"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_names_line_field_and_remedy(change: Change, case: str) -> None:
    old, new, file, (line, field, message, remedy) = CASES[case]
    faults = lint(change(old, new, file))
    found = [fault for fault in faults if message in fault.message and fault.field == field]
    assert found, faults
    assert (found[0].file, found[0].line) == (f"{file}.yaml", line)
    assert remedy in found[0].remedy
    assert found[0].remedy


def test_a_good_folder_has_no_faults(folder: Path) -> None:
    assert lint(folder) == []


def test_all_faults_come_at_once(change: Change) -> None:
    change("unit: Prozent", "unit: Prozente")
    change("kind: provider", "kind: verein", "reporters")
    change("goal: B-1.1", "goal: Z-9")
    folder = change("title: Geschlecht", "titel: Geschlecht", "dimensions")
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    assert {fault.file for fault in caught.value.faults} == {"b_bildung.yaml", "reporters.yaml", "dimensions.yaml"}
    assert [fault.field for fault in caught.value.faults if fault.file == "b_bildung.yaml"] == [
        "indicators.B-01.goal",
        "indicators.B-01.unit",
    ]
    assert str(caught.value).startswith("Die Definitionen haben 5 Fehler:")


def test_a_faulty_entry_is_not_reported_again_where_it_is_used(change: Change) -> None:
    """A misspelt field in a base figure must not turn every formula that names it into a fault."""
    faults = lint(change("title: Kinder unter 3 Jahren", "titel: Kinder unter 3 Jahren"))
    assert {fault.field for fault in faults} == {"base_figures.kinder_u3.title", "base_figures.kinder_u3.titel"}


def test_files_that_cannot_be_read(folder: Path) -> None:
    (folder / "latin.yaml").write_bytes("field: C\ntitle: Gebäude\n".encode("latin-1"))
    (folder / "leer.yaml").write_text("")
    (folder / "falsch.yml").write_text("field: D")
    (folder / "liste.yaml").write_text("- a\n- b\n")
    (folder / "units.yaml").unlink()
    found = {fault.file: (fault.line, fault.message) for fault in lint(folder)}
    assert found["latin.yaml"] == (2, "Die Datei ist nicht in UTF-8 gespeichert.")
    assert found["leer.yaml"] == (1, "Die Datei ist leer.")
    assert found["falsch.yml"] == (0, "Die Endung ist nicht .yaml.")
    assert found["liste.yaml"] == (1, "Die Datei beginnt nicht mit „name: wert“.")
    assert found["units.yaml"] == (0, "Die Datei fehlt.")


def test_an_empty_or_missing_folder_is_told(tmp_path: Path) -> None:
    assert {fault.file for fault in lint(tmp_path)} >= {"city.yaml", "units.yaml"}
    assert lint(tmp_path / "nirgends")


def test_unknown_method_is_a_fault_where_the_methods_are_known(change: Change) -> None:
    folder = change("direction: up", "direction: up\n    method: linear_pfad")
    assert lint(folder) == []
    (fault,) = lint(folder, methods={"linear_path", "maintain"})
    assert (fault.field, fault.remedy) == ("indicators.B-01.method", "Meinten Sie „linear_path“?")
