"""The trend figure: what is drawn, what is said, and what must never be drawn."""

import json
from datetime import datetime

import altair as alt
import pytest

from indicators.attainment import assess
from indicators.figures import as_of, gap, trend
from indicators.model import Measurement, Series, Sign
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule
from tests.figures.samples import BREAK_2022, CATALOGUE, FEMALE, LAND, MALE, RISING, count, quarters, rate, years

NBSP = "\u00a0"


def rows(figure, *, having: tuple[str, ...]) -> list[dict]:
    """All data rows of the chart with these fields."""
    found = [row for layer in figure.spec["layer"] for row in layer["data"]["values"]]
    return [row for row in found if all(name in row for name in having)]


def labels(figure) -> set[str]:
    return {row["text"].replace("\n", " ").replace(NBSP, " ") for row in rows(figure, having=("text",))}


def strokes(figure) -> list[list[float]]:
    """The times of each run of joined points."""
    runs: dict[tuple[int, int], list[float]] = {}
    for place, layer in enumerate(figure.spec["layer"]):
        for row in layer["data"]["values"]:
            if "segment" in row:
                runs.setdefault((place, row["segment"]), []).append(row["t"])
    return list(runs.values())


def test_table_and_sentence_hold_the_real_numbers():
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE)
    assert figure.frame["Zeitraum"].tolist()[:3] == ["2012", "2013", "2014"]
    assert figure.frame["Insgesamt"].tolist()[:13] == list(RISING)
    assert figure.periods[-1] == Period.of_year(2028)
    assert figure.subtitle == "Prozent, 2012 bis 2024"
    assert figure.alt == (
        "Liniendiagramm Betreuungsquote der unter Dreijährigen (Prozent), 2012 bis 2024: "
        f"von 18,3 auf 30,1; Ziel 2028: 36,0{NBSP}%."
    )
    assert figure.spec["description"] == figure.alt
    assert figure.source == "Quelle: Eigene Fortschreibung"


def test_path_is_piecewise_through_the_milestone():
    # 24 in 2019 to 30 in 2024 is 1.2 a year, then 6 in four years is 1.5 a year
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE)
    path = dict(zip(figure.frame["Zeitraum"], figure.frame["Zielpfad"], strict=True))
    assert path["2018"] is None
    assert (path["2019"], path["2020"], path["2024"], path["2026"], path["2028"]) == (24.0, 25.2, 30.0, 33.0, 36.0)
    assert {"Ziel 2028: 36,0 %", "Ziel 2024: 30,0 %", "Ausgangswert 2019: 24,0 %", "Insgesamt: 30,1"} == labels(figure)


def test_a_hidden_value_is_a_mark_at_the_foot_and_nowhere_a_number():
    figure = trend([years(2020, 10.0, Sign.SECRET, 12.0)], rate(targets=(), baseline=None), CATALOGUE)
    assert strokes(figure) == [[2021.0], [2023.0]]
    assert [row["period"] for row in rows(figure, having=("content",)) if row["content"] == "."] == ["2021"]
    assert all("v" not in row for row in rows(figure, having=("content",)) if row["period"] == "2021")
    assert figure.texts()["Insgesamt"].tolist() == ["10,0", ".", "12,0"]
    assert "„.“ = geheim gehalten" in figure.note
    assert "Für 1 Zeitraum gibt es keinen Zahlenwert." in figure.alt


def test_gaps_interrupt_the_line_and_show_in_the_table():
    figure = trend([years(2018, 10, 11, None, 13, 14)], rate(targets=(), baseline=None), CATALOGUE)
    assert strokes(figure) == [[2019.0, 2020.0], [2022.0, 2023.0]]
    assert figure.texts()["Insgesamt"].tolist() == ["10,0", "11,0", "", "13,0", "14,0"]


