"""The same tables through tau-Argus: python -m tests.suppression.tauargus [TABLES]

pytauargus (PyPI, tau-Argus' engine with the HiGHS solver) finds the cheapest pattern for one table of persons. Each
small count gets the protection that we ask for: an interval one wider than the threshold, at costs of ours. Zeros must
stay. Its patterns then stand our attacker, who knows in addition that hidden numbers are not zero.
pytauargus is in no requirements file: it is needed for this comparison alone.
"""

import random
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

import numpy as np

from tests.suppression.attacker import disclosures
from tests.suppression.cost import FIGURE, PERIOD, Table
from tests.suppression.tables import city, crossed, frame

try:
    from pytauargus import protect
    from pytauargus.engine import run_batch
    from pytauargus.result import TableResult
except ImportError:  # pragma: no cover - said in words by main()
    protect = None

AXES = ("geschlecht", "alter")
HIDDEN = ("U", "M")


def hidden_by_tauargus(counts: Mapping[str, float], costs: Mapping[str, float], threshold: int) -> set[str]:
    """Codes of the breakdowns that tau-Argus' optimal method hides in a table of two dimensions with totals."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # the engine leaves logs where it runs
        crossings = {code: int(count) for code, count in counts.items() if code.count("=") == 2}
        people = [code for code, count in crossings.items() for _ in range(count)]
        micro = {axis: [_member(code, axis) for code in people] for axis in AXES} | {"n": [1.0] * len(people)}
        files = protect(
            micro, list(AXES), "n", f"FREQ({threshold},100)", "OPT(1)", totcode="Total", workdir=folder, run=False
        ).files
        apriori = Path(folder) / "apriori.hst"
        apriori.write_text("\n".join(_apriori(counts, costs, threshold)) + "\n", encoding="utf-8")
        batch = Path(files["arb"])
        text = batch.read_text(encoding="utf-8")
        batch.write_text(
            text.replace("<SUPPRESS>", f'<APRIORI> "{apriori}",1,";",1,0\n<SUPPRESS>', 1), encoding="utf-8"
        )
        run_batch(str(batch))
        result = TableResult(path=files["tab1"], exp_vars=list(AXES), response="n", is_freq=False).dataframe()
        return {
            _code({axis: member.strip() for axis, member in zip(AXES, members, strict=True)})
            for *members, status in zip(*(result[axis] for axis in AXES), result["status"], strict=True)
            if status in HIDDEN
        }


def _apriori(counts: Mapping[str, float], costs: Mapping[str, float], threshold: int) -> list[str]:
    """Our costs; zeros must stay; each small count may be one at least and anything up to the width that we ask for."""
    lines, levels = [], []
    for code, count in counts.items():
        cell = ";".join(_member(code, axis) for axis in AXES)
        if count == 0:
            continue
        lines.append(f"{cell};C;{100 * costs[code]:.0f}")
        if count < threshold:
            levels.append(f"{cell};PL;{count - 1:.0f};{threshold + 1 - (count - 1):.0f}")
    return lines + levels


def _member(code: str, axis: str) -> str:
    return dict(pair.split("=") for pair in code.split(";") if pair).get(axis, "Total")


def _code(members: Mapping[str, str]) -> str:
    return ";".join(f"{axis}={member}" for axis, member in sorted(members.items()) if member != "Total")


def main(tables: int) -> None:
    if protect is None:
        print("pytauargus ist nicht installiert: pip install pytauargus==0.6.0")
        return
    ours = theirs = own_cells = their_cells = compared = open_tables = 0.0
    seconds = 0.0
    for seed in range(tables):
        table = Table(frame(crossed(random.Random(seed), FIGURE, str(PERIOD))))
        if not table.small.any():
            continue
        counts = dict(zip(table.codes, table.values["number"], strict=True))
        if not all(counts[code] for code in counts if code.count("=") == 1):
            continue  # persons cannot say that a member exists of whom there is nobody
        began = time.perf_counter()
        found = hidden_by_tauargus(counts, dict(zip(table.codes, table.costs, strict=True)), 5)
        seconds += time.perf_counter() - began
        chosen = np.array([code in found for code in table.codes])
        own = table.own()
        compared += 1
        ours, theirs = ours + table.cost(own), theirs + table.cost(chosen)
        own_cells, their_cells = own_cells + own.sum(), their_cells + chosen.sum()
        open_tables += any(disclosures(table.values, table.hidden(chosen), city()))
    print(f"{compared:.0f} tables of 20 cells")
    print(f"hidden cells: product {own_cells:.0f}, tau-Argus {their_cells:.0f}")
    print(f"cost: product {ours:.1f}, tau-Argus {theirs:.1f}, ratio {ours / theirs:.3f}")
    print(f"tables of tau-Argus in which our attacker narrows a number down to its threshold: {open_tables:.0f}")
    print(f"tau-Argus: {1000 * seconds / compared:.0f} ms a table")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
