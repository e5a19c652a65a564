"""What stands beside an indicator's chart: finding, definition, formula, source, delivery, citation, link."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators import german
from indicators.boards import dossier, wanted
from indicators.boards.definition_terms import said
from indicators.catalogue import Indicator
from indicators.figures.words import rounding_note
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import archive, duties
from indicators.moments import local_day
from indicators.targets import Point
from indicators.ui import address, html, session


def sentence(snapshot: Snapshot, indicator: Indicator) -> str:
    """What the chart shows, in one sentence with the status."""
    return dossier.finding(snapshot, indicator)


INTERNAL = ("Lieferung", "Nächste Lieferung")


def beside(snapshot: Snapshot, indicator: Indicator, *, internal: bool) -> None:
    """The fact sheet as a list of terms, with or without what concerns those who work here."""
    facts = sheet(snapshot, indicator)
    html.template("facts", facts=facts if internal else [pair for pair in facts if pair[0] not in INTERNAL])


def citation(snapshot: Snapshot, indicator: Indicator) -> None:
    """How to cite the figure, and the address that shows this very view again."""
    html.template("facts", facts=[("Zitierweise", _citation(snapshot, indicator)), ("Link zu dieser Ansicht", "")])
    html.to_copy(_address(snapshot), "Link zu dieser Ansicht")
    to_report("kennzahlen", indicator.code, "Bericht über diese Kennzahl")


def to_report(parameter: str, code: str, label: str) -> None:
    """From an indicator or a field to its report: one more press gives it in any format."""
    st.page_link("pages/bericht.py", label=label, query_params={parameter: code}, icon=":material/menu_book:")


def sheet(snapshot: Snapshot, indicator: Indicator) -> list[tuple[str, str]]:
    """Terms and texts about an indicator; those that do not apply are left out."""
    catalogue = snapshot.catalogue
    latest = snapshot.headline(indicator.code).latest
    bases = [catalogue.base_figure(name) for name in indicator.expression.names]
    reporters = list(dict.fromkeys(catalogue.reporters[code].name for figure in bases for code in figure.reporters))
    upcoming = duties.upcoming(session.store(), bases, snapshot.moment, local_day(session.now()))
    pairs = [
        ("Stand", "Diese Kennzahl wird nicht mehr geführt und nicht mehr bewertet." if indicator.retired else ""),
        ("Definition", indicator.definition),
        ("Relevanz", indicator.relevance),
        ("Abgrenzung", indicator.delimitation),
        ("Methodische Hinweise", indicator.method_notes),
        ("Formel", catalogue.formula_in_words(indicator)),
        ("Zählweise", catalogue.counting_in_words(indicator)),
        ("Einheit", catalogue.unit_of(indicator).title),
        ("Gewünscht", DIRECTIONS[indicator.direction.value]),
        ("Beschlossenes Ziel", wanted.fact(catalogue, indicator) if indicator.agreed else ""),
        ("Quelle", indicator.source),
        ("Vergleichswerte", snapshot.elsewhere.get(indicator.code, "")),
        ("Meldende Stelle", german.enumeration(reporters)),
        ("Lieferung", _delivery(latest.delivery) if latest and latest.delivery else "noch keine Lieferung"),
        ("Nächste Lieferung", upcoming),
        ("Rundung", rounding_note(indicator.counts_rounded_to) if indicator.counts_rounded_to else ""),
        ("Für andere gesperrt", _kept_from_others(snapshot, indicator)),
        ("Für andere gerundet", _rounded_for_others(snapshot, indicator)),
    ]
    return [(term, text) for term, text in pairs if text]


def _kept_from_others(snapshot: Snapshot, indicator: Indicator) -> str:
    """Which values the Steuerungsgruppe and others see as „.“, because small numbers stand behind them."""
    periods: dict[str, list[str]] = {}
    for breakdown, period in snapshot.kept_from_others(indicator.code):
        periods.setdefault(snapshot.catalogue.name_of(breakdown), []).append(period.short_label)
    return "; ".join(f"{group}: {german.enumeration(labels)}" for group, labels in periods.items())


def _rounded_for_others(snapshot: Snapshot, indicator: Indicator) -> str:
    """For the office: the latest values as everybody else sees them, and the true ones. Statuses go by the former."""
    if indicator.code not in snapshot.rounded:
        return ""
    seen, true = snapshot.judged_by(indicator.code, indicator.headline), snapshot.headline(indicator.code)
    pairs = [(point, true.at(point.period)) for point in seen.points[-SHOWN_ROUNDED:]]
    listed = "; ".join(
        f"{point.period.short_label}: {german.measured(point, indicator.decimals)} statt "
        f"{german.measured(own, indicator.decimals)}"
        for point, own in pairs
        if own
    )
    return f"{listed}. Der Status richtet sich für alle nach den gerundeten Werten."


SHOWN_ROUNDED = 4

DIRECTIONS = {
    "up": "Der Wert soll steigen.",
    "down": "Der Wert soll sinken.",
    "maintain": "Der Wert soll mindestens gehalten werden.",
    "band": "Der Wert soll in einem Bereich bleiben.",
    "none": "Es gibt keine gewünschte Richtung.",
}


def _delivery(number: int) -> str:
    found = archive.delivery(session.store(), number)
    return f"Nr. {number} vom {german.moment(found.at)}"


def _citation(snapshot: Snapshot, indicator: Indicator) -> str:
    day: date = local_day(snapshot.moment)
    return (
        f"{snapshot.catalogue.city.name}, Integrationsmonitoring, Kennzahl {indicator.code} „{indicator.title}“, "
        f"Stand {german.day(day)}, Datenstand {snapshot.version}, Katalog {snapshot.catalogue.version[:8]}."
    )


def _address(snapshot: Snapshot) -> str:
    """The address of this very view with the number of the data's state: it shows the same in five years."""
    fixed = address.noted() | {"stand": f"nr{snapshot.version}"}
    url = st.context.url or ""
    return f"{url.partition('?')[0]}?{html.query(fixed)}"


