"""Where an installation lives and how it is run: from the environment (MONITORING_…) or HOME/settings.toml."""

import re
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from indicators import german
from indicators.errors import MonitoringError

PROJECT = Path(__file__).parent.parent
SampleName = Literal["musterstadt", "braunschweig", "bielefeld", "braunschweig-2017", "landau", "leverkusen", "luebeck"]
_SAMPLES = PROJECT / "data" / "samples"
_OTHERS: tuple[SampleName, ...] = tuple(name for name in get_args(SampleName) if name != "braunschweig")
SAMPLE_DEFINITIONS: dict[SampleName, Path] = {
    **{name: _SAMPLES / name / "definitions" for name in _OTHERS},
    "braunschweig": Path(__file__).parent / "definitions",
}
_SAMPLE_DATABASES: dict[SampleName, Path] = {
    **{name: PROJECT / "data" / f"{name}.duckdb" for name in _OTHERS},
    "braunschweig": PROJECT / "data" / "monitoring.duckdb",
}

RoleWord = Literal["administrator", "office", "reporter", "steering", "reader"]


STORE = re.compile(r"ducklake:postgres:(?=.*\bdbname=).+")
STORE_EXAMPLE = " Möglich ist zum Beispiel „ducklake:postgres:dbname=monitoring host=db.stadt.de“."
SECRET = ("smtp_password", "store", "ring")
IN_A_RING: SampleName = "musterstadt"
"""The sample that is in a ring, where one was made with it."""
RING_MEMBER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NO_STORE_FOLDER = (
    "Zur Einstellung store gehört store_folder (MONITORING_STORE_FOLDER): der Ordner der Datendateien, mit ganzem "
    "Pfad, auf allen Rechnern derselbe. Speicher wie S3 ist noch nicht möglich."
)
NO_CITY = "Hier sind viele Städte eingerichtet (MONITORING_CITIES). Bitte eine davon nennen: --city NAME."
HOME_AND_CITIES = (
    "MONITORING_HOME und MONITORING_CITIES schließen sich aus: Das eine ist der Ordner einer Stadt, das andere der "
    "Ordner mit den Ordnern vieler Städte."
)
NO_RING_FOLDER = (
    "Zur Einstellung ring mit „ducklake:postgres:…“ gehört ring_folder (MONITORING_RING_FOLDER): der Ordner der "
    "Datendateien des Vergleichsrings, mit ganzem Pfad."
)
NO_RING_MEMBER = (
    "Zur Einstellung ring gehört ring_member (MONITORING_RING_MEMBER): ein Kürzel Ihrer Stadt aus kleinen Buchstaben, "
    "Ziffern und Bindestrich, zum Beispiel „osnabrueck“. Kein zweites Mitglied des Rings darf es haben."
)
RING_IS_STORE = (
    "Die Einstellung ring nennt den Speicher der Stadt selbst. Ein Vergleichsring ist ein eigener Speicher: Bitte eine "
    "andere Datei oder Datenbank nennen."
)


class SettingsError(MonitoringError):
    """A setting that is not known, or whose value does not fit; says which one."""


