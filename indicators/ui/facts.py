"""What stands beside an indicator's chart: finding, definition, formula, source, delivery, citation, link."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators import boards, figures, german
from indicators.attainment import explain
from indicators.catalogue import Indicator
from indicators.deliveries import archive, schedule
from indicators.figures import Figure
from indicators.moments import local_day
from indicators.provenance import Origin, origins
from indicators.snapshot import Judgement, Snapshot
from indicators.targets import Point
from indicators.ui import render, session, show


def sentence(snapshot: Snapshot, indicator: Indicator) -> str:
    """What the chart shows, in one sentence with the status."""
    latest = snapshot.headline(indicator.code).latest
    if latest is None:
        return "Zu dieser Kennzahl gibt es noch keine Lieferung."
    judgements = snapshot.judgements[indicator.code]
    if not judgements:
        value = boards.shown(snapshot.catalogue, indicator, latest)
        return f"{latest.period.label}: {value}. Die Kennzahl beschreibt die Rahmenbedingungen; ein Ziel gibt es nicht."
    unit = symbol(snapshot, judgements[0])
    return explain(judgements[0].assessment, lambda value: german.with_unit(value, indicator.decimals, unit))


def rule_title(judgement: Judgement) -> str:
    """Heading of a target's arithmetic."""
    title = judgement.definition.title or "So kommt der Status zustande"
    return f"{title} (Beispielziel)" if judgement.indicator.example_target and judgement.rule.target else title


def beside(snapshot: Snapshot, indicator: Indicator) -> None:
    """The fact sheet as a list of terms."""
    render.template("facts", facts=sheet(snapshot, indicator))


def citation(snapshot: Snapshot, indicator: Indicator) -> None:
    """How to cite the figure, and the address that shows this very view again."""
    render.template("facts", facts=[("Zitierweise", _citation(snapshot, indicator)), ("Link zu dieser Ansicht", "")])
    st.code(_address(snapshot), language=None, wrap_lines=True)


def sheet(snapshot: Snapshot, indicator: Indicator) -> list[tuple[str, str]]:
    """Terms and texts about an indicator; those that do not apply are left out."""
    catalogue = snapshot.catalogue
    latest = snapshot.headline(indicator.code).latest
    bases = [catalogue.base_figure(name) for name in indicator.expression.names]
    reporters = list(dict.fromkeys(catalogue.reporters[code].name for figure in bases for code in figure.reporters))
    upcoming = schedule.upcoming(session.store(), bases, snapshot.moment, local_day(session.now()))
    pairs = [
        ("Definition", indicator.definition),
        ("Formel", catalogue.formula_in_words(indicator)),
        ("Einheit", catalogue.unit_of(indicator).title),
        ("Gewünscht", DIRECTIONS[indicator.direction.value]),
        ("Quelle", indicator.source),
        ("Meldende Stelle", german.enumeration(reporters)),
        ("Lieferung", _delivery(latest.delivery) if latest and latest.delivery else "noch keine Lieferung"),
        ("Nächste Lieferung", upcoming),
    ]
    return [(term, text) for term, text in pairs if text]


DIRECTIONS = {
    "up": "Der Wert soll steigen.",
    "down": "Der Wert soll sinken.",
    "maintain": "Der Wert soll mindestens gehalten werden.",
    "band": "Der Wert soll in einem Bereich bleiben.",
    "none": "Es gibt keine gewünschte Richtung.",
}


def arithmetic(judgement: Judgement) -> Figure:
    """The steps of a status, each with the deliveries that its numbers came with."""
    deliveries = {point.period: point.delivery for point in judgement.series.points if point.delivery}
    return figures.arithmetic(judgement.assessment, judgement.indicator, deliveries)


def outlook(snapshot: Snapshot, indicator: Indicator) -> None:
    """Pace and forecast of the indicator's first target, where there are enough values."""
    for judgement in snapshot.judgements[indicator.code][:1]:
        unit = symbol(snapshot, judgement)
        found = figures.outlook(judgement.assessment, indicator, "Prozentpunkte" if unit == "%" else unit)
        if found:
            st.header(found.title)
            show.show(found, heading=False, source=False)


def meetings(snapshot: Snapshot, indicator: Indicator) -> None:
    """The status at the past meetings, as it was known then."""
    if found := session.past_statuses(snapshot, indicator):
        st.header("Status in den Sitzungen")
        show.show(figures.past(found, indicator), heading=False, source=False)


def origin(snapshot: Snapshot, indicator: Indicator) -> None:
    """The cells that the values in the arithmetic rest on, with their deliveries, latest period first."""
    series = snapshot.headline(indicator.code)
    if series.latest is None:
        return
    assessment = snapshot.assessment(indicator.code)
    used = {period for step in assessment.steps for period in step.periods} if assessment else set()
    st.header("Woher die Zahlen kommen")
    rows = [
        _origin_row(snapshot, item)
        for period in sorted({*used, series.latest.period}, reverse=True)
        for item in origins(session.store(), snapshot.catalogue, indicator, series.breakdown, period, snapshot.moment)
    ]
    render.template("origin", rows=rows)


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


def symbol(snapshot: Snapshot, judgement: Judgement) -> str:
    """The symbol behind the judged numbers; a gap between percentages is in percentage points."""
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


def _address(snapshot: Snapshot) -> str:
    """The address of this very view with the number of the data's state: it shows the same in five years."""
    fixed = dict(st.query_params) | {"stand": f"nr{snapshot.version}"}
    url = st.context.url or ""
    return f"{url.partition('?')[0]}?{render.query(fixed)}"


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
        ("Art", indicator.kind.word),
        *sheet(snapshot, indicator),
        ("Turnus", indicator.frequency.word),
        ("Gliederung", german.enumeration([catalogue.dimensions[code].title for code in indicator.breakdowns])),
        (f"Ausgangswert{note}", _points(indicator, [indicator.baseline] if indicator.baseline else [])),
        (f"Zielwerte{note}", _points(indicator, indicator.targets)),
        ("Brüche", " ".join(f"{found.period.label}: {found.note}" for found in indicator.breaks)),
        ("Frühere Definitionen", " ".join(f"ab {v.valid_from.label}: {v.definition}" for v in indicator.versions)),
    ]
    render.template("facts", facts=[(term, text) for term, text in pairs if text])
    st.page_link("pages/indicator.py", label="Zum Verlauf", query_params={"kennzahl": indicator.code})


def _points(indicator: Indicator, points: Sequence[Point]) -> str:
    return "; ".join(f"{point.period.label}: {german.number(point.value, indicator.decimals)}" for point in points)
