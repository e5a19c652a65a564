"""A measure's way on its page: from the recommendation to the decision with one putting-off; who sees what of it."""

import json
from datetime import date, datetime

import pytest

from indicators.access import Role
from indicators.datasets import CONSULTATIONS
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge.bodies import Body, BodyKind, bodies, keep_body
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.paper_drafts import Part
from indicators.ledger import commits
from indicators.papers import measure_paper, paper_word
from indicators.papers.forms import NEUTRAL, forms
from indicators.ui import kept as kept_views
from indicators.ui import login, session, show
from tests.pages.test_measures import COURSE, NAME, field, kept
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given
from tests.papers.test_meeting_files import text_of

SECRET = "Grundstückskauf Nordstraße"
BEFORE = datetime(2025, 3, 1)


@pytest.fixture(autouse=True)
def then(app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)


def consulted(at=BEFORE, basis=None, station="1", why="geprüft", **fields):
    """A consultation of the course, as the form writes it."""
    values = {"measure": NAME, "station": station, "public": "ja", "role": "Vorberatung"} | fields
    store, catalogue = session.store(), session.catalogue()
    staged = edit(store, catalogue, CONSULTATIONS, "FB 51", values, basis, "Test", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, why))


def shown(app):
    """All words on the screen; the numbers of a table's cells too."""
    return texts(app).replace("\\", "")


def save(app):
    next(one for one in app.button if one.label == "Beratung speichern").click().run()
    assert not app.exception


def test_from_the_recommendation_to_the_decision_with_one_putting_off(app):
    kept(COURSE | {"status": "empfohlen"}, datetime(2024, 5, 6))
    assert "Empfehlung der Arbeitsgruppe <small>06.05.2024" in shown(opened(app, "measures", massnahme=NAME))
    assert "Die Steuerungsgruppe bewertet die Empfehlung." in shown(app)
    kept(COURSE | {"status": "bewertet"}, datetime(2024, 9, 2), basis=7)
    kept(COURSE | {"status": "vorgeschlagen"}, datetime(2024, 9, 20), basis=8)
    assert "Die Beratungsfolge wird eingetragen." in shown(opened(app, "measures", massnahme=NAME))

    field(app, "Gremium").set_value("Sozialausschuss")
    field(app, "Termin").set_value("12.11.2024")
    field(app, "Aufgabe").set_value("Entscheidung")
    field(app, "Ergebnis").set_value("zurückgestellt")
    field(app, "zurückgestellt auf").set_value("14.01.2027")
    save(app)
    assert "Gespeichert als Lieferung 10" in shown(app)
    following = "Sozialausschuss (Entscheidung) am 14.01.2027, 1-mal zurückgestellt seit 12.11.2024."
    assert following in shown(app)
    assert "zurückgestellt auf 14.01.2027" in shown(app)

    consulted(NOW, station="2", committee="sozialausschuss ", day="2026-01-10", role="Entscheidung",
              outcome="geändert beschlossen", votes_for=9.0, votes_against=2.0, abstentions=1.0)  # fmt: skip
    said = shown(opened(app, "measures", massnahme=NAME))
    assert "9 Ja, 2 Nein, 1 Enthaltung" in said
    assert "Der Status steht noch auf „vorgeschlagen“ und ist fortzuschreiben." in said
    kept(COURSE | {"status": "beschlossen"}, NOW, basis=9)
    assert "geändert beschlossen. Die Umsetzung beginnt." in shown(opened(app, "measures", massnahme=NAME))


def test_as_of_the_past_and_after_a_withdrawal_it_waits_again(app):
    kept(COURSE | {"status": "vorgeschlagen"})
    consulted(committee="Rat", day="2025-04-02", role="Entscheidung")
    second = consulted(datetime(2025, 5, 1), 8, committee="Rat", day="2025-04-02", role="Entscheidung",
                       outcome="abgelehnt")  # fmt: skip
    assert "Rat am 02.04.2025: abgelehnt." in shown(opened(app, "measures", massnahme=NAME))
    past = shown(opened(app, "measures", massnahme=NAME, stand="2025-03-01"))
    assert "Rat (Entscheidung) am 02.04.2025" in past and "abgelehnt" not in past
    assert not [one for one in app.expander if one.label == "Beratung eintragen"]
    commits.withdraw(session.store(), second.number, NOW, "Test", "falsche Maßnahme")
    again = shown(opened(app, "measures", massnahme=NAME, stand="heute"))
    assert "Das Ergebnis fehlt noch" in again and "abgelehnt" not in again


