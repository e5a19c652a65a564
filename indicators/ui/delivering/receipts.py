"""What was taken over in this session, with the way to the charts that show it."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from indicators import german
from indicators.datasets import DATA_SETS, counted
from indicators.datasets.reading import Reading
from indicators.ledger.commits import Receipt
from indicators.ui import html, session

KEPT = "receipts"
LINKED = 3


@dataclass(frozen=True)
class Taken:
    """A file that became a delivery; `subjects` are those of its data set that it brought."""

    name: str
    receipt: Receipt
    data_set: str
    subjects: tuple[str, ...]


def add(name: str, receipt: Receipt, reading: Reading) -> None:
    """Notes it for the rest of the session."""
    brought = tuple(dict.fromkeys(row.slice.subject for row in reading.rows))
    st.session_state.setdefault(KEPT, []).append(Taken(name, receipt, reading.data_set, brought))


def show() -> None:
    """Newest first; the newest is where the work goes on."""
    found: list[Taken] = st.session_state.get(KEPT, [])
    if found:
        html.here(f"receipt-{found[-1].receipt.number}")
    for taken in reversed(found):
        receipt = taken.receipt
        st.success(
            f"**Gespeichert als Lieferung {receipt.number}** am {german.moment(receipt.at)}: "
            f"{html.plain(taken.name)}, {counted(taken.data_set, receipt.rows)}. "
            f"Prüfsumme (SHA-256): `{receipt.sha256}`",
            icon=":material/receipt_long:",
        )
        if links := list(_links(taken)):
            html.template("shown_by", links=links[:LINKED], more=len(links) - LINKED)


def _links(taken: Taken) -> Iterator[tuple[str, str]]:
    """The indicators whose chart shows what was delivered, in the catalogue's order."""
    catalogue = session.catalogue()
    for code in DATA_SETS[taken.data_set].shown_by(catalogue, taken.subjects):
        yield html.link("indicator", kennzahl=code, stand="heute"), f"{code} {catalogue.indicators[code].title}"
