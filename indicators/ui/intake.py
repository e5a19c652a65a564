"""The steps of a delivery on the screen: template, upload, findings, reasons, preview, confirmation."""

import hashlib
from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from indicators import german
from indicators.access import Action, demand, permitted
from indicators.deliveries import schedule
from indicators.deliveries.annotate import annotate
from indicators.deliveries.foreign import LONGEST_REASON, download_name
from indicators.deliveries.ledger import Upload, record_upload
from indicators.deliveries.preview import Change, PreviewRow
from indicators.deliveries.staging import Staged, bound_to, confirm, keeping_the_rest, stage
from indicators.deliveries.template import plain
from indicators.deliveries.templates import template_for, templates_for_all
from indicators.model import Finding, Flag, Measurement, MonitoringError
from indicators.moments import local_day
from indicators.periods import Period
from indicators.ui import filters, render, session, show, table_intake
from indicators.ui.downloads import download
from indicators.ui.serving.uploads import release

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SHOWN_ROWS = 200
OVERTAKEN = (
    "Inzwischen ist eine andere Lieferung zu denselben Zahlen eingegangen. Es wurde nichts übernommen. "
    "Die Vorschau zeigt jetzt den Unterschied zum neuen Stand: Bitte prüfen Sie sie und bestätigen Sie noch einmal."
)


def templates() -> None:
    """Pick a reporter and a period, get the workbook; or all workbooks of a period at once."""
    catalogue, store = session.catalogue(), session.store()
    user = session.user()
    delivering = [code for code in catalogue.reporters if catalogue.base_figures_of(code)]
    names = {code: catalogue.reporters[code].name for code in permitted(user, Action.TEMPLATE, delivering)}
    if not names:
        st.write("Ihnen ist keine meldende Stelle zugeordnet, für die es eine Vorlage gibt.")
        return
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    filters.forget_unoffered("template-reporter", list(names))
    with left:
        reporter = st.selectbox("Meldende Stelle", list(names), format_func=names.__getitem__, key="template-reporter")
    periods = schedule.expected_periods(catalogue, reporter, local_day(session.now()))
    filters.forget_unoffered("template-period", periods)
    with middle:
        period = st.selectbox("Berichtszeitraum", periods, format_func=lambda p: p.label, key="template-period")
    with right:
        download(
            "Vorlage herunterladen",
            lambda: template_for(store, catalogue, reporter, period),
            action=Action.TEMPLATE,
            reporter=reporter,
            file_name=f"Vorlage_{plain(reporter.replace(' ', ''))}_{_safe(period)}.xlsx",
            mime=XLSX,
            wide=True,
        )
    download(
        f"Alle Vorlagen für {period.label} als ZIP",
        lambda: templates_for_all(store, catalogue, period),
        action=Action.TEMPLATE,
        file_name=f"Vorlagen_{_safe(period)}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        quiet=True,
    )


def uploads() -> list[Staged]:
    """The uploaded files, read and checked, with a progress bar while that lasts."""
    files = st.file_uploader(
        "Ausgefüllte Vorlagen oder eigene Tabellen (Excel oder LibreOffice)",
        accept_multiple_files=True,
        key=f"uploader-{st.session_state.setdefault('upload-round', 0)}",
    )
    _release_others(files)
    if not files:
        return []
    bar = st.progress(0.0, text="Dateien werden geprüft …") if len(files) > 1 else None
    staged = []
    for position, file in enumerate(files, start=1):
        staged.append(_staged(Upload(file.name, file.getvalue(), session.user().name), file.file_id))
        if bar:
            bar.progress(position / len(files), text=f"{position} von {len(files)} Dateien geprüft")
    if bar:
        bar.empty()
    return staged


def _release_others(files: Sequence[UploadedFile]) -> None:
    """Frees what this session had uploaded before and shows no more: taken over, or left with the page."""
    now = {file.file_id for file in files}
    release(st.session_state.get("uploaded", set()) - now)
    st.session_state["uploaded"] = now


