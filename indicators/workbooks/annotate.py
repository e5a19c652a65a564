"""The workbook back to the department: the same file with the cells in question coloured and commented."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from indicators.model import Finding, Severity
from indicators.workbooks.workbook import AT_ONCE, CHILD_SECONDS

COLOURS = {Severity.ERROR: "F4B6B6", Severity.WARNING: "FBE08A", Severity.HINT: "CFE2F3"}
LONGEST_COMMENT = 2000
_ROOT = Path(__file__).parents[2]


def annotate(content: bytes, findings: Iterable[Finding]) -> bytes:
    """A copy of the workbook with each finding at its cell; worst severity colours, all messages in one comment.

    Made in a child process with limits, as every reading of an upload is. Shapes and newer extensions of the
    file may be lost in the copy; the original stays in the archive. Where no copy can be made safely, the
    findings come back as a list in a workbook of their own.
    """
    found = list(findings)
    request = json.dumps(_remarks(found)).encode() + b"\n" + content
    try:
        with AT_ONCE, TemporaryDirectory(prefix="annotate-") as folder:
            done = subprocess.run(
                [sys.executable, "-E", "-m", "indicators.workbooks.annotating"],
                input=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={**os.environ, "TMPDIR": folder, "TEMP": folder},
                timeout=CHILD_SECONDS,
                check=False,
            )
    except (subprocess.TimeoutExpired, OSError):
        return listed(found)
    return done.stdout if done.returncode == 0 else listed(found)


def listed(findings: Iterable[Finding]) -> bytes:
    """The findings alone, one a row."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Prüfhinweise"
    rows = [("Art", "Blatt", "Zelle", "Gefunden", "Was nicht stimmt", "Was zu tun ist")]
    rows += [(f.severity.word, f.place.sheet, f.place.cell, f.found, f.message, f.remedy) for f in findings]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"  # a found „=1+1“ is a text, never a formula
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _remarks(findings: Iterable[Finding]) -> list[tuple[str, str, str, str]]:
    """Sheet, first cell, colour and text of each commented cell."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place.sheet and finding.place.cell:
            by_cell.setdefault((finding.place.sheet, finding.place.cell.partition(":")[0]), []).append(finding)
    remarks = []
    for (sheet, address), found in by_cell.items():
        worst = min((finding.severity for finding in found), key=list(Severity).index)
        text = "\n\n".join(f"{f.severity.word}: {f.message}\n{f.remedy}".strip() for f in found)
        remarks.append((sheet, address, COLOURS[worst], text[:LONGEST_COMMENT]))
    return remarks
