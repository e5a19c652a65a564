"""Our reader and the obvious peer in the same run: `python tests/bench_crosstab.py`.

Prints the share of golden cells that each gets right, false positives, and workbooks per minute.
The peer is `pandas.read_excel` with forward-filled heads and melt (../shared/golden/naive_baseline.py).
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "../shared/golden"
sys.path.insert(0, str(ROOT))


def score(output: Path) -> dict:
    target = output / "score.json"
    command = [sys.executable, str(GOLDEN / "score.py"), str(GOLDEN / "truth"), str(output), "--quiet"]
    subprocess.run([*command, "--json", str(target)], check=True, capture_output=True)
    return json.loads(target.read_text())


def ours(output: Path) -> None:
    from indicators.tables.tabulating import tabulate_folder

    list(tabulate_folder(GOLDEN / "workbooks", output))


def real_tables() -> tuple[int, float]:
    """All workbooks of golden and real-tables, every sheet of each: how many, and seconds."""
    from indicators.tables.tabulating import tabulate_folder

    folders = (GOLDEN / "workbooks", *(ROOT / "../shared/real-tables" / release for release in ("2022", "2023")))
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as output:
        count = sum(len(list(tabulate_folder(folder, Path(output)))) for folder in folders)
    return count, time.perf_counter() - started


def size(rows: int, columns: int) -> float:
    """Seconds of processor for the tables of a list that states no period, as the child process works on them."""
    from indicators.tables.crosstab import tabulate
    from tests.deliveries.drawn import sheet

    head = ["Ort", *(f"Merkmal {number}" for number in range(1, columns))]
    lines = [
        [f"Ort {row}", *((row * 7919 + number * 31) % 9973 for number in range(1, columns))] for row in range(rows)
    ]
    drawn = sheet([head, *lines])
    gc.disable()  # as the child does
    started = time.process_time()
    [table] = tabulate(drawn)
    assert len(table.cells) == rows * (columns - 1)
    seconds = time.process_time() - started
    gc.enable()
    return seconds


def peer(output: Path) -> None:
    command = [sys.executable, str(GOLDEN / "naive_baseline.py"), str(GOLDEN / "truth"), str(GOLDEN / "workbooks")]
    subprocess.run([*command, str(output)], check=True, capture_output=True)


def main() -> int:
    for rows, columns in ((4_000, 3), (14_000, 3), (10_000, 20)):
        print(f"list of {rows} rows × {columns} columns: {size(rows, columns):.1f} s of processor")
    if not GOLDEN.exists():
        print("../shared/golden fehlt: nichts zu messen")
        return 1
    workbooks = len(list((GOLDEN / "workbooks").iterdir()))
    for name, read in (("this reader", ours), ("pandas, ffill, melt", peer)):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder)
            started = time.perf_counter()
            read(output)
            seconds = time.perf_counter() - started
            scored = score(output)
        total = scored["total"]
        print(
            f"{name:20} right {100 * total['right'] / total['cells']:5.1f} % of {total['cells']} cells, "
            f"sheets on average {100 * scored['macro']:5.1f} %, {total['full']}/{scored['n_sheets']} sheets whole, "
            f"{total['false_pos']} false positives, {seconds:5.1f} s, "
            f"{60 * workbooks / seconds:4.0f} workbooks a minute"
        )
    count, seconds = real_tables()
    print(f"{count} real workbooks, every sheet: {seconds:.1f} s = {60 * count / seconds:.0f} workbooks a minute")
    return 0


if __name__ == "__main__":
    sys.exit(main())
