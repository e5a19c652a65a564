"""The page of funding: entered, found, what runs out and what is paid; a provider sees its own and nothing else."""

from datetime import datetime

import pytest

from indicators.access import Role
from indicators.datasets import FUNDING, INDICES, OFFERS, PROOFS
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.ui import login, session
from tests.datasets.test_funding import DESK, NAME
from tests.pages.test_measures import field, save
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

OTHER = "DRK · Nr. 7"


@pytest.fixture(autouse=True)
def then(app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)


def kept(reporter="AWO", data_set=FUNDING, at=datetime(2025, 2, 20), basis=None, **fields):
    store, catalogue = session.store(), session.catalogue()
    values = ({"tariff_index": "", **{code: value for code, value in DESK.items() if code != "tariff_index"}}
              if data_set is FUNDING else {}) | fields  # fmt: skip
    staged = edit(store, catalogue, data_set, reporter, values, basis, "Test", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft")).number


def shown(app, **more):
    return texts(opened(app, "funding", **more)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_office_enters_an_agreement_finds_it_and_sees_what_it_costs(app):
    opened(app, "funding")
    for code in ("number", "subject", "start", "end", "base_year", "funders"):
        field(app, FUNDING.field(code).title).set_value(str(DESK[code]))
    field(app, "Tarifanteil im Basisjahr").set_value("100.000")
    next(one for one in app.selectbox if one.label == "Zuständig").set_value("AWO")
    save(app)
    assert "Gespeichert als Lieferung 7" in texts(app)
    assert "1 von 1 Vereinbarung" in shown(app, suche="land") and "Migrationsberatung" in shown(app)
    assert "0 von 1 Vereinbarung" in shown(app, suche="tanz")
    assert "31.12.2026" in shown(app, suche="", foerderansicht="fristen")

    said = shown(app, foerderansicht="summen", foerderjahr="2025", **{"foerderung-nach": "funder"})
    assert "Bund (MBE)" in said and "Ohne Angabe\\: 0 von 1" in said
    one = shown(app, vereinbarung=NAME)
    assert "Zuwendung je Jahr" in one and "100.000,00" in one and "Fassungen" in one


def test_an_index_is_entered_with_its_source(app):
    opened(app, "funding")
    labels = {one.label.rstrip(" *") for one in app.text_input}
    assert {"Index", "Jahr des Index", "Quelle des Index"} <= labels
    kept(reporter="FB 51", data_set=INDICES, index="TVöD", year="2025", kind="Stand", value=103.0, source="VKA")
    assert any("TVöD · Jahr 2025" in one.options for one in opened(app, "funding").selectbox)


class TestRoles:
    @pytest.fixture(autouse=True)
    def with_login(self, app, monkeypatch):
        kept()
        kept("DRK", number="7", subject="Sprachcafé", granted="2025: 98.765")
        monkeypatch.setattr(login, "auth_section", lambda: AUTH)
        came(app, nonce="first").run()

    def test_a_provider_sees_its_own_and_writes_none(self, app):
        given(Role.REPORTER, reporters=("AWO",))
        for view in ("liste", "fristen", "summen"):
            said = shown(app, foerderansicht=view, foerderjahr="2025")
            assert "Sprachcafé" not in said and "98.765" not in said
            assert "1 von 1 Vereinbarung" in said
        assert "Sprachcafé" not in shown(app, vereinbarung=OTHER)
        assert not [one for one in app.button if one.label == "Speichern"]
        assert not [one for one in app.expander if "Excel" in one.label]

    def test_a_unit_without_agreements_and_readers_see_nothing(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        said = shown(app)
        assert "Noch ist keine Vereinbarung eingetragen." in said and "Migrationsberatung" not in said
        given(Role.READER)
        assert "Migrationsberatung" not in texts(opened(app, "funding"))

    def test_the_steering_group_reads_all_and_writes_nothing(self, app):
        given(Role.STEERING)
        said = shown(app, foerderjahr="2025")
        assert "Migrationsberatung" in said and "98.765" in said
        assert not [one for one in app.button if one.label == "Speichern"]


PLAN = {"owes_indicators": "ja", "owes_figures": "ja", "planned_cases": 300.0, "plan_out": "Personal: 90.000"}
PROOF = {"agreement": NAME, "period": "2025", "reached_words": "Alles lief.", "cases": 3.0, "first_contacts": 2.0,
         "spent": "Personal: 91.234"}  # fmt: skip


class TestProofs:
    @pytest.fixture(autouse=True)
    def with_login(self, app, monkeypatch):
        kept(**PLAN)
        kept("DRK", number="7", subject="Sprachcafé", granted="2025: 98.765", **PLAN)
        kept("DRK", PROOFS, at=datetime(2026, 1, 20), **PROOF | {"agreement": "7", "cases": 66.0})
        monkeypatch.setattr(login, "auth_section", lambda: AUTH)
        came(app, nonce="first").run()

    def test_a_provider_hands_in_its_proof_on_the_page_and_small_numbers_stay_with_the_office(self, app):
        given(Role.REPORTER, reporters=("AWO",))
        assert "Noch ist kein" in shown(app, foerderansicht="zahlen")
        said = shown(app, foerderansicht="nachweise")
        assert "Migrationsberatung" in said and "Sprachcafé" not in said and "Mappe" in said
        opened(app, "funding", vereinbarung=NAME, nachweis="2025")
        labels = {one.label.rstrip(" *") for one in (*app.text_input, *app.text_area)}
        assert {"Fälle", "Ausgaben"} <= labels and not {"Belegliste", "Rückforderung"} & labels
        field(app, "Fälle").set_value("3")
        field(app, "Ausgaben").set_value("Personal: 91.234")
        save(app)
        assert "Gespeichert als Lieferung 10" in texts(app)
        said = shown(app, vereinbarung=NAME, nachweis="2025")
        assert "91.234,00" in said and ">3<" not in said and ">.<" in said
        given(Role.STEERING)
        said = shown(app, vereinbarung=NAME, nachweis="2025")
        assert "91.234" not in said and "90.000" not in said and ">3<" not in said and ">.<" in said
        said = shown(app, vereinbarung="alle", foerderansicht="zahlen", **{"zahlen-nach": "reporter"})
        assert ">66<" in said and ">69<" not in said and "Fälle 1 von 2" in said
        given(Role.OFFICE)
        assert ">69<" in shown(app, foerderansicht="zahlen", **{"zahlen-nach": "reporter"})

    def test_offers_and_what_opens_are_shown(self, app):
        given(Role.OFFICE)
        assert "kein Angebot eingetragen" in shown(app, foerderansicht="angebote")
        kept(data_set=OFFERS, title="Offene Beratung", topic="Beratung", agreement="12", start="01.01.2024")
        kept("DRK", OFFERS, title="Beratung am Markt", topic="Beratung", languages="Deutsch", end="30.06.2025")
        said = shown(app, foerderansicht="angebote", angebotsstand="2024")
        assert ">2 (2)<" in said and "Was es nebeneinander gibt" in said and "ohne Gebiet" in said
        assert "Beratung am Markt" not in shown(app, foerderansicht="angebote", angebotsstand="heute")
        assert "Offene Beratung" in shown(app, vereinbarung=NAME)
        shown(app, vereinbarung="alle")
        assert "Land" in shown(app, foerderansicht="wegfall", foerderer="Land")
        assert "30.000,00" in texts(app)
