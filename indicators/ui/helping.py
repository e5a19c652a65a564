"""The page „Hilfe“: search, table of contents, one chapter."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st
from markdown_it import MarkdownIt

from indicators.boards import manual
from indicators.boards.manual import Chapter
from indicators.ui import address, filters, html

CHAPTER, PASSAGE, TEXT = "kapitel", "abschnitt", "text"
TEXTS: Mapping[str, tuple[str, Path]] = {
    "handbuch": ("Handbuch", manual.MANUAL),
    "begriffe": ("Begriffe", manual.GLOSSARY),
    "daten": ("Was wie lange bleibt", manual.PROTECTION),
    "neu": ("Was ist neu", manual.CHANGES),
}
NO_TEXT = "Die Dateien der Dokumentation liegen nicht bei der Anwendung. Bitte sagen Sie der Administration Bescheid."
_IMAGE = re.compile(r"!\[([^\]]*)\]\(images/([\w.-]+)\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:)[^)]*\)")

TABLE = '<div class="scroll" role="region" aria-label="Tabelle" tabindex="0"><table class="grid">'

Texts = Mapping[str, tuple[Chapter, ...]]


def texts() -> Texts:
    """All that there is to read, by code; read again when a file has changed."""
    return {code: _read(file, file.stat().st_mtime_ns if file.exists() else 0) for code, (_, file) in TEXTS.items()}


@cache
def _read(file: Path, changed: int) -> tuple[Chapter, ...]:
    return manual.chapters(file)


def words() -> str:
    """What is looked for; Enter begins the search."""
    return st.text_input(
        "In Handbuch, Begriffen und Neuerungen suchen", key="help-words", max_chars=80, icon=":material/search:",
        placeholder="Zum Beispiel: Vorlage, zurückziehen, kleine Zahlen",
    ).strip()  # fmt: skip


def hits(found_in: Texts, asked: str) -> None:
    """Every passage with the words, as links."""
    rows = [
        {
            "link": html.link("hilfe", text=code, kapitel=hit.chapter.key, abschnitt=hit.passage.key),
            "title": hit.passage.title,
            "place": TEXTS[code][0] if hit.passage.title == hit.chapter.title else hit.chapter.title,
            "excerpt": hit.excerpt,
        }
        for code, chapters in found_in.items()
        for hit in manual.find(chapters, asked)
    ]
    html.template("help_hits", rows=rows, asked=asked)
    html.here(f"help-{asked}")


def read(all_texts: Texts) -> None:
    """One text: its contents, and the chapter that is open."""
    code = filters.choice("Was", list(TEXTS), TEXT, lambda one: TEXTS[one][0])
    chapters = {one.key: one for one in all_texts[code]}
    if not chapters:
        st.info(NO_TEXT)
        return
    page, contents = st.columns([3, 1], gap="large")
    with page:
        chosen = filters.choice("Kapitel", list(chapters), CHAPTER, lambda key: chapters[key].title)
        _chapter(chapters[chosen], _passage(chosen))
    with contents:
        parts = [(part, list(of)) for part, of in groupby(chapters.values(), key=lambda one: one.part)]
        html.template("help_contents", parts=parts, code=code, chosen=chosen)


def _passage(chapter: str) -> str:
    """The passage of this chapter that a link has named, as long as nothing else is chosen."""
    if followed := address.followed(PASSAGE):
        st.session_state[PASSAGE] = (chapter, followed)
    of, passage = st.session_state.get(PASSAGE, ("", ""))
    if of != chapter:
        return ""
    address.note(PASSAGE, passage)
    return str(passage)


def _chapter(one: Chapter, passage: str) -> None:
    """With the focus on the passage that a link names."""
    title = next((other.title for other in one.passages if other.key == passage), "")
    written = _written(f"## {one.title}\n\n{one.text}")
    if title:
        there = f' tabindex="-1" data-here="{one.key}-{passage}">{escape(title)}</h'
        written = re.sub(f">{re.escape(escape(title))}</h", lambda _: there, written, count=1)
    st.html(f'<div class="manual">{written}</div>')


@cache
def _written(text: str) -> str:
    """Our own Markdown as HTML: tables as the house has them, pictures from the folder, links to files as words."""
    body = _IMAGE.sub(_with_picture, _LINK.sub(r"\1", text))
    written = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return written.replace("<table>", TABLE).replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def _with_picture(found: re.Match[str]) -> str:
    file = manual.DOCS / "images" / found[2]
    if not file.exists():
        return found[1]
    return f"![{found[1]}](data:image/png;base64,{b64encode(file.read_bytes()).decode()})"
