"""How the server starts and what it gives to strangers: before anything is served, and below every page."""

import sys

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import memory_media_file_storage

from indicators.settings import SettingsError
from indicators.ui import browser, here, login, session
from indicators.ui.serving import hosts, rounds, visitors
from indicators.ui.serving.declaration import Declared
from indicators.ui.serving.files import FilesByLot, OnlyOwnFiles
from indicators.ui.serving.headers import Guarded
from indicators.ui.serving.hosts import HEALTH, OnlyKnownHosts
from indicators.ui.serving.messages import OnlyOurMessages
from indicators.ui.serving.uploads import OnlyFromDeliverers

CLOSED = ("/media/", "/_stcore/metrics", "/_stcore/upload_file/")
"""Streamlit answers here without asking who it is: generated files, counts of sessions, uploads into memory."""
ABSENT = ("/_stcore/agent", "/_stcore/script-health-check", "/_stcore/bidi-components", "/component")
"""Interfaces of Streamlit that nothing here uses, and that tell of it."""


def prepare() -> None:
    """Ends the process with the reason where a setting does not fit, or where strangers could come in without a login;
    else sets up what serves."""
    try:
        problem = login.problem(login.circumstances())
    except SettingsError as error:
        sys.exit(f"Nicht gestartet: {error}")
    if problem:
        sys.exit(f"Nicht gestartet: {problem}")
    if many := here.cities():
        hosts.open_for(many)
        rounds.begin()
    # Streamlit takes no storage of ours, but makes its own by this name when it starts.
    memory_media_file_storage.MemoryMediaFileStorage = FilesByLot  # type: ignore[misc]


class OnlyForUsers:
    """Answers 403 on CLOSED paths to whoever brings no cookie of a login that counts and gives a role."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _lies_below(scope["path"], ABSENT):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        asked = scope["type"] == "http" and _lies_below(scope["path"], CLOSED) and session.logs_in()
        if asked and not await run_in_threadpool(_is_known, Request(scope)):
            await PlainTextResponse("Bitte melden Sie sich an.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Healthy:
    """Answers 503 with the reason on HEALTH while something is wrong; not to our own pages.

    Streamlit's script in the browser asks there before it connects, and would tell whoever comes now that there is no
    server at all, while the pages themselves go on and say what is wrong.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and visitors.inner(scope["path"]) == HEALTH
        if asked and not _by_our_page(Request(scope)) and (ailment := await run_in_threadpool(session.ailment)):
            await PlainTextResponse(ailment, 503)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


LAYERS = (
    Guarded, OnlyKnownHosts, Declared, OnlyForUsers, Healthy, OnlyOurMessages, OnlyFromDeliverers, OnlyOwnFiles,
    browser.InGerman,
)  # fmt: skip
MIDDLEWARE = tuple(Middleware(layer) for layer in LAYERS)
"""From the outside in."""


def _lies_below(path: str, parts: tuple[str, ...]) -> bool:
    return any(visitors.inner(path).startswith(part.rstrip("/")) for part in parts)


def _by_our_page(request: Request) -> bool:
    """Whether a script of a page asks. Browsers say so over https and on this machine; a probe does not.

    Whoever forges it learns less, not more.
    """
    return request.headers.get("sec-fetch-dest") == "empty"


def _is_known(request: Request) -> bool:
    """Whether the cookie is one that this server has signed, its login still counts, and the person has a role."""
    return bool(visitors.user(request).roles)
