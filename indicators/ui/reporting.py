"""Reports on the screen: choosing one, taking it along in any format, its texts, and those that are frozen."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date

import streamlit as st

from indicators import german
from indicators.access import Action, demand, may
from indicators.errors import MonitoringError
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.names import named
from indicators.reports import frozen, names, packed, texts
from indicators.reports.formats import FORMATS
from indicators.reports.frozen import Frozen
from indicators.reports.making import look, make
from indicators.reports.report import Kind, Report
from indicators.reports.texts import Passage
from indicators.reports.wishes import Wish
from indicators.ui import caches, filters, frame, html, kept, paper_view, reasons, session, show
from indicators.ui.downloads import download

PACKAGE = "report-package"
STOPPED = "report-stopped"
EXAMPLE = "Zum Beispiel: Beschluss des Rates vom 17.11.2026"
SHOWN_VERSIONS = 10


def wish(known: Snapshot) -> Wish:
    """What the report is to hold: its kind, and perhaps only some fields or indicators."""
    catalogue = known.catalogue
    titles = {kind.value: kind.word for kind in Kind}
    kind = Kind(filters.choice("Art des Berichts", list(titles), "art", titles.__getitem__))
    st.caption(kind.purpose)
    left, right = st.columns(2)
    with left:
        fields = {field.code: f"{field.code} {field.title}" for field in catalogue.fields}
        wanted = filters.several("Nur diese Handlungsfelder", fields, "felder", "alle Handlungsfelder")
    with right:
        indicators = {code: f"{code} {one.title}" for code, one in catalogue.indicators.items()}
        codes = filters.several("Nur diese Kennzahlen", indicators, "kennzahlen", "alle Kennzahlen")
    return Wish(kind, tuple(wanted), tuple(codes))


def offer(known: Snapshot, wanted: Wish) -> None:
    """The report in every format: one press each, or all of them together."""
    try:
        report, digest = made(known, wanted)
    except MonitoringError as error:
        st.info(html.plain(str(error)), icon=":material/info:")
        return
    st.caption(html.plain(f"{report.subtitle}. {report.state}. Kleine Zahlen sind gesperrt."))
    _formats(report, digest)
    _together(report, digest)
    _freeze(known, report, digest)


def made(known: Snapshot, wanted: Wish) -> tuple[Report, str]:
    """The report and a digest of all that it holds; made once for each state of data, definitions, texts and of the
    city's logo and Word template."""
    state = known.key, session.catalogue().version, texts.latest_version(session.store())
    return _made(state, look(session.settings().report_folder), wanted, local_day(session.now()), known)


@caches.of_city(max_entries=16, show_spinner="Der Bericht wird zusammengestellt …")
def _made(state: object, looks: str, wanted: Wish, day: date, _known: Snapshot) -> tuple[Report, str]:
    report = make(session.store(), _known, wanted, day, session.settings().report_folder, kept.shared)
    return report, hashlib.sha256(packed.pack(report)).hexdigest()[:12]


def _formats(report: Report, digest: str) -> None:
    """A button a format. The name holds the digest, so that no cache can hand out another version."""
    with st.container(horizontal=True):
        for name, form in FORMATS.items():
            download(
                form.label,
                lambda form=form: form.render(report),  # type: ignore[misc]
                action=Action.EXPORT,
                file_name=names.of_report(report, f"-{digest}{form.suffix}"),
                mime=form.mime,
                key=f"report-{name}-{digest}",
            )


def _together(report: Report, digest: str) -> None:
    """All formats in one file: that takes a while, shows how far it is, and can be stopped."""
    if not may(session.user(), Action.EXPORT):
        return
    if st.button("Alle Formate vorbereiten", icon=":material/inventory_2:", key=f"report-all-{digest}"):
        demand(session.user(), Action.EXPORT)
        bar = st.progress(0.0, text="Es geht los …")
        st.button("Abbrechen", on_click=_stop, key="report-cancel", icon=":material/close:")
        st.session_state[PACKAGE] = (digest, _packed(report, bar))
        st.rerun()
    if st.session_state.pop(STOPPED, False):
        st.info("Abgebrochen. Es wurde nichts gespeichert.", icon=":material/info:")
    ready, content = st.session_state.get(PACKAGE, ("", b""))
    if ready == digest:
        download(
            "Alle Formate herunterladen (ZIP)",
            lambda: content,
            action=Action.EXPORT,
            file_name=names.of_report(report, f"-{digest}-alle-formate.zip"),
            mime="application/zip",
            key=f"report-together-{digest}",
        )


def _stop() -> None:
    """A press of any button ends the run that is going on: at the next word to the screen nothing is left of it."""
    st.session_state[STOPPED] = True


def _packed(report: Report, bar: st.delta_generator.DeltaGenerator) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for number, form in enumerate(FORMATS.values()):
            bar.progress(number / len(FORMATS), text=f"{form.label} … ({number + 1} von {len(FORMATS)})")
            package.writestr(names.of_report(report, form.suffix), form.render(report))
    return content.getvalue()


def _freeze(known: Snapshot, report: Report, digest: str) -> None:
    if not may(session.user(), Action.WRITE_REPORT):
        return
    with frame.screen_only("freeze"), st.expander("Einfrieren: mit Nummer, für immer gleich"):
        st.write(
            "Der eingefrorene Bericht behält Zahlen, Texte und Gestaltung, auch wenn später Neues geliefert wird. "
            "Erst danach können Sie ihn für Leserinnen und Leser freigeben."
        )
        if st.button("Bericht einfrieren", key=f"report-freeze-{digest}", icon=":material/ac_unit:"):
            demand(session.user(), Action.WRITE_REPORT)
            at = session.now()
            moment = min(known.moment, at)
            state = (known.version, known.catalogue.version)
            number = frozen.freeze(session.store(), report, moment, state, session.user().name, at)
            st.success(f"Eingefroren als Bericht Nr. {number}. Er steht unter „Eingefrorene Berichte“.")


