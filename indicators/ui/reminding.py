"""Dates and reminders on the screen: the list, the calendar, e-mails that go out, their wording, and who got what."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.errors import MonitoringError
from indicators.foreign_text import legible
from indicators.moments import local_day
from indicators.names import named
from indicators.reminders import post, record
from indicators.reminders.calendar import MIME, calendar
from indicators.reminders.letters import LONGEST_BODY, LONGEST_SUBJECT, LetterKind, Wording, gaps_of, keep, wordings
from indicators.reminders.sending import NOT_CONFIGURED, Letter, letters, send, told
from indicators.reminders.tasks import Kind, Stage, Task, tasks
from indicators.ui import html, reasons, session
from indicators.ui.downloads import download

SAID, ROUND = "reminders-said", "reminders-round"
SHOWN_MAILS = 30


def dates() -> Sequence[Task]:
    """Everything that is late or comes, and the same as a calendar; all that was found."""
    now = session.now()
    found = tasks(session.store(), session.catalogue(), now)
    _list(found, now)
    return found


def _list(found: Sequence[Task], now: datetime) -> None:
    kinds = [kind for kind in Kind if any(task.kind is kind for task in found)]
    left, right = st.columns(2)
    picked = left.multiselect("Art", kinds, format_func=lambda kind: kind.word, placeholder="alle", key="task-kinds")
    stages = right.multiselect(
        "Stand", list(Stage), format_func=lambda stage: stage.word, placeholder="alle", key="task-stages"
    )
    today = local_day(now)
    shown = [
        task for task in found if (not picked or task.kind in picked) and (not stages or task.stage(today) in stages)
    ]
    if not shown:
        st.write("Nichts ist überfällig, und in den nächsten 90 Tagen steht nichts an.")
        return
    html.template("tasks", rows=[_row(task) for task in shown], today=today, counts=_counts(shown))
    city = session.catalogue().city.name
    download(
        "Als Kalender herunterladen (.ics)",
        lambda: calendar(shown, city, now),
        action=Action.REMIND,
        file_name="Termine.ics",
        mime=MIME,
        icon=":material/event:",
    )


def _row(task: Task) -> dict[str, object]:
    who = session.catalogue().reporter_name(task.reporter) if task.reporter else "Stabsstelle"
    private = "nichtöffentlich" if not task.public else ""
    return {
        "task": task,
        "stage": task.stage(local_day(session.now())),
        "who": who,
        "note": ", ".join(filter(None, (task.note, private))),
        "link": html.link(task.page, **task.parameters),
    }


def _counts(shown: Sequence[Task]) -> str:
    today = local_day(session.now())
    parts = [f"{sum(task.stage(today) is stage for task in shown)} {stage.word}" for stage in Stage]
    return ", ".join(parts)


def mails(found: Sequence[Task]) -> None:
    """What is to go out now of the dates that were found, and the button that sends it."""
    for line in st.session_state.pop(SAID, ()):
        st.info(html.plain(line), icon=":material/mail:")
    settings = session.settings()
    waiting = letters(session.store(), session.catalogue(), settings, session.now(), found=found)
    if not waiting:
        st.write("Zurzeit ist niemand zu erinnern: Jede Stelle hat bekommen, was an der Zeit war.")
        return
    rows = [(_whom(one), one.recipient or "fehlt im Katalog", one.kind.word, one.text.subject) for one in waiting]
    html.template("grid", title="Zu senden", caption=False, heads=("An", "Adresse", "Was", "Betreff"), rows=rows)
    if not post.configured(settings):
        st.warning(html.plain(NOT_CONFIGURED), icon=":material/mail_off:")
        return
    ready = [one for one in waiting if one.recipient]
    if not ready:
        st.write("Tragen Sie unter „Katalog ändern“ bei den meldenden Stellen die E-Mail-Adressen ein.")
        return
    one = st.selectbox("Ansehen", ready, format_func=lambda found: f"{_whom(found)}: {found.text.subject}")
    html.to_copy(one.text.body, "Erinnerung")
    left, right = st.columns(2)
    left.button("Nur diese senden", icon=":material/send:", on_click=_send, args=([one],), width="stretch")
    label = f"Alle senden ({len(ready)})"
    right.button(label, icon=":material/send:", type="primary", on_click=_send, args=(ready,), width="stretch")


def _whom(one: Letter) -> str:
    return session.catalogue().reporter_name(one.reporter) if one.reporter else "Stabsstelle"


def _send(chosen: Sequence[Letter]) -> None:
    """Sends what stood above the button; what went out meanwhile goes to nobody again."""
    try:
        demand(session.user(), Action.REMIND)
        catalogue = session.catalogue()
        outcomes = send(session.store(), catalogue, session.settings(), chosen, session.user().name, session.now())
        st.session_state[SAID] = told(outcomes, catalogue)
    except MonitoringError as error:
        st.session_state[SAID] = [str(error)]


def sent() -> None:
    """Who got what when, and what a person has to decide on."""
    found = record.mails(session.store())
    if not found:
        st.write("Es ist noch keine E-Mail hinausgegangen.")
        return
    rows = [
        (
            german.moment(one.at),
            named(one.recipient, one.at),
            legible(one.subject),
            f"{one.state.word} {legible(one.note)}".strip(),
            named(one.by, one.at),
        )
        for one in found[:SHOWN_MAILS]
    ]
    html.template("grid", title="E-Mails", caption=False, heads=("Wann", "An", "Betreff", "Stand", "Von"), rows=rows)
    unclear = [one for one in found if one.state.is_open]
    if not unclear:
        return
    st.warning(
        f"Bei {german.counted(len(unclear), 'E-Mail', 'E-Mails')} ist unklar, ob sie angekommen ist. Sie geht nicht "
        "von selbst noch einmal hinaus. Fragen Sie nach.",
        icon=":material/help:",
    )
    one = st.selectbox("Unklare E-Mail", unclear, format_func=lambda mail: f"{mail.recipient}: {mail.subject}")
    reasons.form(
        f"again-{one.number}",
        "Noch einmal senden lassen",
        "Sie geht mit den nächsten E-Mails hinaus. Der Grund bleibt auf dem Nachweis.",
        lambda who, at, reason: record.let_go_again(session.store(), one.number, who, at, reason),
        action=Action.REMIND,
        example="Zum Beispiel: nicht angekommen, telefonisch erfragt",
    )


def texts() -> None:
    """The wording of a letter; what it was usually like comes back when the text is emptied."""
    kind = (
        st.selectbox("Brief", list(LetterKind), format_func=lambda one: one.word, key="letter-kind")
        or LetterKind.REQUEST
    )
    now, key = wordings(session.store())[kind], f"letter-{kind}-{st.session_state.get(ROUND, 0)}"
    known = "; ".join(f"{{{gap}}} {meaning}" for gap, meaning in gaps_of(kind).items())
    with st.form(key):
        subject = st.text_input("Betreff", now.subject, max_chars=LONGEST_SUBJECT)
        body = st.text_area("Text", now.body, height=320, max_chars=LONGEST_BODY)
        st.caption(html.plain(f"Platzhalter: {known}. Ein leerer Text bringt den üblichen Wortlaut zurück."))
        if st.form_submit_button("Wortlaut speichern"):
            _keep(kind, Wording(subject, body))


def _keep(kind: LetterKind, wording: Wording) -> None:
    try:
        demand(session.user(), Action.REMIND)
        keep(session.store(), kind, wording, session.user().name, session.now())
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()
