"""The forms in which definitions are changed: which fields each kind has, in which order, with which help."""

from indicators.boards.definition_forms.at_fields import at_fields, on_screen
from indicators.boards.definition_forms.base_figure_form import BASE_FIGURE, DERIVED
from indicators.boards.definition_forms.dimension_forms import DIMENSION, MEMBER
from indicators.boards.definition_forms.form import (
    Form,
    Group,
    field_of_goal,
    new_place,
    owner_of,
    owners,
    owners_in,
    written,
    written_anew,
)
from indicators.boards.definition_forms.frame_forms import APPROACH, CITY, FIELD, GOAL, REPORTER, UNIT
from indicators.boards.definition_forms.indicator_form import INDICATOR

__all__ = [
    "FORMS",
    "Form",
    "Group",
    "at_fields",
    "field_of_goal",
    "new_place",
    "on_screen",
    "owner_of",
    "owners",
    "owners_in",
    "written",
    "written_anew",
]

FORMS = {
    "kennzahl": INDICATOR,
    "grundzahl": BASE_FIGURE,
    "abgeleitet": DERIVED,
    "feld": FIELD,
    "ziel": GOAL,
    "ansatz": APPROACH,
    "stelle": REPORTER,
    "merkmal": DIMENSION,
    "auspraegung": MEMBER,
    "einheit": UNIT,
    "stadt": CITY,
}
