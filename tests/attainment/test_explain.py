"""Verdicts as sentences that a member of the steering group can read out."""

import pytest

from indicators.attainment import Status, assess, explain
from indicators.german import with_unit
from indicators.model import Sign
from indicators.targets import Direction, Point, TargetRule

PATH = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 40),))
RISING = [(year, float(year - 2010)) for year in range(2020, 2026)]


def percent(value: float) -> str:
    return with_unit(value, 1, "%").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "rule", "sentence"),
    [
        (
            [("2025-Q3", 27.5)],
            PATH,
            "Im Berichtszeitraum 3. Quartal 2025 beträgt der Wert 27,5 %; erwartet waren 29,5 %, "
            "er ist also um 2,0 Prozentpunkte schlechter: leicht hinter dem Pfad.",
        ),
        (
            [(2025, 30.0)],
            PATH,
            "Im Berichtszeitraum 2025 beträgt der Wert 30,0 %; erwartet waren 30,0 %, das trifft genau zu: auf Kurs.",
        ),
        (
            [(2025, 15.0)],
            TargetRule("band", Direction.BAND, low=10, high=20),
            "Im Berichtszeitraum 2025 beträgt der Wert 15,0 %; er liegt im Zielkorridor: Ziel erreicht.",
        ),
        (
            RISING,
            TargetRule("dns_trend", Direction.UP, targets=(Point.of(2030, 21.5),)),
            "Im Berichtszeitraum 2025 beträgt der Wert 15,0 %; entwickelt er sich so weiter, sind es im Zieljahr "
            "20,0 %, das Ziel wird also um 1,5 Prozentpunkte verfehlt: Wolke.",
        ),
        (
            RISING,
            TargetRule("direction", Direction.UP),
            "Im Berichtszeitraum 2025 beträgt der Wert 15,0 %; mittlere Veränderung richtig, "
            "letzte Veränderung richtig: in der gewünschten Richtung.",
        ),
        (
            [(2025, Sign.SECRET)],
            PATH,
            "Keine Bewertung für 2025: Wert geheim gehalten. Für 2025 liegt kein Wert vor.",
        ),
        ([], PATH, "Keine Bewertung: Es liegt kein Wert vor."),
    ],
)
def test_sentences(values: list, rule: TargetRule, sentence: str) -> None:
    assert explain(assess(values, rule), percent).replace("\u00a0", " ") == sentence


def test_the_words_of_a_method_stand_only_beside_the_common_ones():
    assert Status.THUNDERSTORM.said == "gegenläufig (Gewitter)"
    assert Status.ON_TRACK.said == "auf Kurs"
    commons = {status.scale.word for status in Status}
    assert len(commons) == 6
    assert all(status.said.partition(" (")[0] in commons for status in Status)
