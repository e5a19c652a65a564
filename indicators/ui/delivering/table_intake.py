"""A department's own workbook on the screen: who delivers it, what its tables look like, what they mean."""

import hashlib
from collections.abc import Callable
from typing import Any

import streamlit as st

from indicators import german
from indicators.access import Action, permitted
from indicators.deliveries.staging import Staged, not_assigned, stage_tables
from indicators.foreign_text import legible
from indicators.ledger import drafts
from indicators.tables.decisions import Choices, Fate, Mapped, Row, table_key
from indicators.tables.own_tables import OwnTables, TableReading, tables_of
from indicators.tables.vocabulary import Vocabulary
from indicators.ui import filters, html, session, show
from indicators.ui.delivering import sheet_grid, table_questions
from indicators.workbooks.workbook import WorkbookRejected

SHOWN = 40


def decided(staged: Staged) -> Staged:
    """The upload as it stands with what was decided so far about its own tables; a template passes untouched."""
    if staged.tables is None:
        return staged
    key = _key(staged)
    state = _state(staged, key)
    _keep(staged, state, key)
    return _restaged(staged, state, key)


def ask(now: Staged) -> None:
    """Shows what is to be decided about own tables; `now` is the upload with the decisions so far."""
    assert now.tables is not None
    key = _key(now)
    state = _state(now, key)
    _verdict(now)
    _reporter(state, key)
    with st.expander("Zuordnung der Tabellen", expanded=now.tables.is_open or bool(state["choices"])):
        _sheets(now, state, key)


def _key(staged: Staged) -> str:
    return "own-" + hashlib.sha256(staged.upload.name.encode() + staged.upload.content).hexdigest()[:12]


def _state(staged: Staged, key: str) -> dict[str, Any]:
    """The decisions of this session; to begin with those of an earlier one, else what was confirmed before."""
    assert staged.tables is not None
    if key not in st.session_state:
        begun = drafts.kept(session.store(), staged.upload)
        reporter = begun.reporter if begun else staged.tables.reporter
        st.session_state[key] = {
            "reporter": reporter if reporter in _deliverers() else None,
            "choices": dict(begun.choices) if begun else {},
            "corrections": dict(begun.corrections if begun else staged.tables.own.corrections),
        }
        st.session_state[f"{key}-kept"] = _draft(st.session_state[key])
    state: dict[str, Any] = st.session_state[key]
    return state


def _draft(state: dict[str, Any]) -> drafts.Draft:
    return drafts.Draft(state["reporter"], dict(state["choices"]), dict(state["corrections"]))


def _keep(staged: Staged, state: dict[str, Any], key: str) -> None:
    """Every decision outlasts the session, beside the file."""
    now = _draft(state)
    if now != st.session_state[f"{key}-kept"]:
        drafts.keep(session.store(), staged.upload, now, session.now())
        st.session_state[f"{key}-kept"] = now


def _restaged(staged: Staged, state: dict[str, Any], key: str) -> Staged:
    """Staged with the decisions so far; worked out again only when one of them or the data have changed."""
    assert staged.tables is not None
    if state["reporter"] is None:  # not known, or not one that this person delivers for
        return not_assigned(staged.upload, TableReading(_own(staged.tables.own, state, key)))
    store, catalogue = session.store(), session.catalogue()
    stamp = (state["reporter"], dict(state["choices"]), dict(state["corrections"]), store.data_version,
             catalogue.version)  # fmt: skip
    kept = st.session_state.get(f"{key}-staged")
    if kept is None or kept[0] != stamp:
        own = _own(staged.tables.own, state, key)
        again = stage_tables(
            store, catalogue, staged.upload, own, session.now(), state["reporter"], dict(state["choices"])
        )
        kept = (stamp, again if again.tables is not None else staged)
        st.session_state[f"{key}-staged"] = kept
    return kept[1]


def _own(own: OwnTables, state: dict[str, Any], key: str) -> OwnTables:
    """Read with the ranges marked by hand, once for each set of them; as found where that takes too long."""
    if state["corrections"] == own.corrections:
        return own
    kept = st.session_state.get(f"{key}-marked")
    if kept is None or kept[0] != state["corrections"]:
        try:
            kept = dict(state["corrections"]), tables_of(own.workbook, state["corrections"])
        except WorkbookRejected as rejected:
            st.error(html.plain(str(rejected)), icon=":material/error:")
            return own
        st.session_state[f"{key}-marked"] = kept
    return kept[1]


def _verdict(staged: Staged) -> None:
    assert staged.tables is not None
    if not staged.tables.own.tables:
        st.info(
            "**Keine Vorlage, und keine Tabelle zu erkennen.** Wenn doch eine darin steht, legen Sie unten fest, wo "
            "ihre Werte und ihr Kopf stehen.",
            icon=":material/table_view:",
        )
    elif not staged.tables.reporter:
        st.info(
            "**Eigene Tabellen, noch nicht zugeordnet.** Das geschieht einmal; beim nächsten Mal erkennt die "
            "Anwendung die Tabelle wieder.",
            icon=":material/table_view:",
        )
    elif questions := staged.tables.questions:
        count = "Eine Frage ist" if len(questions) == 1 else f"{len(questions)} Fragen sind"
        st.info(f"**{count} noch offen.** Gespeichert wird erst, wenn alles entschieden ist.", icon=":material/help:")


def _deliverers() -> list[str]:
    """The reporters that the person may deliver for."""
    catalogue = session.catalogue()
    return permitted(session.user(), Action.DELIVER, [r for r in catalogue.reporters if catalogue.base_figures_of(r)])


