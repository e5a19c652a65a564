"""Generated files: under names drawn by lot, and only for the login that they were generated for.

Streamlit names a file by a digest of its content: whoever guesses a content could ask whether somebody fetched it.
"""

import hmac
import secrets
import time
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage

from indicators.ui import here
from indicators.ui.serving import visitors

MEDIA = "/media/"
TO_FETCH = 60.0
"""Seconds for which a file that somebody asked for lies there. Streamlit would remove it when two other people's pages
have run, which may be before the browser of the first has fetched it."""


class FilesByLot(MemoryMediaFileStorage):
    """Streamlit's files in memory, with other names, and whose they are."""

    def __init__(self, media_endpoint: str) -> None:
        super().__init__(media_endpoint)
        self._secret = secrets.token_bytes(32)
        self._owners: dict[str, visitors.Login] = {}
        self._cities: dict[str, str] = {}
        self._until: dict[str, float] = {}
        self._left: dict[str, float] = {}

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        """Keeps the content under a new name: a download's for once, a picture's for as long as the process lives."""
        content, city = self._read_file(path_or_data) if isinstance(path_or_data, str) else path_or_data, here.key()
        if kind is MediaFileKind.DOWNLOADABLE:
            file_id = secrets.token_hex(32)
        else:
            named = f"{city}\0{mimetype}\0".encode() + content
            file_id = hmac.digest(self._secret, named, "sha256").hex()
        if kind is MediaFileKind.DOWNLOADABLE and (owner := visitors.asking.get()):
            self._owners[file_id] = owner
        if kind is MediaFileKind.DOWNLOADABLE:
            self._until[file_id] = time.monotonic() + TO_FETCH
        self._tidy()
        self._cities[file_id] = city
        self._files_by_id[file_id] = MemoryFile(content, mimetype, kind, filename)
        return file_id

    def delete_file(self, file_id: str) -> None:
        """At once, or when its time is over: Streamlit does not ask again."""
        self._left[file_id] = self._until.pop(file_id, 0.0)
        self._tidy()

    def _tidy(self) -> None:
        over = [file_id for file_id, until in list(self._left.items()) if until <= time.monotonic()]
        for file_id in over:
            if self._left.pop(file_id, None) is not None:
                super().delete_file(file_id)
                self._owners.pop(file_id, None)
                self._cities.pop(file_id, None)

    def is_for(self, name: str, login: visitors.Login) -> bool:
        """Whether this login may fetch the file of this name; of pictures: anyone in the city that they were made for;
        of names that do not exist: anyone."""
        file_id = Path(name).stem
        return self._owners.get(file_id, login) == login and self._cities.get(file_id, login.city) == login.city


class OnlyOwnFiles:
    """Answers a request for someone else's file as if there were none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = visitors.inner(scope["path"]) if scope["type"] == "http" else ""
        if path.startswith(MEDIA) and not await run_in_threadpool(_is_own, Request(scope), path.removeprefix(MEDIA)):
            await PlainTextResponse("File not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_own(request: Request, name: str) -> bool:
    storage = get_instance().media_file_mgr._storage
    return isinstance(storage, FilesByLot) and storage.is_for(name, visitors.login_proven(request.cookies))
