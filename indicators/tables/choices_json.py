"""Decisions about a table as JSON: what is kept with a confirmed layout, and while a workbook still waits."""

from collections.abc import Mapping
from typing import Any

from indicators.model import Sign
from indicators.periods import Period
from indicators.tables.crosstab.doubts import restored
from indicators.tables.decisions import Choices, YearRule
from indicators.tables.meanings import Meaning


def choices_to_json(choices: Choices) -> dict[str, Any]:
    return {
        "take": choices.take,
        "base_figure": choices.base_figure,
        "meanings": {key: meaning.stored for key, meaning in choices.meanings.items()},
        "unit_meanings": {key: meaning.stored for key, meaning in choices.units.items()},
        "doubts": dict(choices.doubts),
        "year_rule": choices.year_rule.value,
        "signs": {key: sign.value if sign else "" for key, sign in choices.signs.items()},
        "period": str(choices.period or ""),
        "doubted_periods": {key: str(period) for key, period in choices.periods.items()},
    }


def choices_of(raw: Mapping[str, Any]) -> Choices:
    """Also from what was kept before there were periods and signs to decide."""
    return Choices(
        raw["take"],
        raw["base_figure"],
        {key: Meaning.restored(meaning) for key, meaning in raw.get("meanings", {}).items()},
        {key: Meaning.restored(meaning) for key, meaning in raw["unit_meanings"].items()},
        restored(raw["doubts"]),
        Period.parse(raw["period"]) if raw.get("period") else None,
        YearRule(raw["year_rule"]),
        {key: Period.parse(period) for key, period in raw.get("doubted_periods", {}).items()},
        {key: Sign(sign) if sign else None for key, sign in raw.get("signs", {}).items()},
    )
