"""Two cities in one process that could be taken for each other: nobody sees anything of the other, by whatever way."""

import ast
import json
import os
import threading
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from indicators.access import Role, User, allowed_pages
from indicators.installation import Installation
from indicators.ui import here, kept, login, process, session
from indicators.ui.here import NoCityError
from indicators.ui.navigation import PAGES
from indicators.ui.serving import visitors
from tests.many_cities import AUTH, BOTH, NORTH, SOUTH, TOWNS, Town, Visitor, deliver, other
from tests.pages.conftest import forget_everything
from tests.servers import PROJECT

UI = sorted([*(PROJECT / "indicators" / "ui").rglob("*.py"), *(PROJECT / "pages").glob("*.py")])
CHOICES = {"indicator": {"kennzahl": "B-01", "ansicht": "tabelle", "gruppe": "herkunft=auslaendisch"},
           "deliveries": {"nummer": "4"}, "meeting": {"sitzung": "1"}, "field": {"feld": "B"}}  # fmt: skip


def pages_of(role: Role) -> list[str]:
    codes = frozenset({"FB 51"}) if role is Role.REPORTER else frozenset[str]()
    allowed = allowed_pages(User("x", frozenset({role}), codes))
    return [entry.file for entry in PAGES if entry.file in allowed]


def opened(visitor: Visitor, page: str) -> str:
    return visitor.open(page, **CHOICES.get(page, {}))


def alone(town: Town, roof: Path, role: Role, monkeypatch) -> list[str]:
    """What someone sees where their city is the only one."""
    with monkeypatch.context() as only:
        only.delenv("MONITORING_CITIES")
        only.setenv("MONITORING_HOME", str(roof / town.key))
        only.setattr(login, "auth_section", lambda: {**AUTH, "redirect_uri": "http://localhost/oauth2callback"})
        forget_everything()
        visitor = Visitor(town, town.person(role))
        seen = [opened(visitor, page) for page in pages_of(role)]
        forget_everything()
        return seen


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role) if os.environ.get("THOROUGH") else [Role.OFFICE, Role.READER])
def test_every_page_is_what_it_is_where_there_is_one_city_whoever_came_before(under_one_roof, role, monkeypatch):
    wanted = {town.key: alone(town, under_one_roof, role, monkeypatch) for town in TOWNS}
    assert wanted[NORTH.key] != wanted[SOUTH.key]
    assert all(town.mark in "".join(wanted[town.key]) for town in TOWNS if role is not Role.READER)
    for time in ("first", "second"):
        both = [Visitor(town, town.person(role)) for town in TOWNS]
        for number, page in enumerate(pages_of(role)):
            for visitor in both:
                seen = opened(visitor, page)
                assert seen == wanted[visitor.town.key][number], (time, page, visitor.town.key)
                assert other(visitor.town).mark not in seen and other(visitor.town).key not in seen
    forget_everything()  # a restart, and the other one comes first
    for town in reversed(TOWNS):
        assert opened(Visitor(town, town.person(role)), pages_of(role)[0]) == wanted[town.key][0]


def test_a_person_of_both_has_in_each_what_they_have_there_and_a_person_of_one_nothing_in_the_other(under_one_roof):
    assert NORTH.file in opened(Visitor(NORTH, BOTH), "deliveries")
    assert "Dafür fehlt Ihnen das Recht" in opened(Visitor(SOUTH, BOTH), "deliveries")
    assert "Noch kein Zugang" in opened(Visitor(SOUTH, NORTH.person(Role.OFFICE)), "overview")


def test_a_delivery_in_one_changes_nothing_in_the_other_and_nothing_is_worked_out_anew_there(
    under_one_roof, small_city, monkeypatch
):
    taken, take = [], Installation.take
    monkeypatch.setattr(Installation, "take", lambda self, *given, **named: [
        taken.append(self.settings.city), take(self, *given, **named)][1])  # fmt: skip
    north, south = (Visitor(town, town.person(Role.OFFICE)) for town in TOWNS)
    for _ in range(2):  # a field says of itself whether it has been there before
        before = [opened(south, page) for page in ("overview", "indicator")]
    first = opened(north, "indicator")
    taken.clear()
    with here.within(NORTH.key):
        deliver(session.store(), small_city, NORTH, 2025, datetime(2026, 1, 31), factor=2)
    assert opened(north, "indicator") != first
    assert [opened(south, page) for page in ("overview", "indicator")] == before
    assert set(taken) == {NORTH.key}


def test_threads_of_both_at_once_each_find_their_own(under_one_roof):
    found: dict[str, set[object]] = {town.key: set() for town in TOWNS}

    def look(town: Town) -> None:
        for _ in range(20):
            with here.within(town.key):
                known = kept.shared(None)
                found[town.key].add((id(session.store()), id(known), session.settings().hosts))

    threads = [threading.Thread(target=look, args=(town,)) for town in TOWNS for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(one) for one in found.values()] == [1, 1]
    assert not {part for one in found[NORTH.key] for part in one} & {part for one in found[SOUTH.key] for part in one}


def test_who_asks_without_a_city_is_refused(under_one_roof):
    for asked in (session.store, session.settings, session.catalogue, lambda: kept.current(None), session.ended_logins):
        with pytest.raises(NoCityError):
            asked()


def test_a_session_stays_in_the_city_that_it_began_in(under_one_roof):
    opened(Visitor(NORTH, NORTH.person(Role.OFFICE)), "overview")
    assert here.of_session("test session id") == NORTH.key
    with pytest.MonkeyPatch.context() as moved:
        moved.setattr(here, "get_script_run_ctx", lambda **_: type("Run", (), {"session_id": "test session id"}))
        moved.setattr(here, "_hosts", lambda: [SOUTH.host])
        with pytest.raises(NoCityError):
            here.key()
        moved.setattr(here, "_hosts", list)  # its browser is gone
        assert threading_key() == NORTH.key


