"""A department's own list (text columns under a header row) as entries of a data set of ours.

Columns are matched to fields by their titles and the other names that people give them; the rest is asked. What was
decided is remembered by the words of the head and the cells, so that next year's list needs no questions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS
from indicators.datasets.listed import Listed
from indicators.datasets.listed.fields import Field
from indicators.datasets.listed.standing import Standing
from indicators.datasets.listed.template import BASIS
from indicators.datasets.listed.values import Wrong, likely, nearest, value_of
from indicators.foreign_text import legible
from indicators.model import Finding, Severity
from indicators.templates.hidden_map import text_of
from indicators.workbooks.cells import column_letters
from indicators.workbooks.workbook import Sheet, Workbook

UNIT, SKIP = "zustaendig", "-"
"""The column that names the unit responsible; what stands for a column that is left out."""
UNIT_NAMES = ("Zuständig", "Zuständigkeit", "zuständige Stelle", "Verantwortlich", "Federführung", "Fachbereich", "Amt",
              "Dienststelle", "Organisationseinheit", "federführend", "zuständiger Fachbereich")  # fmt: skip
DEEPEST_HEAD = 20
"""So many rows are searched for the head of a list: above it stand titles and remarks."""
FEWEST, SHARE = 3, 0.4
"""A row is the head of a list of ours if it names so many of its fields, and they are so much of what it names."""
LIKELY = 75


@dataclass(frozen=True)
class Decisions:
    """What a person has said, or had said before: `columns` by plain head (a field, UNIT or SKIP), `words` by field and
    plain word, `units` by plain text, `defaults` by field that has no column; whose list it is, and of which year."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    reporter: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Question:
    """What nobody has said yet: `kind` is columns, words, units, defaults, or reporter; `options` are codes and titles,
    `meant` the one that is offered."""

    kind: str
    about: str
    shown: str
    options: Mapping[str, str]
    meant: str = ""
    field: str = ""


@dataclass(frozen=True)
class Column:
    letter: str
    head: str


@dataclass(frozen=True)
class Found:
    """Where the list stands, and of which data set it is."""

    data_set: Listed
    sheet: Sheet
    head: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class OwnList:
    """A workbook with the list in it."""

    workbook: Workbook
    found: Found


@dataclass(frozen=True)
class ListReading:
    """An own list with the decisions so far; `questions` is empty when it can be read."""

    own: OwnList
    decisions: Decisions
    questions: tuple[Question, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.questions)


def plain(text: str) -> str:
    """A head or word as it is remembered and compared."""
    return " ".join(text.casefold().replace("*", " ").split()).strip(" :.")


def find(workbook: Workbook) -> Found | None:
    """The list that names most fields of one of our data sets; None where none does."""
    best: tuple[int, Found] | None = None
    for data_set in DATA_SETS.values():
        if not isinstance(data_set, Listed):
            continue
        known = _names(data_set)
        naming = {plain(name) for one in inputs_of(data_set) if one.required for name in (one.title, *one.known_as)}
        for sheet in workbook.sheets:
            for row, columns in _heads(sheet).items():
                named = {known[plain(one.head)] for one in columns if plain(one.head) in known}
                called = any(plain(one.head) in naming for one in columns)
                enough = len(named) >= FEWEST and len(named) >= SHARE * len(columns)
                if called and enough and (best is None or len(named) > best[0]):
                    best = len(named), Found(data_set, sheet, row, columns)
    return best[1] if best else None


