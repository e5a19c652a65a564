"""The form of one thing of a list that goes on. What is typed becomes an ordinary delivery: checked, with findings at
the fields, a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.access import Action, demand, may, permitted
from indicators.boards.field_help import help_of
from indicators.datasets.listed.entries import State
from indicators.datasets.listed.fields import Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.listed.template import FIRST
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import Staged, confirm
from indicators.errors import MonitoringError
from indicators.knowledge.holding import Holding
from indicators.model import Severity
from indicators.ui import address, html, session
from indicators.ui.delivering import receipts
from indicators.ui.folds import fold

Offered = Mapping[str, Mapping[str, str]]
"""By field what can be chosen for it beside the catalogue: codes with their titles."""
OFFERED_BETWEEN = "; "
LONG = (FieldKind.LONG_TEXT, FieldKind.AMOUNTS)
WIDE = (*LONG, FieldKind.CODES)


@dataclass
class Form:
    """What is asked for: the values that hold, those that were typed, and a place beneath each field for what is
    wrong with it. `taken` says what is to be done where an entry of that name is there already."""

    data_set: Standing
    key: str
    reporter: str
    basis: int | None
    values: Mapping[str, str | float]
    offered: Offered = field(default_factory=dict)
    typed: dict[str, str | float] = field(default_factory=dict)
    places: dict[str, DeltaGenerator] = field(default_factory=dict)
    submit: str = "Speichern"
    taken: str = "Bitte dort bearbeiten oder eine andere Nummer nehmen."


def new(data_set: Standing, label: str, asked: Sequence[Field], offered: Offered, own: bool = False) -> None:
    """A form for one more entry, for the office, or where it is their `own`, for those who deliver."""
    reporters = permitted(session.user(), Action.DELIVER, session.catalogue().reporters)
    if not (may(session.user(), Action.DELIVER) or (own and reporters)):
        return

    def fill() -> None:
        ask(Form(data_set, _fresh(data_set), "", None, {}, offered), asked, reporter=True)

    fold(label, f"{data_set.code}-new", fill, ":material/add:")


def change(data_set: Standing, one: Holding, label: str, asked: Sequence[Field], offered: Offered) -> None:
    """A form with what holds of an entry, for the fields that are asked."""
    if not may(session.user(), Action.DELIVER, one.reporter):
        return
    begin_on_arrival(data_set)

    def fill() -> None:
        form, state = _held(data_set, one.name, offered)
        if state.delivery != one.delivery:
            st.button("Mit dem heutigen Stand neu beginnen", on_click=_begin_anew, args=(data_set,))
        open_to_change = [field for field in asked if field.code not in _fixed(data_set, state)]
        ask(form, open_to_change, reporter=data_set.moves and may(session.user(), Action.DELIVER))

    fold(label, f"{data_set.code}-change", fill, ":material/edit:")


def first(data_set: Standing, label: str, reporter: str, fixed: Mapping[str, str], asked: Sequence[Field]) -> None:
    """A form for an entry that is not there yet and whose name is given by what is `fixed`; for whoever delivers it."""
    if not may(session.user(), Action.DELIVER, reporter):
        return
    key = f"{data_set.code}-{'-'.join(fixed.values())}"
    form = Form(data_set, key, reporter, None, {}, typed={**fixed})
    fold(label, f"{key}-first", partial(ask, form, asked, reporter=False), ":material/add:")


def either(data_set: Standing, label: str, titles: Mapping[str, str], offered: Offered) -> None:
    """One form for one more entry, called by the label, or for one of those that are there; for the office."""
    if not may(session.user(), Action.DELIVER):
        return
    begin_on_arrival(data_set)

    def fill() -> None:
        options = {"": f"{label} (neu)", **titles}
        name = st.selectbox(label, list(options), format_func=options.__getitem__, key=f"{data_set.code}-which",
                            label_visibility="collapsed")  # fmt: skip
        if not name:
            form = Form(data_set, _fresh(data_set), "", None, {}, offered, submit=f"{label} speichern")
            ask(form, data_set.fields, reporter=True)
            return
        form, state = _held(data_set, name, offered)
        form.submit = f"{label} speichern"
        ask(form, [one for one in data_set.fields if one.code not in _fixed(data_set, state)], reporter=False)

    fold(f"{label} eintragen", f"{data_set.code}-either", fill, ":material/add:")


def _fresh(data_set: Standing) -> str:
    """A fresh form after each that was saved; what others deliver meanwhile empties none."""
    return f"{data_set.code}-new-{len(st.session_state.get(receipts.KEPT, ()))}"


def _held(data_set: Standing, name: str, offered: Offered) -> tuple[Form, State]:
    """A form filled with what held of the entry when it was opened."""
    state = begun(data_set, name)
    values = dict(state.content or ())
    key = f"{name}-{state.delivery}"
    return Form(data_set, key, state.key.reporter, state.delivery, values, offered, dict(values)), state


def begun(data_set: Standing, entry: str) -> State:
    """What held when the form was opened, so that whoever was faster is noticed."""
    said = data_set.states(session.store(), only=[entry])[entry]
    name, basis = st.session_state.get(_basis(data_set), ("", 0))
    kept = next((past for past in said if past.delivery == basis and past.content is not None), None)
    if name != entry or kept is None:
        kept = said[-1]
        st.session_state[_basis(data_set)] = (entry, kept.delivery)
    return kept


def _basis(data_set: Standing) -> str:
    return f"{data_set.code}-basis"


def _begin_anew(data_set: Standing) -> None:
    st.session_state.pop(_basis(data_set), None)


def begin_on_arrival(data_set: Standing) -> None:
    """Whoever comes to the page begins with what holds by then."""
    if address.arrived():
        _begin_anew(data_set)


def _fixed(data_set: Standing, state: State) -> tuple[str, ...]:
    """What names it is not edited: with another number it would be another entry."""
    named = dict(state.content or ())
    return data_set.named_by if "number" in named else (*data_set.named_by, data_set.else_by)


def ask(form: Form, asked: Sequence[Field], *, reporter: bool) -> None:
    with st.form(f"{form.data_set.code}-{form.key}", border=False):
        if reporter:
            form.reporter = _responsible(form)
        pair: list[DeltaGenerator] = []
        for one in asked:
            if one.kind in WIDE:
                place, pair = st.container(), []
            else:
                pair = pair or list(st.columns(2))
                place = pair.pop(0)
            with place:
                form.typed[one.code] = _content(form, one)
                form.places[one.code] = st.empty()
        reason = st.text_input(
            "Grund",
            key=f"{form.key}:why",
            max_chars=500,
            help="Nur nötig, wenn etwas berichtigt oder übergeben wird.",
        )
        if st.form_submit_button(form.submit, type="primary", icon=":material/check:"):
            _save(form, reason)


def _responsible(form: Form) -> str:
    reporters = session.catalogue().reporters
    codes = permitted(session.user(), Action.DELIVER, reporters)
    codes = codes if form.reporter in ("", *codes) else [form.reporter, *codes]
    return str(
        st.selectbox(
            "Zuständig",
            codes,
            codes.index(form.reporter) if form.reporter else 0,
            format_func=session.catalogue().reporter_name,
            key=f"{form.key}-reporter",
        )
    )


def _content(form: Form, one: Field) -> str | float:
    """What holds where nobody has touched the field, else what was typed."""
    value = form.values.get(one.code, "")
    shown = one.text(value) if value != "" else ""
    typed = _typed(form, one, shown)
    return value if typed == shown else typed


def _typed(form: Form, one: Field, shown: str) -> str:
    """The widget of a field, and what it holds as text."""
    key = f"{form.key}-{one.code}"
    label = f"{one.title} *" if one.required else one.title
    about = help_of(form.data_set.code, one.code)
    if one.choices:
        options = ["", *one.choices]
        options = options if shown in options else [shown, *options]
        return str(
            st.selectbox(
                label, options, options.index(shown), key=key, help=about, format_func=lambda word: word or "–"
            )
        )
    titles = one.of.titles(session.catalogue()) if one.of is not None else form.offered.get(one.code)
    if titles is not None:
        between = ", " if one.of is not None else OFFERED_BETWEEN
        known = [part for part in (part.strip() for part in shown.split(between.strip())) if part]
        picked = st.multiselect(
            label,
            [*titles, *(code for code in known if code not in titles)],
            known,
            key=key,
            help=about,
            format_func=lambda code: f"{code} {titles.get(code, '')}".strip(),
            placeholder="auswählen",
        )
        return between.join(picked)
    if one.kind in LONG:
        example = "Land: 20.000; Bund: 5.000" if one.kind is FieldKind.AMOUNTS else None
        return st.text_area(label, shown, key=key, max_chars=one.longest, height=90, placeholder=example, help=about)
    example = {FieldKind.DATE: "14.11.2026", FieldKind.MONEY: "12.500"}.get(one.kind)
    return st.text_input(label, shown, key=key, max_chars=one.longest, placeholder=example, help=about)


def _save(form: Form, reason: str) -> None:
    """Stages what was typed, tells what is wrong where it stands, else commits it as the person may."""
    user, store, catalogue = session.user(), session.store(), session.catalogue()
    own = permitted(user, Action.DELIVER, catalogue.reporters)
    name = form.data_set.name_for(form.reporter, form.data_set.form.name_of(form.typed))
    if form.basis is None and (there := form.data_set.known_as(store, name)):
        st.error(html.plain(f"„{there}“ gibt es schon. {form.taken}"))
        return
    try:
        demand(user, Action.DELIVER, form.reporter)
        found = edit(store, catalogue, form.data_set, form.reporter, form.typed, form.basis, user.name, session.now())
        staged = bound_to(found, own, office=may(user, Action.DELIVER))
        if staged.blocked or (staged.to_explain and not reason.strip()):
            _tell(form, staged)
            return
        for reporter in staged.reading.reporters if staged.reading else ():
            demand(user, Action.DELIVER, reporter)
        receipt = confirm(store, catalogue, staged, session.now(), dict.fromkeys(staged.to_explain, reason))
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    assert staged.reading is not None
    receipts.add(staged.upload.name, receipt, staged.reading)
    _begin_anew(form.data_set)
    st.rerun()


def _tell(form: Form, staged: Staged) -> None:
    """Each finding beneath its field; what belongs to none, and what needs a reason, above the button."""
    by_cell = {f"{letter}{FIRST}": code for letter, code in form.data_set.form.columns}
    rest = []
    beneath: dict[str, list[str]] = {}
    for finding in staged.findings if staged.blocked else staged.to_explain:
        if finding.severity is Severity.HINT:
            continue
        code = by_cell.get(finding.place.cell, "")
        if code in form.places and finding.severity is Severity.ERROR:
            beneath.setdefault(code, []).append(html.plain(f"{finding.message} {finding.remedy}"))
        else:
            rest.append(finding)
    for code, messages in beneath.items():
        form.places[code].error("\n\n".join(messages))
    for finding in rest:
        show_as = st.error if finding.severity is Severity.ERROR else st.warning
        show_as(html.plain(f"{finding.message} {finding.remedy}"))
    if not staged.blocked:
        st.info("Bitte den Grund eintragen und noch einmal speichern. Gespeichert ist noch nichts.")
    else:
        st.error("Nicht gespeichert. Was nicht stimmt, steht bei den Feldern.", icon=":material/error:")
