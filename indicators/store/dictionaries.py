"""Slices and series are numbered: how a delivery's keys get their numbers, old or new.

They are looked up by a join in the database, because fetching the dictionaries took longer than everything else
(docs/decisions/0602).
"""

import duckdb
import numpy as np
import pyarrow as pa

Columns = dict[str, pa.Array]

KNOWN = {
    "slice": "select position, id from incoming left join slice using (data_set, subject, reporter, period)",
    "series": "select position, id from incoming left join series using (base_figure, reporter, breakdown)",
}


def numbers(cursor: duckdb.DuckDBPyConnection, dictionary: str, keys: Columns, first: int) -> np.ndarray:
    """The numbers of the keys in slice or series, in the keys' order; new keys get those from `first` on."""
    size = len(keys["reporter"])
    cursor.register("incoming", pa.table({"position": np.arange(size), **keys}))
    found = cursor.execute(KNOWN[dictionary]).fetchnumpy()
    cursor.unregister("incoming")
    numbered = np.zeros(size, np.int32)
    numbered[found["position"]] = np.ma.filled(found["id"], 0)
    if unknown := np.flatnonzero(numbered == 0).tolist():
        names = list(zip(*(keys[column].take(pa.array(unknown)).to_pylist() for column in keys), strict=True))
        new = {name: first + offset for offset, name in enumerate(dict.fromkeys(names))}
        numbered[unknown] = [new[name] for name in names]
        columns = {
            column: pa.array(part, keys[column].type) for column, part in zip(keys, zip(*new, strict=True), strict=True)
        }
        add(cursor, dictionary, pa.table({"id": pa.array(new.values(), pa.int32()), **columns}))
    return numbered


def add(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Appends the rows to a table of ours, column by column as they stand."""
    cursor.register("incoming", rows)
    cursor.execute(f"insert into {table} from incoming")
    cursor.unregister("incoming")
