"""How the server starts and what it gives to strangers: before anything is served, and below every page."""

import json
import sys
from collections.abc import Mapping

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indicators.model import MonitoringError
from indicators.settings import Settings
from indicators.ui import browser, login, session

CLOSED = ("/media/", "/_stcore/metrics", "/_stcore/upload_file/")
"""Streamlit answers here without asking who it is: generated files, counts of sessions, uploads into memory."""
HEALTH = "/_stcore/health"
"""Streamlit says here that it runs; the city's monitoring must also learn when nothing can be saved."""


def refuse_to_start_in_the_open() -> None:
    """Ends the process with the reason where strangers could come in without a login."""
    if problem := login.problem(login.circumstances(Settings())):
        sys.exit(f"Nicht gestartet: {problem}")


class OnlyForUsers:
    """Answers 403 on CLOSED paths to whoever brings no cookie of a login that counts and gives a role."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and _is_closed(scope["path"]) and login.configured()
        if asked and not await run_in_threadpool(_is_known, Request(scope)):
            await PlainTextResponse("Bitte melden Sie sich an.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Healthy:
    """Answers 503 with the reason on HEALTH while the database cannot be read or written."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and _inner(scope["path"]) == HEALTH
        if asked and (ailment := await run_in_threadpool(session.ailment)):
            await PlainTextResponse(ailment, 503)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


MIDDLEWARE = (Middleware(OnlyForUsers), Middleware(Healthy), Middleware(browser.InGerman))


def _is_closed(path: str) -> bool:
    return any(_inner(path).startswith(closed.rstrip("/")) for closed in CLOSED)


def _inner(path: str) -> str:
    """The path below the one that a proxy may have put before it."""
    base = "/" + (st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(base.rstrip("/"))


def _is_known(request: Request) -> bool:
    """Whether the cookie is one that this server has signed, its login still counts, and the person has a role."""
    try:
        return bool(session.user(_claims(request)).roles)
    except MonitoringError:
        return False


def _claims(request: Request) -> Mapping[str, object]:
    """What the signed cookie keeps of the login, as `st.user` would say it; long ones come in several parts."""

    def part(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, request.cookies.get(name, ""))

    said = json.loads(get_cookie_with_chunks(part, USER_COOKIE_NAME) or b"{}")
    return said if isinstance(said, Mapping) else {}