def test_a_break_interrupts_every_line_and_is_explained():
    figure = trend([years(2020, 10, 11, 12, 13)], rate(targets=(), baseline=None, breaks=(BREAK_2022,)), CATALOGUE)
    assert strokes(figure) == [[2021.0, 2022.0], [2023.0, 2024.0]]
    assert "Bruch 2022" in labels(figure)
    assert "Bruch 2022: Neue Abgrenzung" in figure.note
    assert figure.frame["Hinweis"].tolist()[2].startswith("Bruch: Neue Abgrenzung")
    chained = rate(targets=(), baseline=None, breaks=(BREAK_2022,), chained=True)
    assert strokes(trend([years(2020, 10, 11, 12, 13)], chained, CATALOGUE)) == [[2021.0, 2022.0, 2023.0, 2024.0]]


def test_a_break_of_a_year_stands_before_its_first_quarter():
    broken = count(breaks=(BREAK_2022,), targets=())
    figure = trend([quarters("2021-Q3", 5, 6, 7, 8)], broken, CATALOGUE)
    assert strokes(figure) == [[2021.75, 2022.0], [2022.25, 2022.5]]
    assert figure.breaks == (2,)


def test_no_value_in_the_page_is_finer_than_what_is_shown():
    # 100 * 7 / 23 would give the numerator away
    figure = trend([years(2023, 30.434782608695652, 31.0)], rate(), CATALOGUE)
    assert "30.43478" not in json.dumps(figure.spec)
    assert 30.4 in figure.frame["Insgesamt"].tolist()


def test_counts_begin_at_zero_and_quarters_are_labelled_as_quarters():
    figure = trend([quarters("2025-Q1", 1836, 1850, 1920, 1911, 2109)], count(), CATALOGUE)
    assert figure.spec["encoding"]["y"]["scale"]["domain"] == [0.0, 2500.0]
    assert "Q1 2026" in figure.spec["encoding"]["x"]["axis"]["labelExpr"]
    assert "Insgesamt: 2.109" in labels(figure)
    assert "Ziel 2026: 2.400" in labels(figure)
    assert figure.subtitle == "Personen, 1. Quartal 2025 bis 1. Quartal 2026"


def test_a_cut_axis_of_a_rate_says_so_and_keeps_its_size_in_view():
    figure = trend([years(2020, 94.1, 94.3, 94.6)], rate(targets=(), baseline=None), CATALOGUE)
    low, high = figure.spec["encoding"]["y"]["scale"]["domain"]
    assert high - low >= 0.2 * 94.6
    assert "Die senkrechte Achse beginnt nicht bei 0." in figure.note
    from_zero = trend([years(2020, 20, 40)], rate(targets=(), baseline=None), CATALOGUE)
    assert "Achse" not in from_zero.note


def test_groups_and_areas_are_told_apart_without_colour():
    series = [years(2020, 10, 11), years(2020, 8, 9, breakdown=FEMALE), years(2020, 12, 13, breakdown=MALE)]
    figure = trend(series, rate(targets=(), baseline=None), CATALOGUE, comparison=[years(2020, 7, 8, breakdown=LAND)])
    assert labels(figure) == {"Musterstadt: 11,0", "Frauen: 9,0", "Männer: 13,0", "Niedersachsen: 8,0"}
    marks = [layer["mark"] for layer in figure.spec["layer"] if layer["mark"]["type"] == "point"]
    own = [mark for mark in marks if mark["color"] != "#8c8c8c"]
    assert len({mark["shape"] for mark in own}) == 3
    assert "dazu 1 weitere Linie" in figure.alt


def test_flags_and_limited_values_are_remarked():
    points = (
        Measurement(Period.of_year(2023), 10.0, Sign.LIMITED),
        Measurement(Period.of_year(2024), 11.0, None, "p"),
    )
    figure = trend([Series("B-01", years(2023).breakdown, points)], rate(targets=(), baseline=None), CATALOGUE)
    assert figure.texts()["Insgesamt"].tolist() == ["(10,0)", "11,0"]
    assert figure.frame["Hinweis"].tolist() == ["eingeschränkt verlässlich", "vorläufig"]
    assert figure.limited == {(0, "Insgesamt")}
    assert "„( )“ = eingeschränkt verlässlich; einzelne Werte: vorläufig." in figure.note


