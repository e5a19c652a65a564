"""What the office writes: Markdown with paragraphs, lists, bold and italic. All else stays text, as it was typed.

Only these become part of a report: no pictures, no links that load something, no HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indicators.exports.texts import printable


class Form(StrEnum):
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph (one item) or a list."""

    form: Form
    items: tuple[tuple[Run, ...], ...]


_PARSER = MarkdownIt("zero").enable(["emphasis", "list", "newline", "escape"])


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text.

    >>> [block.form.value for block in parse("Ein **wichtiger** Satz.\\n\\n- eins\\n- zwei")]
    ['paragraph', 'bullets']
    """
    found: list[Block] = []
    lists: list[list[tuple[Run, ...]]] = []
    for token in _PARSER.parse(printable(text)):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append([])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items = lists.pop()
            form = Form.BULLETS if token.type.startswith("bullet") else Form.NUMBERS
            if lists:  # a list within a list goes on in it: one level is what a report needs
                lists[-1] += items
            elif items:
                found.append(Block(form, tuple(items)))
        elif token.type == "inline" and (runs := _runs(token.children or ())):
            if lists:
                lists[-1].append(runs)
            else:
                found.append(Block(Form.PARAGRAPH, (runs,)))
    return tuple(found)


def plain(text: str) -> tuple[Block, ...]:
    """One paragraph of text in which nothing is markup."""
    return (Block(Form.PARAGRAPH, ((Run(printable(text)),),)),)


def _runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    found: list[Run] = []
    bold = italic = False
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        else:
            said = " " if token.type == "softbreak" else "\n" if token.type == "hardbreak" else token.content
            if found and (found[-1].bold, found[-1].italic) == (bold, italic):
                found[-1] = Run(found[-1].text + said, bold, italic)
            elif said:
                found.append(Run(said, bold, italic))
    return tuple(found)
