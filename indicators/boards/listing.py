"""A list as a table: its entries as they were valid at a moment."""

from collections.abc import Mapping
from datetime import datetime

from indicators.catalogue import Catalogue
from indicators.datasets.listed import EntryKey, Listed
from indicators.datasets.listed.fields import Content, Field
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
        **{one.title: [_cell(one, content.get(one.code)) for content in contents] for one in data_set.fields},
        "Meldende Stelle": [catalogue.reporter_name(key.reporter) for key in keys],
        "Zeitraum": [key.period.label for key in keys],
        "Lieferung": [str(valid[key].delivery) for key in keys],
    }
    return Figure(
        data_set.code,
        data_set.title,
        framed(columns),
        decimals={one.title: one.decimals for one in data_set.fields if one.is_number},
        moment=moment,
    )


def _cell(one: Field, value: str | float | None) -> Cell:
    """A number stays one, all else is as readers see it."""
    return one.text(value) if isinstance(value, str) else value
