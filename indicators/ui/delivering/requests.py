"""Templates for all of a period: one package with the letters, and who has what, what came, what is open."""

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.ledger import duties
from indicators.moments import local_day
from indicators.names import named
from indicators.periods import Period
from indicators.reminders.requests import Request, package, requests, written
from indicators.store.database import utc_now
from indicators.templates.template import plain
from indicators.ui import filters, html, session
from indicators.ui.downloads import download

HEADS = ("Meldende Stelle", "Fällig", "Vorlage zuletzt", "Stand", "Lieferung")


def offer() -> None:
    """For whoever may have the templates of all."""
    if may(session.user(), Action.TEMPLATE) and st.toggle("Vorlagen für alle, mit Anschreiben", key="requests"):
        with st.container(border=True):
            _panel()


def _panel() -> None:
    catalogue, store, now = session.catalogue(), session.store(), session.now()
    owed = duties.duties(store, catalogue, now)
    periods = sorted({duty.period for duty in owed}, key=lambda period: (period.end, str(period)), reverse=True)
    if not periods:
        st.write("Zurzeit ist nichts zu liefern.")
        return
    filters.forget_unoffered("requests-period", periods)
    period = st.selectbox("Zeitraum", periods, format_func=lambda one: _named(one, owed), key="requests-period")
    found = requests(store, catalogue, owed, period, local_day(now))
    html.template("grid", title=f"Wer hat was: {period.label}", caption=True, heads=HEADS, rows=map(_row, found))
    waiting = [one for one in found if one.is_open]
    if not waiting:
        st.success(f"Für {period.label} ist alles da.", icon=":material/check_circle:")
        return
    who = session.user().name
    download(
        f"Paket mit {german.counted(len(waiting), 'Vorlage und Anschreiben', 'Vorlagen und Anschreiben')} (ZIP)",
        lambda: package(store, catalogue, waiting, who, utc_now()),
        action=Action.TEMPLATE,
        file_name=f"Vorlagen_{plain(str(period))}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
    )
    st.caption("Den Wortlaut ändern Sie auf der Seite „Termine“; dort gehen die Anschreiben auch als E-Mail hinaus.")
    for one in waiting:
        with st.expander(f"Anschreiben an {html.plain(catalogue.reporter_name(one.duty.reporter))}"):
            html.to_copy(written(one.letter), "Anschreiben")


def _named(period: Period, owed: tuple[duties.Duty, ...]) -> str:
    states = [duty.state for duty in owed if duty.period == period]
    there = sum(state in (duties.State.DELIVERED, duties.State.LATE) for state in states)
    return f"{period.label}: {there} von {len(states)} da"


def _row(one: Request) -> tuple[str, ...]:
    got = (
        f"{one.got[0].way.word} am {german.day(local_day(one.got[0].at))}, {named(one.got[0].by, one.got[0].at)}"
        if one.got
        else "noch nicht"
    )
    numbers = ", ".join(f"Nr. {number}" for number in one.duty.deliveries) or "–"
    state = f"{one.duty.state.symbol} {one.duty.state.word}"
    if one.duty.deliveries and one.duty.missing:
        state += f" ({one.duty.delivered} von {len(one.duty.base_figures)})"
    return session.catalogue().reporter_name(one.duty.reporter), german.day(one.duty.due), got, state, numbers
