"""`python -m tests.fuzz --count 10000 --seed 1`: so many broken workbooks, and what became of them."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.fuzz.trial import Trial, try_out


def trials(count: int, seed: int, processes: int) -> Iterator[Trial]:
    """The trials with seeds from `seed` x 1,000,000 on, in order."""
    first = seed * 1_000_000
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(try_out, range(first, first + count), chunksize=10)


def report(done: list[Trial], seconds: float) -> str:
    lines = [f"{count:6}  {outcome}" for outcome, count in Counter(trial.outcome for trial in done).most_common()]
    slowest = max(done, key=lambda trial: trial.seconds)
    failures = [trial for trial in done if trial.failure]
    return "\n".join(
        [
            *lines,
            f"{len(done):6}  in all, {seconds:.0f} s; {sum(trial.compared for trial in done)} compared with openpyxl; "
            f"slowest {slowest.seconds:.1f} s ({slowest.change}, seed {slowest.seed})",
            f"{len(failures):6}  failures",
            *(f"seed {trial.seed}, {trial.change}: {trial.failure}" for trial in failures[:20]),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args()
    begun = time.monotonic()
    done = list(trials(asked.count, asked.seed, asked.processes))
    print(report(done, time.monotonic() - begun))
    return 1 if any(trial.failure for trial in done) else 0


if __name__ == "__main__":
    sys.exit(main())
