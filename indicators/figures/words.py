"""The sentences around a figure: subtitle, notes, source, and what stands for the picture."""

from collections.abc import Sequence
from datetime import datetime

from indicators import german
from indicators.attainment import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.figures.ahead import Ahead
from indicators.figures.goals import Goal
from indicators.figures.lines import Line, legend
from indicators.figures.noted import Mark
from indicators.figures.picture import Picture, shared_group
from indicators.german import TRUE_MINUS
from indicators.model import Series
from indicators.periods import Period

LINES_READ_OUT = 3


def source(indicator: Indicator) -> str:
    return f"Quelle: {indicator.source}"


def definition(indicator: Indicator, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """What the metadata sheet says of an indicator."""
    pairs = [
        ("Kennzahl", f"{indicator.code} {indicator.title}"),
        ("Definition", indicator.definition),
        ("Formel", _formula(indicator, catalogue)),
        *(("Zählweise", text) for text in [_counting(indicator, catalogue)] if text),
        *_decided(indicator, catalogue),
        ("Einheit", catalogue.unit_of(indicator).title),
        ("Stadt", catalogue.city.name),
        ("Katalog", catalogue.version),
    ]
    pairs += [(f"Bruch {found.period.label}", found.note) for found in indicator.breaks]
    pairs += [("Hinweis", catalogue.city.caution)] if catalogue.city.caution else []
    return tuple(pairs)


def _decided(indicator: Indicator, catalogue: Catalogue) -> list[tuple[str, str]]:
    """The targets that a body has decided, each with where it comes from."""
    symbol = catalogue.unit_of(indicator).symbol
    return [
        ("Beschlossenes Ziel", f"{Goal(rule, indicator.decimals, '' if rule.gap else symbol).summary}, {agreed.said}")
        for rule in indicator.rules
        if (agreed := rule.agreed)
    ]


def _formula(indicator: Indicator, catalogue: Catalogue) -> str:
    """In words where the base figures are known; a formula over derived ones stays as it is written."""
    return catalogue.formula_in_words(indicator) if _known(indicator, catalogue) else indicator.formula


def _counting(indicator: Indicator, catalogue: Catalogue) -> str:
    return catalogue.counting_in_words(indicator) if _known(indicator, catalogue) else ""


def _known(indicator: Indicator, catalogue: Catalogue) -> bool:
    return all(name in catalogue.base_figures for name in indicator.expression.names)


def group(series: Sequence[Series], catalogue: Catalogue) -> list[str]:
    """The group that all lines are about, if it is in none of their names."""
    shared = shared_group(series, catalogue)
    return [catalogue.title_of(shared)] if shared else []


def as_of(moment: datetime | None, deliveries: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The pairs that tell when the figures were known and which deliveries they rest on."""
    known = [("Datenstand", german.moment(moment))] if moment else []
    return tuple(known + ([("Datenlieferungen", german.enumeration(list(deliveries)))] if deliveries else []))


def span(periods: Sequence[Period]) -> str:
    """„2012 bis 2024“, „1. Quartal 2022 bis 3. Quartal 2026“."""
    first, last = min(periods), max(periods)
    return first.label if first == last else f"{first.label} bis {last.label}"


def rounding_note(base: object) -> str:
    """What the legend says of numbers that are rounded to multiples of the base."""
    return (
        f"Zum Schutz kleiner Zahlen ist jede Anzahl für sich auf ein Vielfaches von {base} "
        "gerundet; Summen können abweichen, und Anteile haben nur so viele Stellen, wie sie tragen."
    )


def notes(picture: Picture, rounded_to: int | None = None) -> str:
    """Everything that a reader needs to read the chart right, one sentence each."""
    said = []
    if picture.goal and picture.goal.sentence():
        said.append(picture.goal.sentence())
    if picture.goal and picture.goal.word != "Ziel":
        said.append("Das Ziel ist ein Beispiel und nicht beschlossen.")
    said += [_ahead(part, picture) for part in picture.ahead]
    said += [rounding_note(rounded_to)] if rounded_to else []
    said += [f"Bruch {period.label}: {note.rstrip('.')}." for period, note in picture.breaks]
    if any(line.unvalued for line in picture.lines):
        said.append("× = kein Zahlenwert.")
    if signs := legend(picture.every_line):
        said.append(f"{signs[0].upper()}{signs[1:]}.")
    said += [f"({mark.number}) {_place(picture, mark)}: {mark.text}." for mark in picture.marks]
    said += [f"Bemerkung: {text}." for text in picture.noted]
    if not picture.values.from_zero:
        said.append("Die senkrechte Achse beginnt nicht bei 0.")
    return " ".join(said)


def _place(picture: Picture, mark: Mark) -> str:
    """The period of a remark, with the line where there are several."""
    alone = len(picture.every_line) == 1
    return mark.period.label if alone else f"{mark.period.label}, {picture.every_line[mark.line].name}"


def _ahead(part: Ahead, picture: Picture) -> str:
    """What the dotted line beyond the last value is."""
    low, central, high = (picture.amount(value) for value in part.end)
    if not part.spread:
        return f"Gepunktet: So ginge es bis {part.period.short_label} weiter ({central})."
    return f"Heller Bereich: Ausblick bis {part.period.short_label}, zwischen {low} und {high}. {part.kind}."


def trend_alt(picture: Picture, title: str, about: Sequence[str], assessment: Assessment | None) -> str:
    """One or two sentences with the real numbers: „Liniendiagramm Betreuungsquote (Prozent), 2012 bis 2024: …“."""
    read_out = [line for line in picture.lines if line.valued][:LINES_READ_OUT]
    alone = len(picture.lines) == 1
    courses = (
        "; ".join(_course(line, named=not alone or line.name != "Insgesamt") for line in read_out)
        or "keine Zahlenwerte"
    )
    further = len(picture.every_line) - len(read_out)
    more = f"; dazu {further} weitere Linie{'n' if further > 1 else ''}" if further and read_out else ""
    wanted = f"; {picture.goal.summary}" if picture.goal and picture.goal.summary else ""
    sentences = [f"Liniendiagramm {title} ({', '.join(about)}), {span(picture.periods)}: {courses}{more}{wanted}."]
    sentences += [_ahead(part, picture) for part in picture.ahead]
    if assessment and assessment.judged:
        sentences.append(f"Bewertung: {assessment.status.said}.")
    if picture.breaks:
        years = german.enumeration([period.label for period, _ in picture.breaks])
        sentences.append(f"Bruch der Zeitreihe: {years}.")
    hidden = sum(len(line.unvalued) for line in picture.lines)
    if hidden:
        sentences.append(f"Für {hidden} Zeit{'räume' if hidden > 1 else 'raum'} gibt es keinen Zahlenwert.")
    return " ".join(sentences)


def _course(line: Line, *, named: bool) -> str:
    first, last = line.valued[0], line.valued[-1]
    shown = [german.number(point.value or 0.0, line.decimals, minus=TRUE_MINUS) for point in (first, last)]
    course = f"von {shown[0]} auf {shown[1]}" if first is not last else f"{shown[0]} ({first.period.label})"
    return f"{line.name} {course}" if named else course
