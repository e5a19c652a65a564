"""Changing one definition: its form, what the change would do, and the reason that makes it a version.

What is typed is kept in the session under the definition's place, whatever else happens: a fault, another page, or
somebody who was faster. What counts as changed is what was typed otherwise than it stood when the form was begun.
"""

from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from indicators.access import Action
from indicators.boards import definition_forms as forms
from indicators.boards.definition_forms import Form
from indicators.boards.definition_inputs import Input, Typed
from indicators.catalogue import Catalogue, CatalogueError
from indicators.catalogue.editing import EditError, Place, changed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import definition_fields, definition_preview, html, reasons, session

DRAFTS = "define-drafts"


@dataclass
class Draft:
    """A definition as it stood when its form was begun, and what has been typed since."""

    model: object
    shown: dict[str, Typed]
    typed: dict[str, Typed]
    looked_at: dict[str, Typed] | None = None
    wrong: dict[str, str] = field(default_factory=dict)


def panel() -> None:
    """Picks a kind and one definition of it, and shows its form."""
    words = {name: form.word for name, form in forms.FORMS.items()}
    kind = st.segmented_control(
        "Was ändern?", list(words), format_func=words.__getitem__, default="kennzahl", key="define-kind", required=True
    )
    form = forms.FORMS[kind or "kennzahl"]
    entries = form.entries(session.catalogue())
    if not entries:
        st.write("Davon gibt es noch nichts.")
        return
    place = st.selectbox(form.word, list(entries), format_func=lambda one: entries[one][0], key=f"define-pick-{kind}")
    draft = _draft(form, place, entries[place][1])
    _fields(form, place, draft)
    if form.kept:
        st.caption(form.kept)
    _look(form, place, draft)


def _draft(form: Form, place: Place, model: object) -> Draft:
    """The draft of this place; begun anew where nothing was typed and somebody else has changed it."""
    drafts: dict[Place, Draft] = st.session_state.setdefault(DRAFTS, {})
    draft = drafts.get(place)
    if draft is None or (draft.typed == draft.shown and draft.model != model):
        shown = {one.name: one.shown(getattr(model, one.name)) for one in form.inputs}
        draft = drafts[place] = Draft(model, shown, dict(shown))
        for one in form.inputs:
            st.session_state.pop(_key(place, one), None)
    return draft


def _fields(form: Form, place: Place, draft: Draft) -> None:
    for group in form.groups:
        st.subheader(group.title)
        for one in group.inputs:
            draft.typed[one.name] = definition_fields.ask(one, _key(place, one), draft.typed[one.name], draft.model)
            if wrong := draft.wrong.get(one.name):
                st.error(html.plain(wrong), icon=":material/error:")


def _key(place: Place, one: Input) -> str:
    return f"define-{place.label}-{one.name}"


def _look(form: Form, place: Place, draft: Draft) -> None:
    """The preview, as long as what was looked at is what stands in the form; then the reason."""
    values, unread = forms.written(form, draft.model, draft.typed)
    look, forget = st.columns(2)
    if look.button("Prüfen und Folgen zeigen", icon=":material/search:", type="primary", key="define-look"):
        draft.looked_at, draft.wrong = dict(draft.typed), unread
        if unread:
            st.rerun()  # the faults stand at their fields, above
    if draft.typed != draft.shown and forget.button("Eingaben verwerfen", key="define-forget"):
        st.session_state[DRAFTS].pop(place)
        st.rerun()
    if draft.looked_at != draft.typed or unread:
        return
    if not values:
        st.write("Es ist noch nichts geändert.")
        return
    _preview(form, place, draft, values)


def _preview(form: Form, place: Place, draft: Draft, values: dict[str, object]) -> None:
    city, basis = session.installation(), definition_preview.basis("define-edit-basis")
    try:
        texts = changed(city.texts(), place, values)
        after = _after(f"{versions.last_hash(session.store())} {sorted(texts.items())}", texts)
    except EditError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    except CatalogueError as error:
        own, others = forms.at_fields(form, place, error.faults)
        if own != draft.wrong:
            draft.wrong = own
            st.rerun()
        st.error("So lässt sich der Katalog nicht verwenden. " + html.plain(" ".join(others or ["Siehe oben."])))
        return
    if draft.wrong:
        draft.wrong = {}
        st.rerun()
    st.subheader("Was sich ändert")
    definition_preview.show(definition_preview.effects_of(after))

    def keep(who: str, at: datetime, reason: str) -> None:
        city.change(texts, basis, Decision(Act.EDIT, who, at, reason))
        st.session_state[DRAFTS].pop(place, None)

    note = "Die Änderung gilt sofort und wird mit Ihrem Namen und dem Grund als neue Fassung aufbewahrt."
    reasons.form("define-edit", "Änderung übernehmen", note, keep, action=Action.DEFINE, example="Beschluss vom …")


@st.cache_resource(max_entries=8, show_spinner=False)
def _after(files: str, _texts: dict[str, str]) -> Catalogue:
    """The proposal, read once while its preview stands there."""
    return session.installation().propose(_texts)