def test_a_note_that_begins_with_a_remark_begins_as_a_sentence():
    flagged = tuple(Measurement(Period.of_year(year), 10.0, None, flags) for year, flags in ((2023, "p"), (2024, "s")))
    figure = trend([Series("B-01", years(2023).breakdown, flagged)], rate(targets=(), baseline=None), CATALOGUE)
    assert "Einzelne Werte: vorläufig und geschätzt." in figure.note


def test_the_target_stands_only_beside_the_group_that_it_judges():
    women = [years(2020, 24, 25, breakdown=FEMALE)]
    assert "Ziel" not in trend(women, rate(), CATALOGUE).alt
    assert "Ziel 2028" in trend(women, rate(headline=FEMALE), CATALOGUE).alt
    assert "Ziel" not in trend([years(2020, 24, 25)], rate(), CATALOGUE, show_target=False).alt


def test_a_later_agreement_replaces_the_catalogues_target():
    agreed = TargetRule("linear_path", Direction.UP, Point.of(2022, 28), (Point.of(2030, 40),))
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE, rule=agreed)
    assert f"Ziel 2030: 40,0{NBSP}%" in figure.alt
    assert "36,0" not in figure.alt + figure.note


def test_an_example_target_is_called_one_everywhere():
    figure = trend([years(2012, *RISING)], rate(example_target=True), CATALOGUE)
    assert "Beispielziel 2028: 36,0 %" in labels(figure)
    assert "Das Ziel ist ein Beispiel und nicht beschlossen." in figure.note
    assert "Beispielzielpfad" in figure.columns


def test_band_is_named_with_both_bounds():
    band = rate(method="band", direction=Direction.BAND, low=20.0, high=25.0, targets=(), baseline=None)
    figure = trend([years(2020, 19, 22)], band, CATALOGUE)
    assert "Ziel: 20,0 bis 25,0 %" in labels(figure)
    assert "Ziel: 20,0 bis 25,0" in figure.alt


def test_the_verdict_is_read_out():
    values = [(point.period, point.content) for point in years(2012, *RISING).points]
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE, assessment=assess(values, rate().rules[0]))
    assert "Bewertung: auf Kurs." in figure.alt


def test_without_figures_there_is_no_chart_but_a_sentence():
    figure = trend([years(2012)], rate(), CATALOGUE)
    assert figure.spec is None
    assert figure.note == "Noch keine Lieferung."
    assert figure.texts().empty


@pytest.mark.parametrize("values", [(5,), (0, 0), (-3, 4), (100.0, 100.0), (1e9, 2e9), (0.001, 0.002), (Sign.SECRET,)])
def test_odd_values_give_a_valid_chart(values):
    for indicator in (rate(decimals=3), count(decimals=3), rate(targets=(), baseline=None)):
        figure = trend([years(2020, *values)], indicator, CATALOGUE)
        alt.LayerChart.from_dict(figure.spec, validate=True)
        low, high = figure.spec["encoding"]["y"]["scale"]["domain"]
        assert low < high


@pytest.mark.parametrize(
    "first", ["2023/24", "Kita 2023/24", "WS 2023/24", "2023-H1", "2023-11", "2023-12-31", "2023-Q4"]
)
def test_every_kind_of_period_has_its_tick_at_its_point(first):
    figure = trend([quarters(first, 5, 6, 7)], count(targets=()), CATALOGUE)
    axis = figure.spec["encoding"]["x"]["axis"]
    assert {row["t"] for row in rows(figure, having=("period", "t"))} == set(axis["values"])
    assert Period.parse(first).short_label in axis["labelExpr"]


def test_nothing_english_is_read_out_and_nothing_is_fetched():
    figure = trend([years(2012, *RISING)], rate(breaks=(BREAK_2022,)), CATALOGUE)
    assert figure.spec["config"]["aria"] is False
    assert "url" not in json.dumps(figure.spec)
    assert figure.spec["config"]["locale"]["number"]["decimal"] == ","