def _staged(upload: Upload, attempt: str) -> Staged:
    """Checks an upload once for each version of data and definitions, and records each attempt."""
    known = st.session_state.setdefault("staged", {})
    key = (upload.sha256, upload.name, session.store().data_version, session.catalogue().version)
    if key not in known:
        own = permitted(session.user(), Action.DELIVER, session.catalogue().reporters)
        only = own[0] if len(own) == 1 else None
        found = stage(session.store(), session.catalogue(), upload, session.now(), only)
        known[key] = bound_to(found, own)
    if attempt not in st.session_state.setdefault("recorded", set()):
        record_upload(session.store(), upload, session.now(), known[key].outcome)
        st.session_state["recorded"].add(attempt)
    return known[key]


def review(staged: Staged) -> None:
    """One upload: findings, the workbook back, preview, reasons, confirmation."""
    key = hashlib.sha256(staged.upload.name.encode() + staged.upload.content).hexdigest()[:12]
    st.subheader(render.plain(staged.upload.name))
    own = permitted(session.user(), Action.DELIVER, session.catalogue().reporters)
    staged = _extent(bound_to(table_intake.settled(staged), own), key)
    if staged.tables is not None and staged.tables.is_open:
        return
    if staged.reading:
        period = staged.reading.period.label if staged.reading.period else "mehrere Zeiträume"
        st.write(render.plain(f"{session.catalogue().reporter_name(staged.reading.reporter)}, {period}"))
    _verdict(staged)
    if staged.findings:
        show.findings(staged.findings)
        if staged.reading:
            download(
                "Arbeitsmappe mit Prüfhinweisen herunterladen",
                lambda: annotate(staged.upload.content, staged.findings),
                action=Action.DELIVER,
                reporter=staged.reading.reporter or next(iter(own), None),
                file_name=f"Prüfhinweise_{download_name(staged.upload.name)}",
                mime=XLSX,
                key=f"annotated-{key}",
                icon=":material/rate_review:",
            )
    if staged.blocked:
        return
    _preview(staged)
    reasons = _reasons(staged.to_explain, key)
    if st.button("Übernehmen", type="primary", key=f"commit-{key}", icon=":material/check:"):
        if _as_confirmed(staged, key):
            _commit(staged, reasons)
        else:
            st.error(OVERTAKEN, icon=":material/error:")
    st.session_state[f"seen-{key}"] = staged


REPLACE_ALL, REPLACE_THESE = "alles ersetzen", "nur das Gelieferte ersetzen, das Übrige behalten"


def _extent(staged: Staged, key: str) -> Staged:
    """Asks what becomes of breakdowns that are valid and not in the file; the answer is part of the preview."""
    if staged.blocked or staged.preview is None or not staged.preview.count(Change.VANISHED):
        return staged
    picked = st.radio(
        f"Diese Datei enthält {staged.preview.count(Change.VANISHED)} gespeicherte Werte nicht. Was soll gelten?",
        (REPLACE_ALL, REPLACE_THESE),
        key=f"extent-{key}",
    )
    if picked == REPLACE_ALL:
        return staged
    return keeping_the_rest(session.store(), session.catalogue(), staged, session.now())


def _as_confirmed(staged: Staged, key: str) -> bool:
    """Whether the preview is still the one that stood above the button when it was pressed.

    A click reruns the page, which compares with what is stored by now; someone else may have been faster.
    """
    seen = st.session_state.get(f"seen-{key}", staged)
    return seen.preview == staged.preview and seen.findings == staged.findings


