"""Age groups that overlap: what their names span, and what two of them give away of those between."""

from math import inf

import pytest

from indicators.catalogue.schema import Dimension, Member
from indicators.suppression.ages import ages
from tests.suppression.attacker import disclosures
from tests.suppression.catalogues import catalogue, figure, indicator
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import city, frame

NAMES = {
    "unter 18 Jahren": (0, 18),
    "0–17": (0, 18),
    "0 bis unter 15 Jahre": (0, 15),
    "bis 26 Jahre": (0, 27),
    "18 bis unter 27 Jahre": (18, 27),
    "27 – 64 Jahre": (27, 65),
    "27 bis 64": (27, 65),
    "65 Jahre und älter": (65, inf),
    "ab 65": (65, inf),
    "65+": (65, inf),
    "über 64 Jahre": (65, inf),
    "darunter unter 6 Jahren": (0, 6),
    "15- bis 17-Jährige": (15, 18),
    "6-Jährige": (6, 7),
    "im Alter von 3 bis unter 6 Jahren": (3, 6),
    "ohne Angabe": None,
    "Rente": None,
}


@pytest.mark.parametrize(("name", "span"), NAMES.items())
def test_what_a_name_spans(name, span):
    member = Member(code="m", title=name)
    assert ages(Dimension(code="a", title="Altersgruppe", members=(member,)), member) == span


def test_other_numbers_are_no_ages():
    member = Member(code="m", title="unter 3 Stunden")
    assert ages(Dimension(code="a", title="Betreuungszeit", members=(member,)), member) is None


def visitors(alter: dict[str, int], jung: dict[str, int]):
    rows = [("besucher", f"alter={code}", "2025", number) for code, number in alter.items()]
    rows += [("besucher", f"jung={code}", "2025", number) for code, number in jung.items()]
    return frame([*rows, ("besucher", "", "2025", sum(alter.values()))])


ALL_AGES = {"unter_18": 20, "bis_27": 30, "bis_65": 40, "ab_65": 50}


@pytest.mark.parametrize(
    ("jung", "given_away"),
    [
        ({"unter_15": 18}, True),  # 20 under 18, 18 under 15: two are 15 to 17
        ({"unter_15": 10}, False),
        ({"unter_21": 22}, True),  # two are 18 to 20
        ({"unter_21": 48}, True),  # 50 are under 27: two are 21 to 26
        ({"ab_15_unter_21": 12}, False),
        ({"unter_15": 10, "ab_15_unter_21": 12}, True),  # 22 under 21, 20 under 18
        ({"unter_21": 60}, False),  # contradicts: 60 under 21, 50 under 27
    ],
)
def test_what_two_groups_give_away_is_kept(jung, given_away):
    values = visitors(ALL_AGES, jung)
    hidden = hidden_values(values, city())
    assert bool(hidden.values) == given_away
    assert not hidden.unsafe
    assert list(disclosures(values, hidden, city())) == []


WORDS = [("unter 18 J.", "unter 15 J."), ("U18", "U15"), ("3- bis unter 18-Jährige", "3- bis unter 15-Jährige"),
         ("15 plus", "18 plus")]  # fmt: skip


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("names", WORDS)
def test_two_groups_in_words_do_not_give_away_who_lies_between(names, written):
    """20 - 18 = 2, with ages as written and, in old definitions, as the names suggest."""
    members = "".join(
        f'      - {{code: {code}, title: "{name}"' + (f", ages: [{ages}]" if written else "") + "}\n"
        for code, name, ages in zip("ab", names, _spans(names), strict=True)
    )
    dimensions = f"dimensions:\n  - code: wer\n    title: Wer kam\n    members:\n{members}"
    used = catalogue(
        [figure("gaeste", more=", dimensions: [wer]")], [indicator("C-01", "gaeste")], dimensions=dimensions
    )
    larger, smaller = ("a", "b")
    rows = [
        ("gaeste", f"wer={larger}", "2025", 20),
        ("gaeste", f"wer={smaller}", "2025", 18),
        ("gaeste", "", "2025", 90),
    ]
    hidden = hidden_values(frame(rows), used)
    assert {v.breakdown.code for v in hidden.values} & {"wer=a", "wer=b"} and not hidden.unsafe
    rows[1] = ("gaeste", f"wer={smaller}", "2025", 10)
    assert not hidden_values(frame(rows), used).values


def _spans(names: tuple[str, str]) -> tuple[str, str]:
    return {"15 plus": ("15, null", "18, null"), "3- bis unter 18-Jährige": ("3, 18", "3, 15")}.get(
        names[0], ("0, 18", "0, 15")
    )
