"""Uploads: only from those who may deliver, only into their own session, and not more at once than they need."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from indicators.access import Action, User, may
from indicators.ui.serving import visitors

UPLOAD = "/_stcore/upload_file/"
HELD_AT_ONCE = 100 << 20
"""Bytes of one person's uploads that may lie in memory: ten workbooks of the largest size, or a year of usual ones."""


class OnlyFromDeliverers:
    """Answers 403 before a byte is read to whoever may not deliver, and 413 where a person's share is used up."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.held = Held()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = visitors.inner(scope["path"]) if scope["type"] == "http" else ""
        if not path.startswith(UPLOAD) or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        session_id, _, file_id = path.removeprefix(UPLOAD).partition("/")
        whose = await run_in_threadpool(_deliverer, request, session_id)
        if whose is None:
            await PlainTextResponse("Dafür fehlt Ihnen das Recht.", 403)(scope, receive, send)
            return
        with self.held.reserved(whose, Upload(session_id, file_id), _size(request)) as fits:
            if fits:
                await self.app(scope, receive, send)
            else:
                await _let_pass(receive)
                await PlainTextResponse("Zu viele Dateien auf einmal.", 413)(scope, receive, send)


def may_deliver(user: User) -> bool:
    """Whether there is anyone that this person delivers for."""
    return any(may(user, Action.DELIVER, reporter) for reporter in (None, *user.reporters))


@dataclass(frozen=True)
class Upload:
    """What Streamlit keeps a file under."""

    session_id: str
    file_id: str


Person = tuple[str, str]
"""City and name."""


class Held:
    """Bytes of uploads in memory by person of a city: those that lie there, and those that are on their way."""

    def __init__(self, most: int = HELD_AT_ONCE) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._arrived: dict[Person, set[Upload]] = {}
        self._coming: dict[Person, int] = {}

    @contextmanager
    def reserved(self, person: Person, upload: Upload, size: int) -> Iterator[bool]:
        """Whether an upload of this size fits into the person's share; while inside, the share is smaller by it."""
        with self._lock:
            here = self._arrived.setdefault(person, set())
            here -= {gone for gone in here if kept_size(gone) is None}
            held = sum(kept_size(one) or 0 for one in here if one != upload) + self._coming.get(person, 0)
            fits = held + size <= self._most
            if fits:
                self._coming[person] = self._coming.get(person, 0) + size
        try:
            yield fits
        finally:
            if fits:
                with self._lock:
                    self._coming[person] -= size
                    here.add(upload)


def kept_size(upload: Upload) -> int | None:
    """How many bytes Streamlit keeps of the upload; None where it keeps none."""
    found = get_instance().uploaded_file_mgr.get_files(upload.session_id, [upload.file_id])
    return len(found[0].data) if found else None


def release(file_ids: Iterable[str]) -> None:
    """Frees the memory of this session's uploads that no page will ask for again: Streamlit keeps them to its end."""
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context and isinstance(manager, MemoryUploadedFileManager):
        for file_id in file_ids:
            manager.remove_file(context.session_id, file_id)


def _deliverer(request: Request, session_id: str) -> Person | None:
    """City and name of the person, if they may deliver and the session is one of their login, or none at all."""
    own = visitors.login_proven(request.cookies)
    theirs = visitors.login_of_session(session_id) in (own, None)  # Streamlit refuses where there is no session
    return (own.city, own.person) if theirs and may_deliver(visitors.user(request)) else None


async def _let_pass(receive: Receive) -> None:
    """Reads a body to its end and keeps nothing: a browser that is cut short shows a fault of the network instead."""
    while (await receive()).get("more_body"):
        pass


def _size(request: Request) -> int:
    """Bytes that the request may bring, as far as it says so; else as many as are let in at the most."""
    most = int(st.get_option("server.maxUploadSize")) << 20
    said = request.headers.get("content-length", "")
    return min(int(said), most) if said.isdecimal() else most
