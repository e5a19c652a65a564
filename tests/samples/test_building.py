"""A sample is built again as it was built the first time."""

from dataclasses import replace

from indicators.samples import SAMPLES
from indicators.samples.braunschweig import plan
from indicators.store import Store


def test_the_second_building_gives_the_same_numbers(tmp_path):
    """The numbers of a database outlive it, so that none is given twice; one that is being built has no past."""
    folder = tmp_path / "data"
    folder.mkdir()
    short = replace(SAMPLES["braunschweig"], plan=lambda catalogue: plan(catalogue)[:1])
    found = []
    for number in (1, 2):
        database = folder / f"beispiel{number}.duckdb"
        short.build(database.with_stem("beispiel"))
        (folder / "beispiel.duckdb").rename(database)
        store = Store(database)
        found.append([tuple(row) for row in store.rows("select id from delivery order by id")])
        store.close()
    assert found == [[(1,)], [(1,)]]
