"""What Streamlit's one HTML page says and loads: German as its language, and our small script before its own.

Nothing of the installed Streamlit is changed; its answer is, on the way out.
"""

import hashlib
import json
import re
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indicators.ui import streamlit_words

SCRIPT = "/browser.js"
NO_SCRIPT = "<noscript><p>Diese Anwendung braucht JavaScript. Bitte schalten Sie es im Browser ein.</p></noscript>"
ASKED_AGAIN = (b"if-none-match", b"if-modified-since", b"accept-encoding")
"""Headers that would bring a page of another version, or one that cannot be read."""
ELSEWHERE = ("/static/", "/media/", "/_stcore/", "/component/")
"""Streamlit's own files and answers to programs pass untouched."""
NOT_OURS = (b"content-length", b"etag", b"last-modified")


def _script() -> bytes:
    words = {"exact": streamlit_words.EXACT, "patterns": list(streamlit_words.PATTERNS.items())}
    source = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
    return source.replace("__WORDS__", json.dumps(words, ensure_ascii=False)).encode()


BODY = _script()
VERSION = hashlib.sha256(BODY).hexdigest()[:12]


class InGerman:
    """Serves the script and rewrites the page that loads it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
        elif scope["path"].endswith(SCRIPT) and scope["path"].count("/") <= 2:
            headers = {"Cache-Control": "public, max-age=31536000, immutable"}
            await Response(BODY, media_type="text/javascript", headers=headers)(scope, receive, send)
        elif not any(part in scope["path"] for part in ELSEWHERE):
            kept = [(name, value) for name, value in scope["headers"] if name not in ASKED_AGAIN]
            await self.app({**scope, "headers": kept}, receive, _Rewritten(send))
        else:
            await self.app(scope, receive, send)


class _Rewritten:
    """Holds an HTML answer back until it is whole; everything else passes as it is."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        body = in_german(self.body.decode()).encode()
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in NOT_OURS]
        await self.send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


def in_german(page: str) -> str:
    """Streamlit's page with our language, title and script; any other HTML as it is."""
    if '<div id="root">' not in page:
        return page
    page = page.replace('<html lang="en">', '<html lang="de">')
    page = re.sub(r"<title>.*?</title>", "<title>Integrationsmonitoring</title>", page, count=1, flags=re.DOTALL)
    page = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, page, count=1, flags=re.DOTALL)
    return page.replace("<head>", f'<head>\n    <script src=".{SCRIPT}?v={VERSION}"></script>', 1)
