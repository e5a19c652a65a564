"""Proofs of use: one workbook for all that is owed and nothing else, read back, checked, corrected and withdrawn; what
is due; and counts of people that nobody can work out."""

import random
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from indicators.boards import proofs as board
from indicators.datasets import FUNDING, PROOFS, data_set_of
from indicators.datasets.listed.amounts import amounts
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit, read_own
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge.funding import agreements
from indicators.knowledge.proofs import CHECKED, DUE, HANDED_IN, LATE, PARTLY, owed, proofs, protected, without_finances
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Sign
from indicators.moments import FOREVER
from indicators.periods import Period
from tests.datasets import provider_attack
from tests.datasets.test_funding import DESK, NAME, entered

THEN, LATER = datetime(2025, 3, 1), datetime(2025, 5, 2)
PLAN = {
    "tariff_index": "",
    "material_index": "",
    "owes_figures": "ja",
    "owes_receipts": "ja",
    "owes_indicators": "ja",
    "plan_out": "Personal: 90.000; Miete 2024: 30.000",
    "plan_in": "Stadt: 120.000",
    "planned_cases": 300.0,
    "planned_first": 100.0,
    "planned_counts": "Kurzberatung: 200",
    "due": "Sachbericht 31.3.; 6 Monate nach Ende",
}
PROOF = {
    "agreement": NAME,
    "period": "2024",
    "reached_words": "Alle Gespräche fanden statt.",
    "cases": 310.0,
    "first_contacts": 120.0,
    "counts": "Kurzberatung: 205",
    "income": "Stadt: 120.000",
    "spent": "Personal: 91.000; Miete 2024: 29.000",
    "receipts": "1, 31.01.2024, Gehalt: 91.000; 2, 05.02.2024, Miete 2024: 29.000",
}


@pytest.fixture
def with_agreement(store, small_city):
    entered(store, small_city, FUNDING, DESK | PLAN)
    return store


def proven(store, catalogue, at=THEN, basis=None, reporter="AWO", **fields):
    return entered(store, catalogue, PROOFS, PROOF | fields, at, basis, reporter)


def rules(staged):
    return [one.rule for one in staged.findings]


def filled(content, **cells):
    """The workbook with these cells of its first sheet."""
    book = load_workbook(BytesIO(content))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(content, label, column="C"):
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return next(f"{column}{row[0].row}" for row in sheet.iter_rows(max_col=1) if row[0].value == label)


def test_the_workbook_asks_what_the_agreement_asks_and_comes_back(with_agreement, small_city):
    content = PROOFS.template(with_agreement, small_city, "AWO", Period.of_year(2024))
    assert data_set_of(read_own(content, "Nachweise.xlsx").workbook) is PROOFS
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    texts = [row[0].value for row in sheet.iter_rows(max_col=1) if row[0].value]
    assert "Sachbericht – fällig am 31.03.2025" in texts and "Zahlen – fällig am 30.06.2025" in texts
    assert "Miete 2024" in texts and "Kurzberatung" in texts and "Weitere Leistungszahlen" not in texts
    receipts = int(cell_of(content, "Nr., Tag, Empfänger, Zweck")[1:]) + 1
    done = filled(content, **{
        cell_of(content, "Was geplant war und was erreicht wurde"): "Alle Gespräche fanden statt.",
        cell_of(content, "Fälle"): 310, cell_of(content, "Erstkontakte"): 120, cell_of(content, "Kurzberatung"): 205,
        cell_of(content, "Stadt"): 120000, cell_of(content, "Personal"): 91000, cell_of(content, "Miete 2024"): 29000,
        f"A{receipts}": "1, 31.01.2024, Gehalt", f"C{receipts}": 91000,
        f"A{receipts + 60}": "2, 05.02.2024, Miete 2024", f"C{receipts + 60}": 29000,
    })  # fmt: skip
    staged = stage(with_agreement, small_city, Upload("Nachweise.xlsx", done, "Kim"), THEN, read=read_own)
    assert not staged.blocked and not staged.to_explain, staged.findings
    confirm(with_agreement, small_city, staged, THEN, {})
    [one] = proofs(with_agreement, FOREVER, None)
    assert {code: one.values[code] for code in PROOF} == PROOF
    again = PROOFS.template(with_agreement, small_city, "AWO", Period.of_year(2024))
    staged = stage(with_agreement, small_city, Upload("b.xlsx", again, "Kim"), LATER, read=read_own)
    assert [one.rule for one in staged.findings if one.severity == "error"] == ["no-values"]
    next_year = PROOFS.template(with_agreement, small_city, "AWO", Period.of_year(2025))
    sheet = load_workbook(BytesIO(next_year)).worksheets[0]
    assert sheet[cell_of(next_year, "Fälle", "D")].value == 310 and sheet[cell_of(next_year, "Fälle")].value is None
    assert sheet[cell_of(next_year, "Fälle", "B")].value == 300


