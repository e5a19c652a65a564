"""What stands beside an indicator's chart: finding, definition, formula, source, delivery, citation, link."""

from datetime import date

import streamlit as st

from indicators import boards, german
from indicators.attainment import explain
from indicators.catalogue import Indicator
from indicators.deliveries import archive, schedule
from indicators.model import Series
from indicators.moments import local_day
from indicators.provenance import Origin, origins
from indicators.snapshot import Judgement, Snapshot
from indicators.ui import render, session


def sentence(snapshot: Snapshot, judgement: Judgement) -> str:
    """What the chart shows, in one sentence with the status."""
    latest = judgement.series.latest
    if latest is None:
        return "Zu dieser Kennzahl gibt es noch keine Lieferung."
    return explain(judgement.assessment, decimals=judgement.indicator.decimals, unit=_symbol(snapshot, judgement))


def rule_title(judgement: Judgement) -> str:
    """Heading of a target's arithmetic."""
    title = judgement.definition.title or "So kommt der Status zustande"
    return f"{title} (Beispielziel)" if judgement.indicator.example_target and judgement.rule.target else title


def beside(snapshot: Snapshot, indicator: Indicator) -> None:
    """The fact sheet as a list of terms."""
    render.template("facts", facts=sheet(snapshot, indicator))
    st.caption("Link zu dieser Ansicht")
    st.code(_address(), language=None, wrap_lines=True)


def sheet(snapshot: Snapshot, indicator: Indicator) -> list[tuple[str, str]]:
    """Terms and texts about an indicator; those that do not apply are left out."""
    catalogue = snapshot.catalogue
    latest = snapshot.headline(indicator.code).latest
    bases = [catalogue.base_figure(name) for name in indicator.expression.names]
    reporters = list(dict.fromkeys(catalogue.reporters[code].name for figure in bases for code in figure.reporters))
    period, due = schedule.next_due(bases[0], local_day(session.now()))
    pairs = [
        ("Definition", indicator.definition),
        ("Formel", catalogue.formula_in_words(indicator)),
        ("Einheit", catalogue.unit_of(indicator).title),
        ("Gewünscht", DIRECTIONS[indicator.direction.value]),
        ("Quelle", indicator.source),
        ("Meldende Stelle", german.enumeration(reporters)),
        ("Lieferung", _delivery(latest.delivery) if latest and latest.delivery else "noch keine Lieferung"),
        ("Nächste Lieferung", f"{period.label}, fällig am {german.day(due)}"),
        ("Zitierweise", _citation(snapshot, indicator)),
    ]
    return [(term, text) for term, text in pairs if text]


DIRECTIONS = {
    "up": "Der Wert soll steigen.",
    "down": "Der Wert soll sinken.",
    "maintain": "Der Wert soll mindestens gehalten werden.",
    "band": "Der Wert soll in einem Bereich bleiben.",
    "none": "Es gibt keine gewünschte Richtung.",
}


def origin(snapshot: Snapshot, indicator: Indicator) -> None:
    """The cells that the latest value rests on, with their deliveries."""
    series = snapshot.headline(indicator.code)
    if series.latest is None:
        return
    st.header("Woher die Zahl kommt")
    found = origins(
        session.store(), snapshot.catalogue, indicator, series.breakdown, series.latest.period, snapshot.moment
    )
    render.template("origin", rows=[_origin_row(snapshot, item) for item in found], period=series.latest.period.label)


def _origin_row(snapshot: Snapshot, found: Origin) -> dict[str, str]:
    figure = snapshot.catalogue.base_figure(found.base_figure)
    number = found.measurement.delivery or 0
    return {
        "figure": figure.title,
        "reporter": snapshot.catalogue.reporters[found.reporter].name,
        "period": found.measurement.period.label,
        "value": german.measured(found.measurement, snapshot.catalogue.unit_of(figure).decimals),
        "delivery": str(number),
        "file": archive.delivery(session.store(), number).file_name,
        "sheet": found.place.sheet,
        "cell": found.place.cell,
    }


def _symbol(snapshot: Snapshot, judgement: Judgement) -> str:
    unit = snapshot.catalogue.unit_of(judgement.indicator)
    return "Prozentpunkte" if judgement.definition.gap and unit.percentage else unit.symbol


def _delivery(number: int) -> str:
    found = archive.delivery(session.store(), number)
    return f"Nr. {number} vom {german.moment(found.at)}"


def _citation(snapshot: Snapshot, indicator: Indicator) -> str:
    day: date = local_day(snapshot.moment)
    return (
        f"{snapshot.catalogue.city.name}, Integrationsmonitoring, Kennzahl {indicator.code} „{indicator.title}“, "
        f"Stand {german.day(day)}, Datenstand {snapshot.version}, Katalog {snapshot.catalogue.version[:8]}."
    )


def _address() -> str:
    """The address of this very view, with the day's date in place of „heute“: it shows the same in five years."""
    fixed = dict(st.query_params)
    if fixed.get("stand", "heute") == "heute":
        fixed["stand"] = local_day(session.now()).isoformat()
    url = st.context.url or ""
    return f"{url.partition('?')[0]}?{render.query(fixed)}"


