"""The forms in which definitions are changed: which fields each kind has, in which order, with which help."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from indicators.attainment import METHODS
from indicators.boards import definition_terms as terms
from indicators.boards.definition_inputs import Input, InputError, Kind, Typed
from indicators.catalogue import (
    ActionField,
    Approach,
    Catalogue,
    Cumulative,
    Fault,
    FieldKind,
    FigureKind,
    Frequency,
    GuidingGoal,
    IndicatorKind,
    ReporterKind,
    SubGoal,
)
from indicators.catalogue.concept import goal_codes
from indicators.catalogue.editing import BELOW, CODE, Place
from indicators.catalogue.indicator import IndicatorEntry
from indicators.catalogue.schema import ROUNDING_BASES, BaseFigure, Member, Reporter
from indicators.model import Breakdown

Model = object
ABOUT_TEXT = "Was das Konzept dazu sagt; steht auf der Seite des Handlungsfelds und im Bericht."
EXAMPLE_POINT = "Zeitraum und Wert, zum Beispiel 2030: 40,0."


@dataclass(frozen=True)
class Group:
    """Fields that belong together under one heading."""

    title: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Form:
    """One kind of definition: `section` is where they stand, `entries` gives place, name and model of each, `kept` says
    what the form leaves alone."""

    word: str
    section: str
    groups: tuple[Group, ...]
    entries: Callable[[Catalogue], Mapping[Place, tuple[str, Model]]]
    renames: bool = False
    copies: bool = True
    blank: Callable[[], Model] | None = None
    """What a new one begins with; None where there is none from scratch."""
    kept: str = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(one for group in self.groups for one in group.inputs)


def written(form: Form, model: Model, typed: Mapping[str, Typed]) -> tuple[dict[str, object], dict[str, str]]:
    """What was typed otherwise than it stands in the model, as the file has it; and what cannot be read, by field."""
    values: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for one in form.inputs:
        if one.name not in typed or typed[one.name] == one.shown(getattr(model, one.name)):
            continue
        try:
            values[one.name] = one.written(typed[one.name])
        except InputError as error:
            wrong[one.name] = str(error)
    return values, wrong


def written_anew(form: Form, typed: Mapping[str, Typed]) -> tuple[dict[str, object], dict[str, str]]:
    """Everything that a new definition says, and what cannot be read, by field."""
    assert form.blank is not None
    values, wrong = written(form, form.blank(), typed)
    for one in form.inputs:
        if not one.optional and one.name not in values and one.name not in wrong:
            try:
                values[one.name] = one.written(typed[one.name])
            except InputError as error:
                wrong[one.name] = str(error)
    return values, wrong


def owners(place: Place, catalogue: Catalogue) -> Mapping[str, str]:
    """To what a new definition of this kind may belong, where that has to be asked: fields, goals or dimensions."""
    fields = {one.code: f"{one.code} {one.title}" for one in catalogue.fields}
    if place.section == "base_figures":
        return fields
    guiding = {goal.code: f"{goal.code} {goal.title}" for field in catalogue.fields for goal in field.guiding_goals}
    if place.section == "approaches":
        return guiding
    if place.section == "guiding_goals":  # a goal of a field is a Leitziel, one of a Leitziel a Teilziel
        return fields | guiding
    return {code: axis.title for code, axis in catalogue.dimensions.items()} if place.section == "dimensions" else {}


def new_place(place: Place, owner: str, catalogue: Catalogue) -> Place:
    """Where a new definition stands that belongs to `owner`: a goal may lie below a field or a guiding goal."""
    if place.section != "guiding_goals":
        return replace(place, within=owner) if place.section in BELOW else place
    fields = {one.code for one in catalogue.fields}
    return Place("sub_goals", place.code, owner) if owner and owner not in fields else place


def field_of_goal(catalogue: Catalogue, goal: str) -> str:
    """The code of the field that a goal belongs to; empty for none."""
    found = (one.code for one in catalogue.fields if goal in goal_codes(one))
    return next(found, "")


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


def _enum(*values: Enum) -> Callable[[Catalogue], Mapping[str, str]]:
    return lambda catalogue: {str(value.value): terms.plain_said(value) for value in values}


def _units(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: unit.title for code, unit in catalogue.units.items()}


def _goals(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {title}" for code, title in terms.goals(catalogue)}


def _approaches(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {title}" for code, title in catalogue.approaches.items()}


def _axes(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: axis.title for code, axis in catalogue.dimensions.items()}


def _reporters(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{code} {one.name}" for code, one in catalogue.reporters.items()}


def _groups(catalogue: Catalogue) -> Mapping[str, str]:
    """The total, and every member of every dimension."""
    singles = [
        Breakdown.of(**{code: member.code}) for code, axis in catalogue.dimensions.items() for member in axis.members
    ]
    return {"": "Insgesamt"} | {
        one.code: f"{catalogue.dimensions[one.members[0][0]].title}: {catalogue.name_of(one)}" for one in singles
    }


def _figures(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: f"{figure.title} ({code})" for code, figure in catalogue.base_figures.items()}


def _methods(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: method.title for name, method in METHODS.items()}


def _field(of: Mapping[str, str], name: str, kind: Kind, about: str = "", **more: object) -> Input:
    return Input(name, of[name], kind, about, **more)  # type: ignore[arg-type]


def _required(of: Mapping[str, str], name: str, kind: Kind, about: str = "", **more: object) -> Input:
    return _field(of, name, kind, about, optional=False, **more)


IND, B = terms.INDICATOR, terms.BASE_FIGURE
FORMERLY = "Ein Kürzel je Zeile. Was unter ihnen gespeichert ist, gehört hierher."
INDICATOR = Form(
    "Kennzahl",
    "indicators",
    (
        Group(
            "Was sie misst",
            (
                _required(IND, "title", Kind.TEXT),
                _required(IND, "goal", Kind.PICK, choices=_goals),
                _field(
                    IND,
                    "earlier_goals",
                    Kind.PAST_GOALS,
                    "Je Zeile der letzte Tag und das Ziel bis dahin: 2024-12-31: B-1.1. Die Zeitreihe bleibt eine.",
                ),
                _field(IND, "approaches", Kind.MANY, "Deren Wirkung sie zeigen soll.", choices=_approaches),
                _required(IND, "kind", Kind.PICK, choices=_enum(*IndicatorKind)),
                _required(IND, "definition", Kind.AREA, "Ein Satz, der sagt, was gezählt wird."),
                _field(IND, "relevance", Kind.AREA, "Warum die Stadt darauf achtet; steht im Bericht."),
                _field(IND, "delimitation", Kind.AREA, "Wer mitgezählt wird und wer nicht; steht im Bericht."),
                _field(IND, "method_notes", Kind.AREA, "Worauf beim Lesen zu achten ist; steht im Bericht."),
                _required(IND, "source", Kind.TEXT, "Woher die Zahlen stammen; steht unter jedem Diagramm."),
            ),
        ),
        Group(
            "Wie sie gerechnet wird",
            (
                _required(IND, "formula", Kind.FORMULA, "Grundzahlen mit + - * / und Klammern.", choices=_figures),
                _required(IND, "unit", Kind.PICK, choices=_units),
                _required(IND, "decimals", Kind.NUMBER),
                _field(IND, "cumulative", Kind.PICK, "Nur bei Zahlen seit Jahresbeginn.", choices=_enum(*Cumulative)),
                _field(IND, "breakdowns", Kind.MANY, "Danach lässt sich das Diagramm aufteilen.", choices=_axes),
            ),
        ),
        Group(
            "Ziel",
            (
                _required(IND, "direction", Kind.PICK, choices=_enum(*terms.DIRECTIONS)),
                _required(IND, "method", Kind.PICK, "Wie aus Werten und Ziel der Status wird.", choices=_methods),
                _field(IND, "baseline", Kind.POINT, f"{EXAMPLE_POINT} Von hier aus wird der Weg zum Ziel gemessen."),
                _field(IND, "targets", Kind.POINTS, f"Je Zeile {EXAMPLE_POINT} Das letzte ist das Ziel."),
                _field(
                    IND, "tolerance", Kind.NUMBER, "Abweichung, die noch als auf Kurs gilt; leer: die des Verfahrens."
                ),
                _field(IND, "low", Kind.NUMBER, "Nur wo der Wert in einem Bereich bleiben soll."),
                _field(IND, "high", Kind.NUMBER, "Nur wo der Wert in einem Bereich bleiben soll."),
                _field(IND, "headline", Kind.GROUP, "Für wen Übersicht und Status sprechen.", choices=_groups),
                _field(IND, "example_target", Kind.FLAG, "Kein beschlossenes Ziel."),
            ),
        ),
        Group(
            "Brüche, Kürzel und Ende",
            (
                _field(IND, "breaks", Kind.BREAKS, "Je Zeile der erste Zeitraum und der Grund: 2024: neue Erhebung."),
                _field(IND, "chained", Kind.FLAG, "Sonst werden über einen Bruch weder Trend noch Status gerechnet."),
                _field(
                    IND, "retired", Kind.FLAG, "Steht auf keiner Liste mehr; Seite, Vergangenheit und Links bleiben."
                ),
                _field(IND, "formerly", Kind.LINES, FORMERLY),
            ),
        ),
    ),
    lambda catalogue: {
        Place("indicators", code): (f"{code} {one.title}", one) for code, one in catalogue.indicators.items()
    },
    renames=True,
    blank=lambda: IndicatorEntry.model_construct(
        title="", goal="", kind=None, formula="", unit="", direction=None, definition="", source=""
    ),
    kept="Abstände zweier Gruppen, weitere Ziele und frühere Definitionen bleiben, wie sie sind.",
)
BASE_FIGURE = Form(
    "Grundzahl",
    "base_figures",
    (
        Group(
            "Was gezählt wird",
            (
                _required(B, "title", Kind.TEXT, "So steht sie in der Vorlage."),
                _field(B, "definition", Kind.AREA, "Was genau zählt; steht in der Vorlage."),
                _field(B, "source", Kind.TEXT),
                _required(B, "unit", Kind.PICK, choices=_units),
                _required(B, "kind", Kind.PICK, choices=_enum(*FigureKind)),
                _required(B, "frequency", Kind.PICK, choices=_enum(*Frequency)),
                _field(B, "reference", Kind.DAY, "Tag und Monat, zum Beispiel 01.03.; nur bei Beständen."),
            ),
        ),
        Group(
            "Wer sie meldet",
            (
                _required(B, "reporters", Kind.MANY, choices=_reporters),
                _required(B, "due_days", Kind.NUMBER),
                _field(B, "required", Kind.FLAG, "Sonst gilt sie nie als überfällig."),
                _field(B, "family", Kind.TEXT, "Grundzahlen mit demselben Wort stehen auf einem Blatt."),
                _field(B, "dimensions", Kind.MANY, "Wonach sie sich aufteilen lässt.", choices=_axes),
                _field(B, "breakdowns", Kind.AXES, "Was die Vorlage abfragt.", choices=_axes),
            ),
        ),
        Group(
            "Schutz und Prüfung",
            (
                _required(B, "protect", Kind.PICK, choices=_enum(*terms.PROTECTIONS)),
                _field(
                    B,
                    "suppress_below",
                    Kind.NUMBER,
                    "Anzahlen darunter sieht nur die Stabsstelle. Gilt auch für alle früheren Stände.",
                ),
                _field(
                    B,
                    "base",
                    Kind.PICK,
                    "Nur beim Runden.",
                    choices=lambda catalogue: {str(base): str(base) for base in ROUNDING_BASES},
                ),
                _field(B, "show_zero", Kind.FLAG),
                _required(B, "tolerance_change", Kind.NUMBER, "Gegenüber dem Vorjahr."),
                _field(B, "minimum", Kind.NUMBER),
                _required(B, "rounded_to", Kind.NUMBER, "1: gar nicht."),
                _field(B, "formerly", Kind.LINES, FORMERLY),
            ),
        ),
    ),
    lambda catalogue: {
        Place("base_figures", code): (f"{one.title} ({code})", one) for code, one in catalogue.base_figures.items()
    },
    renames=True,
    blank=lambda: BaseFigure.model_construct(title="", unit="", reporters=()),
)
_LASTING = (
    _field(terms.LASTING, "valid_from", Kind.PERIOD, "Leer: schon immer."),
    _field(terms.LASTING, "valid_to", Kind.PERIOD, "Leer: ohne Ende. Danach wird nicht mehr darauf gewartet."),
    _field(terms.LASTING, "follows", Kind.LINES, "Ein Kürzel je Zeile; dazu gehört „Gilt ab“."),
)
REPORTER = Form(
    "Meldende Stelle",
    "reporters",
    (
        Group(
            "Wer sie ist",
            (
                _required(terms.REPORTER, "name", Kind.TEXT),
                _required(terms.REPORTER, "kind", Kind.PICK, choices=_enum(*ReporterKind)),
                _field(terms.REPORTER, "contact", Kind.TEXT),
            ),
        ),
        Group("Von wann bis wann", _LASTING),
    ),
    lambda catalogue: {
        Place("reporters", code): (f"{code} {one.name}", one) for code, one in catalogue.reporters.items()
    },
    blank=lambda: Reporter.model_construct(name=""),
)
MEMBER = Form(
    "Ausprägung eines Merkmals",
    "dimensions",
    (
        Group(
            "Was sie ist",
            (
                _required(terms.MEMBER, "title", Kind.TEXT),
                _field(terms.MEMBER, "synonyms", Kind.LINES, "Eine je Zeile: wie Fachbereiche sie schreiben."),
                _field(terms.MEMBER, "sums_to_total", Kind.FLAG, "Nicht bei „darunter“-Zahlen."),
                _field(terms.MEMBER, "ages", Kind.AGES, "0 bis unter 18; 65 bis unter (ohne Ende); kein Alter."),
            ),
        ),
        Group("Von wann bis wann", _LASTING),
    ),
    lambda catalogue: {
        Place("dimensions", member.code, code): (f"{axis.title}: {member.title}", member)
        for code, axis in catalogue.dimensions.items()
        for member in axis.members
    },
    blank=lambda: Member.model_construct(title=""),
)


def _goal_models(catalogue: Catalogue) -> Iterator[tuple[str, GuidingGoal | SubGoal]]:
    for field in catalogue.fields:
        for guiding in field.guiding_goals:
            yield guiding.code, guiding
            yield from ((goal.code, goal) for goal in guiding.sub_goals)


FIELD = Form(
    "Handlungsfeld",
    "field",
    (
        Group(
            "Was es ist",
            (
                _required(terms.FIELD, "title", Kind.TEXT),
                _field(terms.FIELD, "lead", Kind.TEXT),
                _required(terms.FIELD, "kind", Kind.PICK, choices=_enum(*FieldKind)),
                _field(terms.FIELD, "text", Kind.AREA, ABOUT_TEXT),
            ),
        ),
    ),
    lambda catalogue: {Place("field", one.code): (f"{one.code} {one.title}", one) for one in catalogue.fields},
    copies=False,
    blank=lambda: ActionField.model_construct(title=""),
)
_PART = (
    Group("Wortlaut", (_required(terms.PART, "title", Kind.AREA), _field(terms.PART, "text", Kind.AREA, ABOUT_TEXT))),
    Group(
        "Von wann bis wann",
        (
            _field(terms.PART, "valid_from", Kind.PERIOD, "Leer: schon immer. Jahr oder Tag, zum Beispiel 2026-01-01."),
            _field(terms.PART, "valid_to", Kind.PERIOD, "Leer: ohne Ende. Frühere Stände zeigen es weiter."),
            _field(terms.PART, "follows", Kind.LINES, "Ein Kürzel je Zeile; was fortgeführt wird, endet am Tag davor."),
            _field(
                terms.PART,
                "earlier",
                Kind.WORDINGS,
                "Je Zeile der letzte Tag und der Wortlaut bis dahin: 2024-12-31: Mehr Kinder besuchen eine Kita. "
                "Ein Text des Konzepts steht dahinter nach „ | “.",
            ),
        ),
    ),
)
GOAL = Form(
    "Ziel",
    "guiding_goals",
    _PART,
    lambda catalogue: {
        Place("guiding_goals", code): (f"{code} {goal.title}", goal) for code, goal in _goal_models(catalogue)
    },
    blank=lambda: GuidingGoal.model_construct(title=""),
)
APPROACH = Form(
    "Handlungsansatz",
    "approaches",
    _PART,
    lambda catalogue: {
        Place("approaches", one.code, guiding.code): (f"{one.code} {one.title}", one)
        for field in catalogue.fields
        for guiding in field.guiding_goals
        for one in guiding.approaches
    },
    blank=lambda: Approach.model_construct(title=""),
)
FORMS = {
    "kennzahl": INDICATOR,
    "grundzahl": BASE_FIGURE,
    "feld": FIELD,
    "ziel": GOAL,
    "ansatz": APPROACH,
    "stelle": REPORTER,
    "auspraegung": MEMBER,
}
