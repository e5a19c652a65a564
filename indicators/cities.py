"""Many cities under one roof: each a folder with its own settings, found by the name of the host that is asked."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from indicators import german
from indicators.settings import Settings, SettingsError

FOLDER = "MONITORING_CITIES"
SETTINGS = "settings.toml"
_HOST = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\.?(?::\d{1,5})?")
_CONNECTION_WORD = re.compile(r"\b(dbname|host|port)\s*=\s*('[^']*'|\S+)")
NO_HOST = "Ohne die Einstellung host ist sie unter keiner Adresse zu erreichen."
NO_CITY_CLAIM = (
    "In {who} kommen Rollen aus der Anmeldung (role_claim). Bei mehreren Städten gehört dazu city_claim: die Angabe "
    "der Anmeldung, die den Namen des Ordners der Stadt enthält. Sonst hätte jede Person ihre Rolle in allen Städten."
)


@dataclass(frozen=True)
class City:
    """One of them. `key` is the name of its folder; where its settings do not fit there are none, and a `problem`."""

    key: str
    folder: Path
    settings: Settings | None = None
    hosts: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Cities:
    """All that there are, by key. One that cannot be read is among them, and found under no host."""

    folder: Path
    by_key: Mapping[str, City] = field(default_factory=dict)

    @cached_property
    def by_host(self) -> dict[str, City]:
        return {host: city for city in self.by_key.values() for host in city.hosts}

    def at(self, hosts: Iterable[str]) -> City | None:
        """The city that a request asks for with its headers „Host“; None for no such, or where they are not one."""
        said = list(hosts)
        return self.by_host.get(host_name(said[0])) if len(said) == 1 else None

    def named(self, key: str) -> City:
        """Raises SettingsError where there is no such city, or where its settings do not fit."""
        if key not in self.by_key:
            known = german.enumeration(list(self.by_key)) or "noch keine"
            raise SettingsError(f"Die Stadt „{key}“ gibt es in {self.folder} nicht. Es gibt: {known}.")
        found = self.by_key[key]
        if found.settings is None:
            raise SettingsError(f"{found.folder / SETTINGS}: {found.problem}")
        return found

    @property
    def usable(self) -> tuple[City, ...]:
        return tuple(city for city in self.by_key.values() if city.settings)


def folder_of_cities() -> Path | None:
    """Where they lie; None where this is an installation of one city."""
    said = os.environ.get(FOLDER, "").strip()
    return Path(said).expanduser().absolute() if said else None


def all_cities() -> Cities | None:
    """Those of this installation; None where it is one city's. Raises SettingsError where they are not apart."""
    folder = folder_of_cities()
    return read(folder) if folder else None


def read(folder: Path) -> Cities:
    """Raises SettingsError where two cities would share an address or a place for their figures.

    What is wrong with one alone is kept with it: the others have nothing to do with that.
    """
    if os.environ.get("MONITORING_HOME"):
        raise SettingsError("MONITORING_HOME und MONITORING_CITIES schließen sich aus. Bitte eines davon streichen.")
    if not folder.is_dir():
        raise SettingsError(f"Den Ordner der Städte (MONITORING_CITIES) gibt es nicht: {folder}.")
    homes = sorted(one for one in folder.iterdir() if one.is_dir() and (one / SETTINGS).exists())
    found = [_read(home) for home in homes if not home.name.startswith(".")]
    _refuse_what_is_shared(found)
    if open_to_all := [one.key for one in found if one.settings and _lets_in_everyone(one.settings)]:
        raise SettingsError(NO_CITY_CLAIM.format(who=german.enumeration(open_to_all)))
    return Cities(folder, {one.key: one for one in found})


def host_name(said: str) -> str:
    """The name in a header „Host“, without port, closing dot and capitals; empty where it is none.

    >>> host_name("Stadt.Land.DE.:8501"), host_name("stadt.land.de@böse.de"), host_name("")
    ('stadt.land.de', '', '')
    """
    found = _HOST.fullmatch(said.strip().lower())
    return found[1] if found else ""


def of_city(home: Path, **given: Any) -> Settings:
    """The settings of the city with this folder. Raises SettingsError."""
    return Settings(cities=home.parent, city=home.name, home=home, **given)


def _read(home: Path) -> City:
    try:
        settings = of_city(home)
    except SettingsError as error:
        return City(home.name, home, problem=str(error))
    except (OSError, ValueError) as error:  # TOML that is none is a ValueError
        return City(home.name, home, problem=f"Die Datei lässt sich nicht lesen: {error}")
    try:
        hosts = tuple(dict.fromkeys(_configured(host) for host in settings.hosts))
    except SettingsError as error:
        return City(home.name, home, problem=str(error))
    return City(home.name, home, settings, hosts, "" if hosts else NO_HOST)


def _configured(host: str) -> str:
    """As browsers send it: names with umlauts are written in Punycode."""
    try:
        name = host.strip().lower().rstrip(".").encode("idna").decode()
    except UnicodeError:
        name = ""
    if not name or host_name(name) != name:
        raise SettingsError(
            f"Die Einstellung host nennt „{host}“. Gemeint ist ein Rechnername ohne https:// und ohne Anschlussnummer, "
            "zum Beispiel osnabrueck.monitoring.land.de."
        )
    return name


def _lets_in_everyone(settings: Settings) -> bool:
    return bool(settings.role_claim and not settings.city_claim)


def _refuse_what_is_shared(found: Iterable[City]) -> None:
    """Two cities at one address, in one database or in one folder of data are no two cities."""
    places: dict[tuple[str, str], list[str]] = {}
    for city in found:
        for place in _places(city):
            places.setdefault(place, []).append(city.key)
    for (what, where), keys in places.items():
        if len(keys) > 1:
            raise SettingsError(f"Die Städte {german.enumeration(keys)} haben {what}: {where}. Jede braucht eigene.")


def _places(city: City) -> set[tuple[str, str]]:
    if city.settings is None:
        return set()
    own = {("denselben Rechnernamen (host)", host) for host in city.hosts}
    if city.settings.store_folder and city.settings.shared:
        own.add(("denselben Datenordner (store_folder)", str(city.settings.store_folder.resolve())))
        own.add(("dieselbe Datenbank (store)", _database_in(city.settings.store)))
    else:
        own.add(("dieselbe Datenbank (database)", str(city.settings.database.resolve())))
    return own


def _database_in(store: str) -> str:
    """What of a connection names the database: its user may be another, and it stays the same database."""
    words = dict(_CONNECTION_WORD.findall(store))
    return " ".join(f"{word}={words[word].strip(chr(39))}" for word in ("host", "port", "dbname") if word in words)