def writing(known: Snapshot) -> None:
    """For the office: the texts of the report, each with its versions."""
    catalogue = known.catalogue
    places = {texts.REPORT: "Ganzer Bericht"}
    places |= {texts.of_field(field.code): f"Handlungsfeld {field.code} {field.title}" for field in catalogue.fields}
    places |= {texts.of_indicator(code): f"Kennzahl {code} {one.title}" for code, one in catalogue.indicators.items()}
    place = filters.choice("Wozu", list(places), "text", places.__getitem__)
    options = texts.passages(place)
    filters.forget_unoffered("report-passage", options)
    passage = st.segmented_control(
        "Abschnitt", options, key="report-passage", format_func=lambda one: one.word, default=options[0], required=True
    )
    _editor(known, place, passage or options[0])


def _editor(known: Snapshot, place: str, passage: Passage) -> None:
    found = texts.versions(session.store(), place, passage)
    before = found[0] if found else None
    if before and before.markdown and (changed := texts.stale(before, known)):
        st.warning(html.plain(changed), icon=":material/history:")
    with st.form(f"report-text-{place}-{passage}-{len(found)}"):
        typed = st.text_area(
            passage.word, before.markdown if before else "", height=220, max_chars=texts.LONGEST,
            help="Absätze durch eine Leerzeile trennen. **fett**, *kursiv*, Listen mit „- “ oder „1. “.",
        )  # fmt: skip
        st.caption("Der Text steht mit seinem Datum im Bericht, getrennt vom Stand der Daten. Leer heißt: kein Text.")
        if st.form_submit_button("Text speichern", icon=":material/save:"):
            try:
                demand(session.user(), Action.WRITE_REPORT)
                texts.write(session.store(), known, place, passage, typed, session.user().name, session.now())
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
    if found:
        with st.expander(f"Fassungen ({len(found)})"):
            for one in found[:SHOWN_VERSIONS]:
                st.caption(html.plain(f"{german.moment(one.at)}, {named(one.by, one.at)}"))
                st.text(one.markdown or "(kein Text)")


def archive(known: Snapshot) -> None:
    """The frozen reports, newest first."""
    found = frozen.everything(session.store())
    released = frozen.released(session.store())
    if not found:
        st.write("Noch ist kein Bericht eingefroren.")
    for one in found:
        mark = " · freigegeben" if one.number in released else ""
        with st.expander(html.plain(f"Nr. {one.number} – {one.title}{mark}")):
            _archived(known, one, released)


def _archived(known: Snapshot, one: Frozen, released: Mapping[int, str]) -> None:
    st.caption(
        html.plain(
            f"Eingefroren am {german.moment(one.at)} von {named(one.by, one.at)}, Datenstand Nr. {one.data_version}, "
            f"Katalog {one.catalogue}, Prüfsumme {one.sha256[:12]}."
        )
    )
    report = _unpacked(one.sha256, one.number)
    _formats(report, f"{one.number}-{one.sha256[:12]}")
    if may(session.user(), Action.MEETINGS):
        st.page_link(
            "pages/paper.py",
            label="Vorlage zu diesem Bericht",
            icon=":material/description:",
            query_params={paper_view.ORIGIN: paper_view.of_report(one.number)},
        )
    if st.toggle("Zeigen, was seither berichtigt wurde", key=f"report-revised-{one.number}"):
        revised(known, report)
    if may(session.user(), Action.RELEASE):
        _release(one, one.number in released)


def revised(known: Snapshot, report: Report) -> None:
    """What a frozen report says otherwise than the same report made now."""
    try:
        now, _ = made(known, Wish(report.kind, (), tuple(c for c in report.codes if c in known.catalogue.indicators)))
    except MonitoringError as error:
        st.info(html.plain(str(error)))
        return
    show.show(frozen.revised(report, now), heading=False)


def _release(one: Frozen, released: bool) -> None:
    store = session.store()
    if released:
        gone = "Danach kann niemand mehr den Bericht abrufen, der nur lesen darf; seine Kennzahlen gehen mit ihm."
        reasons.form(
            f"report-end-{one.number}", "Freigabe beenden", gone,
            lambda who, at, reason: frozen.end_release(store, one.number, who, at, reason),
            action=Action.RELEASE, example=EXAMPLE, border=False,
        )  # fmt: skip
        return
    note = "Alle Leserinnen und Leser können den Bericht abrufen und sehen seine Kennzahlen mit diesem Stand."
    reasons.form(
        f"report-release-{one.number}", "Ganzen Bericht freigeben", note,
        lambda who, at, reason: frozen.release(store, one.number, who, at, reason),
        action=Action.RELEASE, example=EXAMPLE, border=False,
    )  # fmt: skip


@caches.of_city(max_entries=8)
def _unpacked(sha256: str, number: int) -> Report:
    return frozen.report(session.store(), number)


def published() -> None:
    """For readers: the reports that are released; nothing where there is none."""
    found = {one.number: one for one in frozen.everything(session.store())}
    for number in frozen.released(session.store()):
        one = found[number]
        st.subheader(html.plain(f"Bericht Nr. {number} – {one.title}"))
        _formats(_unpacked(one.sha256, number), f"{number}-{one.sha256[:12]}")
