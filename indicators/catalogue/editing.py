"""Changing one definition in the text of its file: comments, order and everything else stay as somebody wrote them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from indicators.errors import MonitoringError

CODE, CITY = "code", "city"
SCHEMA = "definitions.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA}\n"
"""The first line of a file, by which an editor knows what may stand in it: the schema lies beside the files."""
ANOTHER_WORD = {"reporters": "department"}
"""Fields that a file may call otherwise: whoever writes one strikes the other."""

BELOW = {
    "dimensions": ("dimensions", "members"),
    "sub_goals": ("guiding_goals", "sub_goals"),
    "approaches": ("guiding_goals", "approaches"),
}
"""Of what lies below something else: the list of that, and the one within it."""

Texts = Mapping[str, str]


class EditError(MonitoringError):
    """A definition that cannot be changed in this way; says why."""


@dataclass(frozen=True)
class Place:
    """Where a definition stands: its section, its code, and for a member or approach the code of what it lies below.

    A field is the head of its file (section `field`); goals of both levels have the section `guiding_goals`, a new
    sub-goal has `sub_goals`.
    """

    section: str
    code: str
    within: str = ""

    @property
    def label(self) -> str:
        """How faults name it."""
        if self.section in ("field", CITY):
            return ""
        if not self.within:
            return f"{self.section}.{self.code}"
        upper, lower = BELOW[self.section]
        return f"{upper}.{self.within}.{lower}.{self.code}"


def changed(texts: Texts, place: Place, values: Mapping[str, object]) -> dict[str, str]:
    """The texts with these fields written anew; None strikes a field out."""
    return all_changed(texts, {place: values})


def all_changed(texts: Texts, changes: Mapping[Place, Mapping[str, object]]) -> dict[str, str]:
    """The texts with all of these definitions changed; each file is read and written once."""
    documents: dict[str, Any] = {}
    touched: set[str] = set()
    for place, values in changes.items():
        name, _, entries, number = _found(texts, place, documents)
        touched.add(name)
        entry = entries[number]
        for key, value in values.items():
            if key in ANOTHER_WORD:
                entry.pop(ANOTHER_WORD[key], None)
            if value is None:
                entry.pop(key, None)
            else:
                entry[key] = _written(value)
    return {**texts, **{name: dumped(documents[name]) for name in touched}}


def copied(texts: Texts, place: Place, code: str) -> dict[str, str]:
    """The texts with a copy of the definition under another code, right behind it; it has no earlier codes."""
    name, document, entries, number = _found(texts, place)
    fresh = deepcopy(entries[number])
    fresh[CODE] = code
    fresh.pop("formerly", None)
    entries.insert(number + 1, fresh)
    return {**texts, name: dumped(document)}


def added(texts: Texts, place: Place, owner: str, values: Mapping[str, object]) -> dict[str, str]:
    """The texts with one more definition at the end of its list; `owner` is the code of the field it belongs to."""
    if place.section == "field":
        return with_field(texts, place.code, values)
    return all_added(texts, [Addition(place, owner, values)])


@dataclass(frozen=True)
class Addition:
    """A definition that is to be added at the end of its list, in the file of the field `owner`."""

    place: Place
    owner: str
    values: Mapping[str, object]


def all_added(texts: Texts, additions: Sequence[Addition]) -> dict[str, str]:
    """The texts with all of them, in this order; each file is read and written once."""
    documents = {name: _loaded(text) for name, text in texts.items()}
    maps = {name: one for name, one in documents.items() if isinstance(one, CommentedMap)}
    touched: set[str] = set()
    for one in additions:
        places = ((name, _list_for(found, one.place, one.owner)) for name, found in maps.items())
        name, entries = next(((name, entries) for name, entries in places if entries is not None), ("", None))
        if entries is None:
            raise EditError("Bitte sagen Sie, wozu es gehört: Handlungsfeld, Ziel oder Merkmal.")
        fresh = CommentedMap(code=one.place.code)
        fresh.update({key: _written(value) for key, value in one.values.items() if value is not None})
        entries.append(fresh)
        touched.add(name)
    return {name: dumped(documents[name]) if name in touched else text for name, text in texts.items()}


FILES_OF_THEIR_OWN = ("units", "dimensions", "reporters")


def _list_for(document: CommentedMap, place: Place, owner: str) -> Any:
    """The list that a new definition belongs into, where it is in this file."""
    if place.within:
        upper, lower = BELOW[place.section]
        above = (one for one in document.get(upper) or () if str(one.get(CODE)) == place.within)
        found = next(above, None)
        return None if found is None else found.setdefault(lower, CommentedSeq())
    alone = place.section in FILES_OF_THEIR_OWN
    here = place.section in document if alone else str(document.get("field")) == owner
    if here and not document.get(place.section):
        document[place.section] = CommentedSeq()
    return document[place.section] if here else None


def with_field(texts: Texts, code: str, values: Mapping[str, object]) -> dict[str, str]:
    """The texts with one more field, in a file of its own."""
    stem = re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_") or "feld"
    name = next(name for number in range(1, 1000) if (name := f"{stem}_feld{number}.yaml") not in texts)
    said = {key: _written(value) for key, value in values.items() if value is not None}
    return {**texts, name: with_schema(dumped(CommentedMap(field=code, **said)))}


def with_schema(text: str) -> str:
    """The text with its first line, unless somebody has given it one already."""
    return text if "yaml-language-server:" in text.partition("\n\n")[0] else SCHEMA_LINE + text


def renamed(texts: Texts, place: Place, code: str) -> dict[str, str]:
    """The texts with another code for an indicator or base figure, which keeps its values, links and formulas."""
    name, document, entries, number = _found(texts, place)
    entry = entries[number]
    earlier = entry.get("formerly") or []
    entry["formerly"] = _written([*([earlier] if isinstance(earlier, str) else earlier), place.code])
    entry[CODE] = code
    after = {**texts, name: dumped(document)}
    return _in_formulas(after, place.code, code) if place.section == "base_figures" else after


def _in_formulas(texts: Texts, old: str, new: str) -> dict[str, str]:
    found = dict(texts)
    for name, text in texts.items():
        if not re.search(rf"\b{re.escape(old)}\b", text):
            continue
        document = _loaded(text)
        entries = [*(document.get("indicators") or ()), *(document.get("derived_figures") or ())]
        formulas = [(one, str(one.get("formula", ""))) for one in entries]
        told = [(one, re.sub(rf"\b{re.escape(old)}\b", new, formula), formula) for one, formula in formulas]
        for one, formula, before in told:
            if formula != before:
                one["formula"] = formula
        if any(formula != before for _, formula, before in told):
            found[name] = dumped(document)
    return found


def _found(texts: Texts, place: Place, documents: dict[str, Any] | None = None) -> tuple[str, Any, Any, int]:
    """File, document, list and number of a definition; `documents` are those read so far. Raises EditError."""
    read = {} if documents is None else documents
    if place.section == CITY:
        name = f"{CITY}.yaml"
        document = read[name] if name in read else read.setdefault(name, _loaded(texts[name]))
        return name, document, [document], 0
    for name, text in texts.items():
        if (place.within or place.code) not in text:
            continue
        document = read[name] if name in read else read.setdefault(name, _loaded(text))
        for entries in _lists(document, place) if isinstance(document, CommentedMap) else ():
            for number, one in enumerate(entries):
                if str(one.get("field" if place.section == "field" else CODE)) == place.code:
                    return name, document, entries, number
    raise EditError(f"„{place.code}“ gibt es im Katalog nicht mehr. Bitte laden Sie die Seite neu.")


def _lists(document: CommentedMap, place: Place) -> Iterator[Any]:
    """The lists of a file in which the definition may stand."""
    if place.section == "field":
        yield [document]
        return
    if place.within:
        upper, lower = BELOW[place.section]
        yield from (one.get(lower) or () for one in document.get(upper) or () if str(one.get(CODE)) == place.within)
        return
    entries = document.get(place.section) or ()
    yield entries
    if place.section == "guiding_goals":
        yield from (one.get("sub_goals") or () for one in entries)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _loaded(text: str) -> Any:
    return _yaml().load(text)


def plain(text: str) -> Any:
    """What a file says, as dicts and lists that remember nothing of how it was written."""
    return YAML(typ="safe", pure=True).load(text)


def dumped(document: Any) -> str:
    """As files are written here."""
    stream = StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def _written(value: object) -> object:
    """Lists and pairs in one line, as the files have them."""
    if isinstance(value, Mapping):
        pairs = CommentedMap({key: _written(one) for key, one in value.items()})
        pairs.fa.set_flow_style()
        return pairs
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = CommentedSeq([_written(one) for one in value])
        items.fa.set_flow_style()
        return items
    return value
