"""A list as a table: its entries as they were valid at a moment."""

from collections.abc import Mapping
from datetime import datetime

from indicators.catalogue import Catalogue
from indicators.datasets.listed import EntryKey, FieldKind, Listed
from indicators.datasets.listed.entries import Content
from indicators.datasets.preview import Kept
from indicators.figures.figure import Cell, Figure, framed


def listing(
    data_set: Listed, catalogue: Catalogue, valid: Mapping[EntryKey, Kept[Content]], moment: datetime
) -> Figure:
    """One row for each entry, by reporter, period and name; a field that was left empty is empty."""
    keys = sorted(valid)
    contents = [dict(valid[key].content) for key in keys]
    columns: dict[str, list[Cell]] = {
        data_set.name_title: [key.name for key in keys],
        **{one.title: [content.get(one.code) for content in contents] for one in data_set.fields},
        "Meldende Stelle": [catalogue.reporter_name(key.reporter) for key in keys],
        "Zeitraum": [key.period.label for key in keys],
        "Lieferung": [str(valid[key].delivery) for key in keys],
    }
    return Figure(
        data_set.code,
        data_set.title,
        framed(columns),
        decimals={one.title: one.decimals for one in data_set.fields if one.kind is FieldKind.NUMBER},
        moment=moment,
    )
