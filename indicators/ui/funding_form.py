"""The forms of funding: agreements and indices are the office's to write."""

from indicators.access import Action, may
from indicators.datasets import FUNDING, INDICES
from indicators.knowledge.funding import Agreement
from indicators.ui import kept, session, standing_form


def new() -> None:
    """A form for one more agreement, and one for the indices, for the office."""
    standing_form.new(FUNDING, "Neue Vereinbarung eintragen", FUNDING.fields, {})
    if may(session.user(), Action.DELIVER):
        standing_form.either(INDICES, "Index", {name: name for name in kept.index_names()}, {})


def change(one: Agreement) -> None:
    """All fields, for the office."""
    if may(session.user(), Action.DELIVER):
        standing_form.change(FUNDING, one, "Bearbeiten", FUNDING.fields, {})
