"""Funding agreements: one pipeline with template, own table, findings, versions and withdrawal; what they cost by their
rule and indices, until when they run, and what must be negotiated by when."""

from datetime import date, datetime

import pytest

from indicators.boards import funding as board
from indicators.datasets import FUNDING, INDICES, data_set_of
from indicators.datasets.deadlines import DeadlineError, deadlines, months_later
from indicators.datasets.listed.amounts import AmountError, amounts, written
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit, read_own
from indicators.deliveries.staging import confirm, stage, stage_list
from indicators.knowledge.funding import AHEAD, ENDING, OVER, RUNNING, TERMINATED, agreements, ending
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.tables.own_lists import Decisions
from tests.deliveries.test_own_lists import own

THEN, LATER = datetime(2025, 3, 1), datetime(2025, 4, 1)
TODAY = date(2025, 3, 1)
NAME = "AWO · Nr. 12"
DESK = {
    "number": "12",
    "subject": "Migrationsberatung",
    "topic": "Beratung",
    "staff": "Beratung 1,5; Verwaltung 0,25",
    "start": "01.01.2024",
    "end": "31.12.2026",
    "notice": "6",
    "negotiate": "9",
    "base_year": "2024",
    "tariff_part": 100000.0,
    "tariff_index": "TVöD",
    "material_part": 20000.0,
    "material_index": "1,5 % im Jahr",
    "granted": "2024: 120.000",
    "funders": "Land: 30.000; Bund (MBE): 40 %",
    "owes_report": "ja",
    "due": "31.3.",
}
RATES = ((2024, 100.0), (2025, 103.0), (2026, 105.06))


def entered(store, catalogue, data_set, values, at=THEN, basis=None, reporter="AWO"):
    staged = edit(store, catalogue, data_set, reporter, values, basis, "Kim", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "nachgefragt"))


def agreed(store, catalogue, at=THEN, basis=None, reporter="AWO", **fields):
    return entered(store, catalogue, FUNDING, DESK | fields, at, basis, reporter)


@pytest.fixture
def with_rates(store, small_city):
    for year, value in RATES:
        values = {"index": "TVöD", "year": str(year), "kind": "Stand", "value": value, "source": "VKA, Entgelttabelle"}
        entered(store, small_city, INDICES, values, reporter="FB 51")
    return store


def of(year):
    return Period.of_year(year)


def test_the_subsidy_is_computed_by_rule_and_indices_beside_what_was_granted(with_rates, small_city):
    agreed(with_rates, small_city)
    [one] = agreements(with_rates, FOREVER)
    assert (one.name, one.posts, one.stands(TODAY)) == (NAME, 1.75, RUNNING)
    paid = one.subsidy(of(2024), TODAY)
    assert (paid.granted, paid.computed) == (120000, 120000)
    # 100,000 × 103/100 + 20,000 × 1.015
    assert one.subsidy(of(2025), TODAY).computed == pytest.approx(123300)
    # 100,000 × 105.06/100 + 20,000 × 1.015²
    assert one.subsidy(of(2026), TODAY).computed == pytest.approx(105060 + 20604.5)
    assert one.subsidy(of(2027), TODAY).computed == 0  # its term is over
    # (120,000 + 30,000) / (1 − 40 %)
    assert one.total(of(2024), TODAY) == pytest.approx(250000)
    assert [(part.name, round(part.value)) for part in one.funders(of(2024), TODAY)] == [
        ("Stadt", 120000), ("Land", 30000), ("Bund (MBE)", 100000),
    ]  # fmt: skip


def test_without_an_index_the_reason_stands_there_and_sums_say_what_they_leave_out(with_rates, small_city):
    agreed(with_rates, small_city, end="31.12.2028")
    agreed(
        with_rates,
        small_city,
        number="13",
        tariff_index="",
        material_index="",
        granted="",
        funders="",
        end="",
        negotiate="",
    )
    agreed(with_rates, small_city, number="14", tariff_part="", tariff_index="", material_part="", material_index="",
           base_year="", granted="", funders="", staff="", reporter="DRK")  # fmt: skip
    found = agreements(with_rates, FOREVER)
    assert found[0].subsidy(of(2027), TODAY).why == "„TVöD“ hat für 2027 keinen Wert."
    sums = board.sums_figure(found, "reporter", small_city, of(2025), TODAY, None).texts()
    assert sums["Zuwendung der Stadt"].tolist() == ["243.300,00", "", "243.300,00"]
    assert sums["ohne Angabe (Stadt; alle; Stellen)"].tolist() == [
        "0 von 2; 0 von 2; 0 von 2", "1 von 1; 1 von 1; 1 von 1", "1 von 3; 1 von 3; 1 von 3",
    ]  # fmt: skip
    funders = board.sums_figure(found, "funder", small_city, of(2025), TODAY, None)
    assert funders.texts()["Förderer"].tolist() == ["Stadt", "Land", "Bund (MBE)"]
    assert "Ohne Angabe: 1 von 3" in funders.note


