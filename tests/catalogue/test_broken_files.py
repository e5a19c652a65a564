"""Whatever stands in a file: faults, never a traceback."""

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.catalogue import Fault, lint

SPOILS = [
    "\t",
    ": ",
    "- ",
    "[",
    "}",
    "'",
    '"',
    "#",
    "&x ",
    "*x",
    "!!python/object ",
    "\x00",
    "ä",
    "\n\n",
    "|",
    "2019",
    ".nan",
]


def assert_readable(faults: list[Fault]) -> None:
    for fault in faults:
        assert fault.file
        assert fault.line >= 0
        assert fault.message
        assert fault.remedy


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes(folder: Path, content: bytes) -> None:
    (folder / "zufall.yaml").write_bytes(content)
    assert_readable(lint(folder))


def test_spoilt_characters_and_lines(folder: Path) -> None:
    """60 seeded accidents of typing: something put in, a line lost, a line moved."""
    chance = random.Random(2017)
    names = ["b_bildung", "units", "dimensions", "reporters", "city"]
    good = {name: (folder / f"{name}.yaml").read_text(encoding="utf-8") for name in names}
    for _ in range(60):
        name = chance.choice(names)
        text = good[name]
        at = chance.randrange(len(text))
        lines = text.split("\n")
        spoilt = chance.choice(
            [
                text[:at] + chance.choice(SPOILS) + text[at:],
                text[:at] + text[at + chance.randrange(1, 9) :],
                "\n".join(line for line in lines if line is not chance.choice(lines)),
                text.replace(chance.choice(lines), "  " + chance.choice(lines), 1),
            ]
        )
        (folder / f"{name}.yaml").write_text(spoilt, encoding="utf-8")
        assert_readable(lint(folder))
        (folder / f"{name}.yaml").write_text(good[name], encoding="utf-8")


def test_aliases_cannot_blow_the_file_up(folder: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    (folder / "bombe.yaml").write_text(bomb)
    assert [fault.line for fault in lint(folder) if fault.file == "bombe.yaml"] == [1]


def test_deep_nesting(folder: Path) -> None:
    (folder / "tief.yaml").write_text("a: " + "[" * 800)
    assert_readable(lint(folder))
    (folder / "tief.yaml").write_text("a: " + "[" * 30 + "]" * 30)
    assert any(fault.file == "tief.yaml" for fault in lint(folder))
