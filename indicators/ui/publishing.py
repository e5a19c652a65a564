"""Releasing an indicator to readers: the office gives and ends it, readers see what was released and nothing else."""

from collections.abc import Callable, Mapping

import streamlit as st

from indicators import german, releases
from indicators.access import Action, demand, may
from indicators.catalogue import Indicator
from indicators.model import MonitoringError
from indicators.releases import Release
from indicators.snapshot import Snapshot
from indicators.ui import filters, render, session


def panel(known: Snapshot, indicator: Indicator) -> None:
    """For the office, beside an indicator: what readers see of it, and how to change that."""
    if not may(session.user(), Action.RELEASE):
        return
    found = releases.released(session.store()).get(indicator.code)
    with st.expander(f"Freigabe: {'für alle Leserinnen und Leser' if found else 'nicht freigegeben'}"):
        st.write(said(found) if found else "Wer nur lesen darf, sieht diese Kennzahl nicht.")
        moment = min(known.moment, session.now())
        _form(
            "Freigeben" if found is None else "Neu freigeben",
            f"Freigegeben wird der Stand vom {german.moment(moment)}, ohne kleine Zahlen. Er bleibt, wie er ist, auch "
            "wenn später Neues geliefert wird.",
            lambda by, at, reason: releases.release(
                session.store(), indicator.code, min(known.moment, at), by, at, reason
            ),
        )
        if found:
            _form(
                "Freigabe beenden",
                "Danach sieht niemand mehr die Kennzahl, der nur lesen darf.",
                lambda by, at, reason: releases.end(session.store(), indicator.code, by, at, reason),
            )


def pick(found: Mapping[str, Release]) -> tuple[Snapshot, Indicator, Release]:
    """One of the released indicators, as it was known when it was released."""
    defined = {code: session.definitions_at(release.moment).indicator(code) for code, release in found.items()}
    titles = {code: f"{code} {indicator.title}" for code, indicator in defined.items()}
    code = filters.choice("Kennzahl", list(titles), "kennzahl", titles.__getitem__)
    return session.released(found[code]), defined[code], found[code]


def said(release: Release) -> str:
    """Since when, by whom, which state of the data, and why."""
    return render.plain(
        f"Freigegeben am {german.moment(release.at)} von {release.by}, mit dem Stand der Daten vom "
        f"{german.moment(release.moment)}. Grund: {release.reason}"
    )


def _form(label: str, consequence: str, act: Callable[..., None]) -> None:
    with st.form(f"publishing-{label}", clear_on_submit=True, border=False):
        reason = st.text_input("Grund", max_chars=500, placeholder="Zum Beispiel: Beschluss des Rates vom 17.11.2026")
        st.caption(render.plain(consequence))
        if st.form_submit_button(label):
            try:
                demand(session.user(), Action.RELEASE)
                act(session.user().name, session.now(), reason)
            except MonitoringError as error:
                st.error(render.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