def test_what_is_not_owed_is_not_asked(store, small_city):
    entered(store, small_city, FUNDING, DESK | {"tariff_index": ""})
    content = PROOFS.template(store, small_city, "AWO", Period.of_year(2024))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    texts = [row[0].value for row in sheet.iter_rows(max_col=1) if row[0].value]
    assert texts[3:] == ["Sachbericht – fällig am 31.03.2025", "Was", *(PROOFS.field(code).title for code in
                         ("reached_words", "use", "result", "ahead"))]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "value", "rule"),
    [
        ("Fälle", "viele", "not-a-number"),
        ("Fälle", 3.5, "not-whole"),
        ("Personal", -1, "below-zero"),
        ("Kurzberatung", 2.5, "not-whole"),
    ],
)
def test_each_fault_is_said_at_its_cell(with_agreement, small_city, label, value, rule):
    content = PROOFS.template(with_agreement, small_city, "AWO", Period.of_year(2024))
    at = cell_of(content, label)
    staged = stage(
        with_agreement, small_city, Upload("a.xlsx", filled(content, **{at: value}), "Kim"), THEN, read=read_own
    )
    assert staged.blocked and (rule, at) in [(one.rule, one.place.cell) for one in staged.findings]


def test_an_amount_without_a_name_and_a_name_without_an_amount_are_said(with_agreement, small_city):
    content = PROOFS.template(with_agreement, small_city, "AWO", Period.of_year(2024))
    row = int(cell_of(content, "Miete 2024")[1:]) + 1
    done = filled(content, **{f"C{row}": 5, f"A{row + 1}": "Porto"})
    staged = stage(with_agreement, small_city, Upload("a.xlsx", done, "Kim"), THEN, read=read_own)
    assert {("missing-name", f"A{row}"), ("missing", f"C{row + 1}")} <= {
        (one.rule, one.place.cell) for one in staged.findings
    }


@pytest.mark.parametrize(
    ("wrong", "rule", "blocks"),
    [
        ({"agreement": "99"}, "unknown-agreement", True),
        ({"agreement": "DRK · Nr. 7"}, "unknown-agreement", True),
        ({"period": "gestern"}, "no-period", True),
        ({"period": "2026"}, "future-period", True),
        ({"first_contacts": 400.0}, "above-whole", True),
        ({"outcome": "anerkannt"}, "no-outcome", True),
        ({"spent": "Personal: 91.000; Yacht: 29.000"}, "beside-the-plan", False),
        ({"receipts": "Gehalt: 91.000"}, "receipts-differ", False),
        ({"period": "2023"}, "outside-the-term", False),
    ],
)
def test_what_is_found(with_agreement, small_city, wrong, rule, blocks):
    staged = edit(with_agreement, small_city, PROOFS, "AWO", PROOF | wrong, None, "Kim", THEN)
    assert rule in rules(staged) and staged.blocked == blocks, staged.findings


def test_an_agreement_is_named_by_its_number_and_anothers_proof_is_out_of_reach(with_agreement, small_city):
    proven(with_agreement, small_city, agreement="12")
    assert [one.name for one in proofs(with_agreement, FOREVER, None)] == [f"{NAME} · Nachweis 2024"]
    staged = edit(with_agreement, small_city, PROOFS, "DRK", PROOF | {"cases": 9.0}, None, "Eve", LATER)
    bound = bound_to(staged, ["DRK"], office=False)
    assert bound.blocked and "310" not in str(bound) and "Alle Gespräche" not in str(bound.preview.rows[0].before)


