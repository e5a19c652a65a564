"""The columns of a wide table: what cannot be parted keeps its room, words give way."""

from indicators.figures import Figure, framed
from indicators.reports.columns import PADDING, ROOM, widths

WIDE = {
    "Termin": ["14.12.2026"],
    "Gremium": ["Jugendhilfeausschuss"],
    "Maßnahme": ["Integrationskonzept 2023 · Nr. 12: Kita-Lotsinnen im Stadtteil"],
    "Aufgabe": ["Entscheidung"],
    "Öffentlichkeit": ["öffentlich"],
    "Zurückgestellt": ["2-mal"],
    "Seit": ["20.05.2026"],
    "Vorlage": ["26-109"],
    "Haushalt": ["Beschluss mit dem Haushalt nötig"],
    "Stand": ["steht an"],
}


def of(*columns):
    return dict(zip(columns, widths(Figure("t", "T", framed({one: WIDE[one] for one in columns}))), strict=True))


def test_days_and_numbers_of_papers_are_whole_in_a_table_that_is_too_wide():
    found = of(*WIDE)
    assert sum(found.values()) <= ROOM + 0.001
    for column in ("Termin", "Seit", "Vorlage"):
        assert found[column] >= PADDING + len(WIDE[column][0]), column


def test_a_table_that_fits_is_left_as_it_is():
    assert of("Termin", "Gremium")["Gremium"] == PADDING + len("Jugendhilfeausschuss") * 0.82
