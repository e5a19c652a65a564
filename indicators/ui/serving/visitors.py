"""Who is behind a request or a socket: what the signed cookie says, and what that person may do by now."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime import get_instance
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from indicators.access import User, login_of
from indicators.errors import MonitoringError
from indicators.ui import here, login, session

Cookies = Mapping[str, str]
NOBODY = User("", frozenset())


@dataclass(frozen=True)
class Login:
    """One login of one person in one city; every copy of its cookie is the same login. Without logins all are the local
    user's."""

    person: str
    of: str
    city: str = here.ONE


NOBODYS = Login("", "", "\0")
asking: ContextVar[Login | None] = ContextVar("asking", default=None)
"""Whose socket the message came through that is being answered, also on the threads that this takes."""


def inner(path: str) -> str:
    """The path below the one that a proxy may have put before it."""
    base = "/" + (st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(base.rstrip("/"))


def claims(cookies: Cookies) -> Mapping[str, object]:
    """What the signed cookie keeps of the login, as `st.user` would say it; long ones come in several parts. Nothing
    where it was made at another city's host: all are signed with one secret."""

    def part(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""))

    said = json.loads(get_cookie_with_chunks(part, USER_COOKIE_NAME) or b"{}")
    counts = isinstance(said, Mapping) and (here.cities() is None or _made_here(said))
    return said if counts else {}


def user(visitor: HTTPConnection) -> User:
    """The person whose login counts by now, with their rights of now; NOBODY else."""
    if not session.logs_in() and not _at_this_machine(visitor):
        return NOBODY
    try:
        return session.user(claims(visitor.cookies))
    except MonitoringError:
        return NOBODY


def login_proven(cookies: Cookies) -> Login:
    """The login that the cookies prove, whether or not it still counts."""
    if not session.logs_in():
        return Login(session.settings().local_user, "", here.key())
    said = claims(cookies)
    return Login(str(said.get(session.settings().name_claim, "")), login_of(said), here.key())


def login_of_session(session_id: str) -> Login | None:
    """Whose session this is; None where nobody is connected to it."""
    client = get_instance().get_client(session_id)
    context = client.client_context if client else None
    if context is None:
        return None
    city = here.asked_for(value for name, value in context.headers if name.lower() == "host")
    if city is None:
        return NOBODYS
    with here.within(city):
        return login_proven(context.cookies)


def _made_here(said: Mapping[str, object]) -> bool:
    """Whether the login began at one of this city's hosts, which Streamlit has written into it."""
    return here.asked_for([urlsplit(str(said.get("origin", ""))).netloc]) == here.key()


def _at_this_machine(visitor: HTTPConnection) -> bool:
    address = visitor.client.host if visitor.client else None
    return login.is_loopback(address) and login.names_this_machine(visitor.headers)
