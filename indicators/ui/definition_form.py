"""Changing one definition: its form, what the change would do, and the reason that makes it a version.

What is typed is kept in the session under the definition's place, whatever else happens: a fault, another page, or
somebody who was faster. What counts as changed is what was typed otherwise than it stood when the form was begun.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import streamlit as st

from indicators.access import Action
from indicators.boards import definition_forms as forms
from indicators.boards.definition_forms import Form
from indicators.boards.definition_inputs import Input, Typed
from indicators.catalogue.editing import CODE, Place, added, changed, copied, renamed
from indicators.ledger.versions import Act, Decision
from indicators.ui import definition_fields, definition_preview, html, reasons, session

DRAFTS = "define-drafts"
OWNER = "belongs to"


class Way(StrEnum):
    CHANGE = "change"
    COPY = "copy"
    RENAME = "rename"
    NEW = "new"

    @property
    def word(self) -> str:
        return {"change": "ändern", "copy": "als Kopie neu anlegen", "rename": "Kürzel ändern", "new": "neu anlegen"}[
            self
        ]


@dataclass
class Draft:
    """A definition as it stood when its form was begun, and what has been typed since."""

    model: object
    shown: dict[str, Typed]
    typed: dict[str, Typed]
    looked_at: dict[str, Typed] | None = None
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Begun:
    """What is being changed: a form, the place, the way and what has been typed."""

    form: Form
    place: Place
    way: Way
    draft: Draft

    @property
    def key(self) -> str:
        ending = "" if self.way is Way.CHANGE else f"-{self.way.value}"
        return f"define-{self.place.label or f'field.{self.place.code}'}{ending}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return () if self.way is Way.RENAME else tuple(one for one in self.form.inputs if self.asks(one))

    def asks(self, one: Input) -> bool:
        return self.way is Way.NEW or not one.anew

    @property
    def owner(self) -> str:
        """The field that a new definition belongs to; of an indicator its goal says it."""
        return forms.field_of_goal(session.catalogue(), str(self.draft.typed.get("goal"))) or str(
            self.draft.typed.get(OWNER) or ""
        )

    def read(self) -> tuple[dict[str, object], dict[str, str]]:
        """What is to be written, and what cannot be read, by field."""
        if self.way is Way.NEW:
            return forms.written_anew(self.form, self.draft.typed)
        return forms.written(self.form, self.draft.model, self.draft.typed)

    @property
    def target(self) -> Place:
        """Where the definition stands afterwards."""
        if self.way is Way.CHANGE:
            return self.place
        owner = str(self.draft.typed[OWNER] or "")
        code = str(self.draft.typed[CODE]).strip()
        if self.way is Way.NEW:
            return forms.new_place(self.form, code, owner, session.catalogue())
        return replace(self.place, code=code)

    def texts(self, texts: dict[str, str], values: dict[str, object]) -> dict[str, str]:
        """The files with the change in them. Raises EditError."""
        if self.way is Way.NEW:
            return added(texts, self.target, self.owner, values)
        if self.way is Way.RENAME:
            return renamed(texts, self.place, self.target.code)
        if self.way is Way.COPY:
            texts = copied(texts, self.place, self.target.code)
        return changed(texts, self.target, values)


def panel() -> None:
    """Picks a kind and one definition of it, and shows its form."""
    words = {name: form.word for name, form in forms.FORMS.items()}
    picked = st.segmented_control(
        "Was ändern?", list(words), format_func=words.__getitem__, default="kennzahl", key="define-kind", required=True
    )
    kind = picked or "kennzahl"
    form = forms.FORMS[kind]
    entries = form.entries(session.catalogue())
    there = [Way.CHANGE, *([Way.COPY] * form.copies), *([Way.RENAME] * form.renames)] if entries else []
    ways = [*there, *([Way.NEW] if form.blank else [])]
    way = st.radio(
        "Was soll geschehen?", ways, format_func=lambda one: one.word, key=f"define-way-{kind}", horizontal=True
    )
    if way is Way.NEW:
        assert form.blank is not None
        place, model = Place(form.section, ""), form.blank()
    else:
        place = st.selectbox(
            form.word, list(entries), format_func=lambda one: entries[one][0], key=f"define-pick-{kind}"
        )
        model = entries[place][1]
    begun = Begun(form, place, way, _draft(form, place, way, model))
    _fields(begun)
    _look(begun)


def _draft(form: Form, place: Place, way: Way, model: object) -> Draft:
    """The draft of this place; begun anew where nothing was typed and somebody else has changed it."""
    drafts: dict[tuple[Place, Way], Draft] = st.session_state.setdefault(DRAFTS, {})
    draft = drafts.get((place, way))
    if draft is None or (draft.typed == draft.shown and draft.model != model):
        shown = {one.name: one.shown(getattr(model, one.name)) for one in form.inputs} | {CODE: "", OWNER: None}
        draft = drafts[place, way] = Draft(model, shown, dict(shown))
        key = Begun(form, place, way, draft).key
        for name in shown:
            definition_fields.forget(f"{key}-{name}")
    return draft


def _fields(begun: Begun) -> None:
    draft = begun.draft
    if begun.way is not Way.CHANGE:
        key = f"{begun.key}-{CODE}"
        st.session_state.setdefault(key, draft.typed[CODE])
        draft.typed[CODE] = st.text_input("Neues Kürzel", key=key, max_chars=60, help=_about_code(begun))
        _wrong(draft, CODE)
    belongs = forms.owners(begun.form, session.catalogue()) if begun.way is Way.NEW else {}
    if belongs:
        key = f"{begun.key}-{OWNER}"
        st.session_state.setdefault(key, draft.typed[OWNER])
        draft.typed[OWNER] = st.selectbox(
            "Gehört zu", list(belongs), format_func=belongs.__getitem__, key=key, placeholder="Bitte wählen"
        )
    for group in begun.form.groups if begun.inputs else ():
        st.subheader(group.title)
        for row in definition_fields.rows([one for one in group.inputs if begun.asks(one)]):
            for place, one in zip(st.columns(len(row)), row, strict=True):
                with place:
                    draft.typed[one.name] = definition_fields.ask(
                        one, f"{begun.key}-{one.name}", draft.typed[one.name], draft.model
                    )
                    _wrong(draft, one.name)


def _about_code(begun: Begun) -> str:
    if begun.way is Way.RENAME:
        return "Gespeicherte Werte, Vorlagen, gemerkte Tabellen und Links gelten unter dem neuen Kürzel weiter."
    if begun.way is Way.NEW:
        return "Kurz und ohne Umlaute; es steht in Formeln und Adressen."
    return f"Wie „{begun.place.code}“, aber noch nicht vergeben."


def _wrong(draft: Draft, name: str) -> None:
    if wrong := draft.wrong.get(name):
        st.error(html.plain(wrong), icon=":material/error:")


def _look(begun: Begun) -> None:
    """The preview, as long as what was looked at is what stands in the form; then the reason."""
    draft = begun.draft
    values, unread = begun.read()
    if begun.way is not Way.CHANGE and not str(draft.typed[CODE]).strip():
        unread |= {CODE: "Bitte nennen Sie das neue Kürzel."}
    look, forget = st.columns(2)
    if look.button("Prüfen und Folgen zeigen", icon=":material/search:", type="primary", key="define-look"):
        draft.looked_at, draft.wrong = dict(draft.typed), unread
        if unread:
            st.rerun()  # the faults stand at their fields, above
    if draft.typed != draft.shown and forget.button("Eingaben verwerfen", key="define-forget"):
        st.session_state[DRAFTS].pop((begun.place, begun.way))
        st.rerun()
    if draft.looked_at != draft.typed or unread:
        return
    if begun.way is Way.CHANGE and not values:
        st.write("Es ist noch nichts geändert.")
        return
    _preview(begun, values)


def _preview(begun: Begun, values: dict[str, object]) -> None:
    city, basis, draft = session.installation(), definition_preview.basis("define-edit-basis"), begun.draft
    texts = definition_preview.tried(
        draft,
        lambda: begun.texts(city.texts(), values),
        lambda faults: forms.at_fields(begun.form, begun.target, faults),
        "Was falsch ist, steht oben am Feld.",
    )
    if texts is None:
        return

    def keep(who: str, at: datetime, reason: str) -> None:
        city.change(texts, basis, Decision(Act.EDIT, who, at, reason))
        st.session_state[DRAFTS].pop((begun.place, begun.way), None)

    note = "Die Änderung gilt sofort und wird mit Ihrem Namen und dem Grund als neue Fassung aufbewahrt."
    reasons.form("define-edit", "Änderung übernehmen", note, keep, action=Action.DEFINE, example="Beschluss vom …")
