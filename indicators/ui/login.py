"""Who sits there: a person with a login, or the one local user of this machine. Where neither is sure, nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

import streamlit as st

from indicators.access import ClaimRules, Role, expired
from indicators.settings import Settings
from indicators.ui import here

SHORTEST_SECRET = 32
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LOCAL = ".localhost"
"""Names that every browser takes for the machine itself: cities are tried out under them."""
HOST = "{host}"
"""Stands in redirect_uri for the host that was asked: a login leads back to the city that it began in."""
WITHOUT_HOST = (
    "Bei mehreren Städten (MONITORING_CITIES) gehört in redirect_uri statt des Rechnernamens {host}, zum Beispiel "
    "https://{host}/oauth2callback. Sonst führte jede Anmeldung in dieselbe Stadt."
)
WITH_HOST = "redirect_uri enthält {host}; das gilt nur bei mehreren Städten (MONITORING_CITIES)."
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded")


@dataclass(frozen=True)
class Circumstances:
    """What the process was started with: files that exist, what they say of logins, and where it listens."""

    secrets: tuple[str, ...]
    auth: Mapping[str, object] | None
    address: str | None
    trusts_headers: bool
    login_required: bool
    many_cities: bool = False


def configured() -> bool:
    """Whether people log in here."""
    return auth_section() is not None


def auth_section() -> Mapping[str, object] | None:
    """The section [auth] of the secrets file; None where there is none."""
    if not st.secrets.load_if_toml_exists():
        return None
    found = st.secrets.get("auth")
    return found if isinstance(found, Mapping) else None


def circumstances() -> Circumstances:
    """Of this process. Raises SettingsError where they cannot be told."""
    files = tuple(str(file) for file in st.get_option("secrets.files") or () if Path(file).exists())
    headers = bool(st.get_option("server.trustedUserHeaders"))
    many = here.cities()
    everyone = [one.settings for one in many.usable if one.settings] if many else [Settings()]
    required = any(settings.login_required for settings in everyone)
    return Circumstances(files, auth_section(), st.get_option("server.address"), headers, required, bool(many))


def problem(found: Circumstances) -> str:
    """Why nobody may be served under these circumstances, and how to mend it; empty where all is well."""
    if found.trusts_headers:
        return "server.trustedUserHeaders ist gesetzt: Namen aus Kopfzeilen ließen sich fälschen. Bitte entfernen."
    if found.secrets and found.auth is None:
        return f"{found.secrets[0]} lässt sich nicht lesen oder hat keinen Abschnitt [auth]. Bitte berichtigen."
    if found.auth is not None:
        missing = [key for key in NEEDED if not found.auth.get(key)]
        if missing:
            return f"Im Abschnitt [auth] der Datei secrets.toml fehlt: {', '.join(missing)}."
        if len(str(found.auth["cookie_secret"])) < SHORTEST_SECRET:
            return f"cookie_secret hat weniger als {SHORTEST_SECRET} Zeichen und ließe sich erraten."
        if (HOST in str(found.auth["redirect_uri"])) is not found.many_cities:
            return WITHOUT_HOST if found.many_cities else WITH_HOST
        return ""
    if found.login_required:
        return "Eine Anmeldung ist vorgeschrieben (login_required), aber nicht eingerichtet: secrets.toml fehlt."
    if not is_loopback(found.address):
        where = found.address or "allen Adressen"
        return (
            f"Die Anwendung soll auf {where} zu erreichen sein, aber es ist keine Anmeldung eingerichtet: "
            "Jeder im Netz sähe und änderte alles. Entweder die Anmeldung einrichten (docs/betrieb.md) "
            "oder server.address auf 127.0.0.1 setzen."
        )
    return ""


def is_loopback(address: str | None) -> bool:
    """Whether only this machine itself reaches the address."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def from_this_machine() -> bool:
    """Whether the visitor of this session sits at the machine itself: neither another address nor another host."""
    elsewhere = isinstance(st.context.ip_address, str)  # None stands for the loopback
    return not elsewhere and names_this_machine(st.context.headers)


def names_this_machine(headers: Mapping[str, str]) -> bool:
    """Whether a request asks for the loopback, and through no proxy."""
    host = headers.get("Host", "localhost")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return (is_loopback(name) or name.lower().endswith(LOCAL)) and not any(header in headers for header in FORWARDED)


def rules(settings: Settings) -> ClaimRules:
    """How claims become roles in this installation."""
    values = {value: Role(word) for value, word in settings.role_values.items()}
    return ClaimRules(
        settings.name_claim,
        settings.role_claim,
        values,
        settings.reporter_claim,
        settings.session_hours,
        settings.city_claim,
        settings.city,
    )


def claims() -> dict[str, object]:
    """What the provider said of the person when they logged in, as the signed cookie keeps it."""
    return dict(st.user.to_dict())


def lasting(said: Mapping[str, object], settings: Settings, now: datetime) -> bool:
    """Whether these are the claims of someone who is logged in, and the login has not run out."""
    return said.get("is_logged_in") is True and not expired(said, rules(settings), now)
