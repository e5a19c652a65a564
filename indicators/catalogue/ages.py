"""Ages that names of groups speak of: what a name suggests, and where the definitions have to say it."""

import re
from collections.abc import Callable
from math import inf

from indicators.catalogue.schema import Dimension, Member

Ages = tuple[float, float]
"""From this age on, up to but not including that one."""

SPEAKS = re.compile(
    r"alters?\b|alters?(?=gruppe|klasse|stufe|jahr)|jahre?\b|jahren|jährig|\bj\.|\bu ?\d|\d ?(?:plus\b|\+)"
)
NO_MATTER = re.compile(r"\b(?:\w*alters?|jahre?n?|j(?=\.)|jährige?n?|darunter|davon|von|im)\b|-jährige?n?\b|[(),.]")
LOOKS: tuple[tuple[str, Callable[..., Ages]], ...] = (
    (r"(?:0 ?- ?|0 )?(?:bis )?unter (\d+)", lambda to: (0, to)),
    (r"u ?(\d+)", lambda to: (0, to)),
    (r"bis (\d+)", lambda last: (0, last + 1)),
    (r"(\d+) ?(?:-|bis|- ?bis) ?unter (\d+)", lambda first, to: (first, to)),
    (r"ab (\d+) ?(?:-|bis) ?unter (\d+)", lambda first, to: (first, to)),
    (r"(\d+) ?(?:-|bis|- bis) ?(\d+)", lambda first, last: (first, last + 1)),
    (r"ab (\d+)", lambda first: (first, inf)),
    (r"(\d+) ?(?:\+|plus)", lambda first: (first, inf)),
    (r"(\d+) (?:und|oder) (?:älter|mehr|darüber)", lambda first: (first, inf)),
    (r"über (\d+)", lambda last: (last + 1, inf)),
    (r"(\d+)", lambda only: (only, only + 1)),
)
"""How the names of age groups look, and what they mean."""


def speaks_of_ages(dimension: Dimension, member: Member) -> bool:
    """Whether a reader would take the member for an age group, by its own name or by its dimension's."""
    return any(SPEAKS.search(title.lower()) for title in (dimension.title, member.title))


def suggested_ages(dimension: Dimension, member: Member) -> Ages | None:
    """What a member's name says that it spans; None where it speaks of no ages, or not clearly."""
    if not speaks_of_ages(dimension, member):
        return None
    name = re.sub("[–—]", "-", member.title.lower())
    plain = " ".join(NO_MATTER.sub(" ", name).split())
    for look, meant in LOOKS:
        if found := re.fullmatch(look, plain):
            first, to = meant(*(float(number) for number in found.groups()))
            return (first, to) if first < to else None
    return None
