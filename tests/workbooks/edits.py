"""Changing a workbook as people and programs do: cells with openpyxl, the package's parts as text."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import openpyxl

from indicators.templates.reproducible import pack, save

DAY = date(2025, 12, 31)


def with_openpyxl(content: bytes, *edits: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after the edits; same edits, same bytes."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for edit in edits:
        edit(book)
    return save(book, DAY)


def with_cells(content: bytes, cells: Mapping[str, object]) -> bytes:
    """`{"kinder!B8": 400}`; None empties a cell."""

    def write(book: openpyxl.Workbook) -> None:
        for place, value in cells.items():
            sheet, _, address = place.rpartition("!")
            book[sheet][address] = value

    return with_openpyxl(content, write)


def parts(content: bytes) -> dict[str, bytes]:
    """The package's members in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, changed: Mapping[str, bytes | None]) -> bytes:
    """Members replaced or added; None drops one."""
    members = parts(content) | dict(changed)
    return pack({name: text for name, text in members.items() if text is not None})


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """One member with one text in it replaced; fails where the text is not there exactly once."""
    text = parts(content)[part].decode()
    assert text.count(old) == 1, (part, old, text.count(old))
    return with_parts(content, {part: text.replace(old, new).encode()})
