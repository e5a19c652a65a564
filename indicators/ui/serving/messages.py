"""The socket of a page: which messages are let in, and what goes out to strangers.

Streamlit carries out whatever comes, from anybody: empty all caches, install files, tell the state of the repository.
Here only passes what our pages send.
"""

import hashlib
import hmac
import sys
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.web.server.server_util import get_cookie_secret

from indicators.ui import here, login
from indicators.ui.serving import visitors
from indicators.ui.serving.uploads import may_deliver

FOREIGN_ORIGIN, NOT_A_MESSAGE, ONLY_BYTES, TOO_LONG = 1008, 1002, 1003, 1009
"""Codes that a socket is closed with."""
LONGEST = 1 << 20
"""Bytes of a message. What our pages send is all that is typed and picked on one of them: a few kilobytes."""
_PYTHON = ".".join(map(str, sys.version_info)).encode()
"""What Streamlit says of Python in the first message of every run."""


class OnlyOurMessages:
    """Drops the messages that no page of ours sends, and closes sockets that pages of others have opened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not _from_our_page(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": FOREIGN_ORIGIN})
            return
        scope = _in_its_own_city(scope)
        visitor = HTTPConnection(scope)
        visitors.asking.set(await run_in_threadpool(visitors.login_proven, visitor.cookies))
        socket = _Socket(visitor, receive, send)
        await self.app(scope, socket.receive, socket.send)


class _Socket:
    """What Streamlit sees of a browser's socket."""

    def __init__(self, visitor: HTTPConnection, receive: Receive, send: Send) -> None:
        self._visitor = visitor
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        """The next message that may pass."""
        while True:
            came = await self._receive()
            if came["type"] != "websocket.receive":
                return came
            if came.get("bytes") is None:
                return await self._end(ONLY_BYTES)
            if len(came["bytes"]) > LONGEST:
                return await self._end(TOO_LONG)
            try:
                message = BackMsg.FromString(came["bytes"])
            except DecodeError:
                return await self._end(NOT_A_MESSAGE)
            if await run_in_threadpool(passes, message, self._visitor):
                return came

    async def send(self, told: Message) -> None:
        if self._closed:
            return
        if told["type"] == "websocket.send" and told.get("bytes"):
            told = {**told, "bytes": without_circumstances(told["bytes"])}
        await self._send(told)

    async def _end(self, code: int) -> Message:
        self._closed = True
        with suppress(RuntimeError):  # it may have gone in the meantime
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


def passes(message: BackMsg, visitor: HTTPConnection) -> bool:
    """Whether a page of ours would send this for this visitor."""
    kind = message.WhichOneof("type")
    allowed = PASSING.get(kind or "")
    return allowed is not None and allowed(message, visitor)


def _always(_message: BackMsg, _visitor: HTTPConnection) -> bool:
    return True


def _whoever_delivers(_message: BackMsg, visitor: HTTPConnection) -> bool:
    return may_deliver(visitors.user(visitor))


def _own_file(message: BackMsg, _visitor: HTTPConnection) -> bool:
    """Only a prepared file, and only for the session that it was prepared for."""
    asked: BackendOperationRequest = message.backend_operation_request
    if asked.WhichOneof("payload") != "deferred_file":
        return False
    prepared = get_instance().media_file_mgr._deferred_callables.get(asked.deferred_file.file_id)
    ours = here.of_session(asked.session_id) == here.key()
    return ours and prepared is not None and prepared["session_id"] == asked.session_id


PASSING: dict[str, Callable[[BackMsg, HTTPConnection], bool]] = {
    "rerun_script": _always,
    "stop_script": _always,
    "app_heartbeat": _always,
    "file_urls_request": _whoever_delivers,
    "backend_operation_request": _own_file,
}
"""By kind of message, who may send it. What is not named here is dropped, also what later versions may invent."""


def _in_its_own_city(scope: Scope) -> Scope:
    """Whoever comes back takes up their session, which the browser names third, in the city that it began in; at the
    host of another one they begin anew."""
    said = Headers(scope=scope).get("sec-websocket-protocol", "")
    former = [part.strip() for part in said.split(",")][2:]
    if not former or here.of_session(former[0]) == here.key():
        return scope
    without = ",".join(said.split(",")[:2]).encode()
    kept = [(name, without if name == b"sec-websocket-protocol" else value) for name, value in scope["headers"]]
    return {**scope, "headers": kept}


def _from_our_page(headers: Headers) -> bool:
    """Programs name no origin. A page is ours when it comes from where it asks, or from where logins return to.

    Streamlit lets in every page from this machine, and asks a foreign host for the machine's own address to find out.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    where = urlsplit(origin).netloc
    section = login.auth_section() or {}
    return bool(where) and where in (headers.get("host"), urlsplit(str(section.get("redirect_uri", ""))).netloc)


def without_circumstances(payload: bytes) -> bytes:
    """Without folders and versions of this machine: nothing in the browser needs them."""
    if _PYTHON not in payload:
        return payload
    message = ForwardMsg.FromString(payload)
    if message.WhichOneof("type") != "new_session":
        return payload
    message.new_session.main_script_path = ""
    who = message.new_session.initialize.user_info  # says which machine this is, and nothing of the user
    who.Clear()
    who.SetInParent()  # the browser asks for its fields
    environment = message.new_session.initialize.environment_info
    # Open pages load anew when this changes, as they must after an update.
    environment.streamlit_version = hmac.new(
        get_cookie_secret().encode(), environment.streamlit_version.encode(), hashlib.sha256
    ).hexdigest()[:12]
    environment.python_version = environment.server_os = ""
    return message.SerializeToString()
