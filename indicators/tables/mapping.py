"""From the cells of a department's own table to observations, by what its labels mean.

Nothing is guessed in silence: a cell becomes an observation only if each of its labels, its unit, its period
and its doubts are decided. Until then it waits, and the delivery with it.
"""

from collections import Counter
from collections.abc import Iterable

from indicators.catalogue import Catalogue
from indicators.model import Place
from indicators.tables.cell_mapping import MISSING, CellReader
from indicators.tables.crosstab import Table, TableCell
from indicators.tables.decisions import Asks, Choices, Fate, Mapped, Question, Row
from indicators.tables.meanings import FRACTIONS, THOUSANDS, Assignment, Known, Meaning, Origin, Seen, key_of
from indicators.tables.vocabulary import Vocabulary, assign, counts_thousands

EXAMPLES = 3


def labels_of(table: Table) -> tuple[Seen, ...]:
    """The distinct labels, in the order of the sheet."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[TableCell, list[int]]] = {}
    for cell in table.cells:  # a row of a long list shares its labels with many
        alike.setdefault((cell.labels, cell.codes), (cell, [0]))[1][0] += 1
    first: dict[str, tuple[str, TableCell]] = {}
    codes: dict[str, set[tuple[str, ...]]] = {}
    counts: Counter[str] = Counter()
    for cell, (count,) in alike.values():
        for number, label in enumerate(dict.fromkeys(cell.labels)):
            key = key_of(label)
            first.setdefault(key, (label, cell))
            counts[key] += count
            if number == 0:  # official keys stand beside the row label
                codes.setdefault(key, set()).add(cell.codes)
    return tuple(
        Seen(label, counts[key], Place(table.sheet, cell.address), _only(codes.get(key, set())))
        for key, (label, cell) in first.items()
    )


def _only(codes: set[tuple[str, ...]]) -> tuple[str, ...]:
    return next(iter(codes)) if len(codes) == 1 else ()


def map_table(
    table: Table, catalogue: Catalogue, reporter: str, choices: Choices | None = None, known: Known | None = None
) -> Mapped:
    """Every cell of the table with its fate; `choices` are what has been decided, `known` what was confirmed before."""
    decided = choices or Choices()
    words = Vocabulary(catalogue, reporter)
    before = known or Known()
    assignments = assign(labels_of(table), words, decided.meanings, before, table.title)
    if not decided.take:
        rows = tuple(Row(cell, Fate.LEFT_OUT, why="Die Tabelle wird nicht übernommen.") for cell in table.cells)
        return Mapped(table, decided, assignments, rows, ())
    reader = CellReader(table, words, decided, {one.key: one for one in assignments}, before)
    rows = tuple(reader.row(cell) for cell in table.cells)
    return Mapped(table, decided, assignments, rows, tuple(_questions(table, words, assignments, rows, before)))


def _questions(
    table: Table, words: Vocabulary, assignments: Iterable[Assignment], rows: Iterable[Row], known: Known
) -> Iterable[Question]:
    """What is open, each thing once. Labels first: all undecided ones of cells that are not left out anyway."""
    waiting = [row for row in rows if row.fate is Fate.WAITING]
    asked = {key_of(label) for row in waiting if row.asks is Asks.LABEL for label in row.cell.labels}
    for one in assignments:
        if not one.is_decided and one.key in asked:
            text = f"Die Beschriftung „{one.label}“ ist noch nicht zugeordnet."
            suggestion = one.meaning if one.origin is Origin.SUGGESTED else None
            yield Question(Asks.LABEL, one.key, text, one.cells, one.place, suggestion=suggestion)
    groups: dict[tuple[Asks, str], list[Row]] = {}
    for row in waiting:
        if row.asks is not None and row.asks is not Asks.LABEL:
            groups.setdefault((row.asks, row.about), []).append(row)
    for (asks, about), same in groups.items():
        first = same[0]
        suggestion = _suggestion(table, words, first, known)
        can_take = not all(row.final for row in same)
        place = Place(table.sheet, first.cell.address)
        values = tuple(row.cell.value for row in same if row.cell.value)[:EXAMPLES]
        yield Question(asks, about, first.why, len(same), place, can_take, suggestion, values)


def _suggestion(table: Table, words: Vocabulary, row: Row, known: Known) -> Meaning | None:
    match row.asks:
        case Asks.UNIT:
            thousands = any(counts_thousands(row.cell.unit, unit) for unit in words.catalogue.units.values())
            return THOUSANDS if thousands else None
        case Asks.FRACTION:
            return FRACTIONS
        case Asks.PERIOD:
            before = known.period if row.about == MISSING else known.periods.get(row.about)
            return Meaning.of_period(before).following if before else None
        case Asks.FIGURE:
            return Meaning.figure(known.figure) if known.figure else words.figure_for(table.title)
    return None
