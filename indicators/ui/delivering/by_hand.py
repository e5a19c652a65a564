"""The third way to deliver: one base figure and period typed into a form, with the last values in grey beside it."""

import streamlit as st

from indicators.access import Action, demand, permitted
from indicators.deliveries import by_hand
from indicators.errors import MonitoringError
from indicators.ledger import duties
from indicators.model import Breakdown, Slice
from indicators.moments import local_day
from indicators.periods import Period
from indicators.templates.template import Fillings
from indicators.ui import filters, html, session
from indicators.ui.delivering import uploads

ROUND = "by-hand-round"
SIGNS = (
    "Leere Felder werden nicht gemeldet. Anstelle einer Zahl: – nichts, . unbekannt, … folgt später, / zu unsicher, "
    "x nicht sinnvoll. Grau: der Wert von {before}."
)


def offer() -> None:
    """The form for those who want it; who comes to upload files has nothing in the way."""
    if st.toggle("Oder: einzelne Werte von Hand eingeben", key="by-hand"):
        with st.container(border=True):
            form()


def form() -> None:
    """Pick reporter, base figure and period, type the values; the filled workbook then waits like an uploaded one."""
    catalogue = session.catalogue()
    delivering = [code for code in catalogue.reporters if catalogue.base_figures_of(code)]
    own = permitted(session.user(), Action.DELIVER, delivering)
    if not own:
        st.write("Ihnen ist keine meldende Stelle zugeordnet, für die Sie Werte eingeben können.")
        return
    piece = _picked(own)
    if piece is None:
        return
    key = f"by-hand-{piece.reporter}-{piece.subject}-{piece.period}-{st.session_state.get(ROUND, 0)}"
    with st.form(key):
        st.caption(html.plain(SIGNS.format(before=piece.period.previous.label)))
        values = _typed(key, by_hand.fields(session.store(), catalogue, piece.reporter, piece.subject, piece.period))
        pressed = st.form_submit_button("Werte prüfen", icon=":material/fact_check:")
    if pressed and values is not None:
        _send(piece, {(piece.subject, breakdown): value for breakdown, value in values.items()})


def _picked(own: list[str]) -> Slice | None:
    catalogue = session.catalogue()
    left, middle, right = st.columns([3, 4, 2])
    filters.forget_unoffered("by-hand-reporter", own)
    reporter = left.selectbox("Meldende Stelle", own, format_func=catalogue.reporter_name, key="by-hand-reporter")
    figures = [figure.code for figure in catalogue.base_figures_of(reporter)]
    filters.forget_unoffered("by-hand-figure", figures)
    figure = middle.selectbox("Grundzahl", figures, format_func=catalogue.figure_name, key="by-hand-figure")
    every = duties.expected_periods(catalogue, reporter, local_day(session.now()))
    periods = [one for one in every if catalogue.base_figure(figure).frequency.covers(one)
               and catalogue.has_reporter(reporter, one)]  # fmt: skip
    if not periods:
        st.write("Für diese Grundzahl ist kein Zeitraum zu melden.")
        return None
    filters.forget_unoffered("by-hand-period", periods)
    period: Period = right.selectbox("Zeitraum", periods, format_func=lambda one: one.label, key="by-hand-period")
    return Slice(figure, reporter, period)


Values = dict[Breakdown, by_hand.Content]


def _typed(key: str, asked: list[by_hand.Field]) -> Values | None:
    """The values by breakdown; None where one cannot be read, which is told below its field."""
    found: Values = {}
    faulty = False
    for number, one in enumerate(asked):
        value, remark, beside = st.columns([3, 2, 3], vertical_alignment="bottom")
        text = value.text_input(one.title, one.valid, key=f"{key}-{number}", max_chars=30)
        choices = list(by_hand.remarks())
        chosen = remark.selectbox(
            "Zusatz", choices, choices.index(one.remark), format_func=by_hand.meaning, key=f"{key}-{number}-remark"
        )
        beside.caption(html.plain(_beside(one)))
        try:
            content = by_hand.parse(text, chosen)
        except MonitoringError as error:
            faulty = True
            st.error(html.plain(f"{one.title}: {error}"), icon=":material/error:")
            continue
        if content is not None:
            found[one.breakdown] = content
    return None if faulty else found


def _beside(one: by_hand.Field) -> str:
    told = [f"zuletzt {one.last}"] if one.last else []
    told += ["gilt als Summe der Teile"] if one.summed else [f"gilt: {one.valid}"] if one.valid else []
    return ", ".join(told) or "noch kein Wert"


def _send(piece: Slice, values: Fillings) -> None:
    """Puts the filled workbook among those that wait to be checked."""
    if not values:
        st.error("Bitte mindestens einen Wert eingeben.", icon=":material/error:")
        return
    demand(session.user(), Action.DELIVER, piece.reporter)
    upload = by_hand.workbook(session.store(), session.catalogue(), piece, values, session.user().name, session.now())
    uploads.enter(upload)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()
