"""What the definitions are called on the screen: a German term for every field, and its value as a reader sees it."""

from collections.abc import Mapping
from enum import Enum
from functools import singledispatch

from indicators import german
from indicators.attainment import METHODS
from indicators.catalogue import (
    Break,
    Catalogue,
    DefinitionVersion,
    EarlierGoal,
    FieldKind,
    Formula,
    FormulaError,
    Gap,
    GapMode,
    RuleDefinition,
    Wording,
)
from indicators.catalogue.schema import Protection, Role
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.targets import Direction, Point

NOTHING = "keine Angabe"

INDICATOR: Mapping[str, str] = {
    "title": "Titel",
    "goal": "Ziel, zu dem sie gehört",
    "earlier_goals": "Frühere Ziele",
    "approaches": "Handlungsansätze",
    "kind": "Art der Kennzahl",
    "definition": "Definition",
    "relevance": "Relevanz",
    "delimitation": "Abgrenzung",
    "method_notes": "Methodische Hinweise",
    "source": "Quelle",
    "formula": "Formel",
    "unit": "Einheit",
    "decimals": "Nachkommastellen",
    "direction": "Gewünschte Richtung",
    "frequency": "Häufigkeit",
    "cumulative": "Zählweise",
    "breakdowns": "Gliederungen",
    "headline": "Gruppe, für die der Status gilt",
    "method": "Verfahren",
    "baseline": "Ausgangswert",
    "targets": "Ziel und Zwischenziele",
    "tolerance": "Toleranz",
    "low": "Untergrenze",
    "high": "Obergrenze",
    "yearly": "Ziel gilt in jedem Jahr neu",
    "below_one_percent": "Werte unter 1 % sind so gemeint",
    "gap": "Abstand zweier Gruppen",
    "further_rules": "Weitere Ziele",
    "breaks": "Brüche",
    "chained": "Über Brüche hinweg eine Reihe",
    "versions": "Frühere Definitionen",
    "example_target": "Ziel ist nur ein Beispiel",
    "formerly": "Frühere Kürzel",
    "compare": "Wird verglichen mit",
    "retired": "Wird nicht mehr geführt",
}
BASE_FIGURE: Mapping[str, str] = {
    "title": "Titel",
    "unit": "Einheit",
    "kind": "Zählweise",
    "frequency": "Häufigkeit",
    "reference": "Stichtag",
    "reporters": "Meldende Stellen",
    "dimensions": "Merkmale",
    "breakdowns": "Gliederungen in der Vorlage",
    "suppress_below": "Schwellenwert für kleine Zahlen",
    "show_zero": "Null wird gezeigt",
    "protect": "Schutz kleiner Zahlen",
    "base": "Gerundet auf Vielfache von",
    "family": "Blatt der Vorlage",
    "due_days": "Lieferfrist in Tagen nach Ende des Zeitraums",
    "tolerance_change": "Rückfrage ab einer Veränderung von … Prozent",
    "minimum": "Kleinster zulässiger Wert",
    "rounded_to": "Von der Quelle gerundet auf",
    "definition": "Definition",
    "source": "Quelle",
    "published": "Veröffentlicht als",
    "formerly": "Frühere Kürzel",
    "required": "Lieferung wird erwartet",
}
LASTING: Mapping[str, str] = {"follows": "Nachfolge von", "valid_from": "Gilt ab", "valid_to": "Gilt bis"}
REPORTER: Mapping[str, str] = {"name": "Name", "kind": "Art", "contact": "Ansprechperson", "email": "E-Mail", **LASTING}
MEMBER: Mapping[str, str] = {
    "title": "Bezeichnung",
    "synonyms": "Andere Schreibweisen",
    "sums_to_total": "Zählt zur Summe",
    "ages": "Alter von … bis unter …",
    **LASTING,
}
DIMENSION: Mapping[str, str] = {
    "title": "Bezeichnung",
    "complete": "Ergibt zusammen das Ganze",
    "role": "Bedeutung",
    "members": "Ausprägungen",
}
FIELD: Mapping[str, str] = {"title": "Titel", "lead": "Federführung", "kind": "Art", "text": "Text des Konzepts"}
PART: Mapping[str, str] = {
    "title": "Wortlaut",
    "text": "Text des Konzepts",
    "earlier": "Frühere Fassungen",
    **LASTING,
}
UNIT: Mapping[str, str] = {
    "title": "Bezeichnung",
    "symbol": "Zeichen",
    "decimals": "Nachkommastellen",
    "percentage": "Ist ein Prozentwert",
    "ratio": "Ist ein Verhältnis",
}
DERIVED: Mapping[str, str] = {"title": "Titel", "formula": "Formel"}
CITY: Mapping[str, str] = {
    "name": "Name der Stadt",
    "area_code": "Gemeindeschlüssel",
    "comparison_areas": "Vergleichsgebiete",
    "sample": "Ist ein Beispiel",
    "invented": "Zahlen sind erfunden",
    "note": "Hinweis",
    "meetings": "Sitzungen",
}
DIRECTIONS = {one: one.word for one in Direction}
PROTECTIONS = {Protection.HIDE: "Sperren", Protection.ROUND: "Runden"}
ROLES = {
    Role.COMPARISON: "andere Gebiete zum Vergleich",
    Role.DISTRICT: "Stadtteile",
    Role.AGE: "Alter",
    Role.ORIGIN: "Herkunft",
    Role.SEX: "Geschlecht",
    Role.OTHER: "anderes",
}
FIELD_KINDS = {FieldKind.FIELD: "Handlungsfeld", FieldKind.OVERARCHING: "übergreifend"}
_WORDS: Mapping[Enum, str] = dict([*DIRECTIONS.items(), *PROTECTIONS.items(), *ROLES.items(), *FIELD_KINDS.items()])


