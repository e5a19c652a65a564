"""The same workbook gives the same bytes: no moment of writing in it, members in a fixed order."""

import io
import re
import zipfile
from datetime import date, datetime, time

from openpyxl import Workbook

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def save(book: Workbook, day: date) -> bytes:
    """The workbook as bytes, dated to `day` instead of now."""
    book.properties.created = datetime.combine(day, time())
    written = io.BytesIO()
    book.save(written)
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    members = {}
    with zipfile.ZipFile(written) as source:
        for name in source.namelist():
            content = source.read(name)
            members[name] = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content) if name == _CORE else content
    return pack(members)


def pack(members: dict[str, bytes]) -> bytes:
    """A zip of the members in their order, without the time of day in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return packed.getvalue()
