"""Where a shared store is: how PostgreSQL is reached, and the folder of the data files."""

from dataclasses import dataclass, field
from pathlib import Path

PREFIX = "ducklake:postgres:"
PATIENT = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "application_name": "integrationsmonitoring",
    "options": "'-c synchronous_commit=on'",
}
"""What libpq is told unless the setting says otherwise: a machine that is gone is noticed within half a minute, and a
commit is on PostgreSQL's disk before it is acknowledged, also where the server leaves that for later."""
NO_PACKAGES = (
    "Für den gemeinsamen Speicher fehlen Pakete. Bitte mit „pip install --require-hashes -r docs/parts/shared.txt“ "
    "einrichten."
)
SHOWN = ("host", "port", "dbname")


@dataclass(frozen=True)
class Lake:
    """`catalogue` are libpq's words („dbname=… host=…“), which may hold a password and are therefore never shown."""

    catalogue: str = field(repr=False)
    folder: Path

    @property
    def connection(self) -> str:
        """The same with what we expect of every connection."""
        given = self._words
        more = [f"{name}={value}" for name, value in PATIENT.items() if name not in given]
        return " ".join([self.catalogue, *more])

    @property
    def marker(self) -> Path:
        """Lies in the folder from the first start: without it, this is another folder, or a share that is not there."""
        return self.folder / "integrationsmonitoring.txt"

    @property
    def database(self) -> str:
        return self._words.get("dbname", "")

    def __str__(self) -> str:
        words = self._words
        return " ".join(f"{name}={words[name]}" for name in SHOWN if name in words)

    @property
    def _words(self) -> dict[str, str]:
        pairs = (word.partition("=") for word in self.catalogue.split())
        return {name: value for name, _, value in pairs}
