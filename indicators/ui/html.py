"""Small HTML tables that Streamlit's own cannot be: with links, status marks and sparklines, readable by machines.

Everything that comes from data or definitions is escaped by the template engine.
"""

import re
from base64 import b64encode
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from indicators import german
from indicators.foreign_text import harmless, legible
from indicators.names import named

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=lambda value: harmless(value) if type(value) is str else value,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["german"] = german
TEMPLATES.globals["named"] = named
TEMPLATES.globals["longest"] = lambda text: max(map(len, text.split()), default=0)
TEMPLATES.globals["image"] = lambda svg: f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def template(name: str, **values: object) -> None:
    """Shows templates/NAME.html."""
    st.html(TEMPLATES.get_template(f"{name}.html").render(link=link, **values))


def link(page: str, **parameters: str) -> str:
    """The address of a page with its choices and the chosen moment; empty choices are left out."""
    kept = {"stand": st.session_state.get("stand", "heute"), **parameters}
    return f"{page}?{urlencode({name: value for name, value in kept.items() if value})}"


def further_sheets(text: str) -> None:
    """What stands in the margin of every printed sheet but the first. Whatever is no letter or digit is written as its
    number, so that no text ends the string or the style."""
    safe = "".join(letter if letter.isalnum() else f"\\{ord(letter):06x}" for letter in text)
    st.html(
        f'<style>@media print {{ @page {{ @top-left {{ content: "{safe}"; font: 9pt sans-serif; color: #3d3d3d; }} }} '
        "@page :first { @top-left { content: none; } } }</style>"
    )


def print_only(text: str) -> None:
    """What the controls say on the screen, for paper."""
    template("print_only", text=text)


def to_copy(text: str, name: str) -> None:
    """A text to be taken along, letter by letter, with a button that copies it; `name` says to those who hear what.

    Streamlit's own box for code loads 1.5 MB of languages to colour what has no colours: a third of the time that the
    browser works on an indicator's page.
    """
    template("to_copy", text=text, what=name)


def here(token: str) -> None:
    """Where the work goes on after an upload or a commit: our script moves the focus there, once for each token."""
    st.html(f'<div class="here" tabindex="-1" data-here="{token}"></div>')


def plain(text: str) -> str:
    """Text from data or definitions, safe to stand in Markdown: nothing in it is a link, image, sign or mark-up.

    Escaping is not enough: addresses and names of signs are looked for once more when the escapes are gone. There the
    text is cut in two by something that is empty, and stays the same for whoever reads or copies it.
    """
    whole = legible(text, LONGEST_TEXT)
    cuts = [0, *(found.end() for found in _LOOKED_FOR_LATER.finditer(whole)), len(whole)]
    return CUT.join(_escaped(whole[start:end]) for start, end in pairwise(cuts))


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in _MARKUP else letter for letter in text)


_MARKUP = set("\\`*_{}[]()<>#+!|~:$&@")
_LOOKED_FOR_LATER = re.compile(r"htt(?=ps?://)|www(?=\.)|@|:[\w+/-](?=[\w+/-]*:)", re.IGNORECASE)
CUT = ":gray[]"
"""An empty coloured text."""
LONGEST_TEXT = 2000


def query(parameters: dict[str, str]) -> str:
    """Choices as they stand in an address, in a fixed order."""
    return urlencode(sorted(parameters.items()), safe=",=")
