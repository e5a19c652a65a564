"""The embedded database: opening, migrations, cursors, and the SQL of the views."""

from indicators.store.database import Store, StoreError

__all__ = ["Store", "StoreError"]
