"""What is wrong in the definitions, said so that the office can mend it: file, line, field, message, remedy."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from indicators.errors import MonitoringError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a definition file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, Zeile {self.line}" if self.line else self.file
        field = f", {self.field}" if self.field else ""
        return f"{where}{field}: {self.message} {self.remedy}".rstrip()


class CatalogueError(MonitoringError):
    """The definitions cannot be used; `faults` holds every fault of every file, in order of file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        head = "1 Fehler" if len(self.faults) == 1 else f"{len(self.faults)} Fehler"
        super().__init__("\n".join([f"Die Definitionen haben {head}:", *map(str, self.faults)]))


_OF_TYPE = {
    "missing": ("Diese Angabe fehlt.", "Bitte ergänzen: {name}: …"),
    "extra_forbidden": (
        "Diese Angabe ist nicht bekannt.",
        "Schreibweise prüfen oder die Zeile streichen; alle Angaben stehen in der Anleitung.",
    ),
    "string_type": ("Hier gehört ein Text hin, gefunden: {found}.", "Den Wert in Anführungszeichen setzen."),
    "int": ("Hier gehört eine ganze Zahl hin, gefunden: {found}.", "Nur Ziffern schreiben, zum Beispiel 5."),
    "float": ("Hier gehört eine Zahl hin, gefunden: {found}.", "Zahlen hier mit Punkt schreiben, zum Beispiel 36.5."),
    "finite_number": ("Hier gehört eine endliche Zahl hin, gefunden: {found}.", "Eine gewöhnliche Zahl schreiben."),
    "bool": ("Hier gehört true oder false hin, gefunden: {found}.", "true für ja, false für nein schreiben."),
    "list": ("Hier gehört eine Liste hin, gefunden: {found}.", "Eine Liste schreiben: [eins, zwei] oder mit „- “."),
    "model": ("Hier gehören mehrere Angaben hin, gefunden: {found}.", "Angaben als „name: wert“ einrücken."),
    "choice": ("{found} ist hier nicht vorgesehen.", "Erlaubt sind: {expected}."),
    "string_pattern_mismatch": (
        "{found} ist als Kürzel nicht zulässig.",
        "Kleinbuchstaben, Ziffern und Unterstriche verwenden, zum Beispiel kinder_u3.",
    ),
    "string_too_short": ("Diese Angabe ist leer.", "Bitte ausfüllen: {name}: …"),
    "too_short": ("Diese Liste ist leer.", "Mindestens einen Eintrag ergänzen."),
    "greater_than_equal": ("{found} ist zu klein.", "Erlaubt ist {limit} oder mehr."),
    "less_than_equal": ("{found} ist zu groß.", "Erlaubt ist höchstens {limit}."),
}
_SAME = {
    "int_type": "int", "int_parsing": "int", "int_from_float": "int",
    "float_type": "float", "float_parsing": "float",
    "bool_type": "bool", "bool_parsing": "bool",
    "tuple_type": "list", "list_type": "list",
    "model_type": "model", "model_attributes_type": "model", "dict_type": "model",
    "enum": "choice", "literal_error": "choice",
}  # fmt: skip
_LIMITS = ("ge", "le")


def in_german(error: dict[str, Any], name: str) -> tuple[str, str]:
    """Message and remedy for one of pydantic's errors at the field `name`.

    Our own validators raise ValueError with German text, the remedy behind " → ".
    """
    if error["type"] == "value_error":
        message, _, remedy = str(error["ctx"]["error"]).partition(" → ")
        return message, remedy or "Die Angabe berichtigen."
    if error["type"] == "extra_forbidden" and error.get("input") is None:
        return f"„{name}“ ist keine Angabe.", "Texte mit Komma oder Doppelpunkt in Anführungszeichen setzen."
    message, remedy = _OF_TYPE.get(
        _SAME.get(error["type"], error["type"]),
        ("{found} passt hier nicht.", "Die Angabe mit einem gültigen Eintrag vergleichen."),
    )
    context = error.get("ctx", {})
    words = {
        "name": name,
        "found": shown(error.get("input")),
        "expected": re.sub(r" or ", ", ", str(context.get("expected", ""))).replace("'", ""),
        "limit": next((context[limit] for limit in _LIMITS if limit in context), ""),
    }
    return message.format(**words), remedy.format(**words)


def shown(found: object) -> str:
    """A found value as a reader sees it in a message, cut to a readable length."""
    if found is None:
        return "nichts"
    if isinstance(found, dict | list):
        return "eine Aufzählung" if isinstance(found, list) else "mehrere Angaben"
    text = str(found)
    return f"„{text if len(text) <= 60 else text[:59] + '…'}“"


def did_you_mean(code: str, known: Iterable[str]) -> str:
    """The remedy for an unknown code: the likeliest one, or where codes come from."""
    near = get_close_matches(code, list(known), n=1, cutoff=0.7)
    return f"Meinten Sie „{near[0]}“?" if near else "Schreibweise prüfen oder den Eintrag ergänzen."