def test_what_the_next_meeting_must_decide_stands_where_it_is_prepared(app):
    kept(COURSE | {"status": "vorgeschlagen"})
    consulted(committee="Sozialausschuss", day="2025-02-02", outcome="zurückgestellt", put_off_to="2027-02-03")
    consulted(station="2", committee="Rat", day="2027-03-03", role="Entscheidung", budget="eigene Vorlage nötig")
    for page in ("measures", "meetings", "overview"):
        said = shown(opened(app, page))
        assert "Was die Gremien als Nächstes entscheiden" in said
        assert "1-mal" in said and "02.02.2025" in said and "eigene Vorlage nötig" in said
    store = session.store()
    committee = keep_body(store, Body(0, "Sozialausschuss", BodyKind.COMMITTEE, 0), "Test", NOW)
    [body] = [one for one in bodies(store) if one.number == committee]
    number = keep_meeting(store, Meeting(0, body, date(2027, 2, 3)), "Test", NOW)
    said = shown(opened(app, "compose", sitzung=str(number)))
    assert "Maßnahmen, die diese Sitzung beraten muss" in said and "Müttercafé" in said
    assert "03.03.2027" not in said  # the council's is not theirs


def test_what_goes_on_for_good_may_still_wait_for_a_committee(app):
    kept(COURSE | {"status": "verstetigt"})
    assert "Als Nächstes" not in shown(opened(app, "measures", massnahme=NAME))
    consulted(committee="Rat", day="2027-03-03", role="Entscheidung")
    assert "Rat (Entscheidung) am 03.03.2027." in shown(opened(app, "measures", massnahme=NAME))


def test_what_is_wrong_is_told_at_the_form(app):
    kept(COURSE)
    opened(app, "measures", massnahme=NAME)
    field(app, "Gremium").set_value("Rat")
    field(app, "Aufgabe").set_value("Entscheidung")
    field(app, "Termin").set_value("01.03.2027")
    field(app, "Ergebnis").set_value("abgelehnt")
    save(app)
    assert "Die Sitzung war noch nicht" in shown(app)
    assert CONSULTATIONS.states(session.store()) == {}


@pytest.fixture
def behind_doors(app):
    """One consultation that is public, one that is not, and one that was thought to be public at first."""
    kept(COURSE | {"status": "vorgeschlagen"}, datetime(2024, 9, 20))
    consulted(committee="Sozialausschuss", day="2025-02-02", outcome="zur Kenntnis genommen", remark="gern gelesen")
    consulted(station="2", committee="Hauptausschuss", day="2025-02-20", public="nein", outcome="abgelehnt",
              remark=SECRET, votes_by_group=f"{SECRET} A-Fraktion", paper="V 77/geheim")  # fmt: skip
    consulted(station="3", committee="Rat", day="2025-02-27", outcome="erledigt", remark=SECRET)
    closed = {"public": "nein", "outcome": "erledigt", "remark": SECRET}
    consulted(datetime(2025, 6, 1), 10, "3", f"{SECRET}: nicht öffentlich", committee="Rat", day="2025-02-27", **closed)
    return app


PAGES = (
    ("measures", {}),
    ("measures", {"massnahme": NAME}),
    ("measures", {"massnahme": NAME, "stand": "2025-03-01"}),
    ("measures", {"suche": "Nordstraße", "massnahme": "alle", "stand": "heute"}),
    ("measures", {"suche": "geheim", "massnahme": "alle"}),
    ("overview", {}),
    ("indicator", {"kennzahl": "B-01"}),
    ("deliveries", {}),
    ("deliveries", {"nummer": "9"}),
    ("deliveries", {"nummer": "11"}),
    ("deliver", {}),
    ("meetings", {}),
    ("meeting", {}),
    ("bericht", {"art": "controlling"}),
    ("bericht", {"art": "sachstand"}),
)


HIDDEN = (SECRET, "A-Fraktion", "V 77", "abgelehnt", "erledigt")


