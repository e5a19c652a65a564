"""Faults of the catalogue in words of the screen, at the fields of the form that they concern."""

import re
from collections.abc import Sequence

from indicators.attainment import METHODS
from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms.form import Form
from indicators.catalogue import Fault
from indicators.catalogue.editing import CODE, Place


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
    """The message with German terms; the remedy where it does not speak of how files are written."""
    remedy = "" if _FOR_FILES.search(fault.remedy) else fault.remedy
    text = _FILE.sub("", f"{fault.message} {remedy}")
    text = _METHODS.sub(lambda found: f"„{METHODS[found[0]].title}“", text)
    return _QUOTED.sub(lambda found: f"„{_ALL_TERMS.get(found[1], found[1])}“", text).strip()


_FOR_FILES = re.compile(r"[a-z_]{3,}: |\b(true|false|null|yaml)\b|\.yaml|Zeile|Anführungszeichen|mit Punkt|\[")
_FILE = re.compile(r" \([^()]*\.yaml[^()]*\)")
_METHODS = re.compile(rf"\b({'|'.join(METHODS)})\b")
_QUOTED = re.compile(r"„([a-z_]+)“")
_ALL_TERMS = {**terms.BASE_FIGURE, **terms.INDICATOR}


def _elsewhere(fault: Fault) -> str:
    parts = fault.field.split(".", 2)
    return f"{parts[1]}: " if len(parts) > 1 else ""
