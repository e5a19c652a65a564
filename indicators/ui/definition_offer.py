"""A changed folder after the definitions were changed here: looked at, taken over with a reason, or left."""

from datetime import datetime

import streamlit as st

from indicators.access import Action
from indicators.catalogue import CatalogueError
from indicators.ui import definition_preview, html, reasons, session


def panel() -> None:
    """Nothing where the folder is as it was known last."""
    offer = session.installation().offer()
    if offer is None:
        return
    st.header("Geänderte Dateien im Ordner")
    basis = definition_preview.basis("define-take-basis")

    def take(who: str, at: datetime, reason: str) -> None:
        session.installation().take_over(offer, basis, who, at, reason)

    def leave(who: str, at: datetime, reason: str) -> None:
        session.installation().leave(offer, who, at, reason)

    if isinstance(offer.read, CatalogueError):
        st.write("Die Dateien enthalten Fehler und können so nicht übernommen werden.")
        html.template("faults", faults=offer.read.faults)
    else:
        st.write("Das würde sich ändern, wenn Sie die Dateien übernehmen:")
        definition_preview.show(definition_preview.effects_of(offer.read))
        reasons.form(
            "define-take",
            "Dateien übernehmen",
            "Danach gilt, was im Ordner steht; was im Browser anders eingetragen war, steht oben unter „bisher“.",
            take,
            action=Action.DEFINE,
            icon=":material/download_done:",
        )
    reasons.form(
        "define-leave",
        "Nicht übernehmen",
        "Es bleibt, wie es ist. Die Dateien werden erst wieder angeboten, wenn sie sich noch einmal ändern.",
        leave,
        action=Action.DEFINE,
    )