class Settings(BaseSettings):
    """Without MONITORING_HOME this is a sample installation inside the repository: the one that `sample` names.

    The environment wins over the file; `definitions` and `database` may be set on their own. For a city among many
    (MONITORING_CITIES) its file wins: the environment says what holds for all that say nothing. Raises SettingsError.
    """

    model_config = SettingsConfigDict(env_prefix="MONITORING_", extra="forbid")

    cities: Path | None = None
    """The folder of many cities, a home each; then one of them is meant, and its home is given."""
    city: str = ""
    """The name of this city's folder among many; given by `cities`, in no file."""
    host: str | list[str] = ""
    """The names under which a city among many is found; it has one or several."""
    city_claim: str = ""
    """The claim that names the cities a person belongs to: among many cities, claims give roles only in these."""
    home: Path | None = None
    sample: SampleName = "musterstadt"
    definitions: Path = SAMPLE_DEFINITIONS["musterstadt"]
    database: Path = _SAMPLE_DATABASES["musterstadt"]
    store: str = ""
    """Empty for the file that `database` names; ducklake:postgres:… for one that several machines share."""
    store_folder: Path | None = None
    """Where the data files of a shared store lie; the same folder on every machine."""
    ring: str = ""
    """Empty for a city that is in no ring of cities; a file of DuckDB, or ducklake:postgres:… like `store`."""
    ring_folder: Path | None = None
    ring_member: str = ""
    """The city's short name in the ring."""
    ring_leads: bool = False
    """Whether this is the state, whose definitions are the shared ones."""
    memory_limit: str = "2GB"
    local_user: str = "Stabsstelle Integration"
    login_required: bool = False
    """Refuses to work without a login even on this machine: set it wherever a proxy stands in front."""
    name_claim: str = "email"
    role_claim: str = ""
    role_values: dict[str, RoleWord] = {}
    reporter_claim: str = ""
    session_hours: float = 10.0
    keep_daily: int = 14
    """Daily backups that stay; 0 makes none."""
    keep_monthly: int = 12
    erase_after_days: int = 90
    """Days after which a file that was never taken over loses its content; 0 keeps all."""
    names_for_months: int = 36
    """Months for which screens name the person who did something; 0 names them for ever."""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_sender: str = ""
    smtp_ca_file: Path | None = None
    smtp_timeout: float = 20.0
    mail_office: str = ""
    """Where reminders go that are no reporter's."""

    @property
    def report_folder(self) -> Path | None:
        """Where a city keeps the logo and the Word template of its reports; the sample has none."""
        return self.home / "bericht" if self.home else None

    @property
    def sample_ring(self) -> Path:
        """The ring of invented cities beside a sample's database."""
        return self.database.with_name(f"{self.database.stem}-ring.duckdb")

    @property
    def shared(self) -> bool:
        """Whether the store is one of several machines."""
        return bool(self.store)

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(filter(None, [self.host] if isinstance(self.host, str) else self.host))

    @field_validator("store")
    @classmethod
    def _names_a_store(cls, store: str) -> str:
        """Wherever PostgreSQL is, its database has a name."""
        if store and not STORE.fullmatch(store):
            raise ValueError(store)
        return store

    @model_validator(mode="after")
    def _has_a_folder(self) -> "Settings":
        if self.shared and (self.store_folder is None or not self.store_folder.is_absolute()):
            raise SettingsError(NO_STORE_FOLDER)
        return self

    @model_validator(mode="after")
    def _is_of_one_city(self) -> "Settings":
        """Where there are many cities, nothing is done for none of them, or in a sample."""
        if self.cities and self.home is None:
            raise SettingsError(NO_CITY)
        if self.cities and not self.city:
            raise SettingsError(HOME_AND_CITIES)
        return self

    @model_validator(mode="after")
    def _has_a_place_in_the_ring(self) -> "Settings":
        if not self.ring and self.home is None and self.sample == IN_A_RING and self.sample_ring.exists():
            self.ring, self.ring_member = str(self.sample_ring), IN_A_RING
        if not self.ring:
            return self
        folder = self.ring_folder is not None and self.ring_folder.is_absolute()
        if self.ring.startswith("ducklake:") and not (folder and STORE.fullmatch(self.ring)):
            raise SettingsError(NO_RING_FOLDER)
        if self.ring == self.store or Path(self.ring).absolute() == self.database.absolute():
            raise SettingsError(RING_IS_STORE)
        if not RING_MEMBER.fullmatch(self.ring_member):
            raise SettingsError(NO_RING_MEMBER)
        return self

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise SettingsError(" ".join(_told(fault["loc"], fault["input"]) for fault in error.errors())) from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = {**env_settings(), **init_settings()}
        home = given.get("home")
        if not home:
            return (init_settings, env_settings, _of_sample(settings_cls, given.get("sample")))
        folder = Path(home).expanduser().resolve()
        places = _Fixed(
            settings_cls,
            {"definitions": folder / "definitions", "database": folder / "data" / "monitoring.duckdb", "home": folder},
        )
        own = TomlConfigSettingsSource(settings_cls, folder / "settings.toml")
        if given.get("city"):
            return (init_settings, own, env_settings, places)
        return (init_settings, env_settings, own, places)


def _told(place: tuple[int | str, ...], found: object) -> str:
    name = str(place[0]) if place else ""
    if name not in Settings.model_fields:
        return f"Die Einstellung „{name}“ gibt es nicht. Bitte streichen oder richtig schreiben."
    choices = (
        [str(value) for value in get_args(Settings.model_fields[name].annotation)]
        if name in ("sample", "smtp_security")
        else []
    )
    shown = "…" if name in SECRET else found
    possible = f" Möglich sind {german.enumeration(choices, 'oder')}." if choices else " Bitte berichtigen."
    possible = STORE_EXAMPLE if name == "store" else possible
    return f"Die Einstellung {name} (MONITORING_{name.upper()}) hat einen Wert, der nicht passt: „{shown}“.{possible}"


def _of_sample(settings_cls: type[BaseSettings], named: str | None) -> "_Fixed":
    """Each sample has its own file; an unknown name is told by the field itself."""
    places = {"definitions": SAMPLE_DEFINITIONS, "database": _SAMPLE_DATABASES}
    return _Fixed(settings_cls, {name: by[named] for name, by in places.items() if named in by})


class _Fixed(PydanticBaseSettingsSource):
    """Values that follow from the home folder or the sample."""

    def __init__(self, settings_cls: type[BaseSettings], values: dict[str, Path]) -> None:
        super().__init__(settings_cls)
        self.values = values

    def get_field_value(self, field: object, field_name: str) -> tuple[Path | None, str, bool]:
        return self.values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Path]:
        return self.values
