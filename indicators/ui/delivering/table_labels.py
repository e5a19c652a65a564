"""What the labels of one table mean: suggestions to confirm first, then what is open; what is sure is folded away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from indicators import german
from indicators.foreign_text import legible
from indicators.model import Breakdown
from indicators.tables.decisions import Asks, Mapped
from indicators.tables.meanings import DECORATION, LEAVE_OUT, TOTAL, Assignment, Kind, Meaning, Origin
from indicators.tables.vocabulary import Vocabulary
from indicators.ui import choosing, html
from indicators.ui.delivering import table_periods
from indicators.ui.delivering.table_periods import Keep

STATUS = {
    Origin.CHOSEN: "✓ bestätigt",
    Origin.KNOWN: "✓ bekannt",
    Origin.EXACT: "✓ erkannt",
    Origin.SUGGESTED: "Vorschlag, bitte bestätigen",
    Origin.OPEN: "offen",
}


def ask(mapped: Mapped, words: Vocabulary, keep: Keep, key: str) -> None:
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
            choosing.choice(
                html.plain(f"„{legible(one.label, 80)}“ ({cells}, ab {one.place.cell})"),
                _options(one, words),
                ANY_PERIOD if _is_period(one) else one.meaning,
                lambda meaning: name_of(meaning, words),
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
        choosing.choice(
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


def name_of(meaning: Meaning | None, words: Vocabulary) -> str:
    if meaning is None:
        return "Bitte wählen"
    if meaning.kind is Kind.FIGURE:
        return f"Grundzahl: {words.title(meaning)}"
    if meaning.kind is Kind.MEMBER:
        axis = words.catalogue.dimensions[meaning.breakdown.members[0][0]].title
        return f"{axis}: {words.title(meaning)}"
    return words.title(meaning)
