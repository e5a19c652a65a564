"""A really running server with two cities: whoever comes to one gets nothing of the other, whatever they send."""

import http.client
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit import auth_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from indicators.access import Role
from tests.attack.test_files import fetched, put
from tests.attack.visiting import Visitor
from tests.many_cities import BOTH, NORTH, SOUTH, TOWNS, Town, other
from tests.oidc.conftest import COOKIE_SECRET, SECRETS
from tests.servers import free_port, started

pytestmark = pytest.mark.slow

VALUE = {NORTH.key: "32,5", SOUTH.key: "22,1"}
NOT_FOUND = "Unter dieser Adresse ist nichts eingerichtet"
NAMES = [word for town in TOWNS for word in (town.key, town.mark, town.host)]


@dataclass(frozen=True)
class Land:
    """The server; `machine` ends with a slash."""

    machine: str
    port: int
    folder: Path

    def site(self, town: Town) -> str:
        return f"http://{town.host}:{self.port}/"

    def visitor(
        self, town: Town, role: Role | None = None, *, logged_in_at: Town | None = None, **more: object
    ) -> Visitor:
        """Someone at a city's host; the login was made there unless another is named."""
        if role is None:
            return Visitor(self.site(town), machine=self.machine)
        home = logged_in_at or town
        said = {
            "is_logged_in": True,
            "email": home.person(role),
            "iat": datetime.now(UTC).timestamp(),
            "sub": home.person(role),
            "provider": "default",
            "origin": self.site(home).rstrip("/"),
        }
        return Visitor(self.site(town), {**said, **more}, machine=self.machine)

    def raw(self, *hosts: str, path: str = "/", **headers: str) -> tuple[int, str]:
        """With exactly these headers „Host“."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.putrequest("GET", path, skip_host=True)
        for host in hosts:
            line.putheader("Host", host)
        for name, value in headers.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        answer = line.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


class Provider(http.server.BaseHTTPRequestHandler):
    """Says of itself what Streamlit asks before it sends anybody there."""

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        said = {"issuer": here, "authorization_endpoint": f"{here}/auth", "token_endpoint": f"{here}/token"}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def land(built_roof: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    folder = Path(shutil.copytree(built_roof, tmp_path_factory.mktemp("land") / "staedte"))
    port = free_port()
    secrets = folder.parent / "secrets.toml"
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    said = SECRETS.format(app="http://{host}/", secret=COOKIE_SECRET, provider=provider.server_port)
    secrets.write_text(said, encoding="utf-8")
    own = {"MONITORING_CITIES": str(folder), "MONITORING_HOME": "", "MONITORING_KEEP_DAILY": "0"}
    app = started(folder, port, "--secrets.files", str(secrets), **own)
    try:
        yield Land(f"http://127.0.0.1:{port}/", port, folder)
    finally:
        app.stop()
        provider.shutdown()


def names_nobody(text: str) -> bool:
    return not any(word in text for word in NAMES)


class TestHosts:
    @pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
    @pytest.mark.parametrize("said", ["{}", "{}:8501", "{}.", "{}.:1"])
    def test_a_city_answers_to_its_name_however_it_is_written(self, land, town, said):
        for host in (said.format(town.host), said.format(town.host.upper())):
            status, page = land.raw(host)
            assert status == 200 and '<div id="root">' in page and names_nobody(page)

    @pytest.mark.parametrize(
        "hosts",
        [(), ("",), ("127.0.0.1",), ("localhost",), ("x.nord.localhost",), ("nord.localhost.evil",), ("evil",),
         ("evil@nord.localhost",), ("nord.localhost, sued.localhost",), ("nord.localhost", "sued.localhost"),
         ("nord.localhost", "nord.localhost"), ("nord.localhost/",), ("nord.localhost:x",), ("[::1]",),
         ("nörd.localhost",)],
    )  # fmt: skip
    @pytest.mark.parametrize(
        "path", ["/", "/overview", "/barrierefreiheit", "/media/x", "/_stcore/metrics", "/static/x"]
    )
    def test_any_other_gets_a_calm_page_that_names_no_city(self, land, hosts, path):
        status, page = land.raw(*hosts, path=path)
        assert status in (400, 404) and names_nobody(page)
        assert NOT_FOUND in page or status == 400  # what is no request at all is refused by the server itself

    @pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Host"])
    def test_no_other_header_says_which_city(self, land, header):
        value = f"host={SOUTH.host}" if header == "Forwarded" else SOUTH.host
        assert land.raw("evil", **{header: value})[0] == 404
        office = land.visitor(NORTH, Role.OFFICE)
        assert office.ask("media/none.xlsx", **{header: value}).status == 404
        assert land.visitor(SOUTH, Role.OFFICE, logged_in_at=NORTH).ask("media/x", **{header: NORTH.host}).status == 403

    def test_no_socket_is_opened_at_any_other(self, land):
        for site in (f"http://evil:{land.port}/", f"http://127.0.0.1:{land.port}/"):
            with pytest.raises((ConnectionClosed, InvalidStatus)), Visitor(site, machine=land.machine).tab() as tab:
                tab.open("overview")

    def test_whoever_watches_the_machine_learns_how_it_is_and_no_name(self, land):
        assert land.raw("127.0.0.1", path="/_stcore/health") == (200, "ok")
        for town in TOWNS:
            assert land.raw(town.host, path="/_stcore/health") == (200, "ok")


class TestLogins:
    @pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
    @pytest.mark.parametrize("role", list(Role))
    def test_a_login_opens_its_own_city_and_is_none_in_the_other(self, land, town, role):
        with land.visitor(town, role).tab() as tab:
            own = tab.open("overview")
        assert town.person(role) in own and "Anmelden" not in own
        stranger = land.visitor(other(town), role, logged_in_at=town)
        with stranger.tab() as tab:
            seen = tab.open("overview")
        assert "Anmelden" in seen and names_nobody(seen)
        assert stranger.ask("media/none.xlsx").status == 403
        assert stranger.ask("_stcore/metrics").status == 403

    def test_not_even_with_the_page_of_the_other_behind_it(self, land):
        stranger = land.visitor(SOUTH, Role.OFFICE, logged_in_at=NORTH)
        with pytest.raises((ConnectionClosed, InvalidStatus)), stranger.tab(land.site(NORTH).rstrip("/")) as tab:
            tab.open("overview")

    def test_a_person_of_both_is_in_each_what_they_are_there(self, land):
        for town, told in ((NORTH, NORTH.file), (SOUTH, "fehlt Ihnen das Recht")):
            with land.visitor(town, Role.OFFICE, email=BOTH).tab() as tab:
                seen = tab.open("deliveries")
            assert told in seen
            assert other(town).mark not in seen

    @pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
    def test_a_login_leads_back_to_the_host_that_it_began_at(self, land, town):
        with patch.object(auth_util, "get_signing_secret", lambda: COOKIE_SECRET):
            ticket = auth_util.encode_provider_token("default")
        line = http.client.HTTPConnection("127.0.0.1", land.port, timeout=20)
        line.request("GET", f"/auth/login?provider={ticket}", headers={"Host": f"{town.host.upper()}:{land.port}"})
        asked = parse_qs(urlsplit(line.getresponse().getheader("Location")).query)
        assert asked["redirect_uri"] == [f"{land.site(town)}oauth2callback"]


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
class TestFiles:
    def test_a_file_is_fetched_at_its_own_host_only(self, land, town):
        own = land.visitor(town, Role.OFFICE)
        with own.tab() as tab:
            tab.open("indicator", "kennzahl=B-01")
            address = fetched(tab, tab.prepared()[0])
            assert own.ask(address).status == 200
            theirs = land.visitor(other(town), Role.OFFICE)
            assert theirs.ask(address).status == 404
            assert land.visitor(other(town), Role.OFFICE, logged_in_at=town).ask(address).status == 403
            assert land.visitor(other(town)).ask(address).status == 403

    def test_nobody_of_the_other_has_it_prepared(self, land, town):
        own, theirs = land.visitor(town, Role.OFFICE), land.visitor(other(town), Role.OFFICE)
        with own.tab() as tab, theirs.tab() as there:
            tab.open("indicator", "kennzahl=B-01")
            there.open("overview")
            there.fetch(tab.prepared()[0], tab.session_id)
            assert there.dealt_with("backend_operation_response") is None

    def test_uploads_go_into_sessions_of_the_same_city(self, land, town):
        own, theirs = land.visitor(town, Role.OFFICE), land.visitor(other(town), Role.OFFICE)
        same = land.visitor(other(town), Role.OFFICE, email=town.person(Role.OFFICE), sub=town.person(Role.OFFICE))
        with own.tab() as tab:
            tab.open("deliver")
            address = tab.upload_address()
            for visitor in (theirs, same, land.visitor(other(town))):
                assert put(visitor, address) == 403
                assert visitor.ask(address, method="DELETE").status == 403
            assert put(own, address) == 204

    def test_a_session_is_not_taken_up_again_at_the_other_host(self, land, town):
        own = land.visitor(town, Role.OFFICE)
        with own.tab() as tab:
            assert VALUE[town.key] in tab.open("indicator", "kennzahl=B-01")
            former = tab.session_id
        with land.visitor(other(town), Role.OFFICE).tab(former=former) as there:
            assert VALUE[town.key] not in there.open("indicator", "kennzahl=B-01")
            assert there.session_id != former
        with own.tab(former=former) as tab:
            tab.open("indicator", "kennzahl=B-01")
            assert tab.session_id == former


def test_two_windows_side_by_side(land):
    """Both look at the same indicator of the same catalogue, at once and again."""
    north, south = (land.visitor(town, Role.OFFICE) for town in TOWNS)
    with north.tab() as first, south.tab() as second:
        for _ in range(3):
            for tab in (first, second):
                tab.send(_indicator())
            seen = {NORTH.key: first.rest(), SOUTH.key: second.rest()}
            for town in TOWNS:
                assert VALUE[town.key] in seen[town.key]
                assert VALUE[other(town).key] not in seen[town.key]
                assert other(town).mark not in seen[town.key] and other(town).person(Role.OFFICE) not in seen[town.key]


def _indicator() -> BackMsg:
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = "indicator", "kennzahl=B-01"
    return message
