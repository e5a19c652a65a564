"""Commit of a validated delivery against a bare Arrow insert of the same rows."""

import gc
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from indicators.catalogue import Catalogue, load
from indicators.datasets.reading import Reading
from indicators.ledger import commits
from indicators.ledger.commits import Receipt, Upload
from indicators.model import Breakdown, Observation, Place, Slice
from indicators.periods import Period
from indicators.store import Store
from tests.bench.city import MONTHLY, Size, filled
from tests.bench.measuring import Ratio, alternately, middle, slower
from tests.conftest import SMALL_CITY

FIGURES = 20
AT = datetime(2029, 1, 1)
WORKBOOK = bytes(60_000)


def measure(rows: int = 5_000, rounds: int = 25, size: Size = MONTHLY) -> list[Ratio]:
    """Deliveries of ever new quarters into a store that is full already; both sides write and sync to one file."""
    with TemporaryDirectory() as folder:
        store = filled(Path(folder) / "bench.duckdb", size)
        catalogue = load(SMALL_CITY)
        store.cursor.execute("create table bare as select * from observation limit 0")
        readings = [reading(rows, Period.quarter(2030, 1).shifted(number)) for number in range(rounds + 1)]
        receipts = [commit(store, catalogue, readings.pop())]
        table = written(store, receipts[0])
        gc.collect()
        gc.freeze()  # else the collector walks the waiting deliveries' objects, which no server holds
        committed, inserted = alternately(
            [
                lambda: receipts.append(commit(store, catalogue, readings.pop())),
                lambda: insert(store, table),
            ],
            rounds,
        )
        assert written(store, receipts[-1]).num_rows == table.num_rows == rows
        assert store.value("select count(*) from bare") == rounds * rows
        gc.unfreeze()
        store.close()
    return [slower(f"commit of {rows:,} rows / bare Arrow insert", middle(committed), middle(inserted), most=3)]


def reading(rows: int, period: Period) -> Reading:
    """A template's rows: every row with objects of its own, as the reader makes them."""
    groups = rows // FIGURES
    observations = tuple(
        Observation(
            f"figure_{figure}",
            "reporter_0",
            Period.parse(str(period)),
            Breakdown.of(herkunft=f"h{group // 10}", altersgruppe=f"a{group % 10}"),
            float(figure * group % 97),
            place=Place("Grundzahlen", f"C{group}"),
        )
        for figure in range(FIGURES)
        for group in range(groups)
    )
    covers = tuple(Slice(f"figure_{figure}", "reporter_0", period) for figure in range(FIGURES))
    return Reading("figures", "reporter_0", period, observations, covers)


def commit(store: Store, catalogue: Catalogue, found: Reading) -> Receipt:
    upload = Upload("bench.xlsx", WORKBOOK + str(found.period).encode(), "bench")
    return commits.commit(store, catalogue, upload, found, {}, AT)


def insert(store: Store, table: pa.Table) -> None:
    with store.transaction() as cursor:
        cursor.register("incoming", table)
        cursor.execute("insert into bare from incoming")
        cursor.unregister("incoming")


def written(store: Store, receipt: Receipt) -> pa.Table:
    """The rows of a delivery as they are stored."""
    return store.cursor.execute(
        "select observation.* from observation join coverage on coverage.id = observation.coverage "
        "where coverage.delivery = $number",
        {"number": receipt.number},
    ).to_arrow_table()