def matching(snapshot: Snapshot, word: str) -> list[Indicator]:
    """Indicators that hold every searched word in code, title, definition, goal, field, source or formula."""
    wanted = word.casefold().split()
    catalogue = snapshot.catalogue
    return [
        indicator
        for field in catalogue.fields
        for indicator in catalogue.indicators_of(field.code)
        if all(part in _searched(snapshot, indicator) for part in wanted)
    ]


def _searched(snapshot: Snapshot, indicator: Indicator) -> str:
    catalogue = snapshot.catalogue
    texts = (
        indicator.code,
        indicator.title,
        indicator.definition,
        indicator.source,
        catalogue.goal_title(indicator.goal),
        catalogue.field(indicator.field).title,
        catalogue.formula_in_words(indicator),
    )
    return " ".join(texts).casefold()


def definition(snapshot: Snapshot, indicator: Indicator) -> None:
    """The fact sheet in the catalogue: goal, all facts, baseline, targets, breaks, older definitions."""
    catalogue = snapshot.catalogue
    note = " (Beispiel)" if indicator.example_target else ""
    pairs = [
        ("Handlungsfeld", f"{indicator.field} {catalogue.field(indicator.field).title}"),
        ("Ziel", f"{indicator.goal} {catalogue.goal_title(indicator.goal)}"),
        ("Frühere Ziele", said(indicator.earlier_goals, "earlier_goals", catalogue) if indicator.earlier_goals else ""),
        ("Handlungsansätze", said(indicator.approaches, "approaches", catalogue) if indicator.approaches else ""),
        ("Art", indicator.kind.word),
        *sheet(snapshot, indicator),
        ("Turnus", indicator.frequency.word),
        ("Gliederung", german.enumeration([catalogue.dimensions[code].title for code in indicator.breakdowns])),
        (f"Ausgangswert{note}", _points(indicator, [indicator.baseline] if indicator.baseline else [])),
        (f"Zielwerte{note}", _points(indicator, indicator.targets)),
        ("Brüche", " ".join(f"{found.period.label}: {found.note}" for found in indicator.breaks)),
        ("Frühere Definitionen", " ".join(f"ab {v.valid_from.label}: {v.definition}" for v in indicator.versions)),
    ]
    html.template("facts", facts=[(term, text) for term, text in pairs if text])
    st.page_link("pages/indicator.py", label="Zum Verlauf", query_params={"kennzahl": indicator.code})


def _points(indicator: Indicator, points: Sequence[Point]) -> str:
    return "; ".join(
        f"{point.period.label}: {german.number(point.value, indicator.decimals, minus=german.TRUE_MINUS)}"
        for point in points
    )
