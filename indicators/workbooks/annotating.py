"""The child process that writes findings into a copy of a workbook: openpyxl reads what a stranger sent.

Started by `annotate.annotate`: the first line on stdin is the list of remarks as JSON, the rest the workbook;
stdout is the copy. openpyxl writes each sheet to a temporary file, in a folder that the parent takes away.
"""

import json
import sys
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import range_boundaries

from indicators.workbooks import limits

AUTHOR = "Integrationsmonitoring"
LARGEST_FILE = 100 * 1024 * 1024


def main() -> int:
    limits.apply(LARGEST_FILE)
    remarks, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(with_remarks(content, json.loads(remarks)))
    return 0


def with_remarks(content: bytes, remarks: list[tuple[str, str, str, str]]) -> bytes:
    """A copy with a colour and a comment at each remark: (sheet, cell, colour, text)."""
    book = load_workbook(BytesIO(content), keep_vba=False)
    for sheet, address, colour, text in remarks:
        if sheet not in book.sheetnames:
            continue
        column, row, _, _ = range_boundaries(address)
        cell = book[sheet].cell(row, column)
        if type(cell).__name__ == "MergedCell":
            continue
        cell.fill = PatternFill("solid", start_color=colour)
        cell.comment = Comment(text, AUTHOR, width=360, height=40 + 18 * min(12, len(text) // 45 + 2))
    target = BytesIO()
    book.save(target)
    load_workbook(target)  # openpyxl writes numbers that no program opens again
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
