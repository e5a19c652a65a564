"""Faults of the catalogue in words of the screen, at the fields of the form that they concern."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from indicators.attainment import METHODS
from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms.form import Form
from indicators.catalogue import (
    Cumulative,
    Fault,
    FieldKind,
    FigureKind,
    Frequency,
    GapMode,
    IndicatorKind,
)
from indicators.catalogue.editing import CODE, Place
from indicators.catalogue.schema import Protection, Role
from indicators.targets import Direction


def at_fields(form: Form, place: Place, faults: Sequence[Fault]) -> tuple[dict[str, str], list[str]]:
    """The faults by the field that they concern, and those that concern something else, in words of the screen."""
    known = {one.name for one in form.inputs} | {CODE}
    own: dict[str, str] = {}
    others: list[str] = []
    for fault in faults:
        head, _, rest = fault.field.partition(f"{place.label}.") if place.label else ("", "", fault.field)
        name = "" if head else re.split(r"[.\[]", rest)[0]
        if name in known:
            own[name] = f"{own[name]} {on_screen(fault)}" if name in own else on_screen(fault)
        else:
            others.append(on_screen(fault) if not head else f"{_elsewhere(fault)}{on_screen(fault)}")
    return own, others


def on_screen(fault: Fault) -> str:
    """The message in German words; the remedy where it does not speak of how files are written."""
    remedy = _BESIDE.sub("", fault.remedy)
    remedy = "" if _FOR_FILES.search(remedy) else remedy
    text = _BESIDE.sub("", _FILE.sub("", f"{fault.message} {remedy}"))
    text = _METHOD.sub(lambda found: f"{found[1]} „{METHODS[found[2]].title}“", text)
    said = _TERMS.get(fault.field.partition(".")[0], {})
    return _WORD.sub(lambda found: f"„{said.get(found[1]) or _ALL_TERMS[found[1]]}“", text).strip()


_FOR_FILES = re.compile(r"[a-z_]{3,}: |\b(true|false|null|yaml)\b|\.yaml|Zeile|Anführungszeichen|mit Punkt|\[")
_FILE = re.compile(r" \([^()]*\.yaml[^()]*\)")
_METHOD = re.compile(rf"(Methode|Verfahren) „?({'|'.join(METHODS)})“?")
_TERMS: Mapping[str, Mapping[str, str]] = {
    "base_figures": terms.BASE_FIGURE,
    "derived_figures": terms.DERIVED,
    "indicators": terms.INDICATOR,
    "reporters": terms.REPORTER,
    "dimensions": {**terms.DIMENSION, **terms.MEMBER},
    "units": terms.UNIT,
}
"""What fields are called, by the section that they belong to."""

_ENUMS: tuple[type[Enum], ...] = (
    FigureKind, Frequency, Cumulative, IndicatorKind, GapMode, Role, FieldKind, Protection, Direction,
)  # fmt: skip
_ALL_TERMS: Mapping[str, str] = {
    **{name: term for part in (*_TERMS.values(), terms.CITY, terms.FIELD, terms.PART) for name, term in part.items()},
    **{str(one.value): terms.plain_said(one) for values in _ENUMS for one in values},
    **{name: method.title for name, method in METHODS.items() if "_" in name},
    GapMode.RATIO.value: "Verhältnis",
    GapMode.DIFFERENCE.value: "Differenz",
    "mode": "Art des Abstands",
    "of": "Gruppe",
    "against": "Vergleichsgruppe",
    "breakdown": "Gruppe",
    "code": "Kürzel",
    "department": "Meldende Stellen",
}
_KNOWN = "|".join(sorted(_ALL_TERMS, key=len, reverse=True))
_BESIDE = re.compile(rf" \(({_KNOWN})(: [^()]*)?\)")
"""How files have what the sentence says in German anyway: „Bestand (kind: stock)“."""

_WORD = re.compile(rf"„?\b({_KNOWN})\b“?")


def _elsewhere(fault: Fault) -> str:
    parts = fault.field.split(".", 2)
    return f"{parts[1]}: " if len(parts) > 1 else ""
