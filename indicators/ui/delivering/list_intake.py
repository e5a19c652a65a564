"""A department's own list on the screen: which column is which field, and what its words mean."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from indicators.access import Action, permitted
from indicators.deliveries.staging import Staged, stage_list
from indicators.moments import local_day
from indicators.tables import own_lists
from indicators.tables.own_lists import SKIP, Decisions, Question
from indicators.ui import html, session

EARLIEST = 12
"""So many years back a list may be of."""


def decided(staged: Staged) -> Staged:
    """The upload as it stands with what was decided so far about its list; all else passes untouched."""
    if staged.lists is None:
        return staged
    key, store, catalogue = _key(staged), session.store(), session.catalogue()
    said: Decisions = st.session_state.setdefault(key, Decisions())
    stamp = (said, store.data_version, catalogue.version)
    kept = st.session_state.get(f"{key}-staged")
    if kept is None or kept[0] != stamp:
        own = permitted(session.user(), Action.DELIVER, catalogue.reporters)
        only = own[0] if len(own) == 1 else None
        again = stage_list(store, catalogue, staged.upload, staged.lists.own, session.now(), only, said)
        kept = (stamp, again)
        st.session_state[f"{key}-staged"] = kept
    found: Staged = kept[1]
    return found


def ask(staged: Staged) -> None:
    """What is still asked, with what is probably meant; and what each column counts as, to be changed."""
    assert staged.lists is not None
    key, questions = _key(staged), staged.lists.questions
    title = staged.lists.own.found.data_set.title
    if questions:
        st.info(
            f"**Eine Liste „{title}“ mit eigenen Spalten.** Bitte sagen Sie, was gemeint ist; beim nächsten Mal fragt "
            "die Anwendung nicht mehr.",
            icon=":material/help:",
        )
        with st.form(f"{key}-{hashlib.sha256(repr(questions).encode()).hexdigest()[:8]}"):
            for question in questions:
                _question(question, key)
            st.form_submit_button("Weiter", type="primary", on_click=_take, args=(key, questions))
    _year(key)
    with st.expander(f"Spalten und Felder ({len(staged.lists.own.found.columns)})"):
        _columns(staged, key)


def _key(staged: Staged) -> str:
    return "list-" + hashlib.sha256(staged.upload.name.encode() + staged.upload.content).hexdigest()[:12]


def _field(question: Question, key: str) -> str:
    words = repr((question.kind, question.field, question.about))
    return f"{key}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _question(question: Question, key: str) -> None:
    options = list(question.options)
    st.selectbox(
        html.plain(question.shown),
        options,
        options.index(question.meant) if question.meant in options else None,
        format_func=question.options.__getitem__,
        placeholder="Bitte wählen",
        key=_field(question, key),
    )


def _take(key: str, questions: tuple[Question, ...]) -> None:
    """Keeps what was answered; what was left open is asked again."""
    said: Decisions = st.session_state[key]
    for question in questions:
        answer = st.session_state.get(_field(question, key))
        if answer is not None:
            said = _with(said, question, answer)
    st.session_state[key] = said


def _with(said: Decisions, question: Question, answer: str) -> Decisions:
    if question.kind == "reporter":
        return replace(said, reporter=answer)
    if question.kind == "words":
        of_field: Mapping[str, str] = {**said.words.get(question.field, {}), question.about: answer}
        return replace(said, words={**said.words, question.field: of_field})
    if question.kind == "columns":
        return replace(said, columns={**said.columns, question.about: answer})
    if question.kind == "units":
        return replace(said, units={**said.units, question.about: answer})
    return replace(said, defaults={**said.defaults, question.about: answer})


def _year(key: str) -> None:
    """Which year the list speaks of; this one unless something else is said."""
    this = local_day(session.now()).year
    said: Decisions = st.session_state[key]

    def chosen() -> None:
        st.session_state[key] = replace(st.session_state[key], year=st.session_state[f"{key}-year"])

    years = [this - back for back in range(EARLIEST)]
    st.selectbox("Stand im Jahr", years, years.index(said.year or this), key=f"{key}-year", on_change=chosen)


def _columns(staged: Staged, key: str) -> None:
    assert staged.lists is not None
    found = staged.lists.own.found
    titles, meant = own_lists.titles(found), own_lists.means(found, staged.lists.decisions)
    options = list(titles)
    for one in found.columns:
        now = meant.get(one.letter, SKIP)
        widget = f"{key}-column-{one.letter}"

        def chosen(head: str = own_lists.plain(one.head), widget: str = widget) -> None:
            said: Decisions = st.session_state[key]
            st.session_state[key] = replace(said, columns={**said.columns, head: st.session_state[widget]})

        st.selectbox(
            html.plain(f"Spalte {one.letter} „{one.head}“"),
            options,
            options.index(now),
            format_func=titles.__getitem__,
            key=widget,
            on_change=chosen,
        )
