"""What a person's decisions make of the cells beyond what stands there: told with every delivery, as hints.

A remembered decision is applied next year without a question; whoever delivers then reads here what it does.
"""

from collections.abc import Iterator

from indicators.model import Finding, Place, Severity
from indicators.tables.crosstab.doubts import Code
from indicators.tables.decisions import Fate, Mapped, Row
from indicators.tables.own_periods import without_own_period
from indicators.workbooks.numbers import as_percentage, german


def told(one: Mapped) -> Iterator[Finding]:
    taken = [row for row in one.rows if row.fate is Fate.TAKEN and row.observation]
    yield from _period(one, taken)
    yield from _signs(one, taken)
    yield from _fractions(one, taken)


def _period(one: Mapped, taken: list[Row]) -> Iterator[Finding]:
    typed, meant = one.choices.period, without_own_period(one.table)
    rows = [row for row in taken if row.cell.address in meant]
    if typed is None or not rows:
        return
    read = sorted({row.cell.period for row in rows if row.cell.period} - {typed})
    against = f"; gelesen wurde {read[0].label}" if read else ""
    message = f"Als Zeitraum der Tabelle gilt {typed.label}, von Hand angegeben{against}."
    yield _hint("period-by-hand", message, one, rows[0])


def _signs(one: Mapped, taken: list[Row]) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in taken:
        text = next((doubt.about for doubt in row.cell.doubts if doubt.code is Code.NO_NUMBER), "")
        if row.observation and row.observation.sign and row.cell.sign is None and text:
            groups.setdefault((text, row.observation.sign.meaning), []).append(row)
    for (text, meaning), rows in groups.items():
        cells = "1 Zelle" if len(rows) == 1 else f"{len(rows)} Zellen"
        yield _hint("word-as-sign", f"„{text}“ gilt als „{meaning}“ ({cells}).", one, rows[0])


def _fractions(one: Mapped, taken: list[Row]) -> Iterator[Finding]:
    rows = [row for row in taken if _is_multiplied(row)]
    if rows:
        value = rows[0].cell.value or 0.0
        many = len(rows) > 1
        what = f"{len(rows)} Werte gelten als Bruchteile und werden" if many else "1 Wert gilt als Bruchteil und wird"
        example = f"{german(value)} als {german(as_percentage(value))} %"
        yield _hint("fractions", f"{what} mal 100 genommen: {example}.", one, rows[0])


def _is_multiplied(row: Row) -> bool:
    read, stored = row.cell.value, row.observation.value if row.observation else None
    return bool(read) and read != stored == as_percentage(read or 0.0)


def _hint(rule: str, message: str, one: Mapped, first: Row) -> Finding:
    return Finding(rule, Severity.HINT, message, "", Place(one.table.sheet, first.cell.address))
