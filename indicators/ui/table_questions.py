"""What the labels, units, words and doubts of one table mean: asked once, with suggestions to confirm."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from indicators import german
from indicators.foreign_text import legible
from indicators.model import Breakdown, Sign
from indicators.tables import signs
from indicators.tables.cell_mapping import RULE
from indicators.tables.decisions import Asks, Mapped, Question, YearRule
from indicators.tables.meanings import (
    DECORATION,
    FRACTIONS,
    LEAVE_OUT,
    THOUSANDS,
    TOTAL,
    Assignment,
    Kind,
    Meaning,
    Origin,
)
from indicators.tables.vocabulary import Vocabulary
from indicators.ui import filters, html, table_periods
from indicators.ui.table_periods import Keep
from indicators.workbooks import numbers

STATUS = {
    Origin.CHOSEN: "✓ bestätigt",
    Origin.KNOWN: "✓ bekannt",
    Origin.EXACT: "✓ erkannt",
    Origin.SUGGESTED: "Vorschlag, bitte bestätigen",
    Origin.OPEN: "offen",
}


def ask(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """Everything of one table that can be decided: what is open first, what is settled folded away."""
    _whole(mapped, words, keep, key)
    _labels(mapped, words, keep, key)
    for question in mapped.questions:
        if question.asks is Asks.UNIT:
            _unit(question, words, keep, key)
        elif question.asks is Asks.FRACTION:
            _fraction(question, keep, key)
        elif question.asks is Asks.SIGN:
            _sign(question, keep, key)
    _so_far(mapped, keep, key)
    _doubts(mapped, keep, key)
    table_periods.settled(mapped, words, keep, key)


def _whole(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """Base figure, period and period rule of the whole table, where they are needed."""
    asked = {(question.asks, question.about): question for question in mapped.questions}
    figures = [Meaning.figure(figure.code) for figure in words.figures]
    question = asked.get((Asks.FIGURE, ""))
    if question or mapped.choices.base_figure:
        current = Meaning.figure(mapped.choices.base_figure) if mapped.choices.base_figure else None
        _suggested(
            "Grundzahl der ganzen Tabelle",
            figures,
            current,
            question.suggestion if question else None,
            lambda one: _name(one, words),
            lambda one: keep(lambda choices: replace(choices, base_figure=one.base_figure if one else "")),
            f"{key}-figure",
        )
    table_periods.asked(mapped, keep, key)
    if (Asks.PERIOD, RULE) in asked or mapped.choices.year_rule is not YearRule.AS_READ:
        text = asked[Asks.PERIOD, RULE].text if (Asks.PERIOD, RULE) in asked else "Zeitraum der Tabelle"
        _choice(
            html.plain(f"{text} Gemeint ist …"),
            list(YearRule),
            mapped.choices.year_rule,
            lambda rule: rule.word,
            lambda rule: keep(lambda choices: replace(choices, year_rule=rule)),
            f"{key}-rule",
        )


def _labels(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """Grouped by how they were first seen, so that nothing jumps away while someone works."""
    groups = st.session_state.setdefault(f"{key}-groups", {})
    asked = {question.about for question in mapped.questions if question.asks is Asks.LABEL}
    for one in mapped.assignments:
        if one.key not in groups or (one.key in asked and groups[one.key] == "sure"):
            groups[one.key] = {Origin.OPEN: "open", Origin.SUGGESTED: "suggested"}.get(one.origin, "sure")
    by_group = {name: [one for one in mapped.assignments if groups[one.key] == name] for name in GROUPS}
    if suggested := by_group["suggested"]:
        _heading("Vorschläge, bitte bestätigen", suggested)
        waiting = _unrivalled(mapped)
        label = _all(len(waiting), "Eindeutigen Vorschlag bestätigen", "eindeutigen Vorschläge bestätigen")
        if waiting and st.button(label, key=f"{key}-all"):
            _settle_all({one.key: one.meaning for one in waiting if one.meaning}, keep, key)
        _selects(suggested, words, keep, key)
    if opened := by_group["open"]:
        _unsuggested(opened, words, keep, key)
    if sure := by_group["sure"]:
        with st.expander(f"Erkannte Beschriftungen ({len(sure)})"):
            _selects(sure, words, keep, key)


def _all(count: int, one: str, many: str) -> str:
    """„Alle 3 offenen nicht übernehmen“; a single one is no „alle“."""
    return one if count == 1 else f"Alle {count} {many}"


def _unsuggested(opened: list[Assignment], words: Vocabulary, keep: Keep, key: str) -> None:
    """Labels like no name of the catalogue; in a table of the whole state most of them are not wanted."""
    waiting = [one for one in opened if one.origin is Origin.OPEN]
    if not waiting:
        with st.expander(f"Ohne Vorschlag ({len(opened)}, alle erledigt)"):
            _selects(opened, words, keep, key)
        return
    _heading("Ohne Vorschlag", opened)
    if st.button(_all(len(waiting), "Offene nicht übernehmen", "offenen nicht übernehmen"), key=f"{key}-none"):
        _settle_all({one.key: LEAVE_OUT for one in waiting}, keep, key)
    _selects(opened[:SHOWN], words, keep, key)
    if rest := opened[SHOWN:]:
        with st.expander(german.counted(len(rest), "weitere Beschriftung", "weitere Beschriftungen")):
            _selects(rest, words, keep, key)


GROUPS = ("suggested", "open", "sure")
SHOWN = 12


def _unrivalled(mapped: Mapped) -> list[Assignment]:
    """Suggestions that no other label of the table has a claim to; the others are for a person to tell apart."""
    claims = Counter(one.meaning for one in mapped.assignments)
    return [
        one
        for one in mapped.assignments
        if one.origin is Origin.SUGGESTED and claims[one.meaning] == 1 and not one.contested
    ]


def _heading(title: str, group: list[Assignment]) -> None:
    done = sum(one.is_decided for one in group)
    st.markdown(f"**{html.plain(title)}** ({done} von {len(group)} erledigt)")


def _settle_all(meanings: dict[str, Meaning], keep: Keep, key: str) -> None:
    keep(lambda choices: replace(choices, meanings={**choices.meanings, **meanings}))
    for label in meanings:
        st.session_state.pop(f"{key}-label-{label}", None)
    st.rerun()


def _selects(group: Iterable[Assignment], words: Vocabulary, keep: Keep, key: str) -> None:
    for one in group:
        left, right = st.columns([5, 2], vertical_alignment="top" if one.origin is Origin.SUGGESTED else "bottom")
        cells = german.counted(one.cells, "Zelle", "Zellen")
        with left:
            _choice(
                html.plain(f"„{legible(one.label, 80)}“ ({cells}, ab {one.place.cell})"),
                _options(one, words),
                ANY_PERIOD if _is_period(one) else one.meaning,
                lambda meaning: _name(meaning, words),
                lambda meaning, label=one.key: _decide(label, None if meaning == ANY_PERIOD else meaning, keep),
                f"{key}-label-{one.key}",
            )
            if st.session_state.get(f"{key}-label-{one.key}") == ANY_PERIOD:
                table_periods.of_label(one, keep, key)
            if one.origin is Origin.SUGGESTED:
                dated = f"{words.title(one.meaning)}; " if one.meaning and one.meaning.period else ""
                st.caption(html.plain(f"Vorschlag, bitte bestätigen: {dated}{one.why}"))
            if one.origin is Origin.CHOSEN and one.meaning and one.meaning.kind is Kind.FIGURE:
                _members(one, words, keep, key)
        if one.origin is Origin.SUGGESTED and one.meaning:
            right.button(
                "Bestätigen",
                key=f"{key}-yes-{one.key}",
                on_click=_decide,
                args=(one.key, one.meaning, keep),
                width="stretch",
            )
        else:
            right.caption(STATUS[one.origin])


def _members(one: Assignment, words: Vocabulary, keep: Keep, key: str) -> None:
    """„Ausländische Kinder“ names the figure and a member at once."""
    assert one.meaning is not None
    figure = one.meaning.base_figure
    combined = [Breakdown(), *(found for found in words.catalogue.breakdowns_of(figure) if found.members)]
    if len(combined) > 1:
        _choice(
            "… und zugleich nur",
            combined,
            one.meaning.breakdown,
            lambda found: words.catalogue.title_of(found) if found.members else "(alle)",
            lambda found: _decide(one.key, Meaning.figure(figure, found), keep),
            f"{key}-also-{one.key}",
        )


_decide = table_periods.decide
ANY_PERIOD = Meaning(Kind.PERIOD)  # which one is typed below


def _is_period(one: Assignment) -> bool:
    return one.meaning is not None and one.meaning.kind is Kind.PERIOD


def _options(one: Assignment, words: Vocabulary) -> list[Meaning]:
    usual = [TOTAL, LEAVE_OUT, DECORATION, ANY_PERIOD, *words.meanings]
    return list(dict.fromkeys([one.meaning, *usual] if one.meaning and not _is_period(one) else usual))


def _name(meaning: Meaning | None, words: Vocabulary) -> str:
    if meaning is None:
        return "Bitte wählen"
    if meaning.kind is Kind.FIGURE:
        return f"Grundzahl: {words.title(meaning)}"
    if meaning.kind is Kind.MEMBER:
        axis = words.catalogue.dimensions[meaning.breakdown.members[0][0]].title
        return f"{axis}: {words.title(meaning)}"
    return words.title(meaning)


def _unit(question: Question, words: Vocabulary, keep: Keep, key: str) -> None:
    """A unit that does not fit the base figure, or that the table did not have last time, or that it does not name."""
    options: list[Meaning] = [DECORATION, LEAVE_OUT]
    if not question.about.startswith("?"):
        options += [THOUSANDS, *(Meaning.figure(figure.code) for figure in words.figures)]
    _suggested(
        f"{question.text} ({german.counted(question.cells, 'Zelle', 'Zellen')})",
        options,
        None,
        question.suggestion,
        lambda one: _as_they_are(question) if one == DECORATION else _name(one, words),
        lambda one: keep(lambda choices: replace(choices, units={**choices.units, question.about: one})),
        f"{key}-unit-{question.about}",
    )


def _as_they_are(question: Question) -> str:
    if question.about.startswith("?") and question.values:
        return f"Prozent: {numbers.german(question.values[0])} bedeutet {numbers.german(question.values[0])} %"
    return "Werte so übernehmen, wie sie sind"


def _fraction(question: Question, keep: Keep, key: str) -> None:
    """0.407 under a percentage: both readings in numbers, so that nobody has to do sums."""
    value = question.values[0] if question.values else 0.0
    read, meant = numbers.german(value), numbers.german(numbers.as_percentage(value))
    names = {
        FRACTIONS: f"Bruchteile, mal 100: {read} bedeutet {meant} %",
        DECORATION: f"schon Prozent, wie gelesen: {read} bedeutet {read} %",
        LEAVE_OUT: "nicht übernehmen",
    }
    cells = german.counted(question.cells, "Zelle", "Zellen")
    _suggested(
        f"{question.text} ({cells}, ab {question.place.cell})",
        list(names),
        None,
        question.suggestion,
        lambda one: names[one],
        lambda one: keep(lambda choices: replace(choices, units={**choices.units, question.about: one})),
        f"{key}-fraction-{question.about}",
    )


def _sign(question: Question, keep: Keep, key: str) -> None:
    """Words in the place of a number: which sign they stand for."""
    meanings = [sign for sign in Sign if sign is not Sign.LIMITED]
    _suggested(
        f"{question.text} ({german.counted(question.cells, 'Zelle', 'Zellen')}, ab {question.place.cell})",
        [*meanings, LEFT_OUT],
        None,
        signs.suggested(question.about),
        lambda sign: LEFT_OUT if sign == LEFT_OUT else f"{sign.value}  {sign.meaning}",
        lambda sign: keep(
            lambda choices: replace(
                choices, signs={**choices.signs, question.about: None if sign == LEFT_OUT else sign}
            )
        ),
        f"{key}-sign-{question.about}",
    )


LEFT_OUT = "auslassen"


def _so_far(mapped: Mapped, keep: Keep, key: str) -> None:
    """What words and units were taken for, this time or the last, with the way back."""
    if mapped.choices.signs:
        said = [f"„{text}“ als {sign.value if sign else LEFT_OUT}" for text, sign in mapped.choices.signs.items()]
        st.caption(html.plain(f"Wörter an der Stelle von Zahlen: {', '.join(said)}."))
        if st.button("Entscheidungen zu Wörtern zurücknehmen", key=f"{key}-unsign"):
            keep(lambda choices: replace(choices, signs={}))
            st.rerun()
    if mapped.choices.units and st.button(
        "Entscheidungen zu Einheiten und Bruchteilen zurücknehmen", key=f"{key}-ununit"
    ):
        keep(lambda choices: replace(choices, units={}))
        st.rerun()


def _doubts(mapped: Mapped, keep: Keep, key: str) -> None:
    doubted = [question for question in mapped.questions if question.asks is Asks.DOUBT]
    if not doubted and not mapped.choices.doubts:
        return
    st.markdown(f"**Zweifel** ({len(doubted)} offen)")
    for number, question in enumerate(doubted):
        cells = f"{question.cells} Zellen, zum Beispiel" if question.cells > 1 else "Zelle"
        _choice(
            html.plain(f"{question.text} ({cells} {question.place.cell})"),
            [True, False] if question.can_take else [False],
            None,
            lambda taken: "wie gelesen übernehmen" if taken else "auslassen",
            lambda taken, text=question.about: keep(
                lambda choices: replace(choices, doubts={**choices.doubts, text: taken})
            ),
            f"{key}-doubt-{number}-{len(mapped.choices.doubts)}",
        )
    if mapped.choices.doubts and st.button("Entscheidungen zu Zweifeln zurücknehmen", key=f"{key}-undoubt"):
        keep(lambda choices: replace(choices, doubts={}))
        st.rerun()


def _suggested(label, options, current, suggestion, name, chosen, key) -> None:  # type: ignore[no-untyped-def]
    """A choice whose suggestion stands there already, and counts once it is confirmed."""
    waiting = current is None and suggestion is not None
    left, right = st.columns([5, 2], vertical_alignment="bottom") if waiting else (st.container(), st.container())
    with left:
        mark = " – Vorschlag, bitte bestätigen" if waiting else ""
        _choice(html.plain(f"{label}{mark}"), options, suggestion if waiting else current, name, chosen, key)
    if waiting:
        right.button("Bestätigen", key=f"{key}-yes", on_click=chosen, args=(suggestion,), width="stretch")


def _choice(label, options, current, name, chosen, key) -> None:  # type: ignore[no-untyped-def]
    """A select box whose change is a decision at once."""

    def changed() -> None:
        chosen(st.session_state[key])

    filters.forget_unoffered(key, options)
    st.selectbox(
        label,
        options,
        index=options.index(current) if current in options else None,
        format_func=name,
        placeholder="Bitte wählen",
        on_change=changed,
        key=key,
    )
