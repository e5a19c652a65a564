"""XML without surprises: expat, no DTD, no entities, names without namespace (so Strict OOXML reads the same)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, NoReturn
from xml.parsers import expat

from indicators.workbooks.gate import damaged, rejected

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]
Grammar = Mapping[str, frozenset[str]]  # what may stand in an element, for those elements that carry values

EXTENSIONS = "extLst"  # where office programs keep what is theirs: never a value
_TEXT = frozenset(("t", "r", "rPh", "phoneticPr"))
TEXT_GRAMMAR = {"is": _TEXT, "si": _TEXT, "r": frozenset(("rPr", "t")), "rPh": frozenset(("t",)), "t": frozenset[str]()}
_ONCE = frozenset(("v", "f", "is", "t"))  # a second one in the same element would be read as one with the first


def parse(stream: IO[bytes], start: Start, end: End, text: Text | None = None, grammar: Grammar | None = None) -> None:
    """Streams one part through the handlers; element names come without their prefix.

    With a grammar, a part that has elements of it elsewhere is damaged: each reader would make something else of it.
    """
    if grammar is not None:
        places = _Places(start, end, grammar)
        start, end = places.start, places.end
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def name_of(name: str) -> str:
        return local.setdefault(name, name.rpartition(":")[2])

    parser.StartElementHandler = lambda name, attributes: start(local.get(name) or name_of(name), attributes)
    parser.EndElementHandler = lambda name: end(local.get(name) or name_of(name))
    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.CharacterDataHandler = text
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise damaged() from error


class _Places:
    """Passes elements on to the handlers where the grammar has them, and leaves extensions out."""

    def __init__(self, start: Start, end: End, grammar: Grammar):
        self._start, self._end, self._grammar = start, end, grammar
        self._placed = frozenset[str]().union(*grammar.values()) & grammar.keys()
        self._open: list[tuple[frozenset[str] | None, set[str]]] = [(None, set())]  # what it may hold, what it held
        self._extensions = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._extensions or name == EXTENSIONS:
            self._extensions += 1
            return
        allowed, held = self._open[-1]
        if (name in self._placed) if allowed is None else (name not in allowed or (name in held and name in _ONCE)):
            raise damaged()
        held.add(name)
        self._open.append((self._grammar.get(name), set()))
        self._start(name, attributes)

    def end(self, name: str) -> None:
        if self._extensions:
            self._extensions -= 1
            return
        self._open.pop()
        self._end(name)


def refuse_dtd(*_: object) -> NoReturn:
    """An entity can unfold to gigabytes or name a file of the server; no office program writes a DTD."""
    raise rejected("dtd", "Die Datei enthält eine DTD (Dokumenttyp-Definition) und wird deshalb nicht gelesen.")


@dataclass(slots=True)
class Node:
    """One element of a small part, with its children in order."""

    name: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def first(self, name: str) -> "Node | None":
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator["Node"]:
        return (child for child in self.children if child.name == name)

    def get(self, name: str, default: str = "") -> str:
        """An attribute by its local name: `id` finds `r:id`, whatever the prefix is."""
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), default)


def tree(stream: IO[bytes]) -> Node:
    """A small part as a tree; the root's name is empty."""
    root = Node("", {})
    open_nodes = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def text(data: str) -> None:
        open_nodes[-1].text += data

    parse(stream, start, lambda _: open_nodes.__delitem__(-1), text)
    return root