def _heads(sheet: Sheet) -> dict[int, tuple[Column, ...]]:
    """The texts of each row that may be a head."""
    rows: dict[int, list[Column]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > DEEPEST_HEAD:
            break
        if isinstance(cell.value, str) and text_of(cell):
            rows.setdefault(row, []).append(Column(column_letters(column), text_of(cell)))
    return {row: tuple(columns) for row, columns in rows.items()}


def inputs_of(data_set: Listed) -> tuple[Field, ...]:
    return tuple(one for one in data_set.form.inputs if one.code != BASIS)


def _names(data_set: Listed) -> dict[str, str]:
    """Each name of a field, plain, with its code; a title wins over what another is known as."""
    units = (*UNIT_NAMES, *data_set.unit_names) if isinstance(data_set, Standing) else ()
    found = {plain(name): UNIT for name in units}
    found |= {plain(name): one.code for one in inputs_of(data_set) for name in one.known_as}
    return found | {plain(one.title): one.code for one in inputs_of(data_set)}


def read(own: OwnList, decisions: Decisions, catalogue: Catalogue, reporters: Sequence[str]) -> ListReading:
    """With what is left to ask; `reporters` are those for whom the person may deliver."""
    found = own.found
    asked = list(_of_columns(found, decisions))
    if not asked:
        asked += _of_defaults(found, decisions)
        asked += _of_words(found, decisions, catalogue)
        asked += _of_units(found, decisions, catalogue)
        if decisions.reporter not in reporters:
            names = {code: catalogue.reporter_name(code) for code in reporters}
            asked.append(Question("reporter", "", "Von wem kommt die Liste?", names))
    return ListReading(own, decisions, tuple(asked))


def means(found: Found, decisions: Decisions) -> dict[str, str]:
    """The field of each column (by letter), as decided, else by its name; the first of several of the same."""
    said, known = decisions.columns, _names(found.data_set)
    by_name = {key: code for key, code in known.items() if key not in said}
    meant: dict[str, str] = {}
    for names in (said, by_name):
        for one in found.columns:
            code = names.get(plain(one.head), SKIP)
            if code not in (SKIP, *meant.values()):
                meant[one.letter] = code
    return meant


def titles(found: Found) -> dict[str, str]:
    """What a column can be."""
    unit = {UNIT: "Zuständig"} if isinstance(found.data_set, Standing) else {}
    return {SKIP: "nicht übernehmen"} | unit | {one.code: one.title for one in inputs_of(found.data_set)}


def _of_columns(found: Found, decisions: Decisions) -> Iterator[Question]:
    options, known, meant = titles(found), _names(found.data_set), means(found, decisions)
    for one in found.columns:
        key = plain(one.head)
        if one.letter in meant or decisions.columns.get(key) == SKIP or not _filled(found, one.letter):
            continue
        left = {name: code for name, code in known.items() if code not in meant.values()}
        best = process.extractOne(
            one.head, list(left), scorer=fuzz.WRatio, processor=default_process, score_cutoff=LIKELY
        )
        shown = f"Spalte {one.letter} „{legible(one.head, 60)}“, zum Beispiel „{_example(found, one.letter)}“"
        free = {code: title for code, title in options.items() if code not in meant.values()}
        yield Question("columns", key, shown, free, left[best[0]] if best else SKIP)


def _of_defaults(found: Found, decisions: Decisions) -> Iterator[Question]:
    """A field that every entry must have and that no column holds."""
    there = set(means(found, decisions).values())
    for one in inputs_of(found.data_set):
        if one.required and one.code not in there and one.choices and one.code not in decisions.defaults:
            words = {word: word for word in one.choices}
            yield Question("defaults", one.code, f"Keine Spalte für „{one.title}“: Was gilt für alle Zeilen?", words)


def _of_words(found: Found, decisions: Decisions, catalogue: Catalogue) -> Iterator[Question]:
    fields = {one.code: one for one in inputs_of(found.data_set)}
    for letter, code in means(found, decisions).items():
        one = fields.get(code)
        if one is None or not one.choices:
            continue
        known = decisions.words.get(code, {})
        seen: dict[str, str] = {}
        for row in rows_of(found):
            cell = found.sheet.cell(f"{letter}{row}")
            content = value_of(one, cell, catalogue)
            if isinstance(content, Wrong) and content.rule == "unknown-word" and plain(text_of(cell)) not in known:
                seen.setdefault(plain(text_of(cell)), text_of(cell))
        for key, text in seen.items():
            options = {SKIP: "leer lassen"} | {word: word for word in one.choices}
            meant = likely(one, text)
            yield Question("words", key, f"„{legible(text, 60)}“ in „{one.title}“ heißt", options, meant, code)


def _of_units(found: Found, decisions: Decisions, catalogue: Catalogue) -> Iterator[Question]:
    letter = next((letter for letter, code in means(found, decisions).items() if code == UNIT), None)
    names = {code: one.name for code, one in catalogue.reporters.items()}
    for key, text in dict.fromkeys((plain(text), text) for text in _texts(found, letter)) if letter else ():
        if unit_of(text, decisions, catalogue) is None:
            options = {code: f"{code} {name}" for code, name in names.items()}
            yield Question("units", key, f"Zuständig „{legible(text, 60)}“ ist", options, nearest(text, names))


def _texts(found: Found, letter: str) -> list[str]:
    texts = [text_of(found.sheet.cell(f"{letter}{row}")) for row in rows_of(found)]
    return [text for text in texts if text]


def unit_of(text: str, decisions: Decisions, catalogue: Catalogue) -> str | None:
    """The code of the reporter that a text names."""
    named = {plain(name): code for code, one in catalogue.reporters.items() for name in (code, one.name)}
    code = decisions.units.get(plain(text)) or named.get(plain(text))
    return code if code in catalogue.reporters else None


def rows_of(found: Found) -> list[int]:
    """The rows of entries: below the head, with more than one filled cell (a single one is a heading or a remark)."""
    letters = [one.letter for one in found.columns]
    counts = {
        row: sum(bool(text_of(found.sheet.cell(f"{letter}{row}"))) for letter in letters)
        for row in range(found.head + 1, found.sheet.last_row + 1)
    }
    return [row for row, count in counts.items() if count > 1]


def _filled(found: Found, letter: str) -> bool:
    return bool(_texts(found, letter))


def _example(found: Found, letter: str) -> str:
    return legible(next(iter(_texts(found, letter)), ""), 40)


def undecided(reading: ListReading) -> Finding:
    """Stands in the way as long as something is asked."""
    title, count = reading.own.found.data_set.title, len(reading.questions)
    open_ = "eine Frage ist" if count == 1 else f"{count} Fragen sind"
    message = f"Die Datei ist eine Liste „{title}“ mit eigenen Spalten; {open_} offen: {reading.questions[0].shown}."
    return Finding("list-open", Severity.ERROR, message, "Bitte beim Hochladen zuordnen; das geschieht nur einmal.")


def together(earlier: Decisions, later: Decisions) -> Decisions:
    """Both, the later one first; whose list it is and its year are those of the later."""
    words = {
        code: {**earlier.words.get(code, {}), **later.words.get(code, {})} for code in {*earlier.words, *later.words}
    }
    return replace(
        later,
        columns={**earlier.columns, **later.columns},
        words=words,
        units={**earlier.units, **later.units},
        defaults={**earlier.defaults, **later.defaults},
        reporter=later.reporter or earlier.reporter,
    )