def test_a_factor_against_the_year_before_is_multiplied_up_and_back(store, small_city):
    for year, value in ((2025, 1.02), (2026, 1.03)):
        entered(store, small_city, INDICES, {"index": "Entgelt", "year": str(year), "kind": "Faktor zum Vorjahr",
                                             "value": value, "source": "Tarifabschluss"}, reporter="FB 51")  # fmt: skip
    agreed(store, small_city, tariff_index="entgelt", material_part="", material_index="", granted="")
    [one] = agreements(store, FOREVER)
    assert one.subsidy(of(2026), TODAY).computed == pytest.approx(100000 * 1.02 * 1.03)
    agreed(store, small_city, tariff_index="Entgelt", material_part="", material_index="", granted="", number="13",
           base_year="2026")  # fmt: skip
    assert agreements(store, FOREVER)[1].subsidy(of(2024), TODAY).computed == pytest.approx(95183.7, abs=0.1)


def test_a_year_that_has_begun_counts_its_months_and_a_school_year_those_of_two(with_rates, small_city):
    agreed(with_rates, small_city, start="15.07.2024", granted="")
    [one] = agreements(with_rates, FOREVER)
    assert one.subsidy(of(2024), TODAY).computed == pytest.approx(60000)  # six of twelve months
    # August to December 2024, January to July 2025
    assert one.subsidy(Period.school_year(2024), TODAY).computed == pytest.approx(
        120000 * 5 / 12 + 123300 * 7 / 12, abs=0.01
    )


def test_what_runs_out_and_must_be_negotiated_comes_first(store, small_city):
    plain = {"tariff_index": "", "material_index": ""}
    first = agreed(store, small_city, **plain)
    agreed(store, small_city, number="13", end="30.06.2025", notice="", negotiate="", **plain)
    agreed(store, small_city, number="14", end="31.12.2024", negotiate="", notice="3", prolongs="12", **plain)
    agreed(store, small_city, number="15", end="31.12.2024", renews="", **plain)
    agreed(store, small_city, number="16", start="01.01.2025", renews="15", **plain)
    agreed(store, small_city, number="17", start="01.06.2025", **plain)
    found = {one.text("number"): one for one in agreements(store, FOREVER)}
    assert {number: one.stands(TODAY) for number, one in found.items()} == {
        "12": RUNNING, "13": ENDING, "14": ENDING, "15": OVER, "16": RUNNING, "17": AHEAD,
    }  # fmt: skip
    assert found["15"].renewed_by == ("AWO · Nr. 16",) and found["16"].text("renews") == "AWO · Nr. 15"
    assert found["14"].end(TODAY) == date(2025, 12, 31)  # nobody gave notice by 30.09.2024
    assert found["14"].notice_by(TODAY) == date(2025, 9, 30)
    assert found["12"].negotiate_by(TODAY) == date(2026, 3, 31)
    shown = board.ending_figure(found.values(), small_city, date(2025, 10, 15), None).texts()
    assert shown["Vereinbarung"].str.slice(0, 12).tolist() == [NAME, "AWO · Nr. 16", "AWO · Nr. 17", "AWO · Nr. 14"]
    agreed(store, small_city, LATER, first.number, terminated="31.12.2025", **plain)
    [one] = [one for one in agreements(store, FOREVER) if one.name == NAME]
    assert one.stands(TODAY) == TERMINATED and one.end(TODAY) == date(2025, 12, 31)
    assert one in ending([one], TODAY)


def test_versions_are_seen_as_of_then_and_withdrawn(store, small_city):
    plain = {"tariff_index": "", "material_index": ""}
    first = agreed(store, small_city, **plain)
    second = agreed(store, small_city, LATER, first.number, subject="Migrations- und Sozialberatung", **plain)
    assert agreements(store, FOREVER)[0].subject == "Migrations- und Sozialberatung"
    assert agreements(store, datetime(2025, 3, 2))[0].subject == "Migrationsberatung"
    rows = board.history_figure(agreements(store, FOREVER)[0], None, who=True).texts()
    assert rows["Danach"].tolist() == ["Migrations- und Sozialberatung", "Migrationsberatung"]
    assert rows["Vorher"].tolist() == ["Migrationsberatung", ""]
    commits.withdraw(store, second.number, LATER, "Kim", "verwechselt")
    assert agreements(store, FOREVER)[0].subject == "Migrationsberatung"


