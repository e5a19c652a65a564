"""The declaration on accessibility, as one page without scripts, for everyone: the law wants it within reach of every
page, and whoever cannot log in needs it most.

What it says is docs/barrierefreiheit.md, or the city's own file of that name beside its settings.
"""

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from indicators.errors import MonitoringError
from indicators.settings import PROJECT
from indicators.ui import html, session
from indicators.ui.serving import visitors

ADDRESS = "/barrierefreiheit"
FILE = "barrierefreiheit.md"
CITY = "[Name der Stadt]"
"""Where the text names the city whose declaration it is."""
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


class Declared:
    """Serves the declaration, before anybody is asked who they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET"
        if asked and visitors.inner(scope["path"]).rstrip("/") == ADDRESS:
            answer = HTMLResponse(await run_in_threadpool(declaration))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def declaration() -> str:
    """The page as it is sent."""
    home = session.settings().home
    own = home / FILE if home else None
    file = own if own and own.exists() else PROJECT / "docs" / FILE
    return page(file.read_text(encoding="utf-8", errors="replace"), _city())


def page(text: str, city: str) -> str:
    """Markdown as a page; tables scroll in boxes of their own that the keyboard reaches."""
    body = _PARSER.render(text.replace(CITY, city))
    body = body.replace("<th>", '<th scope="col">').replace("</table>", "</table></div>")
    body = body.replace("<table>", '<div class="wide" role="region" tabindex="0" aria-label="Tabelle"><table>')
    return html.TEMPLATES.get_template("declaration.html").render(body=Markup(body), city=city)


def _city() -> str:
    try:
        return session.catalogue().city.name
    except MonitoringError:
        return CITY