@pytest.mark.parametrize("role", [Role.STEERING, Role.REPORTER])
def test_what_is_not_public_is_on_no_page_and_in_no_file_for_others(behind_doors, monkeypatch, role):
    app, offered = behind_doors, []
    commits.withdraw(session.store(), 9, NOW, "Test", SECRET)
    commits.restore(session.store(), 9, NOW, "Test", SECRET)
    offer = show.downloads

    def noted(figures, **more):
        offered.extend(figures)
        return offer(figures, **more)

    monkeypatch.setattr(show, "downloads", noted)
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    came(app, nonce="first").run()
    given(role, reporters=("FB 51",) if role is Role.REPORTER else ())
    for page, parameters in PAGES:
        said = shown(opened(app, page, **parameters)).replace("Suche: Nordstraße", "")
        assert not [secret for secret in HIDDEN if secret in said], (page, parameters)
        assert page != "deliveries" or "Station" not in said
    files = json.dumps([figure.frame.astype(str).to_dict() for figure in offered], ensure_ascii=False)
    assert "gern gelesen" in files and "Hauptausschuss" in files
    assert not [secret for secret in HIDDEN if secret in files]
    assert "nichtöffentlichen Beratungen" in shown(opened(app, "measures", massnahme=NAME, stand="heute"))
    given(Role.OFFICE)
    came(app, nonce="second")
    assert SECRET in shown(opened(app, "measures", massnahme=NAME))


def test_a_file_of_a_unit_does_not_ask_out_what_is_not_public(behind_doors):
    """Whoever may not know it learns nothing from the findings and the preview of a file of their own making."""
    store, catalogue = session.store(), session.catalogue()
    values = {"measure": NAME, "station": "2", "committee": "Rat", "public": "ja", "role": "Entscheidung"}
    found = edit(store, catalogue, CONSULTATIONS, "FB 51", values, 8, "Kim", NOW)
    assert found.preview is not None
    staged = bound_to(found, ["FB 51"], office=False)
    assert staged.preview is None and staged.reading is None
    assert [finding.rule for finding in staged.findings] == ["office-only"]


def test_the_committees_paper_is_filled_from_the_measure(app, tmp_path):
    kept(COURSE | {"status": "vorgeschlagen", "budget_line": "06.02 Jugend", "description": "Treff am Vormittag"})
    consulted(NOW, committee="Verwaltungsvorstand", day="2026-01-12", public="nein", outcome="erledigt", remark=SECRET)
    consulted(NOW, station="2", committee="Rat", day="2026-01-20", role="Entscheidung", outcome="zurückgestellt",
              put_off_to="2026-03-17", paper="26-123", budget="eigene Vorlage nötig")  # fmt: skip
    opened(app, "measures", massnahme=NAME)
    opened(app, "paper", zu=f"massnahme:{NAME}")
    assert written(app, "-subject") == "Maßnahme 1 Müttercafé"
    assert written(app, "-number") == "26-123"
    assert written(app, "-effects").splitlines() == [
        "Kosten jährlich: 12.500 Euro.",
        "Produktgruppe oder Produkt: 06.02 Jugend.",
        "Wirkung auf den Haushalt: eigene Vorlage nötig.",
    ]
    assert written(app, "-shown") == ["B-01"]
    assert [written(app, f"station-{place}-{what}") for place in (0, 1) for what in ("name", "day", "public")] == [
        "Verwaltungsvorstand", "12.01.2026", "nichtöffentlich", "Rat", "17.03.2026", "öffentlich",
    ]  # fmt: skip
    assert written(app, "station-1-part") is Part.DECISION
    known = kept_views.shared(None)
    [one] = kept_views.measures(known)
    found = kept_views.consultations(known)
    draft = measure_paper.proposed(known, one, found, "x", NEUTRAL, NOW.date())
    paper = measure_paper.of_measure_paper(known, one, draft, forms()[NEUTRAL], NOW.date())
    file = tmp_path / "vorlage.docx"
    file.write_bytes(paper_word.render(paper))
    said = text_of(file)
    for text in (
        "Treff am Vormittag",
        "12.500 Euro",
        "17.03.2026",
        "Betreuungsquote",
        "nicht behauptet",
        "Vorschlag an die Gremien am 01.03.2025",
    ):
        assert text in said
    assert SECRET not in said and "Teilnehmende" not in said


def written(app, ending):
    kinds = ("text_input", "text_area", "selectbox", "multiselect")
    return next(one.value for kind in kinds for one in app.get(kind) if str(one.key).endswith(ending))
