"""The workbook back to the department: the same file with the cells in question coloured and commented."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import range_boundaries

from indicators.model import Finding, Severity

FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="F4B6B6"),
    Severity.WARNING: PatternFill("solid", start_color="FBE08A"),
    Severity.HINT: PatternFill("solid", start_color="CFE2F3"),
}
AUTHOR = "Integrationsmonitoring"


def annotate(content: bytes, findings: Iterable[Finding]) -> bytes:
    """A copy of the workbook with each finding at its cell; worst severity colours, all messages in one comment.

    Shapes and newer extensions of the file may be lost in the copy; the original stays in the archive.
    """
    book = load_workbook(BytesIO(content), keep_vba=False)
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place.cell and finding.place.sheet in book.sheetnames:
            by_cell.setdefault((finding.place.sheet, finding.place.cell.partition(":")[0]), []).append(finding)
    for (sheet, address), found in by_cell.items():
        column, row, _, _ = range_boundaries(address)
        cell = book[sheet].cell(row, column)
        if not hasattr(cell, "comment") or type(cell).__name__ == "MergedCell":
            continue
        worst = min((finding.severity for finding in found), key=list(Severity).index)
        cell.fill = FILLS[worst]
        text = "\n\n".join(f"{f.severity.word}: {f.message}\n{f.remedy}".strip() for f in found)
        cell.comment = Comment(text[:2000], AUTHOR, width=360, height=40 + 18 * min(12, len(text) // 45 + 2))
    target = BytesIO()
    book.save(target)
    return target.getvalue()
