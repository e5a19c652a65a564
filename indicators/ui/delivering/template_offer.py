"""The first step of a delivery: a template for a reporter and a period, or all templates of a period."""

import streamlit as st

from indicators.access import Action, may, permitted
from indicators.datasets.listed.standing import Standing
from indicators.deliveries.handing_out import template_for
from indicators.ledger import duties
from indicators.moments import local_day
from indicators.periods import Period
from indicators.reminders.requests import fetched, fetched_by_all
from indicators.store.database import utc_now
from indicators.templates.template import plain
from indicators.ui import filters, session
from indicators.ui.downloads import XLSX, download


def offer() -> None:
    """Pick a reporter and a period, get the workbook; or all workbooks of a period at once."""
    catalogue, store = session.catalogue(), session.store()
    user = session.user()
    delivering = [code for code in catalogue.reporters if catalogue.base_figures_of(code)]
    names = {code: catalogue.reporters[code].name for code in permitted(user, Action.TEMPLATE, delivering)}
    if not names:
        st.write("Ihnen ist keine meldende Stelle zugeordnet, für die es eine Vorlage gibt.")
        return
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    filters.forget_unoffered("template-reporter", list(names))
    with left:
        reporter = st.selectbox("Meldende Stelle", list(names), format_func=names.__getitem__, key="template-reporter")
    periods = duties.expected_periods(catalogue, reporter, local_day(session.now()))
    filters.forget_unoffered("template-period", periods)
    with middle:
        period = st.selectbox("Berichtszeitraum", periods, format_func=lambda p: p.label, key="template-period")
    name = f"Vorlage_{plain(reporter.replace(' ', ''))}_{_safe(period)}.xlsx"
    with right:
        download(
            "Vorlage herunterladen",
            lambda: fetched(store, catalogue, reporter, period, name, user.name, utc_now()),
            action=Action.TEMPLATE,
            reporter=reporter,
            file_name=name,
            mime=XLSX,
            wide=True,
        )
    download(
        f"Alle Vorlagen für {period.label} als ZIP",
        lambda: fetched_by_all(store, catalogue, period, user.name, utc_now()),
        action=Action.TEMPLATE,
        file_name=f"Vorlagen_{_safe(period)}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        quiet=True,
    )


def hands_out(data_set: Standing) -> bool:
    """Whether this person may have the list at all."""
    everything = may(session.user(), Action.DELIVER) and may(session.user(), Action.NON_PUBLIC)
    return everything or not data_set.office_only


def of_list(data_set: Standing, key: str = "", *, last_year: bool = False) -> None:
    """A reporter's part of a list as it stands, for everyone who delivers it; of the year or the one before, which
    comes first where it is about `last_year`."""
    if not hands_out(data_set):
        return
    key = key or f"{data_set.code}-template"
    catalogue, store = session.catalogue(), session.store()
    names = {code: one.name for code, one in catalogue.reporters.items()}
    names = {code: names[code] for code in permitted(session.user(), Action.TEMPLATE, names)}
    if not names:
        return
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    reporter_key, period_key = f"{key}-reporter", f"{key}-period"
    filters.forget_unoffered(reporter_key, list(names))
    reporter = left.selectbox("Zuständige Stelle", list(names), format_func=names.__getitem__, key=reporter_key)
    this_year = Period.of_year(local_day(session.now()).year)
    periods = [this_year.previous, this_year] if last_year else [this_year, this_year.previous]
    filters.forget_unoffered(period_key, periods)
    period = middle.selectbox("Stand im Jahr", periods, format_func=lambda p: p.label, key=period_key)
    with right:
        download(
            "Liste herunterladen",
            lambda: template_for(store, catalogue, reporter, period, data_set.code),
            action=Action.TEMPLATE,
            reporter=reporter,
            file_name=f"{data_set.title}_{plain(reporter.replace(' ', ''))}_{_safe(period)}.xlsx",
            mime=XLSX,
            wide=True,
            key=f"{key}-file",
        )


def explained(data_set: Standing) -> None:
    """The same for who has never seen one."""
    st.write("Alle Einträge einer Stelle, wie sie heute stehen. Was Sie nicht ändern, bleibt, wie es ist.")
    of_list(data_set)


def _safe(period: Period) -> str:
    return str(period).replace("/", "-").replace(" ", "-")
