"""A checked upload held against the rights of whoever brings it."""

from collections.abc import Collection
from dataclasses import replace

from indicators import german
from indicators.datasets import DATA_SETS
from indicators.deliveries.findings import for_the_office, foreign_reporter
from indicators.deliveries.staging import Staged


def bound_to(staged: Staged, reporters: Collection[str], *, office: bool = True) -> Staged:
    """The same, unless it is a delivery of someone for whom the person may not deliver.

    Then nothing is left of it but that: findings and preview would tell what the other has delivered before. A file
    that names no one at all covers nothing, and keeps the finding that says what it is. What the data set reserves to
    the office stands in the way of everyone else.
    """
    if staged.reading is None:
        return staged
    if others := staged.reading.reporters - {"", *reporters}:
        own = german.enumeration(sorted(reporters)) or "–"
        foreign = foreign_reporter(staged.reading.reporter, own)
        if staged.reading.reporter in reporters:
            foreign = replace(foreign, message=f"Die Datei ändert Angaben von {min(others)}. Sie liefern für {own}.")
        return Staged(staged.upload, (foreign,))
    if not office and DATA_SETS[staged.reading.data_set].office_only:
        return Staged(staged.upload, (for_the_office(DATA_SETS[staged.reading.data_set].title),))
    if office or staged.preview is None:
        return staged
    findings = (*staged.findings, *DATA_SETS[staged.reading.data_set].reserved(staged.preview))
    return replace(staged, findings=findings, reading=replace(staged.reading, findings=findings))
