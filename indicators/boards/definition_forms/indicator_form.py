"""The form of an indicator."""

from indicators.attainment import METHODS
from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms import choices as of
from indicators.boards.definition_forms.choices import field, required
from indicators.boards.definition_forms.form import Form, Group
from indicators.boards.definition_inputs import Input, Kind, about_parts
from indicators.catalogue import Cumulative, Frequency, IndicatorKind
from indicators.catalogue.editing import Place
from indicators.catalogue.indicator import IndicatorEntry

IND = terms.INDICATOR
EXAMPLE_POINT = "Zeitraum und Wert, zum Beispiel 2030: 40,0."
FORMERLY = "Ein Kürzel je Zeile. Was unter ihnen gespeichert ist, gehört hierher."
METHOD_WORDS = {name: method.title for name, method in METHODS.items()}
DIRECTION_WORDS = {direction.value: word for direction, word in terms.DIRECTIONS.items()}
RULE_PARTS = (
    Input("title", "Titel", Kind.TEXT, "Steht im Befund, damit die Ziele zu unterscheiden sind."),
    Input("method", "Verfahren", Kind.PICK, "Ohne Angabe: Linearer Zielpfad.", of.methods, words=METHOD_WORDS),
    Input(
        "direction",
        "Richtung",
        Kind.PICK,
        "Ohne Angabe: die der Kennzahl.",
        of.enum(*terms.DIRECTIONS),
        words=DIRECTION_WORDS,
    ),
    Input("baseline", "Ausgangswert", Kind.POINT, EXAMPLE_POINT),
    Input("tolerance", "Toleranz", Kind.NUMBER),
    Input("low", "Untergrenze", Kind.NUMBER),
    Input("high", "Obergrenze", Kind.NUMBER),
    Input("breakdown", "Gruppe", Kind.GROUP, "Ohne Angabe: die der Kennzahl.", of.single_groups),
    Input("gap", "Abstand", Kind.GAP, "Ziel ist der Abstand zweier Gruppen.", of.gaps),
    Input("targets", "Ziele", Kind.POINTS, f"Je Zeile {EXAMPLE_POINT} Das letzte ist das Ziel."),
    Input("yearly", "jedes Jahr neu", Kind.FLAG),
    Input("below_one_percent", "unter 1 % gemeint", Kind.FLAG, "Sonst gilt 0,4 als Versehen für 40 %."),
)
"""What each further target consists of."""

INDICATOR = Form(
    "Kennzahl",
    "Kennzahlen",
    "indicators",
    (
        Group(
            "Was sie misst",
            (
                required(IND, "title", Kind.TEXT),
                required(IND, "goal", Kind.PICK, choices=of.goals),
                field(
                    IND,
                    "earlier_goals",
                    Kind.PAST_GOALS,
                    "Je Zeile der letzte Tag und das Ziel bis dahin: 31.12.2024: B-1.1. Die Zeitreihe bleibt eine.",
                ),
                field(IND, "approaches", Kind.MANY, "Deren Wirkung sie zeigen soll.", choices=of.approaches),
                required(IND, "kind", Kind.PICK, choices=of.enum(*IndicatorKind)),
                required(IND, "definition", Kind.AREA, "Ein Satz, der sagt, was gezählt wird."),
                field(IND, "relevance", Kind.AREA, "Warum die Stadt darauf achtet; steht im Bericht."),
                field(IND, "delimitation", Kind.AREA, "Wer mitgezählt wird und wer nicht; steht im Bericht."),
                field(IND, "method_notes", Kind.AREA, "Worauf beim Lesen zu achten ist; steht im Bericht."),
                required(IND, "source", Kind.TEXT, "Woher die Zahlen stammen; steht unter jedem Diagramm."),
            ),
        ),
        Group(
            "Wie sie gerechnet wird",
            (
                required(IND, "formula", Kind.FORMULA, "Grundzahlen mit + - * / und Klammern.", choices=of.figures),
                required(IND, "unit", Kind.PICK, choices=of.units),
                required(IND, "decimals", Kind.NUMBER),
                field(
                    IND,
                    "frequency",
                    Kind.PICK,
                    "Ohne Angabe: so oft wie ihre Grundzahlen.",
                    choices=of.enum(*Frequency),
                ),
                field(IND, "cumulative", Kind.PICK, "Nur bei Zahlen seit Jahresbeginn.", choices=of.enum(*Cumulative)),
                field(IND, "breakdowns", Kind.MANY, "Danach lässt sich das Diagramm aufteilen.", choices=of.axes),
            ),
        ),
        Group(
            "Ziel",
            (
                required(IND, "direction", Kind.PICK, choices=of.enum(*terms.DIRECTIONS)),
                required(IND, "method", Kind.PICK, "Wie aus Werten und Ziel der Status wird.", choices=of.methods),
                field(IND, "baseline", Kind.POINT, f"{EXAMPLE_POINT} Von hier aus wird der Weg zum Ziel gemessen."),
                field(IND, "targets", Kind.POINTS, f"Je Zeile {EXAMPLE_POINT} Das letzte ist das Ziel."),
                field(
                    IND, "tolerance", Kind.NUMBER, "Abweichung, die noch als auf Kurs gilt; leer: die des Verfahrens."
                ),
                field(IND, "low", Kind.NUMBER, "Nur wo der Wert in einem Bereich bleiben soll."),
                field(IND, "high", Kind.NUMBER, "Nur wo der Wert in einem Bereich bleiben soll."),
                field(IND, "headline", Kind.GROUP, "Für wen Übersicht und Status sprechen.", choices=of.groups),
                field(IND, "gap", Kind.GAP, "Ziel ist der Abstand zweier Gruppen.", choices=of.gaps),
                field(IND, "yearly", Kind.FLAG, "Sonst gilt es zum genannten Zeitraum."),
                field(IND, "below_one_percent", Kind.FLAG, "Sonst gilt 0,4 als Versehen für 40 %."),
                field(IND, "example_target", Kind.FLAG, "Kein beschlossenes Ziel."),
            ),
        ),
        Group(
            "Weitere Ziele und Vergleich",
            (
                field(IND, "further_rules", Kind.RULES, about_parts(RULE_PARTS), parts=RULE_PARTS),
                field(IND, "compare", Kind.MANY, "Andere Orte im Diagramm.", choices=of.areas),
            ),
        ),
        Group(
            "Brüche, Kürzel und Ende",
            (
                field(IND, "breaks", Kind.BREAKS, "Je Zeile der erste Zeitraum und der Grund: 2024: neue Erhebung."),
                field(IND, "versions", Kind.VERSIONS, "Je Zeile: ab wann, und wie sie da lautete: 2015: Anteil der …"),
                field(IND, "chained", Kind.FLAG, "Sonst werden über einen Bruch weder Trend noch Status gerechnet."),
                field(
                    IND, "retired", Kind.FLAG, "Steht auf keiner Liste mehr; Seite, Vergangenheit und Links bleiben."
                ),
                field(IND, "formerly", Kind.LINES, FORMERLY),
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
)
