"""Measures as other lists name them: in full, by number or by title, where only one is called so."""

import re
from collections.abc import Iterable

from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.values import nearest
from indicators.datasets.measures import MEASURES
from indicators.model import Finding, Severity
from indicators.store import Store

SEPARATOR = "; "
"""Stands between several measures in one field."""


class Names:
    """What the measures of now can be called."""

    def __init__(self, store: Store) -> None:
        self._found: dict[str, set[str]] = {}
        for name, said in MEASURES.states(store).items():
            values = dict(said[-1].content or ())
            number = str(values.get("number", ""))
            called = (name, number, f"Nr. {number}" if number else "", str(values.get("title", "")))
            for text in filter(None, called) if values else ():
                self._found.setdefault(plain(text), set()).add(name)

    def one(self, text: str) -> str:
        """The full name of the one measure that is meant; empty for none or several."""
        found = self._found.get(plain(text), set())
        exact = {name for name in found if plain(name) == plain(text)} or found
        return next(iter(exact)) if len(exact) == 1 else ""

    def several(self, row: Entry, text: str, before: Iterable[str] = ()) -> tuple[str, list[Finding]]:
        """The full names of all that a text names, and what it names in vain; a text with a fault stays as it is.

        `before` are the texts that stood there already: a measure that is gone since may go on being named."""
        gone = {plain(part): part for one in before for part in parts(one)}
        named = {part: self.one(part) or gone.get(plain(part), "") for part in parts(text)}
        findings = [self.unknown(row, part) for part, found in named.items() if not found]
        return text if findings else SEPARATOR.join(dict.fromkeys(named.values())), findings

    def unknown(self, row: Entry, said: str) -> Finding:
        several = sorted(self._found.get(plain(said), ()))
        possible = several or sorted({one for of in self._found.values() for one in of})
        meant = nearest(said, dict.fromkeys(possible, ""))
        hint = f" Gemeint ist wohl „{meant}“." if meant else ""
        message = f"„{said[:60]}“ bei „{row.key.name}“ ist keine Maßnahme, die es gibt, oder mehrere heißen so.{hint}"
        remedy = "Bitte Konzept und Nummer nennen, zum Beispiel „Konzept 2016 · Nr. 12“; mehrere mit Semikolon trennen."
        return Finding("unknown-measure", Severity.ERROR, message, remedy, row.place, said[:80])


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def parts(text: str) -> list[str]:
    return [part for part in (" ".join(one.split()) for one in re.split(r"[;\n]", text)) if part]
