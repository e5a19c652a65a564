"""Ready definitions: what cities, Länder and statistical offices count, said exactly, to be taken into a catalogue.

`entries/` is a catalogue like a city's own, read by the same models; `about` at each indicator says what has to be
known to compare it: reference population, time offset, multiplier, statistics, and how figures of one name differ.
"""

from indicators.library.shelf import About, Entry, Library, library, library_of
from indicators.library.taking import Taken, Wanted, held_as, in_words_of, same_axis, take

__all__ = [
    "About", "Entry", "Library", "Taken", "Wanted", "held_as", "in_words_of", "library", "library_of", "same_axis",
    "take",
]  # fmt: skip
