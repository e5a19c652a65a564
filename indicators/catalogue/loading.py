"""From a folder of definition files to a checked catalogue."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from indicators.catalogue.catalogue import Catalogue
from indicators.catalogue.concept import ActionField, FieldKind
from indicators.catalogue.demands import demands
from indicators.catalogue.derivation import expand
from indicators.catalogue.draft import Draft, Entry, read
from indicators.catalogue.faults import CatalogueError, Fault
from indicators.catalogue.fields import Definition
from indicators.catalogue.formula import Formula
from indicators.catalogue.frequency import Frequency, coarsest
from indicators.catalogue.indicator import Indicator, IndicatorEntry
from indicators.catalogue.lint import semantic_faults

T = TypeVar("T", bound=Definition)


def load(folder: Path, methods: Collection[str] | None = None, *, kept: bool = False) -> Catalogue:
    """The catalogue of a folder; raises CatalogueError with all faults.

    `methods` are the status methods that exist (`attainment` registers them); None leaves their names unchecked.
    `kept` is for definitions that were in force once: what later checks would refuse is no reason not to show them.
    """
    draft, faults = _examine(Path(folder), methods)
    if draft.faults if kept else faults:
        raise CatalogueError(faults)
    return _assemble(draft, Path(folder))


def lint(folder: Path, methods: Collection[str] | None = None) -> list[Fault]:
    """Every fault of every file, in order of file and line, and what is demanded of definitions that are written today;
    empty for a good folder."""
    draft, faults = _examine(Path(folder), methods)
    return sorted({*faults, *demands(draft)})


def texts_of(folder: Path) -> dict[str, str]:
    """The definition files of a folder by name, as they stand there. Raises CatalogueError for what is no text."""
    texts = {}
    for file in sorted(Path(folder).glob("*.yaml")):
        try:
            with file.open(encoding="utf-8", newline="") as opened:
                texts[file.name] = opened.read()
        except (OSError, UnicodeDecodeError) as error:
            message = "Die Datei lässt sich nicht als UTF-8 lesen."
            raise CatalogueError(
                [Fault(file.name, 0, "", message, "Rechte prüfen, im Editor als UTF-8 speichern.")]
            ) from error
    return texts


@contextmanager
def folder_of(texts: Mapping[str, str]) -> Iterator[Path]:
    """A folder with these files, for as long as it is needed."""
    with TemporaryDirectory(prefix="katalog-") as folder:
        for name, text in texts.items():
            (Path(folder) / Path(name).name).write_text(text, encoding="utf-8", newline="")
        yield Path(folder)


def load_texts(texts: Mapping[str, str], methods: Collection[str] | None = None, *, kept: bool = False) -> Catalogue:
    """As `load`, of files that lie in no folder."""
    with folder_of(texts) as folder:
        return load(folder, methods, kept=kept)


def lint_texts(texts: Mapping[str, str], methods: Collection[str] | None = None) -> list[Fault]:
    """As `lint`, of files that lie in no folder."""
    with folder_of(texts) as folder:
        return lint(folder, methods)


def proposed(texts: Mapping[str, str], before: Mapping[str, str], methods: Collection[str]) -> Catalogue:
    """What these files would define in place of others; raises CatalogueError.

    What is demanded of definitions that are written today is demanded of what changes: a fault of long ago, somewhere
    else, stops nobody.
    """
    known = _known_faults(tuple(sorted(before.items())), tuple(methods))
    with folder_of(texts) as folder:
        draft, faults = _examine(folder, methods)
        faults += [one for one in demands(draft) if (one.file, one.field, one.message) not in known]
        if faults:
            raise CatalogueError(faults)
        return _assemble(draft, folder)


@lru_cache(2)
def _known_faults(before: tuple[tuple[str, str], ...], methods: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
    return frozenset((fault.file, fault.field, fault.message) for fault in lint_texts(dict(before), methods))


def version_of(folder: Path) -> str:
    """Content hash of the definition files, 12 hex digits; the same with Windows line ends."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).glob("*.yaml")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _examine(folder: Path, methods: Collection[str] | None) -> tuple[Draft, list[Fault]]:
    draft = read(folder)
    return draft, sorted({*draft.faults, *semantic_faults(draft, methods)})


def _assemble(draft: Draft, folder: Path) -> Catalogue:
    assert draft.city is not None
    derived = expand({code: Formula.parse(entry.model.formula) for code, entry in draft.derived.items()})
    return Catalogue(
        folder=folder,
        version=version_of(folder),
        city=draft.city.model,
        fields=tuple(sorted((entry.model for entry in draft.fields.values()), key=_as_shown)),
        units=_models(draft.units),
        dimensions=_models(draft.dimensions),
        reporters=_models(draft.reporters),
        base_figures=_models(draft.base_figures),
        indicators={code: _indicator(entry, draft, derived) for code, entry in draft.indicators.items()},
        derived=_models(draft.derived),
    )


def _indicator(entry: Entry[IndicatorEntry], draft: Draft, derived: Mapping[str, Formula]) -> Indicator:
    written = entry.model
    expression = Formula.parse(written.formula).expanded(derived)
    frequencies = tuple(draft.base_figures[name].model.frequency for name in expression.names)
    values = {name: getattr(written, name) for name in IndicatorEntry.model_fields}
    values["frequency"] = written.frequency or coarsest(frequencies) or Frequency.YEARLY
    percentage = draft.units[written.unit].model.percentage
    written_fields = written.model_fields_set | {"field", "frequency", "expression", "percentage"}
    return Indicator.model_construct(
        written_fields, **values, field=entry.owner, expression=expression, percentage=percentage
    )


def _models(entries: Mapping[str, Entry[T]]) -> dict[str, T]:
    return {code: entry.model for code, entry in entries.items()}


def _as_shown(field: ActionField) -> tuple[bool, str]:
    return field.kind is not FieldKind.OVERARCHING, field.code
