"""What was taken over in this session, with the way to the charts that show it."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from indicators import german
from indicators.datasets.reading import Reading
from indicators.ledger.commits import Receipt
from indicators.ui import html, session

KEPT = "receipts"
LINKED = 3


@dataclass(frozen=True)
class Taken:
    """A file that became a delivery; `base_figures` are those that it brought."""

    name: str
    receipt: Receipt
    base_figures: tuple[str, ...]


def add(name: str, receipt: Receipt, reading: Reading | None) -> None:
    """Notes it for the rest of the session."""
    brought = dict.fromkeys(o.base_figure for o in reading.observations) if reading else {}
    st.session_state.setdefault(KEPT, []).append(Taken(name, receipt, tuple(brought)))


def show() -> None:
    """Newest first; the newest is where the work goes on."""
    found: list[Taken] = st.session_state.get(KEPT, [])
    if found:
        html.here(f"receipt-{found[-1].receipt.number}")
    for taken in reversed(found):
        receipt = taken.receipt
        st.success(
            f"**Gespeichert als Lieferung {receipt.number}** am {german.moment(receipt.at)}: "
            f"{html.plain(taken.name)}, {german.counted(receipt.rows, 'Wert', 'Werte')}. "
            f"Prüfsumme (SHA-256): `{receipt.sha256}`",
            icon=":material/receipt_long:",
        )
        if links := list(_links(taken)):
            html.template("shown_by", links=links[:LINKED], more=len(links) - LINKED)


def _links(taken: Taken) -> Iterator[tuple[str, str]]:
    """The indicators whose chart shows what was delivered, in the catalogue's order."""
    for code, indicator in session.catalogue().indicators.items():
        if set(taken.base_figures) & set(indicator.expression.names):
            yield html.link("indicator", kennzahl=code, stand="heute"), f"{code} {indicator.title}"
