"""Which period a whole table, a doubtful part of it or one of its labels is for, typed by a person."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from indicators.foreign_text import legible
from indicators.periods import Period, PeriodError
from indicators.tables.cell_mapping import MISSING, RULE
from indicators.tables.decisions import Asks, Choices, Mapped, Question
from indicators.tables.meanings import Assignment, Kind, Meaning
from indicators.tables.own_periods import without_own_period
from indicators.tables.vocabulary import Vocabulary
from indicators.ui import html

Change = Callable[[Choices], Choices]
Keep = Callable[[Change], None]
"""Takes note of a decision: is handed what turns the choices so far into the new ones."""

EXAMPLES = "zum Beispiel 2025, 2025-Q3, 2025/26 oder 31.12.2025"
WITH_PERIOD = (Kind.FIGURE, Kind.MEMBER, Kind.TOTAL)  # what a label may mean beside a period


def asked(mapped: Mapped, keep: Keep, key: str) -> None:
    """The period of the whole table, and of each doubtful part of it, where nobody has said it yet."""
    for question in mapped.questions:
        if question.asks is Asks.PERIOD and question.about != RULE:
            _asked(question, keep, key)


def settled(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """What was read or said, folded away, with the way to another one."""
    read = _only_period(mapped)
    open_ = {question.about for question in mapped.questions if question.asks is Asks.PERIOD}
    if mapped.choices.period or (read and MISSING not in open_):
        with st.expander(f"Zeitraum der ganzen Tabelle: {(mapped.choices.period or read or '–')}"):
            said = f"Gelesen wurde {read.label}. " if read else ""
            _typed(
                f"{said}Die Tabelle gilt für",
                mapped.choices.period,
                lambda one: _keep_whole(one, keep),
                f"{key}-period",
            )
    for about, period in mapped.choices.periods.items():
        st.caption(html.plain(f"Zeitraum, wie angegeben: {period.label}"))
        if st.button("Zeitraum zurücknehmen", key=f"{key}-unperiod-{about}"):
            _keep_part(about, None, keep)
            st.rerun()
    _beside(mapped, words, keep, key)


def _only_period(mapped: Mapped) -> Period | None:
    """What was read for the cells that a period of the whole table would be for."""
    meant = without_own_period(mapped.table)
    read = {cell.period for cell in mapped.table.cells if cell.period and cell.address in meant}
    return read.pop() if len(read) == 1 else None


def _asked(question: Question, keep: Keep, key: str) -> None:
    def decide(period: Period | None) -> None:
        if question.about == MISSING:
            _keep_whole(period, keep)
        else:
            _keep_part(question.about, period, keep)

    cells = "1 Zelle" if question.cells == 1 else f"{question.cells} Zellen"
    name = f"{key}-period-{question.about}"
    _typed(f"{question.text} Für welchen gilt sie? ({cells}, ab {question.place.cell})", None, decide, name)
    if question.suggestion and question.suggestion.period:
        following = question.suggestion.period
        st.caption("Vorschlag, bitte bestätigen: der Zeitraum nach dem der letzten Lieferung.")
        st.button(f"Bestätigen: {following.label}", key=f"{name}-yes", on_click=decide, args=(following,))


def _keep_whole(period: Period | None, keep: Keep) -> None:
    keep(lambda choices: replace(choices, period=period))


def _keep_part(about: str, period: Period | None, keep: Keep) -> None:
    def change(choices: Choices) -> Choices:
        others = {key: known for key, known in choices.periods.items() if key != about}
        return replace(choices, periods={**others, about: period} if period else others)

    keep(change)


def of_label(one: Assignment, keep: Keep, key: str) -> None:
    """For a label that means nothing but a period."""
    current = one.meaning.period if one.meaning and one.is_decided else None
    _typed(
        "Welcher Zeitraum ist gemeint?",
        current,
        lambda period: decide(one.key, Meaning.of_period(period) if period else None, keep),
        f"{key}-when-{one.key}",
    )


def _beside(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """A label may name a period beside a figure or a member: „Ausländer Vorjahr“."""
    usable = [one for one in mapped.assignments if one.is_decided and one.meaning and one.meaning.kind in WITH_PERIOD]
    dated = [one for one in usable if one.meaning and one.meaning.period]
    if not usable:
        return
    with st.expander("Einer Beschriftung einen eigenen Zeitraum geben", expanded=bool(dated)):
        names = {one.key: f"„{legible(one.label, 60)}“: {words.title(one.meaning)}" for one in usable if one.meaning}
        chosen = st.selectbox(
            "Beschriftung",
            [one.key for one in usable],
            index=None,
            format_func=lambda label: names[label],
            placeholder="Bitte wählen",
            key=f"{key}-beside",
        )
        one = next((one for one in usable if one.key == chosen), None)
        if one is not None and one.meaning is not None:
            meant = one.meaning
            _typed(
                "Ihre Werte gelten für (leer: wie gelesen)",
                meant.period,
                lambda period: decide(one.key, replace(meant, period=period), keep),
                f"{key}-beside-{one.key}",
            )


def decide(label: str, meaning: Meaning | None, keep: Keep) -> None:
    def change(choices: Choices) -> Choices:
        others = {key: known for key, known in choices.meanings.items() if key != label}
        return replace(choices, meanings={**others, label: meaning} if meaning else others)

    keep(change)


def _typed(label: str, current: Period | None, decided: Callable[[Period | None], None], key: str) -> None:
    """A field for a period; an empty one takes back what was there. It shows what holds, also if decided elsewhere."""
    stands = str(current or "")
    if st.session_state.get(f"{key}-stands") != stands:
        st.session_state[key] = st.session_state[f"{key}-stands"] = stands

    def changed() -> None:
        with suppress(PeriodError):
            decided(_parsed(st.session_state[key]))

    typed = st.text_input(html.plain(label), placeholder=EXAMPLES, key=key, max_chars=30, on_change=changed)
    try:
        _parsed(typed)
    except PeriodError as error:
        st.error(str(error))


def _parsed(typed: str) -> Period | None:
    return Period.parse(typed) if typed.strip() else None
