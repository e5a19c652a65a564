"""What was typed into a form on a page becomes a delivery like any other: our own workbook, read and checked."""

from collections.abc import Mapping
from datetime import datetime

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.standing import Standing
from indicators.deliveries.staging import Staged, stage
from indicators.foreign_text import download_name
from indicators.ledger.commits import Upload
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store
from indicators.tables.interpreted import Interpreted
from indicators.workbooks import reader
from indicators.workbooks.workbook import built


def edit(
    store: Store,
    catalogue: Catalogue,
    data_set: Standing,
    reporter: str,
    typed: Mapping[str, str | float],
    basis: int | None,
    by: str,
    at: datetime,
) -> Staged:
    """One entry as it is to be, staged; `basis` is the delivery that the form showed. Nothing is stored."""
    note = f"Auf der Seite „{data_set.title}“ eingetragen am {german.moment(at)} von {by}."
    period = Period.of_year(local_day(at).year)
    content = data_set.edited(catalogue, reporter, period, typed, basis, note)
    name = download_name(f"{data_set.title}_{reporter}_{_called(data_set, typed)}.xlsx")
    return stage(store, catalogue, Upload(name, content, by), at, read=read_own)


def _called(data_set: Standing, typed: Mapping[str, str | float]) -> str | float:
    return typed.get("number") or typed.get("title") or data_set.form.name_of(typed)


def read_own(content: bytes, name: str) -> Interpreted:
    """What we have just written ourselves needs no process of its own."""
    raw = reader.read(content)
    return Interpreted(built(name, raw, reader.cross_check(content, raw), content), {})
