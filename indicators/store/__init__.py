"""The database: opening, migrations, cursors, and the SQL of the views."""

from pathlib import Path

from indicators.settings import Settings
from indicators.store.database import Store, StoreError
from indicators.store.shared.lake import PREFIX, Lake

__all__ = ["Lake", "Store", "StoreError", "place_of", "ring_place", "store_of"]


def place_of(settings: Settings) -> Path | Lake:
    """Where an installation keeps its figures."""
    if settings.shared and settings.store_folder:
        return Lake(settings.store.removeprefix(PREFIX), settings.store_folder)
    return settings.database


def ring_place(settings: Settings) -> Path | Lake:
    """Where the ring of cities keeps what its members share."""
    if settings.ring_folder and settings.ring.startswith(PREFIX):
        return Lake(settings.ring.removeprefix(PREFIX), settings.ring_folder)
    return Path(settings.ring).absolute()


def store_of(settings: Settings) -> Store:
    """The store of an installation. Raises StoreError."""
    return Store(place_of(settings), memory_limit=settings.memory_limit)
