"""Releasing an indicator to readers: the office gives and ends it, readers see what was released and nothing else."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.catalogue import Indicator
from indicators.knowledge import releases
from indicators.knowledge.releases import Release
from indicators.knowledge.snapshot import Snapshot
from indicators.names import named
from indicators.ui import filters, html, kept, reasons, session
from indicators.ui.folds import fold

EXAMPLE = "Zum Beispiel: Beschluss des Rates vom 17.11.2026"


def panel(known: Snapshot, indicator: Indicator) -> None:
    """For the office, beside an indicator: what readers see of it, and how to change that."""
    if not may(session.user(), Action.RELEASE):
        return
    found = kept.releases().get(indicator.code)
    moment = min(known.moment, session.now())

    def release(who: str, at: datetime, reason: str) -> None:
        releases.release(session.store(), indicator.code, moment, who, at, reason)

    def end(who: str, at: datetime, reason: str) -> None:
        releases.end(session.store(), indicator.code, who, at, reason)

    def fill() -> None:
        st.write(said(found) if found else "Wer nur lesen darf, sieht diese Kennzahl nicht.")
        frozen = (
            f"Freigegeben wird der Stand vom {german.moment(moment)}, ohne kleine Zahlen. Er bleibt, wie er ist, auch "
            "wenn später Neues geliefert wird."
        )
        label = "Neu freigeben" if found else "Freigeben"
        reasons.form("publishing-release", label, frozen, release, action=Action.RELEASE, example=EXAMPLE, border=False)
        if found:
            gone = "Danach sieht niemand mehr die Kennzahl, der nur lesen darf."
            reasons.form(
                "publishing-end", "Freigabe beenden", gone, end, action=Action.RELEASE, example=EXAMPLE, border=False
            )

    whom = "für alle Leserinnen und Leser" if found else "nicht freigegeben"
    fold(f"Freigabe: {whom}", f"publishing-{indicator.code}", fill)


def pick(found: Mapping[str, Release]) -> tuple[Snapshot, Indicator, Release]:
    """One of the released indicators, as it was known when it was released."""
    defined = {code: kept.definitions_at(release.moment).indicator(code) for code, release in found.items()}
    titles = {code: f"{code} {indicator.title}" for code, indicator in defined.items()}
    code = filters.choice("Kennzahl", list(titles), "kennzahl", titles.__getitem__)
    return kept.released(found[code]), defined[code], found[code]


def said(release: Release) -> str:
    """Since when, by whom, which state of the data, and why."""
    return html.plain(
        f"Freigegeben am {german.moment(release.at)} von {named(release.by, release.at)}, mit dem Stand der Daten vom "
        f"{german.moment(release.moment)}. Grund: {release.reason}"
    )
