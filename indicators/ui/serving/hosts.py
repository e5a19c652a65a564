"""Many cities: each under its own host, and no answer to any other. Here a request, and a login, gets its city."""

from contextvars import ContextVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import auth_util, config
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette import starlette_auth_routes

from indicators.cities import Cities
from indicators.ui import here, html, login
from indicators.ui.serving import rounds, visitors

HEALTH = "/_stcore/health"
"""Streamlit says here that it runs; the city's monitoring must also learn when nothing can be saved."""
UNKNOWN = 1008
"""The code that a socket is closed with."""
_asked: ContextVar[str] = ContextVar("host that is asked", default="")
"""With the port, as the browser names it."""


class OnlyKnownHosts:
    """Tells all that comes after which city a request is for. Whoever asks for none gets a page that names none; only
    whoever watches the machine may ask how it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or here.cities() is None:
            await self.app(scope, receive, send)
            return
        hosts = Headers(scope=scope).getlist("host")
        city = here.asked_for(hosts)
        if city is None and not (scope["type"] == "http" and visitors.inner(scope["path"]) == HEALTH):
            await _nobody_here(scope, receive, send)
            return
        if city is None:
            await self._to_whoever_watches(scope, receive, send)
            return
        _asked.set(hosts[0].lower())
        with here.within(city), rounds.rounds().visit(city, window=scope["type"] == "websocket"):
            await self.app(scope, receive, send)

    async def _to_whoever_watches(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = await run_in_threadpool(rounds.rounds().told)
        await PlainTextResponse(said or "ok", 503 if said else 200)(scope, receive, send)


async def _nobody_here(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": UNKNOWN})
    else:
        page = html.TEMPLATES.get_template("unknown_host.html").render()
        await HTMLResponse(page, 404)(scope, receive, send)


def open_for(many: Cities) -> None:
    """Makes Streamlit know more than one host: a socket is let in at each, and a login returns to where it began."""
    config.set_option("server.allowedHosts", list(many.by_host))
    as_configured = auth_util.get_redirect_uri

    def to_this_host(auth_section: AttrDict) -> str | None:
        address = as_configured(auth_section)
        return address.replace(login.HOST, _asked.get()) if address and _asked.get() else address

    auth_util.get_redirect_uri = to_this_host
    starlette_auth_routes.get_redirect_uri = to_this_host