def test_the_provider_writes_the_office_checks_and_then_it_stays(with_agreement, small_city):
    first = proven(with_agreement, small_city)
    mine = edit(with_agreement, small_city, PROOFS, "AWO", PROOF | {"use": "Täglich"}, first.number, "Eve", LATER)
    assert not bound_to(mine, ["AWO"], office=False).blocked
    checked = {"checked_on": "02.05.2025", "outcome": "anerkannt"}
    own = edit(with_agreement, small_city, PROOFS, "AWO", PROOF | checked, first.number, "Eve", LATER)
    assert "reserved" in rules(bound_to(own, ["AWO"], office=False))
    second = proven(with_agreement, small_city, LATER, first.number, **checked)
    late = edit(
        with_agreement, small_city, PROOFS, "AWO", PROOF | checked | {"cases": 311.0}, second.number, "Eve", LATER
    )
    assert "reserved" in rules(bound_to(late, ["AWO"], office=False))
    commits.withdraw(with_agreement, second.number, LATER, "Kim", "verwechselt")
    assert not proofs(with_agreement, FOREVER, None)[0].text("outcome")
    assert proofs(with_agreement, datetime(2025, 2, 1), None) == ()


def test_what_is_due_late_and_handed_in(with_agreement, small_city):
    def states(day):
        found = owed(agreements(with_agreement, FOREVER), proofs(with_agreement, FOREVER, 5), day)
        return {one.part: (one.state, one.due) for one in found if one.period == Period.of_year(2024)}

    assert states(date(2025, 4, 1)) == {
        "Sachbericht": (LATE, date(2025, 3, 31)), "Zahlen": (DUE, date(2025, 6, 30)),
        "Belege": (DUE, date(2025, 6, 30)), "Kennzahlen": (DUE, date(2025, 6, 30)),
    }  # fmt: skip
    part = {"income": "", "receipts": "", "first_contacts": "", "counts": "", "cases": 3.0}
    first = proven(with_agreement, small_city, **part)
    assert [states(date(2025, 4, 1))[part][0] for part in ("Sachbericht", "Zahlen", "Belege", "Kennzahlen")] == [
        HANDED_IN, PARTLY, DUE, PARTLY,
    ]  # fmt: skip
    late = edit(
        with_agreement,
        small_city,
        PROOFS,
        "AWO",
        PROOF | part | {"use": "x"},
        first.number,
        "Kim",
        datetime(2025, 7, 2),
    )
    assert [one.severity for one in late.findings if one.rule == "proof-incomplete"] == ["warning"] * 3
    proven(with_agreement, small_city, LATER, first.number, checked_on="01.05.2025", outcome="Rückfrage")
    assert {state for state, _ in states(date(2025, 6, 1)).values()} == {CHECKED}


def served(store, small):
    return board.served(agreements(store, FOREVER), proofs(store, FOREVER, small), date(2025, 5, 1))


def test_figures_of_counselling_per_post_and_case_over_all_funders(with_agreement, small_city):
    entered(
        with_agreement,
        small_city,
        FUNDING,
        DESK | PLAN | {"number": "13", "funders": "", "staff": "", "topic": "Kurse"},
    )
    proven(with_agreement, small_city)
    proven(with_agreement, small_city, agreement="13", cases=90.0, first_contacts=20.0, counts="")
    shown = board.counselling_figure(served(with_agreement, 5), "topic", "2024", small_city, None).texts()
    # Beratung: 310 / 1.75; (120,000 + 30,000) / 0.6 / 310. Together: 370,000 / 400
    assert shown[["Thema", "Fälle", "Erstkontakte", "Fälle je Stelle", "Zuwendung je Fall"]].to_numpy().tolist() == [
        ["Beratung", "310", "120", "177,1", "806,45"], ["Kurse", "90", "20", "", "1.333,33"],
        ["Insgesamt", "400", "140", "177,1", "925,00"],
    ]  # fmt: skip
    assert shown["nicht enthalten"].tolist() == ["nichts", "Stellen 1 von 1", "Stellen 1 von 2"]
    [one, _] = agreements(with_agreement, FOREVER)
    reached = board.reached_figure(one, proofs(with_agreement, FOREVER, 5)[0], None, None).texts()
    assert reached.iloc[0].tolist() == ["Fälle", "300", "310", "+10", ""]
    assert "Ausgaben: Personal" in reached["Was"].tolist()
    assert "Ausgaben: Personal" not in board.reached_figure(
        one, without_finances(proofs(with_agreement, FOREVER, 5)[0]), None, None
    ).texts()["Was"].tolist()  # fmt: skip


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"cases": 310, "first": 120}, {"cases": 310, "first": 120}),
        ({"cases": 4, "first": 2}, {"cases": Sign.SECRET, "first": Sign.SECRET}),
        ({"cases": 42, "first": 40}, {"cases": 42, "first": Sign.SECRET}),  # two are no first contacts
        ({"cases": 30, "a": 15, "b": 12}, {"cases": 30, "a": Sign.SECRET, "b": Sign.SECRET}),  # three are neither
        ({"cases": 30, "a": 3, "b": 0}, {"cases": 30, "a": Sign.SECRET, "b": Sign.SECRET}),
        ({"cases": 30, "a": 0}, {"cases": 30, "a": 0}),
    ],
)
def test_small_counts_and_what_gives_them_away_are_kept_back(people, shown):
    assert protected(people, 5) == shown and protected(people, None) == people


