"""Doubts as values: decisions hang on their code, and those that were stored as sentences are still known."""

import pytest

from indicators.tables.crosstab.doubts import Code, Doubt, is_remembered, key_of, restored


def test_the_sentence_does_not_count_and_neither_does_the_year():
    one = Doubt(Code.HEAD_ENDS_EARLY, "Kinder 2024", "Der Kopf endet früh.")
    other = Doubt(Code.HEAD_ENDS_EARLY, "Kinder 2025", "So heißt es nächstes Jahr.")
    assert one.key == other.key
    assert one.key != Doubt(Code.HEAD_ENDS_EARLY, "Schulkinder 2024", "Der Kopf endet früh.").key


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Der Tabellenkopf ist von der Tabelle darüber übernommen.", key_of(Code.HEAD_INHERITED)),
        (
            "Der Kopf „Ausländer“ endet vor dieser Spalte; er gilt hier vermutlich auch.",
            key_of(Code.HEAD_ENDS_EARLY, "Ausländer"),
        ),
        ("Die Spalte ist ausgeblendet.", key_of(Code.HIDDEN)),
        ("Diese Spalte nennt keinen Zeitraum; 31.12.2025 steht über der Tabelle.", key_of(Code.PERIOD_ABOVE_ONLY)),
        (
            "Die Gliederung „Alter × Herkunft“ ist bei „Kinder“ nicht vorgesehen.",
            key_of(Code.UNKNOWN_BREAKDOWN, "Alter × Herkunft“ ist bei „Kinder"),
        ),
        ("Die Zeile hat keine Beschriftung.", key_of(Code.LABEL_MISSING)),
    ],
)
def test_decisions_stored_by_their_sentence_are_read_once_by_their_key(sentence, key):
    assert restored({sentence: True, "head-missing:": False}) == {key: True, "head-missing:": False}
    assert is_remembered(key)


def test_a_single_number_is_asked_again():
    assert not is_remembered(Doubt(Code.NUMBER, "1.234", "„1.234“ ist mehrdeutig.").key)
