"""Where an installation lives and how it is run: from the environment (MONITORING_…) or HOME/settings.toml."""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

PROJECT = Path(__file__).parent.parent
SAMPLE_DEFINITIONS = Path(__file__).parent / "definitions"

RoleWord = Literal["administrator", "office", "reporter", "steering", "reader"]


class Settings(BaseSettings):
    """Without MONITORING_HOME this is the sample installation inside the repository.

    The environment wins over the file; `definitions` and `database` may be set on their own.
    """

    model_config = SettingsConfigDict(env_prefix="MONITORING_", extra="forbid")

    home: Path | None = None
    definitions: Path = SAMPLE_DEFINITIONS
    database: Path = PROJECT / "data" / "monitoring.duckdb"
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

    @property
    def report_folder(self) -> Path | None:
        """Where a city keeps the logo and the Word template of its reports; the sample has none."""
        return self.home / "bericht" if self.home else None

    @property
    def is_sample(self) -> bool:
        return self.definitions == SAMPLE_DEFINITIONS

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
            return (init_settings, env_settings)
        folder = Path(home).expanduser().resolve()
        places = _Fixed(
            settings_cls,
            {"definitions": folder / "definitions", "database": folder / "data" / "monitoring.duckdb", "home": folder},
        )
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, folder / "settings.toml"),
            places,
        )


class _Fixed(PydanticBaseSettingsSource):
    """Values that follow from the home folder."""

    def __init__(self, settings_cls: type[BaseSettings], values: dict[str, Path]) -> None:
        super().__init__(settings_cls)
        self.values = values

    def get_field_value(self, field: object, field_name: str) -> tuple[Path | None, str, bool]:
        return self.values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Path]:
        return self.values
