"""Overview, fields and trends as Figures: what leaves the house."""

from collections.abc import Sequence
from dataclasses import replace

from indicators import german
from indicators.boards.caveats import rounding_legend
from indicators.boards.commented import noted
from indicators.boards.rows import indicator_row
from indicators.catalogue import ActionField, Indicator
from indicators.figures import Cell, Figure, as_of, framed, status_matrix, trend
from indicators.figures.theme import CHART_HEIGHT
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Breakdown, Measurement, Sign


def figures(snapshot: Snapshot) -> list[Figure]:
    """The overview as tables for export: statuses by field, and every indicator with value and status."""
    matrix = status_figure(snapshot, snapshot.catalogue.fields)
    return [
        matrix,
        list_figure(snapshot, "kennzahlen", "Alle Kennzahlen", snapshot.catalogue.kept_up),
    ]


def status_figure(snapshot: Snapshot, fields: Sequence[ActionField]) -> Figure:
    """How many indicators of each field have which status."""
    matrix = status_matrix(
        [
            (
                f"{field.code} {field.title}",
                [snapshot.status(indicator.code) for indicator in snapshot.catalogue.indicators_of(field.code)],
            )
            for field in fields
        ]
    )
    return replace(matrix, moment=snapshot.since, metadata=about(snapshot))


def trend_figure(
    snapshot: Snapshot,
    indicator: Indicator,
    shown: Sequence[Breakdown],
    areas: Sequence[Breakdown] = (),
    outlook: bool = False,
    height: float = CHART_HEIGHT,
) -> Figure:
    """The indicator over time with the facts that make it citable: state of the data and deliveries."""
    series = [snapshot.find(indicator.code, breakdown) for breakdown in shown]
    figure = trend(
        series,
        indicator,
        snapshot.catalogue,
        assessment=snapshot.assessment(indicator.code),
        comparison=[snapshot.find(indicator.code, breakdown) for breakdown in areas],
        show_outlook=outlook,
        height=height,
        noted=noted(snapshot, indicator),
    )
    numbers = sorted({point.delivery for part in series for point in part.points if point.delivery})
    facts = as_of(snapshot.since, [str(number) for number in numbers])
    published = snapshot.elsewhere.get(indicator.code, "") if areas else ""
    source = f"{figure.source}; Vergleich: {published}" if published else figure.source
    return replace(figure, source=source, moment=snapshot.since, metadata=(*figure.metadata, *facts))


def field_figure(snapshot: Snapshot, field: ActionField) -> Figure:
    """All indicators of a field with value, change and status."""
    found = snapshot.catalogue.indicators_of(field.code)
    return list_figure(snapshot, f"feld-{field.code}", f"{field.code} {field.title}", found)


VALUE, CHANGE, CHANGE_UNIT = "Letzter Wert", "gegenüber Vorjahr", "Einheit der Veränderung"


def list_figure(snapshot: Snapshot, key: str, title: str, indicators: tuple[Indicator, ...]) -> Figure:
    """Indicators as a table: value and change as numbers, each with its unit in a column of its own; status."""
    rows = [indicator_row(snapshot, indicator) for indicator in indicators]
    latest = [row.series.latest for row in rows]
    decimals = [row.indicator.decimals for row in rows]
    return Figure(
        key,
        title,
        framed(
            {
                "Kennzahl": [f"{row.indicator.code} {row.indicator.title}" for row in rows],
                VALUE: [_rounded(point, places) for point, places in zip(latest, decimals, strict=True)],
                "Einheit": [snapshot.catalogue.unit_of(row.indicator).title for row in rows],
                "Zeitraum": [row.period for row in rows],
                CHANGE: [row.difference for row in rows],
                CHANGE_UNIT: [row.change_unit for row in rows],
                "Status": [row.status.scale.word for row in rows],
                "Wort des Verfahrens": [row.status.own_word for row in rows],
                "Begründung": [row.reason for row in rows],
                "Quelle": [row.indicator.source for row in rows],
            }
        ),
        note=rounding_legend(snapshot, indicators),
        decimals={VALUE: max(decimals, default=0), CHANGE: max(decimals, default=0)},
        own_decimals={(row, column): places for row, places in enumerate(decimals) for column in (VALUE, CHANGE)},
        unit_columns={VALUE: "Einheit", CHANGE: CHANGE_UNIT},
        signed=frozenset((row, CHANGE) for row in range(len(rows))),
        limited=frozenset(
            (row, VALUE)
            for row, point in enumerate(latest)
            if point and point.value is not None and point.sign is Sign.LIMITED
        ),
        moment=snapshot.since,
        metadata=about(snapshot),
    )


def _rounded(point: Measurement | None, decimals: int) -> Cell:
    if point is None or point.value is None:
        return point.content if point else None
    return german.rounded(point.value, decimals)


def about(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """What the metadata sheet of a table says: city, version of data and definitions."""
    pairs = [
        ("Stadt", snapshot.catalogue.city.name),
        ("Datenstand", f"{german.moment(snapshot.since)} (Nr. {snapshot.version})" if snapshot.since else "leer"),
        ("Katalog", snapshot.catalogue.version),
    ]
    if caution := snapshot.catalogue.city.caution:
        pairs.append(("Hinweis", caution))
    return tuple(pairs)
