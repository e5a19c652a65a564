"""The form of a measure: the office writes everything; those responsible say how their own measures stand."""

from indicators.access import Action, may
from indicators.datasets import MEASURES
from indicators.knowledge.measures import Measure
from indicators.ui import session, standing_form


def new() -> None:
    """A form for one more measure, for the office."""
    standing_form.new(MEASURES, "Neue Maßnahme eintragen", MEASURES.fields, _offered())


def change(one: Measure) -> None:
    """All fields for the office, its state for those responsible."""
    office = may(session.user(), Action.DELIVER)
    asked = [field for field in MEASURES.fields if office or field.reported]
    standing_form.change(MEASURES, one, "Bearbeiten" if office else "Stand melden", asked, _offered())


def _offered() -> standing_form.Offered:
    """The approaches of the concept, where it has any; else what people write is free."""
    approaches = session.catalogue().approaches
    return {"approach": approaches} if approaches else {}