def said(value: object, term: str, catalogue: Catalogue) -> str:
    """A field's value in German, with the titles of what it names."""
    if value is None or value == "" or value == ():
        return NOTHING
    if term == "formula":
        return formula_said(str(value), catalogue)
    if isinstance(value, Breakdown):
        return catalogue.name_of(value)
    if isinstance(value, Gap):
        return _gap_said(value, catalogue)
    if isinstance(value, tuple):
        return "; ".join(said(one, term, catalogue) for one in value) or "Insgesamt"
    if isinstance(value, str) and not isinstance(value, Enum):
        return _named(value, term, catalogue)
    return plain_said(value)


def formula_said(text: str, catalogue: Catalogue) -> str:
    """The formula with the titles of its base figures; as it was typed where it cannot be read."""
    try:
        return Formula.parse(text).in_words(lambda code: f"„{catalogue.figure_name(code)}“")
    except FormulaError:
        return text


@singledispatch
def plain_said(value: object) -> str:
    """A value that names nothing else of the definitions."""
    return str(value)


@plain_said.register
def _(value: bool) -> str:
    return "ja" if value else "nein"


@plain_said.register
def _(value: float | int) -> str:
    return german.number(value, len(f"{value:f}".rstrip("0").partition(".")[2]))


@plain_said.register
def _(value: Enum) -> str:
    return _WORDS.get(value) or str(getattr(value, "word", value.value))


@plain_said.register
def _(value: Period) -> str:
    return value.short_label


@plain_said.register
def _(value: Point) -> str:
    return f"{value.period.short_label}: {plain_said(value.value)}"


@plain_said.register
def _(value: Break) -> str:
    return f"ab {value.period.short_label}: {value.note}"


@plain_said.register
def _(value: DefinitionVersion) -> str:
    return f"ab {value.valid_from.short_label}: {value.definition}"


@plain_said.register
def _(value: EarlierGoal) -> str:
    return f"bis {value.valid_to.short_label}: {value.goal}"


@plain_said.register
def _(value: Wording) -> str:
    text = f" ({value.text})" if value.text else ""
    return f"bis {value.valid_to.short_label}: {value.title}{text}"


@plain_said.register
def _(value: RuleDefinition) -> str:
    points = ", ".join(plain_said(point) for point in value.targets)
    return f"{value.title or 'Ziel'}: {METHODS[value.method].title}{f', {points}' if points else ''}"


def _gap_said(gap: Gap, catalogue: Catalogue) -> str:
    how = "Verhältnis" if gap.mode is GapMode.RATIO else "Differenz"
    one, other = (
        catalogue.name_of(Breakdown.of(**({gap.dimension: code} if code else {}))) for code in (gap.of, gap.against)
    )
    return f"{how} von {one} und {other}"


def _named(value: str, term: str, catalogue: Catalogue) -> str:
    """The title of what a code names; the text itself where it names nothing."""
    if term == "unit" and value in catalogue.units:
        return catalogue.units[value].title
    if term == "reporters":
        return catalogue.reporter_name(value)
    if term in ("breakdowns", "dimensions") and value in catalogue.dimensions:
        return catalogue.dimensions[value].title
    if term == "method" and value in METHODS:
        return METHODS[value].title
    if term == "goal":
        return f"{value} {dict(goals(catalogue)).get(value, '')}".rstrip()
    if term == "approaches":
        return f"{value} {catalogue.approaches.get(value, '')}".rstrip()
    return value


def goals(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Code and title of every goal, in the order of the fields."""
    found = []
    for field in catalogue.fields:
        for guiding in field.guiding_goals:
            found += [(guiding.code, guiding.title), *((goal.code, goal.title) for goal in guiding.sub_goals)]
    return found
