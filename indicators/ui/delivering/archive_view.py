"""Deliveries on the screen: who delivered when, the history, one delivery with its file and its way back."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.datasets import DATA_SETS, counted
from indicators.foreign_text import WORKBOOKS, download_name
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import archive, commits, duties, erasure
from indicators.model import EventKind
from indicators.names import named
from indicators.periods import Period
from indicators.ui import address, as_of, dead_links, filters, html, reasons, session
from indicators.ui.downloads import ODS, XLSX, download
from indicators.ui.paging import skipped

SHOWN_EVENTS = 20
NUMBER = "nummer"


def board(known: Snapshot) -> None:
    """Reporters × periods, one table a frequency."""
    user = session.user()
    found = duties.duties(session.store(), known.catalogue, known.moment)
    owed = [duty for duty in found if may(user, Action.HISTORY, duty.reporter)]
    groups = []
    for kind, same in groupby(sorted(owed, key=lambda duty: duty.period.kind), key=lambda duty: duty.period.kind):
        group = list(same)
        periods = sorted({duty.period for duty in group})
        reporters = sorted({duty.reporter for duty in group})
        by_key = {(duty.reporter, duty.period): duty for duty in group}
        rows = [
            {
                "name": known.catalogue.reporters[reporter].name,
                "duties": [by_key.get((reporter, period)) for period in periods],
            }
            for reporter in reporters
        ]
        groups.append({"title": KINDS[kind], "periods": periods, "rows": rows})
    html.template("duties", groups=groups)


KINDS = {
    1: "Jährliche Lieferungen",
    2: "Halbjährliche Lieferungen",
    3: "Vierteljährliche Lieferungen",
    4: "Monatliche Lieferungen",
    5: "Lieferungen je Schuljahr",
    6: "Lieferungen je Kita-Jahr",
}


def history(known: Snapshot) -> None:
    """All events until the snapshot's moment, newest first."""
    user = session.user()
    events = archive.history(session.store())
    may_see = events["reporter"].map(lambda reporter: may(user, Action.HISTORY, reporter)).astype(bool)
    events = events[may_see & (events["event"] <= known.version)]
    before = skipped(len(events), SHOWN_EVENTS, "history-page", one="Eintrag", many="Einträgen")
    rows = [
        {
            "at": german.moment(event.happened_at),
            "number": event.delivery,
            "what": EventKind(event.kind).word,
            "reporter": _reporter(known, event.reporter),
            "period": _period(event.period),
            "who": named(event.who, event.happened_at),
            "file": event.file_name if _told(event.data_set) else DATA_SETS[event.data_set].title,
            "rows": event.rows,
            "reason": event.reason if _told(event.data_set) else "",
        }
        for event in events[before : before + SHOWN_EVENTS].itertuples()
    ]
    html.template("history", rows=rows)


def one(known: Snapshot) -> None:
    """A delivery by number: its file, its accepted warnings, withdraw or restore."""
    found = archive.deliveries(session.store(), known.moment)
    if found.empty:
        st.write("Es gibt noch keine Lieferung.")
        return
    user = session.user()
    found = found[
        [
            may(user, Action.ORIGINAL, reporter) and _told(data_set)
            for reporter, data_set in zip(found["reporter"], found["data_set"], strict=True)
        ]
    ]
    if found.empty:
        st.write("Einzelne Lieferungen mit ihrer Datei sehen nur die Stabsstelle und die Stelle, die geliefert hat.")
        return
    row = _chosen(known, found)
    if row is None:
        return
    _file(row)
    _reasons(int(row.id))
    if row.withdrawn:
        st.warning(f"Diese Lieferung ist zurückgezogen. Grund: {html.plain(row.reason)}", icon=":material/undo:")
    if may(user, Action.WITHDRAW, row.reporter):
        _change(int(row.id), row.reporter, bool(row.withdrawn))


def _chosen(known: Snapshot, found: pd.DataFrame) -> Any:
    """One of the deliveries, the one that the address names to begin with; None where it names one that is not there.

    The address follows the choice.
    """
    rows: dict[int, Any] = {int(row.id): row for row in found.itertuples()}
    titles = {str(number): _title(known, row) for number, row in rows.items()}
    if (wanted := address.followed(NUMBER)) is not None:
        if wanted not in titles:
            _no_such(wanted, titles)
            return None
        st.session_state[f"filter-{NUMBER}"] = wanted
    return rows[int(filters.choice("Lieferung", list(titles), NUMBER, titles.__getitem__))]


def _told(data_set: str) -> bool:
    """Whether the person may know what came with a delivery of such data: what is not public can be in it, in its
    reasons and in the name of its file."""
    of = DATA_SETS.get(data_set)
    return not (of and of.office_only) or may(session.user(), Action.NON_PUBLIC)


def _no_such(wanted: str, titles: Mapping[str, str]) -> None:
    number = as_of.number_in(wanted)
    ordered = sorted(titles, key=lambda other: abs(int(other) - number)) if number is not None else list(titles)
    said = f"Die Lieferung „{wanted}“ gibt es zu diesem Stand nicht, oder sie ist die einer anderen Stelle."
    st.warning(html.plain(said), icon=":material/link_off:")
    dead_links.offer(NUMBER, {code: titles[code] for code in ordered[: dead_links.OFFERED]})
    dead_links.keep(NUMBER)


def _file(row: Any) -> None:
    """Who delivered what when, and the original bytes."""
    rows, who = counted(row.data_set, int(row.rows)), named(row.committed_by, row.committed_at)
    st.write(
        html.plain(
            f"{row.file_name}, {rows}, geliefert am {german.moment(row.committed_at)} von {who}. "
            f"Prüfsumme (SHA-256): {row.sha256}"
        )
    )
    if gone := erasure.erased(session.store(), row.sha256):
        st.info(f"{html.plain(gone.said)} Die übernommenen Werte gelten weiter.", icon=":material/delete_forever:")
        return
    number, name = int(row.id), download_name(row.file_name, WORKBOOKS)
    download(
        "Originaldatei herunterladen",
        lambda: archive.original(session.store(), number)[1],
        action=Action.ORIGINAL,
        reporter=row.reporter,
        file_name=f"Lieferung-{number}_{name}",
        mime=ODS if name.endswith(".ods") else XLSX,
    )


def _reasons(number: int) -> None:
    """What was said of numbers that were noticed."""
    accepted = archive.accepted_findings(session.store(), number)
    reasoned = accepted[accepted["reason"] != ""]
    if not reasoned.empty:
        st.write("**Zu diesen Zahlen wurde ein Grund genannt:**")
        html.template("reasons", rows=reasoned.to_dict("records"))


def _change(number: int, reporter: str, withdrawn: bool) -> None:
    """Withdraw or restore with a reason."""
    change, label = (commits.restore, "Wiederherstellen") if withdrawn else (commits.withdraw, "Zurückziehen")
    reasons.form(
        f"change-{number}",
        label,
        "Der Grund wird gespeichert und in der Historie gezeigt.",
        lambda who, at, reason: change(session.store(), number, at, who, reason),
        action=Action.WITHDRAW,
        reporter=reporter,
        icon=":material/undo:",
    )


def _title(known: Snapshot, row: Any) -> str:
    state = " – zurückgezogen" if row.withdrawn else ""
    return f"Nr. {row.id}: {_reporter(known, row.reporter)}, {_period(row.period)}{state}"


def _reporter(known: Snapshot, code: str) -> str:
    return known.catalogue.reporter_name(code)


def _period(key: float | None) -> str:
    return "mehrere Zeiträume" if key is None or pd.isna(key) else Period.from_key(int(key)).label
