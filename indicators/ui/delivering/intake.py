"""The third step of a delivery: findings, reasons, preview, confirmation; of one file or of many at once."""

from collections.abc import Sequence

import streamlit as st

from indicators import german
from indicators.access import Action, demand, permitted
from indicators.catalogue import Catalogue
from indicators.datasets.preview import Change
from indicators.deliveries.staging import Staged, confirm
from indicators.errors import MonitoringError
from indicators.foreign_text import download_name
from indicators.ledger.commits import Receipt
from indicators.ui import html, session, show
from indicators.ui.delivering import change_list, list_intake, receipts, table_intake, uploads, warning_reasons
from indicators.ui.delivering.uploads import Waiting
from indicators.ui.downloads import XLSX, download
from indicators.workbooks.annotate import annotate

SEEN, REFUSED = "files-seen", "files-refused"
OVERTAKEN = (
    "Inzwischen ist eine andere Lieferung zu denselben Zahlen eingegangen. Es wurde nichts übernommen. "
    "Die Vorschau zeigt jetzt den Unterschied zum neuen Stand: Bitte prüfen Sie sie und bestätigen Sie noch einmal."
)


def review(waiting: Sequence[Waiting]) -> None:
    """All files that wait, each in its frame; several have a list above them, and one button for all that are ready."""
    staged = _all_checked(waiting)
    if len(waiting) > 1:
        _together(waiting, staged)
    seen = {}
    html.here(f"files-{uploads.attempts()}")
    for one in waiting:
        with st.container(border=True):
            _review(one, staged[one.key])
        seen[one.key] = staged[one.key]
    st.session_state[SEEN] = seen


def _all_checked(waiting: Sequence[Waiting]) -> dict[str, Staged]:
    """With a progress bar while that lasts."""
    bar = st.progress(0.0, text="Dateien werden geprüft …") if len(waiting) > 1 else None
    staged = {}
    for position, one in enumerate(waiting, start=1):
        staged[one.key] = uploads.checked(one)
        if bar:
            bar.progress(position / len(waiting), text=f"{position} von {len(waiting)} Dateien geprüft")
    if bar:
        bar.empty()
    return staged


def _together(waiting: Sequence[Waiting], staged: dict[str, Staged]) -> None:
    ready = [one for one in waiting if _is_ready(one, staged[one.key])]
    rows = [{"name": one.upload.name, "stand": _stand(one, staged[one.key])} for one in waiting]
    html.template("batch", rows=rows)
    if ready:
        st.button(
            f"Alle ohne offene Fragen übernehmen ({len(ready)} von {len(waiting)})",
            type="primary",
            icon=":material/done_all:",
            key="commit-all",
            on_click=_take,
            args=(ready,),
        )


def _is_ready(one: Waiting, staged: Staged) -> bool:
    """Whether nothing is left to ask: no error, no open table, and a reason for whatever needs one."""
    return not staged.blocked and not warning_reasons.missing(staged, one.key)


def _stand(one: Waiting, staged: Staged) -> str:
    if staged.is_open:
        return "Zuordnung offen"
    if staged.blocked:
        return "nicht lieferbar, siehe unten"
    if count := len(warning_reasons.missing(staged, one.key)):
        return german.counted(count, "Grund fehlt", "Gründe fehlen")
    return "bereit"


def _review(one: Waiting, staged: Staged) -> None:
    """One file: findings, the workbook back, preview, reasons, confirmation."""
    st.subheader(html.plain(one.upload.name))
    if staged.tables is not None:
        table_intake.ask(staged)
    if staged.lists is not None:
        list_intake.ask(staged)
    if not staged.is_open:
        _verdict(staged)
        _findings(one, staged)
        if not staged.blocked:
            _confirmation(one, staged)
    if one.typed or not one.attempt:
        st.button("Datei weglegen", key=f"away-{one.key}", type="tertiary", on_click=uploads.done, args=([one],))


