"""One field of a definition on the screen: text, number, choice, or a formula with its values at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast

import streamlit as st

from indicators import german, observations
from indicators.boards.definition_inputs import AXES_JOINED, Block, Input, InputError, Kind, Typed, blocks, joined
from indicators.boards.definition_terms import formula_said
from indicators.catalogue import Catalogue, Formula, FormulaError, Indicator
from indicators.catalogue.derivation import expand
from indicators.ui import html, session

HEIGHTS = {
    Kind.AREA: 100,
    Kind.LINES: 80,
    Kind.POINTS: 100,
    Kind.BREAKS: 80,
    Kind.WORDINGS: 100,
    Kind.PAST_GOALS: 80,
    Kind.VERSIONS: 80,
    Kind.MEMBERS: 160,
}
LONGEST = 4000
SHOWN_VALUES = 6


def ask(one: Input, key: str, typed: Typed, model: object) -> Typed:
    """The field with what was typed; what stands in it now."""
    catalogue = session.catalogue()
    if key not in st.session_state:
        st.session_state[key] = typed
    about = one.help or None
    if one.kind is Kind.FLAG:
        return st.checkbox(one.label, key=key, help=about)
    if one.kind in (Kind.PICK, Kind.GROUP, Kind.GAP):
        return _pick(one, key, catalogue)
    if one.kind in (Kind.MANY, Kind.AXES):
        return _many(one, key, catalogue)
    if one.kind is Kind.RULES:
        return _rules(one, key)
    if one.kind is Kind.FORMULA:
        return _formula(one, key, catalogue, cast(Indicator, model))
    if one.kind in HEIGHTS:
        return st.text_area(one.label, key=key, help=about, height=HEIGHTS[one.kind], max_chars=LONGEST)
    return st.text_input(one.label, key=key, help=about, max_chars=LONGEST)


def _pick(one: Input, key: str, catalogue: Catalogue) -> Typed:
    choices = _choices(one, catalogue)
    now = cast("str | None", st.session_state[key])
    options = list(choices) if not now or now in choices else [now, *choices]
    if one.optional and (one.kind is not Kind.GROUP or "" not in choices):
        options = [None, *options]  # type: ignore[list-item]
    return st.selectbox(
        one.label,
        options,
        key=key,
        help=one.help or None,
        format_func=lambda code: "keine Angabe" if code is None else choices.get(code, code),
        placeholder="Bitte wählen",
    )


def _many(one: Input, key: str, catalogue: Catalogue) -> Typed:
    choices = dict(_choices(one, catalogue))
    now = cast("list[str]", st.session_state[key])
    if one.kind is Kind.AXES:
        pairs = {
            f"{a}{AXES_JOINED}{b}": f"{choices[a]}{AXES_JOINED}{choices[b]}" for a in choices for b in choices if a < b
        }
        choices = {"": "Insgesamt"} | choices | pairs
    options = [*choices, *(code for code in now if code not in choices)]
    return st.multiselect(
        one.label,
        options,
        key=key,
        help=one.help or None,
        format_func=lambda code: choices.get(code, code),
        placeholder="Bitte wählen",
    )


def _choices(one: Input, catalogue: Catalogue) -> Mapping[str, str]:
    return one.choices(catalogue) if one.choices else {}


def _formula(one: Input, key: str, catalogue: Catalogue, indicator: Indicator) -> Typed:
    """The formula, base figures to put into it, its words, and the values that come of it."""
    figures = _choices(one, catalogue)
    typed = st.text_input(one.label, key=key, help=one.help, max_chars=LONGEST)
    pick, put = st.columns([4, 1], vertical_alignment="bottom")
    chosen = pick.selectbox(
        "Grundzahl", list(figures), index=None, format_func=figures.__getitem__, key=f"{key}-pick", placeholder="wählen"
    )
    put.button(
        "Einsetzen", key=f"{key}-put", disabled=chosen is None, on_click=_put, args=(key, chosen), width="stretch"
    )
    try:
        formula = Formula.parse(typed)
    except FormulaError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return typed
    st.caption(html.plain(f"In Worten: {formula_said(typed, catalogue)}"))
    if not isinstance(indicator, Indicator):
        return typed  # a new one has no values yet that could be compared
    formula = formula.expanded(expand({code: Formula.parse(one.formula) for code, one in catalogue.derived.items()}))
    if unknown := [name for name in formula.names if name not in catalogue.base_figures]:
        st.caption(html.plain(f"Die Werte stehen nach dem Prüfen hier; keine Grundzahl ist: {', '.join(unknown)}."))
    else:
        st.caption(html.plain(_values(catalogue, indicator, formula, typed)))
    return typed


def _rules(one: Input, key: str) -> Typed:
    """A field for each part of each entry; together they are the lines that `joined` makes of them."""
    kept = f"{key}-blocks"
    if kept not in st.session_state:
        try:
            st.session_state[kept] = blocks(one, st.session_state[key])
        except InputError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
            return cast(str, st.session_state[key])
    found: list[Block] = st.session_state[kept]
    st.markdown(f"**{one.label}**")
    for number, block in enumerate(found):
        with st.container(border=True, key=f"{key}-block-{number}"):
            for row in rows(one.parts):
                for place, part in zip(st.columns(len(row)), row, strict=True):
                    with place:
                        begun = block.get(part.name) or part.nothing
                        block[part.name] = ask(part, f"{key}-{number}-{part.name}", begun, None)
            label = f"{one.label}: Nr. {number + 1} entfernen"
            st.button(label, icon=":material/delete:", key=f"{key}-drop-{number}", on_click=_drop, args=(key, number))
    st.button("Weiteres Ziel", icon=":material/add:", key=f"{key}-add", on_click=found.append, args=({},))
    st.session_state[key] = joined(one, found)
    return cast(str, st.session_state[key])


def _drop(key: str, number: int) -> None:
    found: list[Block] = st.session_state[f"{key}-blocks"]
    del found[number]
    forget(f"{key}-", but=f"{key}-blocks")


def forget(beginning: str, but: str = "") -> None:
    """What fields whose keys begin like this hold: they are asked anew of what is typed."""
    for key in [key for key in st.session_state if str(key).startswith(beginning) and key != but]:
        del st.session_state[key]


def rows(inputs: Sequence[Input]) -> Iterator[Sequence[Input]]:
    """Narrow fields that follow each other stand two in a row."""
    for narrow, run in groupby(inputs, key=lambda one: one.narrow):
        found = list(run)
        width = 2 if narrow else 1
        yield from (found[start : start + width] for start in range(0, len(found), width))


def _put(key: str, code: str | None) -> None:
    st.session_state[key] = f"{st.session_state[key]} {code}".strip()


def _values(catalogue: Catalogue, indicator: Indicator, formula: Formula, typed: str) -> str:
    tried = indicator.model_copy(update={"formula": typed, "expression": formula})
    would_be = replace(catalogue, indicators={indicator.code: tried})
    found = observations.series(
        session.store(), would_be, (indicator.code,), session.installation().present(session.now())
    )
    own = next((one for one in found[indicator.code] if one.breakdown == indicator.headline), None)
    points = own.points[-SHOWN_VALUES:] if own else ()
    values = [f"{point.period.short_label}: {german.measured(point, indicator.decimals)}" for point in points]
    return f"Ergebnis: {'; '.join(values)}" if values else "Ergebnis: noch keine Werte."
