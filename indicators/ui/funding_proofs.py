"""Proofs of use on the screen: what is due, the workbook, what was reached, the form, and the figures."""

import streamlit as st

from indicators.access import Action, may, permitted
from indicators.boards import proofs as board
from indicators.datasets import PROOFS
from indicators.datasets.proofs import CONTENTS, OFFICE
from indicators.knowledge import proofs as knowledge
from indicators.knowledge.funding import Agreement
from indicators.knowledge.snapshot import Snapshot
from indicators.periods import Period
from indicators.ui import as_of, filters, html, kept, measure_list, session, show, standing_form
from indicators.ui.delivering import template_offer

WORDS = "Bitte keine Namen und nichts, woran eine einzelne Person zu erkennen ist."


def due(known: Snapshot, found: list[Agreement]) -> None:
    """Every part that is owed, and the workbook for it."""
    owed = knowledge.owed(found, kept.proofs(known), measure_list.today(known))
    if owed:
        figure = board.owed_figure(owed, known.catalogue, known.since)
        st.subheader(figure.title)
        show.table(figure)
        show.downloads([figure])
    else:
        st.write("Zurzeit ist kein Verwendungsnachweis offen.")
    if as_of.moment() is None and permitted(session.user(), Action.TEMPLATE, known.catalogue.reporters):
        st.subheader("Mappe für die Nachweise eines Jahres")
        st.write("Eine Mappe für alles, was ein Träger schuldet; gefragt ist nur, was die Vereinbarungen verlangen.")
        template_offer.of_list(PROOFS, "proofs-due", last_year=True)
        st.page_link("pages/deliver.py", label="Ausgefüllt hochladen", icon=":material/upload_file:")


def figures(known: Snapshot, found: list[Agreement]) -> None:
    """Cases, first contacts, per post, and subsidy per case."""
    served = board.served(found, kept.proofs(known), measure_list.today(known))
    if not served:
        st.write("Noch ist kein Verwendungsnachweis mit Zahlen da.")
        return
    by = filters.choice("Nach", list(board.FIGURES_BY), "zahlen-nach", board.FIGURES_BY.__getitem__)
    years = sorted({one.proof.period.label for one in served}, reverse=True)
    year = filters.choice("Jahr", years, "nachweisjahr", str)
    figure = board.counselling_figure(served, by, year, known.catalogue, known.since)
    st.subheader(figure.title)
    show.table(figure)
    show.legend(figure.note)
    show.downloads([figure])


def of_agreement(known: Snapshot, one: Agreement) -> None:
    """The proof of a year: planned and reached, in words, its history, and the form for it."""
    periods = {str(period): period for period in one.proof_periods(measure_list.today(known))}
    if not periods:
        return
    st.subheader("Verwendungsnachweis")
    period = periods[filters.choice("Nachweis für", list(periods), "nachweis", lambda code: periods[code].label)]
    by_period = {proof.period: proof for proof in kept.proofs(known) if proof.agreement == one.name}
    proof = by_period.get(period)
    if proof is None:
        st.write(f"Für {period.label} ist noch nichts eingereicht.")
    else:
        _told(known, one, proof, by_period.get(period.previous))
    if as_of.moment() is None:
        _form(one, period, proof)


def _told(known: Snapshot, one: Agreement, proof: knowledge.Proof, before: knowledge.Proof | None) -> None:
    reached = board.reached_figure(one, proof, before, known.since)
    show.table(reached)
    if words := board.words(proof, known.catalogue):
        with st.container(key="measure-facts-proof"):
            html.template("facts", facts=words)
    history = board.history_figure(proof, known.since)
    show.table(history)
    show.downloads([reached, history])


def _form(one: Agreement, period: Period, proof: knowledge.Proof | None) -> None:
    """Only what the agreement asks for; the check is the office's."""
    asked = {code for part in one.owes for code in CONTENTS[part]}
    office = may(session.user(), Action.DELIVER)
    wanted = [field for field in PROOFS.fields if field.code in asked or (office and field.code in OFFICE)]
    if may(session.user(), Action.DELIVER, one.reporter):
        st.caption(WORDS)
    if proof is None:
        fixed = {"agreement": one.name, "period": str(period)}
        standing_form.first(PROOFS, f"Nachweis {period.label} eintragen", one.reporter, fixed, wanted)
    else:
        standing_form.change(PROOFS, proof, f"Nachweis {period.label} bearbeiten", wanted, {})
