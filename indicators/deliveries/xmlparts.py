"""XML without surprises: expat, no DTD, no entities, names without namespace (so Strict OOXML reads the same)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, NoReturn
from xml.parsers import expat

from indicators.deliveries.gate import damaged, rejected

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(stream: IO[bytes], start: Start, end: End, text: Text | None = None) -> None:
    """Streams one part through the handlers; element names come without their prefix."""
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
