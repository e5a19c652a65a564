"""The forms of what indicators stand in: the city, fields and goals, who reports, units."""

from collections.abc import Iterator

from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms import choices
from indicators.boards.definition_forms.choices import field, required
from indicators.boards.definition_forms.form import Form, Group
from indicators.boards.definition_inputs import Kind
from indicators.catalogue import ActionField, Approach, Catalogue, FieldKind, GuidingGoal, ReporterKind, SubGoal, Unit
from indicators.catalogue.editing import Place
from indicators.catalogue.schema import Reporter

ABOUT_TEXT = "Was das Konzept dazu sagt; steht auf der Seite des Handlungsfelds und im Bericht."
LASTING = (
    field(terms.LASTING, "valid_from", Kind.PERIOD, "Leer: schon immer."),
    field(terms.LASTING, "valid_to", Kind.PERIOD, "Leer: ohne Ende. Danach wird nicht mehr darauf gewartet."),
    field(terms.LASTING, "follows", Kind.LINES, "Ein Kürzel je Zeile; dazu gehört „Gilt ab“."),
)
REPORTER = Form(
    "Meldende Stelle",
    "Meldende Stellen",
    "reporters",
    (
        Group(
            "Wer sie ist",
            (
                required(terms.REPORTER, "name", Kind.TEXT),
                required(terms.REPORTER, "kind", Kind.PICK, choices=choices.enum(*ReporterKind)),
                field(terms.REPORTER, "contact", Kind.TEXT),
                field(
                    terms.REPORTER,
                    "email",
                    Kind.TEXT,
                    "Wohin Vorlagen und Erinnerungen gehen; am besten ein Funktionspostfach.",
                ),
            ),
        ),
        Group("Von wann bis wann", LASTING),
    ),
    lambda catalogue: {
        Place("reporters", code): (f"{code} {one.name}", one) for code, one in catalogue.reporters.items()
    },
    blank=lambda: Reporter.model_construct(name=""),
)


def _goal_models(catalogue: Catalogue) -> Iterator[tuple[str, GuidingGoal | SubGoal]]:
    for found in catalogue.fields:
        for guiding in found.guiding_goals:
            yield guiding.code, guiding
            yield from ((goal.code, goal) for goal in guiding.sub_goals)


FIELD = Form(
    "Handlungsfeld",
    "Handlungsfelder",
    "field",
    (
        Group(
            "Was es ist",
            (
                required(terms.FIELD, "title", Kind.TEXT),
                field(terms.FIELD, "lead", Kind.TEXT),
                required(terms.FIELD, "kind", Kind.PICK, choices=choices.enum(*FieldKind)),
                field(terms.FIELD, "text", Kind.AREA, ABOUT_TEXT),
            ),
        ),
    ),
    lambda catalogue: {Place("field", one.code): (f"{one.code} {one.title}", one) for one in catalogue.fields},
    copies=False,
    blank=lambda: ActionField.model_construct(title=""),
)
_PART = (
    Group("Wortlaut", (required(terms.PART, "title", Kind.AREA), field(terms.PART, "text", Kind.AREA, ABOUT_TEXT))),
    Group(
        "Von wann bis wann",
        (
            field(terms.PART, "valid_from", Kind.PERIOD, "Leer: schon immer. Jahr oder Tag, zum Beispiel 01.01.2026."),
            field(terms.PART, "valid_to", Kind.PERIOD, "Leer: ohne Ende. Frühere Stände zeigen es weiter."),
            field(terms.PART, "follows", Kind.LINES, "Ein Kürzel je Zeile; was fortgeführt wird, endet am Tag davor."),
            field(
                terms.PART,
                "earlier",
                Kind.WORDINGS,
                "Je Zeile der letzte Tag und der Wortlaut bis dahin: 31.12.2024: Mehr Kinder besuchen eine Kita. "
                "Ein Text des Konzepts steht dahinter nach „ | “.",
            ),
        ),
    ),
)
GOAL = Form(
    "Ziel",
    "Ziele",
    "guiding_goals",
    _PART,
    lambda catalogue: {
        Place("guiding_goals", code): (f"{code} {goal.title}", goal) for code, goal in _goal_models(catalogue)
    },
    owned=True,
    blank=lambda: GuidingGoal.model_construct(title=""),
)
APPROACH = Form(
    "Handlungsansatz",
    "Handlungsansätze",
    "approaches",
    _PART,
    lambda catalogue: {
        Place("approaches", one.code, guiding.code): (f"{one.code} {one.title}", one)
        for found in catalogue.fields
        for guiding in found.guiding_goals
        for one in guiding.approaches
    },
    owned=True,
    blank=lambda: Approach.model_construct(title=""),
)
UNIT = Form(
    "Einheit",
    "Einheiten",
    "units",
    (
        Group(
            "Wie Zahlen mit ihr aussehen",
            (
                required(terms.UNIT, "title", Kind.TEXT),
                field(terms.UNIT, "symbol", Kind.TEXT, "Steht hinter der Zahl, zum Beispiel % oder €."),
                required(terms.UNIT, "decimals", Kind.NUMBER, "Bei Grundzahlen dieser Einheit."),
                field(terms.UNIT, "percentage", Kind.FLAG, "Anteil an etwas, das in derselben Einheit gezählt wird."),
                field(
                    terms.UNIT,
                    "ratio",
                    Kind.FLAG,
                    "Zähler und Nenner dürfen verschiedene Einheiten haben: je ….",
                ),
            ),
        ),
    ),
    lambda catalogue: {Place("units", code): (f"{one.title} ({code})", one) for code, one in catalogue.units.items()},
    copies=False,
    blank=lambda: Unit.model_construct(title=""),
)
CITY = Form(
    "Stadt",
    "Stadt",
    "city",
    (
        Group(
            "Wer sie ist",
            (
                required(terms.CITY, "name", Kind.TEXT, "Steht auf jeder Seite und in jeder Datei."),
                field(terms.CITY, "area_code", Kind.TEXT, "Zum Beispiel 05316000."),
                field(terms.CITY, "comparison_areas", Kind.MANY, "Womit verglichen wird.", choices=choices.areas),
                field(terms.CITY, "note", Kind.AREA, "Was alle wissen sollen, die Zahlen lesen."),
                field(terms.CITY, "invented", Kind.FLAG, "Zum Üben: Jede Seite sagt es dann."),
            ),
        ),
    ),
    lambda catalogue: {Place("city", ""): (catalogue.city.name, catalogue.city)},
    copies=False,
    coded=False,
)
