"""What the labels, units, words and doubts of one table mean: asked once, with suggestions to confirm."""

from dataclasses import replace

import streamlit as st

from indicators import german
from indicators.model import Sign
from indicators.tables import signs
from indicators.tables.cell_mapping import RULE
from indicators.tables.decisions import Asks, Mapped, Question, YearRule
from indicators.tables.meanings import DECORATION, FRACTIONS, LEAVE_OUT, THOUSANDS, Meaning
from indicators.tables.vocabulary import Vocabulary
from indicators.ui import choosing, html
from indicators.ui.delivering import table_labels, table_periods
from indicators.ui.delivering.table_periods import Keep
from indicators.workbooks import numbers


def ask(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
    """Everything of one table that can be decided: what is open first, what is settled folded away."""
    _whole(mapped, words, keep, key)
    table_labels.ask(mapped, words, keep, key)
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
        choosing.suggested(
            "Grundzahl der ganzen Tabelle",
            figures,
            current,
            question.suggestion if question else None,
            lambda one: table_labels.name_of(one, words),
            lambda one: keep(lambda choices: replace(choices, base_figure=one.base_figure if one else "")),
            f"{key}-figure",
        )
    table_periods.asked(mapped, keep, key)
    if (Asks.PERIOD, RULE) in asked or mapped.choices.year_rule is not YearRule.AS_READ:
        text = asked[Asks.PERIOD, RULE].text if (Asks.PERIOD, RULE) in asked else "Zeitraum der Tabelle"
        choosing.choice(
            html.plain(f"{text} Gemeint ist …"),
            list(YearRule),
            mapped.choices.year_rule,
            lambda rule: rule.word,
            lambda rule: keep(lambda choices: replace(choices, year_rule=rule)),
            f"{key}-rule",
        )


def _unit(question: Question, words: Vocabulary, keep: Keep, key: str) -> None:
    """A unit that does not fit the base figure, or that the table did not have last time, or that it does not name."""
    options: list[Meaning] = [DECORATION, LEAVE_OUT]
    if not question.about.startswith("?"):
        options += [THOUSANDS, *(Meaning.figure(figure.code) for figure in words.figures)]
    choosing.suggested(
        f"{question.text} ({german.counted(question.cells, 'Zelle', 'Zellen')})",
        options,
        None,
        question.suggestion,
        lambda one: _as_they_are(question) if one == DECORATION else table_labels.name_of(one, words),
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
    choosing.suggested(
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
    choosing.suggested(
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
        choosing.choice(
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
