"""Definition files on their way to a catalogue: every entry checked by itself, faults gathered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from indicators.catalogue.concept import ActionField
from indicators.catalogue.faults import Fault, in_german, shown
from indicators.catalogue.fields import Definition
from indicators.catalogue.indicator import IndicatorEntry
from indicators.catalogue.reading import Source
from indicators.catalogue.schema import (
    COMPARISON,
    BaseFigure,
    City,
    DerivedFigure,
    Dimension,
    Reporter,
    Unit,
)

T = TypeVar("T", bound=Definition)
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A valid entry and where it stands; `owner` is the code of the field whose file it is in."""

    model: T
    source: Source
    path: Steps
    owner: str = ""

    def fault(self, where: Steps | str, message: str, remedy: str) -> Fault:
        """A fault at a field of the entry."""
        below = (where,) if isinstance(where, str) else where
        path = (*self.path, *below)
        return Fault(self.source.name, self.source.line(path), label(self.source, path), message, remedy)


@dataclass
class Draft:
    """What could be read. `spoilt` holds the codes of entries with faults of their own, so that a formula
    that names one of them is not called wrong as well."""

    faults: list[Fault] = field(default_factory=list)
    city: Entry[City] | None = None
    units: dict[str, Entry[Unit]] = field(default_factory=dict)
    dimensions: dict[str, Entry[Dimension]] = field(default_factory=dict)
    reporters: dict[str, Entry[Reporter]] = field(default_factory=dict)
    fields: dict[str, Entry[ActionField]] = field(default_factory=dict)
    base_figures: dict[str, Entry[BaseFigure]] = field(default_factory=dict)
    derived: dict[str, Entry[DerivedFigure]] = field(default_factory=dict)
    indicators: dict[str, Entry[IndicatorEntry]] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)

    @property
    def comparison(self) -> str:
        """The code of the dimension that holds other places; the usual one where none does."""
        return next((code for code, entry in self.dimensions.items() if entry.model.compares), COMPARISON)


_SINGLE_FILES: dict[str, tuple[str, type[Definition]]] = {
    "units.yaml": ("units", Unit),
    "dimensions.yaml": ("dimensions", Dimension),
    "reporters.yaml": ("reporters", Reporter),
}
_FIELD_LISTS: dict[str, tuple[str, type[Definition]]] = {
    "base_figures": ("base_figures", BaseFigure),
    "derived_figures": ("derived", DerivedFigure),
    "indicators": ("indicators", IndicatorEntry),
}
_FIELD_HEAD = ("field", "title", "lead", "kind", "text", "guiding_goals")


def read(folder: Path) -> Draft:
    """All files of the folder; never raises for what a person wrote."""
    draft = Draft()
    files = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    for name in ("city.yaml", *_SINGLE_FILES):
        if not (folder / name).is_file():
            draft.faults.append(Fault(name, 0, "", "Die Datei fehlt.", f"{name} in {folder} anlegen."))
    for path in files:
        if path.suffix != ".yaml":
            draft.faults.append(Fault(path.name, 0, "", "Die Endung ist nicht .yaml.", "Datei umbenennen."))
            continue
        _add(draft, Source(path))
    if not draft.fields and not draft.faults:
        draft.faults.append(Fault(folder.name, 0, "", "Es gibt kein Handlungsfeld.", "Eine Datei je Feld anlegen."))
    return draft


def _add(draft: Draft, source: Source) -> None:
    if source.fault:
        draft.faults.append(source.fault)
    elif not isinstance(source.value, dict):
        message = "Die Datei ist leer." if source.value is None else "Die Datei beginnt nicht mit „name: wert“."
        draft.faults.append(Fault(source.name, 1, "", message, "Mit der Vorlage im Handbuch vergleichen."))
    elif source.name == "city.yaml":
        draft.city = _checked(draft, City, source, ())
    elif source.name in _SINGLE_FILES:
        section, model = _SINGLE_FILES[source.name]
        _refuse_others(draft, source, (section,))
        if section not in source.value:
            _report(draft, source, (section,), "Diese Angabe fehlt.", f"Bitte ergänzen: {section}: …")
        _add_list(draft, getattr(draft, section), model, source, section)
    else:
        _add_field(draft, source)


