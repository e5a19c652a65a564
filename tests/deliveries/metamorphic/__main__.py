"""`python -m tests.deliveries.metamorphic [--faults]`: every transformation of every sheet, with what is read right."""

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.deliveries.metamorphic.judging import GOLDEN, Tally, corpora, table, tally


def _half(corpus: str, part: int) -> dict[str, Tally]:
    cases, judge = corpora()[corpus]
    return tally(list(cases())[part::2], judge)


def main(faults: bool) -> int:
    for corpus in corpora() if GOLDEN.exists() else [*corpora()][:1]:
        with ProcessPoolExecutor(2) as pool:
            first, second = pool.map(_half, [corpus, corpus], [0, 1])
        print(corpus, table({name: first[name] + second[name] for name in first}, faults), "", sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main("--faults" in sys.argv))
