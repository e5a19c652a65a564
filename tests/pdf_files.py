"""PDF files as their readers see them. PyMuPDF loads a model for finding tables as soon as it is imported: 1.3 seconds
of a processor, which only tests that open a file are to pay."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymupdf import Document


def pdf_file(file: Path | str | None = None, *, stream: bytes | None = None) -> "Document":
    import pymupdf

    return pymupdf.open(file, stream=stream)
