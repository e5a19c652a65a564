"""A store of a large city, filled by SQL as thousands of commits would fill it: revisions and withdrawals included."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indicators.store import Store

FILL = Path(__file__).with_name("city.sql")
MOMENT = datetime(2027, 6, 1)
"""After all commits, before the last withdrawals."""


@dataclass(frozen=True, slots=True)
class Size:
    """Every reporter delivers every base figure in all groups each quarter; each tenth delivery is revised once."""

    figures: int
    reporters: int
    groups: int
    quarters: int

    @property
    def series(self) -> int:
        return self.figures * self.reporters * self.groups


TINY = Size(figures=3, reporters=2, groups=4, quarters=30)
MILLION = Size(figures=50, reporters=4, groups=100, quarters=46)
TEN_MILLION = Size(figures=100, reporters=10, groups=100, quarters=92)


def filled(path: Path, size: Size) -> Store:
    """A new store at `path`; rows lie delivery by delivery, sorted by series, as `ledger.commit` appends them."""
    store = Store(path, now=datetime(2020, 1, 1))
    with store.transaction() as cursor:
        names = {
            "figures": size.figures, "reporters": size.reporters, "groups": size.groups, "quarters": size.quarters,
        }  # fmt: skip
        for name, number in names.items():
            cursor.execute(f"set variable {name} = {number:d}")
        cursor.execute(FILL.read_text(encoding="utf-8"))
    store.cursor.execute("checkpoint")
    return store
