"""YAML files as plain values that still know their lines."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from indicators.catalogue.faults import Fault

LARGEST_FILE = 2_000_000
DEEPEST = 20


class Source:
    """One file: `value` as plain dicts, lists, texts and numbers, and the line of each part.

    `fault` says why `value` is None. Texts are NFC, so that „ü“ is one character whoever typed it.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.value: Any = None
        self.fault: Fault | None = None
        self._root: Node | None = None
        text = self._text(path)
        if text is not None:
            self._read(text)

    def _text(self, path: Path) -> str | None:
        try:
            raw = path.read_bytes()
            if len(raw) > LARGEST_FILE:
                self._fail(0, "Die Datei ist größer als 2 MB.", "Definitionen auf mehrere Dateien aufteilen.")
                return None
            return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self._fail(line, "Die Datei ist nicht in UTF-8 gespeichert.", "Im Editor als UTF-8 speichern.")
        except OSError as error:
            self._fail(0, f"Die Datei lässt sich nicht lesen ({error.strerror}).", "Rechte der Datei prüfen.")
        return None

    def _read(self, text: str) -> None:
        yaml = YAML(typ="safe", pure=True)
        try:
            self._root = yaml.compose(text)
            if self._root is not None:
                _refuse_references(self._root)
                self.value = yaml.constructor.construct_document(self._root)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            message, remedy = _in_german(str(error.problem or error.context or ""))
            self._fail(mark.line + 1 if mark else 0, message, remedy)
        except (YAMLError, ValueError, TypeError, RecursionError) as error:
            self._fail(0, "Die Datei ist kein gültiges YAML.", f"Schreibweise prüfen ({type(error).__name__}).")

    def _fail(self, line: int, message: str, remedy: str) -> None:
        self.fault = Fault(self.name, line, "", message, remedy)

    def line(self, path: Sequence[str | int]) -> int:
        """The line of a part, or of the nearest part above it that is there."""
        node, line = self._root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def part(self, path: Sequence[str | int]) -> Any:
        value = self.value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def _child(node: Node | None, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    return None


def _refuse_references(node: Node, depth: int = 0) -> None:
    """Anchors make a file hard to read and can blow it up; nobody needs them here."""
    if node.anchor is not None:
        raise MarkedYAMLError(problem="anchor", problem_mark=node.start_mark)
    if depth > DEEPEST:
        raise MarkedYAMLError(problem="depth", problem_mark=node.start_mark)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            _refuse_references(key, depth + 1)
            _refuse_references(value, depth + 1)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _refuse_references(value, depth + 1)


_PROBLEMS = (
    ("'\\t'", "Hier steht ein Tabulator.", "Mit Leerzeichen einrücken."),
    ("duplicate key", "Diese Angabe steht doppelt.", "Eine der beiden Zeilen streichen."),
    (
        "mapping values are not allowed",
        "Hier steht ein Doppelpunkt, wo keiner stehen darf.",
        "Einrückung prüfen und Texte mit Doppelpunkt in Anführungszeichen setzen.",
    ),
    ("anchor", "Verweise mit & und * sind hier nicht zulässig.", "Den Text an jeder Stelle ausschreiben."),
    ("alias", "Verweise mit & und * sind hier nicht zulässig.", "Texte mit * in Anführungszeichen setzen."),
    ("depth", "Die Angaben sind zu tief verschachtelt.", "Einrückung prüfen."),
    ("constructor", "Besondere Typen mit ! sind hier nicht zulässig.", "Das Ausrufezeichen am Anfang streichen."),
    ("end of stream", "Ein Anführungszeichen oder eine Klammer wird nicht geschlossen.", "Ende des Textes prüfen."),
    ("expected ',' or", "Eine Klammer wird nicht geschlossen.", "Klammern und Kommas in dieser Zeile prüfen."),
)


def _in_german(problem: str) -> tuple[str, str]:
    for words, message, remedy in _PROBLEMS:
        if words in problem:
            return message, remedy
    return "Hier ist die Datei kein gültiges YAML.", "Einrückung und Anführungszeichen in und über der Zeile prüfen."
