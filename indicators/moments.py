"""Moments as the store keeps them (naive, UTC) and days as people mean them (in Berlin)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
FOREVER = datetime(9999, 12, 31)


def local_day(moment: datetime) -> date:
    """The day in Germany on which a stored moment lies."""
    return moment.replace(tzinfo=UTC).astimezone(BERLIN).date()


def end_of_day(day: date) -> datetime:
    """The last moment of a German day as the store keeps it: „Stand 14.11.2026“ includes what came in on it."""
    return datetime.combine(day, time.max, BERLIN).astimezone(UTC).replace(tzinfo=None)


def parse_day(text: str) -> date | None:
    """A day written 2026-11-14, None for anything else, and for days before and after all data."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text and 1900 < found.year < 2200 else None
