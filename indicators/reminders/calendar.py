"""Tasks as a calendar that every program reads (RFC 5545): whole days, with an alarm a week before."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from indicators.reminders.tasks import Task

MIME = "text/calendar"
ALARM = timedelta(days=7)


def calendar(tasks: Iterable[Task], city: str, now: datetime) -> bytes:
    """The same task has the same UID at every export, so that a calendar that takes it again does not show it twice."""
    found = Calendar()
    found.add("prodid", "-//Integrationsmonitoring//Termine//DE")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"Integrationsmonitoring {city}")
    for task in tasks:
        found.add_component(_event(task, now))
    content: bytes = found.to_ical()
    return content


def _event(task: Task, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{sha256(task.key.encode()).hexdigest()[:32]}@integrationsmonitoring")
    event.add("dtstamp", now.replace(tzinfo=UTC))
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("summary", f"{task.title} ({task.reporter})" if task.reporter else task.title)
    event.add("description", ". ".join(filter(None, (task.kind.word, task.note))))
    event.add("categories", [task.kind.word])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", task.title)
    alarm.add("trigger", -ALARM)
    event.add_component(alarm)
    return event
