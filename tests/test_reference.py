"""Every setting, command, option and right has its words for those who run and use the product."""

from pathlib import Path

import click

from indicators.__main__ import main
from tests import reference

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_what_the_code_says():
    assert (DOCS / "nachschlagen.md").read_text(encoding="utf-8") == reference.page()


def test_every_option_says_what_it_does():
    silent = [
        f"{called} {option.opts[0]}"
        for called, command in reference.leaves(main, "")
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []
