"""The forms of base figures: those that are delivered, and those that are computed from them."""

from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms import choices
from indicators.boards.definition_forms.choices import field, required
from indicators.boards.definition_forms.form import Form, Group
from indicators.boards.definition_forms.indicator_form import FORMERLY
from indicators.boards.definition_inputs import Kind
from indicators.catalogue import FigureKind, Frequency
from indicators.catalogue.editing import Place
from indicators.catalogue.schema import ROUNDING_BASES, BaseFigure, DerivedFigure

B = terms.BASE_FIGURE
PROTECTION = (
    required(B, "protect", Kind.PICK, choices=choices.enum(*terms.PROTECTIONS)),
    field(
        B,
        "suppress_below",
        Kind.NUMBER,
        "Anzahlen darunter sieht nur die Stabsstelle; leer: keine wird gesperrt. Gilt auch für alle früheren Stände.",
    ),
    field(
        B,
        "base",
        Kind.PICK,
        "Nur beim Runden.",
        choices=lambda catalogue: {str(base): str(base) for base in ROUNDING_BASES},
    ),
    field(B, "show_zero", Kind.FLAG, "Sonst gilt auch 0 als kleine Zahl."),
)
"""How small numbers of a base figure are kept: in its form, and in the one for all of them."""

BASE_FIGURE = Form(
    "Grundzahl",
    "Grundzahlen",
    "base_figures",
    (
        Group(
            "Was gezählt wird",
            (
                required(B, "title", Kind.TEXT, "So steht sie in der Vorlage."),
                field(B, "definition", Kind.AREA, "Was genau zählt; steht in der Vorlage."),
                field(B, "source", Kind.TEXT),
                field(
                    B,
                    "published",
                    Kind.LINES,
                    "Wo die amtliche Statistik dasselbe zählt, je Zeile eine Tabelle: 12411-01-01-5 · BEVSTD. Danach, "
                    "worauf sie eingeschränkt ist: Nationalität = Ausländer. So kommen Werte anderer Städte dazu.",
                ),
                required(B, "unit", Kind.PICK, choices=choices.units),
                required(B, "kind", Kind.PICK, choices=choices.enum(*FigureKind)),
                required(B, "frequency", Kind.PICK, choices=choices.enum(*Frequency)),
                field(B, "reference", Kind.DAY, "Tag und Monat, zum Beispiel 01.03.; nur bei Beständen."),
            ),
        ),
        Group(
            "Wer sie meldet",
            (
                required(B, "reporters", Kind.MANY, choices=choices.reporters),
                required(B, "due_days", Kind.NUMBER),
                field(B, "required", Kind.FLAG, "Sonst gilt sie nie als überfällig."),
                field(B, "family", Kind.TEXT, "Grundzahlen mit demselben Wort stehen auf einem Blatt."),
                field(B, "dimensions", Kind.MANY, "Wonach sie sich aufteilen lässt.", choices=choices.axes),
                field(B, "breakdowns", Kind.AXES, "Was die Vorlage abfragt.", choices=choices.axes),
            ),
        ),
        Group(
            "Schutz und Prüfung",
            (
                *PROTECTION,
                required(B, "tolerance_change", Kind.NUMBER, "Gegenüber dem Vorjahr."),
                field(B, "minimum", Kind.NUMBER),
                required(B, "rounded_to", Kind.NUMBER, "1: gar nicht."),
                field(B, "formerly", Kind.LINES, FORMERLY),
            ),
        ),
    ),
    lambda catalogue: {
        Place("base_figures", code): (f"{one.title} ({code})", one) for code, one in catalogue.base_figures.items()
    },
    renames=True,
    owned=True,
    blank=lambda: BaseFigure.model_construct(title="", unit="", reporters=()),
)
DERIVED = Form(
    "Abgeleitete Grundzahl",
    "Abgeleitete Grundzahlen",
    "derived_figures",
    (
        Group(
            "Wie sie gerechnet wird",
            (
                required(terms.DERIVED, "title", Kind.TEXT),
                required(
                    terms.DERIVED,
                    "formula",
                    Kind.FORMULA,
                    "Aus anderen Grundzahlen; wird nie geliefert.",
                    choices=choices.figures,
                ),
            ),
        ),
    ),
    lambda catalogue: {
        Place("derived_figures", code): (f"{one.title} ({code})", one) for code, one in catalogue.derived.items()
    },
    owned=True,
    blank=lambda: DerivedFigure.model_construct(title="", formula=""),
)
