"""What a delivery changes of what is valid: corrections and what vanishes, each with a reason to be given."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS, AnyDataSet
from indicators.datasets.preview import Change, Preview, PreviewRow
from indicators.model import Finding, Place, Severity

NAMED = 3
"""So many of the values are named in the question; all of them stand in the preview."""


def corrections(preview: Preview, catalogue: Catalogue, explained: Collection[Place]) -> Iterator[Finding]:
    """One warning for each subject and kind of change. What a warning at its own cell asks is not asked twice.

    Not every change is a correction: the data set says which are.
    """
    data_set = DATA_SETS[preview.data_set]
    groups: dict[tuple[Change, str, str], list[PreviewRow]] = defaultdict(list)
    for row in preview.rows:
        corrects = row.change is Change.CHANGED and data_set.corrects(row.before, row.after)
        if row.change is Change.VANISHED or (corrects and row.place not in explained):
            groups[row.change, row.key.slice.subject, row.key.slice.reporter].append(row)
    for (change, subject, reporter), rows in groups.items():
        head = f"„{data_set.subject_name(catalogue, subject)}“ ({catalogue.reporter_name(reporter)})"
        single = len(rows) == 1
        count = f"1 gespeicherter {data_set.one}" if single else f"{len(rows)} gespeicherte {data_set.many}"
        named = "; ".join(_named(row, data_set, catalogue) for row in islice(rows, NAMED))
        more = " …" if len(rows) > NAMED else ""
        vanishes = change is Change.VANISHED
        verb = ("entfällt", "entfallen") if vanishes else ("ändert sich", "ändern sich")
        yield Finding(
            "vanishing-values" if vanishes else "corrected-values",
            Severity.WARNING,
            f"{head}: {count} {verb[0] if single else verb[1]}: {named}{more}.",
            "Bitte prüfen und den Grund nennen; er wird gespeichert und gezeigt.",
            Place(rows[0].place.sheet) if vanishes else rows[0].place,
        )


def _named(row: PreviewRow, data_set: AnyDataSet, catalogue: Catalogue) -> str:
    what = f"{data_set.row_name(catalogue, row.key)}, {row.key.slice.period.short_label}"
    before, after = data_set.texts(catalogue, row)
    return f"{what}: {after} statt {before}" if row.after is not None else f"{what}: {before}"
