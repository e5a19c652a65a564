"""Every message that Streamlit knows, sent by everyone, on a really running server: the app goes on for the others."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from google.protobuf.descriptor import FieldDescriptor
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.exceptions import ConnectionClosed, InvalidStatus

from indicators.ui.serving.messages import PASSING
from tests.attack.visiting import ROLES, Tab, Town

pytestmark = pytest.mark.slow

VALUE = "32,5"
"""The indicator B-01 in the last year: what the office sees as long as the app goes on."""


@pytest.fixture(scope="module")
def office(city: Town) -> Iterator[Tab]:
    """Someone else's session, open from before the first attack until after the last."""
    with city.visitor("office").tab() as tab:
        assert VALUE in tab.open("indicator", "kennzahl=B-01")
        yield tab


def kinds() -> list[str]:
    return [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


def filled(kind: str) -> list[BackMsg]:
    """The message in all its forms: both truth values, or each operation, with and without content."""
    if kind == "backend_operation_request":
        payloads = BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields
        return [BackMsg(backend_operation_request=_operation(payload)) for payload in (None, *payloads)]
    message = BackMsg()
    if BackMsg.DESCRIPTOR.fields_by_name[kind].type == FieldDescriptor.TYPE_BOOL:
        return [BackMsg(**{kind: value}) for value in (True, False)]
    getattr(message, kind).SetInParent()
    return [message]


def _operation(payload: FieldDescriptor | None) -> BackendOperationRequest:
    asked = BackendOperationRequest(request_id="x")
    if payload is not None:
        getattr(asked, payload.name).SetInParent()
    return asked


HOSTILE = {
    "not a message": b"\xff\xff\xff\xff",
    "nothing": b"",
    "text": "clear_cache",
    "an unknown kind": b"\xba\x3e\x01x",
    "a page that does not exist": BackMsg(rerun_script=ClientState(page_name="../../etc/passwd")),
    "a hash that does not exist": BackMsg(rerun_script=ClientState(page_script_hash="f" * 32)),
    "a fragment that does not exist": BackMsg(rerun_script=ClientState(fragment_id="x")),
    "a query of one megabyte": BackMsg(rerun_script=ClientState(query_string="stand=" + "9" * (1 << 20))),
    "thirty megabytes": BackMsg(rerun_script=ClientState(query_string="x" * (30 << 20))),
    "a query that is none": BackMsg(rerun_script=ClientState(query_string="%00%ff&=&&stand=nr" + "9" * 40)),
}


def send(tab: Tab, message: BackMsg | bytes | str) -> None:
    """Sends, and waits until the server has dealt with it; a socket that is closed is an answer too."""
    with suppress(ConnectionClosed):
        tab.send(message)
        tab.dealt_with()


@pytest.mark.parametrize("role", ["", *ROLES])
def test_the_app_goes_on_after_every_message(city: Town, office: Tab, role: str):
    attacker = city.visitor(role)
    with attacker.tab() as tab:
        tab.open("indicator")
        for kind in kinds():
            for message in filled(kind):
                if kind == "backend_operation_request":
                    message.backend_operation_request.session_id = tab.session_id
                send(tab, message)
    for message in HOSTILE.values():
        with attacker.tab() as tab:
            send(tab, message)
    health = attacker.ask("_stcore/health")
    assert (health.status, health.body) == (200, b"ok")
    assert VALUE in office.open("indicator", "kennzahl=B-01")
    with city.visitor("office").tab() as newcomer:
        assert VALUE in newcomer.open("indicator", "kennzahl=B-01")


def test_every_kind_of_message_was_thought_of():
    """A new version of Streamlit may bring more: they are dropped, and this test asks what they are."""
    dropped = {
        "clear_cache",
        "set_run_on_save",
        "load_git_info",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
    }
    assert set(kinds()) == set(PASSING) | dropped


def test_nobody_learns_of_the_repository(city: Town):
    with city.visitor("administrator").tab() as tab:
        tab.open("overview")
        tab.send(BackMsg(load_git_info=True))
        with pytest.raises(TimeoutError):
            tab.answer("git_info_changed", seconds=2)


STRANGE = (
    "9" * 40,
    "9" * 5000,
    "nr" + "9" * 40,
    "nr²",
    "nr-1",
    "²",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "%00",
    "é",
)


@pytest.mark.parametrize(
    "page", ["overview", "field", "indicator", "what_if", "deliveries", "definitions", "published"]
)
def test_a_strange_address_shows_the_page(city: Town, page: str):
    with city.visitor("office").tab() as tab:
        tab.open(page)
        for word in STRANGE:
            names = ("stand", "nummer", "kennzahl", "feld", "gruppe", "status", "ansicht", "vergleich", "ausblick")
            shown = tab.open(page, "&".join(f"{name}={quote(word)}" for name in names))
            assert "nicht vollst" not in shown, word


@pytest.mark.parametrize("origin", ["http://boese.example", "http://127.0.0.1:1", "http://localhost:8501", "null"])
def test_a_page_of_another_host_gets_no_socket(city: Town, origin: str):
    """A page on this machine, but on another port, is a foreign one too."""
    with pytest.raises(InvalidStatus) as refused, city.visitor("office").tab(origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_strangers_learn_neither_folders_nor_versions(city: Town):
    stranger = city.visitor()
    with stranger.tab() as tab:
        shown = tab.open("overview")
    for word in (str(Path(__file__).parents[2]), str(city.home), "3.11.", "1.67", "Linux", "installation_id"):
        assert word not in shown, word
    for path in (
        "_stcore/agent/openapi.json",
        "_stcore/script-health-check",
        "component/x",
        "_stcore/bidi-components/x",
    ):
        answer = stranger.ask(path)
        assert (answer.status, answer.body) == (404, b"Not Found"), path
    assert stranger.ask("_stcore/metrics").status == 403
    assert b'"allowedOrigins":[]' in stranger.ask("_stcore/host-config").body
    for path in ("nirgends/x.js", "%2e%2e/%2e%2e/etc/passwd", "_stcore/nirgends"):
        assert str(city.home).encode() not in stranger.ask(path).body


@pytest.mark.parametrize("path", ["", "indicator", "_stcore/health", "_stcore/host-config", "media/x", "static/x"])
def test_no_answer_lets_itself_be_framed(city: Town, path: str):
    headers = city.visitor().ask(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("cookie", ["x", "2|1:0|", "\xff\xfe", "chunks-999999999", "{}", "." * 5000])
def test_a_broken_cookie_is_a_strangers(city: Town, cookie: str):
    answer = city.visitor().ask("media/x", Cookie=f"_streamlit_user={cookie}; _streamlit_user_1={cookie}")
    assert answer.status == 403


def test_a_signed_cookie_that_names_nobody_is_a_strangers(city: Town):
    from tests.oidc.conftest import COOKIE_SECRET

    for content in ("[]", "null", '{"is_logged_in": true}', '{"is_logged_in": true, "email": 5, "iat": "x"}'):
        value = create_signed_value(COOKIE_SECRET, "_streamlit_user", content).decode()
        assert city.visitor().ask("media/x", Cookie=f"_streamlit_user={value}").status == 403, content
