"""Remarks on an indicator: who may writes one beside it, and takes back what was written."""

from datetime import datetime

import streamlit as st

from indicators.access import Action, demand, may, permitted
from indicators.boards import commented
from indicators.catalogue import Indicator
from indicators.errors import MonitoringError
from indicators.foreign_text import LONGEST_REMARK
from indicators.knowledge import comments, revised
from indicators.knowledge.comments import About, Comment
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Breakdown, Measurement
from indicators.ui import as_of, html, reasons, session
from indicators.ui.folds import fold

KEPT = "comment-round"
NOT_REVISED = "Dieser Wert wurde nie berichtigt. Bitte „zum Wert“ oder „zum Verlauf“ wählen."
WARNING = (
    "**Bitte keine Namen von Personen und keine kleinen Zahlen.** Wer die Kennzahl sieht, liest auch die Bemerkung: "
    "im Diagramm, in der Tabelle, in Exporten, im Bericht und in der Sitzung, nach einer Freigabe auch öffentlich."
)


def panel(known: Snapshot, indicator: Indicator) -> None:
    """On today's state, for those who may: the form for a remark, and the way back."""
    reporter = _allowed(known, indicator)
    if reporter is None or as_of.moment() is not None:
        return

    def fill() -> None:
        st.info(WARNING, icon=":material/visibility:")
        if done := st.session_state.pop(f"{KEPT}-done", ""):
            st.success(html.plain(done), icon=":material/check:")
        _form(known, indicator, reporter)
        _way_back(known, indicator, reporter)

    fold("Bemerkung schreiben", f"commenting-{indicator.code}", fill, ":material/comment:")


def _allowed(known: Snapshot, indicator: Indicator) -> str | None:
    """The reporter for whom the person may remark here, empty for the office; None where it may not."""
    if may(session.user(), Action.COMMENT):
        return ""
    bases = [known.catalogue.base_figure(name) for name in indicator.expression.names]
    own = permitted(session.user(), Action.COMMENT, [code for base in bases for code in base.reporters])
    return own[0] if own else None


def _form(known: Snapshot, indicator: Indicator, reporter: str) -> None:
    key = f"comment-{indicator.code}-{st.session_state.get(KEPT, 0)}"
    about = st.radio("Wozu", list(About), format_func=lambda one: one.question, key=f"{key}-about") or About.COURSE
    groups = {series.breakdown: series.points for series in known.series[indicator.code] if series.points}
    breakdown, point = Breakdown(), None
    if about is not About.INDICATOR:
        if not groups:
            st.write("Zu dieser Kennzahl gibt es noch keine Werte.")
            return
        breakdown, point = _point(known, indicator, key, groups)
    with st.form(f"{key}-form", border=False):
        text = st.text_area("Bemerkung", key=f"{key}-text", max_chars=LONGEST_REMARK)
        if st.form_submit_button("Bemerkung speichern"):
            period, delivery = (point.period, point.delivery) if point else (None, None)
            _keep(known, reporter, Comment(0, about, indicator.code, text, breakdown, period, delivery))


def _point(
    known: Snapshot, indicator: Indicator, key: str, groups: dict[Breakdown, tuple[Measurement, ...]]
) -> tuple[Breakdown, Measurement]:
    left, right = st.columns(2)
    every = sorted(groups, key=lambda one: one != indicator.headline)
    group = left.selectbox("Gruppe", every, format_func=known.catalogue.name_of, key=f"{key}-group")
    point = right.selectbox(
        "Zeitraum", groups[group][::-1], format_func=lambda one: one.period.label, key=f"{key}-{group.code}-period"
    )
    return group, point


def _keep(known: Snapshot, reporter: str, comment: Comment) -> None:
    try:
        demand(session.user(), Action.COMMENT, reporter or None)
        if comment.about is About.REVISION and not revised.was_revised(session.store(), known, comment):
            raise comments.CommentError(NOT_REVISED)
        comments.write(session.store(), known.catalogue, comment, session.user().name, session.now())
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    st.session_state[KEPT] = st.session_state.get(KEPT, 0) + 1
    st.session_state[f"{KEPT}-done"] = "Die Bemerkung ist gespeichert."
    st.rerun()


def _way_back(known: Snapshot, indicator: Indicator, reporter: str) -> None:
    """The office takes any remark back, a reporter its own."""
    own = [one for one in known.comments.get(indicator.code, ()) if not reporter or one.by == session.user().name]
    if not own:
        return
    one = st.selectbox(
        "Bemerkung zurücknehmen", own, format_func=lambda found: commented.said(known, found), key="comment-back"
    )
    everywhere = st.checkbox(
        "auch aus früheren Ständen entfernen, weil sie Namen oder kleine Zahlen enthält", key="comment-everywhere"
    )

    def withdraw(who: str, at: datetime, reason: str) -> None:
        demand(session.user(), Action.COMMENT, reporter or None)
        comments.withdraw(session.store(), one.number, who, at, reason, everywhere=everywhere)

    note = (
        "Sie verschwindet aus allen Ansichten, auch aus Freigaben; eingefrorene Berichte behalten sie."
        if everywhere
        else "Sie verschwindet von heute an; frühere Stände zeigen sie noch."
    )
    reasons.form(
        "comment-withdraw",
        "Zurücknehmen",
        note,
        withdraw,
        action=Action.COMMENT,
        reporter=reporter or None,
        border=False,
    )