def threading_key() -> str:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(here.key()))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize(
    "origin", [f"http://{SOUTH.host}:8730", "http://localhost", "", None, f"http://x@{NORTH.host}"]
)
def test_a_login_made_elsewhere_is_none_here(under_one_roof, monkeypatch, origin):
    """All cookies are signed with one secret: the origin that Streamlit writes into them tells where they count."""
    monkeypatch.setattr("indicators.ui.serving.visitors.get_cookie_secret", lambda: "x" * 32)
    monkeypatch.setattr("indicators.ui.serving.visitors.login_of", lambda said: str(said.get("sub", "")))

    def proven(made_at: object) -> visitors.Login:
        said = {"email": "kim@stadt.de", "sub": "7", "origin": made_at}
        value = create_signed_value("x" * 32, visitors.USER_COOKIE_NAME, json.dumps(said)).decode()
        with here.within(NORTH.key):
            return visitors.login_proven({visitors.USER_COOKIE_NAME: value})

    assert proven(f"https://{NORTH.host}") == visitors.Login("kim@stadt.de", "7", NORTH.key)
    assert proven(origin) == visitors.Login("", "", NORTH.key)


@pytest.mark.parametrize(
    ("groups", "cities", "told"),
    [(["buero"], [NORTH.key], NORTH.file), (["buero"], NORTH.key, NORTH.file), (["buero"], [], "Noch kein Zugang"),
     (["buero"], [SOUTH.key], "Noch kein Zugang"), ([], [NORTH.key], "Noch kein Zugang")],
)  # fmt: skip
def test_a_role_from_a_claim_holds_in_the_cities_that_another_claim_names(
    under_one_roof, monkeypatch, groups, cities, told
):
    for name, value in (("ROLE_CLAIM", "groups"), ("CITY_CLAIM", "staedte"), ("ROLE_VALUES", '{"buero": "office"}')):
        monkeypatch.setenv(f"MONITORING_{name}", value)
    assert told in opened(Visitor(NORTH, "kim@stadt.de", groups=groups, staedte=cities), "deliveries")


def test_a_damaged_database_is_its_own_citys_alone(under_one_roof):
    file = under_one_roof / SOUTH.key / "data" / "monitoring.duckdb"
    file.write_bytes(b"kaputt" + file.read_bytes()[6:])
    assert "Die Datenbank ist nicht verfügbar" in opened(Visitor(SOUTH, SOUTH.person(Role.OFFICE)), "overview")
    assert NORTH.file in opened(Visitor(NORTH, NORTH.person(Role.OFFICE)), "deliveries")
    with here.within(SOUTH.key):
        assert session.ailment() == "Die Datenbank ist nicht verfügbar."
    with here.within(NORTH.key):
        assert session.ailment() == ""


def test_what_one_city_leaves_the_other_keeps(under_one_roof):
    stores = {}
    for town in TOWNS:
        with here.within(town.key):
            stores[town.key] = session.store()
            kept.shared(None)
    process.leave(NORTH.key)
    assert stores[NORTH.key].closed and not stores[SOUTH.key].closed
    with here.within(SOUTH.key):
        assert session.store() is stores[SOUTH.key]
    with here.within(NORTH.key):
        assert session.store() is not stores[NORTH.key]
        assert kept.shared(None)


class TestCaches:
    """What is kept of one city must be out of reach of the other: by construction, so by every function there is."""

    @pytest.mark.parametrize("file", UI, ids=lambda file: str(file.relative_to(PROJECT)))
    def test_streamlits_caches_are_used_through_ours_only(self, file):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert file.name == "caches.py" or not names & {"cache_resource", "cache_data"}
        # What is read of our own documents is the same for all cities.
        assert file.name == "helping.py" or not names & {"cache", "lru_cache", "cached_property"}

    @pytest.mark.parametrize("file", UI, ids=lambda file: str(file.relative_to(PROJECT)))
    def test_no_module_holds_what_grows(self, file):
        """A dictionary that a module fills as visitors come would be one for all cities."""
        tree = ast.parse(file.read_text(encoding="utf-8"))
        made = [node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
        empty = [node for node in made if isinstance(node, ast.Dict | ast.List) and not ast.unparse(node).strip("{}[]")]
        assert not empty, file

    def test_the_same_arguments_are_worked_out_for_each(self, under_one_roof):
        from indicators.ui import caches

        @caches.of_city(max_entries=2)
        def who(number: int, _aside: object) -> str:
            return here.key()

        def asked(town: Town, number: int, aside: object = None) -> str:
            with here.within(town.key):
                return who(number, aside)

        assert [asked(town, 1) for town in (*TOWNS, *TOWNS)] == [NORTH.key, SOUTH.key] * 2
        for number in range(2, 9):  # another city's many
            asked(SOUTH, number)
        runs: list[str] = []
        monkey = pytest.MonkeyPatch()
        monkey.setattr(here, "key", lambda: runs.append("ran") or NORTH.key)
        who(1, "aside")
        assert runs == ["ran"]  # for the city, not for the value: it is still there
        monkey.undo()
        caches.leave(NORTH.key)
        assert asked(NORTH, 1) == NORTH.key

    def test_streamlit_empties_them_all(self, under_one_roof):
        visitor = Visitor(NORTH, NORTH.person(Role.OFFICE))
        seen = opened(visitor, "overview")
        st.cache_resource.clear()
        assert opened(visitor, "overview") == seen
