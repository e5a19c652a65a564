"""The frame around every page: style, banner, heading."""

from pathlib import Path

import streamlit as st

from indicators.catalogue import Catalogue

CSS = Path(__file__).parent / "style.css"


def style() -> None:
    """Our own few rules of style; everything else is the theme in .streamlit/config.toml."""
    st.html(CSS)


def banner(catalogue: Catalogue) -> None:
    """Says on every page that a sample is a sample."""
    if catalogue.city.sample:
        st.info(
            f"**Beispiel {catalogue.city.name}.** Die Zahlen sind amtlich und öffentlich, die Zielwerte sind erfunden. "
            "So sieht eine eingerichtete Anwendung aus.",
            icon=":material/info:",
        )


def apologise() -> None:
    """For faults of ours: says that nothing is lost; the details are in the log."""
    st.error(
        "**Diese Seite konnte nicht vollständig angezeigt werden.** An den gespeicherten Zahlen hat sich nichts "
        "geändert. Bitte laden Sie die Seite neu. Wenn es wieder geschieht, sagen Sie der Administration Bescheid; "
        "die Einzelheiten stehen im Protokoll.",
        icon=":material/error:",
    )
