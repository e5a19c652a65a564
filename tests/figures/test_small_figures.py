"""Sparkline, comparison status matrix, arithmetic: each with its numbers."""

import xml.etree.ElementTree as ET

import altair as alt
import pytest

from indicators import german
from indicators.attainment import Status, assess
from indicators.exports.office import DASHES
from indicators.exports.xlsx_chart import MARKERS
from indicators.figures import arithmetic, in_words, sparkline_svg, status_matrix
from indicators.figures.outlook import outlook
from indicators.figures.theme import compared_look, look
from indicators.model import Sign
from indicators.targets import Direction, Point, TargetRule
from tests.figures.samples import RISING, rate, years

SVG = "{http://www.w3.org/2000/svg}"


def test_a_sparkline_is_small_valid_and_speaks():
    text = sparkline_svg(years(2012, *RISING), rate())
    drawing = ET.fromstring(text)
    assert drawing.findtext(f"{SVG}title") == "Verlauf 2012 bis 2024: von 18,3 auf 30,1."
    assert drawing.get("role") == "img"
    assert len(drawing.findall(f".//{SVG}polyline")) == 1
    assert len(text) < 900
    assert in_words(years(2012, *RISING), rate()) == "Verlauf 2012 bis 2024: von 18,3 auf 30,1."


def test_a_sparkline_shows_gaps_and_hides_nothing_else():
    drawing = ET.fromstring(sparkline_svg(years(2018, 10, 11, Sign.SECRET, 13, 14), rate()))
    assert len(drawing.findall(f".//{SVG}polyline")) == 2
    assert sparkline_svg(years(2018, Sign.SECRET), rate()) == ""
    flat = ET.fromstring(sparkline_svg(years(2018, 5, 5), rate()))
    assert flat.find(f".//{SVG}polyline").get("points") == "5.0,20.0 155.0,20.0"


def test_a_sparkline_escapes_what_others_wrote():
    ET.fromstring(sparkline_svg(years(2018, 5), rate(title='<b> & "Quote"')))


def test_the_status_matrix_counts_each_indicator_once_on_the_common_scale():
    figure = status_matrix([("A Sprache", [Status.SUN, Status.ON_TRACK, Status.AWAY]), ("B Bildung", [])])
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert figure.columns[1:] == [
        "✓ Ziel erreicht",
        "▲ auf Kurs",
        "◆ leicht hinter dem Pfad",
        "■ deutlich hinter dem Pfad",
        "▼ gegenläufig",
        "○ keine Bewertung",
    ]
    assert figure.frame.iloc[:, 1:].to_numpy().tolist() == [[0, 2, 0, 0, 1, 0], [0] * 6, [0, 2, 0, 0, 1, 0]]
    assert figure.alt == "Übersicht von 3 Kennzahlen in 2 Handlungsfeldern: 2 auf Kurs und 1 gegenläufig."


def test_the_arithmetic_shows_every_step_and_the_verdict():
    values = [(point.period, point.content) for point in years(2012, *RISING).points]
    assessment = assess(values, rate().rules[0])
    figure = arithmetic(assessment, rate())
    assert figure.title.endswith("▲ auf Kurs")
    assert figure.frame["Schritt"].tolist() == [step.label for step in assessment.steps]
    # the path between 24 (2019) and 30 (2024) has reached 30 in 2024
    assert figure.frame["Ergebnis"].tolist()[0] == 30.0


def test_no_verdict_gives_its_reason():
    figure = arithmetic(assess([(2024, Sign.SECRET)], rate().rules[0]), rate())
    assert "Keine Bewertung: " in figure.note and "geheim" in figure.note


def contrast(colour: str) -> float:
    """Against white, by WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_six_groups_have_six_colours_dashes_and_marks_and_eight_areas_a_dash_each():
    groups, areas = [look(number) for number in range(6)], [compared_look(number) for number in range(8)]
    for aspect in ("colour", "dash", "shape"):
        assert len({getattr(own, aspect) for own in groups}) == 6
    assert len({own.dash for own in areas}) == 8
    assert min(contrast(own.colour) for own in [*groups, *areas]) >= 3
    assert len({(own.dash, own.shape) for own in map(compared_look, range(20))}) == 20
    assert {own.dash for own in [*groups, *areas]} <= set(DASHES)
    assert {own.shape for own in [*groups, *areas]} <= set(MARKERS)


@pytest.mark.parametrize(
    ("decimals", "values", "shown"),
    [
        (1, (20.0, 21.0, 27.46, 30.44), "2,9"),  # 30,4 - 27,5; the numbers themselves differ by 2.98
        (1, (20.0, 21.0, 27.44, 30.46), "3,1"),
        (0, (100.0, 110.0, 119.6, 123.4), "3"),  # not „3,8“: the page shows 123 and 120
        (1, (20.0, 21.0, -0.04, 0.04), "0,0"),
        (2, (20.0, 21.0, 3.125, 3.0), "0,13"),
    ],
)
def test_changes_in_the_outlook_are_those_of_the_values_shown(decimals, values, shown):
    series, indicator = years(2021, *values), rate(decimals=decimals)
    figure = outlook(assess(series, indicator.rules[0], decimals), indicator, "Prozentpunkte")
    table = figure.frame.set_index("Größe")["Wert"]
    before, latest = (german.rounded(value, decimals) for value in values[-2:])
    row = list(table.index).index("Gegenüber Vorjahr")
    assert german.number(abs(table["Gegenüber Vorjahr"]), figure.own_decimals[row, "Wert"]) == shown
    assert table["Gegenüber Vorjahr"] == pytest.approx(latest - before)
    mean = (latest - german.rounded(values[0], decimals)) / 3
    assert table["Veränderung je Jahr"] == german.rounded(mean, max(decimals, 1))


def test_one_is_told_in_the_singular():
    assert status_matrix([("B Bildung", [Status.REACHED])]).alt.startswith(
        "Übersicht von 1 Kennzahl in 1 Handlungsfeld:"
    )
    assert status_matrix([("A", [Status.SUN, Status.AWAY]), ("B", [])]).alt.startswith(
        "Übersicht von 2 Kennzahlen in 2 Handlungsfeldern:"
    )


def test_a_step_is_what_a_reader_finds_who_recomputes_it():
    """13 - 13.495 is -0.49499999999999922 in binary, and -0,50 on paper."""
    rule = TargetRule("linear_path", Direction.DOWN, Point.of(2018, 17.3), (Point.of(2024, 13.0), Point.of(2028, 10.0)))
    figure = arithmetic(assess([(2024, 13.495)], rule, 1), rate(direction=Direction.DOWN))
    found = figure.frame.set_index("Schritt")["Ergebnis"]
    assert found["Abweichung"] == -0.5