def everything(store, small):
    """All texts that are made of the proofs for those who must not see small numbers."""
    found, known = served(store, small), proofs(store, FOREVER, small)
    said = [str(board.counselling_figure(found, by, "", CITY[0], None).rows) for by in board.FIGURES_BY]
    for one in found:
        said.append(str(board.reached_figure(one.agreement, one.proof, None, None).rows))
        said.append(str(board.history_figure(one.proof, None).rows))
        said.append(str(board.words(without_finances(one.proof), CITY[0])))
    said.append(str([(one.values, one.counts) for one in known]))
    return said


CITY = []


def test_no_small_number_can_be_told_from_another_in_anything_that_is_shown(with_agreement, small_city, monkeypatch):
    """Whatever small number a provider has, all others see the same: sums over districts and years too."""
    CITY[:] = [small_city]
    entered(with_agreement, small_city, FUNDING, DESK | PLAN | {"number": "13", "topic": "Kurse"}, reporter="DRK")
    draw = random.Random(17)
    proven(with_agreement, small_city, cases=1.0, first_contacts=1.0, counts="")
    proven(with_agreement, small_city, reporter="DRK", agreement="13", cases=55.0, first_contacts=20.0, counts="")
    states = PROOFS.states(with_agreement)

    def shown_of(cases, first, other):
        def told(self, store, moment=FOREVER, only=None):
            found = {}
            for name, said in states.items():
                values = dict(said[-1].content)
                if name.startswith("AWO"):
                    values |= {"cases": float(cases), "first_contacts": float(first), "counts": f"Kurse: {other}"}
                found[name] = (type(said[-1])(**{**{key: getattr(said[-1], key) for key in said[-1].__slots__},
                                                 "content": tuple(values.items())}),)  # fmt: skip
            return found

        with monkeypatch.context() as patch:
            patch.setattr(type(PROOFS), "states", told)
            return everything(with_agreement, 5)

    for _ in range(15):  # and of whole set-ups: provider_attack
        whole = draw.randint(20, 60)
        one, other = draw.randint(1, 4), draw.randint(1, 4)
        assert shown_of(whole, one, 10) == shown_of(whole, other, 10)  # a small part
        assert shown_of(whole, whole - one, 10) == shown_of(whole, whole - other, 10)  # a small rest
        assert shown_of(one, one, one) == shown_of(other, other, other)  # a handful in all


@pytest.mark.parametrize("seed", range(6))
def test_providers_and_districts_drawn_at_random_give_no_small_number_away(seed):
    """1,000 of them: python -m tests.datasets.provider_attack"""
    setup = provider_attack.drawn(seed)
    others = list(provider_attack.worlds(setup))
    assert provider_attack.attack(seed) == len(others)
    assert all(provider_attack.shown(setup, None) != provider_attack.shown(one, None) for one in others[:3])


def test_the_map_of_cases_would_tell_a_handful_if_it_were_made_of_true_values():
    """So the attack looks at something: one district alone, three cases of its provider, then two."""
    name = "HdB · Nr. 1"
    content = {"number": "1", "subject": "Beratung", "districts": "nordstadt", "start": "2024-01-01"}
    few, fewer = (
        provider_attack.Setup({name: ("HdB", content)}, {f"{name} · Jahr 2025": ({"cases": number},)})
        for number in (3, 2)
    )

    def told(setup: provider_attack.Setup, small_below: int | None) -> list[str]:
        return [one for one in provider_attack.shown(setup, small_below) if "je 1.000" in one]

    assert told(few, None) != told(fewer, None) and any("Klasse" in one for one in told(few, None))
    assert told(few, provider_attack.SMALL) == told(fewer, provider_attack.SMALL)


def test_amounts_of_the_workbook_survive_a_round_trip():
    assert [one.name for one in amounts(PROOF["receipts"])] == ["1, 31.01.2024, Gehalt", "2, 05.02.2024, Miete 2024"]
