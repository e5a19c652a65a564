"""Words, periods, values, signs and notes: what changes what a table says, in a way that is known."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from indicators.tables.crosstab import times, wording
from indicators.workbooks.numbers import read_number
from indicators.workbooks.workbook import Cell, Style
from tests.deliveries.metamorphic.case import At, Case, with_cells

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FOREIGN = str.maketrans(
    _LETTERS + _LETTERS.upper() + "äöüßÄÖÜ",
    _LETTERS[7:] + _LETTERS[:7] + _LETTERS[7:].upper() + _LETTERS[:7].upper() + "öüäßÖÜÄ",
)


def _foreign(text: str) -> str:
    """The same text in a language that nobody knows: letters exchanged, shape and digits kept."""
    if times.of_text(text) or wording.is_unit(text):
        return text
    return text.translate(_FOREIGN)


def foreign_words(case: Case) -> Case:
    """No word of the sheet is known: not „Jahr“, not „Quelle“, not „AGS“. Periods, units and signs stay."""
    return case.said(with_cells(case.sheet, _in_foreign), _foreign)


def foreign_names(case: Case) -> Case:
    """Head and notes are in German; titles and row labels that stand nowhere else are of other places and things."""
    rows, stub = set(case.parts.data), set(case.parts.stub)
    places = {at for at in case.sheet.cells if at[0] in rows and at[1] in stub}
    elsewhere = {wording.key(str(cell.value)) for at, cell in case.sheet.cells.items() if at not in places}
    said = {_said(case.sheet.cells[at]) for at in places} - elsewhere

    def change(cell: Cell) -> Cell:
        named = (cell.row, cell.column) in places and _said(cell) in said
        return _in_foreign(cell) if named or cell.row in case.parts.title else cell

    def say(text: str) -> str:
        return _foreign(text) if wording.key(text) in said else text

    return case.said(with_cells(case.sheet, change), say)


def _said(cell: Cell) -> str:
    return wording.key(wording.label(str(cell.value), cell.superscripts)[0])


def _in_foreign(cell: Cell) -> Cell:
    if not isinstance(cell.value, str) or read_number(cell).is_number:
        return cell
    return replace(cell, value=_foreign(cell.value))


def _years(say: Callable[[int], object], style: Style | None = None) -> Callable[[Case], Case | None]:
    def transformed(case: Case) -> Case | None:
        places = {*case.parts.periods}, {*case.parts.head}
        found = 0

        def change(cell: Cell) -> Cell:
            nonlocal found
            inside = (cell.column in places[0] and cell.row in case.parts.data) or cell.row in places[1]
            year = _plain_year(cell)
            if not inside or year is None:
                return cell
            found += 1
            return replace(cell, value=say(year), style=style or cell.style, superscripts=())  # type: ignore[arg-type]

        sheet = with_cells(case.sheet, change)
        return replace(case, sheet=sheet) if found else None

    return transformed


def _plain_year(cell: Cell) -> int | None:
    if isinstance(cell.value, str):
        return int(cell.value) if re.fullmatch(r"\s*(?:19|20)\d\d\s*", cell.value) else None
    if isinstance(cell.value, bool) or not isinstance(cell.value, float | int) or not times.is_year(cell.value):
        return None
    return int(cell.value)


years_as_text = _years(str)
years_as_numbers = _years(float, Style())
years_as_dates = _years(lambda year: date(year, 1, 1), Style("yyyy"))
years_with_words = _years(lambda year: f"Jahr {year}")
years_with_footnotes = _years(lambda year: f"{year} 1)")
years_with_stars = _years(lambda year: f"{year}*")
years_provisional = _years(lambda year: f"{year} (vorläufig)")
years_with_flags = _years(lambda year: f"{year}p")
years_in_square_brackets = _years(lambda year: f"{year} [1]")


def _values(make: Callable[[int, float], float], style: Style | None = None) -> Callable[[Case], Case]:
    """Other numbers in the same cells; `make` gets the cell's position in the order of cells and its value."""

    def transformed(case: Case) -> Case:
        order = {at: index for index, at in enumerate(sorted(case.expected))}
        new: dict[At, tuple[float | None, str]] = {}

        def change(cell: Cell) -> Cell:
            at = cell.row, cell.column
            expected = case.expected.get(at)
            if expected is None or expected.value is None or expected.sign or "bracket" in expected.more:
                return cell
            value = make(order[at], expected.value)
            new[at] = value, ""
            return Cell(*at, value, style or replace(cell.style, number_format="General"))

        sheet = with_cells(case.sheet, change)
        return case.valued(sheet, new)

    return transformed


