"""What a delivery changes of what is valid: corrections and what vanishes, each with a reason to be given."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from indicators import german
from indicators.catalogue import Catalogue
from indicators.deliveries.preview import Change, Preview, PreviewRow
from indicators.model import Finding, Measurement, Observation, Place, Severity, Sign

NAMED = 3
"""So many of the values are named in the question; all of them stand in the preview."""


def corrections(preview: Preview, catalogue: Catalogue, explained: Collection[Place]) -> Iterator[Finding]:
    """One warning for each base figure and kind of change. What a warning at its own cell asks is not asked twice.

    A value in the place of „folgt später“ is no correction, nor is the end of „vorläufig“ over the same value.
    """
    groups: dict[tuple[Change, str, str], list[PreviewRow]] = defaultdict(list)
    for row in preview.rows:
        if row.change is Change.VANISHED or (_corrects(row) and row.place not in explained):
            groups[row.change, row.key.base_figure, row.key.reporter].append(row)
    for (change, figure, reporter), rows in groups.items():
        head = f"„{catalogue.figure_name(figure)}“ ({catalogue.reporter_name(reporter)})"
        count = "1 gespeicherter Wert" if len(rows) == 1 else f"{len(rows)} gespeicherte Werte"
        named = "; ".join(_named(row, catalogue) for row in islice(rows, NAMED))
        more = " …" if len(rows) > NAMED else ""
        vanishes = change is Change.VANISHED
        verb = (
            ("entfällt" if vanishes else "ändert sich")
            if len(rows) == 1
            else "entfallen"
            if vanishes
            else "ändern sich"
        )
        yield Finding(
            "vanishing-values" if vanishes else "corrected-values",
            Severity.WARNING,
            f"{head}: {count} {verb}: {named}{more}.",
            "Bitte prüfen und den Grund nennen; er wird gespeichert und gezeigt.",
            Place(rows[0].place.sheet) if vanishes else rows[0].place,
        )


def _corrects(row: PreviewRow) -> bool:
    before, after = row.before, row.after
    if row.change is not Change.CHANGED or before is None or after is None or before.sign is Sign.LATER:
        return False
    return (before.value, before.sign) != (after.value, after.sign)


def _named(row: PreviewRow, catalogue: Catalogue) -> str:
    def text(point: Measurement | None) -> str:
        return german.measured(point, catalogue.decimals_of(row.key.base_figure)) if point else ""

    what = f"{catalogue.name_of(row.key.breakdown)}, {row.key.period.short_label}"
    return f"{what}: {text(row.before)}" if row.after is None else f"{what}: {text(row.after)} statt {text(row.before)}"


def carried(preview: Preview) -> Iterator[Observation]:
    """What would vanish, as this delivery would carry it on; its place says which delivery it came from."""
    for row in preview.rows:
        if row.change is Change.VANISHED and row.before is not None:
            point, key = row.before, row.key
            place = Place(f"aus Lieferung {point.delivery}: {row.place.sheet}", row.place.cell)
            yield Observation(
                key.base_figure, key.reporter, key.period, key.breakdown, point.value, point.sign, point.flags, place
            )