def _add_field(draft: Draft, source: Source) -> None:
    _refuse_others(draft, source, (*_FIELD_HEAD, *_FIELD_LISTS))
    head = {key: source.value[key] for key in _FIELD_HEAD if key in source.value}
    if "field" in head:
        head["code"] = head.pop("field")
    entry = _checked(draft, ActionField, source, (), head)
    if entry is not None:
        _put(draft, draft.fields, entry)
    owner = str(source.value.get("field", ""))
    for section, (target, model) in _FIELD_LISTS.items():
        _add_list(draft, getattr(draft, target), model, source, section, owner)


def _add_list(
    draft: Draft, target: dict[str, Any], model: type[Definition], source: Source, section: str, owner: str = ""
) -> None:
    items = source.value.get(section)
    if items is not None and not isinstance(items, list):
        message = f"Hier gehört eine Liste hin, gefunden: {shown(items)}."
        _report(draft, source, (section,), message, "Jeden Eintrag mit „- code: …“ beginnen.")
        return
    for number in range(len(items or ())):
        entry = _checked(draft, model, source, (section, number), owner=owner)
        if entry is not None:
            _put(draft, target, entry)


def _put(draft: Draft, target: dict[str, Entry[T]], entry: Entry[T]) -> None:
    code = entry.model.code  # type: ignore[attr-defined]
    kinds: Iterable[dict[str, Any]] = (target,)
    if target is draft.base_figures or target is draft.derived:
        kinds = (draft.base_figures, draft.derived)
    earlier = next((kind[code] for kind in kinds if code in kind), None)
    if earlier is None:
        target[code] = entry
        return
    where = f"{earlier.source.name}, Zeile {earlier.source.line((*earlier.path, 'code'))}"
    key = "field" if isinstance(entry.model, ActionField) else "code"
    draft.faults.append(entry.fault(key, f"Das Kürzel „{code}“ gibt es schon ({where}).", "Ein anderes Kürzel wählen."))


def _checked(
    draft: Draft, model: type[T], source: Source, path: Steps, value: Any = None, owner: str = ""
) -> Entry[T] | None:
    found = source.part(path) if value is None else value
    try:
        return Entry(model.model_validate(found), source, path, owner)
    except ValidationError as error:
        for one in error.errors():
            below = tuple("field" if model is ActionField and step == "code" else step for step in one["loc"])
            message, remedy = in_german(dict(one), str(below[-1]) if below else "")
            _report(draft, source, (*path, *below), message, remedy)
    except RecursionError:
        _report(draft, source, path, "Dieser Eintrag ist zu tief verschachtelt.", "Einrückung prüfen.")
    if isinstance(found, dict) and isinstance(found.get("code"), str):
        draft.spoilt.add(found["code"])
    return None


def _refuse_others(draft: Draft, source: Source, known: Iterable[str]) -> None:
    for key in source.value:
        if key not in known:
            _report(draft, source, (key,), f"„{key}“ ist hier nicht bekannt.", f"Erlaubt sind: {', '.join(known)}.")


def _report(draft: Draft, source: Source, path: Steps, message: str, remedy: str) -> None:
    draft.faults.append(Fault(source.name, source.line(path), label(source, path), message, remedy))


def label(source: Source, path: Steps) -> str:
    """`indicators.B-01.targets.2.value`: entries by their code, others by their number from 1."""
    return ".".join(_steps(source, path))


def _steps(source: Source, path: Steps) -> Iterator[str]:
    for end, step in enumerate(path, start=1):
        if isinstance(step, int):
            part = source.part(path[:end])
            code = part.get("code") if isinstance(part, dict) else None
            yield str(code) if code is not None else str(step + 1)
        else:
            yield str(step)
