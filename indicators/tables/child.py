"""The child process that opens a workbook and interprets its sheets: a line each, as they get done.

Started by `interpreted.read_interpreted` as `python -m indicators.tables.child xlsx WANTED`.
"""

import gc
import sys

from indicators.tables.interpreted import Wanted, interpret
from indicators.workbooks import reader


def main() -> int:
    """What fails while interpreting ends the process: the lines that are missing then say which sheet it was."""
    gc.disable()  # nothing here goes round in circles, and looking for circles takes a fifth of the time
    return reader.main(lambda raw: interpret(raw, Wanted.of_json(sys.argv[2])))


if __name__ == "__main__":
    sys.exit(main())
