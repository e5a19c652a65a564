"""Who someone is, from what a provider says; nothing is guessed in the person's favour."""

from datetime import UTC, datetime, timedelta

import pytest

from indicators.access import Assignment, ClaimRules, Role, current_user, expired

NOW = datetime(2026, 11, 20, 9)
KNOWN = ("FB 51", "AWO")
BY_CLAIM = ClaimRules(
    role_claim="groups", role_values={"im-buero": Role.OFFICE, "im-fb": Role.REPORTER}, reporter_claim="stelle"
)


def nobody(name: str) -> Assignment:
    return Assignment(frozenset())


def user(claims, rules=BY_CLAIM, assigned=nobody):
    return current_user({"email": "kim@stadt.de", **claims}, rules, assigned, KNOWN)


@pytest.mark.parametrize(
    ("claims", "roles", "reporters"),
    [
        ({"groups": ["im-buero"]}, {Role.OFFICE}, set()),
        ({"groups": "im-buero"}, {Role.OFFICE}, set()),
        ({"groups": ["im-fb", "drucker"], "stelle": "FB 51"}, {Role.REPORTER}, {"FB 51"}),
        ({"groups": ["im-fb"], "stelle": ["FB 51", "AWO", "FB 99"]}, {Role.REPORTER}, {"FB 51", "AWO"}),
        ({"groups": "im-buero im-fb"}, set(), set()),
        ({"groups": ["IM-BUERO"]}, set(), set()),
        ({"groups": ["administrator", "office"]}, set(), set()),
        ({"groups": [{"im-buero": True}, 7, None]}, set(), set()),
        ({"groups": {"im-buero": {}}}, set(), set()),
        ({"role": "office", "roles": ["office"]}, set(), set()),
        ({}, set(), set()),
    ],
)
def test_only_configured_values_of_the_configured_claim_give_roles(claims, roles, reporters):
    found = user(claims)
    assert (found.roles, found.reporters) == (roles, reporters)


def test_a_claim_within_a_claim():
    rules = ClaimRules(role_claim="realm_access.roles", role_values={"im": Role.STEERING})
    assert user({"realm_access": {"roles": ["im"]}}, rules).roles == {Role.STEERING}
    assert user({"realm_access.roles": ["im"]}, rules).roles == {Role.STEERING}
    assert user({"realm_access": ["roles", "im"]}, rules).roles == set()


def test_with_a_role_claim_the_table_does_not_count():
    assert user({}, assigned=lambda name: Assignment(frozenset({Role.OFFICE}))).roles == set()


def test_without_a_role_claim_the_table_decides_and_claims_do_not():
    found = user(
        {"groups": ["im-buero"]},
        ClaimRules(),
        lambda name: Assignment(frozenset({Role.REPORTER}), frozenset({"AWO", "FB 99"})),
    )
    assert (found.roles, found.reporters) == ({Role.REPORTER}, {"AWO"})


@pytest.mark.parametrize(
    "claims", [{"email": None}, {"email": ""}, {"email": "  "}, {"email": ["kim@stadt.de"]}, {"email_verified": False}]
)
def test_whoever_is_not_named_is_no_one(claims):
    assert user(claims | {"groups": ["im-buero"]}) is None


@pytest.mark.parametrize(
    ("issued", "is_expired"),
    [
        (NOW - timedelta(hours=9, minutes=59), False),
        (NOW - timedelta(hours=10), True),
        (NOW - timedelta(days=400), True),
        (NOW + timedelta(minutes=4), False),
        (NOW + timedelta(minutes=6), True),
    ],
)
def test_a_login_lasts_ten_hours(issued, is_expired):
    assert expired({"iat": issued.replace(tzinfo=UTC).timestamp()}, ClaimRules(), NOW) is is_expired


@pytest.mark.parametrize(
    "claims", [{}, {"iat": "2026"}, {"iat": True}, {"iat": None}, {"iat": 1e300}, {"iat": float("nan")}]
)
def test_a_login_without_a_sound_time_does_not_count(claims):
    assert expired(claims, ClaimRules(), NOW)
