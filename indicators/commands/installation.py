"""Opening the installation that a command works on."""

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.settings import Settings
from indicators.store import Store


def opened() -> tuple[Store, Catalogue]:
    """Store and catalogue of this installation. Raises MonitoringError where they cannot be used."""
    settings = Settings()
    catalogue = load(settings.definitions, methods=METHODS)
    return Store(settings.database, memory_limit=settings.memory_limit), catalogue