def _verdict(staged: Staged) -> None:
    errors = sum(finding.severity == "error" for finding in staged.findings)
    if staged.is_settled:
        st.info(
            "**Nicht übernommen, weil es schon gilt.** Alles, was in dieser Datei steht, ist gespeichert und gültig.",
            icon=":material/info:",
        )
    elif staged.blocked:
        noun = "1 Fehler" if errors == 1 else f"{errors} Fehler"
        st.error(
            f"**Nicht übernommen: {noun}.** Bitte die Datei berichtigen und noch einmal hochladen. "
            "An den gespeicherten Zahlen hat sich nichts geändert.",
            icon=":material/error:",
        )
    elif staged.to_explain:
        st.warning(
            f"**Lesbar, aber auffällig: {len(staged.to_explain)} Mal.** Bitte prüfen und jeweils einen Grund nennen.",
            icon=":material/warning:",
        )
    else:
        st.success("**Alles in Ordnung.** Bitte die Vorschau ansehen und bestätigen.", icon=":material/check_circle:")


def _preview(staged: Staged) -> None:
    assert staged.preview is not None
    counts = {change: staged.preview.count(change) for change in Change}
    st.markdown("**Das wird gespeichert:** " + ", ".join(f"{count} {change.word}" for change, count in counts.items()))
    moving = staged.preview.moving
    same = [row for row in staged.preview.rows if row.change is Change.UNCHANGED]
    replaced = sum(row.change is not Change.NEW for row in moving)  # they come first, and all of them can be seen
    shown = max(SHOWN_ROWS, replaced)
    render.template("preview", rows=[_row(row) for row in moving[:shown]], hidden=max(0, len(moving) - shown))
    if same:
        with st.expander(f"{len(same)} unveränderte Werte"):
            render.template(
                "preview", rows=[_row(row) for row in same[:SHOWN_ROWS]], hidden=max(0, len(same) - SHOWN_ROWS)
            )


def _row(row: PreviewRow) -> dict[str, str]:
    catalogue = session.catalogue()
    decimals = catalogue.decimals_of(row.key.base_figure)

    def text(point: Measurement | None) -> str:
        return german.measured(point, decimals) if point else ""

    return {
        "change": row.change.value,
        "word": row.change.word,
        "figure": catalogue.figure_name(row.key.base_figure),
        "breakdown": catalogue.name_of(row.key.breakdown),
        "period": row.key.period.label,
        "before": text(row.before),
        "after": text(row.after),
        "place": _place(row),
    }


def _place(row: PreviewRow) -> str:
    if row.after is None:
        return ""
    summed = " (Summe der Teile)" if Flag.SUMMED in row.after.flags else ""
    return f"{row.place.sheet}, {row.place.cell}{summed}"


def _reasons(warnings: Sequence[Finding], key: str) -> dict[Finding, str]:
    reasons = {}
    for number, finding in enumerate(warnings):
        reasons[finding] = st.text_input(
            render.plain(f"Grund zu {finding.place.cell or 'Datei'}: {finding.message}"),
            key=f"reason-{key}-{number}",
            max_chars=LONGEST_REASON,
            placeholder="Zum Beispiel: neue Gruppe seit August, mit dem Fachbereich abgestimmt",
        )
    return reasons


def _commit(staged: Staged, reasons: dict[Finding, str]) -> None:
    try:
        # Where nobody is named, only the office delivers.
        for reporter in staged.reading.reporters if staged.reading else (None,):
            demand(session.user(), Action.DELIVER, reporter)
        receipt = confirm(session.store(), session.catalogue(), staged, session.now(), reasons)
    except MonitoringError as error:
        st.error(render.plain(str(error)), icon=":material/error:")
        return
    st.session_state.setdefault("receipts", []).append((staged.upload.name, receipt))
    st.session_state["upload-round"] += 1
    st.rerun()


def receipts() -> None:
    """The receipts of this session, newest first."""
    for name, receipt in reversed(st.session_state.get("receipts", [])):
        st.success(
            f"**Gespeichert als Lieferung {receipt.number}** am {german.moment(receipt.at)}: "
            f"{render.plain(name)}, {german.counted(receipt.rows, 'Wert', 'Werte')}. "
            f"Prüfsumme (SHA-256): `{receipt.sha256}`",
            icon=":material/receipt_long:",
        )


def _safe(period: Period) -> str:
    return str(period).replace("/", "-").replace(" ", "-")