def _reporter(state: dict[str, Any], key: str) -> None:
    names = {code: one.name for code, one in session.catalogue().reporters.items()}
    codes = _deliverers()

    def chosen() -> None:
        state["reporter"], state["choices"] = st.session_state[f"{key}-reporter"], {}

    filters.forget_unoffered(f"{key}-reporter", codes)
    st.selectbox(
        "Meldende Stelle dieser Arbeitsmappe",
        codes,
        index=codes.index(state["reporter"]) if state["reporter"] in codes else None,
        format_func=lambda code: names[code],
        placeholder="Bitte wählen",
        on_change=chosen,
        key=f"{key}-reporter",
    )


def _sheets(staged: Staged, state: dict[str, Any], key: str) -> None:
    """One sheet at a time: how it looks, and its tables."""
    assert staged.tables is not None
    own = staged.tables.own
    sheets = [sheet for sheet in own.workbook.sheets if sheet.cells]
    open_tables = {one.table.sheet for one in staged.tables.mapped if one.questions}
    with_tables = {table.sheet for table in own.tables}
    first = next((sheet.name for sheet in sheets if sheet.name in open_tables or sheet.name in with_tables), None)
    name = first or sheets[0].name
    if len(sheets) > 1:
        names = [sheet.name for sheet in sheets]
        found = {name: sum(table.sheet == name for table in own.tables) for name in names}
        name = st.selectbox(
            "Blatt",
            names,
            index=names.index(name),
            format_func=lambda one: f"{legible(one, 60)} ({_count(found[one])})",
            key=f"{key}-sheet",
        )
    sheet = next(sheet for sheet in sheets if sheet.name == name)
    sheet_grid.grid(sheet, [table for table in own.tables if table.sheet == name], f"{key}-{name}")
    noticed = [found for found in own.workbook.findings if found.place.sheet in ("", name)]
    if noticed:
        with st.expander(f"Was beim Lesen auffiel ({len(noticed)})"):
            show.findings(noticed)
    marked = state["corrections"].get(name, ())
    with st.expander("Bereiche von Hand festlegen", expanded=bool(marked)):
        corrected = sheet_grid.corrections(sheet, marked, f"{key}-{name}")
    if corrected != marked:
        state["corrections"] = {**state["corrections"], name: corrected}
        state["choices"] = {mark: choices for mark, choices in state["choices"].items() if not mark.startswith(name)}
        st.rerun()
    for number, one in enumerate(staged.tables.mapped, 1):
        if one.table.sheet == name:
            _table(one, number, staged, state, key)


def _count(tables: int) -> str:
    return "keine Tabelle" if tables == 0 else "1 Tabelle" if tables == 1 else f"{tables} Tabellen"


def _table(one: Mapped, number: int, staged: Staged, state: dict[str, Any], key: str) -> None:
    assert staged.tables is not None
    mark = table_key(one.table)
    title = next((line for line in reversed(one.table.title) if line), "ohne Titel")
    st.markdown(f"**Tabelle {number}: {html.plain(legible(title, 120))}**")
    keep = _keeper(state, mark, one.choices)

    def wanted() -> None:
        taken = st.session_state[f"{key}-{mark}-take"]
        keep(lambda choices: Choices(**{**choices.__dict__, "take": taken}))

    st.checkbox("Diese Tabelle übernehmen", value=one.choices.take, key=f"{key}-{mark}-take", on_change=wanted)
    if not one.choices.take:
        return
    words = Vocabulary(session.catalogue(), staged.tables.reporter)
    left, right = st.columns([3, 2], gap="large")
    with left:
        table_questions.ask(one, words, keep, f"{key}-{mark}")
    with right:
        _result(one)


def _keeper(state: dict[str, Any], mark: str, base: Choices) -> table_questions.Keep:
    """Decisions add up on what was known of the table when it was shown first."""

    def keep(change: Callable[[Choices], Choices]) -> None:
        state["choices"] = {**state["choices"], mark: change(state["choices"].get(mark, base))}

    return keep


def _result(one: Mapped) -> None:
    """What becomes of the cells: those that wait first, so that the list gets shorter as one works."""
    counts = {fate: one.count(fate) for fate in Fate}
    st.markdown(
        f"**Ergebnis:** {german.counted(counts[Fate.TAKEN], 'Wert wird', 'Werte werden')} übernommen, "
        f"{german.counted(counts[Fate.WAITING], 'wartet', 'warten')}, "
        f"{german.counted(counts[Fate.LEFT_OUT], 'wird', 'werden')} ausgelassen."
    )
    waiting = [row for row in one.rows if row.fate is Fate.WAITING]
    taken = [row for row in one.rows if row.fate is Fate.TAKEN]
    if waiting:
        with st.expander(f"Wartende Zellen ({len(waiting)})"):
            _rows(waiting, "Wartende Zellen")
    if taken:
        _rows(taken, "Werte, die übernommen werden")


def _rows(rows: list[Row], label: str) -> None:
    shown = [_row(row) for row in rows[:SHOWN]]
    html.template("tidy", rows=shown, hidden=max(0, len(rows) - SHOWN), label=label)


def _row(row: Row) -> dict[str, str]:
    catalogue, o = session.catalogue(), row.observation
    decimals = catalogue.decimals_of(o.base_figure) if o else 2
    value = o.value if o else row.cell.value
    sign = o.sign if o else row.cell.sign
    return {
        "fate": row.fate.value,
        "cell": row.cell.address,
        "figure": catalogue.figure_name(o.base_figure) if o else "",
        "breakdown": catalogue.name_of(o.breakdown) if o else "",
        "period": o.period.short_label if o else "",
        "value": german.content(value if value is not None else sign, decimals),
        "why": row.why,
    }
