"""A meeting on the wall: one finding a slide, without sidebar and header."""

from indicators.ui import meeting_view
from indicators.ui.navigation import through_dashboard

through_dashboard()

meeting = meeting_view.chosen()
deck = meeting_view.deck(meeting)
look = meeting_view.look()
if look == meeting_view.PRINT:
    meeting_view.printed(deck)
else:
    slide = meeting_view.current(deck)
    meeting_view.bar(deck, slide)
    meeting_view.notes(deck, slide) if look == meeting_view.NOTES else meeting_view.slide(deck, slide)
    meeting_view.follow(deck)
