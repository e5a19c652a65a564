"""Which comparison area a published value is of: by its official key and by its name, which must not contradict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.catalogue import Catalogue
from indicators.elsewhere.published import Value, key_of, plain

OWN, UNKNOWN = "", None


class PlaceError(ValueError):
    """Key and name of a value are those of two places."""


@dataclass(frozen=True)
class Places:
    """The comparison areas by what they are called: title, other spellings and, among these, official keys."""

    catalogue: Catalogue

    @cached_property
    def called(self) -> Mapping[str, str]:
        dimension = self.catalogue.dimensions.get(self.catalogue.comparison)
        members = dimension.members if dimension else ()
        found = {word: member.code for member in members for word in _words((member.title, *member.synonyms))}
        return found | dict.fromkeys(_words((self.catalogue.city.name, self.catalogue.city.area_code)), OWN)

    def of(self, value: Value) -> str | None:
        """The code of an area, OWN for the city itself, UNKNOWN for a place that is not compared with.

        Raises PlaceError: in published files keys were seen that had slipped against the names.
        """
        keys = {self.called.get(key, UNKNOWN) for key in value.keys}
        names = {self.called[plain(name)] for name in value.names if plain(name) in self.called}
        known = keys - {UNKNOWN}
        if known and names and known != names:
            raise PlaceError(value.names[0])
        if keys and not known and names <= self._keyed:
            return UNKNOWN  # the district around a city has its name, and a key of its own
        return next(iter(known or names), UNKNOWN)

    @cached_property
    def _keyed(self) -> frozenset[str]:
        """The areas of which the catalogue knows an official key."""
        return frozenset(code for word, code in self.called.items() if key_of(word) == word)


def _words(names: Iterable[str]) -> list[str]:
    return [key_of(name) or plain(name) for name in names if name.strip()]
