"""A store of a large city, filled by SQL as thousands of commits would fill it: revisions and withdrawals included."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from indicators.store import Store

FILL = Path(__file__).with_name("city.sql")
MOMENT = datetime(2027, 6, 1)
"""After all commits, before the last withdrawals."""


@dataclass(frozen=True, slots=True)
class Size:
    """Every reporter delivers every base figure in all groups each month or quarter; a tenth is revised once."""

    figures: int
    reporters: int
    groups: int
    periods: int
    months: int = 3

    @property
    def series(self) -> int:
        return self.figures * self.reporters * self.groups


TINY = Size(figures=3, reporters=2, groups=4, periods=30)
MONTHLY = Size(figures=25, reporters=2, groups=100, periods=186, months=1)
"""A million observations in long series: 5,000 of 15 years."""
QUARTERLY = Size(figures=50, reporters=4, groups=100, periods=46)
"""A million observations in many series: 20,000 of 11 years."""
TEN_MILLION = Size(figures=50, reporters=5, groups=100, periods=366, months=1)


def filled(path: Path, size: Size) -> Store:
    """A new store at `path`; rows lie delivery by delivery, sorted by series, as `ledger.commit` appends them."""
    store = Store(path, now=datetime(2020, 1, 1))
    with store.transaction() as cursor:
        for name, number in asdict(size).items():
            cursor.execute(f"set variable {name} = {number:d}")
        cursor.execute(FILL.read_text(encoding="utf-8"))
    store.cursor.execute("checkpoint")
    return store
