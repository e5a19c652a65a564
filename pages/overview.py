"""Where the city stands: goals by field and status, what changed, and what is missing."""

from functools import partial

import streamlit as st

from indicators import boards
from indicators.access import Action, may
from indicators.figures import SCALE
from indicators.ui import as_of, cycle_view, html, kept, session, show, since_view
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()
moment = as_of.moment()
snapshot = kept.current(moment)

st.title("Übersicht")
if not snapshot.delivered:
    st.write("**Es ist noch nichts geliefert.** So geht es weiter:")
    st.write(
        "1. Unter **Katalog** prüfen, ob Handlungsfelder und Kennzahlen stimmen.\n"
        "2. Unter **Daten liefern** die Vorlagen herunterladen und an die Fachbereiche und Träger schicken.\n"
        "3. Die ausgefüllten Vorlagen dort hochladen, prüfen und übernehmen."
    )
    st.page_link("pages/deliver.py", label="Zu den Vorlagen", icon=":material/upload_file:")
    raise PageEnds

since_view.panel(snapshot)

st.header("Wo die Ziele stehen")
show.unprotected(boards.unprotected(snapshot))
show.contradictions(boards.contradictions(snapshot))
html.template(
    "matrix", caption="Kennzahlen nach Handlungsfeld und Status", rows=boards.by_field(snapshot), statuses=SCALE
)
st.caption("Ein Klick auf eine Zahl zeigt die Kennzahlen dazu.")
show.legend(boards.rounding_legend(snapshot))
matrix = boards.status_figure(snapshot, snapshot.catalogue.fields)
show.downloads_of(matrix, partial(boards.figures, snapshot), kept.state_of(snapshot))

changed = boards.changes(kept.before_last_delivery(snapshot), snapshot)
st.header("Neu seit der letzten Lieferung")
st.write(html.plain(kept.last_delivery(snapshot)))
if changed:
    html.template("changes", rows=changed)
else:
    st.write("Keine Kennzahl hat sich dadurch verändert.")

cycle_view.panel(snapshot)

if may(session.user(), Action.HISTORY):
    st.header("Was fehlt")
    overdue = kept.overdue(snapshot)
    if overdue:
        show.overdue(overdue, snapshot.catalogue)
    else:
        st.write("Alle fälligen Lieferungen sind da.")
