"""What a file must be before anyone opens it: the true type by its first bytes, and limits on the zip.

Only the zip's directory is read here, nothing is unpacked. The limits pass 301 of 301 workbooks of public
offices (RELIABILITY, measured) and stop bombs, escaping names and parts that programs read differently.
"""

import io
import zipfile
from enum import StrEnum

from indicators.errors import MonitoringError
from indicators.model import Finding, Severity

ZIP = b"PK\x03\x04"
MAX_FILE = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 2000

SAVE_AS_XLSX = "In Excel oder LibreOffice öffnen und über „Speichern unter“ als .xlsx speichern."
UPLOAD_AGAIN = "Die Datei noch einmal aus dem Ursprungsordner hochladen."


class Kind(StrEnum):
    """The kinds of workbook that we read."""

    XLSX = "xlsx"
    ODS = "ods"


class WorkbookRejected(MonitoringError):
    """The file is not read at all; `finding` says why and what helps."""

    def __init__(self, finding: Finding):
        super().__init__(f"{finding.message} {finding.remedy}".strip())
        self.finding = finding


def rejected(rule: str, message: str, remedy: str = "", found: str = "") -> WorkbookRejected:
    return WorkbookRejected(Finding(rule, Severity.ERROR, message, remedy, found=found))


def inspect(content: bytes) -> Kind:
    """Raises WorkbookRejected unless the bytes are a workbook within the limits."""
    if not content:
        raise rejected("empty-file", "Die Datei ist leer (0 Byte).", UPLOAD_AGAIN)
    if len(content) > MAX_FILE:
        raise too_large(len(content))
    if not content.startswith(ZIP):
        raise _not_a_zip(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive.infolist())
            return _kind(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error


def too_large(size: int) -> WorkbookRejected:
    return rejected(
        "too-large",
        f"Die Datei ist {_megabytes(size)} groß; erlaubt sind {_megabytes(MAX_FILE)}.",
        "Nicht benötigte Blätter und Bilder entfernen oder die Datei aufteilen.",
    )


def damaged() -> WorkbookRejected:
    return rejected("damaged", "Die Datei ist beschädigt oder unvollständig übertragen.", UPLOAD_AGAIN)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


# First bytes of what people rename to .xlsx; the second item is what the message calls it.
_FIRST_BYTES = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF-Text"),
    (b"\x89PNG", "Bild"),
    (b"\xff\xd8\xff", "Bild"),
    (b"7z\xbc\xaf", "7-Zip-Archiv"),
    (b"Rar!", "RAR-Archiv"),
    (b"\x1f\x8b", "gzip-Archiv"),
)


def _not_a_zip(content: bytes) -> WorkbookRejected:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(content)
    for magic, called in _FIRST_BYTES:
        if content.startswith(magic):
            return _other(called)
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return _other("HTML")
    if head.startswith(b"<"):
        return _other("HTML" if b"<html" in head else "XML (Excel 2003)" if b"spreadsheet" in head else "XML")
    if b"\x00" not in head.replace(b"\x00\x00\x00", b"") and any(mark in head for mark in (b";", b",", b"\t")):
        return _other("CSV")
    return _other("")


def _ole(content: bytes) -> WorkbookRejected:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return rejected(
            "password",
            "Die Arbeitsmappe ist mit einem Kennwort geschützt.",
            "Den Kennwortschutz entfernen (Datei → Informationen → Arbeitsmappe schützen) und erneut hochladen.",
        )
    if holds("WordDocument"):
        return _other("Word 97-2003")
    return rejected("old-format", "Das alte Format .xls wird nicht gelesen.", SAVE_AS_XLSX, "Excel 97-2003")


def _other(called: str) -> WorkbookRejected:
    looks = f"; der Inhalt sieht nach {called} aus" if called else ""
    return rejected("no-workbook", f"Die Datei ist keine Excel-Arbeitsmappe{looks}.", SAVE_AS_XLSX, called)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise rejected(
            "too-many-parts",
            f"Die Arbeitsmappe besteht aus {len(members)} Teilen; erlaubt sind {MAX_MEMBERS}.",
            "Nur die benötigten Blätter in eine neue Arbeitsmappe kopieren.",
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise rejected(
            "too-large-unpacked",
            f"Die Datei ist entpackt {_megabytes(unpacked)} groß; erlaubt sind {_megabytes(MAX_UNPACKED)}.",
            "Nur die benötigten Blätter in eine neue Arbeitsmappe kopieren.",
        )
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) < len(names):
        raise rejected("unsafe-parts", "Die Datei enthält Teile mit gleichem Namen.", SAVE_AS_XLSX)
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise rejected("unsafe-parts", "Die Datei enthält unzulässige Pfade.", SAVE_AS_XLSX, member.filename[:100])
    if member.flag_bits & 1:
        raise rejected("password", "Die Datei ist mit einem Kennwort geschützt.", "Den Kennwortschutz entfernen.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise rejected("unsafe-parts", "Die Datei ist ungewöhnlich gepackt.", SAVE_AS_XLSX)


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    folders = {name.split("/")[0] for name in names}
    if "mimetype" in names:
        return _open_document(archive)
    if "xl/workbook.bin" in names:
        raise rejected("old-format", "Das Format .xlsb wird nicht gelesen.", SAVE_AS_XLSX, "Excel-Binärmappe")
    if "[Content_Types].xml" not in names:
        raise _other("Zip-Archiv")
    for folder, called in (("word", "Word"), ("ppt", "PowerPoint"), ("visio", "Visio")):
        if folder in folders and "xl" not in folders:
            raise _other(called)
    return Kind.XLSX


def _open_document(archive: zipfile.ZipFile) -> Kind:
    with archive.open("mimetype") as part:
        kind = part.read(200).decode("ascii", "replace").strip()
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    raise _other("OpenDocument-Text" if kind.endswith(".text") else kind[:60])
