"""From what an OpenID provider says of a person to a User of ours. A login proves who someone is, not what they may."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from indicators.access.matrix import Role, User


@dataclass(frozen=True)
class Assignment:
    """The roles that the administrator gave someone, and the reporters that they deliver for."""

    roles: frozenset[Role]
    reporters: frozenset[str] = frozenset()


NOTHING = Assignment(frozenset())


@dataclass(frozen=True)
class ClaimRules:
    """Which claims count. Without `role_claim` the administrator's table decides alone, with it the claim alone."""

    name_claim: str = "email"
    role_claim: str = ""
    role_values: Mapping[str, Role] | None = None
    reporter_claim: str = ""
    hours: float = 10.0
    city_claim: str = ""
    city: str = ""
    """Where `city_claim` is named, the claim gives roles to those only whose cities hold this one."""


def current_user(
    claims: Mapping[str, object],
    rules: ClaimRules,
    assigned: Callable[[str], Assignment],
    known_reporters: Collection[str],
) -> User | None:
    """The user behind verified claims; None where they do not name anyone. Reporters that do not exist are left out."""
    name = claims.get(rules.name_claim)
    if not isinstance(name, str) or not name.strip():
        return None
    if rules.name_claim == "email" and claims.get("email_verified") is False:
        return None
    given = _from_claims(claims, rules) if rules.role_claim else assigned(name)
    return User(name.strip(), given.roles, given.reporters & frozenset(known_reporters))


def expired(claims: Mapping[str, object], rules: ClaimRules, now: datetime) -> bool:
    """Whether the login lies too far back, or says that it lies ahead; one without a time does not count.

    The identity token's own `exp` only says how long it may be exchanged for a session: five minutes at Keycloak.
    """
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return True
    try:
        age = now - datetime.fromtimestamp(issued, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return True
    return not timedelta(minutes=-5) <= age < timedelta(hours=rules.hours)


def _from_claims(claims: Mapping[str, object], rules: ClaimRules) -> Assignment:
    if rules.city_claim and rules.city not in _words(claims, rules.city_claim):
        return NOTHING
    values = rules.role_values or {}
    roles = frozenset(values[word] for word in _words(claims, rules.role_claim) if word in values)
    reporters = frozenset(_words(claims, rules.reporter_claim)) if rules.reporter_claim else frozenset()
    return Assignment(roles, reporters)


def _words(claims: Mapping[str, object], claim: str) -> list[str]:
    """The texts of a claim: one, or a list. „realm_access.roles“ names a claim inside a claim."""
    found: object = claims.get(claim)
    if found is None:
        found = claims
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return [found]
    return [word for word in found if isinstance(word, str)] if isinstance(found, list | tuple) else []
