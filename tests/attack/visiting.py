"""Visitors that speak Streamlit's own protocol with a really running server: no browser, no page, no manners."""

import json
import shutil
import socket
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.datastructures import Headers
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.conftest import SMALL_CITY
from tests.oidc.conftest import COOKIE_SECRET, SECRETS
from tests.servers import free_port, started

USER, XSRF = "_streamlit_user", "_streamlit_xsrf"
SETTINGS = """
login_required = true
role_claim = "groups"
role_values = { office = "office", reader = "reader", reporter = "reporter", it = "administrator", board = "steering" }
reporter_claim = "stelle"
"""
ROLES = ("office", "reporter", "steering", "reader", "administrator")
GROUPS = {"administrator": "it", "steering": "board"}


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]


@dataclass
class Visitor:
    """Someone with the cookies of one browser; without `claims` a stranger. `site` ends with a slash; where its name is
    in no directory, `machine` is where it is."""

    site: str
    claims: dict[str, Any] = field(default_factory=dict)
    machine: str = ""
    context: ssl.SSLContext | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ask("_stcore/health")

    @property
    def xsrf(self) -> str:
        return self.cookies.get(XSRF, "")

    @property
    def cookie(self) -> str:
        found = [f"{name}={value}" for name, value in self.cookies.items()]
        if self.claims:
            found.append(f"{USER}={create_signed_value(COOKIE_SECRET, USER, json.dumps(self.claims)).decode()}")
        return "; ".join(found)

    def ask(self, path: str, body: bytes | None = None, method: str | None = None, **headers: str) -> Answer:
        sent = {"Cookie": self.cookie, "X-Xsrftoken": self.xsrf, "Host": urlsplit(self.site).netloc, **headers}
        request = urllib.request.Request((self.machine or self.site) + path.lstrip("/"), body, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20, context=self.context) as answer:
                self._keep(answer.headers)
                return Answer(answer.status, answer.read(), {k.lower(): v for k, v in answer.headers.items()})
        except HTTPError as error:
            return Answer(error.code, error.read(), {k.lower(): v for k, v in error.headers.items()})

    def _keep(self, headers: Message | Headers) -> None:
        for said in headers.get_all("set-cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value

    @contextmanager
    def tab(self, origin: str | None = None, former: str = "") -> Iterator["Tab"]:
        """An open socket, as a browser's tab would open it; one that comes back names its former session."""
        where = urlsplit(self.machine or self.site)
        with connect(
            self.site.replace("http", "ws", 1) + "_stcore/stream",
            sock=socket.create_connection((where.hostname or "", where.port or 80)),
            subprotocols=[Subprotocol(one) for one in ("streamlit", self.xsrf or "none", former) if one],
            additional_headers={"Cookie": self.cookie},
            origin=origin or self.site.rstrip("/"),  # type: ignore[arg-type]
            open_timeout=60,  # on a machine that runs other tests beside this one
            max_size=None,
            max_queue=None,
            compression=None,
            ssl=self.context,
        ) as opened:
            if opened.response:
                self._keep(opened.response.headers)
            yield Tab(opened)


@dataclass
class Tab:
    """One session. `told` is every message of the last page, `deltas` its elements."""

    socket: ClientConnection
    session_id: str = ""
    told: list[ForwardMsg] = field(default_factory=list)

    def send(self, message: BackMsg | bytes | str) -> None:
        self.socket.send(message.SerializeToString() if isinstance(message, BackMsg) else message)

    def open(self, page: str = "", query: str = "", seconds: float = 60) -> str:
        """Runs a page to its end; gives everything that came, as text."""
        self.send(BackMsg(rerun_script=ClientState(page_name=page, query_string=query)))
        return self.rest(seconds)

    def rest(self, seconds: float = 60) -> str:
        """What comes until the script has ended."""
        self.told = []
        while True:
            message = self.receive(seconds)
            if message.WhichOneof("type") == "new_session":
                self.told = [message]  # a page may be run again before it ends
                self.session_id = message.new_session.initialize.session_id
            ended = message.WhichOneof("type") == "script_finished"
            if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return "\n".join(str(one) for one in self.told)

    def receive(self, seconds: float = 20) -> ForwardMsg:
        message = ForwardMsg.FromString(self.socket.recv(timeout=seconds))  # type: ignore[arg-type]
        self.told.append(message)
        return message

    def answer(self, *kinds: str, seconds: float = 20) -> ForwardMsg:
        """The next message of these kinds. Raises TimeoutError where none comes."""
        while True:
            message = self.receive(seconds)
            if message.WhichOneof("type") in kinds:
                return message

    def dealt_with(self, *kinds: str) -> ForwardMsg | None:
        """Waits until the server has dealt with all that was sent; the answer of these kinds, if there was one."""
        found = None
        for _ in range(10):  # a run that begins just then forgets the answer
            self.send(BackMsg(app_heartbeat=True))
            with suppress(TimeoutError):
                while (answer := self.answer("heartbeat_ack", *kinds, seconds=2)).WhichOneof("type") in kinds:
                    found = answer
                return found
        raise AssertionError("the server does not answer")

    def prepared(self) -> list[str]:
        """Tickets of the files that the page offers."""
        buttons = (
            message.delta.new_element.download_button
            for message in self.told
            if message.WhichOneof("type") == "delta"
            and message.delta.new_element.WhichOneof("type") == "download_button"
        )
        return [button.deferred_file_id for button in buttons]

    def fetch(self, ticket: str, session_id: str = "", request: str = "r") -> None:
        asked = BackendOperationRequest(request_id=request, session_id=session_id or self.session_id)
        asked.deferred_file.file_id = ticket
        self.send(BackMsg(backend_operation_request=asked))

    def upload_address(self) -> str:
        """Where a file of this session is to be sent. Raises TimeoutError where the server does not say."""
        message = BackMsg()
        message.file_urls_request.request_id = "u"
        message.file_urls_request.file_names.append("datei.xlsx")
        self.send(message)
        if (answer := self.dealt_with("file_urls_response")) is None:
            raise TimeoutError
        return answer.file_urls_response.file_urls[0].upload_url.lstrip("/")


@dataclass(frozen=True)
class Town:
    """A running city where people log in."""

    site: str
    home: Path

    def visitor(self, role: str = "", name: str = "", **claims: Any) -> Visitor:
        """Someone with this role; a stranger where it is empty."""
        if not role:
            return Visitor(self.site)
        said = {
            "is_logged_in": True,
            "email": f"{name or role}@stadt.de",
            "groups": [GROUPS.get(role, role)],
            "stelle": ["FB 51"] if role == "reporter" else [],
            "iat": datetime.now(UTC).timestamp(),
            "sub": name or role,
            "provider": "default",
            "origin": self.site.rstrip("/"),
        }
        return Visitor(self.site, {**said, **claims})


@contextmanager
def town(folder: Path, database: Path, definitions: Path = SMALL_CITY) -> Iterator[Town]:
    """The small city with login, but without its provider: cookies are signed by us."""
    port = free_port()
    site = f"http://127.0.0.1:{port}/"
    shutil.copytree(definitions, folder / "definitions")
    (folder / "data").mkdir()
    shutil.copy(database, folder / "data" / "monitoring.duckdb")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(app=site, secret=COOKIE_SECRET, provider=1), encoding="utf-8")
    app = started(folder, port, "--secrets.files", str(secrets), MONITORING_KEEP_DAILY="0")
    try:
        yield Town(site, folder)
    finally:
        app.stop()
