"""The forms of what indicators stand in: the city, fields and goals, who reports, units."""

from collections.abc import Iterator

from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms import choices
from indicators.boards.definition_forms.choices import field, required
from indicators.boards.definition_forms.form import Form, Group
from indicators.boards.definition_inputs import Input, Kind
from indicators.catalogue import ActionField, Catalogue, FieldKind, GuidingGoal, ReporterKind, SubGoal, Unit
from indicators.catalogue.editing import Place
from indicators.catalogue.schema import Reporter

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
            ),
        ),
    ),
    lambda catalogue: {Place("field", one.code): (f"{one.code} {one.title}", one) for one in catalogue.fields},
    copies=False,
    blank=lambda: ActionField.model_construct(title=""),
)
GOAL = Form(
    "Ziel",
    "Ziele",
    "guiding_goals",
    (Group("Wortlaut", (Input("title", "Wortlaut", Kind.AREA, optional=False),)),),
    lambda catalogue: {
        Place("guiding_goals", code): (f"{code} {goal.title}", goal) for code, goal in _goal_models(catalogue)
    },
    owned=True,
    blank=lambda: GuidingGoal.model_construct(title=""),
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
