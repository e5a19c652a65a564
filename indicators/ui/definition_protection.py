"""The city's rules for small numbers in one place: the common one, exceptions for some base figures, and what a change
of them hides and shows."""

from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from indicators.access import Action
from indicators.boards import protection_rules as rules
from indicators.boards.definition_forms.base_figure_form import BASE_FIGURE, PROTECTION
from indicators.boards.protection_rules import APPLIES, Figures, Rule, Wrong
from indicators.catalogue.editing import all_changed
from indicators.ledger.versions import Act, Decision
from indicators.ui import definition_fields, definition_preview, html, reasons, session

DRAFT = "protection-draft"


@dataclass
class Draft:
    """The rules as they stood when the form was begun, and as they were typed since."""

    figures: Figures
    typed: list[Rule]
    looked_at: list[Rule] | None = None
    wrong: Wrong = field(default_factory=dict)


def panel() -> None:
    """The rules, what their change would do, and the reason."""
    draft = _draft()
    if not draft.figures:
        st.write("Noch zählt keine Grundzahl etwas, das klein sein kann.")
        return
    st.write(
        "Die Regel gilt für alle Grundzahlen, die in keiner Ausnahme stehen. Fertige Quoten sind nicht dabei: Hinter "
        "ihnen stehen Personen, deren Zahl hier niemand kennt."
    )
    for number, rule in enumerate(draft.typed):
        _rule(draft, number, rule)
    if st.button("Weitere Ausnahme", icon=":material/add:", key="protection-more"):
        draft.typed.append(Rule(dict(draft.typed[0].typed)))
        st.rerun()
    _look(draft)


def _draft() -> Draft:
    """Begun anew where nothing was typed and somebody else has changed the rules."""
    figures = rules.counted(session.catalogue())
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is None or (draft.typed == rules.rules_of(draft.figures) and draft.figures != figures):
        draft = Draft(figures, rules.rules_of(figures))
        st.session_state[DRAFT] = draft
        for key in [key for key in st.session_state if str(key).startswith("protection-rule-")]:
            del st.session_state[key]
    return draft


def _rule(draft: Draft, number: int, rule: Rule) -> None:
    key = f"protection-rule-{number}"
    with st.container(border=True, key=f"protection-{number}"):
        st.markdown(f"**Ausnahme {number}**" if number else "**Regel der Stadt**")
        for place, one in zip(st.columns(len(PROTECTION), vertical_alignment="bottom"), PROTECTION, strict=True):
            with place:
                rule.typed[one.name] = definition_fields.ask(
                    one, f"{key}-{one.name}", rule.typed[one.name], BASE_FIGURE
                )
        if number:
            titles = {code: f"{one.title} ({code})" for code, one in draft.figures.items()}
            st.session_state.setdefault(f"{key}-{APPLIES}", rule.figures)
            rule.figures = st.multiselect(
                "Gilt für",
                list(titles),
                format_func=titles.__getitem__,
                key=f"{key}-{APPLIES}",
                placeholder="Bitte wählen",
                help="Ohne Grundzahl entfällt die Ausnahme.",
            )
        for name in (*(one.name for one in PROTECTION), APPLIES):
            if wrong := draft.wrong.get((number, name)):
                st.error(html.plain(wrong), icon=":material/error:")


def _look(draft: Draft) -> None:
    """The preview, as long as what was looked at is what stands there; then the reason."""
    unread = rules.unreadable(draft.typed)
    look, forget = st.columns(2)
    if look.button("Prüfen und Folgen zeigen", icon=":material/search:", type="primary", key="protection-look"):
        draft.looked_at, draft.wrong = _copied(draft.typed), unread
        if unread:
            st.rerun()  # the faults stand at their fields, above
    changed = draft.typed != rules.rules_of(draft.figures)
    if changed and forget.button("Eingaben verwerfen", key="protection-forget"):
        del st.session_state[DRAFT]
        st.rerun()
    if draft.looked_at != draft.typed or unread:
        return
    if changes := rules.changes(draft.figures, draft.typed):
        _preview(draft, changes)
    else:
        st.write("Es ist noch nichts geändert.")


def _copied(typed: list[Rule]) -> list[Rule]:
    return [Rule(dict(rule.typed), list(rule.figures)) for rule in typed]


def _preview(draft: Draft, changes: rules.Changes) -> None:
    city, basis = session.installation(), definition_preview.basis("protection-basis")
    texts = definition_preview.tried(
        draft,
        lambda: all_changed(city.texts(), changes),
        lambda faults: rules.at_rules(draft.figures, draft.typed, faults),
        "Was falsch ist, steht oben an der Regel.",
    )
    if texts is None:
        return

    def keep(who: str, at: datetime, reason: str) -> None:
        city.change(texts, basis, Decision(Act.EDIT, who, at, reason))
        st.session_state.pop(DRAFT, None)

    note = "Die Änderung gilt sofort und wird mit Ihrem Namen und dem Grund als neue Fassung aufbewahrt."
    reasons.form(
        "protection-edit",
        "Regeln übernehmen",
        note,
        keep,
        action=Action.DEFINE,
        example="Empfehlung des Datenschutzbeauftragten vom …",
    )