def test_a_year_more_that_is_granted_is_no_correction(store, small_city):
    plain = {"tariff_index": "", "material_index": ""}
    first = agreed(store, small_city, **plain)
    staged = edit(store, small_city, FUNDING, "AWO", DESK | plain | {"granted": "2024: 120.000; 2025: 123.300"},
                  first.number, "Kim", LATER)  # fmt: skip
    assert not staged.blocked and not staged.to_explain
    staged = edit(
        store, small_city, FUNDING, "AWO", DESK | plain | {"granted": "2024: 110.000"}, first.number, "Kim", LATER
    )
    assert staged.to_explain


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"end": "31.12.2023"}, "end-before-start"),
        ({"base_year": ""}, "no-year"),
        ({"tariff_part": ""}, "no-part"),
        ({"material_index": "viel %"}, "no-adjustment"),
        ({"granted": "Land: 5.000"}, "no-year"),
        ({"granted": "2024"}, "not-an-amount"),
        ({"funders": "Land: 60 %; Bund: 40 %"}, "shares-above-whole"),
        ({"funders": "Land: 1; land: 2"}, "not-an-amount"),
        ({"funders": "Land: -5"}, "below-zero"),
        ({"due": "irgendwann"}, "no-deadline"),
        ({"due": "31.13."}, "no-deadline"),
        ({"owes_report": ""}, "nothing-owed"),
        ({"renews": "99"}, "unknown-agreement"),
        ({"renews": "12"}, "unknown-agreement"),
        ({"notice": "1,5"}, "not-whole"),
        ({"end": ""}, "no-end"),
        ({"start": ""}, "missing"),
    ],
)
def test_what_stands_in_the_way(store, small_city, wrong, rule):
    staged = edit(store, small_city, FUNDING, "AWO", DESK | wrong, None, "Kim", THEN)
    assert rule in [one.rule for one in staged.findings] and staged.blocked, staged.findings


def test_only_the_office_writes_agreements_and_indices(store, small_city):
    found = edit(store, small_city, FUNDING, "AWO", DESK, None, "Kim", THEN)
    assert [one.rule for one in bound_to(found, ["AWO"], office=False).findings] == ["office-only"]


def test_the_template_holds_what_stands(store, small_city):
    agreed(store, small_city)
    content = FUNDING.template(store, small_city, "AWO", of(2025))
    assert data_set_of(read_own(content, "Vereinbarungen.xlsx").workbook) is FUNDING
    staged = stage(store, small_city, Upload("Vereinbarungen.xlsx", content, "Kim"), LATER, read=read_own)
    assert [one.rule for one in staged.findings if one.severity == "error"] == ["no-values"]


def test_a_citys_own_table_comes_in(store, small_city):
    head = ["Träger", "Vertragsnummer", "Gegenstand", "Beginn", "Vertragsende", "Kündigungsfrist", "Drittmittel"]
    rows = [["AWO", 12, "Migrationsberatung", date(2024, 1, 1), date(2026, 12, 31), 6, "Land: 30.000"],
            ["Rotes Kreuz", 7, "Sprachcafé", date(2024, 1, 1), None, None, None]]  # fmt: skip
    staged = stage(store, small_city, own(rows, head, "Verträge"), THEN)
    assert staged.lists.own.found.data_set is FUNDING
    staged = stage_list(store, small_city, staged.upload, staged.lists.own, THEN, None,
                        Decisions(reporter="FB 51", year=2025))  # fmt: skip
    assert not staged.blocked, staged.findings
    confirm(store, small_city, staged, THEN, dict.fromkeys(staged.to_explain, "geprüft"))
    assert [(one.name, one.text("funders")) for one in agreements(store, FOREVER)] == [
        (NAME, "Land: 30.000"), ("DRK · Nr. 7", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Land 20.000; Bund (MBE): 30 %", "Land: 20.000; Bund (MBE): 30 %"),
        ("Land 1.234,50 €\nEigenmittel 500 Euro", "Land: 1.234,5; Eigenmittel: 500"),
        ("2024: 60.000; 2024/25: 61.200", "2024: 60.000; 2024/25: 61.200"),
        ("SGB 8 Beratung 12", "SGB 8 Beratung: 12"),
    ],
)
def test_named_numbers_are_written_one_way(text, said):
    assert written(amounts(text)) == said and written(amounts(said)) == said


@pytest.mark.parametrize("text", ["Land", "20.000", "Land zwanzig", "Land 1.2.3"])
def test_what_names_no_number_is_said(text):
    with pytest.raises(AmountError):
        amounts(text)


def test_posts_with_a_dot_are_asked_back():
    with pytest.raises(AmountError, match="zwei Arten"):
        amounts("Beratung 1.500", decimals=True)


@pytest.mark.parametrize(
    ("text", "period", "due"),
    [
        ("31.3.", of(2025), date(2026, 3, 31)),
        ("15.11. desselben Jahres", of(2025), date(2025, 11, 15)),
        ("6 Monate nach Ende", of(2025), date(2026, 6, 30)),
        ("2 Monate nach Ende", of(2025), date(2026, 2, 28)),
        ("8 Wochen nach Schuljahresende", Period.school_year(2024), date(2025, 9, 25)),
        ("4 Wochen nach dem Ende", of(2025), date(2026, 1, 28)),
    ],
)
def test_deadlines_are_data(text, period, due):
    [found] = deadlines(text, ("Sachbericht",))
    assert found.due(period) == due


def test_a_part_has_a_deadline_of_its_own_and_the_end_of_the_agreement_counts():
    found = deadlines("Sachbericht 31.3.; 6 Monate nach Ende", ("Sachbericht", "Zahlen"))
    assert [one.part for one in found] == ["Sachbericht", ""]
    assert found[1].due(of(2025), date(2025, 6, 30)) == date(2025, 12, 31)
    with pytest.raises(DeadlineError):
        deadlines("31.3.; 30.6.", ())
    assert months_later(date(2026, 12, 31), -9) == date(2026, 3, 31)