small_values = _values(lambda index, _: float((index * 7 + index // 3) % 10))
values_like_years = _values(lambda index, _: float(1960 + (index * 37) % 90), Style("#,##0"))
values_around_years = _values(lambda index, _: float(1500 + index * 337 % 997))
one_column_like_years = _values(lambda index, value: float(1960 + (index * 37) % 90) if index % 7 == 3 else value)
rates = _values(lambda index, _: round((index * 37 % 1000) / 10 + 0.05, 2))
negative_values = _values(lambda index, _: float(index * 37 % 100 - 50))


def lost_percent_formats(case: Case) -> Case:
    """All values are shares in percent formats; every seventh has lost its own and stands there as a fraction.

    Right is the share; the fraction is asked, and never taken a hundred times too small without a word.
    """
    shares = _values(lambda index, _: (index * 37 % 88 + 10.5) / 100, Style("0.0%"))(case)
    numbers = [at for at in sorted(case.expected) if shares.sheet.cells[at].style.number_format == "0.0%"]
    lost = set(numbers[3::7])
    sheet = with_cells(
        shares.sheet, lambda cell: replace(cell, style=Style()) if (cell.row, cell.column) in lost else cell
    )
    return shares.valued(sheet, {at: (round(100 * (shares.expected[at].value or 0.0), 1), "") for at in numbers})


def german_texts(case: Case) -> Case:
    """„1.234,5“ as text instead of 1234.5."""
    new: dict[At, tuple[float | None, str]] = {}

    def change(cell: Cell) -> Cell:
        at = cell.row, cell.column
        expected = case.expected.get(at)
        if expected is None or expected.value is None or isinstance(cell.value, str) or "bracket" in expected.more:
            return cell
        value = round(expected.value, 1)
        new[at] = value, ""
        text = f"{value:,.1f}" if value != int(value) else f"{value:,.0f}"
        return Cell(*at, text.translate(str.maketrans(",.", ".,")))

    return case.valued(with_cells(case.sheet, change), new)


def _signed(every: int, sign: str, meaning: str) -> Callable[[Case], Case]:
    def transformed(case: Case) -> Case:
        chosen = set(sorted(case.expected)[1::every])
        sheet = with_cells(
            case.sheet, lambda cell: Cell(*at, sign) if (at := (cell.row, cell.column)) in chosen else cell
        )
        return case.valued(sheet, dict.fromkeys(chosen, (None, meaning)))

    return transformed


many_dashes = _signed(3, "–", "-")
many_points = _signed(3, " . ", ".")
capital_x = _signed(4, "X", "x")
dots_for_later = _signed(4, "…", "...")


def blanks(case: Case) -> Case:
    """Every fourth value is missing."""
    chosen = set(sorted(case.expected)[1::4])
    chosen -= {at for at in chosen for m in case.sheet.merges if m.holds(*at)}
    sheet = with_cells(case.sheet, lambda cell: None if (cell.row, cell.column) in chosen else cell)
    return case.moved(sheet, lambda at: [] if at in chosen else [at])


def _instead(make: Callable[[Cell], Cell]) -> Callable[[Case], Case]:
    """Every seventh number is something else: it is asked, and the cells around it stay what they were."""

    def transformed(case: Case) -> Case:
        numbers = [at for at, expected in sorted(case.expected.items()) if expected.value is not None]
        chosen = {at for at in numbers[3::7] if not any(merge.holds(*at) for merge in case.sheet.merges)}
        sheet = with_cells(case.sheet, lambda cell: make(cell) if (cell.row, cell.column) in chosen else cell)
        return case.moved(sheet, lambda at: [] if at in chosen else [at])

    return transformed


days_among_values = _instead(lambda cell: Cell(cell.row, cell.column, date(2026, 5, 12), Style("d-mmm")))
words_among_values = _instead(lambda cell: Cell(cell.row, cell.column, "liegt nicht vor"))
two_dashes_among_values = _instead(lambda cell: Cell(cell.row, cell.column, "--"))


def hidden_rows(case: Case) -> Case:
    """Every third row of values is hidden: the same cells, each asked."""
    return replace(case, sheet=replace(case.sheet, hidden_rows=frozenset(case.parts.data[1::3])))


_NOTES = (
    "Abgerufen am 13.04.2023", "Bearbeitung: Sachgebiet 42, Tel. 0511 123-45", "Seite 3 von 10",
    "Abweichungen in den Summen durch Runden der Zahlen.", "a) ohne Zweitwohnsitz", "Ohne Gewähr; 2019 geschätzt",
)  # fmt: skip


def other_notes(case: Case) -> Case:
    """Lines below of wording that the reader has not seen, the first right below the last row."""
    return _with_rows(case, [(case.parts.stub or case.parts.periods or [1])[0]] * len(_NOTES), _NOTES, 1)


def notes_with_numbers(case: Case) -> Case:
    """A version and a date in cells of their own, apart from the table."""
    first = (case.parts.stub or case.parts.periods or [1])[0]
    new = _with_rows(case, [first], ("Fassung",), 2)
    row = case.parts.bottom + 2
    cell = Cell(row, first + 1, 3.0)
    return replace(new, sheet=replace(new.sheet, cells={**new.sheet.cells, (row, first + 1): cell}))


def _with_rows(case: Case, columns: list[int], texts: tuple[str, ...], gap: int) -> Case:
    top = case.parts.bottom + gap
    cells = {(top + index, column): Cell(top + index, column, text)
             for index, (column, text) in enumerate(zip(columns, texts, strict=True))}  # fmt: skip
    return replace(case, sheet=replace(case.sheet, cells=case.sheet.cells | cells))
