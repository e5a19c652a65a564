"""Two applications on one store behind nginx: what one decides holds on the other, and each outlasts the other."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from indicators.access import Role
from indicators.installation import Installation
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.periods import Period
from indicators.settings import Settings
from indicators.templates.template import build_template, fill_template, template_slots
from tests import postgres
from tests.conftest import content_of
from tests.hands import Hands
from tests.many_people import PEOPLE, REPORTERS, day
from tests.operations.conftest import NGINX
from tests.postgres import Cluster
from tests.town_hall import TownHall, town_hall

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx"),
]
AT = datetime(2026, 11, 30)


@pytest.fixture(scope="module")
def hall(cluster: Cluster, filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    people = {name: role for name, (role, _) in PEOPLE.items()} | {
        "amt@stadt.de": Role.ADMINISTRATOR,
        "kim@stadt.de": Role.STEERING,
    }
    folder = tmp_path_factory.mktemp("hall")
    with town_hall(cluster, cluster.lake(), folder, filled_database, people) as running:
        yield running


@contextmanager
def page_of(hall: TownHall, name: str, at: int) -> Iterator[Hands]:
    visitor = hall.person(name, at)
    with visitor.tab() as tab:
        assert hall.application_of(visitor) == at
        yield Hands(visitor, tab)


def test_a_role_that_is_taken_on_one_is_gone_on_the_other_at_the_next_click(hall: TownHall):
    with page_of(hall, "amt@stadt.de", 0) as office, page_of(hall, "kim@stadt.de", 1) as kim:
        assert "Betreuungsquote" in kim.open("indicator", "kennzahl=B-01")
        office.open("administration")
        office.fill("Name, unter dem", "kim@stadt.de")
        office.press("Rollen geben")
        assert "noch keine Rolle" in (told := kim.again())
        assert "Betreuungsquote" not in told


def test_a_login_that_is_left_on_one_is_left_on_the_other(hall: TownHall):
    name = "sieht-1@stadt.de"
    visitor = hall.person(name, 0)
    copied = hall.person(name, 1, iat=visitor.claims["iat"])
    with visitor.tab() as here, copied.tab() as there:
        left, other = Hands(visitor, here), Hands(copied, there)
        assert "Musterstadt" in other.open("overview")
        left.open("overview")
        left.press("Abmelden")
        assert "Anmelden" in (told := other.again())
        assert "Betreuungsquote" not in told
    with page_of(hall, name, 1) as again:
        assert "Musterstadt" in again.open("overview")  # only that login


def test_a_number_that_a_delivery_on_one_makes_small_is_hidden_on_a_page_that_is_open_on_the_other(hall, small_city):
    few = {"herkunft=auslaendisch": 3.0, "herkunft=deutsch": 127.0}
    blank = build_template(small_city, "FB 51", Period.of_year(2024))
    values = {
        (slot.base_figure, slot.breakdown): few.get(slot.breakdown.code, 130.0)
        if slot.base_figure == "kita_kinder"
        else content_of(slot.base_figure, slot.breakdown, 2024)
        for slot in template_slots(blank)
    }
    shown = "kennzahl=B-01&gliederung=herkunft&ansicht=tabelle"
    with page_of(hall, "sieht-2@stadt.de", 1) as reader, page_of(hall, "liefert-1@stadt.de", 0) as office:
        before = reader.open("indicator", shown)
        office.open("deliver")
        office.choose("Ausgefüllte Vorlagen", "klein.xlsx", fill_template(blank, values))
        office.fill("Grund", "neu gezählt")
        assert "Gespeichert als Lieferung" in office.press("Übernehmen")
        after, true = reader.again(), office.open("indicator", shown)
    assert "<b>Ausländische</b>" in before and "von 10,0 auf 30,0" in before
    assert "von 10,0 auf 3,0" in true
    assert "von 10,0 auf 3,0" not in after and "42,3" not in after  # 127 of 300 would give 3 away
    assert "klein.xlsx" in after  # what may be seen of the delivery is there at once


def test_definitions_changed_on_one_hold_on_the_other(hall: TownHall):
    home = hall.applications[0].home
    third = Installation(Settings(home=home, **hall.store_settings))  # as the command `definitions import` has it open
    texts = third.texts()
    changed = {name: text.replace("Kursplätze im Quartal", "Plätze im Quartal") for name, text in texts.items()}
    with page_of(hall, "sieht-1@stadt.de", 0) as here, page_of(hall, "sieht-2@stadt.de", 1) as there:
        for page in (here, there):
            assert "Kursplätze im Quartal" in page.open("indicator", "kennzahl=B-03")
        third.change(changed, versions.last_number(third.store), Decision(Act.EDIT, "Amt", AT, "kürzer"))
        for page in (here, there):
            assert "Plätze im Quartal" in (told := page.again()) and "Kursplätze im Quartal" not in told
    third.close()


def test_two_look_and_two_deliver_while_one_application_is_killed_and_postgresql_restarted(hall: TownHall):
    """The short form of `python -m tests.many_people`."""
    with day(hall, seconds=0) as found:
        found.until = time.monotonic() + 600
        try:
            found.wait_for_pages(1)
            found.restart("immediate")
            found.wait_for_pages(1)
            found.kill(0, away=0.5)
            found.wait_for_pages(2)
        finally:
            found.until = 0
    assert list(found.wrong()) == []
    assert all(one.facts for one in found.witnesses if one.name in REPORTERS), list(found.told)