def test_the_moment_is_told_in_german():
    assert as_of(datetime(2026, 11, 14, 8, 30), ["Nr. 3", "Nr. 4"]) == (
        ("Datenstand", "14.11.2026, 09:30 Uhr"),
        ("Datenlieferungen", "Nr. 3 und Nr. 4"),
    )


def test_a_trend_that_is_judged_by_its_continuation_shows_where_it_leads():
    series = years(2019, 20.0, 21.0, 22.0, 23.0, 24.0, 25.0)
    indicator = rate(baseline=None, targets=(Point.of(2028, 36.0),), method="dns_trend")
    figure = trend([series], indicator, CATALOGUE, assessment=assess(series, indicator.rules[0], 1))
    assert figure.frame["Fortschreibung"].dropna().tolist() == [25.0, 29.0]
    assert "So ginge es bis 2028 weiter (29,0\u00a0%)" in figure.note and "29,0" in figure.alt
    assert any("Fortschreibung 2028" in row["text"] for row in rows(figure, having=("text", "short")))


def test_equal_growth_rates_are_a_curve_to_the_target():
    indicator = count(baseline=Point.of(2020, 100), targets=(Point.of(2022, 400),), method="eurostat_cagr")
    figure = trend([years(2020, 100, 150)], indicator, CATALOGUE)
    assert figure.frame["Zielpfad"].tolist() == [100.0, 200.0, 400.0]
    assert "Pfad vom Ausgangswert 2020 (100) zum Ziel 2022 (400)" in figure.note


def test_the_outlook_is_a_range_that_fits_on_the_axis_and_stands_in_the_table():
    series = years(2019, 20.0, 26.0, 22.0, 28.0, 24.0, 30.0)
    found = assess(series, rate().rules[0], 1)
    plain, figure = (
        trend([series], rate(), CATALOGUE, assessment=found, show_outlook=wanted) for wanted in (False, True)
    )
    assert "Ausblick" not in plain.columns and "Ausblick" not in plain.note
    ahead = found.forecast
    assert ahead is not None
    assert figure.frame["Ausblick bis"].dropna().tolist()[-1] == pytest.approx(ahead.high, abs=0.05)
    assert figure.spec["encoding"]["y"]["scale"]["domain"][1] >= ahead.high
    assert "80 % Wahrscheinlichkeit" in figure.note
    alt.LayerChart.from_dict(figure.spec, validate=True)


def test_a_gap_has_an_axis_of_its_own_with_zero_and_its_target():
    rule = TargetRule("gap", Direction.UP, Point.of(2020, -30), (Point.of(2028, -15),), gap="difference")
    series = years(2020, -30.0, -28.0, -27.0)
    figure = gap(series, rate(), CATALOGUE, rule, title="Abstand zu anderen", assessment=assess(series, rule, 1))
    assert figure.subtitle.startswith("Prozentpunkte") and figure.title == "Abstand zu anderen"
    assert figure.spec["encoding"]["y"]["scale"]["domain"][1] == 0
    assert "zum Ziel 2028 (−15,0)" in figure.note
    alt.LayerChart.from_dict(figure.spec, validate=True)
    assert gap(years(2020), rate(), CATALOGUE, rule, title="", assessment=assess([], rule)) is None


def test_narrow_charts_name_values_and_leave_the_names_to_the_key():
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE)
    short = {row["text"]: row["short"] for row in rows(figure, having=("text", "short"))}
    assert short["Insgesamt: 30,1"] == "30,1"
    assert short["Ziel 2028: 36,0\u00a0%"] == "36,0\u00a0%"
    assert short["Ausgangswert 2019: 24,0\u00a0%"] == ""
    assert "containerSize()" in json.dumps(figure.spec)


def test_a_balance_has_a_line_at_zero_and_nothing_else_has():
    def zeros(figure):
        return [layer for layer in figure.spec["layer"] if layer["data"]["values"] == [{"v": 0.0}]]

    assert len(zeros(trend([years(2012, -30.0, 12.0, 5.0)], rate(targets=(), baseline=None), CATALOGUE))) == 1
    assert zeros(trend([years(2012, 30.0, 12.0, 5.0)], rate(targets=(), baseline=None), CATALOGUE)) == []