def _verdict(staged: Staged) -> None:
    if staged.reading:
        period = staged.reading.period.label if staged.reading.period else "mehrere Zeiträume"
        st.write(html.plain(f"{session.catalogue().reporter_name(staged.reading.reporter)}, {period}"))
    errors = sum(finding.severity == "error" for finding in staged.findings)
    if staged.is_settled:
        st.info(
            "**Nicht übernommen, weil es schon gilt.** Alles, was in dieser Datei steht, ist gespeichert und gültig.",
            icon=":material/info:",
        )
    elif staged.blocked:
        st.error(
            f"**Nicht übernommen: {german.counted(errors, 'Fehler', 'Fehler')}.** Bitte die Datei berichtigen und noch "
            "einmal hochladen. An den gespeicherten Zahlen hat sich nichts geändert.",
            icon=":material/error:",
        )
    elif staged.to_explain:
        st.warning(
            f"**Lesbar, aber auffällig: {len(staged.to_explain)} Mal.** Bitte prüfen und einen Grund nennen.",
            icon=":material/warning:",
        )
    else:
        st.success("**Alles in Ordnung.** Bitte die Vorschau ansehen und bestätigen.", icon=":material/check_circle:")


def _findings(one: Waiting, staged: Staged) -> None:
    if not staged.findings:
        return
    show.findings(staged.findings)
    if staged.reading and staged.has_cells:
        own = permitted(session.user(), Action.DELIVER, session.catalogue().reporters)
        download(
            "Arbeitsmappe mit Prüfhinweisen herunterladen",
            lambda: annotate(one.upload.content, staged.findings),
            action=Action.DELIVER,
            reporter=staged.reading.reporter or next(iter(own), None),
            file_name=f"Prüfhinweise_{download_name(one.upload.name)}",
            mime=XLSX,
            key=f"annotated-{one.key}",
            icon=":material/rate_review:",
        )


def _confirmation(one: Waiting, staged: Staged) -> None:
    assert staged.preview is not None
    counts = {change: staged.preview.count(change) for change in Change}
    st.markdown("**Das wird gespeichert:** " + ", ".join(f"{count} {change.word}" for change, count in counts.items()))
    _extent(one)
    change_list.show(staged.preview, session.catalogue())
    change_list.remarks(staged.reading.remarks if staged.reading else (), session.catalogue())
    warning_reasons.ask(staged, one.key)
    st.button(
        "Übernehmen", type="primary", key=f"commit-{one.key}", icon=":material/check:", on_click=_take, args=([one],)
    )
    if refused := st.session_state.get(REFUSED, {}).pop(one.key, ""):
        st.error(html.plain(refused), icon=":material/error:")


REPLACE_ALL, REPLACE_THESE = "alles ersetzen", "nur das Gelieferte ersetzen, das Übrige behalten"


def _extent(one: Waiting) -> None:
    """Asks what becomes of breakdowns that are valid and not in the file; the answer is part of the preview."""
    count = uploads.vanishing(uploads.whole(one))
    if count:
        st.radio(
            f"Diese Datei enthält {german.counted(count, 'gespeicherten Wert', 'gespeicherte Werte')} nicht. "
            "Was soll gelten?",
            (False, True),
            format_func=lambda keeps: REPLACE_THESE if keeps else REPLACE_ALL,
            key=f"{uploads.KEEPS}-{one.key}",
        )


def _take(ones: Sequence[Waiting]) -> None:
    """Takes the files over, each as it was seen above the button that was pressed; the others stay as they are.

    Runs before the page, so that no field of another file loses what was typed into it.
    """
    catalogue = session.catalogue()
    for one in ones:
        staged, seen = uploads.checked(one), st.session_state.get(SEEN, {}).get(one.key)
        try:
            receipt = _committed(catalogue, staged, one) if _is_same(seen, staged) else None
            refused = "" if receipt else OVERTAKEN
        except MonitoringError as error:
            receipt, refused = None, str(error)
        if receipt and staged.reading:
            receipts.add(one.upload.name, receipt, staged.reading)
            uploads.done([one])
        else:
            st.session_state.setdefault(REFUSED, {})[one.key] = refused


def _is_same(seen: Staged | None, staged: Staged) -> bool:
    """Whether the preview is still the one that stood above the button; someone else may have been faster."""
    return seen is not None and (seen.preview, seen.findings) == (staged.preview, staged.findings)


def _committed(catalogue: Catalogue, staged: Staged, one: Waiting) -> Receipt:
    # Where nobody is named, only the office delivers.
    for reporter in staged.reading.reporters if staged.reading else (None,):
        demand(session.user(), Action.DELIVER, reporter)
    reasons = warning_reasons.given(staged, one.key)
    return confirm(session.store(), catalogue, staged, session.now(), reasons)
