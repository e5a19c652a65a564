"""How typst sets our PDF files: accessible (PDF/UA-1), archivable (PDF/A-3a), in fonts of ours, without a warning."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from indicators.exports.texts import printable
from indicators.reports.row_heads import with_row_heads

FONTS = Path(__file__).parent / "fonts"
STANDARDS = ["ua-1", "a-3a"]


class TypesettingError(Exception):
    """typst warned of something: a bug of ours, such as a font that is not shipped."""


def compiled(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes], moment: datetime) -> bytes:
    """The template reads `data.json` and the files. The same gives the same bytes: `moment` (UTC) is the document's
    date, its fonts are those beside this module."""
    given = {"main.typ": template.read_bytes(), "data.json": json.dumps(_clean(data)).encode(), **files}
    pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its types know no dict of files
        given,
        format="pdf",
        pdf_standards=STANDARDS,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=int(moment.replace(tzinfo=UTC).timestamp()),
    )
    if warnings:
        raise TypesettingError("; ".join(str(warning) for warning in warnings))
    return with_row_heads(bytes(pdf))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list | tuple) else value
