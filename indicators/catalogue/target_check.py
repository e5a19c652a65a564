"""What `check` would say of targets that stand in no file, such as those that a body has agreed on."""

from collections.abc import Collection
from dataclasses import replace

from indicators.catalogue.catalogue import Catalogue
from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault
from indicators.catalogue.indicator import Indicator
from indicators.catalogue.reading import Source
from indicators.catalogue.target_lint import target_faults


class _Unwritten(Source):
    """In the place of a file: nothing stands anywhere."""

    def __init__(self) -> None:
        self.name, self.value, self.fault, self._root = "", None, None, None


def new_faults(catalogue: Catalogue, changed: Indicator, methods: Collection[str]) -> list[Fault]:
    """The faults that the indicator's targets have as `changed`, and do not have as the catalogue defines them."""
    before = {replace(fault, line=0) for fault in _faults(catalogue, catalogue.indicator(changed.code), methods)}
    found = [replace(fault, line=0) for fault in _faults(catalogue, changed, methods)]
    return [fault for fault in found if fault not in before]


def _faults(catalogue: Catalogue, indicator: Indicator, methods: Collection[str]) -> list[Fault]:
    nowhere = _Unwritten()
    draft = Draft(
        units={code: Entry(unit, nowhere, ()) for code, unit in catalogue.units.items()},
        dimensions={code: Entry(axis, nowhere, ()) for code, axis in catalogue.dimensions.items()},
    )
    return list(target_faults(draft, Entry(indicator, nowhere, ()), methods))
